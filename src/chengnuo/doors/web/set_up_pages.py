"""The page behind a one-time link: the first admin, an invitation, a new password."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import QueryParameter

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.texts import words
from chengnuo.doors.web.first_page import first_page
from chengnuo.doors.web.form_parts import field, keep_session
from chengnuo.doors.web.given import GivenLang, GivenServices
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go, show
from chengnuo.ports.accounts import LinkKind, LinkRefusedError
from chengnuo.ports.sessions import Stage
from chengnuo.usecases.sign_in import OpenedSession

_TOKEN = Annotated[str, QueryParameter(name="token", max_length=100, required=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpPage:
    """The page behind a one-time link.

    Attributes:
        words: Its texts.
        token: Token of the link, sent back with the form.
        kind: What the link is for.
        role: The role it gives, in words.
        error: What was wrong with the last try, or empty.
        name: Name typed in the last try.
        asks_name: Whether a name is asked for.

    """

    words: dict[str, str]
    token: str
    kind: str
    role: str
    error: str
    name: str
    asks_name: bool


@get("/console/set-up", guards=[requires(ANYONE)], include_in_schema=False)
async def set_up_form(
    request: Asked, services: GivenServices, lang: GivenLang, link_token: _TOKEN = ""
) -> Page:
    """Show what a one-time link is for and ask for what it needs."""
    return await _set_up_page(request, services, lang, link_token)


@post("/console/set-up", guards=[requires(ANYONE)], include_in_schema=False)
async def set_up(request: Asked, services: GivenServices, lang: GivenLang) -> Response[Any]:
    """Use a one-time link: make the account or renew the password, then sign in."""
    token = await field(request, "token", most=100)
    name = await field(request, "name")
    password = await field(request, "password")
    if password != await field(request, "again"):
        again = words(lang)["passwords-differ"]
        return await _set_up_page(request, services, lang, token, error=again, name=name)

    def redeem() -> tuple[OpenedSession, str]:
        account = services.accounts.redeem(token, name=name, password=password)
        return services.sign_in.open(account), first_page(services)

    try:
        opened, first = await sync_to_thread(redeem)
    except LinkRefusedError:
        raise
    except ChengnuoError as error:
        text = error_text(error.code, lang)
        return await _set_up_page(request, services, lang, token, error=text, name=name)
    place = keep_session(request, opened)
    return go(first if opened.session.row.stage is Stage.FULL else place)


async def _set_up_page(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    lang: Lang,
    token: str,
    *,
    error: str = "",
    name: str = "",
) -> Page:
    link = await sync_to_thread(services.accounts.link, token)
    page = SetUpPage(
        words=words(lang),
        token=token,
        kind=link.kind,
        role=words(lang)[f"role-{link.role}"],
        error=error,
        name=name,
        asks_name=link.kind is not LinkKind.RENEWAL,
    )
    return show(request, "console/set_up.html", page, status=400 if error else 200)


ROUTES = (set_up_form, set_up)
