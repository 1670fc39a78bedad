"""A child hands a decision over: a code on the child's page, taken on the guardian's own device."""

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter
from markupsafe import Markup

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.prompts import RELATIONS, prompt_by_id
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.exchange import VISITOR_COOKIE, exchange_of
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.doors.texts import moment
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.frames import prompt_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.qr import qr_svg
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.usecases.register_desk import Desk

PATH = "/centre/handover"
_LONGEST = 180
GivenRegister = NamedDependency[Desk]
GivenAddress = NamedDependency[str]
CodeQuery = Annotated[str, QueryParameter(name="code", pattern=r"^[A-Za-z0-9-]{0,60}$")]
PromptQuery = Annotated[str, QueryParameter(name="prompt", pattern=r"^[A-Za-z0-9:/-]{0,180}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """What the child shows to the guardian.

    Attributes:
        what: What is to be decided.
        qr: The address of the guardian's page as a QR code.
        code: The code in words.
        until: Until when it works.
        back: The way back to the prompt, which says whether it is decided.

    """

    what: str
    qr: Markup
    code: str
    until: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePage:
    """What the guardian sees before they take the code.

    Attributes:
        what: What is to be decided; empty if the address does not say.
        code: The code in the address, or empty.
        prompt: Id of the prompt, or empty.
        inside: Whether somebody has come in who may press the button.
        relations: Pairs of id and words to choose from.
        relation: The one chosen, or empty.
        error: What was missing in the form, or empty.

    """

    what: str
    code: str
    prompt: str
    inside: bool
    relations: tuple[tuple[str, str], ...]
    relation: str = ""
    error: str = ""


@post("/", guards=[requires(INDIVIDUAL)])
async def make_code(
    request: Asked, services: GivenServices, register_desk: GivenRegister, address: GivenAddress
) -> Page:
    """Make a code for the guardian, which replaces none: an older one works until it is used."""
    prompt = await field(request, "prompt", most=_LONGEST)
    return await sync_to_thread(_make, request, services, register_desk, address, prompt)


@get("/", guards=[requires(ANYONE)], sync_to_thread=True)
def handover(
    request: Asked, register_desk: GivenRegister, code: CodeQuery = "", prompt: PromptQuery = ""
) -> Page:
    """Show a guardian what they are asked, before the code is used."""
    page = _take_page(request, register_desk, code, prompt)
    return _shown(request, register_desk, "centre/handover.html", page)


@post("/take", guards=[requires(INDIVIDUAL)])
async def take(
    request: Asked, services: GivenServices, register_desk: GivenRegister
) -> Response[Any]:
    """Use the code up; from then on this browser acts for the child.

    Without a relation, or unless the rules for minors were read, the code is not used up.
    """
    names = ("code", "prompt", "relation", "rules")
    said = {name: await field(request, name, most=_LONGEST) for name in names}
    return await sync_to_thread(_take, request, services, register_desk, said)


ROUTES = (make_code, handover, take)


def handover_pages(desk: Desk, public_url: str) -> Router:
    """Return the routes of handing over.

    Args:
        desk: The register in force.
        public_url: Where the guardian's device finds this service.

    """

    def register_desk() -> Desk:
        return desk

    def address() -> str:
        return public_url

    return Router(
        path=PATH,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "address": Provide(address, sync_to_thread=False),
        },
    )


def _make(request: Asked, services: Services, desk: Desk, address: str, prompt: str) -> Page:
    exchange = exchange_of(request.scope)
    if exchange.visitor is None or services.handover is None:
        raise NotSignedInError
    what = _what(desk, prompt, exchange.lang)
    made = services.handover.hand_over(exchange.visitor, ConsentItemId(prompt))
    query = urlencode({"code": made.code, "prompt": prompt}, safe="/:")
    page = CodePage(
        what=what,
        qr=Markup(qr_svg(f"{address}{PATH}?{query}")),  # noqa: S704  made by us of our address
        code=made.code,
        until=moment(made.expires_at),
        back=f"/centre/prompts/{prompt}",
    )
    return _shown(request, desk, "centre/handover_code.html", page)


def _take(request: Asked, services: Services, desk: Desk, said: dict[str, str]) -> Response[Any]:
    exchange, prompt, relation = exchange_of(request.scope), said["prompt"], said["relation"]
    if exchange.visitor is None or services.handover is None or services.entry is None:
        raise NotSignedInError
    if prompt:
        _what(desk, prompt, exchange.lang)
    missing = "prompt.no-relation" if relation not in {one.id for one in RELATIONS} else ""
    missing = missing or ("" if said["rules"] == "yes" else "handover.no-rules")
    if missing:
        error = wording(exchange.lang)(missing)
        page = replace(
            _take_page(request, desk, said["code"], prompt), relation=relation, error=error
        )
        return _shown(request, desk, "centre/handover.html", page, status=400)
    entered = services.handover.take(said["code"], exchange.visitor, relation=relation)
    services.entry.leave(exchange.cookie(VISITOR_COOKIE))
    exchange.set_cookie(VISITOR_COOKIE, entered.token)
    return go(f"/centre/prompts/{quote(prompt, safe='/:')}" if prompt else "/centre/prompts")


def _what(desk: Desk, prompt: str, lang: Lang) -> str:
    """Return what a prompt asks; its id comes from an address, so it need not be one."""
    found = prompt_by_id(desk.served.register, desk.catalogue, prompt)
    if found.binding is None:
        raise NotFoundException
    return found.title.in_lang(lang)


def _take_page(request: Asked, desk: Desk, code: str, prompt: str) -> TakePage:
    exchange = exchange_of(request.scope)
    return TakePage(
        what=_what(desk, prompt, exchange.lang) if prompt else "",
        code=code,
        prompt=prompt,
        inside=exchange.visitor is not None and exchange.visitor.guardian is None,
        relations=tuple((one.id, one.words.in_lang(exchange.lang)) for one in RELATIONS),
    )


def _shown(request: Asked, desk: Desk, template: str, page: object, *, status: int = 200) -> Page:
    html = render(template, frame=prompt_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)
