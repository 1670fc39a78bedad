"""One part of a log: the statistics of the quotes that an engine of tables holds."""

from collections.abc import Mapping
from itertools import combinations_with_replacement
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from chengnuo.adapters.quotes import expressions
from chengnuo.adapters.quotes.expressions import BLOCKS, CENTRED, HOUR, MINE, PREPARED, Fate, Table
from chengnuo.domain.pricing.coding import Coded
from chengnuo.engines.fairness.cells import KEY_DIGITS
from chengnuo.engines.fairness.moments import GROUPS, Floats, Ints, Moments
from chengnuo.engines.fairness.statistics import (
    ALL_CELLS,
    HALF_BINS,
    CellSample,
    Counts,
    GapHistogram,
    Keys,
    PersonSums,
    Statistics,
)

# What an engine fetches: columns by name; of keys, arrays of text.
Columns = Mapping[str, NDArray[np.generic]]


class TableEngine(Protocol):
    """What runs expressions: DuckDB in this process, or Spark."""

    def make(self, name: str, expression: Table) -> None:
        """Materialise an expression under a name, in place of what was there."""

    def fetch(self, expression: Table) -> Columns:
        """Return the columns of an expression, whose rows are in no order."""


def part_statistics(  # noqa: PLR0913  what a part is, and what it is bounded by
    engine: TableEngine,
    log: Table,
    coded: Coded,
    rows: int,
    *,
    ladder_share: float = 1.0,
    below: int = ALL_CELLS,
) -> Statistics:
    """Return the statistics of a part of a log.

    Args:
        engine: Runs what is asked of it.
        log: The part, a table that the engine knows: the columns that the specification names, its
            time as whole seconds since 1970 UTC.
        coded: What is audited.
        rows: Rows of the part.
        ladder_share: Share of hour blocks that windows other than that of the specification are
            worked out from; that one is worked out from all.
        below: Only cells with a hash below this are drawn into the sample.

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
    blocks = quotes
    if ladder_share < 1:
        engine.make(BLOCKS, expressions.in_blocks(quotes, ladder_share))
        blocks = expressions.unbound(quotes, BLOCKS)
    return Statistics(
        config=coded.config,
        ladder={
            window: own if window == spec.window_s else _moments(engine, blocks, many, window)
            for window in spec.windows
        },
        outcomes={
            name: _moments(engine, expressions.of_outcome(quotes, i), many, spec.window_s)
            for i, name in enumerate(expressions.outcome_names(spec))
        },
        persons=persons,
        gaps=gaps,
        sample=_sample(engine, quotes, many, spec.window_s, below),
        counts=Counts(
            read=rows,
            used=fates.get(Fate.USED, 0),
            duplicated=fates.get(Fate.DUPLICATED, 0),
            unpriced=fates.get(Fate.UNPRICED, 0),
            undated=fates.get(Fate.UNDATED, 0),
            unnamed=fates.get(Fate.UNNAMED, 0),
            incomplete=fates.get(Fate.INCOMPLETE, 0),
        ),
        hours=np.sort(np.asarray(hours["hour"], np.int64)),
    )


def _fates(engine: TableEngine, found: Table) -> dict[int, int]:
    counted = engine.fetch(found.group_by(fate=found[f"{MINE}fate"]).agg(n=found.count()))
    return {int(one): int(many) for one, many in zip(counted["fate"], counted["n"], strict=True)}


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


def _sample(engine: TableEngine, quotes: Table, many: int, window_s: int, below: int) -> CellSample:
    least = "" if below == ALL_CELLS else f"{below:016x}"[:KEY_DIGITS]
    found = engine.fetch(expressions.drawn(quotes, window_s, least, many))
    x = np.empty((len(found["y"]), many), np.float32)
    for k in range(many):
        x[:, k] = found[f"x{k}"]
    return CellSample(
        cell=keys(found["cell"]),
        person=keys(found["person"]),
        y=np.asarray(found["y"], np.float64),
        paid=np.asarray(found["paid"], np.float64),
        x=x,
        below=below,
    ).bounded()


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
