"""How a list of the console was narrowed, kept under a name by whoever works with it.

A filter holds names of fields and values that the list knows, never words that somebody searched
for: it says nothing about an individual.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.ports.accounts import AccountId

SavedFilterId = NewType("SavedFilterId", str)


class NoSuchSavedFilterError(InvalidInputError):
    """There is no saved filter of this id, or it is somebody else's."""

    code = "no-such-saved-filter"

    def __init__(self) -> None:
        super().__init__("no saved filter of yours has this id; it may have been deleted")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A filter as it is kept.

    Attributes:
        id: Its id.
        owner: Who keeps it.
        place: Path of the list.
        query: How it is narrowed: the query of an address, without `?`; empty for all.
        name: What they call it.
        shared: Whether everybody who may open the list sees it.
        made_at: When.

    """

    id: SavedFilterId
    owner: AccountId
    place: str
    query: str
    name: str
    shared: bool
    made_at: datetime


class SavedFilters(Protocol):
    """Keeps filters. Every method is one transaction."""

    def add(self, one: SavedFilter) -> None:
        """Keep a filter."""
        ...

    def of(self, account: AccountId, place: str = "") -> tuple[SavedFilter, ...]:
        """Return one's own and the shared ones, of one list or of all, by name."""
        ...

    def count(self, owner: AccountId) -> int:
        """Return how many somebody keeps."""
        ...

    def rename(self, one: SavedFilterId, owner: AccountId, *, name: str, shared: bool) -> None:
        """Give a filter another name, and share it or not.

        Raises:
            NoSuchSavedFilterError: There is none of this id that is theirs.

        """
        ...

    def delete(self, one: SavedFilterId, owner: AccountId) -> None:
        """Delete a filter.

        Raises:
            NoSuchSavedFilterError: There is none of this id that is theirs.

        """
        ...
