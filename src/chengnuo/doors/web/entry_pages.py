"""How an individual comes into the privacy centre and leaves it."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import QueryParameter
from litestar.response import Redirect

from chengnuo.base.errors import InvalidInputError
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.exchange import VISITOR_COOKIE, exchange_of
from chengnuo.doors.texts import words
from chengnuo.doors.web.deep_links import MOST_SIGNS, own_path
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.given import GivenLang, GivenServices, GivenVisitor
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, go, show
from chengnuo.ports.individuals import EntryCodeError


class DemoOffError(InvalidInputError):
    """The demo entry is asked for where it is not on."""

    code = "demo-off"

    def __init__(self) -> None:
        super().__init__("the demo entry is off; it works with --demo on loopback only")


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
        await _open(request, services, entry_code)
        return go(wanted)
    if visitor is not None and to:
        return go(wanted)
    page = EnterPage(words=words(lang), demo=services.demo is not None, to=wanted)
    return show(request, "centre/enter.html", page)


@post("/centre/demo", guards=[requires(ANYONE)], include_in_schema=False)
async def enter_demo(request: Asked, services: GivenServices) -> Redirect:
    """Come in as the sample individual, by the same way as everybody: token, code, session."""
    if services.demo is None or services.entry is None:
        raise DemoOffError
    wanted = own_path(await field(request, "to", most=MOST_SIGNS))
    code = await sync_to_thread(services.entry.exchange, services.demo.token())
    await _open(request, services, code.code)
    return go(wanted)


@post("/centre/leave", guards=[requires(INDIVIDUAL)], include_in_schema=False)
async def leave(request: Asked, services: GivenServices, visitor: GivenVisitor) -> Redirect:
    """End the individual's session."""
    exchange = exchange_of(request.scope)
    if visitor is not None and services.entry is not None:
        await sync_to_thread(services.entry.leave, exchange.cookie(VISITOR_COOKIE))
    exchange.drop_cookie(VISITOR_COOKIE)
    return go("/centre")


ROUTES = (root, enter, enter_demo, leave)


async def _open(request: Asked, services: Services, code: str) -> None:
    if services.entry is None:
        raise EntryCodeError
    exchange = exchange_of(request.scope)
    entered = await sync_to_thread(services.entry.enter, code)  # a bad code ends no session
    if (old := exchange.cookie(VISITOR_COOKIE)) and exchange.visitor is not None:
        await sync_to_thread(services.entry.leave, old)
    exchange.set_cookie(VISITOR_COOKIE, entered.token)
