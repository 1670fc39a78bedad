"""Publishing the pledge board in the console: what the public will see, asked for, published.

One person asks, a reviewer other than who asked publishes, after looking at the very rows that are
published. Going back shows the publication before. Nobody can leave a row out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.public_board import FEWEST, PublicBoard
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_promises import PROMISES, as_file
from chengnuo.doors.web.console_board import PUBLISH, row_href, status_of
from chengnuo.doors.web.console_board_pages import BoardHouse, GivenHouse, shown, told_to
from chengnuo.doors.web.console_mends import duty_mend, with_mend
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.four_eyes import FourEyes, eyes_for
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.page_parts import Empty, Row, Table, Words, said
from chengnuo.doors.web.public_board_page import badge_names, page_names
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.board_shelf import BoardStep
from chengnuo.usecases.governance.board_desk import BoardDesk, mark_of

_ALL = requires(*sorted(ROLES))
_HAND = requires(Role.STAFF, Role.REVIEWER, Role.ADMIN)
_MOST = 200
_EMBED = '<a href="{page}"><img src="{badge}" alt="{name}"></a>'
FilePath = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9.-]{1,60}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPage:
    """The page.

    Attributes:
        seen: Mark of the rows that are looked at.
        on: The day of what the public is shown; empty for nothing.
        number: Its number.
        address: Where the public sees it.
        embed: The badge for another page.
        preview: Where what would be published can be looked at.
        changes: What would change for the public.
        waits: What waits, in a sentence; empty for nothing.
        asks: Whether whoever looks may ask.
        settles: Whether they may publish what waits.
        drops: Whether they may take it back or decline it.
        single: Whether nobody else could review.
        before: Whether there is a publication before.
        fewest: Counts below this are not told.
        error: Why the last step was refused; empty for none.
        eyes: Who asked and who may publish; None while nothing waits.

    """

    seen: str
    on: str
    number: int
    address: str
    embed: str
    preview: str
    changes: Table
    waits: str
    asks: bool
    settles: bool
    drops: bool
    single: bool
    before: bool
    fewest: int
    error: str
    eyes: FourEyes | None


@get("/", guards=[_ALL], sync_to_thread=True)
def publishing(request: Asked, board_house: GivenHouse, staff: GivenStaff) -> Page:
    """Show what the public is shown, what would be published, and what waits."""
    return _page(request, board_house, signed_in(staff).account)


@get("/preview/{name:str}", guards=[_ALL], sync_to_thread=True)
def preview(board_house: GivenHouse, name: FilePath) -> Response[bytes]:
    """Show a file of what would be published now; it is not attested."""
    found = _desk(board_house).preview(name)
    if found is None:
        raise NotFoundException
    return as_file(name, found)


@post("/", guards=[_HAND])
async def ask(
    request: Asked, board_house: GivenHouse, staff: GivenStaff
) -> Response[str] | Redirect:
    """Ask for a step; where nobody could review it is done at once."""
    step = await field(request, "step", most=_MOST)
    seen = await field(request, "seen", most=_MOST)
    me = signed_in(staff).account
    wanted = BoardStep.BEFORE if step == BoardStep.BEFORE else BoardStep.PUBLISH
    return await sync_to_thread(_asked, request, board_house, me, wanted, seen)


@post("/settle", guards=[_HAND])
async def settle(
    request: Asked, board_house: GivenHouse, staff: GivenStaff
) -> Response[str] | Redirect:
    """Do what somebody else asked for."""
    seen = await field(request, "seen", most=_MOST)
    return await sync_to_thread(_settled, request, board_house, signed_in(staff).account, seen)


@post("/drop", guards=[_HAND], sync_to_thread=True)
def drop(request: Asked, board_house: GivenHouse, staff: GivenStaff) -> Response[str] | Redirect:
    """Take back what one asked for, or decline what somebody else did."""
    me = signed_in(staff).account
    try:
        _desk(board_house).drop(me)
    except (ConflictError, InvalidInputError) as error:
        return _page(request, board_house, me, error=error.code)
    return go(PUBLISH)


def _asked(
    request: Asked, house: BoardHouse, me: Account, step: BoardStep, seen: str
) -> Response[str] | Redirect:
    try:
        _desk(house).ask(step, me, seen)
    except (ConflictError, InvalidInputError) as error:
        return _page(request, house, me, error=error.code)
    return go(PUBLISH)


def _settled(request: Asked, house: BoardHouse, me: Account, seen: str) -> Response[str] | Redirect:
    try:
        _desk(house).settle(me, seen)
    except (ConflictError, InvalidInputError) as error:
        return _page(request, house, me, error=error.code)
    return go(PUBLISH)


def _desk(house: BoardHouse) -> BoardDesk:
    if house.desk is None:
        raise NotFoundException
    return house.desk


def _page(request: Asked, house: BoardHouse, me: Account, *, error: str = "") -> Page:
    desk, say = _desk(house), told_to(request, house.register)
    site = request.app.state.web.public_url
    asked = desk.shelf.state().asked
    missing = say.t("second-person.missing-board")
    eyes = None if asked is None else eyes_for(request, asked.by, missing)
    page = publish_page(say, desk, me, site=site, eyes=eyes, error=error)
    return shown(
        request, house.register, "console/board_publish.html", page, status=400 if error else 200
    )


def publish_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    desk: BoardDesk,
    me: Account,
    *,
    site: str,
    eyes: FourEyes | None,
    error: str = "",
) -> PublishPage:
    """Return the page for an account."""
    board, state, published = desk.board(), desk.shelf.state(), desk.published()
    was = {} if published is None else dict(published.statuses)
    asked = state.asked
    return PublishPage(
        seen=mark_of(board),
        on="" if published is None else say.day(published.on),
        number=state.current,
        address=f"{PROMISES}/{page_names()[say.lang]}",
        embed=_EMBED.format(
            page=f"{site}{PROMISES}/{page_names()[say.lang]}",
            badge=f"{site}{PROMISES}/{badge_names()[say.lang]}",
            name=say.t("public.badge-name"),
        ),
        preview=f"{PUBLISH}/preview/{page_names()[say.lang]}",
        changes=_changes(say, board, was),
        waits="" if asked is None else say.t(f"board.waits-{asked.step}", at=moment(asked.at)),
        asks=asked is None and me.role is not Role.AUDITOR,
        settles=desk.may_settle(me),
        drops=asked is not None and (asked.by == me.id or desk.may_settle(me)),
        single=desk.single_person(),
        before=state.current > 1,
        fewest=FEWEST,
        error="" if not error else error_text(error, say.lang),
        eyes=eyes,
    )


def _changes(say: Speaker, board: PublicBoard, was: Mapping[str, RowStatus]) -> Table:
    rows = []
    for row in board.rows:
        before = was.get(row.duty.id)
        if before is row.status:
            continue
        rows.append(
            Row(
                cells=(
                    (Words(text=row.duty.title.in_lang(say.lang), href=row_href(row.duty.id)),),
                    (Words(text=say.t("board.not-yet")),)
                    if before is None
                    else said(before.text.in_lang(say.lang)),
                    (
                        Words(
                            status=with_mend(status_of(say, row.status), duty_mend(say, row.duty))
                        ),
                    ),
                )
            )
        )
    return Table(
        caption=say.t("board.would-change"),
        heads=(say.t("board.what"), say.t("board.public-now"), say.t("board.status")),
        rows=tuple(rows),
        empty=Empty(
            name=say.t("board.same"),
            text=say.t("board.same-text"),
            href="/console/board",
            act=say.t("nav.board"),
        ),
    )


def publish_pages(house: BoardHouse) -> Router:
    """Return the routes of publishing."""

    def board_house() -> BoardHouse:
        return house

    return Router(
        path=PUBLISH,
        route_handlers=[publishing, preview, ask, settle, drop],
        include_in_schema=False,
        dependencies={"board_house": Provide(board_house, sync_to_thread=False)},
    )
