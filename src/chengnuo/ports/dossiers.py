"""Where dossiers are kept: acts that are only ever added, and what is private of them, sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import Value


class NoSuchDossierError(InvalidInputError):
    """There is no dossier of this id, or none that whoever asks may see."""

    code = "no-such-dossier"

    def __init__(self) -> None:
        super().__init__("no dossier has this id, or it is not for you to see")


class DossierMovedError(ConflictError):
    """Somebody else did something in the dossier in the meantime."""

    code = "dossier-moved"

    def __init__(self) -> None:
        super().__init__("something was done in the dossier meanwhile; look at it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said in an act, as it is kept: fields apart from each other, and the salt.

    Attributes:
        private: The fields that may hold personal information.
        salt: 16 random bytes under the digest of all fields.

    """

    private: Mapping[str, Value]
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a dossier stands, beside its acts.

    Attributes:
        state: Id of its state.
        final_at: When it came to its end; None while it is open.
        due_at: By when something has to be done next; None where nothing runs.

    """

    state: str
    final_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many dossiers of a sort wait.

    Attributes:
        open: Those that are not at their end.
        due: Of these, those in which something had to be done by an instant.

    """

    open: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By when something has to be done in a dossier.

    Attributes:
        dossier: Which.
        acts: How many acts it had when that was worked out.
        at: The instant; None where nothing runs.

    """

    dossier: DossierId
    acts: int
    at: datetime | None


class DossierStore(Protocol):
    """Keeps dossiers. Every method is one transaction."""

    def add(self, dossier: Dossier, said: Said, kept: Kept, *, key: str) -> None:
        """Take a dossier in with its first act.

        Args:
            dossier: The dossier; its act has the open fields alone.
            said: What is private of the act.
            kept: How it stands.
            key: What tells it from others when it is handed in again; empty for nothing.

        Raises:
            DossierMovedError: One was taken in under this key meanwhile.

        """
        ...

    def append(self, dossier: DossierId, act: Act, said: Said, kept: Kept) -> None:
        """Add an act to a dossier.

        Raises:
            DossierMovedError: The dossier has an act of this number already.

        """
        ...

    def one(self, dossier: DossierId) -> Dossier | None:
        """Return a dossier with open and private fields, or None."""
        ...

    def by_key(self, key: str) -> DossierId | None:
        """Return the dossier that was handed in under a key, or None."""
        ...

    def of(
        self,
        persons: Sequence[str],
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        skip: int = 0,
        limit: int | None = None,
    ) -> tuple[Dossier, ...]:
        """Return the dossiers of some sorts about an individual, the newest first.

        Args:
            persons: All their keys.
            sorts: Which.
            open_only: Leave out those at their end.
            skip: Leave out so many of the first.
            limit: Return at most so many; None for all.

        """
        ...

    def count_of(self, persons: Sequence[str], sorts: Sequence[str]) -> int:
        """Return how many dossiers of some sorts there are about an individual."""
        ...

    def every(  # noqa: PLR0913  which, and which part of them
        self,
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        since: datetime | None = None,
        due: tuple[datetime, datetime] | None = None,
        with_act: str = "",
        states: Sequence[tuple[str, str]] = (),
        skip: int = 0,
        limit: int = 10_000,
    ) -> tuple[Dossier, ...]:
        """Return the dossiers of some sorts, what is due first first; without private fields.

        Args:
            sorts: Which.
            open_only: Leave out those at their end.
            since: Leave out those opened earlier.
            due: Leave out those in which nothing is due after the first and up to the second.
            with_act: Leave out those in which this was never done; empty for all.
            states: Leave out those in other states than these of these sorts; empty for none.
            skip: Leave out so many of the first.
            limit: Return at most so many.

        """
        ...

    def count(
        self,
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        due: tuple[datetime, datetime] | None = None,
        states: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Return how many dossiers `every` has in all."""
        ...

    def on_the_board(
        self, sorts: Sequence[str], *, since: datetime, due_by: datetime, limit: int
    ) -> tuple[Dossier, ...]:
        """Return what the pledge board looks at; without private fields.

        First come those in which something had to be done, which are the ones that can be late;
        then the newest.

        Args:
            sorts: Which.
            since: Open dossiers, and all that were opened since then.
            due_by: And those at their end in which something had to be done by then.
            limit: Return at most so many.

        """
        ...

    def waiting(self, sorts: Sequence[str], *, due_by: datetime) -> Mapping[str, Waiting]:
        """Return how many dossiers of some sorts are open, and due by an instant; none for none."""
        ...

    def keep_due(self, due: Sequence[Due]) -> int:
        """Keep by when something has to be done, where nothing was done since.

        Returns:
            In how many dossiers that is another instant than before.

        """
        ...

    def unrecorded(self) -> tuple[DossierId, ...]:
        """Return the dossiers with an act that is not in the log yet."""
        ...

    def recorded(self, dossier: DossierId, number: int, position: int) -> None:
        """Keep where the record of an act stands."""
        ...

    def to_erase(self, sort: str, ended_before: datetime, *, limit: int) -> tuple[DossierId, ...]:
        """Return dossiers of a sort that ended before an instant and have private fields still."""
        ...

    def persons(self) -> tuple[str, ...]:
        """Return the individuals about whom a dossier has private fields still."""
        ...

    def of_erased(self, persons: Sequence[str]) -> tuple[DossierId, ...]:
        """Return dossiers with private fields about individuals whose proofs were destroyed."""
        ...

    def erase(self, dossiers: Sequence[DossierId]) -> None:
        """Erase what is private of dossiers, for good."""
        ...
