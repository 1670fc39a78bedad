"""Those outside who say that they saw the log: witnesses, and authorities that stamp the time.

A witness keeps the newest checkpoint it saw of a log and cosigns a new one only if the old one is
its beginning. A time-stamping authority says that some bytes existed at an instant (RFC 3161).
Neither sees a record. Both may be away: the log goes on without them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chengnuo.base.errors import IntegrityError, InvalidInputError, UnavailableError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.note import Signature, VKey

ConsistencyProof = Callable[[int, int], Sequence[bytes]]
"""Returns the proof that the tree of the second size extends that of the first."""


class PlainAddressError(InvalidInputError):
    """Something outside was to be spoken to over plain http."""

    code = "address-not-https"

    def __init__(self, name: str) -> None:
        super().__init__(f"the address of `{name}` is not https; http is for this machine only")
        self.name = name


class WitnessUnavailableError(UnavailableError):
    """A witness does not answer, or not within the limits."""

    code = "witness-unavailable"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"witness `{name}` gives no cosignature: {what}")
        self.name = name
        self.what = what


class WitnessRefusedError(InvalidInputError):
    """A witness does not know the log or its key, or takes the request for wrong."""

    code = "witness-refused"

    def __init__(self, name: str, status: int, what: str) -> None:
        super().__init__(f"witness `{name}` refuses with status {status}: {what}")
        self.name = name
        self.status = status


class WitnessSawAnotherError(IntegrityError):
    """A witness has cosigned something of this log that this log does not extend."""

    code = "witness-saw-another"

    def __init__(self, name: str, size: int, what: str) -> None:
        super().__init__(f"witness `{name}` holds checkpoint {size} against this one: {what}")
        self.name = name
        self.size = size


class WitnessAnswerError(IntegrityError):
    """A witness answers with something that is not its cosignature of the checkpoint."""

    code = "witness-answer-wrong"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"the answer of witness `{name}` is not taken: {what}")
        self.name = name
        self.what = what


class WitnessKeyMissingError(UnavailableError):
    """This installation has cosigned other logs, and the key that it did so with is not here."""

    code = "witness-key-missing"

    def __init__(self, file: str) -> None:
        super().__init__(
            f"`keys/{file}` is missing, and this log's key as a witness is in use; bring that file"
            " from the data folder of the host that cosigned"
        )
        self.file = file


class Witness(Protocol):
    """Cosigns checkpoints of the log."""

    @property
    def vkey(self) -> VKey:
        """The key that its cosignatures are held to."""
        ...

    def cosign(
        self, signed: SignedCheckpoint, old_size: int, proof: ConsistencyProof
    ) -> tuple[Signature, ...]:
        """Return the witness's signature lines for a checkpoint; each of them fits.

        Args:
            signed: The checkpoint.
            old_size: What the witness is thought to have cosigned last; 0 for nothing. If it
                names another size, it is asked once more with that one.
            proof: Gives the proof of consistency for a pair of sizes.

        Raises:
            WitnessUnavailableError: It does not answer well now.
            WitnessRefusedError: It does not know the log or its key.
            WitnessSawAnotherError: It has seen a history that this one does not extend.
            WitnessAnswerError: What it answers is not its cosignature.

        """
        ...


class Cosigner(Protocol):
    """Cosigns as a witness, with a key of its own."""

    @property
    def vkey(self) -> VKey:
        """The key that others hold its cosignatures to.

        Raises:
            WitnessKeyMissingError: The key in use is not here.

        """
        ...

    def cosign(self, text: str, seconds: int) -> Signature:
        """Return the line for the text of a checkpoint at a time, in seconds since 1970.

        Raises:
            WitnessKeyMissingError: The key in use is not here.

        """
        ...


class SeenStore(Protocol):
    """Keeps the newest checkpoint that was cosigned of each log that is watched."""

    def newest(self, origin: str) -> SignedCheckpoint | None:
        """Return it; None before the first.

        Raises:
            LogDamagedError: What is kept is no checkpoint of that log.

        """
        ...

    def keep(self, signed: SignedCheckpoint) -> None:
        """Put a checkpoint in the place of the one before, durably.

        Raises:
            LogUnavailableError: It cannot be written.

        """
        ...


class TimeStampUnavailableError(UnavailableError):
    """A time-stamping authority does not answer, or not within the limits."""

    code = "time-stamp-unavailable"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"authority `{name}` gives no time stamp: {what}")
        self.name = name
        self.what = what


class TimeStampRejectedError(UnavailableError):
    """A time-stamping authority answers that it does not stamp this."""

    code = "time-stamp-rejected"

    def __init__(self, name: str, status: int) -> None:
        super().__init__(f"authority `{name}` rejects the request with status {status}")
        self.name = name
        self.status = status


class StampFault(StrEnum):
    """Why a time stamp is not taken."""

    MALFORMED = "it is not an RFC 3161 response"
    IMPRINT = "it stamps another hash"
    NONCE = "it answers another request"
    POLICY = "it is given under another policy"
    SIGNATURE = "no pinned certificate stands behind its signature at the time it names"
    TIME = "its time is not near that of this machine"


class TimeStampWrongError(IntegrityError):
    """A time stamp does not show what it is kept for."""

    code = "time-stamp-wrong"

    def __init__(self, name: str, fault: StampFault) -> None:
        super().__init__(f"the time stamp of authority `{name}` is not taken: {fault.value}")
        self.name = name
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What a time stamp shows.

    Attributes:
        at: Instant at which the bytes existed, by the authority's clock.
        authority: Name under which the authority is pinned here.
        policy: Object identifier of the policy it was given under.

    """

    at: datetime
    authority: str
    policy: str


class TimeStampAuthority(Protocol):
    """Stamps hashes and checks its stamps later."""

    @property
    def name(self) -> str:
        """Name under which it is pinned here."""
        ...

    def stamp(self, digest: bytes) -> bytes:
        """Return a response of the authority over a SHA-256, already checked.

        Raises:
            TimeStampUnavailableError: It does not answer well now.
            TimeStampRejectedError: It answers that it does not stamp this.
            TimeStampWrongError: Its stamp does not hold.

        """
        ...

    def check(self, response: bytes, digest: bytes) -> Stamped:
        """Return what a kept response shows about a SHA-256.

        Raises:
            TimeStampRejectedError: The response is a rejection.
            TimeStampWrongError: The stamp does not hold.

        """
        ...


class StampStore(Protocol):
    """Keeps what those outside said of checkpoints, and proof of misbehaviour."""

    def newest(self) -> SignedCheckpoint | None:
        """Return the largest checkpoint that was cosigned or stamped, or None."""
        ...

    def kept(self) -> tuple[SignedCheckpoint, ...]:
        """Return every checkpoint that was kept, smallest first."""
        ...

    def keep_note(self, signed: SignedCheckpoint) -> None:
        """Keep a checkpoint with its cosignatures."""
        ...

    def keep_stamp(self, signed: SignedCheckpoint, response: bytes) -> None:
        """Keep the response of an authority over a checkpoint, and the checkpoint."""
        ...

    def stamped(self) -> tuple[tuple[SignedCheckpoint, bytes], ...]:
        """Return every checkpoint that has a stamp, with the stamp, smallest first."""
        ...

    def keep_misbehaviour(self, other: SignedCheckpoint, what: str) -> None:
        """Keep a checkpoint that contradicts the log, with the log's own and what is wrong."""
        ...

    def misbehaviour(self) -> tuple[str, ...]:
        """Return the names of the files that hold proof of misbehaviour."""
        ...
