"""The console's queue of requests about rights, the same as a file, and acts upon several at once.

Everybody on the staff sees the numbers; lines are for staff, reviewer and auditor. What is done
with several is shown before it is done: for each request what would happen, or why it would not.
"""

from dataclasses import replace
from typing import Annotated

from litestar import Response, Router, get
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy
from chengnuo.doors.web.console_rights_ages import ages_seen
from chengnuo.doors.web.console_rights_ask import ASK_ROUTES
from chengnuo.doors.web.console_rights_bulk import BULK_ROUTES
from chengnuo.doors.web.console_rights_holds import HOLD_ROUTES
from chengnuo.doors.web.console_rights_house import (
    EVERYBODY,
    GivenHouse,
    RightsHouse,
)
from chengnuo.doors.web.console_rights_narrow import Narrow, QueueCounts
from chengnuo.doors.web.console_rights_queue_view import MOST_LINES, queue_page, queue_table
from chengnuo.doors.web.console_rights_received import RECEIVED_ROUTES
from chengnuo.doors.web.console_rights_request import REQUEST_ROUTES
from chengnuo.doors.web.console_rights_tasks import TASK_ROUTES
from chengnuo.doors.web.console_rights_tasks_bulk import TASK_BULK_ROUTES
from chengnuo.doors.web.console_rights_words import PATH
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.leafing import ON_A_LEAF, leaf_of
from chengnuo.doors.web.list_files import csv_answer, xlsx_answer
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS, may_read
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.seen import RequestLine

WordQuery = Annotated[str, QueryParameter(pattern=r"^[a-z-]{0,30}$")]
YesQuery = Annotated[str, QueryParameter(pattern=r"^(yes)?$")]


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
    narrow = _narrow(stage, overdue, right, by)
    role = signed_in(staff).account.role
    leaf = leaf_of(request.query_params.get("leaf"))
    reads = may_read(role)
    say = house.words(request)
    ages = house.figures.ages(services.sign_in.clock.now())
    lines = _lines(house, narrow, skip=leaf.skip, limit=ON_A_LEAF) if reads else ()
    page = queue_page(
        say,
        _counts(house),
        lines,
        narrow,
        like=house.figures.alike([line.id for line in lines]),
        role=role,
        leaf=leaf,
        total=_total(house, narrow) if reads else 0,
        receives=house.received is not None,
    )
    page = replace(page, ages=ages_seen(say, ages, reads=may_read(role)))
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
    table = queue_table(house.words(request), _lines(house, _narrow(stage, overdue, right, by)))
    return csv_answer("chengnuo-rights-requests", *table)


@get("/queue.xlsx", guards=[FOR_READERS], sync_to_thread=True)
def queue_sheet(  # noqa: PLR0913, PLR0917  what the lines are narrowed by
    request: Asked,
    services: GivenServices,
    house: GivenHouse,
    stage: WordQuery = "",
    overdue: YesQuery = "",
    right: WordQuery = "",
    by: WordQuery = "",
) -> Response[bytes]:
    """Return the queue as a workbook."""
    say = house.words(request)
    table = queue_table(say, _lines(house, _narrow(stage, overdue, right, by)))
    title = say.t("console.rights.title")
    return xlsx_answer(services, say.lang, "chengnuo-rights-requests", title, *table)


ROUTES = (
    *(queue, queue_csv, queue_sheet),
    *BULK_ROUTES,
    *TASK_ROUTES,
    *TASK_BULK_ROUTES,
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


def _lines(
    house: RightsHouse, narrow: Narrow, *, skip: int = 0, limit: int = MOST_LINES
) -> tuple[RequestLine, ...]:
    stage = Stage(narrow.stage) if narrow.stage else None
    return house.rights.queue(
        stage,
        overdue=narrow.overdue,
        skip=skip,
        limit=limit,
        right=narrow.right,
        by=narrow.by,
    )


def _total(house: RightsHouse, narrow: Narrow) -> int:
    stage = Stage(narrow.stage) if narrow.stage else None
    return house.rights.waiting(stage, overdue=narrow.overdue, right=narrow.right, by=narrow.by)


def _counts(house: RightsHouse) -> QueueCounts:
    waiting = house.rights.waiting
    return QueueCounts(
        open=waiting(),
        overdue=waiting(overdue=True),
        needs_release=waiting(Stage.NEEDS_RELEASE),
        parked=waiting(Stage.PARKED),
        tasks=len(house.rights.tasks()),
    )
