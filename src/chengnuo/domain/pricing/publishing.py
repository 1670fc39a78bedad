"""A copy of an audit that may be shown to everybody: of groups of few persons it tells nothing.

Left out are numbers, differences and rules of groups below a floor of persons, and with them what
would give them away: another level of the same attribute where only one is small, a special group
whose difference to the wider one is few persons, the extreme of several figures where it is one of
those left out, an amount of money that is theirs, and bounds that a small count can be told from.
What is left of numbers of persons of groups are lower bounds, each ten times the one before, so
that nothing can be told by taking one from another. Verdict, parts of the proof and digests stay.
"""

from collections.abc import Iterable
from hashlib import sha256
from math import floor as rounded_down
from math import isfinite, log10
from typing import Final, TypeVar

from msgspec.structs import replace

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.pricing.audit import (
    Audit,
    GapBins,
    Leg,
    LegResult,
    Proof,
    SegmentResult,
    Withheld,
)
from chengnuo.domain.pricing.effects import PRICE, Effect
from chengnuo.domain.pricing.factor_effects import FactorsResult

Number = TypeVar("Number", int, float)
Value = TypeVar("Value")

FLOOR: Final = 10
"""No group of fewer persons is told of."""
_LEAST_HIDDEN: Final = 2


class TooFewPersonsError(InvalidInputError):
    """An audit is of fewer persons than a group has to have to be told of."""

    code = "price-publish-few"

    def __init__(self, persons: int, floor: int) -> None:
        super().__init__(f"the audit is of {persons} persons, below the floor of {floor}")
        self.persons = persons
        self.floor = floor


def published(audit: Audit, floor: int = FLOOR) -> Audit:
    """Return the copy of an audit.

    Args:
        audit: The whole audit.
        floor: Persons below which a group is not told of.

    Raises:
        TooFewPersonsError: The audit itself is of fewer persons.

    """
    if audit.persons < floor:
        raise TooFewPersonsError(audit.persons, floor)
    hidden = hidden_effects(audit, floor)
    shown = tuple(one for one in audit.effects if (one.outcome, one.regressor) not in hidden)
    segments = _segments(audit, hidden, floor)
    few_rows = any(0 < count < floor for count in audit.dropped.values())
    is_money_theirs = any(
        one.outcome == PRICE and one.verdict == "found" and (PRICE, one.regressor) in hidden
        for one in audit.effects
    )
    legs = tuple(_leg(one, audit.effects, shown, few_rows=few_rows) for one in audit.proof.legs)
    return replace(
        audit,
        proof=_proof(audit.proof, legs),
        read=audit.used if few_rows else audit.read,
        dropped={} if few_rows else audit.dropped,
        effects=shown,
        lasting=replace(audit.lasting, gaps=_pooled(audit.lasting.gaps, floor)),
        segments=segments,
        tail=replace(audit.tail, above=None, below=None, bound=_of(legs, Leg.TAILS).value),
        overcharged=None if is_money_theirs else audit.overcharged,
        factoring=_factoring(audit.factoring, hidden),
        withheld=Withheld(
            floor=floor,
            effects=len(audit.effects) - len(shown),
            segments=len(audit.segments) - len(segments),
            counts=few_rows,
            money=is_money_theirs,
            whole=sha256(audit.canonical).hexdigest(),
        ),
    )


def hidden_effects(audit: Audit, floor: int) -> set[tuple[str, str]]:
    """Return the effects that are not told, by outcome and regressor.

    Of one attribute never a single level, nor levels of fewer persons together than the floor:
    with the others known it could be worked out. Where persons were not counted, none is told.
    """
    groups = () if audit.factoring is None else audit.factoring.groups
    persons = {(one.outcome, one.regressor): one.persons for one in groups}
    hidden: set[tuple[str, str]] = set()
    for outcome, attribute in {(one.outcome, one.attribute) for one in audit.effects}:
        mine = sorted(
            (persons.get((outcome, one.regressor), 0), one.regressor)
            for one in audit.effects
            if (one.outcome, one.attribute) == (outcome, attribute)
        )
        taken = sum(count < floor for count, _ in mine)
        while 0 < taken < len(mine) and (
            taken < _LEAST_HIDDEN or sum(count for count, _ in mine[:taken]) < floor
        ):
            taken += 1
        hidden |= {(outcome, name) for _, name in mine[:taken]}
    return hidden


