"""The statistics of the quotes that an engine of tables holds, worked out by that engine.

That is what a log takes that has outgrown one machine; on one, `embedded` fetches the quotes and
leaves the rest to `engines/fairness/quick_pass.py`, which takes a tenth of the time.
"""

from collections.abc import Mapping
from itertools import combinations_with_replacement
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from chengnuo.adapters.quotes import expressions
from chengnuo.adapters.quotes.expressions import CENTRED, PREPARED, Fate, Table
from chengnuo.domain.pricing.coding import Coded
from chengnuo.engines.fairness.cells import KEY_DIGITS
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints, Keys, Moments
from chengnuo.engines.fairness.sample import ALL_CELLS, HOUR, SAMPLE_LIMIT, HourSample, places
from chengnuo.engines.fairness.statistics import (
    HALF_BINS,
    Counts,
    GapHistogram,
    PersonSums,
    Statistics,
)

_RATHER_MORE: Final = 1.25

# What an engine fetches: columns by name; of keys, arrays of text.
Columns = Mapping[str, NDArray[np.generic]]


class TableEngine(Protocol):
    """What runs expressions: DuckDB in this process, or Spark."""

    def make(self, name: str, expression: Table) -> None:
        """Materialise an expression under a name, in place of what was there."""

    def fetch(self, expression: Table) -> Columns:
        """Return the columns of an expression, whose rows are in no order."""


def part_statistics(engine: TableEngine, log: Table, coded: Coded, rows: int) -> Statistics:
    """Return the statistics of a part of a log.

    Args:
        engine: Runs what is asked of it.
        log: The part, a table that the engine knows: the columns that the specification names, its
            time as whole seconds since 1970 UTC.
        coded: What is audited.
        rows: Rows of the part.

    """
    spec, many = coded.spec, len(coded.regressors)
    found = expressions.classified(log, coded)
    expression = expressions.prepared(found, coded)
    engine.make(PREPARED, expression)
    quotes = expressions.unbound(expression, PREPARED)
    used = int(engine.fetch(quotes.aggregate(n=quotes.count()))["n"][0])
    fates = {Fate.USED: rows} if used == rows else _fates(engine, found)
    hours = engine.fetch(
        quotes.select(hour=(quotes.second / HOUR).floor().cast("int64")).distinct()
    )
    own = _moments(engine, quotes, many, spec.window_s)
    table = expressions.unbound(expressions.centred(quotes, many, spec.window_s), CENTRED)
    persons = _persons(engine.fetch(expressions.by_person(table)))
    gaps = _gaps(engine.fetch(expressions.gap_bins(table)))
    return Statistics(
        config=coded.config,
        window_s=spec.window_s,
        windows=spec.windows,
        quotes=own,
        outcomes={
            name: _moments(engine, expressions.of_outcome(quotes, i), many, spec.window_s)
            for i, name in enumerate(expressions.outcome_names(spec))
        },
        persons=persons,
        gaps=gaps,
        hour_sample=_sample(engine, quotes, many, used),
        counts=counts_of(rows, fates),
        hours=np.sort(np.asarray(hours["hour"], np.int64)),
    )


def _fates(engine: TableEngine, found: Table) -> dict[int, int]:
    return fates_of(engine.fetch(expressions.fates(found)))


def fates_of(counted: Columns) -> dict[int, int]:
    """Return how many rows met which fate."""
    return {int(one): int(many) for one, many in zip(counted["fate"], counted["n"], strict=True)}


def counts_of(rows: int, fates: Mapping[int, int]) -> Counts:
    """Return what became of the rows read."""
    return Counts(
        read=rows,
        used=fates.get(Fate.USED, 0),
        duplicated=fates.get(Fate.DUPLICATED, 0),
        unpriced=fates.get(Fate.UNPRICED, 0),
        undated=fates.get(Fate.UNDATED, 0),
        unnamed=fates.get(Fate.UNNAMED, 0),
        incomplete=fates.get(Fate.INCOMPLETE, 0),
    )


