"""Files of quotes opened by DuckDB: their columns, and their time as seconds since 1970 UTC.

A log is Parquet, CSV or JSON lines, one file or many, each a pattern. Only the columns that the
specification names are ever read. DuckDB may use the memory it is given and puts the rest into a
folder of its own, which goes when the log is closed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import has_magic
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.domain.pricing.coding import UnknownColumnError
from chengnuo.domain.pricing.spec import PriceSpecError, Spec

NEEDS_EXTRA: Final = "it takes the extra `price` of this program (DuckDB and Ibis)"
ZONED: Final = r"([zZ]|[+-]\d\d(:?\d\d)?)$"
_READERS: Final = {
    ".parquet": "read_parquet([{}], union_by_name = true)",
    ".csv": "read_csv([{}], union_by_name = true, sample_size = 200000)",
    ".csv.gz": "read_csv([{}], union_by_name = true, sample_size = 200000)",
    ".jsonl": "read_json([{}], format = 'newline_delimited', union_by_name = true)",
    ".ndjson": "read_json([{}], format = 'newline_delimited', union_by_name = true)",
}
MILLISECONDS_FROM: Final = 100_000_000_000


class QuoteLogError(InvalidInputError):
    """Files are no log of quotes; the message names the first and what is wrong with it."""

    code = "price-log"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"`{file}` is no log of quotes: {what}")
        self.file = file
        self.what = what


class QuoteLogUnavailableError(UnavailableError):
    """A log cannot be read now: what reads it is not installed, or a disk or memory gave out."""

    code = "price-log-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the log of quotes cannot be read: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeColumn:
    """How the time of a log reads.

    Attributes:
        seconds: Expression of whole seconds since 1970 UTC, a BIGINT; missing where there is none.
        bound: Expression of the column's own value at a second `{}`; empty where the column has
            no order that files could be skipped by.

    """

    seconds: str
    bound: str = ""


class LogFiles:
    """A log in files, and the database that reads it.

    Args:
        database: The connection to DuckDB.
        source: What stands behind `FROM` to read the files.
        types: Types of the columns the specification names, as DuckDB writes them.
        time: How its time reads.
        files: The files.

    """

    def __init__(
        self,
        database: Any,
        source: str,
        types: Mapping[str, str],
        time: "TimeColumn",
        files: Sequence[str],
    ) -> None:
        self.database = database
        self.source = source
        self.types = types
        self.time = time
        self.files = tuple(files)

    @property
    def name(self) -> str:
        """The first file, for messages."""
        return Path(self.files[0]).name

    @property
    def is_parquet(self) -> bool:
        """Whether the files are Parquet, which tells what times lie where."""
        return self.files[0].lower().endswith(".parquet")

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query.

        Raises:
            QuoteLogError: A file is damaged, or no file of its kind.
            QuoteLogUnavailableError: Memory or disk gave out.

        """
        with duckdb_errors(self.name):
            rows: list[tuple[Any, ...]] = self.database.execute(sql).fetchall()
            return rows

    def quantiles(self, value: str, source: str, shares: Sequence[float]) -> Sequence[float]:
        """See `SurveyedLog.quantiles`."""
        asked = ", ".join(map(str, shares))
        found: Sequence[float] | None = self.fetch(
            f"SELECT quantile_disc({value}, [{asked}]) FILTER (WHERE isfinite({value}))"
            f" FROM {source}"
        )[0][0]
        return found or ()


@contextmanager
def opened_log(
    patterns: Sequence[str], spec: Spec, *, memory: str = "700MB", threads: int = 2
) -> Iterator[LogFiles]:
    """Open the files of a log.

    Args:
        patterns: Paths or patterns of files, all of one kind.
        spec: Names the columns.
        memory: What DuckDB may hold, as it writes sizes.
        threads: How many it uses.

    Raises:
        QuoteLogError: There is no such file, or it is none of ours.
        UnknownColumnError: A column of the specification is not there.
        PriceSpecError: The zone is unknown.
        QuoteLogUnavailableError: DuckDB is not installed, or could not read.

    """
    files = files_of(patterns)
    with TemporaryDirectory(prefix="chengnuo-prices-") as scratch:
        database = duckdb_module().connect()
        try:
            database.execute(f"SET memory_limit = {literal(memory)}")
            database.execute(f"SET threads = {threads}")
            database.execute(f"SET temp_directory = {literal(scratch)}")
            database.execute("SET preserve_insertion_order = false")
            database.execute("SET parquet_metadata_cache = true")
            database.execute("SET TimeZone = 'UTC'")
            yield _opened(database, files, spec)
        finally:
            database.close()


def columns_of(spec: Spec) -> tuple[str, ...]:
    """Return the columns that a specification names, each once."""
    names = [spec.person, spec.item, spec.time, spec.price, spec.quote_id, spec.currency]
    names += [one.column for _, one in spec.columns]
    for factor in spec.factors:
        names += [factor.column, factor.eligible_column]
    names += [one.column for one in spec.terms]
    return tuple(dict.fromkeys(one for one in names if one))


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def written_log(columns: Mapping[str, Any], file: Path) -> None:
    """Write columns of numpy as a Parquet file.

    Raises:
        QuoteLogError: The file cannot be written.
        QuoteLogUnavailableError: DuckDB is not installed.

    """
    with duckdb_errors(file.name), duckdb_module().connect() as database:
        database.register("written", columns)
        database.execute(f"COPY (FROM written) TO {literal(str(file))} (FORMAT parquet)")


