"""Why a person got this price: from the item's usual price to what was paid, step by step.

The last step, that no rule explains, is told as what it is. Of other persons' prices there is only
a range and a rank, and that only where five other persons and more stand behind it: PIPL Art. 24
para. 3 asks for reasons, not for what others paid. Below five, what is told must not let their
prices be worked out either: then the usual price in the same conditions, and so the part that no
rule explains, is not told apart from time and place.
"""

import math
from enum import StrEnum
from typing import Final

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.pricing.spec import Spec

LEAST_OTHERS: Final = 5
_REFERENCE: Final = 2.58
"""Of a normal distribution, 99 % are within this many standard deviations."""
_ROUNDING: Final = 1e-9


class NothingComparableError(InvalidInputError):
    """Too few other persons were quoted a price of the item for its usual price to be told."""

    code = "price-nothing-comparable"

    def __init__(self) -> None:
        super().__init__(
            f"fewer than {LEAST_OTHERS} other persons were quoted a price of the same goods around"
            " that time, so the usual price cannot be told"
        )


class StepKind(StrEnum):
    """What a step of an explanation is."""

    USUAL = "usual"
    WINDOW = "window"
    FACTOR = "factor"
    GIVEN_AWAY = "given-away"
    UNEXPLAINED = "unexplained"
    REST = "rest"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _STEP_TEXTS[self]


_STEP_TEXTS = {
    StepKind.USUAL: Text("这一商品通常的价格", "the usual price of the item"),
    StepKind.WINDOW: Text("当时当地的行情", "time and place"),
    StepKind.FACTOR: Text("计价因素", "a declared factor"),
    StepKind.GIVEN_AWAY: Text("按规则减免", "taken off by a rule"),
    StepKind.UNEXPLAINED: Text("没有规则能解释的部分", "what no rule explains"),
    StepKind.REST: Text(
        "行情、计价因素和其他原因（不再细分）",
        "time, place, factors and all else, not told apart",
    ),
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step.

    Attributes:
        kind: What it is.
        column: Of a factor or of what is given away: its column.
        amount: How much it adds, in the currency.
        rule: Of the same: where its rule stands; empty if the specification names none.
        published: Whether that rule is public.

    """

    kind: StepKind
    amount: float
    column: str = ""
    rule: str = ""
    published: bool = False


class Others(msgspec.Struct, frozen=True, kw_only=True):
    """Other quotes of the same goods in the same conditions and window.

    Attributes:
        count: How many.
        persons: Of how many other persons.
        usual: Their usual price: the geometric mean, add-backs added.
        low: The lowest, add-backs added.
        high: The highest.
        below: How many are lower than the quote.

    """

    count: int
    persons: int
    usual: float
    low: float
    high: float
    below: int


class QuoteFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A quote and what it is compared with.

    Attributes:
        paid: The price paid.
        back: Add-backs, column and amount.
        usual: Median price of the item, add-backs added.
        persons: Other persons with a quote of the item.
        others: The others in its cell; None if there are none.
        factors: Declared linear factors: column, and the logarithm by which its distance from the
            mean of the others moves the price.
        untold: Linear factors whose effect too few quotes tell; none of them is in `factors`.
        scale: Robust scale of what no rule explains, a logarithm; None where too few quotes tell.

    """

    paid: float
    back: tuple[tuple[str, float], ...]
    usual: float
    persons: int
    others: Others | None
    factors: tuple[tuple[str, float], ...] = ()
    untold: tuple[str, ...] = ()
    scale: float | None = None

    @property
    def listed(self) -> float:
        """The price, add-backs added."""
        return self.paid + math.fsum(amount for _, amount in self.back)


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """From which price to which, add-backs added."""

    low: float
    high: float


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """An explanation of one price.

    Attributes:
        paid: The price; the steps add up to it.
        listed: The price, add-backs added: what is compared with others.
        steps: The steps.
        others: How many others it was compared with.
        among: Their range; None unless they are of five other persons and more. Then so are
            `rank`, `gap` and `expected`.
        rank: How many of the others were quoted less.
        gap: What no rule explains, as a share of what rules do.
        expected: Where 99 % of prices in the same conditions lie; None also where too few quotes
            tell.
        untold: Linear factors whose effect too few quotes tell.

    """

    paid: float
    listed: float
    steps: tuple[Step, ...]
    others: int
    among: Range | None = None
    rank: int | None = None
    gap: float | None = None
    expected: Range | None = None
    untold: tuple[str, ...] = ()

    @property
    def is_usual(self) -> bool | None:
        """Whether the price is where it was to be expected; None where that is not told."""
        if self.expected is None:
            return None
        low, high = self.expected.low * (1 - _ROUNDING), self.expected.high * (1 + _ROUNDING)
        return low <= self.listed <= high


def explained(facts: QuoteFacts, spec: Spec) -> Explanation:
    """Return the explanation of a price.

    Args:
        facts: The quote and what it is compared with.
        spec: Says of factors by which rule they are.

    Raises:
        NothingComparableError: Fewer than five other persons were quoted the item.

    """
    if facts.persons < LEAST_OTHERS:
        raise NothingComparableError
    usual = Step(kind=StepKind.USUAL, amount=facts.usual)
    given = [
        _by_rule(StepKind.GIVEN_AWAY, spec, column, -amount)
        for column, amount in facts.back
        if amount
    ]
    others = facts.others
    if others is None or others.persons < LEAST_OTHERS:
        rest = Step(kind=StepKind.REST, amount=facts.listed - facts.usual)
        return Explanation(
            paid=facts.paid,
            listed=facts.listed,
            steps=(usual, rest, *given),
            others=0 if others is None else others.count,
        )
    steps = [usual, Step(kind=StepKind.WINDOW, amount=others.usual - facts.usual)]
    expected = others.usual
    for column, moved in facts.factors:
        amount = expected * math.expm1(moved)
        steps.append(_by_rule(StepKind.FACTOR, spec, column, amount))
        expected += amount
    steps += [*given, Step(kind=StepKind.UNEXPLAINED, amount=facts.listed - expected)]
    return Explanation(
        paid=facts.paid,
        listed=facts.listed,
        steps=tuple(steps),
        others=others.count,
        among=Range(low=others.low, high=others.high),
        rank=others.below,
        gap=facts.listed / expected - 1,
        expected=_expected(expected, facts.scale, others.count),
        untold=facts.untold,
    )


def _expected(usual: float, scale: float | None, others: int) -> Range | None:
    if scale is None:
        return None
    # The scale is that of one price; the mean of the others it is held against wavers, too.
    half = _REFERENCE * scale * math.sqrt(1 + 1 / others)
    return Range(low=usual * math.exp(-half), high=usual * math.exp(half))


def _by_rule(kind: StepKind, spec: Spec, column: str, amount: float) -> Step:
    factor = next(one for one in spec.factors if one.column == column)
    return Step(
        kind=kind, column=column, amount=amount, rule=factor.rule, published=factor.published
    )
