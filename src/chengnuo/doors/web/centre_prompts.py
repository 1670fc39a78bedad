"""Prompts as pages, for an app to show in a WebView: the same words as on native screens.

A page works without a script. With one it is a modal dialog; closing that, by the Escape key or
the back gesture, is a no. After a no nothing else is asked: the next page says so and ends there.
The answer also stands in the address of that page, where the app can read it.
"""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.digest import Digest
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.prompt import Prompt, Says
from chengnuo.domain.disclosure.prompts import FIRST_RUN, first_run_prompt
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.doors.web.centre_asking import UNSAID, Asker, asks
from chengnuo.doors.web.centre_paper_pages import AppQuery, chosen_app
from chengnuo.doors.web.centre_prompt_after import Answered, activity_page, answered_page
from chengnuo.doors.web.centre_prompt_shown import BY_APP, note_shown
from chengnuo.doors.web.centre_prompt_view import Form, Place, PromptPage, SettledPage, prompt_page
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.frames import centre_frame, prompt_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.gpc import says_gpc
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.ports.clock import Clock
from chengnuo.usecases.consent.acts import BY_INDIVIDUAL, Shown
from chengnuo.usecases.register_desk import Desk

SURFACE = "centre"
_ITEM_LENGTH = 180
GivenRegister = NamedDependency[Desk]
GivenNow = NamedDependency[datetime]
ActivityPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,60}$")]
MatterPath = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9:-]{1,120}$")]
UnaskedQuery = Annotated[str, QueryParameter(name="unasked", pattern=r"^(yes)?$")]
AnswerQuery = Annotated[str, QueryParameter(name="answer", pattern=r"^(give|refuse)$")]
PromptQuery = Annotated[str, QueryParameter(name="prompt", pattern=r"^[A-Za-z0-9:/-]{1,180}$")]
RecordQuery = Annotated[str, QueryParameter(name="record", pattern=r"^(0|[1-9][0-9]{0,14})?$")]


class PromptFormError(InvalidInputError):
    """A form that answers a prompt lacks what the page put into it."""

    code = "prompt-form"

    def __init__(self, name: str) -> None:
        super().__init__(f"field `{name}` of the prompt's form is not what the page put there")
        self.name = name


@get("/first-run", guards=[requires(ANYONE)], sync_to_thread=True)
def first_run(
    request: Asked, prompt_desk: GivenRegister, services: GivenServices, wanted: AppQuery = ""
) -> Page:
    """Show what is asked when the app is first opened."""
    served = prompt_desk.current()
    if served is None:
        return _empty(request)
    app = chosen_app(served.register, wanted, exchange_of(request.scope).visitor)
    declared = Declared(register=served.register, catalogue=prompt_desk.catalogue, app_id=app.app)
    return _asked(request, prompt_desk, services, first_run_prompt(declared))


@get("/answered", guards=[requires(ANYONE)], sync_to_thread=True)
def answered(  # noqa: PLR0913, PLR0917  what the address says
    request: Asked,
    prompt_desk: GivenRegister,
    services: GivenServices,
    now: GivenNow,
    answer: AnswerQuery,
    prompt: PromptQuery,
    record: RecordQuery = "",
) -> Page:
    """Show what was answered and what it means; the app reads the answer from the address."""
    asker = _asker(request, prompt_desk, services, now)
    activity = asker.register.activity_by_id.get(ActivityId(prompt.partition("/")[0]))
    if activity is None and prompt != FIRST_RUN:
        raise NotFoundException
    page = answered_page(asker, activity, Answered(prompt=prompt, says=Says(answer), record=record))
    return _settled(request, prompt_desk, page)


@get("/{activity:str}", guards=[requires(ANYONE)], sync_to_thread=True)
def of_activity(
    request: Asked,
    prompt_desk: GivenRegister,
    services: GivenServices,
    now: GivenNow,
    activity: ActivityPath,
) -> Page:
    """Show what an activity asks for, each matter with the way to its prompt."""
    asker = _asker(request, prompt_desk, services, now)
    row = asker.register.activity_by_id.get(ActivityId(activity))
    if row is None:
        raise NotFoundException
    html = render(
        "centre/prompt_list.html",
        frame=centre_frame(request, prompt_desk.current()),
        page=activity_page(asker, row),
    )
    return Response(html, media_type=MediaType.HTML)


@get("/{activity:str}/{matter:str}", guards=[requires(ANYONE)], sync_to_thread=True)
def one(  # noqa: PLR0913, PLR0917  what the address says
    request: Asked,
    prompt_desk: GivenRegister,
    services: GivenServices,
    now: GivenNow,
    activity: ActivityPath,
    matter: MatterPath,
    unasked: UnaskedQuery = "",
) -> Page:
    """Show the prompt of one consent item, or of one moment."""
    asker = _asker(request, prompt_desk, services, now)
    shown = asker.shown(f"{activity}/{matter}", unasked=bool(unasked))
    if isinstance(shown, SettledPage):
        return _settled(request, prompt_desk, shown)
    if unasked:
        note_shown(asker, services, shown, surface=SURFACE)
    by = BY_APP if unasked else BY_INDIVIDUAL
    return _asked(request, prompt_desk, services, shown, at=now, by=by)


@post("/{activity:str}/{matter:str}", guards=[requires(INDIVIDUAL)])
async def answer(  # noqa: PLR0913, PLR0917  what the address says
    request: Asked,
    prompt_desk: GivenRegister,
    services: GivenServices,
    now: GivenNow,
    activity: ActivityPath,
    matter: MatterPath,
) -> Response[Any]:
    """Record the answer; a yes without its box, or a guardian's without a relation, is none."""
    names = ("answer", "box", "relation", "prompt", "asked_at", "lang", "notice", "fingerprint")
    said = {name: await field(request, name, most=_ITEM_LENGTH) for name in names}
    wanted = f"{activity}/{matter}"
    return await sync_to_thread(_record, request, prompt_desk, services, now, wanted, said)


