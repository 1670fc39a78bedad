"""What goes into a plan besides the request, and what comes out of carrying one out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.base.errors import ConflictError
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.holds import Hold
from chengnuo.domain.rights.values import Value
from chengnuo.law.catalogue import Catalogue

Beat = Callable[[], None]
"""Called between pages: keeps a lease, or raises to stop. What it raises goes through."""


class PlanOutdatedError(ConflictError):
    """A store is not any more what the plan was made for; it has to be made anew."""

    code = "rights-plan-outdated"

    def __init__(self, store: str) -> None:
        super().__init__(f"the schema of store `{store}` has changed since the plan was made")
        self.store = store


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a plan rests on besides the request.

    Attributes:
        register: The register in force.
        version: Its version.
        law: The catalogue.
        holds: What staff keep back of this individual.
        standing: Activities whose basis stands for this individual now (consent given and not
            withdrawn, contract running, duty of law …); what they need is not deleted when only
            other activities are asked about.

    """

    register: Register
    version: str
    law: Catalogue
    holds: tuple[Hold, ...] = ()
    standing: frozenset[ActivityId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """A page of rows for a copy (PIPL Art. 45), each row once over all pages of a request.

    Attributes:
        store: Id of the store.
        table: Name of the table.
        columns: Columns in this order: those that belong into a copy and are asked for.
        rows: Their values; None where a value is withheld.
        withheld: Places (row, column) whose value names somebody else and was left out.
        left_out: How many values of columns about other people are not among `columns`.

    """

    store: str
    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    withheld: frozenset[tuple[int, int]] = frozenset()
    left_out: int = 0


class RowTaker(Protocol):
    """Takes rows while they are found, so that a copy needs no second query."""

    def take(self, page: RowPage) -> None:
        """Take one page; pages of different tables come in any order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What one store says it did.

    Attributes:
        deleted: Rows deleted.
        changed: Rows changed.
        before: Whether all was done already when it was begun: an earlier try was committed
            although nobody heard of it.

    """

    deleted: int
    changed: int
    before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """What was found afterwards in one store.

    Attributes:
        store: Id of the store.
        rows: Rows that should not be there, or not as they are.
        tables: Tables in which they stand.

    """

    store: str
    rows: int
    tables: tuple[str, ...] = ()
