"""From a view model to an answer, with the frame that the request calls for."""

from typing import Any

from litestar import MediaType, Request, Response
from litestar.response import Redirect

from chengnuo.base.text import Lang
from chengnuo.doors.http.exchange import Exchange, exchange_of
from chengnuo.doors.http.forms import form_token
from chengnuo.doors.texts import page_text
from chengnuo.doors.web.centre_look import ENTER, look_of, with_query
from chengnuo.doors.web.console_map import console_groups
from chengnuo.doors.web.rendering import Frame, LinkGroup, render
from chengnuo.doors.web.wording import wording
from chengnuo.usecases.register_desk import Served

Asked = Request[Any, Any, Any]
Page = Response[str]


def plain_frame(request: Asked) -> Frame:
    """Return the frame of pages outside the centre and the console: signing in, errors."""
    exchange = exchange_of(request.scope)
    in_centre = request.url.path.startswith("/centre")
    look = look_of(request) if in_centre else None
    return Frame(
        lang=exchange.lang,
        area="plain",
        path=request.url.path,
        site=page_text("site", exchange.lang),
        home="/centre" if in_centre else "/console",
        other_lang_href=other_lang_href(request),
        groups=groups_for(exchange, request.url.path),
        who=who(exchange),
        sign_out="/console/sign-out" if exchange.staff is not None else "",
        csrf_token=form_token(exchange, request.app.state.identities),
        complaint_lines=complaint_lines(
            exchange.lang, request.app.state.services.register.current()
        ),
        size="usual" if look is None else look.size,
        sizes=() if look is None else look.sizes,
        theme="" if look is None else look.theme,
    )


def complaint_lines(lang: Lang, served: Served | None) -> tuple[str, ...]:
    """Return how to complain, one channel a line; none while there is no register."""
    if served is None:
        return ()
    t = wording(lang)
    complaints = served.register.handler.complaints
    contacts = complaints.contacts
    lines = [t("frame.complain-path", path=complaints.path.in_lang(lang))]
    if contacts.phone:
        lines.append(t("frame.complain-phone", phone=contacts.phone))
    if contacts.email:
        lines.append(t("frame.complain-email", email=contacts.email))
    lines.append(t("frame.complain-days", n=complaints.working_days))
    return tuple(lines)


def other_lang_href(request: Asked) -> str:
    """Return the address of the same page in the other language, without its query."""
    lang = exchange_of(request.scope).lang
    other = Lang.EN if lang is Lang.ZH else Lang.ZH
    if request.url.path == ENTER:  # where one is led to afterwards stands in the query
        return with_query(request, "lang", other.value)
    return f"{request.url.path}?lang={other}"


def who(exchange: Exchange) -> str:
    """Return the name of the account that is signed in, or an empty string."""
    return exchange.staff.account.name if exchange.staff is not None else ""


def groups_for(exchange: Exchange, path: str) -> tuple[LinkGroup, ...]:
    """Return the pages of the console for whoever is signed in; none for anybody else."""
    if exchange.staff is None:
        return ()
    return console_groups(wording(exchange.lang), exchange.staff.account.role, path)


def show(request: Asked, template: str, page: object, *, status: int = 200) -> Page:
    """Return a page in the plain frame."""
    html = render(template, frame=plain_frame(request), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)


def go(path: str) -> Redirect:
    """Send the browser on to one of our own pages with a GET."""
    return Redirect(path, status_code=303)
