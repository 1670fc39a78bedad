"""What controls over the service's own records find wrong, as the findings page shows it."""

from dataclasses import replace

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.finding.live import Fault, LiveRun
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.web.page_parts import Cell, Words
from chengnuo.doors.web.register_words import Speaker


def fault_words(say: Speaker, fault: Fault, *notes: str) -> Cell:
    """Return the record or request that a fault is, and the activity that it is about.

    It leads there for whoever may open it; others are told who may.
    """
    if fault.request:
        return (_named(say, fault.request, *notes),)
    if fault.dossier:
        return _with_activity(say, _named(say, fault.dossier, *notes), fault)
    if fault.position < 0 and fault.activity in say.register.activity_by_id:
        words = say.activity_words(ActivityId(fault.activity))
        return (replace(words, notes=(*words.notes, *notes)),)
    name = say.t("console.board.record", n=f"{fault.position:,}")
    record = _leading(say, name, f"/console/evidence/records/{fault.position}", *notes)
    return _with_activity(say, record, fault)


def newest_words(say: Speaker, newest: str) -> Words:
    """Return the newest request or dossier that a control looked at."""
    return _leading(say, say.t("console.board.newest"), _place_of(newest))


def _named(say: Speaker, one: str, *notes: str) -> Words:
    return _leading(say, one, _place_of(one), *notes)


def _place_of(one: str) -> str:
    """Return where a request about rights or a dossier is, by its id."""
    sort = next((each for each in SORTS.values() if one.startswith(f"{each.prefix}-")), None)
    return f"/console/{'rights' if sort is None else sort.path}/{one}"


def _leading(say: Speaker, text: str, href: str, *notes: str) -> Words:
    if say.opens:
        return Words(text=text, href=href, notes=notes)
    return Words(text=text, notes=(*notes, say.t("console.board.who-opens")))


def _with_activity(say: Speaker, one: Words, fault: Fault) -> Cell:
    if fault.activity in say.register.activity_by_id:
        return one, say.activity_words(ActivityId(fault.activity))
    return (one,)


def fix_words(say: Speaker, run: LiveRun) -> str:
    """Return what to do about a fault; empty where the fault says it."""
    return "" if run.control.fix is None else run.control.fix.in_lang(say.lang)
