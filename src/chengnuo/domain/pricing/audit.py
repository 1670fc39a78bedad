"""An audit of prices as a value: what was found, what was shown absent, and what was not.

It is read years later, so it holds all that a verdict rests on, and no row of a log. Its canonical
form is JSON with sorted members.
"""

from enum import StrEnum

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.pricing.coding import How, NotCoded, Regressor
from chengnuo.domain.pricing.effects import Effect
from chengnuo.domain.pricing.factor_effects import FactorsResult
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Kind, Reason


class Leg(StrEnum):
    """What a proof of absence stands on; each must hold."""

    ATTRIBUTES = "attributes"
    OUTCOMES = "outcomes"
    PERSONS = "persons"
    SEGMENTS = "segments"
    TAILS = "tails"
    COVERAGE = "coverage"
    OVERLAP = "overlap"
    CONTROLS = "controls"
    REGISTERED = "registered"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _LEG_TEXTS[self]


_LEG_TEXTS = {
    Leg.ATTRIBUTES: Text(
        "每一个人特征对价格的影响都在容许范围内",
        "the effect of every attribute on prices is within the margin",
    ),
    Leg.OUTCOMES: Text(
        "优惠和其他交易条件的差别都在容许范围内", "give-aways and other terms are within the margin"
    ),
    Leg.PERSONS: Text(
        "没有跟随个人的长期加价", "no lasting mark-up goes with persons, whatever is known of them"
    ),
    Leg.SEGMENTS: Text(
        "每一个特征组合的差别都在容许范围内",
        "the difference of every group made of attributes is within the margin",
    ),
    Leg.TAILS: Text("单次的大差别足够少见", "single large gaps are rare enough"),
    Leg.COVERAGE: Text(
        "足够多的报价有同等条件的报价可比",
        "enough quotes have another one in the same conditions to be compared with",
    ),
    Leg.OVERLAP: Text(
        "每一个人特征都能在同等条件内比较",
        "every attribute of the profile can be compared inside cells",
    ),
    Leg.CONTROLS: Text(
        "打乱后的数据没有误报，植入的加价能被发现",
        "nothing is found in dealt-out data, and a planted mark-up is found",
    ),
    Leg.REGISTERED: Text(
        "检验方案在查看价格之前已经登记", "the configuration was logged before prices were seen"
    ),
}


