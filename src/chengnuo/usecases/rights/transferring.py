"""The sending side of a transfer (PIPL Art. 45 para. 3; NDR Art. 25): check, sign, send, confirm.

The individual brings another handler's offer. The conditions are judged; a copy of what may be
moved is made; a manifest is signed; the parts go over encrypted to the key of the offer, piece by
piece, resumed after a stop. Done, and recorded, once the receiver has signed that it has it all.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from chengnuo.base.errors import ConflictError
from chengnuo.domain.evidence.dsse import payload_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import from_base64
from chengnuo.domain.rights.explaining import Explainer, Explanation
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.transfer_conditions import (
    ConditionJudged,
    TransferFacts,
    all_met,
    is_movable,
    judged,
)
from chengnuo.domain.rights.transfer_envelope import read_envelope
from chengnuo.domain.rights.transfer_messages import (
    MANIFEST,
    OFFER,
    RECEIPT,
    Manifest,
    Offer,
    Part,
    offer_bytes,
    read_manifest,
    read_offer,
    read_receipt,
    tree_of,
)
from chengnuo.law.ids import CategoryId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.transfers import (
    PIECE_BYTES,
    Outgoing,
    TransferBox,
    TransferExpiredError,
    TransferOutbox,
    TransferPeer,
    TransferPeerUnavailableError,
    TransferReceiptError,
    TransferUsedError,
)
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.rights.exporting import RightsExports
from chengnuo.usecases.rights.seen import FileSeen
from chengnuo.usecases.rights.transferring_in import Party

FORMATS = frozenset({"json"})
"""In which formats a transfer is given."""


class TransferNotAllowedError(ConflictError):
    """A condition of a transfer is not met; nothing was sent.

    Attributes:
        conditions: All conditions with their reasons.

    """

    code = "transfer-not-allowed"

    def __init__(self, conditions: tuple[ConditionJudged, ...]) -> None:
        lacking = ", ".join(one.condition for one in conditions if not one.met)
        super().__init__(f"conditions of a transfer are not met: {lacking}")
        self.conditions = conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the conditions are judged by besides offer and register.

    Attributes:
        proved: Whether the individual has proved who they are, for this request.
        before: How many transfers there were in the last twelve months.
        fee_agreed: Whether a fee was agreed with the individual.

    """

    proved: bool
    before: int
    fee_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """A transfer that the receiver has confirmed.

    Attributes:
        to: Name of the receiver, as its offer says.
        vkey: Its key.
        categories: What was moved.
        receipt: Envelope of its receipt.

    """

    to: str
    vkey: str
    categories: tuple[CategoryId, ...]
    receipt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSender:
    """Moves copies to other handlers.

    Attributes:
        exports: Where the copies are.
        outbox: Keeps how far each transfer is.
        box: Encrypts.
        peer: Reaches receivers.
        party: This handler.
        recorder: Records what was moved.

    """

    exports: RightsExports
    outbox: TransferOutbox
    box: TransferBox
    peer: TransferPeer
    party: Party
    recorder: Recorder

    def offer(self, text: str, at: datetime) -> Offer:
        """Return the offer of a text, to be shown before anything is sent.

        Raises:
            TransferOfferError: It is no offer.
            TransferMessageError: It has a wrong form.
            TransferSignatureError: It is not signed by the key that it names.
            TransferExpiredError: It is over.

        """
        offer = self._offer(offer_bytes(text))
        if at >= offer.expires:
            raise TransferExpiredError
        return offer

    def conditions(
        self, offer: Offer, plan: Plan, explainer: Explainer, asked: Asked, size: int = 0
    ) -> tuple[ConditionJudged, ...]:
        """Return every condition with whether it is met and why (NDR Art. 25).

        Args:
            offer: The offer.
            plan: The plan of the request.
            explainer: Explains the register it was made with.
            asked: What else they are judged by.
            size: Bytes of the copy; 0 before it is made.

        """
        facts = TransferFacts(
            proved=asked.proved,
            columns=columns_of(plan, explainer),
            formats=FORMATS,
            accepted=frozenset(offer.formats),
            bytes=size,
            most_bytes=offer.most_bytes,
            others_withheld=True,  # a copy holds nothing else, see `exporting`
            before=asked.before,
            fee_agreed=asked.fee_agreed,
        )
        return judged(facts)

    def send(  # noqa: PLR0913, PLR0917  what goes where for whom, and on which facts
        self,
        plan: Plan,
        text: str,
        files: Sequence[FileSeen],
        explainer: Explainer,
        person: PersonKey,
        at: datetime,
        *,
        asked: Asked,
        beat: Callable[[], None] = lambda: None,
    ) -> Transferred:
        """Move a copy that was made; goes on after a stop, and does nothing twice.

        Args:
            plan: The plan of the request.
            text: The offer, as the individual gave it.
            files: The files of the copy.
            explainer: Explains the register it was made with.
            person: Whom it concerns.
            at: Instant.
            asked: What the conditions are judged by.
            beat: Called between pieces; keeps a lease.

        Raises:
            TransferNotAllowedError: A condition is not met; nothing was sent.
            TransferOfferError: It is no offer; so the others of `offer`.
            TransferAddressError: Nothing is sent to the address of the offer.
            TransferPeerRefusedError: The receiver refused.
            TransferPeerUnavailableError: The receiver does not answer; call again.
            TransferReceiptError: The receiver confirms something else.
            TransferUsedError: Another copy was announced for this offer; it takes a new one.
            LogUnavailableError: It could not be recorded; call again.

        """
        categories = tuple(
            dict.fromkeys(
                one.category
                for one in columns_of(plan, explainer)
                if is_movable(one) and one.category is not None
            )
        )
        outgoing = self.outbox.find(plan.request.id)
        if outgoing is None:
            offer = self.offer(text, at)
            size = sum(file.size for file in files)
            conditions = self.conditions(offer, plan, explainer, asked, size)
            if not all_met(conditions):
                raise TransferNotAllowedError(conditions)
            outgoing = self._begun(plan.request.id, text, offer, files)
        offer = self._offer(outgoing.offer)
        if not outgoing.receipt:
            self._send_parts(offer, outgoing, files, at, beat)
            receipt = self.peer.receipt(offer)
            self._check(receipt, outgoing, offer)
            outgoing = replace(outgoing, receipt=receipt)
            self.outbox.save(outgoing)
        if not outgoing.recorded:
            self._record(offer, outgoing, person, categories)
            outgoing = replace(outgoing, recorded=True)
            self.outbox.save(outgoing)
        self.exports.destroy(plan.request.id)
        return Transferred(
            to=offer.name, vkey=offer.vkey, categories=categories, receipt=outgoing.receipt
        )

    def forget(self, request: str) -> None:
        """Destroy what is kept of a transfer, with its key; its evidence stays."""
        self.outbox.destroy(request)

    def _begun(self, request: str, text: str, offer: Offer, files: Sequence[FileSeen]) -> Outgoing:
        private, public = self.box.pair()
        manifest = Manifest(
            offer=offer.id,
            name=self.party.name,
            vkey=self.party.vkey,
            box=b64encode(public).decode("ascii"),
            parts=[
                Part(
                    name=file.name,
                    size=file.size,
                    header=b64encode(self.box.header()).decode("ascii"),
                )
                for file in files
            ],
        )
        subject = tuple((file.name, file.sha256) for file in files)
        outgoing = Outgoing(
            request=request,
            offer=offer_bytes(text),
            manifest=self.party.signed(payload_of(subject, MANIFEST, tree_of(manifest))),
            key=self.box.key(private, offer.box_key, offer=offer.id, sender=public),
        )
        self.outbox.save(outgoing)
        return outgoing

    def _send_parts(
        self,
        offer: Offer,
        outgoing: Outgoing,
        files: Sequence[FileSeen],
        at: datetime,
        beat: Callable[[], None],
    ) -> None:
        read = read_manifest(read_envelope(outgoing.manifest, MANIFEST))
        manifest = read.manifest
        if read.digests != tuple(file.sha256 for file in files):
            raise TransferUsedError  # a copy made anew is another one than was announced
        progress = self.peer.manifest(offer, outgoing.manifest)
        if len(progress) != len(manifest.parts):
            raise TransferPeerUnavailableError("it counts other parts")
        for file, part, there in zip(files, manifest.parts, progress, strict=True):
            stream = self.exports.file(outgoing.request, file.part, at)
            header = from_base64(part.header) or b""
            whole, start = self.box.sealed_size(part.size), there
            while start < whole:
                beat()
                stop = min(start + PIECE_BYTES, whole)
                data = self.box.piece(stream, outgoing.key, part.name, header, start, stop)
                now = self.peer.piece(offer, file.part, start, data)
                if now != stop:
                    raise TransferPeerUnavailableError("it did not take a piece wholly")
                start = now

    def _check(self, receipt: bytes, outgoing: Outgoing, offer: Offer) -> None:
        statement = read_envelope(receipt, RECEIPT)
        self.party.check(statement, offer.vkey)
        manifest = read_envelope(outgoing.manifest, MANIFEST)
        said = read_receipt(statement)
        if (said.offer, said.manifest, statement.subject) != (
            offer.id,
            manifest.digest,
            manifest.subject,
        ):
            raise TransferReceiptError

    def _record(
        self,
        offer: Offer,
        outgoing: Outgoing,
        person: PersonKey,
        categories: Sequence[CategoryId],
    ) -> None:
        receipt = sha256(outgoing.receipt).hexdigest()
        values = {
            "categories": list(categories),
            "purpose": f"PIPL-45 · {offer.name}"[:500],
            "method": f"transfer {offer.id} to {offer.vkey}; receipt {receipt}"[:500],
        }
        self.recorder.record(Kind.PROVISION, values, person=person)

    def _offer(self, written: bytes) -> Offer:
        statement = read_envelope(written, OFFER)
        offer = read_offer(statement)
        self.party.check(statement, offer.vkey)
        return offer


def columns_of(plan: Plan, explainer: Explainer) -> tuple[Explanation, ...]:
    """Return what is said of the columns that hold something personal, of all tables of a plan."""
    found: list[Explanation] = []
    for store in plan.stores:
        for table in dict.fromkeys(step.table for step in store.steps):
            columns = explainer.table(store.store, table).columns
            found += [one for one in columns if one.category is not None]
    return tuple(found)
