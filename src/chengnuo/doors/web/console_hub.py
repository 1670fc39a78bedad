"""A page of the console that brings together what several rooms know: figures, then sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import MediaType, Response, Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler

from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_price_checks import PriceChecks
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.page_parts import Empty, Figure, Section
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import may_read
from chengnuo.usecases.register_desk import Desk

GivenRegister = NamedDependency[Desk]


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPage:
    """The page.

    Attributes:
        name: Key of its name, below `nav.`.
        term: The term of the law, or empty.
        lead: What it is for, in one sentence.
        figures: Numbers that open the rows behind them.
        choices: Ways to narrow it; the current one marked.
        acts: Where one goes on.
        sections: Its parts.
        empty: What to do where there is nothing at all; None where there is something.
        prices: How prices were checked; None on other pages.

    """

    name: str
    term: str
    lead: str
    figures: tuple[Figure, ...] = ()
    choices: tuple[Link, ...] = ()
    acts: tuple[Link, ...] = ()
    sections: tuple[Section, ...] = ()
    empty: Empty | None = None
    prices: PriceChecks | None = None


def hub_shown(request: Asked, desk: Desk, page: HubPage) -> Page:
    """Return a page."""
    frame = console_frame(request, desk.current())
    return Response(render("console/hub.html", frame=frame, page=page), media_type=MediaType.HTML)


def hub_router(path: str, views: Sequence[HTTPRouteHandler], desk: Desk, **given: object) -> Router:
    """Return the routes of one entry of the console.

    Args:
        path: Where they lie.
        views: What answers there.
        desk: What they take as `register_desk`: the register in force and its versions.
        given: What else they take, by the name that they take it by.

    """
    return Router(
        path=path,
        route_handlers=views,
        include_in_schema=False,
        dependencies={name: _always(one) for name, one in {"register_desk": desk, **given}.items()},
    )


def _always(value: object) -> Provide:
    def same() -> object:
        return value

    return Provide(same, sync_to_thread=False)


def speaker_of(request: Asked, desk: Desk) -> Speaker:
    """Return the words for whoever looks: what they may not open is not linked.

    Raises:
        NoRegisterError: No register is in force.

    """
    exchange = exchange_of(request.scope)
    opens = exchange.staff is not None and may_read(exchange.staff.account.role)
    return Speaker(
        lang=exchange.lang,
        register=desk.served.register,
        catalogue=desk.catalogue,
        opens=opens,
    )
