"""The keys that seal what the log keeps of individuals, and who holds the key above them.

Each individual has two random keys, made when first needed: *content* and *proof* (see
`chengnuo.domain.evidence.kinds.KeyClass`). They are kept wrapped under an epoch key that a key
holder keeps elsewhere. Erasing takes a key away and then changes the epoch key, so that an old
copy of the key database opens nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chengnuo.base.errors import IntegrityError, InvalidInputError, UnavailableError
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.individuals import PersonKey


class MasterKeyError(InvalidInputError):
    """The master key is missing, has a wrong form, or is not the one that was used before."""

    code = "evidence-master-key"

    def __init__(self, what: str) -> None:
        super().__init__(f"the master key of the evidence log: {what}")
        self.what = what


class KeyHolderError(UnavailableError):
    """Where the epoch key is kept does not answer or cannot be written."""

    code = "evidence-key-holder"

    def __init__(self, what: str) -> None:
        super().__init__(f"the holder of the epoch key: {what}")
        self.what = what


class WrappedKeyError(IntegrityError):
    """A wrapped key does not open: it was changed, or belongs to another epoch or individual."""

    code = "evidence-wrapped-key"

    def __init__(self, what: str) -> None:
        super().__init__(f"a wrapped key does not open: {what}")
        self.what = what


class KeyHolder(Protocol):
    """Keeps epoch keys and wraps with them; shaped so that a PKCS #11 token can be one.

    The bytes of an epoch key never leave it. `destroy` must make the key unrecoverable from
    whatever the holder has; `forgets` says whether it does.
    """

    @property
    def place(self) -> str:
        """Where it is, for people: a file name, `environment`, a token label; never a secret."""
        ...

    @property
    def in_data_folder(self) -> bool:
        """Whether a copy of the data folder holds the key too; then it is said at every start."""
        ...

    @property
    def forgets(self) -> bool:
        """Whether a destroyed epoch key is gone even for one with an old copy of the holder."""
        ...

    def epochs(self) -> tuple[int, ...]:
        """Return the epochs whose keys are there, ascending.

        Raises:
            MasterKeyError: There is something that is no key of ours.
            KeyHolderError: It cannot be read.

        """
        ...

    def make(self, epoch: int) -> None:
        """Make the random key of an epoch, durably; does nothing if it is there.

        Raises:
            KeyHolderError: It cannot be written.

        """
        ...

    def wrap(self, epoch: int, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """Return each (key of 32 bytes, context) wrapped: AES-256-GCM, context as associated data.

        Raises:
            KeyHolderError: There is no such epoch.

        """
        ...

    def unwrap(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """Return the key of each (wrapped, context).

        Raises:
            WrappedKeyError: One does not open.
            KeyHolderError: There is no such epoch.

        """
        ...

    def destroy(self, epoch: int) -> None:
        """Destroy the key of an epoch for good; does nothing if it is not there.

        Raises:
            KeyHolderError: It cannot be written.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKeys:
    """The keys of one individual, opened.

    Attributes:
        ordinal: Dense number of the individual, from 1; never used for another.
        content: 32 bytes; None once destroyed, or where none was needed yet.
        proof: 32 bytes; the LeafTag comes from it.

    """

    ordinal: int
    content: bytes | None = field(repr=False)
    proof: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That a key of an individual was destroyed.

    Of a proof key nothing may lead to the chain any more: what the vault gives back of it is the
    end of the day as `at` and a negative `position` that means nothing.

    Attributes:
        key: Which.
        at: Effective instant of the deletion record.
        under: Duty it was done under, as `PIPL-47`.
        position: Payloads sealed with that key at positions below this one are gone.

    """

    key: KeyClass
    at: datetime
    under: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """That a key is about to be destroyed; listed before the deletion is recorded.

    Attributes:
        key: Which.
        under: Duty it is done under.
        position: Records there were then; the deletion is recorded at this position or later.
        payload: SHA-256 of the payload of that record, hex.

    """

    key: KeyClass
    under: str
    position: int
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A statutory hold: why a proof key outlives the deletion of the data, and until when.

    Attributes:
        person: Whose proof key.
        duty: Id of the duty, as `PIPL-56`.
        since: When it was listed.
        until: From this instant on it has ended; None for a hold without a known end.

    """

    person: PersonKey
    duty: str
    since: datetime
    until: datetime | None


class KeyVault(Protocol):
    """Keeps the wrapped keys of individuals; every method is one durable transaction."""

    def ready(
        self, persons: Iterable[PersonKey], *, content: bool
    ) -> Mapping[PersonKey, PersonKeys]:
        """Return the keys of individuals, making durably what is missing.

        Args:
            persons: Whose.
            content: Whether content keys are needed; without, only proof keys are made.

        Raises:
            WrappedKeyError: A kept key does not open.
            KeyHolderError: The epoch key cannot be used.

        """
        ...

    def find(self, person: PersonKey) -> PersonKeys | None:
        """Return the keys of an individual, or None if none were made or the proof key is gone.

        Raises:
            WrappedKeyError: A kept key does not open.

        """
        ...

    def by_ordinal(self, ordinal: int) -> tuple[PersonKey, PersonKeys] | None:
        """Return whose an ordinal is, with the keys, or None if the proof key is gone.

        Raises:
            WrappedKeyError: A kept key does not open.

        """
        ...

    def erase(
        self,
        persons: Mapping[PersonKey, Erasure],
        *,
        during: Callable[[], AbstractContextManager[int]] = ...,
    ) -> None:
        """Destroy one key of each individual, then change the epoch key.

        On return no byte of the key database, its journal or its log holds the destroyed keys, and
        no earlier copy of them opens. Interrupted at any point, it is finished at the next start.
        Destroying the proof key destroys the content key too, and takes off what is listed of the
        individual apart from the fact itself. The intention to do so is taken off with it.

        Args:
            persons: Whose, and which.
            during: Holds whoever seals, for as long as the keys go, and gives how many records were
                sealed until then: all of them are under the content keys that go. Changing the
                epoch takes longer and holds nobody.

        Raises:
            KeyHolderError: The holder cannot be written; the keys are gone, the epoch change
                is finished at the next start.

        """
        ...

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """Return what was destroyed of an individual's keys, oldest first."""
        ...

    def erased(self) -> tuple[PersonKey, ...]:
        """Return everybody a key of whom was destroyed, each once."""
        ...

    def intend(self, person: PersonKey, intention: Intention) -> None:
        """List that a key of an individual is about to be destroyed; replaces an earlier one."""
        ...

    def intentions(self) -> Mapping[PersonKey, Intention]:
        """Return what was about to be destroyed and is not known to be."""
        ...

    def withdraw(self, person: PersonKey) -> None:
        """Take an intention off the list: its deletion was never recorded."""
        ...

    def hold(self, hold: Hold) -> None:
        """List a hold; the same person and duty again never makes it shorter, `lift` it first."""
        ...

    def holds(self, person: PersonKey | None = None) -> tuple[Hold, ...]:
        """Return the listed holds of an individual, or of everybody, soonest end first."""
        ...

    def lift(self, person: PersonKey, duty: str) -> None:
        """Take a hold off the list; the key itself is destroyed by `erase`."""
        ...

    def given(self) -> int:
        """Return the highest ordinal that was ever given to an individual; 0 before the first."""
        ...

    def count(self) -> int:
        """Return how many individuals have keys."""
        ...

    def check(self) -> Iterable[str]:
        """Yield what is wrong, a database page or a key that does not open; nothing if sound."""
        ...

    def close(self) -> None:
        """Close the database."""
        ...
