"""One quote of a log and what it is compared with, found by DuckDB within a bound of memory.

The row is looked for by its id. Then only rows of the same item in the fifteen days before and
after are taken, and of these the columns that a comparison needs: nothing of the profile is read.
They lie in a table of DuckDB's, which puts what memory does not hold into a folder of its own.

Rows count as in an audit: dated, named, priced above zero, with every declared factor, and of
several with one id the first by time, price and person. The slope of a declared linear factor and
the scale of what no rule explains are taken from the item's own quotes within cells; below thirty
degrees of freedom neither is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from chengnuo.adapters.quotes.log_files import (
    LogFiles,
    duckdb_errors,
    opened_log,
    quoted,
)
from chengnuo.domain.pricing.explaining import Others, QuoteFacts
from chengnuo.domain.pricing.spec import Kind, PriceSpecError, Spec
from chengnuo.engines.fairness.moments import Floats
from chengnuo.ports.one_quote import (
    FoundQuote,
    NoSuchQuoteError,
    QuoteLack,
    QuoteTwiceError,
    QuoteUnusableError,
)

DAYS: Final = 15
"""Days before and after the quote from which the item's usual price is taken."""
LEAST_FREEDOM: Final = 30
_HOUR: Final = 3600
_DAY_HOURS: Final = 24
_NORMAL: Final = 1.4826
"""Of a normal distribution, its standard deviation over the median distance from the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFilesFinder:
    """A `QuoteFinder` in this process.

    Attributes:
        memory_bytes: Memory that DuckDB may take.
        threads: How many threads read.

    """

    memory_bytes: int
    threads: int

    def find(
        self, patterns: Sequence[str], spec: Spec, quote: str, *, person: str | None = None
    ) -> FoundQuote:
        """Find a quote; see `QuoteFinder.find`."""
        if not spec.quote_id:
            what = "`quote_id`: names no column, so no quote can be looked for"
            raise PriceSpecError(what)
        memory = f"{self.memory_bytes >> 20}MiB"
        with opened_log(patterns, spec, memory=memory, threads=self.threads) as log:
            return _Search(log, spec).found(quote, person)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mine:
    """The row that was looked for, whole."""

    quote: str
    person: str
    item: str
    at_s: int
    currency: str
    paid: float
    back: tuple[tuple[str, float], ...]
    x: tuple[float, ...]


class _Search:
    """The search in one log."""

    def __init__(self, log: LogFiles, spec: Spec) -> None:
        self._log, self._spec = log, spec
        self._back = spec.of_kind(Kind.ADDBACK)
        self._linear = spec.of_kind(Kind.LINEAR)
        self._cell = [one.column for one in (*spec.of_kind(Kind.CELL), *spec.of_kind(Kind.ARM))]

    def found(self, quote: str, person: str | None) -> FoundQuote:
        """Return the quote and what it is compared with."""
        mine = self._row(quote, person)
        self._take_near(mine)
        usual, persons = self._rows(
            "SELECT median(listed), count(DISTINCT person) FILTER (person <> ?) FROM near",
            mine.person,
        )[0]
        others, means = self._others(mine)
        slopes, freedom = self._slopes()
        told = freedom >= LEAST_FREEDOM
        columns = [one.column for one in self._linear]
        moved = [
            float(slope * (x - mean)) for slope, x, mean in zip(slopes, mine.x, means, strict=False)
        ]
        return FoundQuote(
            at_s=mine.at_s,
            item=mine.item,
            currency=mine.currency,
            facts=QuoteFacts(
                paid=mine.paid,
                back=mine.back,
                usual=usual,
                persons=persons,
                others=others,
                factors=tuple(zip(columns, moved, strict=False)) if told else (),
                untold=() if told else tuple(columns),
                scale=self._scale(slopes) if told else None,
            ),
        )

    def _row(self, quote: str, person: str | None) -> _Mine:
        spec = self._spec
        wanted = [self._is(spec.quote_id)]
        if person is not None:
            wanted.append(self._is(spec.person))
        columns = [
            _text(spec.person),
            _text(spec.item),
            self._log.time.seconds,
            _text(spec.currency) if spec.currency else "''",
            _number(spec.price),
            *(_text(one) for one in self._cell),
            *(_number(one.column) for one in (*self._back, *self._linear)),
        ]
        rows = self._rows(
            f"SELECT {', '.join(columns)} FROM {self._log.source}"
            f" WHERE {' AND '.join(wanted)} LIMIT 2",
            *([quote] if person is None else [quote, person]),
        )
        if not rows:
            raise NoSuchQuoteError
        if len(rows) > 1:
            raise QuoteTwiceError
        whose, item, at_s, currency, paid, *rest = rows[0]
        cell, amounts = rest[: len(self._cell)], rest[len(self._cell) :]
        self._hold_whole(rows[0], cell, amounts)
        back = amounts[: len(self._back)]
        return _Mine(
            quote=quote,
            person=whose,
            item=item,
            at_s=at_s,
            currency=currency or "",
            paid=paid,
            back=tuple((one.column, value) for one, value in zip(self._back, back, strict=True)),
            x=tuple(amounts[len(self._back) :]),
        )

    def _hold_whole(
        self, row: Sequence[Any], cell: Sequence[str | None], amounts: Sequence[float | None]
    ) -> None:
        """Refuse a row that lacks something."""
        spec, (whose, item, at_s, _, paid) = self._spec, row[:5]
        if whose is None or item is None:
            raise QuoteUnusableError(spec.person if whose is None else spec.item, QuoteLack.NAMES)
        if at_s is None:
            raise QuoteUnusableError(spec.time, QuoteLack.TIME)
        back = [one.column for one in self._back]
        columns = [*self._cell, *back, *(one.column for one in self._linear)]
        for column, value in zip(columns, [*cell, *amounts], strict=True):
            if value is None:
                raise QuoteUnusableError(column, QuoteLack.FACTOR)
        listed = None if paid is None else paid + sum(one or 0 for one in amounts[: len(back)])
        if paid is None or paid <= 0 or listed is None or listed <= 0:
            raise QuoteUnusableError(spec.price, QuoteLack.PRICE)

    def _take_near(self, mine: _Mine) -> None:
        """Take the item's rows around that time into the table `near`.

        Columns: `cell` and `tick` (which cell), `is_mine`, `person`, `listed`, `y` (its logarithm),
        `x0`…
        """
        spec, log = self._spec, self._log
        listed = " + ".join([_number(spec.price), *(_number(one.column) for one in self._back)])
        kept = {
            "person": _text(spec.person),
            "second": log.time.seconds,
            "paid": _number(spec.price),
            "listed": listed,
            "quote": _text(spec.quote_id),
            **{f"c{k}": _text(one) for k, one in enumerate(self._cell)},
            **{f"x{k}": _number(one.column) for k, one in enumerate(self._linear)},
        }
        wanted = [self._is(spec.item), self._around(mine.at_s)]
        given = [mine.item]
        if spec.currency:
            wanted.append(f"coalesce({_text(spec.currency)}, '') = ?")
            given.append(mine.currency)
        cells = ", ".join(f"c{k}" for k in range(len(self._cell)))
        whole = ["second", "person", "listed", *(one for one in kept if one[0] in {"c", "x"})]
        there = [f"{one} IS NOT NULL" for one in dict.fromkeys(whole)]
        picked = ", ".join(f"{sql} AS {name}" for name, sql in kept.items())
        self._rows(
            "CREATE OR REPLACE TEMP TABLE near AS"
            f" SELECT {f'[{cells}]' if cells else '[0]'} AS cell,"
            f" floor(second / {spec.window_s}) AS tick, quote IS NOT DISTINCT FROM ? AS is_mine,"
            f" person, listed, ln(listed) AS y"
            f"{''.join(f', x{k}' for k in range(len(self._linear)))}"
            f" FROM (SELECT *, row_number() OVER (PARTITION BY quote ORDER BY second, paid, person)"
            " AS nth"
            f" FROM (SELECT {picked} FROM {log.source} WHERE {' AND '.join(wanted)}))"
            f" WHERE (nth = 1 OR quote IS NULL) AND paid > 0 AND listed > 0"
            f" AND {' AND '.join(there)}",
            mine.quote,
            *given,
        )

    def _around(self, at_s: int) -> str:
        """Return the condition of being near in time; whole hours, so that cells stay whole."""
        hour = at_s // _HOUR
        first, end = ((hour + days * _DAY_HOURS) * _HOUR for days in (-DAYS, DAYS))
        time = self._log.time
        if time.bound:  # as the column itself, so that what lies outside is not even read
            column = quoted(self._spec.time)
            return f"{column} >= {time.bound.format(first)} AND {column} < {time.bound.format(end)}"
        return f"{time.seconds} >= {first} AND {time.seconds} < {end}"

    def _others(self, mine: _Mine) -> tuple[Others | None, tuple[float, ...]]:
        """Return the others in the cell, and the mean of each linear factor over them."""
        means = "".join(f", avg(x{k})" for k in range(len(self._linear)))
        row = self._rows(
            "SELECT count(*), count(DISTINCT person) FILTER (person <> ?), exp(avg(y)),"
            f" min(listed), max(listed), count(*) FILTER (listed < own){means}"
            " FROM near JOIN (SELECT cell, tick, listed AS own FROM near WHERE is_mine)"
            " USING (cell, tick) WHERE NOT is_mine",
            mine.person,
        )[0]
        count, persons, usual, low, high, below, *of_factors = row
        if not count:
            return None, ()
        others = Others(count=count, persons=persons, usual=usual, low=low, high=high, below=below)
        return others, tuple(of_factors)

    def _slopes(self) -> tuple[Floats, int]:
        """Return the slopes of the linear factors within cells, and degrees of freedom."""
        many = range(len(self._linear))
        products = [f"sum(z{i} * z{j})" for i in many for j in many]
        asked = ", ".join(
            ["count(*)", "count(DISTINCT (cell, tick))", *products]
            + [f"sum(z{i} * r)" for i in many]
        )
        rows, cells, *sums = self._rows(f"SELECT {asked} FROM ({self._centred()})")[0]
        size = len(self._linear)
        if not rows:
            return np.zeros(size), 0
        inner = np.array(sums[: size * size], np.float64).reshape(size, size)
        solved = np.linalg.lstsq(inner, np.array(sums[size * size :], np.float64))[0]
        return solved.astype(np.float64), rows - cells - size

    def _scale(self, slopes: Floats) -> float:
        explained = "".join(f" - {float(one)!r} * z{k}" for k, one in enumerate(slopes))
        # Held against the others of its cell a quote is off by n / (n - 1) of this, and by
        # sqrt(n / (n - 1)) more than a price scatters.
        distance = f"abs(r{explained}) * sqrt(n / (n - 1.0))"
        found = self._rows(f"SELECT median({distance}) FROM ({self._centred()})")[0][0]
        return _NORMAL * float(found)

    def _centred(self) -> str:
        distances = "".join(
            f", x{k} - avg(x{k}) OVER one AS z{k}" for k in range(len(self._linear))
        )
        return (
            f"SELECT * FROM (SELECT cell, tick, count(*) OVER one AS n, y - avg(y) OVER one AS r"
            f"{distances} FROM near WINDOW one AS (PARTITION BY cell, tick)) WHERE n > 1"
        )

    def _is(self, name: str) -> str:
        """Return the condition that a column, as it lies in the file, is a text that is given."""
        return f"{quoted(name)} = TRY_CAST(? AS {self._log.types[name]})"

    def _rows(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        with duckdb_errors(self._log.name):
            rows: list[tuple[Any, ...]] = self._log.database.execute(sql, list(given)).fetchall()
            return rows


def _text(name: str) -> str:
    return f"CAST({quoted(name)} AS VARCHAR)"


def _number(name: str) -> str:
    """Return a column as a finite number; missing where it is none."""
    value = f"TRY_CAST({quoted(name)} AS DOUBLE)"
    return f"CASE WHEN isfinite({value}) THEN {value} END"
