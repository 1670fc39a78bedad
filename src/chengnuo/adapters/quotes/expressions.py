"""The pass over a log as expressions of Ibis: written once, run by DuckDB and by Spark alike.

Each function takes a table and gives one; the engine materialises `prepared` and `centred`, and
fetches the rest, which is small. What is computed is what `engines/fairness/cells.py` computes in
plain numpy, and tests hold the two to each other.

Keys are the first twelve hex digits of an MD5: twelve signs are what both engines compare and group
fastest, and MD5 is what both have. They are no secret and keep none.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from typing import Any, Final

import ibis  # type: ignore[import-untyped]  # it says nothing of its types

from chengnuo.domain.pricing.coding import Coded, How, Regressor
from chengnuo.domain.pricing.spec import Factor, Kind, Spec
from chengnuo.engines.fairness.cells import KEY_DIGITS
from chengnuo.engines.fairness.sample import HOUR
from chengnuo.engines.fairness.statistics import BIN_WIDTH, HALF_BINS

Table = Any  # ibis says `Table`, whose columns no type checker knows
Value = Any

_GROUP_DIGITS: Final = 2
_BETWEEN: Final = "\x1f"

PREPARED: Final = "prepared"
CENTRED: Final = "centred"
MINE: Final = "__chengnuo_"
"""Begins every column that is ours while columns of the log are still there."""


class Fate:
    """What becomes of a row, the first that applies; the numbers order them."""

    USED: Final = 0
    UNDATED: Final = 1
    UNNAMED: Final = 2
    DUPLICATED: Final = 3
    UNPRICED: Final = 4
    INCOMPLETE: Final = 5


def classified(log: Table, coded: Coded, *, may_repeat: bool = True) -> Table:
    """Return the log with what becomes of each row.

    Args:
        log: The columns that the specification names; its time as whole seconds since 1970 UTC.
        coded: What is audited.
        may_repeat: Whether a quote id may be there twice; to look for it takes as long as all else.

    """
    spec = coded.spec
    price = log[spec.price].cast("float64")
    second = log[spec.time].cast("int64")
    person, item = log[spec.person].cast("string"), log[spec.item].cast("string")
    found = log.mutate(
        **{
            f"{MINE}second": second,
            f"{MINE}price": price,
            f"{MINE}person": person,
            f"{MINE}item": item,
        }
    )
    again = _is_again(found, spec) if may_repeat else ibis.literal(value=False)
    fate = ibis.cases(
        (second.isnull(), Fate.UNDATED),
        (person.isnull() | item.isnull(), Fate.UNNAMED),
        (again, Fate.DUPLICATED),
        (~_is_number_above(price, 0), Fate.UNPRICED),
        (_is_incomplete(found, coded), Fate.INCOMPLETE),
        else_=Fate.USED,
    )
    return found.mutate(**{f"{MINE}fate": fate})


def fates(found: Table) -> Table:
    """Return how many rows met which fate: `fate`, `n`."""
    return found.group_by(fate=found[f"{MINE}fate"]).agg(n=found.count())


def prepared(found: Table, coded: Coded) -> Table:
    """Return the quotes that are used, as numbers.

    Columns: `block` (key of what makes a cell beside time), `second`, `person`, `y`, `paid`, `x0`…,
    and for the outcome `i` of `outcome_names`, `o{i}`: missing where the person was not eligible.
    """
    spec = coded.spec
    used = found.filter(found[f"{MINE}fate"] == Fate.USED)
    price = used[f"{MINE}price"]
    gross = price
    for factor in spec.of_kind(Kind.ADDBACK):
        gross = gross + used[factor.column].cast("float64")
    block = used[f"{MINE}item"]
    for factor in spec.of_kind(Kind.CELL) + spec.of_kind(Kind.ARM):
        block = block + _BETWEEN + used[factor.column].cast("string")
    return used.select(
        block=key_of(block),
        second=used[f"{MINE}second"],
        person=key_of(used[f"{MINE}person"]),
        y=gross.ln(),
        paid=price,
        **{f"x{k}": _number(used, one) for k, one in enumerate(coded.regressors)},
        **{f"o{i}": one for i, one in enumerate(_outcomes(used, spec))},
    )


def key_of(text: Value) -> Value:
    """Return the key of a text: twelve hex digits."""
    return text.hexdigest("md5").substr(0, KEY_DIGITS)


def outcome_names(spec: Spec) -> tuple[str, ...]:
    """Return the names of the outcomes beside the price, in their order."""
    return (
        *(one.column for one in give_aways(spec)),
        *(one.column for one in spec.terms),
    )


def give_aways(spec: Spec) -> tuple[Factor, ...]:
    """Return the add-backs that are outcomes too, because it is said who may get them."""
    return tuple(one for one in spec.of_kind(Kind.ADDBACK) if one.eligible)


def centred(quotes: Table, regressors: int, window_s: int) -> Table:
    """Return the quotes of cells of two and more, each from the mean of its cell.

    Columns: `block`, `tick`, `person`, `n`, `r` (of `y`), `z0`….
    """
    ticked = quotes.mutate(tick=(quotes.second / window_s).floor().cast("int64"))
    cell = ibis.window(group_by=[ticked.block, ticked.tick])
    from_mean = {
        f"z{k}": ticked[f"x{k}"] - ticked[f"x{k}"].mean().over(cell) for k in range(regressors)
    }
    found = ticked.select(
        ticked.block,
        ticked.tick,
        ticked.person,
        n=ticked.count().over(cell),
        r=ticked.y - ticked.y.mean().over(cell),
        **from_mean,
    )
    return found.filter(found.n > 1)


def within(table: Table, regressors: int) -> Table:
    """Return the sums of products within cells, a row for each group of persons.

    Columns: `g` (two hex digits), `count`, `yy`, `a{i}_{j}`, `b{i}_{j}`, `c{i}`, `d{i}`: `x x`, the
    same weighted, `x y`, the same weighted.
    """
    r = table.r
    weight = table.n / (table.n - 1.0)
    sums: dict[str, Value] = {"count": table.count(), "yy": (r * r).sum()}
    for i, j in combinations_with_replacement(range(regressors), 2):
        product = table[f"z{i}"] * table[f"z{j}"]
        sums[f"a{i}_{j}"] = product.sum()
        sums[f"b{i}_{j}"] = (weight * product).sum()
    for i in range(regressors):
        product = table[f"z{i}"] * r
        sums[f"c{i}"] = product.sum()
        sums[f"d{i}"] = (weight * product).sum()
    return table.group_by(g=table.person.substr(0, _GROUP_DIGITS)).agg(**sums)


def overall(quotes: Table, regressors: int) -> Table:
    """Return one row of sums over all quotes.

    Columns: `rows`, `y`, `yy`, `sx{k}`, `sxx{k}`, `sxy{k}`, `px{k}`.
    """
    sums: dict[str, Value] = {
        "rows": quotes.count(),
        "y": quotes.y.sum(),
        "yy": (quotes.y * quotes.y).sum(),
    }
    for k in range(regressors):
        x = quotes[f"x{k}"]
        sums[f"sx{k}"] = x.sum()
        sums[f"sxx{k}"] = (x * x).sum()
        sums[f"sxy{k}"] = (x * quotes.y).sum()
        sums[f"px{k}"] = (x * quotes.paid).sum()
    return quotes.agg(**sums)


def informative(quotes: Table, regressors: int, window_s: int) -> Table:
    """Return one row: `cells` of two and more, and for each regressor those in which it varies."""
    ticked = quotes.mutate(tick=(quotes.second / window_s).floor().cast("int64"))
    cells = ticked.group_by("block", "tick").agg(
        n=ticked.count(),
        **{f"v{k}": ticked[f"x{k}"].max() > ticked[f"x{k}"].min() for k in range(regressors)},
    )
    cells = cells.filter(cells.n > 1)
    varies = {f"v{k}": cells[f"v{k}"].cast("int64").sum() for k in range(regressors)}
    return cells.agg(cells=cells.count(), **varies)


def by_person(table: Table) -> Table:
    """Return sums of gaps by person: `person`, `count`, `gap`, `square`, `shared`, `pairs`."""
    gaps = table.select(
        table.block, table.tick, table.person, gap=table.n / (table.n - 1.0) * table.r
    )
    cells = gaps.group_by("block", "tick", "person").agg(
        n=gaps.count(), gap=gaps.gap.sum(), square=(gaps.gap * gaps.gap).sum()
    )
    return cells.group_by("person").agg(
        count=cells.n.sum(),
        gap=cells.gap.sum(),
        square=cells.square.sum(),
        # A person alone in a cell has no pair there, which rounding would not make zero.
        shared=ibis.ifelse(cells.n > 1, cells.gap * cells.gap - cells.square, 0.0).sum(),
        pairs=(cells.n * (cells.n - 1)).sum(),
    )


def gap_bins(table: Table) -> Table:
    """Return how many quotes have which gap: `bin`, from 0, and `count`."""
    gap = table.n / (table.n - 1.0) * table.r
    at = (gap / BIN_WIDTH + 0.5).floor().clip(lower=-HALF_BINS, upper=HALF_BINS) + HALF_BINS
    return table.mutate(bin=at.cast("int64")).group_by("bin").agg(count=lambda one: one.count())


def drawn(quotes: Table, below: str, regressors: int) -> Table:
    """Return quotes of whole hours with a hash below a key; of all if it is empty.

    Columns: `block` (the hash), `second`, `person`, `y`, `paid`, `x0`….
    """
    keyed = quotes.mutate(block=hour_hash(quotes))
    if below:
        keyed = keyed.filter(keyed.block < below)
    return keyed.select(
        "block", "second", "person", "y", "paid", *(f"x{k}" for k in range(regressors))
    )


def hour_hash(quotes: Table) -> Value:
    """Return the hash that hours of the same goods are sampled by."""
    hour = (quotes.second / HOUR).floor().cast("int64").cast("string")
    return key_of(quotes.block + "|hour|" + hour)


def of_outcome(quotes: Table, place: int) -> Table:
    """Return the quotes of an outcome beside the price, with it as their `y`."""
    eligible = quotes.filter(quotes[f"o{place}"].notnull())
    return eligible.mutate(y=eligible[f"o{place}"])


def unbound(expression: Table, name: str) -> Table:
    """Return the table that an expression becomes once it is materialised under a name."""
    return ibis.table(expression.schema(), name=name)


def named(columns: Mapping[str, str], name: str) -> Table:
    """Return a table that is there, by the types of its columns as Ibis writes them."""
    return ibis.table(dict(columns), name=name)


def _is_again(found: Table, spec: Spec) -> Value:
    if not spec.quote_id:
        return ibis.literal(value=False)
    first = ibis.window(
        group_by=[found[spec.quote_id]],
        order_by=[found[f"{MINE}{one}"] for one in ("second", "price", "person", "item")],
    )
    return found[spec.quote_id].notnull() & (ibis.row_number().over(first) > 0)


def _is_incomplete(found: Table, coded: Coded) -> Value:
    names: list[str] = [one.attribute for one in coded.regressors]
    names += [one.column for one in coded.spec.factors]
    names += [one.eligible_column for one in give_aways(coded.spec) if one.eligible_column]
    return ibis.or_(*(_is_missing(found[name]) for name in dict.fromkeys(names)))


def _is_missing(column: Value) -> Value:
    if column.type().is_floating():
        return column.isnull() | column.isnan() | column.isinf()
    return column.isnull()


def _is_number_above(column: Value, least: float) -> Value:
    is_there = column.notnull() & ~column.isnan() & ~column.isinf()
    return (is_there & (column > least)).fill_null(ibis.literal(value=False))


def _number(used: Table, one: Regressor) -> Value:
    column = used[one.attribute]
    if one.how is How.LINEAR:
        return (column.cast("float64") - one.centre) / one.unit
    # Of a byte, which engines group, fetch and keep fastest.
    if one.how is How.FLAG:
        is_set = column.cast("float64") != 0
    elif column.type().is_boolean():
        is_set = column == (one.value == "true")
    elif column.type().is_numeric():
        is_set = column.cast("float64") == float(one.value)
    else:
        is_set = column == one.value
    return is_set.cast("int8")


def _outcomes(used: Table, spec: Spec) -> Sequence[Value]:
    got = []
    for factor in give_aways(spec):
        value = (used[factor.column].cast("float64") > 0).cast("float64")
        if factor.eligible_column:
            may = used[factor.eligible_column].cast("boolean")
            value = ibis.ifelse(may if factor.eligible_value else ~may, value, ibis.null("float64"))
        got.append(value)
    for term in spec.terms:
        value = used[term.column].cast("float64")
        got.append(ibis.ifelse(_is_missing(value), ibis.null("float64"), value))
    return got
