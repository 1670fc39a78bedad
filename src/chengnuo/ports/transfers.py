"""Moving information to another handler: what each side keeps, and how they reach each other.

The receiver keeps offers and what came in for them; the sender keeps how far each transfer is. Both
are durable at every step, so that a stop on either side goes on where it was.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.base.errors import ConflictError, IntegrityError, InvalidInputError, UnavailableError
from chengnuo.domain.rights.transfer_messages import Offer
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_exports import ExportStream

PIECE_BYTES = 1 << 20
"""The largest piece that is sent at once."""


class TransferUnknownError(InvalidInputError):
    """There is no such offer, or the code is not its code."""

    code = "transfer-unknown"

    def __init__(self) -> None:
        super().__init__("there is no offer with this id and code")


class TransferExpiredError(ConflictError):
    """An offer is over; the individual asks the receiver for a new one."""

    code = "transfer-expired"

    def __init__(self) -> None:
        super().__init__("the offer has expired; ask the receiving handler for a new one")


class TransferUsedError(ConflictError):
    """An offer counts once, and something else was sent for it before."""

    code = "transfer-used"

    def __init__(self) -> None:
        super().__init__("something else was sent for this offer before; it counts once")


class TransferTooLargeError(InvalidInputError):
    """More is sent than the receiver takes, or than the manifest says."""

    code = "transfer-too-large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"at most {most_bytes} bytes are taken here")
        self.most_bytes = most_bytes


class TransferPieceError(ConflictError):
    """A piece does not follow what is there; the sender asks how far it is and goes on there."""

    code = "transfer-piece"

    def __init__(self, expected: int) -> None:
        super().__init__(f"expected the piece at byte {expected}")
        self.expected = expected


class TransferIncompleteError(ConflictError):
    """A receipt is asked for before all is there."""

    code = "transfer-incomplete"

    def __init__(self, part: int) -> None:
        super().__init__(f"part {part} is not wholly there")
        self.part = part


class TransferBrokenError(ConflictError):
    """What came in does not open, or is not what the manifest says; it was thrown away."""

    code = "transfer-broken"

    def __init__(self, part: int) -> None:
        super().__init__(f"part {part} is not what the manifest says; send it again")
        self.part = part


class TransferAddressError(InvalidInputError):
    """An offer names an address to which nothing is sent."""

    code = "transfer-address"

    def __init__(self) -> None:
        super().__init__("the offer's address is not https, or leads into a network of our own")


class TransferPeerRefusedError(ConflictError):
    """The receiver refused; `said` is the code that it gave."""

    code = "transfer-peer-refused"

    def __init__(self, said: str) -> None:
        super().__init__(f"the receiving handler refused: `{said}`")
        self.said = said


class TransferPeerUnavailableError(UnavailableError):
    """The receiver does not answer; what it has it keeps, the transfer goes on later."""

    code = "transfer-peer-unavailable"

    def __init__(self, what: str) -> None:
        super().__init__(f"the receiving handler cannot be reached: {what}")
        self.what = what


class TransferReceiptError(IntegrityError):
    """The receiver's receipt is not about what was sent."""

    code = "transfer-receipt"

    def __init__(self) -> None:
        super().__init__("the receipt is not for what was sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An offer as the receiver keeps it.

    Attributes:
        offer: Its id.
        person: For whom it was made.
        code: Digest of its code.
        box: Private X25519 key.
        expires: Until when something can be sent.
        most_bytes: How much is taken.
        manifest: Envelope of the manifest; empty before there is one.
        receipt: Envelope of the receipt; empty before there is one.
        recorded: Whether the evidence of it is durable.

    """

    offer: str
    person: PersonKey
    code: str
    box: bytes
    expires: datetime
    most_bytes: int
    manifest: bytes = b""
    receipt: bytes = b""
    recorded: bool = False


class TransferInbox(Protocol):
    """What a receiver keeps."""

    def locked(self, offer: str) -> AbstractContextManager[None]:
        """Keep other threads and processes from working on one offer."""
        ...

    def save(self, incoming: Incoming) -> None:
        """Keep an offer; durable on return."""
        ...

    def find(self, offer: str) -> Incoming | None:
        """Return an offer; None where there is none."""
        ...

    def received(self, offer: str, part: int) -> int:
        """Return how many bytes of a part are durably there."""
        ...

    def add(self, offer: str, part: int, data: bytes) -> int:
        """Add a piece to a part; durable on return. Returns how many bytes there are now."""
        ...

    def drop(self, offer: str, part: int) -> None:
        """Throw a part away."""
        ...

    def open(self, offer: str, part: int, key: bytes, name: str, sha256: str) -> ExportStream:
        """Return a part, decrypted as it is read.

        Raises:
            ExportBrokenError: It does not open with the key.

        """
        ...

    def offers(self) -> tuple[str, ...]:
        """Return the ids of all offers."""
        ...

    def destroy(self, offer: str) -> None:
        """Destroy an offer and all that came in for it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A transfer as the sender keeps it.

    Attributes:
        request: Id of the request.
        offer: Envelope of the offer.
        manifest: Envelope of our manifest.
        key: Key of the content.
        receipt: Envelope of the receipt; empty before there is one.
        recorded: Whether the evidence of it is durable.

    """

    request: str
    offer: bytes
    manifest: bytes
    key: bytes
    receipt: bytes = b""
    recorded: bool = False


class TransferOutbox(Protocol):
    """What a sender keeps."""

    def save(self, outgoing: Outgoing) -> None:
        """Keep how far a transfer is; durable on return."""
        ...

    def find(self, request: str) -> Outgoing | None:
        """Return a transfer; None where there is none."""
        ...

    def destroy(self, request: str) -> None:
        """Destroy it with its key."""
        ...


class TransferBox(Protocol):
    """Encrypts from one handler to another: X25519, HKDF-SHA256, and a sealed stream."""

    def pair(self) -> tuple[bytes, bytes]:
        """Return a new private key and its public key."""
        ...

    def key(self, private: bytes, public: bytes, *, offer: str, sender: bytes) -> bytes:
        """Return the key of the content of one transfer, the same on both sides.

        Args:
            private: Own private key.
            public: The other side's public key.
            offer: Id of the offer.
            sender: The sender's public key.

        Raises:
            TransferMessageError: The public key is one with which nothing can be agreed.

        """
        ...

    def header(self) -> bytes:
        """Return the header of a new sealed stream."""
        ...

    def sealed_size(self, size: int) -> int:
        """Return how long the sealed stream of so many bytes is."""
        ...

    def piece(  # noqa: PLR0913, PLR0917  which bytes of which file under which key
        self, stream: ExportStream, key: bytes, name: str, header: bytes, start: int, stop: int
    ) -> bytes:
        """Return a range of the sealed stream of a file."""
        ...


class TransferPeer(Protocol):
    """The receiver, as the sender reaches it."""

    def manifest(self, offer: Offer, envelope: bytes) -> tuple[int, ...]:
        """Send the manifest; return how many bytes of each part the receiver has.

        Raises:
            TransferAddressError: Nothing is sent to this address.
            TransferPeerRefusedError: It refused.
            TransferPeerUnavailableError: It does not answer.

        """
        ...

    def piece(self, offer: Offer, part: int, start: int, data: bytes) -> int:
        """Send a piece; return how many bytes of the part the receiver has. Raises the same."""
        ...

    def receipt(self, offer: Offer) -> bytes:
        """Ask for the receipt; return its envelope. Raises the same."""
        ...
