"""The pages of the privacy centre: open to anyone, the same words for everyone.

Lists and rules are public (PIPL Art. 17); a person who comes in from the app sees the same with
a greeting. Nothing here shows information about that person.
"""

from collections.abc import Callable
from typing import Annotated, TypeAlias

from litestar import MediaType, Response, Router, get
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from chengnuo.domain.consent.event import Act
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_contact import FIGURES_PAPER, contact_sections
from chengnuo.doors.web.centre_home import Chosen, about_lines, home_page
from chengnuo.doors.web.centre_look import is_known, now_known
from chengnuo.doors.web.centre_paper_pages import PAPER_ROUTES, AppQuery, chosen_app
from chengnuo.doors.web.centre_papers import Papers
from chengnuo.doors.web.centre_rights_lines import open_lines
from chengnuo.doors.web.centre_rights_words import rights_speaker
from chengnuo.doors.web.centre_waiting import waiting_views
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.usecases.register_desk import Desk, Served
from chengnuo.usecases.rights.seen import RequestLine

OptionalVersionQuery = Annotated[str, QueryParameter(name="version", pattern=r"^[0-9a-f]{0,64}$")]
KnownQuery = Annotated[str, QueryParameter(name="known", pattern=r"^(yes)?$")]

RequestsOf: TypeAlias = Callable[[PersonKey], tuple[RequestLine, ...]]
"""Tells what an individual has asked for."""


def no_requests(_: PersonKey) -> tuple[RequestLine, ...]:
    """Tell that nothing was asked for, where requests are not kept."""
    return ()


@get("/", sync_to_thread=True)
def home(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    register_desk: Desk,
    requests_of: RequestsOf,
    wanted: AppQuery = "",
    known: KnownQuery = "",
) -> Page:
    """Show the ways to everything that is published; what the centre is to whoever is new."""
    served = register_desk.current()
    if served is None:
        return _shown(request, None, "centre/empty.html", None)
    visitor = exchange_of(request.scope).visitor
    app = chosen_app(served.register, wanted, visitor)
    say = _speaker(request, register_desk, served)
    chosen = None if visitor is None else _chosen(services, visitor)
    page = home_page(
        say,
        app,
        visitor,
        chosen,
        entry=services.entry is not None,
        open_requests=open_lines(
            rights_speaker(say.lang, register_desk),
            () if visitor is None else requests_of(visitor.person),
        ),
        waiting=waiting_views(services.consents, register_desk, visitor, say.lang),
        known=bool(known) or is_known(request),
    )
    if known:
        now_known(request)
    return _shown(request, served, "centre/home.html", page)


@get("/about", sync_to_thread=True)
def about(request: Asked, register_desk: Desk, wanted: AppQuery = "") -> Page:
    """Show what the centre is and what one can do in it."""
    served = register_desk.current()
    if served is None:
        return _shown(request, None, "centre/empty.html", None)
    app = chosen_app(served.register, wanted, exchange_of(request.scope).visitor)
    page = about_lines(_speaker(request, register_desk, served), app)
    return _shown(request, served, "centre/about.html", page)


@get("/contact", sync_to_thread=True)
def contact(request: Asked, services: Services, register_desk: Desk, wanted: AppQuery = "") -> Page:
    """Show how to complain, how to exercise rights, and who the handler is."""
    served = register_desk.current()
    if served is None:
        return _shown(request, None, "centre/empty.html", None)
    app = chosen_app(served.register, wanted, exchange_of(request.scope).visitor)
    figures = None if services.complaint_figures is None else services.complaint_figures()
    page = contact_sections(_speaker(request, register_desk, served), app, figures)
    return _shown(request, served, "centre/contact.html", page)


@get("/files/{file_name:str}", sync_to_thread=True)
def paper_file(  # noqa: PLR0913, PLR0917  which file, and what it is made from
    request: Asked,
    papers: Papers,
    services: Services,
    file_name: str,
    wanted: AppQuery = "",
    version: OptionalVersionQuery = "",
) -> Response[bytes]:
    """Give a published document as a file."""
    exchange = exchange_of(request.scope)
    kept = papers.kept(version)
    app = chosen_app(papers.register_of(kept), wanted, exchange.visitor)
    figures = services.complaint_figures
    if figures is not None and file_name.partition(".")[0] == FIGURES_PAPER:
        found = papers.figures(file_name, app.app, exchange.lang, figures())
    else:
        found = papers.file(file_name, app.app, kept, exchange.lang)
    if found is None:
        raise NotFoundException
    headers = {"content-disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type=found.media_type, headers=headers)


ROUTES = (
    home,
    about,
    *PAPER_ROUTES,
    contact,
    paper_file,
)


def centre_pages(desk: Desk, shelf: Papers, requests: RequestsOf = no_requests) -> Router:
    """Return the routes of the privacy centre.

    Args:
        desk: The register in force and its versions.
        shelf: The published documents.
        requests: Tells what an individual has asked for.

    """

    def register_desk() -> Desk:
        return desk

    def papers() -> Papers:
        return shelf

    def requests_of() -> RequestsOf:
        return requests

    return Router(
        path="/centre",
        route_handlers=ROUTES,
        guards=[requires(ANYONE)],
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "papers": Provide(papers, sync_to_thread=False),
            "requests_of": Provide(requests_of, sync_to_thread=False),
        },
    )


def _chosen(services: Services, visitor: Visitor) -> Chosen:
    consents = services.consents
    renewed = {one.item.id for one in consents.renewals(visitor.person)}
    standing = consents.standing_of(visitor.person)
    ends = {Act.HAND_OVER, Act.GUARDIAN_ENDED}
    handed_over = {item for item, entry in standing.items() if entry.event.act in ends}
    again = renewed | handed_over
    given = [
        item
        for item, entry in standing.items()
        if entry.event.act is Act.GIVE and item not in again
    ]
    return Chosen(given=len(given), again=len(again))


def _speaker(request: Asked, desk: Desk, served: Served) -> Speaker:
    lang = exchange_of(request.scope).lang
    return Speaker(lang=lang, register=served.register, catalogue=desk.catalogue)


def _shown(request: Asked, served: Served | None, template: str, page: object) -> Page:
    html = render(template, frame=centre_frame(request, served), page=page)
    return Response(html, media_type=MediaType.HTML)
