"""The pages of published documents: rules as they are, as they were, and what changed; prompts.

The rules are public (PIPL Art. 17) and packed once a version; nothing here is about anybody.
"""

from typing import Annotated

from litestar import MediaType, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter
from litestar.response import Redirect

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import AppId, Version
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_look import with_query
from chengnuo.doors.web.centre_papers import Papers
from chengnuo.doors.web.centre_rules import (
    app_links,
    archive_page,
    last_change,
    paper_page,
    ways_back,
)
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.static_files import packed_page
from chengnuo.doors.web.wording import wording
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.register_desk import Desk, Served

_READ_AT_LENGTH = frozenset({"rules", "minors", "prompts", "first-run", "moments"})
VersionPath = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{7,64}$")]
OldQuery = Annotated[str, QueryParameter(name="old", pattern=r"^([0-9a-f]{7,64})?$")]
NewQuery = Annotated[str, QueryParameter(name="new", pattern=r"^([0-9a-f]{7,64})?$")]
AppQuery = Annotated[str, QueryParameter(name="app", pattern=r"^[a-z0-9-]{0,60}$")]
ARCHIVE = "/centre/rules/archive"

Paper = Response[bytes]
"""The page of a published document, packed."""


@get("/rules", sync_to_thread=True)
def rules(request: Asked, register_desk: Desk, papers: Papers, wanted: AppQuery = "") -> Paper:
    """Show the processing rules in force."""
    return _paper(request, register_desk, papers, "rules", wanted)


@get("/summary", sync_to_thread=True)
def summary(request: Asked, register_desk: Desk, papers: Papers, wanted: AppQuery = "") -> Paper:
    """Show the rules in one table."""
    return _paper(request, register_desk, papers, "summary", wanted)


@get("/minors", sync_to_thread=True)
def minors(request: Asked, register_desk: Desk, papers: Papers, wanted: AppQuery = "") -> Paper:
    """Show the rules for children under fourteen."""
    return _paper(request, register_desk, papers, "minors", wanted)


@get("/prompts", sync_to_thread=True)
def prompts(request: Asked, register_desk: Desk, papers: Papers, wanted: AppQuery = "") -> Paper:
    """Show what is asked by itself, in the words in which it is asked."""
    return _paper(request, register_desk, papers, "prompts", wanted)


@get("/first-run", sync_to_thread=True)
def first_run(request: Asked, register_desk: Desk, papers: Papers, wanted: AppQuery = "") -> Paper:
    """Show the notice of the first run."""
    return _paper(request, register_desk, papers, "first-run", wanted)


@get("/moments", sync_to_thread=True)
def moments(request: Asked, register_desk: Desk, papers: Papers, wanted: AppQuery = "") -> Paper:
    """Show the notices at the moment of use."""
    return _paper(request, register_desk, papers, "moments", wanted)


@get("/rules/archive", sync_to_thread=True)
def archive(request: Asked, register_desk: Desk) -> Page:
    """Show every version that was ever published."""
    lang = exchange_of(request.scope).lang
    page = archive_page(register_desk.kept(), lang)
    frame = centre_frame(request, register_desk.current())
    return Response(
        render("centre/archive.html", frame=frame, page=page), media_type=MediaType.HTML
    )


@get("/rules/archive/{version:str}", sync_to_thread=True)
def archived_rules(
    request: Asked, register_desk: Desk, papers: Papers, version: VersionPath, wanted: AppQuery = ""
) -> Paper:
    """Show the processing rules as they stood in a kept version."""
    kept = register_desk.versions.one(version)
    register = register_desk.register_of(version).register
    app = chosen_app(register, wanted, exchange_of(request.scope).visitor)
    lang = exchange_of(request.scope).lang
    page = paper_page(
        "rules",
        papers.document("rules", Version(kept.id), app.app, lang),
        lang,
        files=papers.files("rules", app.app, short(kept.id)),
        apps=app_links(register, app, request.url.path, lang),
        archived=kept,
        fold=_other_fold(request),
        unfolded=_is_unfolded(request),
    )
    return _published(request, register_desk.current(), "centre/rules.html", page)


@get("/rules/changes", sync_to_thread=True)
def rule_changes(  # noqa: PLR0913, PLR0917  between what and of which app
    request: Asked,
    register_desk: Desk,
    papers: Papers,
    old: OldQuery = "",
    new: NewQuery = "",
    wanted: AppQuery = "",
) -> Paper | Redirect:
    """Show what changed for people between two versions, in words; the last two if none is said."""
    if not (old and new):
        return go(last_change(register_desk.kept()) or ARCHIVE)
    exchange = exchange_of(request.scope)
    register = papers.register_of(papers.kept(new))
    app = chosen_app(register, wanted, exchange.visitor)
    page = paper_page(
        "changes",
        papers.changes(old, new, app.app, exchange.lang),
        exchange.lang,
        files=(),
        apps=(),
    )
    return _published(request, papers.served, "centre/rules.html", page)


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


PAPER_ROUTES = (
    rules,
    summary,
    minors,
    archive,
    archived_rules,
    rule_changes,
    prompts,
    first_run,
    moments,
)


def _paper(request: Asked, desk: Desk, papers: Papers, paper: str, wanted: str) -> Paper:
    exchange = exchange_of(request.scope)
    served = desk.current()
    if served is None:
        return _published(request, None, "centre/empty.html", None)
    app = chosen_app(served.register, wanted, exchange.visitor)
    page = paper_page(
        paper,
        papers.document(paper, served.version, app.app, exchange.lang),
        exchange.lang,
        files=papers.files(paper, app.app),
        apps=app_links(served.register, app, request.url.path, exchange.lang),
        ways=_ways(paper, desk, exchange.lang),
        fold=_other_fold(request),
        unfolded=_is_unfolded(request),
    )
    template = "centre/rules.html" if paper in _READ_AT_LENGTH else "centre/list.html"
    return _published(request, served, template, page)


def _ways(paper: str, desk: Desk, lang: Lang) -> tuple[Link, ...]:
    """Return where one goes on from a document: back in time, or to the guardian's pages."""
    if paper == "rules":
        return ways_back(desk.kept(), lang)
    if paper != "minors":
        return ()
    t = wording(lang)
    return tuple(
        Link(href=f"/centre/{one}", name=t(f"centre.minors.to-{one}"))
        for one in ("guardians", "handover")
    )


def _is_unfolded(request: Asked) -> bool:
    return bool(request.query_params.get("unfold"))


def _other_fold(request: Asked) -> str:
    return with_query(request, "unfold", "" if _is_unfolded(request) else "yes")


def _published(request: Asked, served: Served | None, template: str, page: object) -> Paper:
    html = render(template, frame=centre_frame(request, served), page=page)
    return packed_page(html, request.headers.get("accept-encoding", ""))
