"""What controls over the service's own records find wrong, as the findings page shows it."""

from collections.abc import Iterable, Iterator, Sequence

from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.live import Fault, LiveRun
from chengnuo.domain.finding.making import strongest_standing
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.web.page_parts import Cell, Words
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.ids import DutyId
from chengnuo.law.standing import Standing


def failing(runs: Iterable[LiveRun]) -> Iterator[LiveRun]:
    """Yield the runs that found something wrong."""
    return (run for run in runs if run.result.faults)


def offended(run: LiveRun) -> Sequence[DutyId]:
    """Return the duties that a fault offends: the articles said, or else the rows of the board."""
    return run.control.rests_on or run.control.duties


def standing_of_run(say: Speaker, run: LiveRun) -> Standing:
    """Return how what a run found may be put forward."""
    return strongest_standing(offended(run), say.catalogue)


def severity_of_run(say: Speaker, run: LiveRun) -> Severity:
    """Return how much it matters: a record shows that a duty was not kept, not that it may be."""
    return Severity.HIGH if standing_of_run(say, run) is Standing.LAW else Severity.LOW


def fault_words(say: Speaker, fault: Fault, *notes: str) -> Cell:
    """Return the record or request that a fault is, and the activity that it is about."""
    if fault.request:
        return (Words(text=fault.request, href=f"/console/rights/{fault.request}", notes=notes),)
    record = Words(
        text=say.t("console.board.record", n=f"{fault.position:,}"),
        href=f"/console/evidence/records/{fault.position}",
        notes=notes,
    )
    if fault.activity in say.register.activity_by_id:
        return record, say.activity_words(ActivityId(fault.activity))
    return (record,)


def fix_words(say: Speaker, run: LiveRun) -> str:
    """Return what to do about a fault; empty where the fault says it."""
    return "" if run.control.fix is None else run.control.fix.in_lang(say.lang)
