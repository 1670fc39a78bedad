"""How an individual comes into the privacy centre and leaves it.

A link with a code works in any browser, so somebody could send their own and wait for another
person to write into it (login CSRF). Where a browser does not know who comes, it asks first: the
session is made, and is of no use before the answer. Not asked is whom an app brought that opened
the window itself and says so in a header, which no link and no form of another site can set.
"""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import QueryParameter
from litestar.response import Redirect

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.exchange import (
    ARRIVING_COOKIE,
    CAME_COOKIE,
    KEPT_S,
    VISITOR_COOKIE,
    Exchange,
    exchange_of,
)
from chengnuo.doors.texts import words
from chengnuo.doors.web.centre_look import ENTER
from chengnuo.doors.web.deep_links import HOME, MOST_SIGNS, own_path
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.given import GivenLang, GivenServices, GivenVisitor
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, go, show
from chengnuo.ports.individuals import EntryCodeError, Visitor


class DemoOffError(InvalidInputError):
    """The demo entry is asked for where it is not on."""

    code = "demo-off"

    def __init__(self) -> None:
        super().__init__("the demo entry is off; it works with --demo on loopback only")


OPENED_BY = "chengnuo-opened-by"
"""Header of an app that opens the centre in a window of its own; its value is `app`."""
_ARRIVING_S = 600
_ANSWER_SIGNS = 3
_MOST_MARKS = 4
"""As many people are known again in one browser: oneself, and children one acts for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingPage:
    """The page that asks whether it was oneself who opened the centre.

    Attributes:
        app: The app that the account belongs to; empty where the register does not name it.
        child: Whether one acts for a child.
        other: Whether somebody else came in here before.
        to: The page of the centre to be led to afterwards.

    """

    app: str
    child: bool
    other: bool
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPage:
    """The page that says how one comes in.

    Attributes:
        words: Its texts.
        demo: Whether a sample individual may be tried.
        to: The page of the centre to be led to afterwards.

    """

    words: dict[str, str]
    demo: bool
    to: str


@get("/", guards=[requires(ANYONE)], include_in_schema=False)
async def root() -> Redirect:
    """Send whoever comes without a path to the privacy centre."""
    return go("/centre")


@get("/centre/enter", guards=[requires(ANYONE)], include_in_schema=False)
async def enter(  # noqa: PLR0913, PLR0917  who comes, with what, and where to
    request: Asked,
    services: GivenServices,
    lang: GivenLang,
    visitor: GivenVisitor,
    entry_code: Annotated[str, QueryParameter(name="code", max_length=100)] = "",
    to: Annotated[str, QueryParameter(name="to")] = "",
) -> Response[Any]:
    """Open the centre with a one-time code at a page of it, or say how one comes in."""
    wanted = own_path(to)
    if entry_code:
        return go(await _arrive(request, services, entry_code, wanted))
    arriving = await sync_to_thread(_arriving, request, services)
    if arriving is not None:
        return _asking(request, services, arriving, wanted)
    if visitor is not None and to:
        return go(wanted)
    page = EnterPage(words=words(lang), demo=services.demo is not None, to=wanted)
    return show(request, "centre/enter.html", page)


@post("/centre/enter", guards=[requires(ANYONE)], include_in_schema=False)
async def answer(request: Asked, services: GivenServices) -> Redirect:
    """Come in as whoever was asked about, or stay outside."""
    wanted = own_path(await field(request, "to", most=MOST_SIGNS))
    mine = await field(request, "mine", most=_ANSWER_SIGNS) == "yes"
    exchange = exchange_of(request.scope)
    token = exchange.cookie(ARRIVING_COOKIE)
    visitor = await sync_to_thread(_arriving, request, services)
    exchange.drop_cookie(ARRIVING_COOKIE)
    if visitor is None or services.entry is None:
        return go(f"{ENTER}?to={quote(wanted, safe='/')}")
    if not mine:
        await sync_to_thread(services.entry.leave, token)
        return go(HOME)
    await _let_in(request, services, token, visitor)
    return go(wanted)


@post("/centre/demo", guards=[requires(ANYONE)], include_in_schema=False)
async def enter_demo(request: Asked, services: GivenServices) -> Redirect:
    """Come in as the sample individual, by the same way as everybody: token, code, session."""
    if services.demo is None or services.entry is None:
        raise DemoOffError
    wanted = own_path(await field(request, "to", most=MOST_SIGNS))
    code = await sync_to_thread(services.entry.exchange, services.demo.token())
    entered = await sync_to_thread(services.entry.enter, code.code)
    await _let_in(request, services, entered.token, entered.visitor)
    return go(wanted)


@post("/centre/leave", guards=[requires(INDIVIDUAL)], include_in_schema=False)
async def leave(request: Asked, services: GivenServices, visitor: GivenVisitor) -> Redirect:
    """End the individual's session."""
    exchange = exchange_of(request.scope)
    if visitor is not None and services.entry is not None:
        await sync_to_thread(services.entry.leave, exchange.cookie(VISITOR_COOKIE))
    exchange.drop_cookie(VISITOR_COOKIE)
    return go("/centre")


ROUTES = (root, enter, answer, enter_demo, leave)


async def _arrive(request: Asked, services: Services, code: str, wanted: str) -> str:
    """Use up a code, and return where to lead: to the page, or first to the question."""
    if services.entry is None:
        raise EntryCodeError
    exchange = exchange_of(request.scope)
    entered = await sync_to_thread(services.entry.enter, code)  # a bad code ends no session
    by_app = request.headers.get(OPENED_BY) == "app"
    if by_app or services.entry.mark(entered.visitor) in _marks(exchange):
        await _let_in(request, services, entered.token, entered.visitor)
        return wanted
    exchange.set_cookie(ARRIVING_COOKIE, entered.token, max_age_s=_ARRIVING_S)
    return f"{ENTER}?to={quote(wanted, safe='/')}"


def _arriving(request: Asked, services: Services) -> Visitor | None:
    token = exchange_of(request.scope).cookie(ARRIVING_COOKIE)
    return services.entry.resume(token) if token and services.entry is not None else None


async def _let_in(request: Asked, services: Services, token: str, visitor: Visitor) -> None:
    """Let the browser have the session, and end the one that it had."""
    exchange = exchange_of(request.scope)
    if services.entry is None:
        raise EntryCodeError
    if (old := exchange.cookie(VISITOR_COOKIE)) and exchange.visitor is not None:
        await sync_to_thread(services.entry.leave, old)
    exchange.set_cookie(VISITOR_COOKIE, token)
    marks = dict.fromkeys((services.entry.mark(visitor), *_marks(exchange)))
    exchange.set_cookie(CAME_COOKIE, ".".join([*marks][:_MOST_MARKS]), max_age_s=KEPT_S)


def _marks(exchange: Exchange) -> tuple[str, ...]:
    return tuple(one for one in exchange.cookie(CAME_COOKIE).split(".") if one)


def _asking(request: Asked, services: Services, visitor: Visitor, wanted: str) -> Response[Any]:
    exchange, served = exchange_of(request.scope), services.register.current()
    app = None if served is None else served.register.app_by_id.get(AppId(visitor.app))
    page = ArrivingPage(
        app="" if app is None else app.name.in_lang(exchange.lang),
        child=visitor.guardian is not None,
        other=bool(_marks(exchange)),
        to=wanted,
    )
    return show(request, "centre/arriving.html", page)
