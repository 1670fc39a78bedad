"""An audit of prices as a value: what was found, what was shown absent, and what was not.

It is read years later, so it holds all that a verdict rests on, and no row of a log. Its canonical
form is JSON with sorted members.
"""

from enum import StrEnum

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.pricing.coding import How, NotCoded, Regressor
from chengnuo.domain.pricing.effects import Effect
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
        "优惠和其他交易条件也是如此", "so it is with give-aways and other terms of trade"
    ),
    Leg.PERSONS: Text(
        "没有只认人的长期加价", "no lasting mark-up goes with persons, whatever is known of them"
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

    """

    leg: Leg
    holds: bool
    value: float
    bar: float


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A proof of absence, or the legs it lacks.

    Attributes:
        ok: Whether every leg holds.
        legs: The legs.
        margin: The margin it was asked for.
        smallest_margin: The smallest margin that attributes and segments would pass.
        config: SHA-256 of specification and coding.
        data: SHA-256 over the SHA-256 of all that was read.

    """

    ok: bool
    legs: tuple[LegResult, ...]
    margin: float
    smallest_margin: float
    config: str
    data: str

    @property
    def missing(self) -> tuple[Leg, ...]:
        """The legs that do not hold."""
        return tuple(one.leg for one in self.legs if not one.holds)


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

    """

    verdict: Verdict
    sigma: float
    bound: float | None
    share_bound: float
    p: float
    permutation_p: float
    persons: int


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
        persons: Persons in it, of the half that judged.
        quotes: Their quotes.
        effect: How much more it pays, a logarithm.
        error: Its standard error.
        p: p-value of "the effect is at most dust".
        verdict: Found or inconclusive.

    """

    rules: tuple[Rule, ...]
    persons: int
    quotes: int
    effect: float
    error: float
    p: float
    verdict: Verdict


class TailResult(msgspec.Struct, frozen=True, kw_only=True):
    """Single large gaps.

    Attributes:
        scale: Robust scale of gaps.
        large: Beyond which a gap is a large one.
        above: Quotes with a large gap upward.
        below: Quotes with a large gap downward.
        bound: Upper bound of the share of both.

    """

    scale: float
    large: float
    above: int
    below: int
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


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """An audit.

    Attributes:
        verdict: Over all: found, proved absent, not auditable, or inconclusive.
        proof: The proof and its legs.
        read: Rows read.
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
        overcharged: Money that effects found on prices cost in all, in the log's currency.
        not_coded: Columns of the profile about which nothing can be said.
        factors: Declared factors.

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
    overcharged: float
    not_coded: tuple[NotCoded, ...]
    factors: tuple[Declared, ...]

    @property
    def canonical(self) -> bytes:
        """The audit as JSON, members sorted."""
        return msgspec.json.encode(self, order="sorted")
