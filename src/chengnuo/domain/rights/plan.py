"""A plan: what would be done with whose rows in which store, in order, and what not, and why.

It is a value: made from the register, the stores' own schemas, what was found and the instant, and
shown before anything runs. What is executed is this value and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from chengnuo.base.text import Text
from chengnuo.domain.rights.request import RightsRequest
from chengnuo.law.ids import CategoryId


class Belongs(StrEnum):
    """How rows that were found belong to the individual."""

    ALONE = "alone"
    """To this individual only, and no row of anybody else refers to them."""
    REFERENCED = "referenced"
    """To this individual only, but rows that are not refer to them: they are emptied in place."""
    SHARED = "shared"
    """To others as well: never erased for one; only the link is cut."""


class RowFate(StrEnum):
    """What happens to rows as a whole."""

    READ = "read"
    DELETE = "delete"
    CHANGE = "change"
    """Some columns are set, see the column fates."""
    KEEP = "keep"
    """Nothing is changed: a duty keeps every column, or they belong to others as well."""


class ColumnFate(StrEnum):
    """What happens to one column of rows that stay."""

    READ = "read"
    WITHHELD = "withheld"
    """Somebody else's; left out of a copy and counted."""
    NULL = "null"
    MASK = "mask"
    ANONYMISE = "anonymise"
    SET = "set"
    """To the value that the individual gave (correction)."""
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Why something is kept (PIPL Art. 47 para. 2).

    Attributes:
        duty: Id of the duty or figure of the catalogue.
        until: When the last of it may go; None where the event has not come about yet.

    """

    duty: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnAction:
    """What happens to one column.

    Attributes:
        column: Column.
        category: Category of what it holds; empty where it holds nothing personal.
        fate: What happens.
        kept: Under which duty, where it is kept under one.
        instead_of: What the register says, where the plan has to do something else, as
            `delete-row` in a row that stays.

    """

    column: str
    category: CategoryId | None
    fate: ColumnFate
    kept: Kept | None = None
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrers:
    """Rows that refer to the rows of a step.

    Attributes:
        table: Their table, `store.table`.
        columns: Columns by which they refer.
        mine: How many of them are the individual's own.
        others: How many are not.

    """

    table: str
    columns: tuple[str, ...]
    mine: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happens to one group of rows of one table: those that share one fate.

    Attributes:
        table: Table, without the store.
        group: Names the group within the table; the survey keeps each row under it.
        belongs: How the rows belong to the individual.
        rows: How many.
        fate: What happens to them.
        columns: What happens to each declared column; empty when rows are deleted.
        referrers: What refers to them.
        why: Why not all is done that was asked, in words; None where all is.
        cuts: Whether it only cuts links of rows that a later step deletes and counts.

    """

    table: str
    group: str
    belongs: Belongs
    rows: int
    fate: RowFate
    columns: tuple[ColumnAction, ...] = ()
    referrers: tuple[Referrers, ...] = ()
    why: Text | None = None
    cuts: bool = False


class ProblemKind(StrEnum):
    """What stands against running a plan in a store, or has to be known before."""

    NOT_NULL = "not-null"
    UNIQUE = "unique"
    CHECK = "check"
    REFERENCE = "reference"
    TRIGGER = "trigger"
    READ_ONLY = "read-only"
    UNDECLARED_COLUMN = "undeclared-column"
    UNDECLARED_TABLE = "undeclared-table"
    MISSING_COLUMN = "missing-column"
    MISSING_TABLE = "missing-table"
    UNREACHABLE_TABLE = "unreachable-table"
    CIRCULAR = "circular"
    UNAVAILABLE = "unavailable"
    TOO_MANY = "too-many"
    CANNOT = "cannot"
    """The store lacks what would be needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that stands against a plan, or that has to be known before it runs.

    Attributes:
        kind: What sort.
        table: Table concerned; empty for the store.
        column: Column concerned; empty for the table.
        blocks: Whether the store cannot be begun before this is mended.
        what: In words, with what would mend it.

    """

    kind: ProblemKind
    table: str = ""
    column: str = ""
    blocks: bool
    what: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePlan:
    """What happens in one store, as one transaction.

    Attributes:
        store: Id of the store.
        name: What people call it.
        schema: Digest of the schema that the plan was made for; empty where there is none.
        steps: In the order in which they run: what refers before what is referred to.
        problems: What stands against it, and what has to be known.
        by_hand: Whether somebody has to do it: the store has no connector.

    """

    store: str
    name: Text
    schema: str
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...] = ()
    by_hand: bool = False

    @property
    def is_blocked(self) -> bool:
        """Tell whether it cannot be begun."""
        return any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that is asked for and not done (PIPL Art. 50: with reasons).

    Attributes:
        code: Stable code of the reason, from a closed list.
        articles: Ids of the duties it rests on, as `PIPL-47`.
        what: What is refused, in words.
        why: Why, in words.

    """

    code: str
    articles: tuple[str, ...]
    what: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A party outside that has to be told.

    Attributes:
        recipient: Id of the recipient.
        name: Name that people know.
        kind: `delete`, `correct`, `restrict` or `stop`.
        categories: What it was given.

    """

    recipient: str
    name: Text
    kind: str
    categories: tuple[CategoryId, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plan of one request.

    Attributes:
        request: The request.
        register: Version of the register, 64 hex digits.
        law: Version of the law catalogue.
        at: Instant for which it was made.
        stores: What happens in each store.
        outside: Who has to be told.
        refusals: What is refused as a whole.
        basis: Duties that the plan carries out, as `PIPL-47`.

    """

    request: RightsRequest
    register: str
    law: str
    at: datetime
    stores: tuple[StorePlan, ...]
    outside: tuple[Outside, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    basis: tuple[str, ...] = ()

    @cached_property
    def is_blocked(self) -> bool:
        """Whether some store cannot be begun."""
        return any(store.is_blocked for store in self.stores)

    @cached_property
    def rows(self) -> int:
        """How many rows were found."""
        return sum(step.rows for store in self.stores for step in store.steps if not step.cuts)

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """Under which duties something is kept, each once with its latest end."""
        latest: dict[str, datetime | None] = {}
        for store in self.stores:
            for step in store.steps:
                for column in step.columns:
                    if column.kept is None:
                        continue
                    known, until = (
                        latest.get(column.kept.duty, column.kept.until),
                        column.kept.until,
                    )
                    latest[column.kept.duty] = (
                        None if known is None or until is None else max(known, until)
                    )
        return tuple(Kept(duty=duty, until=until) for duty, until in latest.items())
