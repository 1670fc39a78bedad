"""The receiving side of a transfer (PIPL Art. 45 para. 3): offer, take in, check, confirm.

An individual who is signed in asks for an offer and carries it to the other handler, which needs no
account here: the offer's code, which counts once, is what lets it send. What comes in is kept as it
comes, encrypted by the sender, and is confirmed only after every byte was opened and every digest
was found to be that of the signed manifest. The confirmation is recorded before it is given.
"""

import hmac
from base64 import b32encode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from chengnuo.domain.evidence.dsse import Statement, envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import VKey, from_base64
from chengnuo.domain.rights.export_contents import Format
from chengnuo.domain.rights.transfer_envelope import (
    TransferMessageError,
    hold_to,
    read_envelope,
)
from chengnuo.domain.rights.transfer_messages import (
    MANIFEST,
    OFFER,
    RECEIPT,
    ManifestRead,
    Offer,
    Receipt,
    offer_text,
    read_manifest,
    tree_of,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_exports import ExportBrokenError, ExportStream
from chengnuo.ports.secrets import Signer, Tokens
from chengnuo.ports.transfers import (
    PIECE_BYTES,
    Incoming,
    TransferBox,
    TransferBrokenError,
    TransferExpiredError,
    TransferInbox,
    TransferIncompleteError,
    TransferPieceError,
    TransferTooLargeError,
    TransferUnknownError,
    TransferUsedError,
)
from chengnuo.usecases.evidence.recording import Recorder

OFFERED_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=7)
MOST_BYTES = 1 << 30
_ID_BYTES = 13
_ID_LETTERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """This handler, as it signs.

    Attributes:
        name: Name that people know.
        key_name: Name of its key, without spaces and `+`; its host name as a rule.
        signer: Signs.

    """

    name: str
    key_name: str
    signer: Signer

    @property
    def vkey(self) -> str:
        """Its public key, as notes write it."""
        return str(VKey(name=self.key_name, public_key=self.signer.public_key))

    def signed(self, payload: bytes) -> bytes:
        """Return the envelope of a payload, signed."""
        signature = self.signer.sign(signed_bytes(payload))
        return envelope(payload, vkey=self.vkey, signature=signature)

    def check(self, statement: Statement, vkey: str) -> None:
        """Hold a statement to the key of somebody else.

        Raises:
            TransferSignatureError: It is not signed by it.

        """

        def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
            return self.signer.is_signature(signature, message, public_key=public_key)

        hold_to(statement, vkey, verify)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReceiver:
    """Takes in what another handler moves here.

    Attributes:
        inbox: Keeps offers and what came in.
        box: Opens what came in.
        party: This handler.
        address: Base address at which this service is reached.
        tokens: Makes ids and codes.
        recorder: Records what was received.
        most_bytes: How much one transfer may be.

    """

    inbox: TransferInbox
    box: TransferBox
    party: Party
    address: str
    tokens: Tokens
    recorder: Recorder
    most_bytes: int = MOST_BYTES

    def offer(self, person: PersonKey, at: datetime) -> str:
        """Make an offer and return its text, for the individual to carry; shown once."""
        private, public = self.box.pair()
        code = self.tokens.fresh()
        drawn = b32encode(self.tokens.random_bytes(_ID_BYTES)).decode("ascii").lower()
        offer = Offer(
            id=f"to-{drawn[:_ID_LETTERS]}",
            address=self.address,
            name=self.party.name,
            vkey=self.party.vkey,
            box=b64encode(public).decode("ascii"),
            code=code.plain,
            expires=at + OFFERED_FOR,
            most_bytes=self.most_bytes,
            formats=[Format.JSON.value],
        )
        self.inbox.save(
            Incoming(
                offer=offer.id,
                person=person,
                code=code.hashed,
                box=private,
                expires=offer.expires,
                most_bytes=self.most_bytes,
            )
        )
        return offer_text(self.party.signed(payload_of((), OFFER, tree_of(offer))))

    def manifest(self, offer: str, code: str, written: bytes, at: datetime) -> tuple[int, ...]:
        """Take a manifest; the same one may come again. Returns the bytes of each part.

        Raises:
            TransferUnknownError: There is no such offer, or the code is another.
            TransferExpiredError: It is over.
            TransferUsedError: Another manifest came before.
            TransferMessageError: It has a wrong form.
            TransferSignatureError: It is not signed by the key that it names.
            TransferTooLargeError: It is more than is taken.

        """
        with self._found(offer, code) as incoming:
            if incoming.manifest and incoming.manifest != written:
                raise TransferUsedError
            if at >= incoming.expires and not incoming.receipt:
                raise TransferExpiredError
            statement = read_envelope(written, MANIFEST)
            read = read_manifest(statement)
            self.party.check(statement, read.manifest.vkey)
            if read.manifest.offer != offer:
                raise TransferMessageError("it is for another offer")
            if any(from_base64(part.header) is None for part in read.manifest.parts):
                raise TransferMessageError("a header is not in base64")
            if sum(part.size for part in read.manifest.parts) > incoming.most_bytes:
                raise TransferTooLargeError(incoming.most_bytes)
            if not incoming.manifest:
                self.inbox.save(replace(incoming, manifest=written))
            return self._progress(offer, read)

    def piece(  # noqa: PLR0913, PLR0917  which bytes of which part of which offer
        self, offer: str, code: str, part: int, start: int, data: bytes, at: datetime
    ) -> tuple[int, ...]:
        """Take a piece; durable on return. Returns the bytes of each part.

        Raises:
            TransferUnknownError: There is no such offer or part, or the code is another.
            TransferExpiredError: It is over.
            TransferUsedError: All was received before.
            TransferPieceError: It does not follow what is there.
            TransferTooLargeError: It is too large, or more than the manifest says.

        """
        with self._found(offer, code) as incoming:
            if incoming.receipt:
                raise TransferUsedError
            if at >= incoming.expires:
                raise TransferExpiredError
            read = _manifest_of(incoming)
            if not 1 <= part <= len(read.manifest.parts):
                raise TransferUnknownError
            if len(data) > PIECE_BYTES:
                raise TransferTooLargeError(PIECE_BYTES)
            whole = self.box.sealed_size(read.manifest.parts[part - 1].size)
            there = self.inbox.received(offer, part)
            if there > whole:  # cannot be; what is there is not to be built on
                self.inbox.drop(offer, part)
                there = 0
            if start != there:
                raise TransferPieceError(there)
            if there + len(data) > whole:
                raise TransferTooLargeError(whole)
            self.inbox.add(offer, part, data)
            return self._progress(offer, read)

    def receipt(self, offer: str, code: str, at: datetime) -> bytes:
        """Check all that came in, record it, return the signed receipt; the same when asked again.

        Raises:
            TransferUnknownError: There is no such offer, or the code is another.
            TransferExpiredError: It is over.
            TransferIncompleteError: Not all is there.
            TransferBrokenError: A part is not what the manifest says; it was thrown away.
            LogUnavailableError: It could not be recorded; ask again.

        """
        with self._found(offer, code) as incoming:
            if incoming.receipt:
                return incoming.receipt
            if at >= incoming.expires:
                raise TransferExpiredError
            read = _manifest_of(incoming)
            for number, got in enumerate(self._progress(offer, read), 1):
                if got != self.box.sealed_size(read.manifest.parts[number - 1].size):
                    raise TransferIncompleteError(number)
            self._check(incoming, read)
            statement = read_envelope(incoming.manifest, MANIFEST)
            said = Receipt(
                offer=offer, manifest=statement.digest, vkey=self.party.vkey, received=at
            )
            written = self.party.signed(payload_of(statement.subject, RECEIPT, tree_of(said)))
            reason = f"from {read.manifest.vkey}; receipt {sha256(written).hexdigest()}"
            values = {
                "request": offer,
                "right": "transfer",
                "state": "received",
                "reason": reason[:500],
            }
            self.recorder.record(Kind.REQUEST_STATE, values, person=incoming.person)
            self.inbox.save(replace(incoming, receipt=written, recorded=True))
            return written

    def received(self, offer: str, person: PersonKey) -> tuple[ExportStream, ...]:
        """Return what came in for an individual's offer, once it is confirmed.

        Raises:
            TransferUnknownError: There is no such offer of theirs, or it is not confirmed.

        """
        incoming = self.inbox.find(offer)
        if incoming is None or incoming.person != person or not incoming.receipt:
            raise TransferUnknownError
        read = _manifest_of(incoming)
        return tuple(
            self._part(incoming, read, number) for number in range(1, len(read.digests) + 1)
        )

    def destroy(self, offer: str, person: PersonKey) -> None:
        """Destroy an offer of an individual with all that came in for it.

        Raises:
            TransferUnknownError: There is no such offer of theirs.

        """
        incoming = self.inbox.find(offer)
        if incoming is None or incoming.person != person:
            raise TransferUnknownError
        self.inbox.destroy(offer)

    def expire(self, at: datetime) -> int:
        """Destroy offers that are over, and what came in a week after; return how many."""
        over = 0
        for offer in self.inbox.offers():
            incoming = self.inbox.find(offer)
            kept = timedelta() if incoming is None or not incoming.receipt else KEPT_FOR
            if incoming is None or at >= incoming.expires + kept:
                self.inbox.destroy(offer)
                over += 1
        return over

    @contextmanager
    def _found(self, offer: str, code: str) -> Iterator[Incoming]:
        with self.inbox.locked(offer):
            incoming = self.inbox.find(offer)
            known = "" if incoming is None else incoming.code
            if incoming is None or not hmac.compare_digest(self.tokens.hashed(code), known):
                raise TransferUnknownError
            yield incoming

    def _progress(self, offer: str, read: ManifestRead) -> tuple[int, ...]:
        count = len(read.manifest.parts)
        return tuple(self.inbox.received(offer, number) for number in range(1, count + 1))

    def _check(self, incoming: Incoming, read: ManifestRead) -> None:
        """Open every part and hold it to its digest; one that fails is thrown away."""
        for number, part in enumerate(read.manifest.parts, 1):
            digest, size = sha256(), 0
            try:
                stream = self._part(incoming, read, number)
                for piece in stream.read(0, stream.size):
                    digest.update(piece)
                    size += len(piece)
            except ExportBrokenError as error:
                self.inbox.drop(incoming.offer, number)
                raise TransferBrokenError(number) from error
            if (size, digest.hexdigest()) != (part.size, read.digests[number - 1]):
                self.inbox.drop(incoming.offer, number)
                raise TransferBrokenError(number)

    def _part(self, incoming: Incoming, read: ManifestRead, number: int) -> ExportStream:
        sender = read.manifest.box_key
        key = self.box.key(incoming.box, sender, offer=incoming.offer, sender=sender)
        name, digest = read.manifest.parts[number - 1].name, read.digests[number - 1]
        return self.inbox.open(incoming.offer, number, key, name, digest)


def _manifest_of(incoming: Incoming) -> ManifestRead:
    if not incoming.manifest:
        raise TransferIncompleteError(1)
    return read_manifest(read_envelope(incoming.manifest, MANIFEST))
