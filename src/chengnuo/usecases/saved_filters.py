"""Keeping how a list was narrowed: under a name, for oneself or for all."""

import unicodedata
from dataclasses import dataclass

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.ports.accounts import Account
from chengnuo.ports.clock import Clock
from chengnuo.ports.saved_filters import SavedFilter, SavedFilterId, SavedFilters
from chengnuo.ports.secrets import Tokens

LONGEST_NAME = 40
MOST_KEPT = 50
"""How many somebody may keep: more than that nobody finds again."""
_ID_BYTES = 12


class SavedFilterNameError(InvalidInputError):
    """The name of a saved filter is empty, too long or holds signs that cannot be seen."""

    code = "saved-filter-name"

    def __init__(self) -> None:
        super().__init__(f"a saved filter's name is 1 to {LONGEST_NAME} signs on one line")


class SavedFiltersFullError(ConflictError):
    """Somebody keeps as many filters as they may."""

    code = "saved-filters-full"

    def __init__(self) -> None:
        super().__init__(f"{MOST_KEPT} filters are kept; delete one first")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilterDesk:
    """The use cases.

    Attributes:
        store: Keeps them.
        tokens: Makes ids.
        clock: Tells now.

    """

    store: SavedFilters
    tokens: Tokens
    clock: Clock

    def save(
        self, by: Account, *, place: str, query: str, name: str, shared: bool = False
    ) -> SavedFilter:
        """Keep a filter.

        Args:
            by: Whose it is.
            place: Path of the list; the door makes sure that it is one.
            query: How it is narrowed; likewise.
            name: What it is called.
            shared: Whether the others see it.

        Raises:
            SavedFilterNameError: The name cannot be one.
            SavedFiltersFullError: They keep as many as they may.

        """
        kept = checked_name(name)
        if self.store.count(by.id) >= MOST_KEPT:
            raise SavedFiltersFullError
        one = SavedFilter(
            id=SavedFilterId(self.tokens.random_bytes(_ID_BYTES).hex()),
            owner=by.id,
            place=place,
            query=query,
            name=kept,
            shared=shared,
            made_at=self.clock.now(),
        )
        self.store.add(one)
        return one

    def rename(self, one: SavedFilterId, by: Account, *, name: str, shared: bool) -> None:
        """Give one's own filter another name, and share it or not.

        Raises:
            SavedFilterNameError: The name cannot be one.
            NoSuchSavedFilterError: There is none of this id that is theirs.

        """
        self.store.rename(one, by.id, name=checked_name(name), shared=shared)


def checked_name(name: str) -> str:
    """Return a name as it is kept: without what stands around it.

    Raises:
        SavedFilterNameError: It is empty, too long, or holds signs that cannot be seen.

    >>> checked_name("  本周要答复的 ")
    '本周要答复的'

    """
    kept = name.strip()
    if not 0 < len(kept) <= LONGEST_NAME or any(
        unicodedata.category(sign).startswith("C") for sign in kept
    ):
        raise SavedFilterNameError
    return kept
