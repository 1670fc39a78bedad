"""The page of people: everybody's account, for the admin.

The people page shows names and roles of staff, nothing of individuals. A link that it makes is
shown once, on the page that answers the form.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import requires
from chengnuo.doors.texts import moment, words
from chengnuo.doors.web.account_acts import Act, act_of
from chengnuo.doors.web.console_showing import show_in_console
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenLang, GivenServices, GivenStaff
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.accounts import Account, AccountId, Role, UnknownAccountError
from chengnuo.ports.sessions import StaffSession

_ADMIN = requires("admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a list."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of the page of people.

    Attributes:
        act: Where the forms of the row are posted to.
        roles: The roles to choose from.
        state: Enabled or disabled, in a word.
        factor: Second factor, in words.
        last: When the account last signed in, in words.
        me: It is the account of whoever looks.

    """

    act: str
    name: str
    roles: tuple[Choice, ...]
    role: str
    state: str
    enabled: bool
    factor: str
    has_totp: bool
    has_password: bool
    last: str
    me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """The page of people.

    Attributes:
        words: Its texts.
        people: One row for each account.
        roles: Roles to invite into.
        acts: The newest acts, newest first.
        single_person: Fewer than two accounts are enabled.
        link: A one-time link just made, or empty.
        error: What went wrong, or empty.

    """

    words: dict[str, str]
    people: tuple[Person, ...]
    roles: tuple[Choice, ...]
    acts: tuple[Act, ...]
    single_person: bool
    link: str
    error: str


@get("/console/people", guards=[_ADMIN], include_in_schema=False)
async def people(
    request: Asked, services: GivenServices, lang: GivenLang, staff: GivenStaff
) -> Page:
    """Show everybody's account."""
    return await _people_page(request, services, lang, signed_in(staff))


@post("/console/people/invite", guards=[_ADMIN], include_in_schema=False)
async def invite(
    request: Asked, services: GivenServices, lang: GivenLang, staff: GivenStaff
) -> Page:
    """Make an invitation and show its link once."""
    me = signed_in(staff)
    role = (await request.form()).get("role")
    if role not in set(Role):
        text = error_text("invalid-input", lang)
        return await _people_page(request, services, lang, me, error=text)
    token = await sync_to_thread(services.accounts.invite, Role(role), by=me.account.id)
    return await _people_page(request, services, lang, me, token=token)


@post("/console/people/{account_id:str}/{act:str}", guards=[_ADMIN], include_in_schema=False)
async def act_upon(  # noqa: PLR0913, PLR0917  what the route carries
    request: Asked,
    services: GivenServices,
    lang: GivenLang,
    staff: GivenStaff,
    account_id: FromPath[str],
    act: FromPath[str],
) -> Response[Any]:
    """Change somebody's role, let them in or not, take a factor away, renew a password."""
    me = signed_in(staff)
    role = (await request.form()).get("role", "")
    try:
        token = await sync_to_thread(
            _act, services, AccountId(account_id), act, role=str(role), by=me.account.id
        )
    except UnknownAccountError:
        raise
    except ChengnuoError as error:
        text = error_text(error.code, lang)
        return await _people_page(request, services, lang, me, error=text)
    if token:
        return await _people_page(request, services, lang, me, token=token)
    return go("/console/people")


ROUTES = (
    people,
    invite,
    act_upon,
)


def _act(services: Services, account: AccountId, act: str, *, role: str, by: AccountId) -> str:
    """Do one act upon an account; returns the token of a link if it made one."""
    accounts = services.accounts
    if act == "role" and role in set(Role):
        accounts.set_role(account, Role(role), by=by)
    elif act in {"enable", "disable"}:
        accounts.set_enabled(account, enabled=act == "enable", by=by)
    elif act == "reset-totp":
        accounts.reset_totp(account, by=by)
    elif act == "new-password":
        return accounts.offer_new_password(account, by=by)
    else:
        raise UnknownAccountError
    return ""


async def _people_page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    lang: Lang,
    me: StaffSession,
    *,
    token: str = "",
    error: str = "",
) -> Page:
    known = await sync_to_thread(services.accounts.people)
    names = {account.id: account.name for account in known.accounts}
    said = words(lang)
    url = request.app.state.web.public_url
    page = PeoplePage(
        words=said,
        people=tuple(_person(account, me, lang) for account in known.accounts),
        roles=_roles(Role.STAFF, said),
        acts=tuple(act_of(event, names, lang) for event in known.events),
        single_person=known.single_person,
        link=f"{url}/console/set-up?token={token}" if token else "",
        error=error,
    )
    status = 400 if error else 200
    return show_in_console(request, services, "console/people.html", page, status=status)


def _person(account: Account, me: StaffSession, lang: Lang) -> Person:
    said = words(lang)
    return Person(
        act=f"/console/people/{account.id}",
        name=account.name,
        roles=_roles(account.role, said),
        role=said[f"role-{account.role}"],
        state=said["enabled" if account.enabled else "disabled"],
        enabled=account.enabled,
        factor=said[_factor(account)],
        has_totp=account.has_totp,
        has_password=account.has_password,
        last=_when(account.last_sign_in_at, lang),
        me=account.id == me.account.id,
    )


def _factor(account: Account) -> str:
    if account.identity is not None:
        return "factor-provider"
    return "factor-totp" if account.has_totp else "factor-none"


def _roles(chosen: Role, said: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=role, name=said[f"role-{role}"], chosen=role is chosen) for role in Role
    )


def _when(at: datetime | None, lang: Lang) -> str:
    return words(lang)["never"] if at is None else moment(at)