def _moments(engine: TableEngine, quotes: Table, many: int, window_s: int) -> Moments:
    """Return the moments of a window; leaves its quotes behind, taken from their means."""
    expression = expressions.centred(quotes, many, window_s)
    engine.make(CENTRED, expression)
    table = expressions.unbound(expression, CENTRED)
    groups = engine.fetch(expressions.within(table, many))
    cells = engine.fetch(expressions.informative(quotes, many, window_s))
    overall = engine.fetch(expressions.overall(quotes, many))
    pairs = list(combinations_with_replacement(range(many), 2))
    place = np.array([int(one, 16) for one in groups["g"]], np.int64)

    def spread(*names: str) -> Floats:
        found = np.zeros((GROUPS, len(names)))
        for column, name in enumerate(names):
            found[place, column] = groups[name]
        return found

    def one_row(*names: str) -> Floats:
        # A sum over no rows is missing.
        return np.nan_to_num(np.array([_first(overall[name]) for name in names], np.float64))

    return Moments(
        count=spread("count")[:, 0].astype(np.int64),
        xx=spread(*(f"a{i}_{j}" for i, j in pairs)),
        xy=spread(*(f"c{k}" for k in range(many))),
        yy=spread("yy")[:, 0],
        weighted_xx=spread(*(f"b{i}_{j}" for i, j in pairs)),
        weighted_xy=spread(*(f"d{k}" for k in range(many))),
        cells=np.array([_first(cells["cells"])], np.int64),
        informative=np.array([_first(cells[f"v{k}"]) or 0 for k in range(many)], np.int64),
        rows=one_row("rows").astype(np.int64),
        sum_y=one_row("y", "yy"),
        sum_x=one_row(*(f"sx{k}" for k in range(many))),
        sum_xx=one_row(*(f"sxx{k}" for k in range(many))),
        sum_xy=one_row(*(f"sxy{k}" for k in range(many))),
        paid_x=one_row(*(f"px{k}" for k in range(many))),
    )


def _first(column: NDArray[np.generic]) -> float:
    value = np.ma.filled(column, 0)[0]
    return 0.0 if value is None else value


def _persons(found: Columns) -> PersonSums:
    key = keys(found["person"])
    order = np.argsort(key)

    def counted(name: str) -> Ints:
        return np.asarray(found[name])[order].astype(np.int64)

    def summed(name: str) -> Floats:
        return np.asarray(found[name])[order].astype(np.float64)

    return PersonSums(
        key=key[order],
        count=counted("count"),
        gap=summed("gap"),
        square=summed("square"),
        shared=summed("shared"),
        shared_pairs=counted("pairs"),
    )


def _gaps(found: Columns) -> GapHistogram:
    count = np.zeros(2 * HALF_BINS + 1, np.int64)
    count[np.asarray(found["bin"], np.int64)] = found["count"]
    return GapHistogram(count=count)


def _sample(engine: TableEngine, quotes: Table, many: int, used: int) -> HourSample:
    # Somewhat more than the limit, as hours are drawn whole and of any size.
    share = min(1.0, _RATHER_MORE * SAMPLE_LIMIT / max(used, 1))
    below = ALL_CELLS if share >= 1 else int(share * 16**KEY_DIGITS) << (64 - 4 * KEY_DIGITS)
    least = "" if share >= 1 else f"{below:016x}"[:KEY_DIGITS]
    found = engine.fetch(expressions.drawn(quotes, least, many))
    x = np.empty((len(found["y"]), many), np.float32)
    for k in range(many):
        x[:, k] = found[f"x{k}"]
    sample = HourSample(
        place=places(keys(found["block"]), np.asarray(found["second"], np.int64)),
        person=keys(found["person"]),
        y=np.asarray(found["y"], np.float64),
        paid=np.asarray(found["paid"], np.float64),
        x=x,
        below=below,
    )
    return sample.cut().ordered()


def keys(texts: NDArray[np.generic]) -> Keys:
    """Return keys of twelve hex digits as numbers of 64 bits.

    >>> [hex(one) for one in keys(np.array(["00000000000a", "ffffffffffff"], object)).tolist()]
    ['0xa0000', '0xffffffffffff0000']

    """
    if not len(texts):
        return np.zeros(0, np.uint64)
    digits = np.array(texts, f"S{KEY_DIGITS}").view(np.uint8).reshape(-1, KEY_DIGITS)
    values = np.where(digits >= ord("a"), digits - (ord("a") - 10), digits - ord("0"))
    shifts = np.uint64(60) - np.arange(KEY_DIGITS, dtype=np.uint64) * np.uint64(4)
    found: Keys = (values.astype(np.uint64) << shifts).sum(axis=1, dtype=np.uint64)
    return found
