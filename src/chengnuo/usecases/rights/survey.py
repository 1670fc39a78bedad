"""The survey: everything in the stores that belongs to one individual, and how it belongs.

From the account outwards, breadth first, page by page: rows that name the account, rows that
belong by what they refer to, rows that are claimed by those found. Each row is visited once,
however deep or circular the references. How far it is stands in the scratch, so that memory stays
flat and a survey that was stopped goes on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chengnuo.domain.rights.alike import fits, in_type
from chengnuo.domain.rights.data_map import DataMap, Edge, MappedTable
from chengnuo.domain.rights.owners import Tie, Way
from chengnuo.domain.rights.request import LabelAt
from chengnuo.domain.rights.values import RowKey, Value, decode_key, encode_key
from chengnuo.ports.record_source import (
    MOST_VALUES,
    PAGE,
    Match,
    PageTooLargeError,
    RecordSource,
)
from chengnuo.ports.rights_scratch import Scratch, Walk
from chengnuo.usecases.rights.survey_rows import (
    RowReader,
    also,
    edge_cast,
    may_follow_up,
)


class TooManyRowsError(Exception):
    """The individual has more rows than a survey may find; what was found is saved."""


Take = Callable[[MappedTable, Sequence[tuple[Value, ...]], RowReader], None]
"""Takes the rows of a table that were found for the first time."""


@dataclass(kw_only=True)
class Survey:
    """One survey.

    Attributes:
        data: The map.
        sources: Stores that can be read, by id.
        scratch: Where everything found stands.
        account: The account id.
        at: Instant of the request.
        changes: Whether rows will be changed, so that more has to be known of them.
        exported: Columns for a copy, by number of the table.
        most: How many rows it may find.
        beat: Called between pages.
        take: Takes rows for a copy.
        only: The one label that is looked for; None for everything.

    """

    data: DataMap
    sources: Mapping[str, RecordSource]
    scratch: Scratch
    account: str
    at: datetime
    changes: bool
    most: int
    beat: Callable[[], None]
    exported: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    take: Take | None = None
    only: LabelAt | None = None

    def __post_init__(self) -> None:
        self.readers = {
            table.number: RowReader(
                self.data,
                table,
                account=self.account,
                at=self.at,
                changes=self.changes,
                exported=self.exported.get(table.number, ()),
            )
            for table in self.data.reached()
            if table.store in self.sources
        }
        self._found = self.scratch.total()

    def find(self) -> None:
        """Find every row.

        Raises:
            TooManyRowsError: There are more than `most`.

        """
        for table in self.data.reached():
            if self.only is not None and table.name != self.only.table:
                continue
            if self.data.way(table) is Way.IDENTITY and table.number in self.readers:
                for column in table.identity:
                    self._named(table, column)
        edges = [
            edge
            for edge in self.data.edges
            if edge.child in self.readers and edge.parent in self.readers
        ]
        down = [edge for edge in edges if may_follow_up(self.data, edge)]
        up = [edge for edge in edges if self.data.tie(edge) is Tie.CLAIMS and self.only is None]
        going = True
        while going:
            going = False
            for edge in down:
                going |= self._follow(edge, "down", self._belonging)
            for edge in up:
                going |= self._follow(edge, "up", self._claimed)
        self.scratch.save()

    def _named(self, table: MappedTable, column: str) -> None:
        wanted = in_type(self.account, table.schema.by_name[column].type)
        mark = f"named:{table.number}:{column}"
        said = self.scratch.recall(mark)
        if said == "" or not fits(wanted, table.schema.by_name[column].type):
            return
        reader = self.readers[table.number]
        match = Match(columns=(column,), values=((wanted,),), also=self._also(table))
        for page in self.pages(
            table, reader.columns, match, after=decode_key(said) if said else None
        ):
            self._keep(table, [row for row in page if reader.is_named(row)])
            self.scratch.remember(mark, encode_key(page[-1][: len(table.schema.key)]))
        self.scratch.remember(mark, "")

    def _also(self, table: MappedTable) -> tuple[tuple[str, Value], ...]:
        """Return what else rows have to equal where one label is looked for."""
        told = None if table.declared is None else table.declared.labels
        if self.only is None or told is None:
            return ()
        return ((told.label, self.only.label),)

    def _follow(self, edge: Edge, way: str, go: Callable[[Edge, Sequence[RowKey]], None]) -> bool:
        """Follow an edge from rows that it was not yet followed from; tell if there were any."""
        mark = f"{way}:{edge.number}"
        after = int(self.scratch.recall(mark) or 0)
        walk = walk_of(self.data, edge)
        went = False
        while True:
            texts, last = (
                self.scratch.names_after(walk.name, after, MOST_VALUES)
                if way == "down"
                else self.scratch.claims_after(walk, after, MOST_VALUES)
            )
            if last == after:
                return went
            go(edge, [decode_key(text) for text in texts])
            after, went = last, True
            self.scratch.remember(mark, str(after))

    def _belonging(self, edge: Edge, names: Sequence[RowKey]) -> None:
        child = self.data.tables[edge.child]
        reader = self.readers[edge.child]
        for page in self.referring(edge, names, reader.columns):
            self._keep(
                child, [row for row in page if not child.identity or not reader.has_identity(row)]
            )

    def _claimed(self, edge: Edge, names: Sequence[RowKey]) -> None:
        parent = self.data.tables[edge.parent]
        match = Match(columns=edge.to_columns, values=tuple(names))
        for page in self.pages(parent, self.readers[edge.parent].columns, match):
            self._keep(parent, page)

    def _keep(self, table: MappedTable, rows: Sequence[tuple[Value, ...]]) -> None:
        reader = self.readers[table.number]
        fresh = self.scratch.add(table.number, [reader.note(row) for row in rows])
        for (bit, mask), end in reader.ends.items():
            self.scratch.note_end(table.number, bit, mask, end)
        reader.ends.clear()
        if self.take is not None and fresh:
            self.take(table, [rows[position] for position in fresh], reader)
        self._found += len(fresh)
        if self._found > self.most:
            self.scratch.save()
            raise TooManyRowsError

    def referring(
        self, edge: Edge, names: Sequence[RowKey], columns: Sequence[str]
    ) -> Iterator[Sequence[tuple[Value, ...]]]:
        """Yield pages of rows that refer to these names by an edge."""
        turn = edge_cast(self.data, edge, back=True)
        values = names if turn is None else [one for one in map(turn, names) if one is not None]
        if values:
            match = Match(columns=edge.columns, values=tuple(values), also=also(self.data, edge))
            yield from self.pages(self.data.tables[edge.child], columns, match)

    def pages(
        self,
        table: MappedTable,
        columns: Sequence[str],
        match: Match,
        *,
        after: RowKey | None = None,
    ) -> Iterator[Sequence[tuple[Value, ...]]]:
        """Yield pages of rows; the key of the table stands first in `columns`.

        Raises:
            PageTooLargeError: What one value leads to is too large to be held at once.

        """
        source = self.sources[table.store]
        width = len(table.schema.key)
        while True:
            self.beat()
            try:
                page = source.rows(table.schema.table, columns, match, after=after)
            except PageTooLargeError:
                if len(match.values) == 1:
                    raise
                half = len(match.values) // 2
                for values in (match.values[:half], match.values[half:]):
                    less = replace(match, values=values)
                    yield from self.pages(table, columns, less, after=after)
                return
            if page:
                yield page
            if len(page) < PAGE:
                return
            after = page[-1][:width]


def walk_of(data: DataMap, edge: Edge) -> Walk:
    """Return an edge as it is walked in the scratch."""
    return Walk(edge.number, data.names[edge.parent, edge.to_columns])
