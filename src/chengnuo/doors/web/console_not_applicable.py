"""The form that declares a row of the pledge board not to apply, reached from that row.

It opens a dossier of its sort; everything else is done there. The form says beforehand what a
failing control does to it.
"""

from dataclasses import dataclass, replace
from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter

from chengnuo.base.text import Text
from chengnuo.domain.dossier.sorts.not_applicable import DECLARE, ROW_NOT_APPLICABLE
from chengnuo.domain.finding.board import RowStatus
from chengnuo.doors.web.console_dossier_house import WORKERS, path_of
from chengnuo.doors.web.dossier_forms import Typed, form_of
from chengnuo.doors.web.dossier_house import SortHouse
from chengnuo.doors.web.dossier_list_view import OpeningPage
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.finding.boards import LiveBoard
from chengnuo.usecases.register_desk import Desk

RowPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9.-]{1,40}$")]
_FAILING = Text(
    "这一行现在不通过：登记并批准之后，仍按不通过显示，直到没有控制不通过。",
    "This row is failing now. Once declared and approved it stays failing, until no control fails.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHouse(SortHouse):
    """What the form is made from.

    Attributes:
        board: The pledge board.

    """

    board: LiveBoard


GivenRowHouse = NamedDependency[RowHouse]


@get("/", guards=[WORKERS], sync_to_thread=True)
def declare_row(request: Asked, row_house: GivenRowHouse, row: RowPath) -> Page:
    """Show the form, with the row filled in."""
    house, say = row_house, row_house.say(request)
    rows = house.board.of(house.register.served.board).rows
    found = next((one for one in rows if one.duty.id == row), None)
    if found is None:
        raise NotFoundException
    filled = Typed(what=DECLARE, fields={"row": (row,)})
    form = form_of(say, house.act(DECLARE), f"{house.path}/new/{DECLARE}", filled)
    form = replace(form, title=f"{form.title} · {say.text(found.duty.title)}")
    if found.status is RowStatus.FAILING:
        form = replace(form, hint=say.text(_FAILING))
    page = OpeningPage(kind=say.text(house.sort.text), list_href=house.path, form=form)
    return house.shown(request, "console/dossier_new.html", page)


def not_applicable_pages(
    desk: DossierDesk | None, register: Desk, board: LiveBoard
) -> list[Router]:
    """Return the route; none where dossiers are not kept."""
    if desk is None:
        return []
    house = RowHouse(
        sort=desk.sorts[ROW_NOT_APPLICABLE.id],
        desk=desk,
        register=register,
        frame=console_frame,
        path=path_of(ROW_NOT_APPLICABLE),
        board=board,
    )

    def row_house() -> RowHouse:
        return house

    return [
        Router(
            path="/console/board/{row:str}/not-applicable",
            route_handlers=[declare_row],
            include_in_schema=False,
            dependencies={"row_house": Provide(row_house, sync_to_thread=False)},
        )
    ]
