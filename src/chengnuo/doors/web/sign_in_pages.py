"""Signing in to the console: first set-up, password, code, identity provider, signing out."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import QueryParameter
from litestar.response import Redirect

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ANYONE, ROLES, SIGNING_IN, requires
from chengnuo.doors.http.exchange import FLOW_COOKIE, STAFF_COOKIE, exchange_of
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.doors.texts import words
from chengnuo.doors.web.first_page import first_page
from chengnuo.doors.web.form_parts import field, keep_session
from chengnuo.doors.web.given import GivenLang, GivenServices, GivenStaff
from chengnuo.doors.web.qr import qr_svg
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go, show
from chengnuo.ports.identity_provider import SignInRefusedByProviderError
from chengnuo.ports.sessions import StaffSession, Stage
from chengnuo.usecases.sign_in import OpenedSession

_FLOW_S = 600
PROVIDER_RETURN_PATH = "/console/sign-in/provider/back"
"""Where the identity provider sends browsers back to; registered there with our address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """The page that asks for name and password.

    Attributes:
        words: Its texts.
        error: What was wrong with the last try, or empty.
        name: Name typed in the last try.
        provider: Words on the button of the identity provider; empty if there is none.

    """

    words: dict[str, str]
    error: str = ""
    name: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotpPage:
    """The page that asks for a code, or sets the second factor up.

    Attributes:
        words: Its texts.
        enrols: Whether a second factor is being set up.
        seed: Seed to type, in groups of four; empty when only a code is asked for.
        qr: The seed as an SVG picture; empty when only a code is asked for.
        error: What was wrong with the last try, or empty.

    """

    words: dict[str, str]
    enrols: bool
    seed: str
    qr: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage:
    """The recovery codes, shown this once, and where to go on."""

    words: dict[str, str]
    codes: tuple[str, ...]
    following: str


def _sign_in_page(
    request: Asked, services: Services, lang: Lang, *, error: str = "", name: str = ""
) -> Page:
    label = request.app.state.web.oidc_label
    page = SignInPage(
        words=words(lang),
        error=error,
        name=name,
        provider=(label or words(lang)["provider"]) if services.provider else "",
    )
    return show(request, "console/sign_in.html", page, status=401 if error else 200)


@get("/console/sign-in", guards=[requires(ANYONE)], include_in_schema=False)
async def sign_in_form(
    request: Asked, services: GivenServices, lang: GivenLang, staff: GivenStaff
) -> Response[Any]:
    """Show the sign-in form, or go on if somebody is signed in already."""
    if staff is not None:
        return go("/console")
    return _sign_in_page(request, services, lang)


@post("/console/sign-in", guards=[requires(ANYONE)], include_in_schema=False)
async def sign_in(request: Asked, services: GivenServices, lang: GivenLang) -> Response[Any]:
    """Check name and password."""
    name = await field(request, "name")
    password = await field(request, "password")
    try:
        opened = await sync_to_thread(services.sign_in.with_password, name, password)
    except ChengnuoError as error:
        return _sign_in_page(request, services, lang, error=error_text(error.code, lang), name=name)
    return go(keep_session(request, opened))


@get("/console/sign-in/provider", guards=[requires(ANYONE)], include_in_schema=False)
async def provider_begin(request: Asked, services: GivenServices) -> Redirect:
    """Send the browser to the identity provider."""
    if services.provider is None:
        raise SignInRefusedByProviderError("none-set")
    started = await sync_to_thread(services.provider.begin)
    exchange_of(request.scope).set_cookie(FLOW_COOKIE, started.browser_token, max_age_s=_FLOW_S)
    return Redirect(started.url, status_code=303)


@get(PROVIDER_RETURN_PATH, guards=[requires(ANYONE)], include_in_schema=False)
async def provider_back(
    request: Asked,
    services: GivenServices,
    given_state: Annotated[str, QueryParameter(name="state", max_length=200)] = "",
    given_code: Annotated[str, QueryParameter(name="code", max_length=2000)] = "",
) -> Redirect:
    """Take the browser back from the identity provider."""
    exchange = exchange_of(request.scope)
    browser = exchange.cookie(FLOW_COOKIE)
    exchange.drop_cookie(FLOW_COOKIE)
    if services.provider is None:
        raise SignInRefusedByProviderError("none-set")

    def finish() -> OpenedSession:
        return services.provider.finish(  # type: ignore[union-attr]  # checked just above
            state=given_state, code=given_code, browser_token=browser
        )

    return go(keep_session(request, await sync_to_thread(finish)))


@get("/console/totp", guards=[requires(SIGNING_IN, *ROLES)], include_in_schema=False)
async def totp_form(request: Asked, services: GivenServices, lang: GivenLang) -> Response[Any]:
    """Ask for a code, or show the second factor to set up."""
    session = _unfinished(request)
    if session.row.stage is Stage.FULL and session.account.has_totp:
        return go("/console/account")
    return await _totp_page(request, services, lang, session)


@post("/console/totp", guards=[requires(SIGNING_IN, *ROLES)], include_in_schema=False)
async def totp(request: Asked, services: GivenServices, lang: GivenLang) -> Response[Any]:
    """Check a code, or enrol the second factor with its first code."""
    session = _unfinished(request)
    code = await field(request, "code", most=60)
    try:
        if session.row.stage is Stage.CODE:
            opened = await sync_to_thread(services.sign_in.with_code, session, code)
            return go(keep_session(request, opened))
        opened, codes = await sync_to_thread(services.sign_in.confirm_totp, session, code)
    except ChengnuoError as error:
        if error.code != "code-refused":
            raise
        text = error_text(error.code, lang)
        return await _totp_page(request, services, lang, session, error=text)
    keep_session(request, opened)
    exchange_of(request.scope).staff = opened.session
    following = await sync_to_thread(first_page, services)
    page = RecoveryPage(words=words(lang), codes=codes, following=following)
    return show(request, "console/recovery.html", page)


async def _totp_page(
    request: Asked, services: Services, lang: Lang, session: StaffSession, *, error: str = ""
) -> Page:
    enrols = session.row.stage is not Stage.CODE
    seed = qr = ""
    if enrols:
        offer = await sync_to_thread(services.sign_in.offer_totp, session)
        seed = " ".join(offer.seed[start : start + 4] for start in range(0, len(offer.seed), 4))
        qr = qr_svg(offer.uri)
    page = TotpPage(words=words(lang), enrols=enrols, seed=seed, qr=qr, error=error)
    return show(request, "console/totp.html", page, status=401 if error else 200)


def _unfinished(request: Asked) -> StaffSession:
    exchange = exchange_of(request.scope)
    session = exchange.signing_in or exchange.staff
    if session is None:
        raise NotSignedInError
    return session


@post("/console/sign-out", guards=[requires(SIGNING_IN, *ROLES)], include_in_schema=False)
async def sign_out(request: Asked, services: GivenServices) -> Redirect:
    """End this session."""
    await sync_to_thread(services.sign_in.sign_out, _unfinished(request))
    exchange_of(request.scope).drop_cookie(STAFF_COOKIE)
    return go("/console/sign-in")


ROUTES = (
    sign_in_form,
    sign_in,
    provider_begin,
    provider_back,
    totp_form,
    totp,
    sign_out,
)