@contextmanager
def duckdb_errors(name: str) -> Iterator[None]:
    """Turn errors of DuckDB into ours, without the value that was the matter."""
    duckdb = duckdb_module()
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise QuoteLogUnavailableError("memory gave out; give it more with `--memory`") from error
    except duckdb.IOException as error:
        raise QuoteLogError(name, "it could not be read") from error
    except duckdb.ConversionException as error:
        raise QuoteLogError(name, "a value does not fit the type of its column") from error
    except duckdb.Error as error:
        raise QuoteLogError(name, f"it is damaged ({type(error).__name__})") from error


def _opened(database: Any, files: Sequence[str], spec: Spec) -> LogFiles:
    kind = next((end for end in _READERS if files[0].lower().endswith(end)), "")
    if not kind:
        raise QuoteLogError(files[0], "expected .parquet, .csv, .csv.gz or .jsonl")
    if not all(one.lower().endswith(kind) for one in files):
        raise QuoteLogError(files[0], f"other files are not `{kind}`; give files of one kind")
    source = _READERS[kind].format(", ".join(literal(one) for one in files))
    with duckdb_errors(files[0]):
        described = database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    there = {row[0]: row[1] for row in described}
    types = {}
    for name in columns_of(spec):
        if name not in there:
            raise UnknownColumnError(name)
        types[name] = there[name]
    time = _time(database, source, spec, types[spec.time])
    return LogFiles(database, source, types, time, files)


def _time(database: Any, source: str, spec: Spec, kind: str) -> TimeColumn:
    column = quoted(spec.time)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return TimeColumn(
            seconds=f"CAST(floor(epoch({column})) AS BIGINT)", bound="to_timestamp({})"
        )
    zone = zone_of(spec.zone)
    if kind.startswith(("TIMESTAMP", "DATE")):
        return TimeColumn(
            seconds=_placed(f"CAST({column} AS TIMESTAMP)", zone),
            bound=f"timezone({zone}, to_timestamp({{}}))" if zone and kind != "DATE" else "",
        )
    if kind == "VARCHAR":
        zoned = f"CAST(floor(epoch(try_cast({column} AS TIMESTAMPTZ))) AS BIGINT)"
        other = _placed(f"try_cast({column} AS TIMESTAMP)", zone)
        has_zone = f"regexp_matches({column}, {literal(ZONED)})"
        return TimeColumn(seconds=f"CASE WHEN {has_zone} THEN {zoned} ELSE {other} END")
    with duckdb_errors(spec.time):
        most = database.execute(f"SELECT max(try_cast({column} AS DOUBLE)) FROM {source}")
        last = most.fetchone()[0] or 0
    step = 1000 if last >= MILLISECONDS_FROM else 1
    return TimeColumn(
        seconds=f"CAST(floor(try_cast({column} AS DOUBLE) / {step}) AS BIGINT)",
        bound=f"{{}}::BIGINT * {step}",
    )


def _placed(time: str, zone: str) -> str:
    """Return the seconds of a time without a zone; missing where none is declared."""
    if not zone:
        return "CAST(NULL AS BIGINT)"
    return f"CAST(floor(epoch(timezone({zone}, {time}))) AS BIGINT)"


def zone_of(zone: str) -> str:
    """Return a zone as SQL writes it; empty where none is declared.

    Raises:
        PriceSpecError: There is no such zone.

    """
    if not zone:
        return ""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PriceSpecError(f"`zone`: `{zone[:60]}` is no time zone") from error
    return literal(zone)


def files_of(patterns: Sequence[str]) -> list[str]:
    """Return the files that patterns name.

    Raises:
        QuoteLogError: There is none.

    """
    found: list[str] = []
    for pattern in patterns:
        matching = _matching(pattern)
        found += [one for one in matching if Path(one).is_file()]
    if not found:
        raise QuoteLogError(patterns[0] if patterns else "", "there is no such file")
    return list(dict.fromkeys(found))


def place_of(pattern: str) -> Path:
    """Return the file, or the folder beneath which everything lies that a pattern can find."""
    path = Path(pattern)
    return next((one for one in (path, *path.parents) if not has_magic(str(one))), path)


def _matching(pattern: str) -> list[str]:
    if not has_magic(pattern):
        return [pattern]
    path = Path(pattern)
    rooted = Path(path.anchor)
    return sorted(str(one) for one in rooted.glob(str(path.relative_to(path.anchor))))


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def duckdb_module() -> Any:
    """Return DuckDB.

    Raises:
        QuoteLogUnavailableError: It is not installed.

    """
    try:
        return import_module("duckdb")
    except ImportError as error:
        raise QuoteLogUnavailableError(NEEDS_EXTRA) from error
