"""One individual's record in the console: by account id, telephone number or another name.

A reason is recorded first. What was searched for is kept nowhere: a number that is looked up
stands in no record, no address and no log.

For staff, reviewer and auditor; an admin, who manages accounts, never sees it. The account id is
posted, so that it stands in no address and in no log of addresses.
"""

from dataclasses import dataclass
from time import monotonic

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.limits import Allowance
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_individual_more import more_of
from chengnuo.doors.web.console_individual_search import Sought, account_sought, kinds_of
from chengnuo.doors.web.console_individual_view import IndividualPage, sections_of
from chengnuo.doors.web.console_rights_person_view import requests_of
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.page_parts import Section
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.consent.individual_record import IndividualDesk, MinorsAccessNeededError
from chengnuo.usecases.dossier.seen import Actor, Seen, sees_sort
from chengnuo.usecases.evidence.desk import NoReasonError
from chengnuo.usecases.register_desk import Desk

_WHO_CLEARS = (Role.STAFF, Role.REVIEWER)
_CLEARERS = requires(*_WHO_CLEARS)
_LONGEST = 1000
_LONGEST_ACTIVITY = 60
_LONGEST_ACCOUNT = 200
_A_MINUTE = 20
"""People that one account of staff may look up in a minute."""
GivenRegister = NamedDependency[Desk]
GivenIndividuals = NamedDependency[IndividualDesk]
GivenLookups = NamedDependency[Allowance]


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def individual(request: Asked, register_desk: GivenRegister, services: GivenServices) -> Page:
    """Ask whose record is wanted, and why."""
    page = IndividualPage(kinds=kinds_of(services, exchange_of(request.scope).lang))
    return _shown(request, register_desk, page)


@post("/", guards=[FOR_READERS])
async def read_individual(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    register_desk: GivenRegister,
    individuals: GivenIndividuals,
    services: GivenServices,
    staff: GivenStaff,
    lookups: GivenLookups,
) -> Page:
    """Record who reads whose record and why, then show it."""
    sought = Sought(
        kind=await field(request, "kind", most=_LONGEST_ACTIVITY),
        text=(await field(request, "account", most=_LONGEST)).strip(),
        reason=await field(request, "reason", most=_LONGEST),
    )
    me = signed_in(staff).account
    sources = _Sources(desk=register_desk, individuals=individuals, services=services)
    if not lookups.takes(me.id, monotonic()):
        return await sync_to_thread(_refused, request, sources, sought, "too-many-requests", 429)
    return await sync_to_thread(_read, request, sources, me, sought)


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

    allowance = Allowance(_A_MINUTE)

    def lookups() -> Allowance:
        return allowance

    return Router(
        path="/console/individual",
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "individuals": Provide(individuals, sync_to_thread=False),
            "lookups": Provide(lookups, sync_to_thread=False),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """From what somebody's page is made.

    Attributes:
        desk: The register in force.
        individuals: Opens records of individuals.
        services: Their requests, dossiers and records.

    """

    desk: Desk
    individuals: IndividualDesk
    services: Services


def _read(request: Asked, sources: _Sources, me: Account, sought: Sought) -> Page:
    desk, individuals = sources.desk, sources.individuals
    say = _words(exchange_of(request.scope).lang, desk)
    if not 0 < len(sought.text) <= _LONGEST_ACCOUNT:
        wrong = say.t("individual.account-wrong", n=_LONGEST_ACCOUNT)
        return _wrong(request, sources, sought, wrong)
    try:
        account = account_sought(sources.services, individuals.recorder, me, sought)
        found = individuals.read(account, by=me.id, reason=sought.reason)
    except NoReasonError as refused:
        return _wrong(request, sources, sought, error_text(refused.code, say.lang), at="reason")
    except MinorsAccessNeededError as refused:
        return _refused(request, sources, sought, refused.code, 403)
    except InvalidInputError as refused:
        return _wrong(request, sources, sought, error_text(refused.code, say.lang))
    if found is None:
        kinds = kinds_of(sources.services, say.lang)
        return _shown(request, desk, IndividualPage(kinds=kinds, kind=sought.kind, unknown=True))
    now = to_us(individuals.clock.now())
    to_clear = tuple(
        (one.activity, say.activity(one.activity)) for one in found.labels if not one.done
    )
    page = IndividualPage(
        account=account,
        sections=(
            *sections_of(say, found, now=now),
            *_requests(sources, say.lang, account),
            *_more(sources, say, me, account, found.used),
        ),
        to_clear=to_clear if me.role in _WHO_CLEARS else (),
    )
    return _shown(request, desk, page)


def _wrong(
    request: Asked, sources: _Sources, sought: Sought, error: str, *, at: str = "account"
) -> Page:
    page = IndividualPage(
        account=sought.text,
        reason=sought.reason,
        kind=sought.kind,
        kinds=kinds_of(sources.services, exchange_of(request.scope).lang),
        error=error,
        field=at,
    )
    return _shown(request, sources.desk, page, status=400)


def _refused(request: Asked, sources: _Sources, sought: Sought, code: str, status: int) -> Page:
    page = IndividualPage(
        account=sought.text,
        reason=sought.reason,
        kind=sought.kind,
        kinds=kinds_of(sources.services, exchange_of(request.scope).lang),
        error=error_text(code, exchange_of(request.scope).lang),
        field="account",
    )
    return _shown(request, sources.desk, page, status=status)


def _requests(sources: _Sources, lang: Lang, account: str) -> tuple[Section, ...]:
    rights, served = sources.services.rights, sources.desk.current()
    if rights is None:
        return ()
    say = RightsWords(
        lang=lang,
        register=None if served is None else served.register,
        catalogue=sources.desk.catalogue,
    )
    return (requests_of(say, rights.mine(sources.individuals.person(account))),)


def _more(
    sources: _Sources, say: ConsentWords, me: Account, account: str, used: Used
) -> tuple[Section, ...]:
    person, desk = sources.individuals.person(account), sources.services.dossiers
    dossiers: tuple[Seen, ...] = ()
    if desk is not None:
        names = sources.individuals.consents.names_of(person)
        actor = Actor(id=me.id, party=Party(me.role.value), names=frozenset(names))
        sorts = [one.id for one in desk.sorts.values() if sees_sort(one, actor.party)]
        dossiers = desk.of(actor, sorts)
    records = sources.services.evidence.mine(person)
    return tuple(more_of(say, used, dossiers, records))


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
