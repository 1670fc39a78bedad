"""Reads a chunk of a log by DuckDB as columns of numbers, by expressions that Spark runs too."""

from dataclasses import dataclass
from typing import Any, Final

import ibis  # type: ignore[import-untyped]  # it says nothing of its types
import numpy as np

from chengnuo.adapters.quotes import expressions
from chengnuo.adapters.quotes.expressions import Table
from chengnuo.adapters.quotes.log_files import LogFiles, duckdb_errors, quoted
from chengnuo.adapters.quotes.part import counts_of, fates_of
from chengnuo.domain.pricing.coding import Coded
from chengnuo.engines.fairness.cells import KEY_DIGITS
from chengnuo.engines.fairness.quick_pass import Columns
from chengnuo.engines.fairness.statistics import Counts

_CHUNK: Final = "chengnuo_rows"
_SHIFT: Final = 64 - 4 * KEY_DIGITS
_KEYS: Final = frozenset({"block", "person"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChunk:
    """A chunk as it was read.

    Attributes:
        quotes: The quotes that are used.
        counts: What became of its rows.

    """

    quotes: Columns
    counts: Counts


class ChunkReader:
    """Reads chunks on a connection of its own, so that one is read while another is worked on.

    Args:
        log: The log.
        coded: What is audited.
        types: Types of the columns as Ibis writes them.

    """

    def __init__(self, log: LogFiles, coded: Coded, types: dict[str, str]) -> None:
        self._log = log
        self._coded = coded
        self._database = log.database.cursor()
        table = expressions.named(types, _CHUNK)
        self._fates = _sql(expressions.fates(expressions.classified(table, coded)))
        self._prepared = {
            may_repeat: _numbers(
                expressions.prepared(
                    expressions.classified(table, coded, may_repeat=may_repeat), coded
                )
            )
            for may_repeat in ((False, True) if coded.spec.quote_id else (False,))
        }

    def read(self, source: str, rows: int) -> ReadChunk:
        """Return a chunk.

        Args:
            source: The query that gives its rows, their time as whole seconds.
            rows: How many there are.

        Raises:
            QuoteLogError: A file is damaged.
            QuoteLogUnavailableError: Memory or disk gave out.

        """
        chunk = f"WITH {_CHUNK} AS ({source})"
        quote_id = self._coded.spec.quote_id
        with duckdb_errors(self._log.name):
            may_repeat = bool(quote_id) and self._repeats(chunk, quoted(quote_id))
            found = self._database.execute(f"{chunk} {self._prepared[may_repeat]}").fetchnumpy()
            used = len(found["y"])
            fates = {expressions.Fate.USED: rows}
            if used != rows:
                fates = fates_of(self._database.execute(f"{chunk} {self._fates}").fetchnumpy())
        return ReadChunk(quotes=_columns(found, self._coded), counts=counts_of(rows, fates))

    def _repeats(self, chunk: str, column: str) -> bool:
        asked = f"{chunk} SELECT count({column}) > count(DISTINCT {column}) FROM {_CHUNK}"
        return bool(self._database.execute(asked).fetchone()[0])


def _sql(expression: Table) -> str:
    return f"SELECT * FROM ({ibis.to_sql(expression, dialect='duckdb')})"


def _numbers(prepared: Table) -> str:
    """Return the query of prepared quotes with keys as numbers, which numpy takes as they are."""
    columns = ", ".join(
        f"CAST('0x' || {quoted(name)} AS UBIGINT) << {_SHIFT} AS {quoted(name)}"
        if name in _KEYS
        else quoted(name)
        for name in prepared.columns
    )
    return f"SELECT {columns} FROM ({ibis.to_sql(prepared, dialect='duckdb')})"


def _columns(found: dict[str, Any], coded: Coded) -> Columns:
    names = expressions.outcome_names(coded.spec)
    return Columns(
        person=found["person"],
        goods=found["block"],
        time=found["second"],
        y=found["y"],
        paid=found["paid"],
        x=[found[f"x{k}"] for k in range(len(coded.regressors))],
        outcomes={
            name: np.ma.filled(found[f"o{i}"].astype(np.float64), np.nan)
            for i, name in enumerate(names)
        },
    )
