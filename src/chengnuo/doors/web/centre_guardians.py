"""监护人: what waits for one, who is one, and saying that somebody is one no longer.

A child and each guardian see the relation as it was stated; of another guardian a guardian sees
only that there is one. Whoever of them says that a relation is over ends what was given under it.
"""

from dataclasses import dataclass
from typing import Any

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.guardians import Speaker
from chengnuo.domain.register.consent_items import ConsentItemId, MatterKind
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_consents_view import ChoiceWords, choice_words
from chengnuo.doors.web.centre_waiting import WaitingView, waiting_views
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.law.age import AgeBand
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.consent.guardian_desk import GuardianDesk, KnownGuardian
from chengnuo.usecases.consent.guardians import guardian_tag
from chengnuo.usecases.consent.refusals import NoGuardianRelationError
from chengnuo.usecases.register_desk import Desk

PATH = "/centre/guardians"
_ITEM_LENGTH = 250
_SAID_ON_PAGE = "said-in-centre"
GivenRegister = NamedDependency[Desk]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianView:
    """A guardian as whoever looks may see them.

    Attributes:
        number: Names them in the form; says nothing of who they are.
        name: How related, that it is oneself, or that it is another.
        status: Whether the relation stands.
        lines: Since when, how made sure of, who has ended it; none of another guardian.
        may_end: Whether it can be ended here.

    """

    number: str
    name: str
    status: Status
    lines: tuple[str, ...]
    may_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardiansPage:
    """The page.

    Attributes:
        lead: What it is, for a child, a guardian, or somebody who decides alone.
        waiting: What waits for a guardian.
        guardians: Each guardian.
        hand_over: Id of an item with which a guardian can be let in, or empty.
        asks: Whether any of this concerns whoever looks.

    """

    lead: str
    waiting: tuple[WaitingView, ...]
    guardians: tuple[GuardianView, ...]
    hand_over: str
    asks: bool


@get("/", sync_to_thread=True)
def guardians(request: Asked, services: GivenServices, guardian_desk: GivenRegister) -> Page:
    """Show what waits for a guardian and who is one."""
    exchange = exchange_of(request.scope)
    visitor = _inside(exchange.visitor)
    page = _page(request, services, guardian_desk, visitor)
    html = render(
        "centre/guardians.html", frame=centre_frame(request, guardian_desk.current()), page=page
    )
    return Response(html, media_type=MediaType.HTML)


@post("/unask")
async def unask(request: Asked, services: GivenServices) -> Response[Any]:
    """Take back what the child has asked a guardian for; a code shown for it works no more."""
    item = ConsentItemId(await field(request, "item", most=_ITEM_LENGTH))
    visitor = _inside(exchange_of(request.scope).visitor)
    desk = GuardianDesk(services.consents)
    await sync_to_thread(desk.withdraw_asking, visitor.person, item)
    return go(PATH)


@post("/end")
async def end(request: Asked, services: GivenServices) -> Response[Any]:
    """Say that somebody is a guardian no longer; what was given as one ends with it."""
    number = await field(request, "guardian", most=20)
    visitor = _inside(exchange_of(request.scope).visitor)
    return await sync_to_thread(_end, services, visitor, number)


ROUTES = (guardians, unask, end)


def guardian_pages(desk: Desk) -> Router:
    """Return the routes of 监护人."""

    def guardian_desk() -> Desk:
        return desk

    return Router(
        path=PATH,
        route_handlers=ROUTES,
        guards=[requires(INDIVIDUAL)],
        include_in_schema=False,
        dependencies={"guardian_desk": Provide(guardian_desk, sync_to_thread=False)},
    )


def _inside(visitor: Visitor | None) -> Visitor:
    if visitor is None:
        raise NotSignedInError
    return visitor


def _end(services: Services, visitor: Visitor, number: str) -> Response[Any]:
    desk = GuardianDesk(services.consents)
    found = next(
        (one for one in desk.guardians(visitor.person) if str(one.relation.stated) == number), None
    )
    if found is None:
        raise NoGuardianRelationError
    tag = found.relation.tag
    desk.end_known(visitor.person, tag, _speaker(visitor, tag), reason=_SAID_ON_PAGE)
    return go(PATH)


def _speaker(visitor: Visitor, tag: str) -> Speaker:
    """Return as whom a visitor speaks of a guardian."""
    if visitor.guardian is None:
        return Speaker.CHILD
    return Speaker.GUARDIAN if guardian_tag(visitor.guardian) == tag else Speaker.OTHER


def _lines(say: ChoiceWords, one: KnownGuardian) -> tuple[str, ...]:
    """Return since when, how made sure of, who ended it; for the child and for that guardian."""
    lines = []
    if one.relation.since:
        lines.append(say.t("guardians.since", when=moment(from_us(one.relation.since))))
    if one.words is not None and one.relation.stands:
        lines.append(say.t("guardians.method", how=say.known("method", one.words.method)))
    return (
        *lines,
        *(say.t(f"guardians.ended-by-{each}") for each in sorted(one.relation.ended_by)),
    )


def _page(request: Asked, services: Services, desk: Desk, visitor: Visitor) -> GuardiansPage:
    lang = exchange_of(request.scope).lang
    say = choice_words(lang, desk)
    known = GuardianDesk(services.consents).guardians(visitor.person)
    state = services.consents.state_of(visitor.person, services.consents.seen().at)
    is_child = state.individual.age is AgeBand.UNDER_14
    who = "none"
    if is_child or known:
        who = "child" if visitor.guardian is None else "guardian"
    items = [
        one.id
        for one in services.consents.book().item_by_id.values()
        if one.kind is MatterKind.MINORS
    ]
    lets_in = is_child and visitor.guardian is None and bool(items)

    def view(one: KnownGuardian) -> GuardianView:
        speaker = _speaker(visitor, one.relation.tag)
        stands = one.relation.stands
        if speaker is Speaker.OTHER or one.words is None:
            name = say.t("guardians.another")
        else:
            name = say.known("relation", one.words.relation)
            if speaker is Speaker.GUARDIAN:
                name = say.t("guardians.oneself", relation=name)
        return GuardianView(
            number=str(one.relation.stated),
            name=name,
            status=Status(
                kind=StatusKind.FINE if stands else StatusKind.NONE,
                word=say.t("guardians.stands" if stands else "guardians.ended"),
            ),
            lines=() if speaker is Speaker.OTHER else _lines(say, one),
            may_end=stands,
        )

    return GuardiansPage(
        lead=say.t(f"guardians.lead-{who}"),
        waiting=waiting_views(services.consents, desk, visitor, lang),
        guardians=tuple(map(view, known)),
        hand_over=items[0] if lets_in else "",
        asks=who != "none",
    )
