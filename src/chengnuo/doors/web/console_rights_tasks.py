"""The console's list of what somebody has to do by hand for requests about rights."""

from typing import Annotated

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.params import PathParameter, QueryParameter
from litestar.response import Redirect

from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.console_rights_house import (
    WORKERS,
    GivenHouse,
    RightsHouse,
    names_of,
)
from chengnuo.doors.web.console_rights_tasks_view import tasks_page
from chengnuo.doors.web.console_rights_words import href_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.rights.refusals import RightsReasonError

LONGEST_NOTE = 1000
TaskPath = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9:._-]{1,80}$")]
YesQuery = Annotated[str, QueryParameter(pattern=r"^(yes)?$")]


@get("/tasks", guards=[FOR_READERS], sync_to_thread=True)
def tasks(
    request: Asked,
    services: GivenServices,
    house: GivenHouse,
    staff: GivenStaff,
    all: YesQuery = "",  # noqa: A002  the name in the address
) -> Page:
    """Show what waits, or all."""
    return _page(request, services, house, signed_in(staff).account, every=all == "yes")


@post("/tasks/{task:str}", guards=[WORKERS])
async def task_done(
    request: Asked, services: GivenServices, house: GivenHouse, staff: GivenStaff, task: TaskPath
) -> Page | Redirect:
    """Take note that a task was done."""
    note = (await field(request, "note", most=LONGEST_NOTE)).strip()
    me = signed_in(staff).account
    return await sync_to_thread(_done, request, services, house, me, task, note)


TASK_ROUTES = (tasks, task_done)


def _done(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked, services: Services, house: RightsHouse, me: Account, task: str, note: str
) -> Page | Redirect:
    try:
        seen = house.rights.task_done(task, me, note)
    except RightsReasonError as error:
        said = error_text(error.code, house.words(request).lang)
        return _page(request, services, house, me, every=False, error=said, wrong=task)
    return go(f"{href_of(seen.request.id)}?done=task")


def _page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    house: RightsHouse,
    me: Account,
    *,
    every: bool,
    error: str = "",
    wrong: str = "",
) -> Page:
    page = tasks_page(
        house.words(request),
        house.rights.tasks(open_only=not every),
        names_of(services),
        every=every,
        acts=me.role in {Role.STAFF, Role.REVIEWER},
        error=error,
        wrong=wrong,
    )
    return house.shown(request, "console/rights_tasks.html", page, status=400 if error else 200)
