"""One's own account: password, second factor, what happened to it, and its sessions."""

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from litestar.response import Redirect

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import STAFF_COOKIE, exchange_of
from chengnuo.doors.texts import moment, words
from chengnuo.doors.web.account_acts import Act, act_of
from chengnuo.doors.web.console_showing import show_in_console
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenLang, GivenServices, GivenStaff
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.sessions import StaffSession

_STAFF = requires(*sorted(ROLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session of the account: what it goes by, when it was opened and used last, in words."""

    number: str
    opened: str
    seen: str
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One's own account.

    Attributes:
        words: Its texts.
        name: Sign-in name.
        role: Role in words.
        has_password: Whether it has one to change.
        has_totp: Whether a second factor is set up.
        recovery_left: Recovery codes left.
        sessions: Where it is signed in.
        acts: What happened to it, the newest first.
        error: What went wrong, or empty.
        done: What was done, or empty.

    """

    words: dict[str, str]
    name: str
    role: str
    has_password: bool
    has_totp: bool
    recovery_left: int
    sessions: tuple[SessionLine, ...]
    acts: tuple[Act, ...]
    error: str
    done: str


@get("/console/account", guards=[_STAFF], include_in_schema=False)
async def account_form(
    request: Asked, services: GivenServices, lang: GivenLang, staff: GivenStaff
) -> Page:
    """Show one's own account."""
    return await _account_page(request, services, lang, signed_in(staff))


@post("/console/account/password", guards=[_STAFF], include_in_schema=False)
async def change_password(
    request: Asked, services: GivenServices, lang: GivenLang, staff: GivenStaff
) -> Response[Any]:
    """Replace one's own password."""
    me = signed_in(staff)
    form = await request.form()
    if form.get("new") != form.get("again"):
        error = words(lang)["passwords-differ"]
        return await _account_page(request, services, lang, me, error=error)

    try:
        opened = await sync_to_thread(
            services.sign_in.change_password,
            me,
            old=str(form.get("old", ""))[:400],
            new=str(form.get("new", ""))[:400],
        )
    except ChengnuoError as error:
        text = error_text(error.code, lang)
        return await _account_page(request, services, lang, me, error=text)
    exchange_of(request.scope).set_cookie(STAFF_COOKIE, opened.token)
    return go("/console/account")


@post("/console/account/sign-out-everywhere", guards=[_STAFF], include_in_schema=False)
async def sign_out_everywhere(
    request: Asked, services: GivenServices, staff: GivenStaff
) -> Redirect:
    """End all of one's own sessions."""
    await sync_to_thread(services.sign_in.sign_out_everywhere, signed_in(staff))
    exchange_of(request.scope).drop_cookie(STAFF_COOKIE)
    return go("/console/sign-in")


@post("/console/account/sessions/end-others", guards=[_STAFF], include_in_schema=False)
async def end_other_sessions(services: GivenServices, staff: GivenStaff) -> Redirect:
    """End all of one's own sessions but this one."""
    await sync_to_thread(services.open_sessions.end_others, signed_in(staff))
    return go("/console/account")


@post("/console/account/sessions/{number:str}/end", guards=[_STAFF], include_in_schema=False)
async def end_session(
    services: GivenServices, staff: GivenStaff, number: FromPath[str]
) -> Redirect:
    """End one of one's own sessions."""
    await sync_to_thread(services.open_sessions.end, signed_in(staff), number)
    return go("/console/account")


ROUTES = (account_form, change_password, sign_out_everywhere, end_other_sessions, end_session)


async def _account_page(
    request: Asked, services: Services, lang: Lang, me: StaffSession, *, error: str = ""
) -> Page:
    left = await sync_to_thread(services.accounts.store.recovery_left, me.account.id)
    open_now = await sync_to_thread(services.open_sessions.of, me)
    happened = await sync_to_thread(services.accounts.happened_to, me.account.id)
    page = AccountPage(
        words=words(lang),
        name=me.account.name,
        role=words(lang)[f"role-{me.account.role}"],
        has_password=me.account.has_password,
        has_totp=me.account.has_totp,
        recovery_left=left,
        sessions=tuple(
            SessionLine(
                number=one.number,
                opened=moment(one.opened_at),
                seen=moment(one.seen_at),
                is_this=one.is_this,
            )
            for one in open_now
        ),
        acts=tuple(
            act_of(event, {me.account.id: words(lang)["me"]}, lang, other=words(lang)["by-admin"])
            for event in happened
        ),
        error=error,
        done="",
    )
    status = 400 if error else 200
    return show_in_console(request, services, "console/account.html", page, status=status)
