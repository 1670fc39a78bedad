"""The whole web door: the JSON interface, the pages, and what goes around them.

Every route must say who it is for; the app is not built otherwise. Nothing here computes: a
handler calls a use case and shows what it returns.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from litestar import Litestar, Request, Router
from litestar.concurrency import sync_to_thread
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import License
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.http.api import SERVICE_ROUTES, STRICT_BODIES, V1
from chengnuo.doors.http.audience import ANYONE, Audience
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.forms import form_token, forms_from_our_pages
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.program_schema import describe_programs
from chengnuo.doors.settings import WebSettings
from chengnuo.doors.version import VERSION
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
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.sessions import StaffSession
from chengnuo.usecases.individual_entry import IndividualEntry
from chengnuo.usecases.planes.status import PlanesStatus
from chengnuo.usecases.register_desk import Desk

LOG = logging.getLogger("chengnuo.service")
_LOOK_S = 15.0
_LOOKS = 240  # an hour


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
    app = Litestar(
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
        openapi_config=_openapi(),
        request_max_body_size=settings.body_limit_bytes,
        multipart_form_part_limit=20,
        lifespan=[_sweeping(services), *_rounds(services)],
        logging_config=None,
        debug=False,
    )
    for _ in route_audiences(app):
        pass
    _close_schemas(app)
    if raw:
        describe_programs(app.openapi_schema, frozenset(raw))
    return Envelope(app, settings, counts, raw=raw, page=refused_page)


def route_audiences(app: Litestar) -> Iterator[RouteAudience]:
    """Yield every route with who may call it; automatic OPTIONS answers are left out.

    Raises:
        NoAudienceError: A route does not say who it is for.

    """
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            raise NoAudienceError(route.path_format)
        for handler in route.route_handlers:
            if handler.http_methods == {"OPTIONS"}:
                continue
            who = _audience_of(handler)
            if who is None:
                if route.path_format.startswith("/schema"):
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


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="承诺 Chengnuo",
        version=VERSION,
        description="Keep, and prove that you keep, your promises about personal information.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        path="/schema",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin(path=("/", "/openapi.json"))],
    )


def _close_schemas(app: Litestar) -> None:
    """Say in the OpenAPI schema that bodies take no unknown members."""
    schemas = app.openapi_schema.components.schemas or {}
    for body in STRICT_BODIES:
        schemas[body.__name__].additional_properties = False


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


async def an_hour_or_another_register(desk: Desk) -> None:
    """Wait until it is time to sweep again; what a register change ends shall end soon."""
    swept_for = await sync_to_thread(_version_of, desk)
    for _ in range(_LOOKS):
        await asyncio.sleep(_LOOK_S)
        if await sync_to_thread(_version_of, desk) != swept_for:
            return


def _version_of(desk: Desk) -> str:
    served = desk.current()
    return "" if served is None else served.version


def _rounds(services: Services) -> Iterator[Lifespan]:
    """Yield what is done beside the service; without kept runs no control runs by itself."""
    if services.controls is not None:
        yield control_rounds(services.controls)
    yield counting_rounds(services.count)


def _sweeping(services: Services) -> Any:  # noqa: ANN401  Litestar's own union
    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        async def sweep_now_and_then() -> None:
            while True:
                try:
                    await sync_to_thread(services.sweep)
                except ChengnuoError as error:
                    LOG.warning("clearing away what has expired failed: %s", error.code)
                except Exception as error:  # noqa: BLE001  it is tried again; its text may name people
                    LOG.error("clearing away failed by a fault: %s", type(error).__name__)  # noqa: TRY400
                await an_hour_or_another_register(services.register)

        task = asyncio.create_task(sweep_now_and_then())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan
