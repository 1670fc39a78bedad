"""What each declared factor does in an audit, and how many persons each effect is told from.

Both are worked out from drawn quotes (`drawing`), and say of how many.
"""

import math
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from chengnuo.domain.pricing.coding import Coded, How, Regressor
from chengnuo.domain.pricing.effects import PRICE, factors_of
from chengnuo.domain.pricing.in_memory import Table, column_of, quotes_of
from chengnuo.domain.pricing.spec import Factor, Kind, Spec
from chengnuo.engines.fairness.cells import Quotes
from chengnuo.engines.fairness.factoring import Estimate, FactorQuotes, factored
from chengnuo.engines.fairness.fitting import Flags
from chengnuo.engines.fairness.groups import persons_by, smaller_side
from chengnuo.engines.fairness.moments import Floats, Ints

_ORDER: Final = (Kind.CELL, Kind.ARM, Kind.LINEAR, Kind.ADDBACK)


class WithoutFactor(msgspec.Struct, frozen=True, kw_only=True):
    """The audit's estimates as they would be without one declared factor.

    Attributes:
        column: The factor.
        removes: Share of the variance of log prices that it removes beside all the others; below
            zero where it adds some.
        effects: Of each attribute; None where nothing can be said.
        errors: Their standard errors.

    """

    column: str
    removes: float
    effects: tuple[float | None, ...]
    errors: tuple[float | None, ...]


class EffectPersons(msgspec.Struct, frozen=True, kw_only=True):
    """How many persons an effect is told from.

    Attributes:
        outcome: `price`, or the column of another outcome.
        regressor: Its name.
        persons: Drawn persons with quotes on the rarer side of a flag or level, or with the value
            that a level is compared with, whichever are fewer; all of a number.

    """

    outcome: str
    regressor: str
    persons: int


class FactorsResult(msgspec.Struct, frozen=True, kw_only=True):
    """What declared factors do, from drawn quotes.

    Attributes:
        quotes: Quotes drawn.
        persons: Their persons.
        base: Share of the variance of log prices that item and window remove.
        left: Share that is left within cells once all factors are taken out.
        regressors: The attributes.
        effects: Of each with all factors in, from these quotes; None where nothing can be said.
        errors: Their standard errors.
        without: Each factor left out.
        groups: Persons that each effect is told from.

    """

    quotes: int
    persons: int
    base: float
    left: float
    regressors: tuple[str, ...]
    effects: tuple[float | None, ...]
    errors: tuple[float | None, ...]
    without: tuple[WithoutFactor, ...]
    groups: tuple[EffectPersons, ...]


def factor_effects(coded: Coded, drawn: Table) -> FactorsResult:
    """Return what declared factors do.

    Args:
        coded: What is audited.
        drawn: Whole windows of items, as `drawing` draws them.

    Raises:
        UnknownColumnError: The table lacks a column.

    """
    quotes = quotes_of(coded, drawn)
    seen = factored(_factor_quotes(coded, drawn, quotes))
    whole = seen.variance or math.inf
    names = [one.column for one in declared_in_order(coded.spec)]
    return FactorsResult(
        quotes=len(quotes.paid),
        persons=len(np.unique(quotes.person)),
        base=1 - seen.bare / whole,
        left=seen.whole.variance / whole,
        regressors=tuple(one.name for one in coded.regressors if one.family is not None),
        effects=_said(seen.whole.effect),
        errors=_said(seen.whole.error),
        without=tuple(
            _without(name, one, seen.whole, whole)
            for name, one in zip(names, seen.without, strict=True)
        ),
        groups=_groups(coded, quotes),
    )


def declared_in_order(spec: Spec) -> tuple[Factor, ...]:
    """Return the declared factors, those that part cells first, add-backs last."""
    return tuple(one for kind in _ORDER for one in spec.of_kind(kind))


def _without(name: str, one: Estimate, whole: Estimate, variance: float) -> WithoutFactor:
    return WithoutFactor(
        column=name,
        removes=(one.variance - whole.variance) / variance,
        effects=_said(one.effect),
        errors=_said(one.error),
    )


def _factor_quotes(coded: Coded, drawn: Table, quotes: Quotes) -> FactorQuotes:
    spec = coded.spec
    keys = [*spec.of_kind(Kind.CELL), *spec.of_kind(Kind.ARM)]
    item = _codes(column_of(drawn, spec.item))
    window = quotes.time // spec.window_s
    window = window - window.min(initial=0) if len(window) else window
    base = item * (int(window.max(initial=0)) + 1) + window
    return FactorQuotes(
        person=quotes.person,
        base=np.unique(base, return_inverse=True)[1].reshape(-1).astype(np.int64),
        keys=tuple(_codes(column_of(drawn, one.column)) for one in keys),
        backs=tuple(
            column_of(drawn, one.column).astype(np.float64) for one in spec.of_kind(Kind.ADDBACK)
        ),
        paid=quotes.paid,
        x=quotes.x,
        linear=factors_of(coded),
    )


def _codes(column: NDArray[Any]) -> Ints:
    codes: Ints = np.unique(column, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return codes


def _said(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(one) else one for one in values.tolist())


def _groups(coded: Coded, quotes: Quotes) -> tuple[EffectPersons, ...]:
    rows_of = {PRICE: np.arange(len(quotes.paid))} | {
        name: one.rows for name, one in quotes.outcomes.items()
    }
    who = _codes(quotes.person)
    others = {one.attribute: _compared_with(coded, quotes, one.attribute) for one in _levels(coded)}

    def persons(rows: Ints, k: int, one: Regressor) -> int:
        mine = smaller_side(who[rows], quotes.x[rows, k], is_step=one.how is not How.LINEAR)
        if one.how is not How.LEVEL:
            return mine
        # A level is told against those that have the most frequent value.
        return min(mine, persons_by(who[rows], others[one.attribute][rows])[0])

    return tuple(
        EffectPersons(outcome=outcome, regressor=one.name, persons=persons(rows, k, one))
        for outcome, rows in sorted(rows_of.items())
        for k, one in enumerate(coded.regressors)
        if one.family is not None
    )


def _levels(coded: Coded) -> tuple[Regressor, ...]:
    return tuple(one for one in coded.regressors if one.how is How.LEVEL)


def _compared_with(coded: Coded, quotes: Quotes, attribute: str) -> Flags:
    """Return the quotes that have the value which levels of an attribute are compared with."""
    mine = [k for k, one in enumerate(coded.regressors) if one.attribute == attribute]
    return np.asarray(quotes.x[:, mine].max(axis=1, initial=0.0) == 0, np.bool_)


def moved_most(result: FactorsResult, one: WithoutFactor) -> tuple[str, float] | None:
    """Return the attribute whose estimate moves most when a factor is left out, and by how much."""
    moves = [
        (other - effect, name)
        for name, effect, other in zip(result.regressors, result.effects, one.effects, strict=True)
        if effect is not None and other is not None
    ]
    if not moves:
        return None
    moved, name = max(moves, key=lambda each: abs(each[0]))
    return name, moved
