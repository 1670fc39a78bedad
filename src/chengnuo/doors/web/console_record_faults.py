"""What controls over the service's own records find wrong, as the findings page shows it."""

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.finding.live import Fault, LiveRun
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.web.page_parts import Cell, Words
from chengnuo.doors.web.register_words import Speaker


def fault_words(say: Speaker, fault: Fault, *notes: str) -> Cell:
    """Return the record or request that a fault is, and the activity that it is about."""
    if fault.request:
        return (Words(text=fault.request, href=f"/console/rights/{fault.request}", notes=notes),)
    if fault.dossier:
        sort = next(one for one in SORTS.values() if fault.dossier.startswith(f"{one.prefix}-"))
        href = f"/console/{sort.path}/{fault.dossier}"
        one = Words(text=fault.dossier, href=href, notes=notes)
        return _with_activity(say, one, fault)
    record = Words(
        text=say.t("console.board.record", n=f"{fault.position:,}"),
        href=f"/console/evidence/records/{fault.position}",
        notes=notes,
    )
    return _with_activity(say, record, fault)


def _with_activity(say: Speaker, one: Words, fault: Fault) -> Cell:
    if fault.activity in say.register.activity_by_id:
        return one, say.activity_words(ActivityId(fault.activity))
    return (one,)


def fix_words(say: Speaker, run: LiveRun) -> str:
    """Return what to do about a fault; empty where the fault says it."""
    return "" if run.control.fix is None else run.control.fix.in_lang(say.lang)
