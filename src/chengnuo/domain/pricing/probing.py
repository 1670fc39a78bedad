"""A probe that was carried out: all that it asked and saw, its verdict, and how both are rechecked.

The report holds the specification, the hash of the seed as it was published before the first
request, the seed as it was revealed after the last, and every round. Whoever has the report can
draw the order again and judge the rounds again, without the endpoint (`faults_of`).
"""

from datetime import datetime
from typing import Annotated

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text
from chengnuo.domain.pricing.probe_order import Leg, commitment, legs_of, planned
from chengnuo.domain.pricing.probe_rounds import Round, differences_of
from chengnuo.domain.pricing.probe_spec import Outcome, ProbeSpec, spec_of
from chengnuo.domain.pricing.probe_verdict import LegVerdict, Reason, Verdict, judged

FORM = "chengnuo-probe/1"
_WORST_FIRST = (Verdict.FOUND, Verdict.NOT_AUDITABLE, Verdict.INCONCLUSIVE, Verdict.ABSENT)


class ProbeReportError(InvalidInputError):
    """Some bytes are no report of a probe."""

    code = "probe-report"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is no report of a probe: {what}")
        self.what = what


class LegRun(msgspec.Struct, frozen=True, kw_only=True):
    """One leg with its verdict.

    Attributes:
        leg: The leg.
        judgement: What it says.
        rounds: What was asked and seen, in order.

    """

    leg: Leg
    judgement: LegVerdict
    rounds: tuple[Round, ...]


class ProbeRun(msgspec.Struct, frozen=True, kw_only=True):
    """A probe that was carried out.

    Attributes:
        form: Form of the report.
        spec: What was to be done.
        spec_sha256: Its digest.
        commitment: SHA-256 of the seed, published before the first request.
        seed: The seed, in hex.
        began: When, aware, UTC.
        ended: When, aware, UTC.
        requests: Requests sent.
        verdict: What all judged legs come to.
        legs: The legs, in the order in which they were asked.

    """

    form: str
    spec: ProbeSpec
    spec_sha256: str
    commitment: str
    seed: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    began: Annotated[datetime, msgspec.Meta(tz=True)]
    ended: Annotated[datetime, msgspec.Meta(tz=True)]
    requests: int
    verdict: Verdict
    legs: tuple[LegRun, ...]

    @property
    def judged_legs(self) -> tuple[LegRun, ...]:
        """The legs whose verdict counts."""
        return tuple(one for one in self.legs if one.leg.is_judged)

    @property
    def switch_shows_nothing(self) -> bool:
        """Tell whether answers with the switch on showed no difference either.

        Then that there is none with the switch off says little about the switch.
        """
        told = [one.judgement.verdict for one in self.legs if not one.leg.is_judged]
        return bool(told) and Verdict.FOUND not in told


def overall(legs: tuple[LegRun, ...]) -> Verdict:
    """Return what legs come to: one difference is one, and absence has to be shown in each."""
    verdicts = {one.judgement.verdict for one in legs if one.leg.is_judged}
    return next((one for one in _WORST_FIRST if one in verdicts), Verdict.INCONCLUSIVE)


def legs_beside(legs: tuple[Leg, ...]) -> int:
    """Return how many legs are judged beside each other."""
    return sum(leg.is_judged for leg in legs)


def report_bytes(run: ProbeRun) -> bytes:
    """Return a report as JSON, members in the order of the fields."""
    return msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n"


def read_report(written: bytes) -> ProbeRun:
    """Return the probe that a report tells of; nothing is rechecked by reading.

    Raises:
        ProbeReportError: The bytes are no report.
        ProbeSpecError: Its specification contradicts itself.

    """
    try:
        run = msgspec.json.decode(written, type=ready(ProbeRun))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ProbeReportError("it has not the members expected") from error
    except RecursionError as error:
        raise ProbeReportError("it is nested too deep") from error
    if run.form != FORM:
        raise ProbeReportError(f"its form is not `{FORM}`")
    spec_of(msgspec.to_builtins(run.spec))
    return run


class ProbeFault(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a report that does not fit.

    Attributes:
        what: What does not.
        leg: Number of the leg; -1 for the report as a whole.
        number: Number of the round; -1 for the leg as a whole.

    """

    what: Text
    leg: int = -1
    number: int = -1


_SEED = Text("种子与先前公布的哈希不符", "the seed is not the one whose hash was published")
_SPEC = Text("方案与所记的哈希不符", "the specification is not the one of its digest")
_LEGS = Text("各段与方案不符", "the legs are not those of the specification")
_ORDER = Text("次序不是种子抽出的", "the order is not the one that the seed draws")
_ANSWERS = Text("答复与请求不配", "the answers do not fit the requests")
_JUDGED = Text("结论与所记的答复不符", "the verdict is not what the answers come to")
_OVERALL = Text("总结论与各段不符", "the verdict is not what the legs come to")
_REQUESTS = Text("请求数不符，或者超过上限", "the requests are miscounted, or more than allowed")


def faults_of(run: ProbeRun) -> tuple[ProbeFault, ...]:
    """Return what does not fit in a report: none if all was drawn and judged as it says."""
    seed = bytes.fromhex(run.seed)
    legs = legs_of(run.spec)
    sent = sum(len(one.roles) for leg in run.legs for one in leg.rounds)
    whole = (
        (_SEED, run.commitment != commitment(seed)),
        (_SPEC, run.spec_sha256 != run.spec.digest),
        (_LEGS, tuple(one.leg for one in run.legs) != legs),
        (_REQUESTS, sent != run.requests or sent > run.spec.limits.requests),
        (_OVERALL, run.verdict is not overall(run.legs)),
    )
    found = [ProbeFault(what=what) for what, is_wrong in whole if is_wrong]
    beside = legs_beside(legs)
    for one in run.legs:
        found += _faults_of_rounds(run, one, seed)
        if not any(fault.leg == one.leg.number for fault in found) and not _is_judged_so(
            run, one, beside
        ):
            found.append(ProbeFault(what=_JUDGED, leg=one.leg.number))
    return tuple(found)


def _faults_of_rounds(run: ProbeRun, one: LegRun, seed: bytes) -> list[ProbeFault]:
    found = []
    for number, asked in enumerate(one.rounds):
        drawn = planned(seed, run.spec, one.leg, number)
        is_drawn = (
            (asked.leg, asked.number, asked.item) == (one.leg.number, number, drawn.item)
            and asked.roles == drawn.roles
            and asked.again is drawn.again
        )
        if not is_drawn:
            found.append(ProbeFault(what=_ORDER, leg=one.leg.number, number=number))
        elif not _fits(asked, run.spec.outcome):
            found.append(ProbeFault(what=_ANSWERS, leg=one.leg.number, number=number))
    return found


def _fits(asked: Round, outcome: Outcome) -> bool:
    if len(asked.answers) != len(asked.roles):
        return False
    for answer in asked.answers:
        price, places = answer.price, answer.places
        held = (answer.lack is not None) + (price is not None) + (places is not None)
        wrong_kind = price is not None if outcome.is_distance else places is not None
        if held != 1 or wrong_kind or (price is not None and not 0 < price < float("inf")):
            return False
    return True


def _is_judged_so(run: ProbeRun, one: LegRun, beside: int) -> bool:
    said = one.judgement
    seen = differences_of(one.rounds, run.spec.outcome)
    cut_off = Reason.REQUESTS_USED_UP in said.reasons
    again = judged(seen, run.spec, legs=beside, is_cut_off=cut_off)
    return (again.verdict, again.reasons, again.twins, again.broken) == (
        said.verdict,
        said.reasons,
        said.twins,
        said.broken,
    )
