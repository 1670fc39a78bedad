"""个性化与广告: every switch on one page, with labels to clear and consents for one use.

What is shown is read back from where it is kept.

Turning off takes one step, and nothing turns on by itself (PIPL Art. 24 para. 2; 26-6). What the
browser says for its user stands beside the switches that it concerns.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Lang
from chengnuo.domain.consent.setting import SWITCH, Setting
from chengnuo.domain.register.governance import Switch
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.domain.register.model import Register
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.evidence import person_of
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_consents_view import ChoiceWords, choice_words
from chengnuo.doors.web.centre_paper_pages import chosen_app
from chengnuo.doors.web.centre_switches_more import (
    LabelView,
    OnceView,
    label_views,
    once_views,
    seen_now,
)
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.gpc import says_gpc, signal_turns_off
from chengnuo.doors.web.page_parts import Empty, Fact, Status, StatusKind, Words, said
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.wording import wording
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.register_desk import Desk

SURFACE = "centre"
_ID_LENGTH = 60
GivenRegister = NamedDependency[Desk]
GivenNow = NamedDependency[datetime]
LabelsQuery = Annotated[str, QueryParameter(name="labels", pattern=r"^[a-z0-9-]{0,60}$")]
DoneQuery = Annotated[str, QueryParameter(name="done", pattern=r"^[a-z0-9-]{0,60}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchView:
    """One switch as it stands.

    Attributes:
        id: Its id.
        name: Its label.
        status: On, off, or off by the browser's word.
        facts: What changes when it is off, since when it stands so, its receipt.
        to: `on` or `off`: what pressing the button makes of it.
        act: Words on the button.
        act_what: The same with the name, for whoever hears the page.

    """

    id: str
    name: str
    status: Status
    facts: tuple[Fact, ...]
    to: str
    act: str
    act_what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchesPage:
    """The page 个性化与广告.

    Attributes:
        saved: What was just set, as it was read back; or empty.
        gpc: What the browser says.
        gpc_on: Whether it says no.
        switches: The switches of the app.
        empty: What to say where there is none.
        labels: Activities that use labels.
        once: Consents for one use.

    """

    saved: str
    gpc: str
    gpc_on: bool
    switches: tuple[SwitchView, ...]
    empty: Empty
    labels: tuple[LabelView, ...] = ()
    once: tuple[OnceView, ...] = ()


@get("/", sync_to_thread=True)
def switches(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: GivenServices,
    switch_desk: GivenRegister,
    now: GivenNow,
    done: DoneQuery = "",
    labels: LabelsQuery = "",
) -> Page:
    """Show every switch of the app from which the individual came in."""
    exchange, person = exchange_of(request.scope), person_of(request)
    register = switch_desk.served.register
    app = chosen_app(register, "", exchange.visitor)
    stands = Standing(services, person, max(to_us(now), services.consents.seen().at))
    page = switches_page(register, app.app, exchange.lang, stands, gpc=says_gpc(request), done=done)
    page = _with_more(
        page, services, person, choice_words(exchange.lang, switch_desk), app.app, now
    )
    if labels:
        page = replace(page, saved=_labels_saved(page, exchange.lang, labels))
    html = render(
        "centre/switches.html", frame=centre_frame(request, switch_desk.current()), page=page
    )
    return Response(html, media_type=MediaType.HTML)


@post("/")
async def set_switch(
    request: Asked, services: GivenServices, switch_desk: GivenRegister
) -> Response[Any]:
    """Set one switch; the page that follows reads it back."""
    switch = SwitchId(await field(request, "switch", most=_ID_LENGTH))
    on = await field(request, "to", most=3) == "on"
    return await sync_to_thread(_set, request, services, switch_desk, switch, on)


@post("/labels")
async def clear_labels(
    request: Asked, services: GivenServices, switch_desk: GivenRegister
) -> Response[Any]:
    """Ask for the labels of one activity to be cleared; the page that follows reads it back."""
    activity = ActivityId(await field(request, "activity", most=_ID_LENGTH))
    return await sync_to_thread(_clear, request, services, switch_desk, activity)


ROUTES = (switches, set_switch, clear_labels)


def switch_pages(desk: Desk, clock: Clock) -> Router:
    """Return the routes of 个性化与广告.

    Args:
        desk: The register in force.
        clock: Tells as of when the switches are read.

    """

    def switch_desk() -> Desk:
        return desk

    def now() -> datetime:
        return clock.now()  # called anew: Litestar copies what it is given to provide

    return Router(
        path="/centre/switches",
        route_handlers=ROUTES,
        guards=[requires(INDIVIDUAL)],
        include_in_schema=False,
        dependencies={
            "switch_desk": Provide(switch_desk, sync_to_thread=False),
            "now": Provide(now, sync_to_thread=False),
        },
    )


class Standing:
    """The switches of one individual as they are kept now."""

    def __init__(self, services: Services, person: PersonKey, now: int) -> None:
        """Read them."""
        self._on = services.consents.state_of(person, now).switches
        self._acts = services.consents.settings(person)

    def is_on(self, switch: Switch) -> bool:
        """Tell whether a switch is on: as set, else as it starts."""
        return self._on.get(switch.switch, switch.default_on)

    def act(self, switch: Switch) -> Setting | None:
        """Return the act that made it so; None if it was never set."""
        on = self._on.get(switch.switch)
        what = f"{SWITCH}{switch.switch}"
        return next((one for one in self._acts if one.what == what and one.allows == on), None)


def switches_page(  # noqa: PLR0913  what one page shows
    register: Register, app: AppId, lang: Lang, stands: Standing, *, gpc: bool, done: str
) -> SwitchesPage:
    """Return the page.

    Args:
        register: The register in force.
        app: App whose switches are shown.
        lang: Language of the page.
        stands: How the switches stand.
        gpc: Whether the browser says no for its user.
        done: Id of the switch that was just set, or empty.

    """
    t = wording(lang)
    shown = [one for one in register.switches if one.app == app]
    saved = ""
    just = next((one for one in shown if one.switch == done), None)
    act = None if just is None else stands.act(just)
    if just is not None and act is not None:
        state = t(f"centre.switches.{'on' if stands.is_on(just) else 'off'}")
        name = just.name.in_lang(lang)
        saved = t("centre.switches.saved", what=name, state=state, at=moment(from_us(act.at)))
    return SwitchesPage(
        saved=saved,
        gpc=t("gpc.refused" if gpc else "gpc.none"),
        gpc_on=gpc,
        switches=tuple(_view(one, register, lang, stands, gpc=gpc) for one in shown),
        empty=Empty(name=t("centre.switches.none"), text=t("centre.switches.none-text")),
    )


def _with_more(  # noqa: PLR0913, PLR0917  what the page is made from
    page: SwitchesPage,
    services: Services,
    person: PersonKey,
    say: ChoiceWords,
    app: AppId,
    now: datetime,
) -> SwitchesPage:
    consents = services.consents
    at = max(to_us(now), consents.seen().at)
    return replace(
        page,
        labels=label_views(say, app, consents.label_requests(person)),
        once=once_views(say, consents.history(person), now=at),
    )


def _labels_saved(page: SwitchesPage, lang: Lang, activity: str) -> str:
    found = next((one for one in page.labels if one.activity == activity), None)
    if found is None:
        return ""
    return wording(lang)("centre.switches.labels-saved", what=found.name, state=found.status.word)


def _view(
    switch: Switch, register: Register, lang: Lang, stands: Standing, *, gpc: bool
) -> SwitchView:
    t = wording(lang)
    on, act, name = stands.is_on(switch), stands.act(switch), switch.name.in_lang(lang)
    state = t(f"centre.switches.{'on' if on else 'off'}")
    facts = [
        Fact(name=t("centre.switches.when-off"), value=said(switch.effect.in_lang(lang))),
        Fact(
            name=t("centre.switches.since"),
            value=said(t("centre.switches.default", state=state))
            if act is None
            else said(moment(from_us(act.at))),
        ),
    ]
    if act is not None:
        link = Words(
            text=t("centre.consents.receipt-link"), href=f"/centre/receipts/{act.position}"
        )
        facts.append(Fact(name=t("centre.switches.receipt"), value=(link,)))
    facts += seen_now(switch, register, lang, on=on)
    asks = [
        one
        for one in register.activities
        if one.automated is not None
        and one.automated.off_switch == switch.switch
        and one.basis.value == "consent"
    ]
    if asks:
        links = tuple(
            Words(text=one.purpose.in_lang(lang), href=f"/centre/prompts/{one.activity}")
            for one in asks
        )
        text = Words(text=t("centre.switches.consent-text"))
        facts.append(Fact(name=t("centre.switches.consent"), value=(text, *links)))
    turn = "turn-off" if on else "turn-on"
    return SwitchView(
        id=switch.switch,
        name=name,
        status=_status(switch, lang, on=on, gpc=gpc),
        facts=tuple(facts),
        to="off" if on else "on",
        act=t(f"centre.switches.{turn}"),
        act_what=t(f"centre.switches.{turn}-what", what=name),
    )


def _status(switch: Switch, lang: Lang, *, on: bool, gpc: bool) -> Status:
    t = wording(lang)
    if on and gpc and signal_turns_off(switch):
        return Status(kind=StatusKind.NOTE, word=t("gpc.word"))
    if on:
        return Status(kind=StatusKind.FINE, word=t("centre.switches.on"))
    return Status(kind=StatusKind.NONE, word=t("centre.switches.off"))


def _set(
    request: Asked,
    services: Services,
    desk: Desk,
    switch: SwitchId,
    on: bool,  # noqa: FBT001
) -> Response[Any]:
    app = chosen_app(desk.served.register, "", exchange_of(request.scope).visitor)
    services.consents.set_switch(person_of(request), switch, on=on, surface=SURFACE, app=app.app)
    return go(f"/centre/switches?done={switch}")


def _clear(request: Asked, services: Services, desk: Desk, activity: ActivityId) -> Response[Any]:
    app = chosen_app(desk.served.register, "", exchange_of(request.scope).visitor)
    services.consents.clear_labels(person_of(request), activity, app=app.app)
    return go(f"/centre/switches?labels={activity}#labels")
