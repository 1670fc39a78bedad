"""Consent counted over everybody: by item, by day, by act, and who holds what.

Reads the state of consent (`ports/consents.py`), and what was shown to whom (`ports/uses.py`), and
changes nothing. People are counted by name: an individual with two names that nothing has joined
counts twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.setting import Setting
from chengnuo.ports.individuals import PersonKey

STANDING = "standing"
"""By how many the consents that stand changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSum:
    """How often an act was done upon an item, and by how many.

    Attributes:
        item: Consent item.
        act: Value of `Act`.
        records: How many records.
        people: How many names.

    """

    item: str
    act: str
    records: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySum:
    """How often an act was done on a day; days since 1970 at +08:00."""

    day: int
    act: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who holds consents that stand and have not run out.

    Attributes:
        alone: By item and fingerprint of its text, how many names that nothing is joined to.
        joined: Names that are joined to others; they are to be folded together.

    """

    alone: Mapping[tuple[str, str], int]
    joined: tuple[PersonKey, ...]


class ConsentFigures(Protocol):
    """Counts. Every method is one transaction."""

    def by_item(self, since: int) -> tuple[ActSum, ...]:
        """Return acts by item since a day; a withdrawal undone counts as withdrawn.

        Args:
            since: First day, in days since 1970 at +08:00.

        """
        ...

    def by_day(self, since: int, *, item: str = "") -> tuple[DaySum, ...]:
        """Return acts by day since a day, of one item or of all.

        Beside every act there is `STANDING`: by how many the consents that stand changed.
        """
        ...

    def asked(self, since: int) -> Mapping[str, int]:
        """Return to how many names each item was shown since an instant, or who answered it."""
        ...

    def standing(self, before: int, *, item: str = "") -> int:
        """Return how many consents stood at the end of the day before one.

        One that ran out stands until its end is recorded.
        """
        ...

    def acts(  # noqa: PLR0913  what a page of rows is narrowed by
        self,
        since: int,
        *,
        until: int | None = None,
        item: str = "",
        act: str = "",
        before: int | None = None,
        limit: int,
    ) -> tuple[Entry, ...]:
        """Return acts, newest first."""
        ...

    def at(self, positions: Sequence[int]) -> tuple[Entry, ...]:
        """Return the acts at some positions."""
        ...

    def holders(self, at: int) -> Holders:
        """Return who holds which consent at an instant."""
        ...

    def settings(self, prefix: str, limit: int) -> tuple[Setting, ...]:
        """Return acts on settings whose name begins so, as `switch:`, oldest first."""
        ...
