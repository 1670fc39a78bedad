"""Why a person got this price: from the item's usual price to what was paid, step by step.

The last step that no rule explains is told as what it is. Other persons' prices show only as a
range and a rank, and only where there are five of them (PIPL Art. 24 para. 3 asks for reasons, not
for what others paid).
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Family

LEAST_OTHERS: Final = 5
_REFERENCE: Final = 2.58
"""Of a normal distribution, 99 % are within this many standard deviations."""
_WORST_FIRST: Final = (
    Verdict.FOUND,
    Verdict.NOT_AUDITABLE,
    Verdict.INCONCLUSIVE,
    Verdict.ABSENT,
)


class NothingComparableError(InvalidInputError):
    """No other quote was made in the same conditions."""

    code = "price-nothing-comparable"

    def __init__(self) -> None:
        super().__init__("no other quote was made of the same goods in the same conditions")


class StepKind(StrEnum):
    """What a step of an explanation is."""

    USUAL = "usual"
    WINDOW = "window"
    FACTOR = "factor"
    UNEXPLAINED = "unexplained"
    GIVEN_AWAY = "given-away"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _STEP_TEXTS[self]


_STEP_TEXTS = {
    StepKind.USUAL: Text("这一商品通常的价格", "the usual price of the item"),
    StepKind.WINDOW: Text("当时当地的行情", "time and place"),
    StepKind.FACTOR: Text("公布的计价因素", "a declared factor"),
    StepKind.UNEXPLAINED: Text("没有规则能解释的部分", "what no rule explains"),
    StepKind.GIVEN_AWAY: Text("优惠", "taken off by a published rule"),
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step.

    Attributes:
        kind: What it is.
        column: Of a factor or of what is given away: its column.
        amount: How much it adds, in the currency.

    """

    kind: StepKind
    column: str
    amount: float


class QuoteFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A quote and the others it is compared with.

    Attributes:
        paid: The price paid.
        back: Add-backs, column and amount.
        usual: Median price of the item, add-backs added.
        others: Prices of the others in its cell, add-backs added.
        factors: Declared linear factors: column, and the logarithm by which its distance from the
            mean of the others moves the price.

    """

    paid: float
    back: tuple[tuple[str, float], ...]
    usual: float
    others: tuple[float, ...]
    factors: tuple[tuple[str, float], ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """An explanation of one price.

    Attributes:
        paid: The price; the steps add up to it.
        steps: The steps.
        gap: What no rule explains, a logarithm.
        others: How many others it was compared with.
        low: The lowest price of the others; None below five of them.
        high: The highest.
        rank: How many of the others paid less; None below five of them.
        expected_low: 99 % of prices in these conditions, add-backs added, are above this.
        expected_high: And below this.
        is_usual: Whether the price, add-backs added, is between them.
        families: What the standing audit says of each family of attributes, the worst of it.

    """

    paid: float
    steps: tuple[Step, ...]
    gap: float
    others: int
    low: float | None
    high: float | None
    rank: int | None
    expected_low: float
    expected_high: float
    is_usual: bool
    families: dict[Family, Verdict]


def explained(facts: QuoteFacts, audit: Audit) -> Explanation:
    """Return the explanation of a price.

    Raises:
        NothingComparableError: There are no others.

    """
    if not facts.others:
        raise NothingComparableError
    n = len(facts.others)
    here = math.exp(math.fsum(math.log(one) for one in facts.others) / n)
    steps = [
        Step(kind=StepKind.USUAL, column="", amount=facts.usual),
        Step(kind=StepKind.WINDOW, column="", amount=here - facts.usual),
    ]
    expected = here
    for column, moved in facts.factors:
        amount = expected * math.expm1(moved)
        steps.append(Step(kind=StepKind.FACTOR, column=column, amount=amount))
        expected += amount
    listed = facts.paid + math.fsum(amount for _, amount in facts.back)
    steps.append(Step(kind=StepKind.UNEXPLAINED, column="", amount=listed - expected))
    steps += [
        Step(kind=StepKind.GIVEN_AWAY, column=column, amount=-amount)
        for column, amount in facts.back
    ]
    # The scale of gaps is that of one quote against others; a quote against `n` wavers as much.
    half = _REFERENCE * audit.tail.scale * math.sqrt(1 + 1 / n)
    low, high = expected * math.exp(-half), expected * math.exp(half)
    enough = n >= LEAST_OTHERS
    return Explanation(
        paid=facts.paid,
        steps=tuple(steps),
        gap=math.log(listed / expected),
        others=n,
        low=min(facts.others) if enough else None,
        high=max(facts.others) if enough else None,
        rank=sum(one < listed for one in facts.others) if enough else None,
        expected_low=low,
        expected_high=high,
        is_usual=low <= listed <= high,
        families=family_verdicts(audit),
    )


def family_verdicts(audit: Audit) -> dict[Family, Verdict]:
    """Return what an audit says of prices by family, the worst of its attributes each."""
    said: dict[Family, list[Verdict]] = {}
    for one in audit.effects:
        if one.outcome == PRICE:
            said.setdefault(one.family, []).append(one.verdict)
    for column in audit.not_coded:
        said.setdefault(column.family, []).append(Verdict.NOT_AUDITABLE)
    return {family: _worst(verdicts) for family, verdicts in sorted(said.items())}


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return min(verdicts, key=_WORST_FIRST.index)