class LegResult(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one leg holds.

    Attributes:
        leg: Which.
        holds: Whether it does.
        value: What was measured.
        bar: What it had to be at most; of coverage and the controls, at least.
        is_withheld: Whether the value stands for one that a published copy does not tell.

    """

    leg: Leg
    holds: bool
    value: float
    bar: float
    is_withheld: bool = False


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A proof of absence, or the legs it lacks.

    Attributes:
        ok: Whether every leg holds.
        legs: The legs.
        margin: The margin it was asked for.
        smallest_margin: The smallest margin that attributes and segments would pass; None where
            a published copy does not tell it.
        config: SHA-256 of specification and coding.
        data: SHA-256 over the SHA-256 of all that was read.

    """

    ok: bool
    legs: tuple[LegResult, ...]
    margin: float
    smallest_margin: float | None
    config: str
    data: str

    @property
    def missing(self) -> tuple[Leg, ...]:
        """The legs that do not hold."""
        return tuple(one.leg for one in self.legs if not one.holds)


class GapBins(msgspec.Struct, frozen=True, kw_only=True):
    """How far the mean gaps of persons lie from zero, and how far chance would put them.

    Attributes:
        width: Width of a bin, a logarithm.
        persons: Persons by bin, the middle one around zero, the outermost with all further out.
        chance: Persons expected in each if prices do not depend on the person.

    """

    width: float
    persons: tuple[int, ...]
    chance: tuple[float, ...]


class PersonsResult(msgspec.Struct, frozen=True, kw_only=True):
    """Lasting mark-ups of persons, whatever is known of them.

    Attributes:
        verdict: What is said.
        sigma: Their spread, a logarithm.
        bound: What it is at most, at the level of the specification.
        share_bound: At most this share of persons has a mark-up beyond the person margin
            (Chebyshev's inequality).
        p: p-value of "sigma is at most dust".
        permutation_p: p-value of "which person got which price of a cell is chance".
        persons: Persons with quotes in two cells and more.
        gaps: Their mean gaps; None where a published copy does not tell them.

    """

    verdict: Verdict
    sigma: float
    bound: float | None
    share_bound: float
    p: float
    permutation_p: float
    persons: int
    gaps: GapBins | None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of a segment.

    Attributes:
        attribute: The column.
        relation: `=`, `≠`, `≥` or `≤`.
        value: The value it is compared with.

    """

    attribute: str
    relation: str
    value: str


def rule_of(regressor: Regressor, bound: float, *, at_least: bool) -> Rule:
    """Return a condition on a regressor in the terms of the log."""
    if regressor.how is How.LINEAR:
        value = f"{regressor.centre + regressor.unit * bound:.6g}"
        relation = "≥" if at_least else "≤"
    else:
        value = regressor.value if regressor.how is How.LEVEL else "true"
        relation = "=" if at_least else "≠"
    return Rule(attribute=regressor.attribute, relation=relation, value=value)


class SegmentResult(msgspec.Struct, frozen=True, kw_only=True):
    """A group of persons, proposed by half of the persons and judged by the other half.

    Attributes:
        rules: What makes it.
        persons: Persons in it, of the half that judged; in a published copy at least so many.
        quotes: Their quotes; likewise.
        outside: Persons with quotes outside it, of both halves, in the sample; likewise.
        effect: How much more it pays, a logarithm.
        error: Its standard error.
        low: Lower end of the interval that both one-sided tests make.
        high: Its upper end.
        p: p-value of "the effect is at most dust".
        verdict: Found or inconclusive.
        money: Of one found: how much more its persons, of both halves, paid than others would have
            in the same conditions, below zero where they paid less; None of another.

    """

    rules: tuple[Rule, ...]
    persons: int
    quotes: int
    outside: int
    effect: float
    error: float
    low: float
    high: float
    p: float
    verdict: Verdict
    money: float | None


class TailResult(msgspec.Struct, frozen=True, kw_only=True):
    """Single large gaps.

    Attributes:
        scale: Robust scale of gaps.
        large: Beyond which a gap is a large one.
        above: Quotes with a large gap upward; None where a published copy does not tell it.
        below: Quotes with a large gap downward; likewise.
        bound: Upper bound of the share of both.

    """

    scale: float
    large: float
    above: int | None
    below: int | None
    bound: float


class ControlsResult(msgspec.Struct, frozen=True, kw_only=True):
    """What two controls on the operator's own quotes saw.

    Attributes:
        runs: Copies with prices dealt anew inside cells.
        false: Copies in which something was found.
        planted: Mark-ups of the margin laid onto copies.
        found: Those that were found.

    """

    runs: int
    false: int
    planted: int
    found: int


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A declared factor, those about the person first."""

    column: str
    kind: Kind
    reason: Reason
    rule: str
    published: bool
    personal: bool


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """What a published copy does not tell.

    Attributes:
        floor: Persons below which a group is not told of.
        effects: Effects left out.
        segments: Groups made of attributes left out.
        counts: Whether counts of rows left out, or of single large gaps, are left out.
        money: Whether the amount is left out.
        whole: SHA-256 of the whole audit.

    """

    floor: int
    effects: int
    segments: int
    counts: bool
    money: bool
    whole: str


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """An audit.

    Attributes:
        verdict: Over all: found, proved absent, not auditable, or inconclusive.
        proof: The proof and its legs.
        read: Rows read; in a published copy that leaves out why rows were not used, those used.
        used: Quotes used.
        dropped: Rows not used, by why.
        first_hour: First hour with quotes, since 1970 UTC.
        last_hour: Last one.
        persons: Persons with quotes in cells of two and more.
        coverage: Share of quotes in cells of two and more, at the specification's window.
        effects: Every attribute by every outcome.
        lasting: Lasting mark-ups of persons.
        segments: Groups that half of the persons proposed.
        segments_reach: The smallest margin within which every group is shown to be.
        segments_claimed: How many groups that is claimed over.
        tail: Single large gaps.
        controls: The controls.
        overcharged: Money that effects found on prices cost in all, in the log's currency; None
            where a published copy does not tell it.
        not_coded: Columns of the profile about which nothing can be said.
        factors: Declared factors.
        factoring: What each of them does; None if no quotes were drawn for it, as where parts of a
            log were added up.
        withheld: Of a published copy: what it does not tell.

    """

    verdict: Verdict
    proof: Proof
    read: int
    used: int
    dropped: dict[str, int]
    first_hour: int
    last_hour: int
    persons: int
    coverage: float
    effects: tuple[Effect, ...]
    lasting: PersonsResult
    segments: tuple[SegmentResult, ...]
    segments_reach: float | None
    segments_claimed: int
    tail: TailResult
    controls: ControlsResult
    overcharged: float | None
    not_coded: tuple[NotCoded, ...]
    factors: tuple[Declared, ...]
    factoring: FactorsResult | None
    withheld: Withheld | None = None

    @property
    def canonical(self) -> bytes:
        """The audit as JSON, members sorted."""
        return msgspec.json.encode(self, order="sorted")
