"""The whole web door: the JSON interface, the pages, and what goes around them.

Every route must say who it is for; the app is not built otherwise. Nothing here computes: a
handler calls a use case and shows what it returns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang
from chengnuo.doors.http.api import SERVICE_ROUTES, V1
from chengnuo.doors.http.audience import ANYONE, Audience
from chengnuo.doors.http.described import PATH as SCHEMA_PATH
from chengnuo.doors.http.described import openapi
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.forms import form_token, forms_from_our_pages
from chengnuo.doors.http.lean_app import LeanApp
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.settings import WebSettings
from chengnuo.doors.web import (
    account_pages,
    centre_look,
    entry_pages,
    people_pages,
    set_up_pages,
    sign_in_pages,
    static_files,
)
from chengnuo.doors.web.beside import Lifespan
from chengnuo.doors.web.control_rounds import control_rounds
from chengnuo.doors.web.counting_rounds import counting_rounds
from chengnuo.doors.web.error_page import answer_error, refused_page
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.sweep_rounds import sweep_rounds
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.sessions import StaffSession
from chengnuo.usecases.individual_entry import IndividualEntry
from chengnuo.usecases.planes.status import PlanesStatus
from chengnuo.usecases.register_desk import Desk


class NoAudienceError(RuntimeError):
    """A route does not say who it is for, so the app is not built."""

    def __init__(self, route: str) -> None:
        super().__init__(f"route `{route}` names no audience; give it guards=[requires(…)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAudience:
    """One route and who may call it."""

    method: str
    path: str
    who: frozenset[str]
    takes_forms: bool


def build_app(
    services: Services,
    settings: WebSettings,
    *,
    pages: Sequence[HTTPRouteHandler | Router],
    raw: Mapping[str, ASGIApp] | None = None,
) -> Envelope:
    """Return the ASGI app.

    Args:
        services: The use cases.
        settings: Names, limits and switches.
        pages: Routes of the centre and the console.
        raw: Routes beside the Litestar app, by path; they see to who may ask.

    Raises:
        NoAudienceError: A route does not say who it is for.

    """
    counts = Metrics(planes=services.planes, notifications=services.notifications)
    raw = {} if raw is None else raw
    app = LeanApp(
        route_handlers=[
            *SERVICE_ROUTES,
            V1,
            *sign_in_pages.ROUTES,
            *set_up_pages.ROUTES,
            *account_pages.ROUTES,
            *people_pages.ROUTES,
            *entry_pages.ROUTES,
            *pages,
            *static_files.ROUTES,
            *centre_look.ROUTES,
        ],
        guards=[forms_from_our_pages],
        dependencies=_dependencies(services, counts),
        exception_handlers={
            ChengnuoError: answer_error,
            HTTPException: answer_error,
            Exception: answer_error,
        },
        state=State({"services": services, "identities": services, "web": settings}),
        openapi_config=openapi(frozenset(raw)),
        request_max_body_size=settings.body_limit_bytes,
        multipart_form_part_limit=20,
        lifespan=[*_rounds(services)],
        logging_config=None,
        debug=False,
    )
    for _ in route_audiences(app):
        pass
    _make_ready(app)
    return Envelope(app, settings, counts, raw=raw, page=refused_page)


def route_audiences(app: Litestar) -> Iterator[RouteAudience]:
    """Yield every route with who may call it.

    Raises:
        NoAudienceError: A route does not say who it is for.

    """
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            raise NoAudienceError(route.path_format)
        for handler in route.route_handlers:
            who = _audience_of(handler)
            if who is None:
                if route.path_format.startswith(SCHEMA_PATH):
                    who = frozenset({ANYONE})
                else:
                    raise NoAudienceError(route.path_format)
            for method in sorted(handler.http_methods):
                yield RouteAudience(
                    method=method,
                    path=route.path_format,
                    who=who,
                    takes_forms=handler.opt.get("form", True),
                )


def _audience_of(handler: BaseRouteHandler) -> frozenset[str] | None:
    who: frozenset[str] | None = None
    for layer in handler.ownership_layers:
        for guard in layer.guards or ():
            if isinstance(guard, Audience):
                who = guard.who if who is None else who & guard.who
    return who


def _make_ready(app: Litestar) -> None:
    """Let no two threads be the first to read into what a route takes."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                ready(handler.signature_model)


def _dependencies(services: Services, counts: Metrics) -> dict[str, Provide]:
    def all_services() -> Services:
        return services

    def desk() -> Desk:
        return services.register

    def entry() -> IndividualEntry | None:
        return services.entry

    def planes() -> PlanesStatus | None:
        return services.planes()

    def request_counts() -> Metrics:
        return counts

    return {
        "services": Provide(all_services, sync_to_thread=False),
        "desk": Provide(desk, sync_to_thread=False),
        "entry": Provide(entry, sync_to_thread=False),
        "planes": Provide(planes, sync_to_thread=True),
        "counts": Provide(request_counts, sync_to_thread=False),
        "lang": Provide(lang_of, sync_to_thread=False),
        "staff": Provide(staff_of, sync_to_thread=False),
        "visitor": Provide(visitor_of, sync_to_thread=False),
        "csrf_token": Provide(csrf_token_of, sync_to_thread=False),
    }


def lang_of(request: Request[Any, Any, Any]) -> Lang:
    """Return the language to answer in."""
    return exchange_of(request.scope).lang


def staff_of(request: Request[Any, Any, Any]) -> StaffSession | None:
    """Return the signed-in member of staff, or None."""
    return exchange_of(request.scope).staff


def visitor_of(request: Request[Any, Any, Any]) -> Visitor | None:
    """Return the individual, or None."""
    return exchange_of(request.scope).visitor


def csrf_token_of(request: Request[Any, Any, Any]) -> str:
    """Return the token for the forms of the page."""
    return form_token(exchange_of(request.scope), request.app.state.identities)


def _rounds(services: Services) -> Iterator[Lifespan]:
    """Yield what is done beside the service; without kept runs no control runs by itself."""
    yield sweep_rounds(services.sweep, services.register)
    if services.controls is not None:
        yield control_rounds(services.controls)
    yield counting_rounds(services.count)
