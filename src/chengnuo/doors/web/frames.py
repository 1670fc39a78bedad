"""The frames of the centre and of the console: whose page it is and what stands beside it."""

from dataclasses import replace
from urllib.parse import urlencode

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.exchange import Exchange, exchange_of
from chengnuo.doors.http.forms import form_token
from chengnuo.doors.web.rendering import Frame, Link
from chengnuo.doors.web.showing import Asked, complaint_lines, who
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Role
from chengnuo.usecases.register_desk import Served

_MINORS = "/console/minors"
_DOSSIERS = "/console/dossiers"
"""An admin, who sees no personal information, sees none of them."""
_CONSOLE = (
    ("/console", "console.today.title"),
    ("/console/board", "console.board.title"),
    ("/console/register", "console.register.title"),
    ("/console/consents", "console.consents.title"),
    ("/console/rights", "console.rights.title"),
    (_MINORS, "minors.title"),
    ("/console/borders", "borders.title"),
    (_DOSSIERS, "dossier.title"),
    ("/console/findings", "console.findings.title"),
    ("/console/releases", "console.releases.title"),
    ("/console/drift", "drift.title"),
    ("/console/versions", "console.versions.title"),
    ("/console/evidence", "console.evidence.title"),
    ("/console/account", "console.account"),
)
_CENTRE = (
    ("/centre", "centre.home.name"),
    ("/centre/information", "centre.information.name"),
    ("/centre/consents", "centre.consents.name"),
    ("/centre/switches", "centre.switches.name"),
    ("/centre/recipients", "centre.recipients.name"),
    ("/centre/rights", "centre.rights.name"),
    ("/centre/rules", "centre.rules.name"),
    ("/centre/minors", "centre.minors.name"),
    ("/centre/receipts", "centre.receipts.name"),
    ("/centre/complaints", "centre.complaints.name"),
    ("/centre/contact", "centre.contact.name"),
)


def console_frame(request: Asked, served: Served | None) -> Frame:
    """Return the frame of a console page for whoever is signed in."""
    exchange = exchange_of(request.scope)
    lang = exchange.lang
    pages: tuple[tuple[str, str], ...] = _CONSOLE
    if exchange.staff is not None and exchange.staff.account.role is Role.ADMIN:
        shown = (page for page in pages if page[0] not in {_DOSSIERS, _MINORS})
        pages = (*shown, ("/console/people", "console.people"))
    return Frame(
        lang=lang,
        area="console",
        path=request.url.path,
        site=wording(lang)("console.site"),
        owner="" if served is None else served.register.handler.name.in_lang(lang),
        home="/console",
        other_lang_href=_in_other_lang(request, lang),
        pages=_links(lang, pages, request.url.path, root="/console"),
        who=who(exchange),
        sign_out="/console/sign-out",
        csrf_token=form_token(exchange, request.app.state.identities),
        complaint_lines=complaint_lines(lang, served),
        register_version="" if served is None else short(served.version),
    )


def centre_frame(request: Asked, served: Served | None) -> Frame:
    """Return the frame of a page of the privacy centre."""
    exchange = exchange_of(request.scope)
    lang = exchange.lang
    t = wording(lang)
    inside = exchange.visitor is not None
    return Frame(
        lang=lang,
        area="centre",
        path=request.url.path,
        site=t("centre.site") if served is None else _site(lang, served.register),
        owner="" if served is None else served.register.handler.name.in_lang(lang),
        home="/centre",
        other_lang_href=_in_other_lang(request, lang),
        pages=_links(lang, _CENTRE, request.url.path, root="/centre"),
        who=_who_is_inside(exchange),
        sign_out="/centre/leave" if inside else "",
        csrf_token=form_token(exchange, request.app.state.identities) if inside else "",
        complaint_lines=complaint_lines(lang, served),
        register_version="" if served is None else short(served.version),
    )


def prompt_frame(request: Asked, served: Served | None) -> Frame:
    """Return the frame of a prompt: as of the centre, without the ways to other pages."""
    return replace(centre_frame(request, served), pages=())


def _who_is_inside(exchange: Exchange) -> str:
    if exchange.visitor is None:
        return ""
    who = "inside" if exchange.visitor.guardian is None else "inside-guardian"
    return wording(exchange.lang)(f"centre.{who}")


def _site(lang: Lang, register: Register) -> str:
    t = wording(lang)
    if len(register.apps) == 1:
        return t("centre.site-of", app=register.apps[0].name.in_lang(lang))
    return t("centre.site")


def _in_other_lang(request: Asked, lang: Lang) -> str:
    other = Lang.EN if lang is Lang.ZH else Lang.ZH
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return f"{request.url.path}?{urlencode([*kept, ('lang', other.value)])}"


def _links(
    lang: Lang, pages: tuple[tuple[str, str], ...], path: str, *, root: str
) -> tuple[Link, ...]:
    t = wording(lang)
    return tuple(
        Link(
            href=href,
            name=t(key),
            current=path == href or (href != root and path.startswith(f"{href}/")),
        )
        for href, key in pages
    )
