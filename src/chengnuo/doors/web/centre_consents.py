"""我的同意: each consent with its text as it was shown; withdrawn in one step, undone in time.

Withdrawing asks nothing back: the consequence stands beside the button, and what cannot be taken
back waits until it cannot be undone (PIPL Arts. 15, 16, 47).
"""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.instant import to_us
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.http.evidence import person_of
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_asking import BY_OPERATOR, UNSAID
from chengnuo.doors.web.centre_consents_view import choice_words, consents_page, notice_page
from chengnuo.doors.web.centre_waiting import waiting_views
from chengnuo.doors.web.form_parts import field
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.consent.guardians import guardian_tag
from chengnuo.usecases.consent.refusals import NothingToWithdrawError, UndoNotPossibleError
from chengnuo.usecases.register_desk import Desk

SURFACE = "centre"
STEPS_TO_WITHDRAW = 1
_ITEM_LENGTH = 180
GivenRegister = NamedDependency[Desk]
GivenNow = NamedDependency[datetime]
RecordPath = Annotated[str, PathParameter(pattern=r"^(0|[1-9][0-9]{0,14})$")]
DoneQuery = Annotated[str, QueryParameter(name="done", pattern=r"^(0|[1-9][0-9]{0,14})?$")]


@get("/", sync_to_thread=True)
def consents(
    request: Asked,
    services: GivenServices,
    consent_desk: GivenRegister,
    now: GivenNow,
    done: DoneQuery = "",
) -> Page:
    """Show what the individual has chosen."""
    person = person_of(request)
    standing = services.consents.standing_of(person)
    just = [one for one in standing.values() if done and one.event.position == int(done)]
    exchange = exchange_of(request.scope)
    page = consents_page(
        choice_words(exchange.lang, consent_desk, exchange.visitor),
        standing,
        services.consents.renewals(person),
        now=max(to_us(now), services.consents.seen().at),
        done=just[0] if just else None,
    )
    waiting = waiting_views(services.consents, consent_desk, exchange.visitor, exchange.lang)
    page = replace(page, waiting=waiting)
    return _shown(request, consent_desk, "centre/consents.html", page)


@get("/{position:str}", sync_to_thread=True)
def notice(
    request: Asked, services: GivenServices, consent_desk: GivenRegister, position: RecordPath
) -> Page:
    """Show the text of one choice as it was."""
    entry = _own(services, person_of(request), int(position))
    if entry is None or not entry.notice:
        raise NotFoundException
    exchange = exchange_of(request.scope)
    page = notice_page(choice_words(exchange.lang, consent_desk, exchange.visitor), entry)
    return _shown(request, consent_desk, "centre/notice.html", page)


@post("/withdraw")
async def withdraw(request: Asked, services: GivenServices) -> Response[Any]:
    """Withdraw one consent; it is in force when the page comes back."""
    item = ConsentItemId(await field(request, "item", most=_ITEM_LENGTH))
    return await sync_to_thread(_withdraw, request, services, item)


@post("/undo")
async def undo(request: Asked, services: GivenServices) -> Response[Any]:
    """Undo one withdrawal of the last ten minutes."""
    position = await field(request, "position", most=15)
    return await sync_to_thread(_undo, request, services, position)


ROUTES = (consents, notice, withdraw, undo)


def consent_pages(desk: Desk, clock: Clock) -> Router:
    """Return the routes of 我的同意.

    Args:
        desk: The register in force and its versions.
        clock: Tells what can still be undone.

    """

    def consent_desk() -> Desk:
        return desk

    def now() -> datetime:
        return clock.now()  # called anew: Litestar copies what it is given to provide

    return Router(
        path="/centre/consents",
        route_handlers=ROUTES,
        guards=[requires(INDIVIDUAL)],
        include_in_schema=False,
        dependencies={
            "consent_desk": Provide(consent_desk, sync_to_thread=False),
            "now": Provide(now, sync_to_thread=False),
        },
    )


def _withdraw(request: Asked, services: Services, item: ConsentItemId) -> Response[Any]:
    person = person_of(request)
    try:
        position: int = services.consents.withdraw(
            person,
            item,
            surface=SURFACE,
            steps=STEPS_TO_WITHDRAW,
            guardian=_guardian(request, services),
            by=_by(request),
        ).position
    except NothingToWithdrawError:  # pressed twice, or in another tab: it is done
        last = services.consents.standing_of(person).get(item)
        if last is None or last.event.act is not Act.WITHDRAW:
            raise
        position = last.event.position
    return go(f"/centre/consents?done={position}")


def _undo(request: Asked, services: Services, position: str) -> Response[Any]:
    person = person_of(request)
    if not position.isdecimal():
        raise UndoNotPossibleError(-1)
    try:
        undone: int = services.consents.undo(
            person,
            int(position),
            surface=SURFACE,
            guardian=_guardian(request, services),
            by=_by(request),
        ).position
    except UndoNotPossibleError:  # likewise
        given = _undone_already(services, person, int(position))
        if given is None:
            raise
        undone = given
    return go(f"/centre/consents?done={undone}")


def _undone_already(services: Services, person: PersonKey, position: int) -> int | None:
    """Return where the consent after a withdrawal stands; None where it was not given again."""
    gone = _own(services, person, position)
    if gone is None or gone.event.act is not Act.WITHDRAW:
        return None
    last = services.consents.standing_of(person).get(gone.event.item)
    if last is None or last.event.act is not Act.GIVE or last.event.position <= position:
        return None
    return last.event.position


def _by(request: Asked) -> PersonKey | None:
    visitor = exchange_of(request.scope).visitor
    return None if visitor is None else visitor.guardian


def _guardian(request: Asked, services: Services) -> Guardian | None:
    """Return the guardian who has come in for a child, related as they stated."""
    visitor = exchange_of(request.scope).visitor
    if visitor is None or visitor.guardian is None:
        return None
    stated = GuardianDesk(services.consents).stated(visitor.person, visitor.guardian)
    return stated or Guardian(
        relation=UNSAID, method=BY_OPERATOR, who=guardian_tag(visitor.guardian)
    )


def _own(services: Services, person: PersonKey, position: int) -> Entry | None:
    history = services.consents.history(person)
    return next((one for one in history if one.event.position == position), None)


def _shown(request: Asked, desk: Desk, template: str, page: object) -> Page:
    html = render(template, frame=centre_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML)
