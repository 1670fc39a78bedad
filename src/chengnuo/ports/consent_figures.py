"""Consent counted over everybody: by item, by day, by act, and who holds what.

Reads the state of consent (`ports/consents.py`) and changes nothing. People are counted by name: an
individual with two names that nothing has joined counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.setting import Setting
from chengnuo.ports.individuals import PersonKey


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
    """Who holds a consent that stands.

    Attributes:
        alone: How many names that nothing is joined to.
        joined: Names that are joined to others; they are to be folded together.

    """

    alone: int
    joined: tuple[PersonKey, ...]


class ConsentFigures(Protocol):
    """Counts. Every method is one transaction."""

    def by_item(self, since: int) -> tuple[ActSum, ...]:
        """Return acts by item since an instant; a withdrawal undone counts as withdrawn."""
        ...

    def by_day(self, since: int, *, item: str = "") -> tuple[DaySum, ...]:
        """Return acts by day since an instant, of one item or of all."""
        ...

    def answered(self, since: int) -> tuple[tuple[str, PersonKey], ...]:
        """Return who gave or refused which item, each pair once."""
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

    def holders(self, item: str, fingerprints: Sequence[str], at: int) -> Holders:
        """Return who holds a consent to an item on one of some texts, not run out at an instant."""
        ...

    def holding_other(self, item: str, fingerprints: Sequence[str], at: int) -> Holders:
        """Return who holds a consent to an item on none of some texts, not run out."""
        ...

    def settings(self, prefix: str, limit: int) -> tuple[Setting, ...]:
        """Return acts on settings whose name begins so, as `switch:`, oldest first."""
        ...
