"""The pages of the pledge board in the console: at a glance, and one row with what is behind it.

Any role may read them. What a control found wrong is a record, a request or a dossier: it is linked
for whoever may open it, and others are told who may.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from litestar import MediaType, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.domain.finding.board import Board, RowStatus
from chengnuo.domain.finding.control_run import KeptStatus
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_board import PATH, board_page
from chengnuo.doors.web.console_board_row import MOST_RUNS, controls_of, row_page
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import may_read
from chengnuo.ports.accounts import Role
from chengnuo.ports.control_runs import ControlRuns
from chengnuo.usecases.finding.boards import LiveBoard
from chengnuo.usecases.finding.running import ControlRunner
from chengnuo.usecases.governance.board_desk import BoardDesk
from chengnuo.usecases.register_desk import Desk

_ALL = requires(*sorted(ROLES))
_WORK = frozenset({Role.STAFF, Role.REVIEWER})
_BOARD_DAYS, _ROW_DAYS = timedelta(days=30), timedelta(days=90)
RowPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9.-]{1,40}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardHouse:
    """What the pages are made from.

    Attributes:
        register: The register in force.
        live: Joins what the controls over records found.
        kept: The kept runs; None where none are kept.
        desk: Publishes the board; None where nothing can sign.
        declares: Whether rows can be declared not to apply: dossiers are kept.
        runner: Runs the controls; None where no runs are kept.

    """

    register: Desk
    live: LiveBoard
    kept: ControlRuns | None
    desk: BoardDesk | None
    declares: bool = False
    runner: ControlRunner | None = None

    def board(self) -> Board:
        """Return the board as it is now."""
        return self.live.of(self.register.served.board)

    def past(self, board: Board, days: timedelta, duty: str = "") -> list[KeptStatus]:
        """Return what the board said on the days before, by day; of one row where it is named."""
        if self.kept is None:
            return []
        return list(self.kept.statuses(board.on - days, board.on, duty))


GivenHouse = NamedDependency[BoardHouse]


class Hurried(StrEnum):
    """What became of asking for all controls to run now."""

    TAKEN = "taken"
    SOON = "soon"


@get("/", sync_to_thread=True)
def board(
    request: Asked,
    board_house: GivenHouse,
    staff: GivenStaff,
    status: RowStatus | None = None,
    run: Hurried | None = None,
) -> Page:
    """Show every duty and pledge, how it stands, and what changed since a week ago."""
    now = board_house.board()
    published = None if board_house.desk is None else board_house.desk.published()
    page = board_page(
        told_to(request, board_house.register),
        now,
        board_house.past(now, _BOARD_DAYS),
        chosen=status,
        published=None if published is None else published.on,
        hurries=board_house.runner is not None and signed_in(staff).account.role in _WORK,
        hurried="" if run is None else run.value,
    )
    return shown(request, board_house.register, "console/board.html", page)


@post("/run", guards=[requires(Role.STAFF, Role.REVIEWER)], sync_to_thread=True)
def hurry(board_house: GivenHouse, staff: GivenStaff) -> Redirect:
    """Have all controls run now, beside the service and not while the page waits."""
    if board_house.runner is None:
        raise NotFoundException
    taken = board_house.runner.hurry(signed_in(staff).account.id)
    return go(f"{PATH}?run={Hurried.TAKEN if taken else Hurried.SOON}")


@get("/{row:str}", sync_to_thread=True)
def one_row(request: Asked, board_house: GivenHouse, staff: GivenStaff, row: RowPath) -> Page:
    """Show one row: its controls, their runs, what is wrong and what to do."""
    now = board_house.board()
    found = next((one for one in now.rows if one.duty.id == row), None)
    if found is None:
        raise NotFoundException
    kept = board_house.kept
    page = row_page(
        told_to(request, board_house.register),
        found,
        {} if kept is None else kept.latest(),
        ()
        if kept is None
        else kept.newest(
            [name for one in controls_of(found) for name in (one.id, *one.formerly)], MOST_RUNS
        ),
        board_house.past(now, _ROW_DAYS, row),
        declares=board_house.declares and signed_in(staff).account.role in _WORK,
    )
    return shown(request, board_house.register, "console/board_row.html", page)


def told_to(request: Asked, desk: Desk) -> Speaker:
    """Return the words for whoever looks: what they may not open is not linked."""
    exchange = exchange_of(request.scope)
    opens = exchange.staff is not None and may_read(exchange.staff.account.role)
    register = desk.served.register
    say = Speaker(lang=exchange.lang, register=register, catalogue=desk.catalogue)
    return replace(say, opens=opens)


def shown(request: Asked, desk: Desk, template: str, page: object, *, status: int = 200) -> Page:
    """Return a page in the frame of the console."""
    html = render(template, frame=console_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)


def board_pages(house: BoardHouse) -> Router:
    """Return the routes of the board."""

    def board_house() -> BoardHouse:
        return house

    return Router(
        path=PATH,
        route_handlers=[board, one_row, hurry],
        guards=[_ALL],
        include_in_schema=False,
        dependencies={"board_house": Provide(board_house, sync_to_thread=False)},
    )
