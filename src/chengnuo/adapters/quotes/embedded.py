"""The pass over a log by DuckDB in this process, hours by hours, within a bound of memory.

The log is cut into chunks of whole hours of about half a million quotes; an hour of many more is
cut by its items. Where its files are not in the order of time, they are first written anew by chunk
into a scratch folder; otherwise each chunk would read all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import ibis  # type: ignore[import-untyped]  # it says nothing of its types
from ibis.backends.sql.datatypes import DuckDBType  # type: ignore[import-untyped]

from chengnuo.adapters.quotes.chunk_reader import ChunkReader
from chengnuo.adapters.quotes.expressions import Table
from chengnuo.adapters.quotes.log_files import (
    LogFiles,
    QuoteLogError,
    duckdb_errors,
    literal,
    quoted,
)
from chengnuo.adapters.quotes.part import Columns
from chengnuo.domain.pricing.coding import Coded
from chengnuo.engines.fairness.quick_pass import Aim, quickly_measured
from chengnuo.engines.fairness.running import RunningSum
from chengnuo.engines.fairness.sample import ALL_CELLS, HOUR
from chengnuo.engines.fairness.statistics import Statistics

_CHUNK: Final = 500_000
_FEW_CHUNKS: Final = 3
_STRAY_SHARE: Final = 0.2
_LOG: Final = "log"
_CHUNK_COLUMN: Final = "chengnuo_chunk"

Progress = Callable[[int, int], None]
"""Is called with the rows done and all rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """Rows that are worked on together.

    Attributes:
        number: Its place.
        first: The first hour since 1970; None for the rows that have no time.
        last: The last hour.
        rows: How many rows.
        share: Which share of the items, and of how many: a busy hour is cut by its items.

    """

    number: int
    first: int | None
    last: int
    rows: int
    share: tuple[int, int] = (0, 1)


class DuckTables:
    """The engine of tables that DuckDB is."""

    def __init__(self, log: LogFiles) -> None:
        self._log = log

    def make(self, name: str, expression: Table) -> None:
        """Materialise an expression under a name, in place of what was there."""
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS {self.sql(expression)}")

    def fetch(self, expression: Table) -> Columns:
        """Return the columns of an expression, whose rows are in no order."""
        with duckdb_errors(self._log.name):
            found: Columns = self._log.database.execute(self.sql(expression)).fetchnumpy()
            return found

    def run(self, statement: str) -> None:
        """Run a statement that gives nothing."""
        with duckdb_errors(self._log.name):
            self._log.database.execute(statement)

    @staticmethod
    def sql(expression: Table) -> str:
        """Return an expression as DuckDB reads it."""
        return str(ibis.to_sql(expression, dialect="duckdb"))


def passed_over(log: LogFiles, coded: Coded, told: Progress | None = None) -> Statistics:
    """Return the statistics of a log.

    While one chunk is worked on, the next is read.

    Args:
        log: The log.
        coded: What is audited.
        told: Is told of progress.

    Raises:
        QuoteLogError: A file is damaged, or holds no row.
        QuoteLogUnavailableError: Memory or disk gave out.

    """
    chunks = _chunks(log, coded)
    rows = sum(one.rows for one in chunks)
    running: RunningSum | None = None
    done = 0
    with _cut(log, DuckTables(log), coded, chunks) as source_of, ThreadPoolExecutor(1) as pool:
        reader = ChunkReader(log, coded, column_types(log, coded))
        ahead = [pool.submit(reader.read, source_of(one), one.rows) for one in chunks[:1]]
        for at, chunk in enumerate(chunks):
            read = ahead.pop().result()
            if at + 1 < len(chunks):
                later = chunks[at + 1]
                ahead.append(pool.submit(reader.read, source_of(later), later.rows))
            aim = Aim(
                config=coded.config,
                window_s=coded.spec.window_s,
                windows=coded.spec.windows,
                below=running.below if running else ALL_CELLS,
            )
            part = quickly_measured(read.quotes, aim, read.counts)
            del read
            if running is None:
                running = RunningSum(part)
            else:
                running.add(part)
            done += chunk.rows
            if told is not None:
                told(done, rows)
    if running is None:
        raise QuoteLogError(log.name, "it holds no row")
    return replace(running.total(), sources=tuple(sorted(_digest(one) for one in log.files)))


def column_types(log: LogFiles, coded: Coded) -> dict[str, str]:
    """Return the types of the columns of the view `log` as Ibis writes them."""
    types = {name: str(DuckDBType.from_string(one)) for name, one in log.types.items()}
    return types | {coded.spec.time: "int64"}


def _selected(log: LogFiles, coded: Coded) -> str:
    time = f"{log.time.seconds} AS {quoted(coded.spec.time)}"
    others = (quoted(one) for one in log.types if one != coded.spec.time)
    return ", ".join((*others, time))


