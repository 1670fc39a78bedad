"""A place beside a request for what was found of somebody: keys of rows, never their contents.

Memory stays flat however much there is of one individual: rows found, what they refer to and what
is decided for each stand here until the request is closed. Every table, edge and name is a number
that whoever writes here gave it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.rights.kinds import Kind
from chengnuo.domain.rights.request import RequestId

PLAIN, OWNS, CLAIMS = 0, 1, 2
"""What a reference means: nothing, that its row belongs by it, that it claims what it points to."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row found.

    Attributes:
        key: Its key, as `encode_key` writes it.
        belongs: What is known at once: `ALONE`, or `SHARED` where it names somebody else.
        mask: Bits of what holds for the row: duties that still keep, columns that name the person.
        names: Under which names others may refer to it: number and values, encoded.
        refs: What it refers to: number of the edge, values, encoded, and what it means.

    """

    key: str
    belongs: int
    mask: int
    names: tuple[tuple[int, str], ...]
    refs: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """An edge as it is walked: its number, and the number of the names that it points to."""

    edge: int
    name: int


@dataclass(frozen=True, slots=True)
class Stay:
    """Rows that stay, and by which edges what they refer to has to stay, too."""

    table: int
    kind: Kind
    walks: tuple[Walk, ...]


class Scratch(Protocol):
    """What was found for one request. Used by one process at a time."""

    def add(self, table: int, rows: Sequence[Found]) -> Sequence[int]:
        """Add rows; return the positions of those that were not known before."""
        ...

    def known(self, table: int, keys: Sequence[str]) -> set[str]:
        """Return which of these keys were found."""
        ...

    def names_after(self, name: int, after: int, limit: int) -> tuple[Sequence[str], int]:
        """Return different names of rows found later than a mark, and the next mark."""
        ...

    def claims_after(self, walk: Walk, after: int, limit: int) -> tuple[Sequence[str], int]:
        """Return what claims point to and is not found yet, after a mark, and the next mark."""
        ...

    def unmet(self, walk: Walk, after: int, limit: int) -> tuple[Sequence[str], int]:
        """Return names by which rows belong and that none found bears, and the next mark."""
        ...

    def raise_named(self, name: int, texts: Iterable[str], belongs: int) -> None:
        """Let rows of these names belong at least so."""
        ...

    def raise_referring(self, edge: int, texts: Iterable[str], belongs: int) -> None:
        """Let rows that belong by an edge to these names belong at least so."""
        ...

    def spread_shared(self, walks: Sequence[Walk]) -> None:
        """Let what belongs by a shared row, or is claimed by one, be shared, however far."""
        ...

    def count_others(self, walk: Walk, counts: Mapping[str, int]) -> None:
        """Note how many rows that are not the individual's refer to these names."""
        ...

    def pin(self, stays: Sequence[Stay]) -> None:
        """Pin what would go but rows that stay refer to, and what these refer to, however far.

        Args:
            stays: Every kind of rows that stays, also as it is once it is pinned.

        """
        ...

    def kinds(self, table: int) -> Sequence[tuple[Kind, int]]:
        """Return the kinds of rows of a table with their numbers, in a fixed order."""
        ...

    def kind_of(self, table: int, key: str) -> Kind | None:
        """Return the kind of the row of a key; None if it was not found."""
        ...

    def keys(self, table: int, kind: Kind, after: int, limit: int) -> tuple[Sequence[str], int]:
        """Return the keys of rows of a kind after a mark, and the next mark."""
        ...

    def referrers(
        self, table: int, kind: Kind, walks: Sequence[Walk]
    ) -> Sequence[tuple[int, int, int]]:
        """Return edge, own rows and others' rows that refer to rows of a kind by these edges."""
        ...

    def note_end(self, table: int, bit: int, mask: int, until: int | None) -> None:
        """Note until when a duty keeps rows of a mask; the latest counts, None above all."""
        ...

    def ends(self, table: int, bit: int, mask: int) -> int | None:
        """Return until when a duty keeps rows of a mask, in microseconds since 1970."""
        ...

    def remember(self, what: str, text: str) -> None:
        """Keep a small text: how far a survey is, the secret of a run."""
        ...

    def recall(self, what: str) -> str | None:
        """Return what was remembered."""
        ...

    def total(self) -> int:
        """Return how many rows there are."""
        ...

    def save(self) -> None:
        """Make what was written durable."""
        ...

    def close(self) -> None:
        """Let go of it; what was saved stays."""
        ...


class Scratches(Protocol):
    """The scratch of each request."""

    def open(self, request: RequestId, *, part: str = "") -> Scratch:
        """Return what there is for a request, empty the first time.

        Args:
            request: Which request.
            part: Keeps a second look apart from the first.

        """
        ...

    def drop(self, request: RequestId, *, part: str = "") -> None:
        """Destroy it, with the secret of its run."""
        ...

    def requests(self) -> frozenset[RequestId]:
        """Return the requests of which something is here, in any part."""
        ...