ROUTES = (first_run, answered, of_activity, one, answer)


def prompt_pages(desk: Desk, clock: Clock) -> Router:
    """Return the routes of the prompts.

    Args:
        desk: The register in force.
        clock: Tells when a prompt was shown.

    """

    def prompt_desk() -> Desk:
        return desk

    def now() -> datetime:
        return clock.now()  # called anew: Litestar copies what it is given to provide

    return Router(
        path="/centre/prompts",
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "prompt_desk": Provide(prompt_desk, sync_to_thread=False),
            "now": Provide(now, sync_to_thread=False),
        },
    )


def _record(  # noqa: PLR0913, PLR0917  what came, and with what in hand
    request: Asked,
    desk: Desk,
    services: Services,
    now: datetime,
    wanted: str,
    said: dict[str, str],
) -> Response[Any]:
    asker = _asker(request, desk, services, now)
    visitor = asker.visitor
    if visitor is None:
        raise NotSignedInError
    shown = asker.shown(wanted, unasked=False)
    if isinstance(shown, SettledPage):
        return _settled(request, desk, shown)  # e.g. answered in another window
    if said["answer"] not in set(Says) or shown.binding is None:
        raise PromptFormError("answer")
    says = Says(said["answer"])
    missing = _missing(shown, says, said)
    if missing:
        by = BY_APP if said["prompt"].startswith(BY_APP) else BY_INDIVIDUAL
        return _asked(request, desk, services, shown, at=now, error=missing, by=by)
    is_yes = says is Says.YES
    recorded = services.consents.answer(
        visitor.person,
        shown.binding.item,
        Act.GIVE if is_yes else Act.REFUSE,
        Shown(
            app=AppId(visitor.app),  # the one that their token was for
            notice=Digest(said["notice"]),
            fingerprint=Digest(said["fingerprint"]),
            lang=_lang(said["lang"]),
            surface=SURFACE,
            steps=shown.steps if is_yes else 1,
            prompt=said["prompt"],
            asked_at=_instant(said["asked_at"]),
        ),
        guardian=asker.guardian(visitor, said["relation"] or UNSAID),
        by=visitor.guardian,
    )
    return go(
        f"/centre/prompts/answered?answer={says}&prompt={quote(wanted, safe='/')}"
        f"&record={recorded.position}"
    )


def _missing(prompt: Prompt, says: Says, said: dict[str, str]) -> str:
    """Return the key of what a yes lacks; empty if it is whole, or is a no."""
    if says is Says.NO:
        return ""
    if prompt.relations and said["relation"] not in {one.id for one in prompt.relations}:
        return "prompt.no-relation"
    if prompt.box is not None and said["box"] != "yes":
        return "prompt.no-box"
    return ""


def _asked(  # noqa: PLR0913  what is shown, and with what in hand
    request: Asked,
    desk: Desk,
    services: Services,
    prompt: Prompt,
    *,
    at: datetime | None = None,
    error: str = "",
    by: str = BY_INDIVIDUAL,
) -> Page:
    exchange = exchange_of(request.scope)
    t, served = wording(exchange.lang), desk.served
    page = prompt_page(
        prompt,
        exchange.lang,
        asks(prompt, served.register),
        _form(request, services, prompt, at, error=t(error) if error else "", by=by),
    )
    return _page(request, desk, "centre/prompt.html", page, status=422 if error else 200)


def _form(  # noqa: PLR0913  what the form is made from
    request: Asked, services: Services, prompt: Prompt, at: datetime | None, *, error: str, by: str
) -> Form:
    exchange, binding = exchange_of(request.scope), prompt.binding
    if binding is None or at is None:
        named = (("prompt", prompt.id),)
        return Form(place=Place.PASSED_ON, action="/centre/prompts/answered", hidden=named)
    action = f"/centre/prompts/{prompt.id}"
    if exchange.visitor is None:
        return Form(place=Place.NOWHERE, action=action, hidden=())
    hidden = (
        ("prompt", f"{by}{services.tokens.fresh().plain}"),
        ("asked_at", at.isoformat()),
        ("lang", exchange.lang.value),
        ("notice", binding.notice(exchange.lang)),
        ("fingerprint", binding.fingerprint),
    )
    return Form(place=Place.RECORDED, action=action, hidden=hidden, error=error)


def _settled(request: Asked, desk: Desk, page: SettledPage) -> Page:
    return _page(request, desk, "centre/prompt_settled.html", page)


def _page(
    request: Asked,
    desk: Desk,
    template: str,
    page: PromptPage | SettledPage,
    *,
    status: int = 200,
) -> Page:
    html = render(template, frame=prompt_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)


def _empty(request: Asked) -> Page:
    html = render("centre/empty.html", frame=centre_frame(request, None))
    return Response(html, media_type=MediaType.HTML)


def _asker(request: Asked, desk: Desk, services: Services, now: datetime) -> Asker:
    exchange = exchange_of(request.scope)
    return Asker(
        consents=services.consents,
        register=desk.served.register,
        catalogue=desk.catalogue,
        now=now,
        visitor=exchange.visitor,
        lang=exchange.lang,
        gpc=says_gpc(request),
    )


def _lang(word: str) -> Lang:
    if word not in set(Lang):
        raise PromptFormError("lang")
    return Lang(word)


def _instant(word: str) -> datetime:
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        raise PromptFormError("asked_at") from None