def _chunks(log: LogFiles, coded: Coded) -> list[_Chunk]:
    """Return the rows by chunks of hours, ascending; those without a time come first."""
    hour = f"CAST(floor({log.time.seconds} / {HOUR}.0) AS BIGINT)"
    counted = log.fetch(
        f"SELECT {hour}, count(*) FROM {log.source} GROUP BY 1 ORDER BY 1 NULLS FIRST"
    )
    chunks: list[_Chunk] = []
    for at, rows in counted:
        last = chunks[-1] if chunks else None
        if at is not None and rows > 2 * _CHUNK:
            chunks += _busy(log, coded, _Chunk(number=len(chunks), first=at, last=at, rows=rows))
        elif last is None or last.first is None or last.rows + rows > _CHUNK:
            chunks.append(_Chunk(number=len(chunks), first=at, last=at or 0, rows=rows))
        else:
            chunks[-1] = replace(last, last=at, rows=last.rows + rows)
    return chunks


def _busy(log: LogFiles, coded: Coded, hour: _Chunk) -> Iterator[_Chunk]:
    """Yield an hour cut by its items, since no cell holds two."""
    parts = -(-hour.rows // _CHUNK)
    counted = log.fetch(
        f"SELECT {_share_of(coded)} % {parts}, count(*) FROM {log.source}"
        f" WHERE {_filter(log, coded, hour)} GROUP BY 1 ORDER BY 1"
    )
    for number, (part, rows) in enumerate(counted, hour.number):
        yield replace(hour, number=number, rows=rows, share=(part, parts))


def _share_of(coded: Coded) -> str:
    return f"hash(CAST({quoted(coded.spec.item)} AS VARCHAR))"


@contextmanager
def _cut(
    log: LogFiles, engine: DuckTables, coded: Coded, chunks: Sequence[_Chunk]
) -> Iterator[Callable[[_Chunk], str]]:
    """Yield what gives the query of a chunk."""
    selected = _selected(log, coded)
    if len(chunks) < _FEW_CHUNKS or _is_in_order(log, coded.spec.time):
        yield (
            lambda chunk: f"SELECT {selected} FROM {log.source} WHERE {_filter(log, coded, chunk)}"
        )
        return
    with TemporaryDirectory(prefix="chengnuo-prices-") as folder:
        cases = " ".join(f"WHEN {_filter(log, coded, one)} THEN {one.number}" for one in chunks)
        engine.run(
            f"COPY (SELECT {selected}, CASE {cases} END AS {_CHUNK_COLUMN} FROM {log.source})"
            f" TO {literal(folder)} (FORMAT parquet, PARTITION_BY ({_CHUNK_COLUMN}), OVERWRITE)"
        )
        names = ", ".join(quoted(one) for one in log.types)
        yield (
            lambda chunk: (
                f"SELECT {names} FROM read_parquet("
                f"{literal(f'{folder}/{_CHUNK_COLUMN}={chunk.number}/*.parquet')})"
            )
        )


def _filter(log: LogFiles, coded: Coded, chunk: _Chunk) -> str:
    if chunk.first is None:
        return f"{log.time.seconds} IS NULL"
    first, end = chunk.first * HOUR, (chunk.last + 1) * HOUR
    part, parts = chunk.share
    also = f" AND {_share_of(coded)} % {parts} = {part}" if parts > 1 else ""
    if log.time.bound:  # as the column itself, so that what lies outside is not even read
        column = quoted(coded.spec.time)
        least, most = log.time.bound.format(first), log.time.bound.format(end)
        return f"{column} >= {least} AND {column} < {most}{also}"
    return f"{log.time.seconds} >= {first} AND {log.time.seconds} < {end}{also}"


def _is_in_order(log: LogFiles, time: str) -> bool:
    """Tell whether row groups of Parquet hardly overlap in time, so that a chunk reads few."""
    if not log.is_parquet or not log.time.bound:
        return False
    files = ", ".join(literal(one) for one in log.files)
    groups = log.fetch(
        "SELECT stats_min_value, stats_max_value, row_group_num_rows"
        f" FROM parquet_metadata([{files}]) WHERE path_in_schema = {literal(time)}"
        " ORDER BY stats_min_value"
    )
    if any(least is None or most is None for least, most, _ in groups):
        return False
    # Written alike, times of one log sort as texts; numbers of one length do, too.
    inside = sum(rows for (_, most, rows), (least, _, _) in pairwise(groups) if most > least)
    return bool(inside <= _STRAY_SHARE * sum(rows for _, _, rows in groups))


def _digest(file: str) -> str:
    with Path(file).open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
