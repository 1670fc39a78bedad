"""The console's pages of the evidence log: is all well, verify it, look through its records.

Everybody on the staff sees the state of the log and may have it verified. Records are for staff,
reviewer and auditor; an admin, who manages accounts, sees none. A payload is shown to the same
with a reason that is recorded first.
"""

from typing import Annotated

from litestar import MediaType, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.console_evidence_records import (
    Reading,
    record_page,
    records_page,
)
from chengnuo.doors.web.console_evidence_status import KeyPlace, evidence_page
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS, may_read
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.evidence_log import NoSuchRecordError, Opened, Position
from chengnuo.ports.log_verifier import VerifierReport
from chengnuo.ports.sessions import StaffSession
from chengnuo.usecases.evidence.desk import EvidenceDesk, NoReasonError
from chengnuo.usecases.register_desk import Desk

_ALL = requires(*sorted(ROLES))
_LONGEST_REASON = 1000
_PAGE_SIZE = 30
RecordPath = Annotated[str, PathParameter(pattern=r"^(0|[1-9][0-9]{0,14})$")]
KindQuery = Annotated[str, QueryParameter(pattern=r"^[a-z-]{0,40}$")]
BeforeQuery = Annotated[str, QueryParameter(pattern=r"^(0|[1-9][0-9]{0,14})?$")]
GivenRegister = NamedDependency[Desk]
GivenPlace = NamedDependency[KeyPlace]


@get("/", guards=[_ALL], sync_to_thread=True)
def evidence(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    key: GivenPlace,
    staff: GivenStaff,
) -> Page:
    """Show whether all is well with the log."""
    return _evidence(request, services.evidence, register_desk, key, signed_in(staff))


@post("/verify", guards=[_ALL], sync_to_thread=True)
def verify(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    key: GivenPlace,
    staff: GivenStaff,
) -> Page:
    """Run the separate verifier on the public log and show what it says."""
    me, desk = signed_in(staff), services.evidence
    try:
        report = desk.verify()
    except UnavailableError as error:
        text = error_text(error.code, exchange_of(request.scope).lang)
        return _evidence(request, desk, register_desk, key, me, error=text)
    return _evidence(request, desk, register_desk, key, me, report=report)


@get("/records", guards=[FOR_READERS], sync_to_thread=True)
def records(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    kind: KindQuery = "",
    before: BeforeQuery = "",
) -> Page:
    """Show records without their payloads, newest first."""
    if kind and kind not in set(Kind):
        raise NotFoundException
    wanted = Kind(kind) if kind else None
    at = Position(int(before)) if before else None
    browsed = services.evidence.browse(before=at, kind=wanted, count=_PAGE_SIZE)
    page = records_page(_words(request, register_desk), browsed, wanted, before=at)
    return _shown(request, register_desk, "console/evidence_records.html", page)


@get("/records/{position:str}", guards=[FOR_READERS], sync_to_thread=True)
def record(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    position: RecordPath,
) -> Page:
    """Show one record: its leaf, its proof, not its payload."""
    return _record(request, services.evidence, register_desk, int(position))


@post("/records/{position:str}/read", guards=[FOR_READERS])
async def read(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    staff: GivenStaff,
    position: RecordPath,
) -> Page:
    """Record who reads a payload and why, then show it."""
    reason = await field(request, "reason", most=_LONGEST_REASON)
    me, desk, at = signed_in(staff), services.evidence, int(position)
    return await sync_to_thread(_read, request, desk, register_desk, me, at, reason)


ROUTES = (evidence, verify, records, record, read)


def evidence_pages(desk: Desk, holder: KeyHolder) -> Router:
    """Return the routes of the console below `/console/evidence`.

    Args:
        desk: The register in force.
        holder: Who holds the key above the keys of individuals.

    """

    def register_desk() -> Desk:
        return desk

    place = KeyPlace(
        name=holder.place, in_data_folder=holder.in_data_folder, forgets=holder.forgets
    )

    def key() -> KeyPlace:
        return place

    return Router(
        path="/console/evidence",
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "key": Provide(key, sync_to_thread=False),
        },
    )


def _evidence(  # noqa: PLR0913  what the page is made from
    request: Asked,
    desk: EvidenceDesk,
    register_desk: Desk,
    key: KeyPlace,
    staff: StaffSession,
    *,
    report: VerifierReport | None = None,
    error: str = "",
) -> Page:
    page = evidence_page(
        _words(request, register_desk),
        desk.status(),
        key,
        vkeys=[str(one.vkey) for one in desk.log.keys().in_force],
        reads=may_read(staff.account.role),
        report=report,
        error=error,
    )
    return _shown(request, register_desk, "console/evidence.html", page)


def _read(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    desk: EvidenceDesk,
    register_desk: Desk,
    staff: StaffSession,
    position: int,
    reason: str,
) -> Page:
    try:
        opened = desk.read(Position(position), by=staff.account.id, reason=reason)
    except NoReasonError as error:
        text = error_text(error.code, exchange_of(request.scope).lang)
        return _record(request, desk, register_desk, position, reason=reason, error=text)
    return _record(request, desk, register_desk, position, opened=opened)


def _record(  # noqa: PLR0913  what the page is made from
    request: Asked,
    desk: EvidenceDesk,
    register_desk: Desk,
    position: int,
    *,
    opened: Opened | None = None,
    reason: str = "",
    error: str = "",
) -> Page:
    record = desk.record(Position(position))
    try:
        proof = desk.prover.inclusion([record.position], disclose=False)
    except NoSuchRecordError:
        proof = None  # no checkpoint reaches it yet; within a second one does
    reading = Reading(opened=opened, reason=reason, error=error)
    page = record_page(_words(request, register_desk), record, proof, reading)
    status = 400 if error else 200
    return _shown(request, register_desk, "console/evidence_record.html", page, status=status)


def _words(request: Asked, desk: Desk) -> RecordWords:
    lang = exchange_of(request.scope).lang
    served = desk.current()
    register = None if served is None else served.register
    return RecordWords(lang=lang, register=register, catalogue=desk.catalogue)


def _shown(request: Asked, desk: Desk, template: str, page: object, *, status: int = 200) -> Page:
    html = render(template, frame=console_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)
