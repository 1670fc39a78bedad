"""What an individual sees of what they had moved here: their offers, and what came in for them.

A new offer takes the place of those for which nothing has come. Only so many transfers are kept for
one individual at a time, so that nobody fills the disk in another's name.
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.errors import ConflictError
from chengnuo.domain.rights.transfer_envelope import read_envelope
from chengnuo.domain.rights.transfer_messages import MANIFEST, RECEIPT, read_manifest, read_receipt
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_exports import ExportStream
from chengnuo.ports.transfers import Incoming, TransferUnknownError
from chengnuo.usecases.rights.seen import FileSeen
from chengnuo.usecases.rights.transferring_in import KEPT_FOR, TransferReceiver

MOST_KEPT = 5


class TransferInboxFullError(ConflictError):
    """So many transfers are kept for an individual already that no offer is made."""

    code = "transfer-inbox-full"

    def __init__(self) -> None:
        super().__init__(f"{MOST_KEPT} transfers are kept already; delete one of them first")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedSeen:
    """A transfer for which something has come.

    Attributes:
        offer: Id of the offer.
        sender: Name of the sending handler, as its manifest says.
        vkey: Key that signed the manifest.
        at: When all of it had been checked and confirmed; None before.
        files: The parts that the manifest names; each is kept until `expires`.
        receipt: Envelope of our receipt; empty before.

    """

    offer: str
    sender: str
    vkey: str
    at: datetime | None
    files: tuple[FileSeen, ...]
    receipt: bytes


def fresh_offer(receiver: TransferReceiver, person: PersonKey, at: datetime) -> str:
    """Make an offer in place of those for which nothing has come; return its text, shown once.

    Raises:
        TransferInboxFullError: As many transfers as are kept at a time are there.

    """
    own = _own(receiver, person)
    if sum(bool(one.manifest) for one in own) >= MOST_KEPT:
        raise TransferInboxFullError
    for one in own:
        if not one.manifest:
            receiver.destroy(one.offer, person)
    return receiver.offer(person, at)


def received_by(receiver: TransferReceiver, person: PersonKey) -> tuple[ReceivedSeen, ...]:
    """Return the transfers of an individual for which something has come, newest offer first."""
    own = sorted(_own(receiver, person), key=lambda one: one.expires, reverse=True)
    return tuple(seen_of(one) for one in own if one.manifest)


def received_file(
    receiver: TransferReceiver, offer: str, person: PersonKey, part: int
) -> ExportStream:
    """Return a part of what came in for an individual, to be read in ranges.

    Raises:
        TransferUnknownError: There is no such offer of theirs or no such part, or it is not
            confirmed.

    """
    parts = receiver.received(offer, person)
    if not 1 <= part <= len(parts):
        raise TransferUnknownError
    return parts[part - 1]


def receipt_of(receiver: TransferReceiver, offer: str, person: PersonKey) -> bytes:
    """Return the envelope of the receipt that was given for an offer of an individual.

    Raises:
        TransferUnknownError: There is no such offer of theirs, or it is not confirmed.

    """
    incoming = receiver.inbox.find(offer)
    if incoming is None or incoming.person != person or not incoming.receipt:
        raise TransferUnknownError
    return incoming.receipt


def seen_of(incoming: Incoming) -> ReceivedSeen:
    """Return what is shown of a transfer for which a manifest has come."""
    read = read_manifest(read_envelope(incoming.manifest, MANIFEST))
    confirmed = (
        read_receipt(read_envelope(incoming.receipt, RECEIPT)).received
        if incoming.receipt
        else None
    )
    return ReceivedSeen(
        offer=incoming.offer,
        sender=read.manifest.name,
        vkey=read.manifest.vkey,
        at=confirmed,
        files=tuple(
            FileSeen(
                part=number,
                name=part.name,
                size=part.size,
                sha256=digest,
                expires=incoming.expires + KEPT_FOR,
            )
            for number, (part, digest) in enumerate(
                zip(read.manifest.parts, read.digests, strict=True), 1
            )
        ),
        receipt=incoming.receipt,
    )


def _own(receiver: TransferReceiver, person: PersonKey) -> list[Incoming]:
    found = (receiver.inbox.find(offer) for offer in receiver.inbox.offers())
    return [one for one in found if one is not None and one.person == person]
