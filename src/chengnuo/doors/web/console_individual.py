"""One individual's record in the console: by account id, with a reason that is recorded first.

For staff, reviewer and auditor; an admin, who manages accounts, never sees it. The account id is
posted, so that it stands in no address and in no log of addresses.
"""

from dataclasses import dataclass

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide

from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_individual_view import IndividualPage, sections_of
from chengnuo.doors.web.console_rights_person_view import requests_of
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Section
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.consent.individual_record import IndividualDesk, MinorsAccessNeededError
from chengnuo.usecases.evidence.desk import NoReasonError
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk

_WHO_CLEARS = (Role.STAFF, Role.REVIEWER)
_CLEARERS = requires(*_WHO_CLEARS)
_LONGEST = 1000
_LONGEST_ACTIVITY = 60
_LONGEST_ACCOUNT = 200
GivenRegister = NamedDependency[Desk]
GivenIndividuals = NamedDependency[IndividualDesk]


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def individual(request: Asked, register_desk: GivenRegister) -> Page:
    """Ask whose record is wanted, and why."""
    return _shown(request, register_desk, IndividualPage())


@post("/", guards=[FOR_READERS])
async def read_individual(
    request: Asked,
    register_desk: GivenRegister,
    individuals: GivenIndividuals,
    services: GivenServices,
    staff: GivenStaff,
) -> Page:
    """Record who reads whose record and why, then show it."""
    account = (await field(request, "account", most=_LONGEST)).strip()
    reason = await field(request, "reason", most=_LONGEST)
    me = signed_in(staff).account
    sources = _Sources(desk=register_desk, individuals=individuals, rights=services.rights)
    return await sync_to_thread(_read, request, sources, me, account, reason)


@post("/labels", guards=[_CLEARERS])
async def labels_cleared(
    request: Asked, register_desk: GivenRegister, individuals: GivenIndividuals
) -> Page:
    """Record that the systems have cleared the labels of an activity."""
    account = (await field(request, "account", most=_LONGEST_ACCOUNT)).strip()
    activity = ActivityId(await field(request, "activity", most=_LONGEST_ACTIVITY))
    return await sync_to_thread(_clear, request, register_desk, individuals, account, activity)


ROUTES = (individual, read_individual, labels_cleared)


def individual_pages(desk: Desk, records: IndividualDesk) -> Router:
    """Return the routes of the console below `/console/individual`.

    Args:
        desk: The register in force.
        records: Opens records of individuals.

    """

    def register_desk() -> Desk:
        return desk

    def individuals() -> IndividualDesk:
        return records

    return Router(
        path="/console/individual",
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "individuals": Provide(individuals, sync_to_thread=False),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """From what somebody's page is made.

    Attributes:
        desk: The register in force.
        individuals: Opens records of individuals.
        rights: Their requests; None where there are none.

    """

    desk: Desk
    individuals: IndividualDesk
    rights: RightsDesk | None


def _read(request: Asked, sources: _Sources, me: Account, account: str, reason: str) -> Page:
    lang, desk, individuals = exchange_of(request.scope).lang, sources.desk, sources.individuals
    say = _words(lang, desk)
    if not 0 < len(account) <= _LONGEST_ACCOUNT:
        error = say.t("individual.account-wrong", n=_LONGEST_ACCOUNT)
        page = IndividualPage(account=account, reason=reason, error=error, field="account")
        return _shown(request, desk, page, status=400)
    try:
        found = individuals.read(account, by=me.id, reason=reason)
    except NoReasonError as refused:
        error = error_text(refused.code, lang)
        page = IndividualPage(account=account, reason=reason, error=error, field="reason")
        return _shown(request, desk, page, status=400)
    except MinorsAccessNeededError as refused:
        error = error_text(refused.code, lang)
        page = IndividualPage(account=account, reason=reason, error=error, field="account")
        return _shown(request, desk, page, status=403)
    if found is None:
        return _shown(request, desk, IndividualPage(account=account, unknown=True))
    now = to_us(individuals.clock.now())
    to_clear = tuple(
        (one.activity, say.activity(one.activity)) for one in found.labels if not one.done
    )
    page = IndividualPage(
        account=account,
        sections=(*sections_of(say, found, now=now), *_requests(sources, lang, account)),
        to_clear=to_clear if me.role in _WHO_CLEARS else (),
    )
    return _shown(request, desk, page)


def _requests(sources: _Sources, lang: Lang, account: str) -> tuple[Section, ...]:
    if sources.rights is None:
        return ()
    served = sources.desk.current()
    say = RightsWords(
        lang=lang,
        register=None if served is None else served.register,
        catalogue=sources.desk.catalogue,
    )
    return (requests_of(say, sources.rights.mine(sources.individuals.person(account))),)


def _clear(
    request: Asked, desk: Desk, individuals: IndividualDesk, account: str, activity: ActivityId
) -> Page:
    individuals.labels_cleared(account, activity)
    say = _words(exchange_of(request.scope).lang, desk)
    done = say.t("individual.cleared-recorded", what=say.activity(activity))
    return _shown(request, desk, IndividualPage(account=account, done=done))


def _words(lang: Lang, desk: Desk) -> ConsentWords:
    served = desk.current()
    register = None if served is None else served.register
    return ConsentWords(lang=lang, register=register, catalogue=desk.catalogue)


def _shown(request: Asked, desk: Desk, page: IndividualPage, *, status: int = 200) -> Page:
    frame = console_frame(request, desk.current())
    html = render("console/individual.html", frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)
