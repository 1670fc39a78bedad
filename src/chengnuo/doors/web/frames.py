"""The frames of the centre and of the console: whose page it is and what stands beside it."""

from dataclasses import replace

from chengnuo.base.digest import short
from chengnuo.base.errors import IntegrityError
from chengnuo.base.text import Lang
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.exchange import Exchange, exchange_of
from chengnuo.doors.http.forms import form_token
from chengnuo.doors.web.centre_look import look_of, now_known, with_query
from chengnuo.doors.web.rendering import Frame, Link
from chengnuo.doors.web.saved_view import saved_for
from chengnuo.doors.web.showing import Asked, complaint_lines, groups_for, who
from chengnuo.doors.web.wording import wording
from chengnuo.usecases.register_desk import Served

_BEFORE_KNOWN = frozenset({"/centre", "/centre/about"})
"""Whoever goes on from here has been shown what the centre is."""
_PROMPTS = "/centre/prompts/"
_PROMISES = "/centre/promises"
_CENTRE = (
    ("/centre", "centre.home.name"),
    ("/centre/information", "centre.information.name"),
    ("/centre/consents", "centre.consents.name"),
    ("/centre/switches", "centre.switches.name"),
    ("/centre/recipients", "centre.recipients.name"),
    ("/centre/rights", "centre.rights.name"),
    ("/centre/complaints", "centre.proofs.name"),
    ("/centre/minors", "centre.minors.name"),
    ("/centre/rules", "centre.rules.name"),
    ("/centre/about", "centre.about.name"),
)


def console_frame(request: Asked, served: Served | None) -> Frame:
    """Return the frame of a console page for whoever is signed in."""
    exchange = exchange_of(request.scope)
    lang = exchange.lang
    return Frame(
        lang=lang,
        area="console",
        path=request.url.path,
        site=wording(lang)("console.site"),
        owner="" if served is None else served.register.handler.name.in_lang(lang),
        home="/console",
        other_lang_href=_in_other_lang(request, lang),
        groups=groups_for(exchange, request.url.path),
        saved=saved_for(request),
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
    look = look_of(request)
    if request.url.path not in _BEFORE_KNOWN and not request.url.path.startswith(_PROMPTS):
        now_known(request)
    return Frame(
        lang=lang,
        area="centre",
        path=request.url.path,
        site=t("centre.site") if served is None else _site(lang, served.register),
        owner="" if served is None else served.register.handler.name.in_lang(lang),
        home="/centre",
        other_lang_href=_in_other_lang(request, lang),
        pages=_links(lang, request.url.path, promised=_is_promised(request)),
        who=_who_is_inside(exchange),
        sign_out="/centre/leave" if inside else "",
        csrf_token=form_token(exchange, request.app.state.identities) if inside else "",
        complaint_lines=complaint_lines(lang, served),
        register_version="" if served is None else short(served.version),
        size=look.size,
        sizes=look.sizes,
        theme=look.theme,
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
    return with_query(request, "lang", (Lang.EN if lang is Lang.ZH else Lang.ZH).value)


def _is_promised(request: Asked) -> bool:
    """Tell whether a pledge board is published; one whose state cannot be read is not led to."""
    shelf = request.app.state.services.board_shelf
    try:
        return shelf is not None and shelf.state().current > 0
    except IntegrityError:
        return False


def _links(lang: Lang, path: str, *, promised: bool) -> tuple[Link, ...]:
    t = wording(lang)
    places = (*_CENTRE[:-1], (_PROMISES, "frame.promises"), _CENTRE[-1])
    return tuple(
        Link(
            href=href,
            name=t(key),
            current=path == href or (href != "/centre" and path.startswith(f"{href}/")),
        )
        for href, key in (places if promised else _CENTRE)
    )
