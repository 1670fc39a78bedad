"""The evidence log below `/v1/evidence`: its state in numbers, and an individual's own receipts."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt import Receipt, receipt_bytes
from chengnuo.doors.http.audience import INDIVIDUAL, ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.problems import documented
from chengnuo.doors.http.refusals import NotSignedInError
from chengnuo.ports.evidence_log import Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.guardians import about_another
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.receipts import Receipts

_MOST_AT_ONCE = 1_000
GivenEvidence = NamedDependency[EvidenceDesk]
GivenReceipts = NamedDependency[Receipts]
RecordPosition = Annotated[
    str,
    PathParameter(
        pattern=r"^(0|[1-9][0-9]{0,14})$", description="Position of the record in the log, from 0"
    ),
]


BeforePosition = Annotated[
    str,
    QueryParameter(
        name="before",
        pattern=r"^(0|[1-9][0-9]{0,14})?$",
        description="Position of one of the individual's own records: only those before it",
    ),
]
LimitQuery = Annotated[
    int, QueryParameter(name="limit", ge=1, le=_MOST_AT_ONCE, description="At most so many")
]


class StatusBody(msgspec.Struct, frozen=True, rename="camel"):
    """The state of the log, in numbers."""

    origin: str
    size: int
    published: int
    queued: int
    bytes: int
    checkpoint_at: str | None
    recovered: bool
    failed: bool
    kinds: dict[str, int]


class OwnRecordBody(msgspec.Struct, frozen=True, rename="camel"):
    """One record about the individual who asks; its payload stands in its receipt."""

    position: int
    at: str
    kind: str
    seq: int
    activity: str
    item: str
    recipient: str


@get(
    "/status",
    guards=[requires(*sorted(ROLES))],
    sync_to_thread=True,
    responses=documented(401, 403),
)
def status(evidence: GivenEvidence) -> StatusBody:
    """Return the state of the evidence log; numbers only, no record."""
    found = evidence.status()
    at = found.checkpoint_at
    return StatusBody(
        origin=found.origin,
        size=found.size,
        published=found.published,
        queued=found.queued,
        bytes=found.bytes,
        checkpoint_at=None if at is None else at.isoformat(),
        recovered=bool(found.recovered),
        failed=bool(found.failed),
        kinds=dict(found.kinds),
    )


@get("/receipts", guards=[requires(INDIVIDUAL)], sync_to_thread=True, responses=documented(401))
def own_records(
    request: Request[Any, Any, Any],
    evidence: GivenEvidence,
    before: BeforePosition = "",
    limit: LimitQuery = 100,
) -> list[OwnRecordBody]:
    """Return what the log has of the individual who asks, newest first, without payloads.

    So many of them; the next ones come with `before` set to the last position of these.
    """
    at = Position(int(before)) if before else None
    leaf = evidence.some_of_mine(person_of(request), limit=limit, before=at)
    return [_own(record) for record in leaf.records]


@get(
    "/receipts/{position:str}",
    guards=[requires(INDIVIDUAL)],
    sync_to_thread=True,
    responses=documented(401, 404, 409),
)
def own_receipt(
    request: Request[Any, Any, Any], receipts: GivenReceipts, position: RecordPosition
) -> Response[Any]:
    """Return the receipt of one record of the individual who asks, as JSON-LD."""
    receipt = receipt_for(request, receipts, Position(int(position)))
    return Response(receipt_bytes(receipt), media_type=MediaType.JSON)


def evidence_router(desk: EvidenceDesk, receipts: Receipts) -> Router:
    """Return the routes below `/v1/evidence`."""

    def evidence() -> EvidenceDesk:
        return desk

    def given_receipts() -> Receipts:
        return receipts

    return Router(
        path="/v1/evidence",
        route_handlers=[status, own_records, own_receipt],
        dependencies={
            "evidence": Provide(evidence, sync_to_thread=False),
            "receipts": Provide(given_receipts, sync_to_thread=False),
        },
        tags=["v1"],
    )


def receipt_for(request: Request[Any, Any, Any], receipts: Receipts, position: Position) -> Receipt:
    """Return the receipt of one's own record, or of a child's, without other guardians' words.

    Raises:
        NotSignedInError: Nobody has come in after all.
        NoSuchRecordError: There is none there that is about this individual.
        ReceiptErasedError: Its payload is erased.
        ReceiptOtherGuardianError: A guardian asks, and it says something of another guardian.

    """
    return receipts.own(person_of(request), position, kept_back=kept_back_from(request))


def kept_back_from(request: Request[Any, Any, Any]) -> Callable[[Kind, bytes], bool]:
    """Return what tells by kind and payload which records are not for whoever has come in."""
    visitor = exchange_of(request.scope).visitor
    return about_another(None if visitor is None else visitor.guardian)


def person_of(request: Request[Any, Any, Any]) -> PersonKey:
    """Return the individual that the route's audience has made sure of.

    Raises:
        NotSignedInError: There is none after all.

    """
    visitor = exchange_of(request.scope).visitor
    if visitor is None:
        raise NotSignedInError
    return visitor.person


def _own(record: Record) -> OwnRecordBody:
    leaf = record.leaf
    return OwnRecordBody(
        position=record.position,
        at=from_us(leaf.at).isoformat(),
        kind=leaf.kind,
        seq=leaf.seq,
        activity=leaf.activity,
        item=leaf.item,
        recipient=leaf.recipient,
    )
