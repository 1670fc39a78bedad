"""What lies in the operator's stores, as far as it was looked at: counts, never values.

A column of JSON is seen path by path (`ext.buyer.phone`). Examples are masked before they come
here; there is no value of anybody in any of this.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.engines.text.columns import Holding
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.law.ids import CategoryId


class Unseen(StrEnum):
    """Why something could not be looked into."""

    UNAVAILABLE = "unavailable"
    """It does not answer, or the account of the connection may not read it."""
    NO_CONNECTOR = "no-connector"
    """A store that nothing reads: somebody else does, by hand or by a program of theirs."""
    CONTENTS = "contents"
    """Whole files, as pictures, whose contents are not read."""
    VALUE = "value"
    """It holds a value of a type that cannot be carried."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _UNSEEN_TEXTS[self]


_UNSEEN_TEXTS = {
    Unseen.UNAVAILABLE: Text("无法读取", "cannot be read"),
    Unseen.NO_CONNECTOR: Text("没有连接器，请人工核对", "no connector: check by hand"),
    Unseen.CONTENTS: Text("整个文件的内容不读取", "contents of whole files are not read"),
    Unseen.VALUE: Text("含有无法读取的类型", "holds a type that cannot be read"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that could not be looked into.

    Attributes:
        unseen: Why.
        what: What the store said, in words of ours; holds no value.

    """

    unseen: Unseen
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column, or a path in one, that holds something.

    Attributes:
        column: Its name; of a path in JSON the column, a full stop, the path.
        holding: In what way.
        kind: Kind of what it holds; None where only masked values or digests are seen.
        category: Category of the kind.
        evidence: What speaks for it.
        rows: Values looked at.
        filled: Those that are not empty.
        held: Those that are or hold the kind.
        others: Further kinds with their counts.
        examples: Some values, masked.

    """

    column: str
    holding: Holding
    kind: Kind | None = None
    category: CategoryId | None = None
    evidence: Evidence | None = None
    rows: int
    filled: int
    held: int = 0
    others: tuple[tuple[Kind, int], ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Name of the column of the table that it is in."""
        return self.column.partition(".")[0] if self.in_json else self.column

    in_json: bool = False
    """Whether it is a path in a column of JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oldest:
    """The least value of a column that tells when.

    Attributes:
        column: Its name.
        on: The civil day at +08:00.

    """

    column: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSeen:
    """A table that is there.

    Attributes:
        table: Its name.
        all_columns: Names of all its columns.
        columns: Those that hold something.
        rows: How many rows it has; None where that was not told.
        looked_at: How many of them were looked at.
        is_whole: Whether these are all.
        oldest: The least values of columns that tell when.
        trouble: Why it could not be looked into, or not to the end.

    """

    table: str
    all_columns: tuple[str, ...]
    columns: tuple[ColumnSeen, ...] = ()
    rows: int | None = None
    looked_at: int = 0
    is_whole: bool = False
    oldest: tuple[Oldest, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSeen:
    """One store.

    Attributes:
        store: Its id in the register.
        tables: Its tables, by name.
        trouble: Why it could not be looked into at all.

    """

    store: str
    tables: tuple[TableSeen, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoresSeen:
    """What was seen in stores.

    Attributes:
        knowledge: What text was searched with.
        on: The civil day.
        stores: In the order of the register.

    """

    knowledge: KnowledgeVersion
    on: date
    stores: tuple[StoreSeen, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing stood against looking, but for files that are never read."""
        return not any(
            one is not None and one.unseen in {Unseen.UNAVAILABLE, Unseen.VALUE}
            for store in self.stores
            for one in (store.trouble, *(table.trouble for table in store.tables))
        )
