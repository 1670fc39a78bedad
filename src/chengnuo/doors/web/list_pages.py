"""The pages of the two lists: the same for everybody, and more of it for whoever has come in."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide

from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import RecipientId
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_information import information_page
from chengnuo.doors.web.centre_items import ItemsPage
from chengnuo.doors.web.centre_own import OwnContentOf
from chengnuo.doors.web.centre_paper_pages import AppQuery, chosen_app
from chengnuo.doors.web.centre_papers import Papers
from chengnuo.doors.web.centre_recipients import Standing, recipients_page
from chengnuo.doors.web.centre_rules import app_links, beside
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.register_desk import Desk, Served

_PROVISION = "provision:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHouse:
    """What the lists are made from.

    Attributes:
        register: The register in force.
        papers: The published documents.
        used_by: Tells how often an individual's information was used.
        own: Finds what was looked up for whoever has come in.
        consents: What individuals have chosen.

    """

    register: Desk
    papers: Papers
    used_by: Callable[[PersonKey], Used]
    own: OwnContentOf
    consents: ConsentDesk

    def provisions(self, person: PersonKey) -> Standing:
        """Return to which provisions somebody has agreed, with the position of each consent."""
        found: dict[RecipientId, int] = {}
        for item, entry in self.consents.standing_of(person).items():
            _, _, recipient = item.partition(f"/{_PROVISION}")
            if recipient and entry.event.act is Act.GIVE:
                found[RecipientId(recipient)] = entry.event.position
        return found


GivenLists = NamedDependency[ListHouse]


@get("/information", sync_to_thread=True)
def information(request: Asked, list_house: GivenLists, wanted: AppQuery = "") -> Page:
    """Show what is collected (list 1)."""
    served = list_house.register.current()
    if served is None:
        return _nothing(request)
    say, app, declared = _about(request, list_house, served, wanted)
    visitor = exchange_of(request.scope).visitor
    own = None if visitor is None else list_house.own(visitor, say.lang)
    page = information_page(say, declared, _used(list_house, visitor), own)
    return _shown(request, list_house, served, app, "information", page)


@get("/recipients", sync_to_thread=True)
def recipients(request: Asked, list_house: GivenLists, wanted: AppQuery = "") -> Page:
    """Show who else gets it (list 2)."""
    served = list_house.register.current()
    if served is None:
        return _nothing(request)
    say, app, declared = _about(request, list_house, served, wanted)
    visitor = exchange_of(request.scope).visitor
    standing = {} if visitor is None else list_house.provisions(visitor.person)
    page = recipients_page(say, declared, _used(list_house, visitor), standing)
    return _shown(request, list_house, served, app, "recipients", page)


ROUTES = (information, recipients)


def list_pages(house: ListHouse) -> Router:
    """Return the routes of both lists."""

    def list_house() -> ListHouse:
        return house

    return Router(
        path="/centre",
        route_handlers=ROUTES,
        guards=[requires(ANYONE)],
        include_in_schema=False,
        dependencies={"list_house": Provide(list_house, sync_to_thread=False)},
    )


def _about(
    request: Asked, house: ListHouse, served: Served, wanted: str
) -> tuple[Speaker, App, Declared]:
    exchange = exchange_of(request.scope)
    app = chosen_app(served.register, wanted, exchange.visitor)
    say = Speaker(lang=exchange.lang, register=served.register, catalogue=house.register.catalogue)
    return say, app, house.papers.declared(served.version, app.app)


def _used(house: ListHouse, visitor: Visitor | None) -> Used | None:
    return None if visitor is None else house.used_by(visitor.person)


def _nothing(request: Asked) -> Page:
    html = render("centre/empty.html", frame=centre_frame(request, None), page=None)
    return Response(html, media_type=MediaType.HTML)


def _shown(  # noqa: PLR0913, PLR0917  what one page shows
    request: Asked, house: ListHouse, served: Served, app: App, paper: str, page: ItemsPage
) -> Page:
    lang = exchange_of(request.scope).lang
    whole = replace(
        page,
        files=house.papers.files(paper, app.app),
        apps=app_links(served.register, app, request.url.path, lang),
        beside=beside(paper, lang),
    )
    html = render("centre/items.html", frame=centre_frame(request, served), page=whole)
    return Response(html, media_type=MediaType.HTML)
