"""The pages of the privacy centre: open to anyone, the same words for everyone.

Lists and rules are public (PIPL Art. 17); a person who comes in from the app sees the same with
a greeting. Nothing here shows information about that person.
"""

from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_contact import contact_sections
from chengnuo.doors.web.centre_home import home_page
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.register_desk import Desk, Served

AppQuery = Annotated[str, QueryParameter(name="app", pattern=r"^[a-z0-9-]{0,60}$")]


@get("/", sync_to_thread=True)
def home(request: Asked, services: Services, register_desk: Desk, wanted: AppQuery = "") -> Page:
    """Show the ways to everything that is published."""
    served = register_desk.current()
    if served is None:
        return _shown(request, None, "centre/empty.html", None)
    visitor = exchange_of(request.scope).visitor
    app = chosen_app(served.register, wanted, visitor)
    say = _speaker(request, register_desk, served)
    page = home_page(say, app, visitor, entry=services.entry is not None)
    return _shown(request, served, "centre/home.html", page)


@get("/contact", sync_to_thread=True)
def contact(request: Asked, register_desk: Desk, wanted: AppQuery = "") -> Page:
    """Show how to complain, how to exercise rights, and who the handler is."""
    served = register_desk.current()
    if served is None:
        return _shown(request, None, "centre/empty.html", None)
    app = chosen_app(served.register, wanted, exchange_of(request.scope).visitor)
    page = contact_sections(_speaker(request, register_desk, served), app)
    return _shown(request, served, "centre/contact.html", page)


def chosen_app(register: Register, wanted: str, visitor: Visitor | None) -> App:
    """Return the app that a page is about: the one asked for, the visitor's, else the first.

    Raises:
        NotFoundException: An app was asked for that the register does not hold.

    """
    if wanted:
        found = register.app_by_id.get(AppId(wanted))
        if found is None:
            raise NotFoundException
        return found
    own = None if visitor is None else register.app_by_id.get(AppId(visitor.app))
    return own or register.apps[0]


def centre_pages(desk: Desk) -> Router:
    """Return the routes of the privacy centre.

    Args:
        desk: The register in force and its versions.

    """

    def register_desk() -> Desk:
        return desk

    return Router(
        path="/centre",
        route_handlers=(home, contact),
        guards=[requires(ANYONE)],
        include_in_schema=False,
        dependencies={"register_desk": Provide(register_desk, sync_to_thread=False)},
    )


def _speaker(request: Asked, desk: Desk, served: Served) -> Speaker:
    lang = exchange_of(request.scope).lang
    return Speaker(lang=lang, register=served.register, catalogue=desk.catalogue)


def _shown(request: Asked, served: Served | None, template: str, page: object) -> Page:
    html = render(template, frame=centre_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML)
