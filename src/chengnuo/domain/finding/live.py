"""A control over the service's own records: what it found, or that it could not run.

It sees what went through this service and nothing else. It never passes on nothing: a period
without a record of the sort shows nothing, and neither does a run that stopped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from chengnuo.base.text import Text
from chengnuo.domain.finding.consent_records import ConsentRecords
from chengnuo.domain.finding.declared_control import DeclaredControl
from chengnuo.law.ids import DutyId

PERIOD_DAYS: Final = 30
"""How many days of records a control looks at, where it does not say otherwise."""
MOST_FAULTS = 20
TOO_MANY = Text(
    "这段时间的记录太多，一次看不完。", "The period has more records than are looked at in one go."
)


class LiveOutcome(StrEnum):
    """How a run ended."""

    PASSED = "passed"
    SAMPLED = "sampled"
    """Passed on the newest of more than are looked at in one go; never said of all."""
    FAILED = "failed"
    NOTHING_TO_CHECK = "nothing-to-check"
    COULD_NOT_RUN = "could-not-run"
    STALE = "stale"
    NOT_SHOWN = "not-shown"
    NOT_APPLICABLE = "not-applicable"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _OUTCOME_TEXTS[self]


GOOD: Final = frozenset({LiveOutcome.PASSED, LiveOutcome.SAMPLED})
"""What speaks for a duty: nothing was found wrong in something."""

_OUTCOME_TEXTS = {
    LiveOutcome.PASSED: Text("逐条核对，全部符合", "each looked at, all as they should be"),
    LiveOutcome.SAMPLED: Text(
        "记录太多，只核对了最近的一部分，都符合",
        "too many to look at each; the newest were, all as they should be",
    ),
    LiveOutcome.FAILED: Text("不通过", "failing"),
    LiveOutcome.NOTHING_TO_CHECK: Text("这段时间没有此类记录", "no such record in the period"),
    LiveOutcome.COULD_NOT_RUN: Text("没能运行", "could not run"),
    LiveOutcome.STALE: Text("证据过时", "stale"),
    LiveOutcome.NOT_SHOWN: Text("还不足以说明", "shows nothing yet"),
    LiveOutcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One record that is not as it should be.

    Attributes:
        position: Position of the record in the log; 0 where a request is named, -1 where there is
            none.
        what: What is wrong with it.
        request: Id of the request about rights that it is; empty for records of the log.
        activity: Activity of the register that it is about; empty where none is named.
        dossier: Id of the dossier that it is; empty for records and requests.
        finding: Id of the finding about the register that it is; empty for all others.

    """

    position: int
    what: Text
    request: str = ""
    activity: str = ""
    dossier: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a control saw.

    Attributes:
        count: How many things it could look at.
        faults: What is wrong.
        blind: How many things it should have looked at and could not.
        said: What it counted, in words; None where the count says it all.
        newest: Id of the newest request about rights among them; empty for records of the log.
        ends: How the run ends where nothing is wrong, if not by what was counted.

    """

    count: int
    faults: tuple[Fault, ...] = ()
    ends: LiveOutcome | None = None
    blind: int = 0
    said: Text | None = None
    newest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveResult:
    """What one run found.

    Attributes:
        outcome: How it ended.
        looked_at: How many things it looked at.
        faults: What is wrong, the newest first, at most `MOST_FAULTS`.
        wrong: How many things are wrong in all.
        why: Why it could not run, or what it counted; None where there is nothing to add.
        newest: Id of the newest request about rights that it looked at, or empty.

    """

    outcome: LiveOutcome
    looked_at: int
    faults: tuple[Fault, ...] = ()
    wrong: int = 0
    why: Text | None = None
    newest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverRecords(DeclaredControl):
    """What every control over records says of itself.

    Attributes:
        whole: Of its duties, the ones that it reaches as far as records can.
        rests_on: Articles that a fault offends; empty where the rows of the board say it.
        fix: What to do about a fault; None where the fault says it.
        days: How many days of records it looks at.
        settles: Whether it tells, too, whether its duties apply at all.

    """

    whole: frozenset[DutyId]
    rests_on: tuple[DutyId, ...] = ()
    fix: Text | None = None
    days: int = PERIOD_DAYS
    settles: bool = False


class Bounded(Protocol):
    """The records of a period."""

    @property
    def too_many(self) -> bool:
        """Whether there are more than are looked at in one go."""
        ...


R = TypeVar("R", bound=Bounded)
"""The records that a control looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsControl(OverRecords, Generic[R]):
    """One control over records of one sort.

    Attributes:
        check: Looks.
        at_any_size: Whether what it looks at is read whole, however much else there is.
        samples: Whether the newest of too many records tell something by themselves: what is wrong
            with one is in it, and nothing is wrong because another is not there.

    """

    check: Callable[[R], Looked]
    at_any_size: bool = False
    samples: bool = False

    def run(self, records: R) -> LiveResult:
        """Look at the records of a period."""
        if self.at_any_size or not records.too_many:
            return result_of(self.check(records))
        return _sampled(result_of(self.check(records))) if self.samples else could_not_run(TOO_MANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveControl(RecordsControl[ConsentRecords]):
    """One control over the records of consent and of decisions.

    Attributes:
        reads_uses: Whether it needs the records of uses to be counted.

    """

    reads_uses: bool

    def run(self, records: ConsentRecords) -> LiveResult:
        """Look at the records of a period."""
        if self.reads_uses and records.behind:
            return could_not_run(
                Text(
                    f"还有 {records.behind} 条记录没有计入。",
                    f"{records.behind} records are not counted yet.",
                )
            )
        return RecordsControl.run(self, records)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRun:
    """A control and what it found on this run."""

    control: OverRecords
    result: LiveResult


def result_of(looked: Looked) -> LiveResult:
    """Return the result of a run that came to its end; faults of one position keep their order."""
    if looked.faults:
        newest = sorted(looked.faults, key=lambda one: -one.position)
        return LiveResult(
            outcome=LiveOutcome.FAILED,
            looked_at=looked.count,
            faults=tuple(newest[:MOST_FAULTS]),
            wrong=len(newest),
            why=looked.said,
            newest=looked.newest,
        )
    if looked.ends is not None:
        return LiveResult(
            outcome=looked.ends, looked_at=looked.count, why=looked.said, newest=looked.newest
        )
    if looked.blind:
        return could_not_run(
            Text(
                f"有 {looked.blind} 条记录缺少判断所需的内容，例如登记簿旧版本没有留存。",
                f"{looked.blind} records lack what it takes to tell, as a register version"
                " that is not kept.",
            ),
            looked_at=looked.count,
        )
    return LiveResult(
        outcome=LiveOutcome.PASSED if looked.count else LiveOutcome.NOTHING_TO_CHECK,
        looked_at=looked.count,
        why=looked.said,
        newest=looked.newest,
    )


def _sampled(found: LiveResult) -> LiveResult:
    """Return what looking at the newest of too many tells: never that there is none."""
    if found.outcome in {LiveOutcome.NOTHING_TO_CHECK, LiveOutcome.NOT_APPLICABLE}:
        return could_not_run(TOO_MANY)
    if found.outcome not in {LiveOutcome.PASSED, LiveOutcome.FAILED}:
        return found
    why = Text(
        f"这段时间的记录太多，只看了最近的 {found.looked_at} 条。",
        f"The period has too many records; the newest {found.looked_at} were looked at.",
    )
    passed = found.outcome is LiveOutcome.PASSED
    outcome = LiveOutcome.SAMPLED if passed else LiveOutcome.FAILED
    return replace(found, outcome=outcome, why=why)


def could_not_run(why: Text, *, looked_at: int = 0) -> LiveResult:
    """Return the result of a run that came to no end."""
    return LiveResult(outcome=LiveOutcome.COULD_NOT_RUN, looked_at=looked_at, why=why)


def run_all(controls: Iterable[RecordsControl[R]], records: R) -> tuple[LiveRun, ...]:
    """Run controls over the records of a period."""
    return tuple(LiveRun(control=one, result=one.run(records)) for one in controls)


def none_ran(controls: Iterable[OverRecords], why: Text) -> tuple[LiveRun, ...]:
    """Return that no control could run."""
    return tuple(LiveRun(control=one, result=could_not_run(why)) for one in controls)