def _segments(audit: Audit, hidden: set[tuple[str, str]], floor: int) -> tuple[SegmentResult, ...]:
    names = {name for outcome, name in hidden if outcome == PRICE}
    shown: list[SegmentResult] = []
    # From the widest on, so that of two that differ by few persons the special one is left out.
    for one in sorted(audit.segments, key=lambda one: (len(one.rules), -one.persons)):
        rules = {(rule.attribute, rule.relation, rule.value) for rule in one.rules}
        is_small = min(one.persons, one.outside) < floor
        is_named = not names.isdisjoint(
            each
            for rule in one.rules
            for each in (rule.attribute, f"{rule.attribute}={rule.value}")
        )
        is_rest = any(
            rules > {(rule.attribute, rule.relation, rule.value) for rule in wider.rules}
            and wider.persons - one.persons < floor
            for wider in shown
        )
        if not (is_small or is_named or is_rest):
            shown.append(one)
    kept = {id(one) for one in shown}
    return tuple(_coarse(one, floor) for one in audit.segments if id(one) in kept)


def _coarse(one: SegmentResult, floor: int) -> SegmentResult:
    return replace(
        one,
        persons=at_least(one.persons, floor),
        quotes=at_least(one.quotes, floor),
        outside=at_least(one.outside, floor),
        money=None if one.money is None else two_digits(one.money),
    )


def at_least(count: int, floor: int) -> int:
    """Return the floor, or ten, a hundred… times it, that a count reaches.

    >>> at_least(457, 10), at_least(99, 30), at_least(12, 12)
    (100, 30, 12)

    """
    reached = floor
    while reached * 10 <= count:
        reached *= 10
    return reached


def two_digits(value: float) -> float:
    """Return a number to two digits.

    >>> two_digits(-12_651.3), two_digits(0.0)
    (-13000.0, 0.0)

    """
    if not value or not isfinite(value):
        return 0.0
    return float(round(value, 1 - rounded_down(log10(abs(value)))))


def _leg(
    one: LegResult, effects: Iterable[Effect], shown: Iterable[Effect], *, few_rows: bool
) -> LegResult:
    """Return a leg, with what it had to be in place of a value that tells of a few."""
    told = _extremes(shown)
    is_theirs = one.leg in told and _extremes(effects)[one.leg] != told[one.leg]
    # The bound of a share is told from a count, and so is the share of rows that are compared.
    is_count = one.leg is Leg.TAILS or (one.leg is Leg.COVERAGE and few_rows)
    if not (is_theirs or is_count):
        return one
    return replace(one, value=one.bar, is_withheld=True)


def _extremes(effects: Iterable[Effect]) -> dict[Leg, float]:
    some = tuple(effects)
    return {
        Leg.ATTRIBUTES: max((one.reach for one in some if one.outcome == PRICE), default=1.0),
        Leg.OUTCOMES: max(
            (one.reach / one.margin for one in some if one.outcome != PRICE), default=0.0
        ),
        Leg.OVERLAP: min((one.left for one in some), default=0.0),
    }


def _proof(proof: Proof, legs: tuple[LegResult, ...]) -> Proof:
    is_theirs = _of(legs, Leg.ATTRIBUTES).is_withheld
    smallest = None if is_theirs else proof.smallest_margin
    return replace(proof, legs=legs, smallest_margin=smallest)


def _of(legs: tuple[LegResult, ...], leg: Leg) -> LegResult:
    return next(one for one in legs if one.leg is leg)


def _pooled(gaps: GapBins | None, floor: int) -> GapBins | None:
    """Return bins none of which holds some but few persons: the outer ones are put together."""
    if gaps is None:
        return None
    middle = len(gaps.persons) // 2
    for half in range(middle, 0, -1):
        cut = middle - half
        persons = _ends_put_together(gaps.persons, cut)
        if all(one == 0 or one >= floor for one in persons):
            return GapBins(
                width=gaps.width,
                persons=persons,
                chance=tuple(round(one, 3) for one in _ends_put_together(gaps.chance, cut)),
            )
    return None


def _ends_put_together(values: tuple[Number, ...], cut: int) -> tuple[Number, ...]:
    last = len(values) - cut
    inner = list(values[cut:last])
    inner[0] += sum(values[:cut])
    inner[-1] += sum(values[last:])
    return tuple(inner)


def _factoring(does: FactorsResult | None, hidden: set[tuple[str, str]]) -> FactorsResult | None:
    if does is None:
        return None
    kept = [at for at, name in enumerate(does.regressors) if (PRICE, name) not in hidden]

    def some(values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(values[at] for at in kept)

    return replace(
        does,
        regressors=some(does.regressors),
        effects=some(does.effects),
        errors=some(does.errors),
        without=tuple(
            replace(one, effects=some(one.effects), errors=some(one.errors)) for one in does.without
        ),
        groups=(),
    )
