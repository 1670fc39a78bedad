"""The console's queue of requests about rights, the same as a file, and acts upon several at once.

Everybody on the staff sees the numbers; lines are for staff, reviewer and auditor. What is done
with several is shown before it is done: for each request what would happen, or why it would not.
"""

from dataclasses import dataclass
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy, RequestId
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_acts_view import may, typed_in_by
from chengnuo.doors.web.console_rights_ask import ASK_ROUTES
from chengnuo.doors.web.console_rights_holds import HOLD_ROUTES
from chengnuo.doors.web.console_rights_house import (
    EVERYBODY,
    WORKERS,
    GivenHouse,
    RightsHouse,
)
from chengnuo.doors.web.console_rights_queue_view import (
    BULK_ACTS,
    MOST_LINES,
    Narrow,
    queue_file,
    queue_page,
)
from chengnuo.doors.web.console_rights_received import RECEIVED_ROUTES
from chengnuo.doors.web.console_rights_request import REQUEST_ROUTES
from chengnuo.doors.web.console_rights_tasks import TASK_ROUTES
from chengnuo.doors.web.console_rights_words import PATH, RightsWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Status, StatusKind, Words
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS, may_read
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Account
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen

_MOST_AT_ONCE = 100
WordQuery = Annotated[str, QueryParameter(pattern=r"^[a-z-]{0,30}$")]
YesQuery = Annotated[str, QueryParameter(pattern=r"^(yes)?$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """One request among several.

    Attributes:
        request: A link to it.
        right: Which right, and what its plan comes to.
        status: Whether it would be done, or was.
        why: Why not, or empty.

    """

    request: Words
    right: str
    status: Status
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    """What would be done with several requests, or what was.

    Attributes:
        act: Its name.
        title: What the page says first.
        lead: How many.
        lines: Each request.
        ids: Those that would be done, for the form.
        button: What the button says; empty once it is done, or where nothing can be.

    """

    act: str
    title: str
    lead: str
    lines: tuple[BulkLine, ...]
    ids: tuple[str, ...]
    button: str


@get("/", guards=[EVERYBODY], sync_to_thread=True)
def queue(  # noqa: PLR0913, PLR0917  what the lines are narrowed by
    request: Asked,
    services: GivenServices,
    house: GivenHouse,
    staff: GivenStaff,
    stage: WordQuery = "",
    overdue: YesQuery = "",
    right: WordQuery = "",
    by: WordQuery = "",
) -> Page:
    """Show requests by the legal days left."""
    del services
    narrow = _narrow(stage, overdue, right, by)
    role = signed_in(staff).account.role
    every = house.rights.queue(limit=MOST_LINES)
    page = queue_page(
        house.words(request),
        every,
        _lines(house, narrow) if may_read(role) else (),
        narrow,
        like=house.figures.alike(),
        tasks=len(house.rights.tasks()),
        role=role,
        receives=house.received is not None,
    )
    return house.shown(request, "console/rights_queue.html", page)


@get("/queue.csv", guards=[FOR_READERS], sync_to_thread=True)
def queue_csv(  # noqa: PLR0913, PLR0917  what the lines are narrowed by
    request: Asked,
    house: GivenHouse,
    stage: WordQuery = "",
    overdue: YesQuery = "",
    right: WordQuery = "",
    by: WordQuery = "",
) -> Response[bytes]:
    """Return the queue as a CSV file."""
    lines = _lines(house, _narrow(stage, overdue, right, by))
    headers = {"content-disposition": 'attachment; filename="chengnuo-rights-requests.csv"'}
    content = queue_file(house.words(request), lines)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@post("/bulk", guards=[WORKERS])
async def bulk(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page:
    """Show what would be done with the requests that are ticked; nothing is done yet."""
    act, ids = await _ticked(request)
    me = signed_in(staff).account
    return await sync_to_thread(_preview, request, services, house, me, act, ids)


@post("/bulk/do", guards=[WORKERS])
async def bulk_do(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff
) -> Page:
    """Do it, each by itself, and show what came of it."""
    act, ids = await _ticked(request)
    me = signed_in(staff).account
    return await sync_to_thread(_do, request, services, house, me, act, ids)


ROUTES = (
    *(queue, queue_csv, bulk, bulk_do),
    *TASK_ROUTES,
    *HOLD_ROUTES,
    *RECEIVED_ROUTES,
    *ASK_ROUTES,
    *REQUEST_ROUTES,
)


def rights_pages(made: RightsHouse) -> Router:
    """Return the routes of the console below `/console/rights`.

    Args:
        made: What the pages are made from.

    """

    def house() -> RightsHouse:
        return made

    return Router(
        path=PATH,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={"house": Provide(house, sync_to_thread=False)},
    )


def _narrow(stage: str, overdue: str, right: str, by: str) -> Narrow:
    for given, known in ((stage, set(Stage)), (right, set(Right)), (by, set(AskedBy))):
        if given and given not in known:
            raise NotFoundException
    return Narrow(stage=stage, overdue=overdue == "yes", right=right, by=by)


def _lines(house: RightsHouse, narrow: Narrow) -> tuple[RequestLine, ...]:
    stage = Stage(narrow.stage) if narrow.stage else None
    found = house.rights.queue(stage, overdue=narrow.overdue, limit=MOST_LINES)
    return tuple(line for line in found if narrow.keeps(line))


async def _ticked(request: Asked) -> tuple[str, tuple[RequestId, ...]]:
    """Return the act and the requests of a form, each once.

    Raises:
        NotFoundException: There is no such act.

    """
    act = await field(request, "act")
    if act not in BULK_ACTS:
        raise NotFoundException
    given = (await request.form()).getall("request", [])
    ids = [RequestId(one[:40]) for one in given if isinstance(one, str)]
    return act, tuple(dict.fromkeys(ids))[:_MOST_AT_ONCE]


def _preview(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: RightsHouse,
    me: Account,
    act: str,
    ids: tuple[RequestId, ...],
) -> Page:
    say, single = house.words(request), services.accounts.single_person()
    lines, will = [], []
    for one in ids:
        seen = house.rights.seen(one)
        why = ""
        if not may(act, seen.stage, me.role, single_person=single):
            why = say.t("console.rights.bulk-wrong-stage")
        elif act == "release" and not single and typed_in_by(seen) == me.id:
            why = say.t("console.rights.bulk-own")
        else:
            will.append(one)
        lines.append(_bulk_line(say, seen, why))
    page = BulkPage(
        act=act,
        title=say.t("console.rights.bulk-title"),
        lead=say.t("console.rights.bulk-count", n=len(will), m=len(ids) - len(will)),
        lines=tuple(lines),
        ids=tuple(will),
        button=say.t(f"console.rights.bulk-do.{act}", n=len(will)) if will else "",
    )
    return house.shown(request, "console/rights_bulk.html", page)


def _bulk_line(say: RightsWords, seen: RequestSeen, why: str) -> BulkLine:
    plan = "" if seen.plan is None else say.t("console.rights.bulk-rows", n=f"{seen.plan.rows:,}")
    word = say.t("console.rights.bulk-skip" if why else "console.rights.bulk-will")
    return BulkLine(
        request=say.request_words(seen.request.id),
        right=" · ".join(filter(None, (say.right(seen.request.right), plan))),
        status=Status(kind=StatusKind.NONE if why else StatusKind.NOTE, word=word),
        why=why,
    )


def _do(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: RightsHouse,
    me: Account,
    act: str,
    ids: tuple[RequestId, ...],
) -> Page:
    del services
    say = house.words(request)
    lines = []
    for one in ids:
        seen = house.rights.seen(one)
        why = ""
        try:
            if act == "release":
                house.rights.release(one, me)
            else:
                house.rights.resume(one, me)
        except (InvalidInputError, ConflictError) as error:
            why = error_text(error.code, say.lang)
        word = "bulk-failed" if why else "bulk-done"
        kind = StatusKind.WARN if why else StatusKind.FINE
        lines.append(
            BulkLine(
                request=say.request_words(one),
                right=say.right(seen.request.right),
                status=Status(kind=kind, word=say.t(f"console.rights.{word}")),
                why=why,
            )
        )
    failed = sum(bool(line.why) for line in lines)
    page = BulkPage(
        act=act,
        title=say.t("console.rights.bulk-done-title"),
        lead=say.t("console.rights.bulk-result", n=len(lines) - failed, m=failed),
        lines=tuple(lines),
        ids=(),
        button="",
    )
    return house.shown(request, "console/rights_bulk.html", page)
