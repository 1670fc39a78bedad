"""办理权利: each right on a sheet of three steps; what, is it you, by when one hears.

A request is recorded before it is acknowledged, whether or not it is clear already who asks: the
time for the answer runs from then on. What would happen is shown before anything is sent.
"""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.rights.identity import Why
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_rights_asking import asker_of, check_of, lacks, visitor_of
from chengnuo.doors.web.centre_rights_cards import Card, CardView, answer_by, card_views, for_others
from chengnuo.doors.web.centre_rights_fields import fields_of
from chengnuo.doors.web.centre_rights_given import Given, given_in_address, given_of
from chengnuo.doors.web.centre_rights_house import GivenHouse, House
from chengnuo.doors.web.centre_rights_lines import AT_ONCE, LineView, open_lines
from chengnuo.doors.web.centre_rights_preview import preview_of
from chengnuo.doors.web.centre_rights_reading import Reader, Wish
from chengnuo.doors.web.centre_rights_sheet import (
    SheetPage,
    due_line,
    errors_of,
    groups_of,
    steps,
    wishes_of,
)
from chengnuo.doors.web.centre_rights_words import PATH, REQUESTS
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.usecases.rights.refusals import IdentityNotProvedError

CardPath = Annotated[str, PathParameter(pattern=r"^[a-z-]{1,20}$")]
TOUCHING_ROWS = frozenset({Card.ACCESS, Card.COPY, Card.TRANSFER, Card.CORRECT, Card.DELETE})
"""Sheets of which the rows that are found can be looked at before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsPage:
    """The page 办理权利.

    Attributes:
        acts_for: That a guardian acts for a child; empty where one acts for oneself.
        inside: Whether somebody has come in.
        receives: Whether another handler may bring information here.
        open: Their open requests.
        cards: What can be asked for.
        others: What can be asked for somebody else.

    """

    acts_for: str
    inside: bool
    receives: bool
    open: tuple[LineView, ...]
    cards: tuple[CardView, ...]
    others: tuple[CardView, ...]


@get("/", guards=[requires(ANYONE)], sync_to_thread=True)
def rights(request: Asked, house: GivenHouse) -> Page:
    """Show what can be asked for, and what is open."""
    visitor = exchange_of(request.scope).visitor
    say, app = house.speaker(request), house.app(request)
    lines = () if visitor is None else house.rights.open_of(visitor.person)
    acts_for = visitor is not None and visitor.guardian is not None
    page = RightsPage(
        acts_for=say.t("centre.inside-guardian") if acts_for else "",
        inside=visitor is not None,
        receives=house.receiver is not None,
        open=open_lines(say, lines)[:AT_ONCE],
        cards=card_views(say, app),
        others=for_others(say, app),
    )
    return house.shown(request, "centre/rights.html", page)


@get("/{card:str}", guards=[requires(INDIVIDUAL)], sync_to_thread=True)
def sheet(request: Asked, house: GivenHouse, card: CardPath) -> Page:
    """Show the first step of a sheet: what; the address may say what to begin with."""
    return _first(request, house, _card(card), given_in_address(request))


@post("/{card:str}", guards=[requires(INDIVIDUAL)])
async def from_a_row(request: Asked, house: GivenHouse, card: CardPath) -> Page:
    """Show the first step with what was chosen elsewhere, as a row of one's own information."""
    given = await given_of(request)
    return await sync_to_thread(_first, request, house, _card(card), given)


@post("/{card:str}/check", guards=[requires(INDIVIDUAL)])
async def check(request: Asked, house: GivenHouse, services: GivenServices, card: CardPath) -> Page:
    """Show the second step: is it you, and what would happen."""
    given = await given_of(request)
    return await sync_to_thread(_second, request, house, services, _card(card), given)


@post("/{card:str}/send", guards=[requires(INDIVIDUAL)])
async def send(request: Asked, house: GivenHouse, card: CardPath) -> Response[Any]:
    """Take the request in and show the third step: by when."""
    given = await given_of(request)
    return await sync_to_thread(_send, request, house, _card(card), given)


ROUTES = (rights, sheet, from_a_row, check, send)


def _card(name: str) -> Card:
    try:
        return Card(name)
    except ValueError:
        raise NotFoundException from None


def _first(
    request: Asked, house: House, card: Card, given: Given, wrong: dict[str, str] | None = None
) -> Page:
    say, app = house.speaker(request), house.app(request)
    errors = {name: say.t(f"centre.rights.error.{key}") for name, key in (wrong or {}).items()}
    fields = fields_of(say, app, card, given, errors)
    page = replace(
        _page(request, house, card, 1),
        action=f"{PATH}/{card}/check",
        groups=groups_of(fields),
        hidden=tuple((name, given.one(name)) for name in ("table", "row") if given.one(name)),
        errors=errors_of(fields),
    )
    return house.shown(request, "centre/rights_sheet.html", page)


def _second(request: Asked, house: House, services: Services, card: Card, given: Given) -> Page:
    say, app, visitor = house.speaker(request), house.app(request), visitor_of(request)
    reader = Reader(register=say.register, app=app, given=given)
    wish = reader.read(card)
    if wish is None:
        return _first(request, house, card, given, reader.errors)
    why = lacks(services, visitor, wish.right, house.now())
    page = replace(
        _page(request, house, card, 2),
        action=f"{PATH}/{card}/send",
        hidden=given.pairs,
        wishes=wishes_of(fields_of(say, app, card, given, {})),
        check=check_of(say, visitor, wish.right, why),
        then=say.t(f"centre.rights.then.{card}"),
        can_send=why in {None, Why.NOT_RECENT},
        back=f"{PATH}/{card}",
    )
    if card in TOUCHING_ROWS:
        page = _with_preview(request, house, page, wish)
    return house.shown(request, "centre/rights_sheet.html", page)


def _with_preview(request: Asked, house: House, page: SheetPage, wish: Wish) -> SheetPage:
    """Return the page with what would happen, or with why that cannot be looked at yet."""
    say = house.speaker(request)
    try:
        plan = house.rights.preview(asker_of(visitor_of(request)), wish.right, wish.asked)
    except IdentityNotProvedError:
        return replace(page, trouble=say.t("centre.rights.preview.after-check"))
    except UnavailableError as error:
        return replace(
            page, trouble=say.t("centre.rights.preview.unavailable", why=say.error(error))
        )
    return replace(page, preview=preview_of(say, plan))


def _send(request: Asked, house: House, card: Card, given: Given) -> Response[Any]:
    register = house.register.served.register
    reader = Reader(register=register, app=house.app(request), given=given)
    wish = reader.read(card)
    if wish is None:
        return _first(request, house, card, given, reader.errors)
    seen = house.rights.open(asker_of(visitor_of(request)), wish.right, wish.asked)
    return go(f"{REQUESTS}/{seen.request.id}?sent=yes")


def _page(request: Asked, house: House, card: Card, step: int) -> SheetPage:
    say = house.speaker(request)
    app, now = house.app(request), house.now()
    due = answer_by(say.register, app, card.right, now, house.calendar)
    return SheetPage(
        title=say.t(f"centre.rights.card.{card}.name"),
        term=say.t(f"centre.rights.card.{card}.term"),
        lead=say.t(f"centre.rights.card.{card}.what"),
        steps=steps(say, step),
        action="",
        due=due_line(say, due),
        provisional=say.provisional(due),
        back=PATH,
    )
