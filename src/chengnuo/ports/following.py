"""Following a database that another process writes: what is looked at, and what is found there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.individuals import PersonKey


class StaleStateError(UnavailableError):
    """This process cannot know of everything that happened lately, so it answers nothing."""

    code = "state-stale"

    def __init__(self, most_ms: int) -> None:
        super().__init__(f"what is known here may be over {most_ms} ms old; ask again")
        self.most_ms = most_ms


class NoLeaderError(UnavailableError):
    """No process that writes can be reached now."""

    code = "no-leader"

    def __init__(self) -> None:
        super().__init__("the process that writes cannot be reached; ask again in a moment")


class RecordsRefusedError(Exception):
    """The process that writes has read these records and takes them as they are at no time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that writes.

    Attributes:
        fence: Number of its lease.
        address: Where it takes requests, as `http://HOST:PORT`; empty if it takes none.

    """

    fence: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How far everything was at one moment.

    Attributes:
        size: Records in the log.
        said: Number of the newest statement of the operator about an individual.
        destroyed: Changes whenever a key was destroyed, or is about to be.
        holder: Who writes; None for nobody.

    """

    size: int
    said: int
    destroyed: bytes
    holder: Holder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the operator has said of an individual, which is in no log.

    Attributes:
        number: Grows in the order in which it was said; 0 where all is told.
        person: Of whom.
        known: All that was said.

    """

    number: int
    person: PersonKey
    known: KnownOfIndividual


class OutlookSource(Protocol):
    """The database as whoever follows it sees it. Every method raises `UnavailableError`."""

    def look(self) -> Outlook:
        """Return how far everything is: all that was acknowledged before the call is in it."""
        ...

    def said_since(self, number: int) -> Iterator[Said]:
        """Yield what was said after a number, in order, of each individual the newest only."""
        ...

    def said_of_everybody(self) -> Iterator[Said]:
        """Yield what is known of everybody, whenever it was said."""
        ...


class SaidMark(Protocol):
    """Keeps how far statements were taken over, from a good end to the next start."""

    def take(self) -> int | None:
        """Return the number and forget it; None if there is none, as after a crash."""
        ...

    def keep(self, number: int) -> None:
        """Keep it."""
        ...


class Follows(Protocol):
    """Something else that follows the log: its tree and its map."""

    def follow(self) -> None:
        """Take in what others have recorded since."""
        ...
