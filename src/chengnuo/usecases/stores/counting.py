"""Going through all rows of a table: here, or its parts side by side on a cluster.

Both give the same, also where a part is damaged: what came before it counts, and its error is the
one that is told. From the cluster come counts alone; what a path in JSON holds that came up there
for the first time is looked at here, on the page on which it came up, and the parts that have it
are counted once more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, Protocol

from chengnuo.domain.rights.values import Value, ValueFormError
from chengnuo.engines.text.cues import Cues
from chengnuo.ports.batches import BatchUnavailableError, Spread
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError
from chengnuo.ports.store_look import PartedLook, StoreLook, StoreLooks
from chengnuo.usecases.stores.columns import TableColumns
from chengnuo.usecases.stores.page_counts import KnownColumns, PageCounts, Spot

STORE_ERRORS: Final = (StoreUnavailableError, StoreRefusedError, ValueFormError)
"""What a store may raise that is told, and the scan goes on."""
_CHUNKS: Final = 64


@dataclass(frozen=True, slots=True)
class Looked:
    """A table that is looked into.

    Attributes:
        store: Id of its store.
        look: The store.
        table: The table.

    """

    store: str
    look: StoreLook
    table: str


class Counting(Protocol):
    """Goes through the rows of tables."""

    def count(
        self, looked: Looked, columns: TableColumns, names: Sequence[str], most: int | None
    ) -> int:
        """Count columns of a table, and return how many rows were looked at.

        Args:
            looked: The table.
            columns: What its sample told; counts are added.
            names: The columns.
            most: How many rows at the most, from all over the table; None for all.

        Raises:
            StoreUnavailableError: A part cannot be read; what came before it was counted.
            ValueFormError: It holds a value that cannot be carried.

        """
        ...

    def oldest(self, looked: Looked, column: str) -> Value:
        """Return the least value of a column; None where there is none.

        Raises:
            StoreUnavailableError: The table cannot be read.

        """
        ...


@dataclass(frozen=True, slots=True)
class CountedHere:
    """`Counting`, page after page."""

    def count(
        self, looked: Looked, columns: TableColumns, names: Sequence[str], most: int | None
    ) -> int:
        """See `Counting.count`."""
        rows = 0
        for page in looked.look.pages(looked.table, names, most):
            rows += len(page)
            columns.count(page, names)
        return rows

    def oldest(self, looked: Looked, column: str) -> Value:
        """See `Counting.oldest`."""
        return looked.look.oldest(looked.table, column)


COUNTED_HERE: Final = CountedHere()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedApart:
    """`Counting` on a cluster, of tables in parts; what has none, or is sampled, is counted here.

    Attributes:
        spread: The cluster.
        looks: Opens the stores; pickles.
        cues: Returns the words beside values; of the top level of a module.

    """

    spread: Spread
    looks: StoreLooks
    cues: Callable[[], Cues]

    def count(
        self, looked: Looked, columns: TableColumns, names: Sequence[str], most: int | None
    ) -> int:
        """See `Counting.count`."""
        look = looked.look
        if most is not None or not isinstance(look, PartedLook):
            return COUNTED_HERE.count(looked, columns, names, most)
        parts = look.parts(looked.table)
        known = columns.known(names)
        found = self._counted(looked, parts, known)
        for part in found:
            columns.take(part.counts.counts)
        self._count_new(looked, parts, columns, known, found)
        if found and found[-1].is_damaged:
            _raise_of(look, looked.table, parts[len(found) - 1], names)
        return sum(part.rows for part in found)

    def oldest(self, looked: Looked, column: str) -> Value:
        """See `Counting.oldest`."""
        look = looked.look
        if not isinstance(look, PartedLook):
            return COUNTED_HERE.oldest(looked, column)
        work = partial(_oldest_in, self.looks, looked.store, looked.table, column)
        parts = look.parts(looked.table)
        values: list[Value] = []
        for found in self.spread.each(work, _chunks(parts)):
            values += found.values
            if found.is_damaged:
                _raise_of(look, looked.table, parts[len(values)], [column])
        return look.least(values)

    def _counted(
        self, looked: Looked, parts: Sequence[str], known: KnownColumns
    ) -> list["_PartCounts"]:
        """Return what each part holds, up to the first that is damaged."""
        work = partial(_counts_in, self.looks, self.cues, looked.store, looked.table, known)
        found: list[_PartCounts] = []
        for chunk in self.spread.each(work, _chunks(parts)):
            found += chunk
            if found and found[-1].is_damaged:
                break
        return found

    def _count_new(
        self,
        looked: Looked,
        parts: Sequence[str],
        columns: TableColumns,
        known: KnownColumns,
        found: Sequence["_PartCounts"],
    ) -> None:
        """Look at what came up for the first time, and count it where it came up."""
        first: dict[Spot, tuple[int, int]] = {}
        for at, part in enumerate(found):
            for spot, number in part.counts.new.items():
                first.setdefault(spot, (at, number))
        if not first:
            return
        look = looked.look
        assert isinstance(look, PartedLook)  # noqa: S101  it was, above
        for at, number in sorted(set(first.values())):
            pages = look.pages_in(looked.table, parts[at], known.names)
            page = next(islice(pages, number, None))
            columns.meet(page, known.names, [one for one in first if first[one] == (at, number)])
        having = [parts[at] for at, part in enumerate(found) if part.counts.new]
        for part in self._counted(looked, having, columns.known(known.names, only=set(first))):
            columns.take(part.counts.counts)


@dataclass(frozen=True, slots=True)
class _PartCounts:
    """What a part holds; of a damaged one, what came before the damage."""

    rows: int
    counts: PageCounts
    is_damaged: bool


@dataclass(frozen=True, slots=True)
class _Oldest:
    """The least value of each part, up to the first that is damaged."""

    values: list[Value]
    is_damaged: bool


def _counts_in(  # noqa: PLR0913, PLR0917  what is the same for all parts comes first
    looks: StoreLooks,
    cues: Callable[[], Cues],
    store: str,
    table: str,
    known: KnownColumns,
    parts: Sequence[str],
) -> list[_PartCounts]:
    """Count parts of a table, where there is room."""
    look, found = _parted(looks, store), list[_PartCounts]()
    try:
        for part in parts:
            rows, counts, is_damaged = 0, PageCounts(), False
            try:
                for number, page in enumerate(look.pages_in(table, part, known.names)):
                    rows += len(page)
                    counts.add(number, page, known, cues())
            except STORE_ERRORS:
                is_damaged = True
            found.append(_PartCounts(rows, counts, is_damaged))
            if is_damaged:
                break
    finally:
        look.close()
    return found


def _oldest_in(
    looks: StoreLooks, store: str, table: str, column: str, parts: Sequence[str]
) -> _Oldest:
    """Return the least value of a column in each of some parts, where there is room."""
    look, values = _parted(looks, store), list[Value]()
    try:
        for part in parts:
            values.append(look.oldest_in(table, part, column))
    except STORE_ERRORS:
        return _Oldest(values, is_damaged=True)
    finally:
        look.close()
    return _Oldest(values, is_damaged=False)


def _parted(looks: StoreLooks, store: str) -> PartedLook:
    look = looks.open(store)
    if not isinstance(look, PartedLook):
        raise BatchUnavailableError("the store is another there")
    return look


def _chunks(parts: Sequence[str]) -> list[Sequence[str]]:
    """Return parts by neighbours: a store is opened once for each chunk."""
    size = max(1, -(-len(parts) // _CHUNKS))
    return [parts[start : start + size] for start in range(0, len(parts), size)]


def _raise_of(look: PartedLook, table: str, part: str, names: Sequence[str]) -> None:
    """Raise what reading a damaged part raises."""
    for _ in look.pages_in(table, part, names):
        pass
    raise BatchUnavailableError("a file can be read here and not there")
