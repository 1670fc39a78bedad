"""Several tasks by hand noted as done at once, each shown before; one note stands in each.

What is noted cannot be taken back: the request goes on from it, and the individual may be told.
An explanation is an answer of its own, and a review has its own page: neither is noted so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import post
from litestar.concurrency import sync_to_thread

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_bulk import BulkLine
from chengnuo.doors.web.console_rights_house import WORKERS, GivenHouse, RightsHouse
from chengnuo.doors.web.console_rights_tasks import LONGEST_NOTE
from chengnuo.doors.web.console_rights_tasks_view import TICKED
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.accounts import Account
from chengnuo.usecases.rights.seen import TaskSeen

_MOST_AT_ONCE, _LONGEST_ID = 100, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksBulkPage:
    """What would be noted of several tasks, or what was.

    Attributes:
        title: What the page says first.
        lead: How many.
        lines: Each task.
        ids: Those that would be noted; none once it is done, or where none can be.
        note: What was typed.
        error: What was wrong with it, or empty.

    """

    title: str
    lead: str
    lines: tuple[BulkLine, ...]
    ids: tuple[str, ...]
    note: str = ""
    error: str = ""


@post("/bulk/tasks", guards=[WORKERS])
async def bulk_tasks(request: Asked, house: GivenHouse) -> Page:
    """Show of which tasks it would be noted that they were done; nothing is noted yet."""
    return await sync_to_thread(_preview, request, house, await _ticked(request))


@post("/bulk/tasks/do", guards=[WORKERS])
async def do_bulk_tasks(request: Asked, house: GivenHouse, staff: GivenStaff) -> Page:
    """Note it, of each by itself, and show what came of it."""
    ids, me = await _ticked(request), signed_in(staff).account
    note = (await field(request, "note", most=LONGEST_NOTE)).strip()
    return await sync_to_thread(_do, request, house, me, ids, note)


TASK_BULK_ROUTES = (bulk_tasks, do_bulk_tasks)


async def _ticked(request: Asked) -> tuple[str, ...]:
    given = (await request.form()).getall("task", [])
    ids = [one[:_LONGEST_ID] for one in given if isinstance(one, str)]
    return tuple(dict.fromkeys(ids))[:_MOST_AT_ONCE]


def _found(house: RightsHouse, ids: Sequence[str]) -> list[TaskSeen]:
    return [one for one in house.rights.tasks(open_only=False) if one.id in ids]


def _left_out(say: RightsWords, task: TaskSeen) -> str:
    """Return why a task would not be noted as done; empty where it would."""
    if task.done_at is not None:
        return say.t("console.rights.tasks-bulk-done-before")
    return "" if task.kind in TICKED else say.t("console.rights.tasks-bulk-own")


def _preview(
    request: Asked, house: RightsHouse, ids: Sequence[str], *, note: str = "", error: str = ""
) -> Page:
    say = house.words(request)
    found = [(one, _left_out(say, one)) for one in _found(house, ids)]
    will = tuple(one.id for one, why in found if not why)
    page = TasksBulkPage(
        title=say.t("console.rights.tasks-bulk-title"),
        lead=say.t("console.rights.bulk-count", n=len(will), m=len(found) - len(will)),
        lines=tuple(
            _line(say, one, why, "bulk-skip" if why else "bulk-will") for one, why in found
        ),
        ids=will,
        note=note,
        error=error,
    )
    status = 400 if error else 200
    return house.shown(request, "console/rights_tasks_bulk.html", page, status=status)


def _do(request: Asked, house: RightsHouse, me: Account, ids: Sequence[str], note: str) -> Page:
    say = house.words(request)
    if not note:
        missing = say.t("console.rights.tasks-bulk-note-missing")
        return _preview(request, house, ids, note=note, error=missing)
    lines = []
    for one in _found(house, ids):
        why = _left_out(say, one)
        if not why:
            try:
                house.rights.task_done(one.id, me, note)
            except (InvalidInputError, ConflictError) as error:
                why = error_text(error.code, say.lang)
        lines.append(_line(say, one, why, "bulk-failed" if why else "bulk-done"))
    failed = sum(bool(line.why) for line in lines)
    page = TasksBulkPage(
        title=say.t("console.rights.bulk-done-title"),
        lead=say.t("console.rights.bulk-result", n=len(lines) - failed, m=failed),
        lines=tuple(lines),
        ids=(),
    )
    return house.shown(request, "console/rights_tasks_bulk.html", page)


def _line(say: RightsWords, task: TaskSeen, why: str, word: str) -> BulkLine:
    kinds = {
        "bulk-will": StatusKind.NOTE,
        "bulk-done": StatusKind.FINE,
        "bulk-failed": StatusKind.WARN,
    }
    return BulkLine(
        request=say.request_words(task.request),
        right=say.text(task.what),
        status=Status(kind=kinds.get(word, StatusKind.NONE), word=say.t(f"console.rights.{word}")),
        why=why,
    )
