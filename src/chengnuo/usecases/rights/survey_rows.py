"""How the rows of one table are read in a survey, and what of each is noted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from chengnuo.domain.rights.alike import Cast, cast, in_type, is_account
from chengnuo.domain.rights.data_map import DataMap, Edge, MappedTable, names_others
from chengnuo.domain.rights.holds import NOT_YET, DutyOfTable, duties_of, end_of_duty, keeps
from chengnuo.domain.rights.kinds import ALONE, NAMED_BY, SHARED
from chengnuo.domain.rights.owners import Tie, Way
from chengnuo.domain.rights.values import RowKey, Value, encode_key
from chengnuo.ports.rights_scratch import CLAIMS, OWNS, PLAIN, Found

_TIES = {Tie.OWNS: OWNS, Tie.CLAIMS: CLAIMS, Tie.PLAIN: PLAIN}
Pick = Callable[[tuple[Value, ...]], RowKey]


@dataclass(frozen=True, slots=True)
class _Ref:
    """A reference as it is read from a row."""

    edge: int
    pick: Pick
    when: tuple[tuple[int, str], ...]
    tie: int
    cast: Cast | None


@dataclass(frozen=True, slots=True)
class _Keeping:
    """A duty as it is read from a row: position of the event's column, or the end for all."""

    position: int | None
    ends: Callable[[Value], int]
    for_all: int


class RowReader:
    """Reads rows of one table.

    Attributes:
        table: The table.
        columns: Columns to ask a store for; those for a copy come last.
        exported: How many of them are for a copy.

    """

    def __init__(  # noqa: PLR0913  all that decides what is read
        self,
        data: DataMap,
        table: MappedTable,
        *,
        account: str,
        at: datetime,
        changes: bool,
        exported: Sequence[str] = (),
    ) -> None:
        """Prepare the reading.

        Args:
            data: The map.
            table: The table.
            account: The account id.
            at: Instant of the request.
            changes: Whether rows will be changed, so that more has to be known of them.
            exported: Columns for a copy.

        """
        self.table = table
        self._account = account
        self._at = at
        wanted: dict[str, int] = {}

        def place(names: Iterable[str]) -> tuple[int, ...]:
            return tuple(wanted.setdefault(name, len(wanted)) for name in names)

        self.key = _picking(place(table.schema.key))
        self.identity = place(table.identity)
        self._refs = [
            _ref(data, edge, place)
            for edge in data.outgoing[table.number]
            if changes or needs_reference(data, edge)
        ]
        self._names = [
            (
                data.names[table.number, columns],
                None if columns == table.schema.key else _picking(place(columns)),
            )
            for columns in dict.fromkeys(
                edge.to_columns
                for edge in data.incoming[table.number]
                if changes or needs_name(data, edge)
            )
        ]
        self._duties: list[_Keeping] = []
        if changes and table.declared is not None:
            for one in duties_of(table.declared):
                has = one.event in table.schema.by_name
                self._duties.append(
                    _Keeping(
                        position=place([one.event])[0] if has else None,
                        ends=_ending(one, at),
                        for_all=0 if has else end_of_duty(one, None, at),
                    )
                )
        self.exported = len(exported)
        self.columns = (*wanted, *exported)
        self.ends: dict[tuple[int, int], int | None] = {}
        self._may_be_needed = is_needed_by_referrers(table)

    def has_identity(self, row: tuple[Value, ...]) -> bool:
        """Tell whether a row names anybody."""
        return any(row[at] is not None for at in self.identity)

    def is_named(self, row: tuple[Value, ...]) -> bool:
        """Tell whether a row names the individual."""
        return any(is_account(row[at], self._account) for at in self.identity)

    def note(self, row: tuple[Value, ...]) -> Found:
        """Return what is noted of a row that is the individual's."""
        belongs = ALONE
        mask = self._kept(row) if self._duties else 0
        orphan = False
        if self.identity:
            belongs, named, orphan = self._owners(row)
            mask |= named
        refs = []
        for ref in self._refs:
            told = reference(row, ref.pick, ref.when, ref.cast)
            if told is not None:
                refs.append((ref.edge, told, OWNS if orphan else ref.tie))
        key = self.key(row)
        text = encode_key(key)
        names = []
        for number, pick in self._names:
            values = key if pick is None else pick(row)
            if None not in values:
                names.append((number, text if pick is None else encode_key(values)))
        return Found(text, belongs, mask, tuple(names), tuple(refs))

    def _owners(self, row: tuple[Value, ...]) -> tuple[int, int, bool]:
        """Return how a row belongs by whom it names, by which columns, and if it names nobody."""
        belongs, mask, orphan = ALONE, 0, True
        for position, at in enumerate(self.identity):
            value = row[at]
            if value is None:
                continue
            orphan = False
            if str(value) == self._account:
                mask |= 1 << (NAMED_BY + position)
            else:
                belongs = SHARED
        return belongs, mask if belongs == SHARED or self._may_be_needed else 0, orphan

    def _kept(self, row: tuple[Value, ...]) -> int:
        ends = [
            one.for_all if one.position is None else one.ends(row[one.position])
            for one in self._duties
        ]
        mask = sum(1 << bit for bit, end in enumerate(ends) if keeps(end, self._at))
        for bit, end in enumerate(ends):
            if mask >> bit & 1:
                known = self.ends.get((bit, mask), 0)
                self.ends[bit, mask] = None if end == NOT_YET or known is None else max(known, end)
        return mask


def _ending(duty: DutyOfTable, at: datetime) -> Callable[[Value], int]:
    return lambda told: end_of_duty(duty, told, at)


def reference(
    row: tuple[Value, ...], pick: Pick, when: tuple[tuple[int, str], ...], turn: Cast | None
) -> str | None:
    """Return what a row refers to, encoded; None where it refers to nothing by this edge."""
    for at, value in when:
        if str(row[at]) != value:
            return None
    values: RowKey | None = pick(row)
    if values is not None and None in values:
        return None
    if turn is not None and values is not None:
        values = turn(values)
    return None if values is None else encode_key(values)


def _ref(data: DataMap, edge: Edge, place: Callable[[Iterable[str]], tuple[int, ...]]) -> _Ref:
    return _Ref(
        edge=edge.number,
        pick=_picking(place(edge.columns)),
        when=tuple((place([name])[0], value) for name, value in edge.when),
        tie=_TIES[data.tie(edge)],
        cast=edge_cast(data, edge),
    )


def edge_cast(data: DataMap, edge: Edge, *, back: bool = False) -> Cast | None:
    """Return what turns values of the referring columns into those referred to, or `back`."""
    child, parent = data.tables[edge.child].schema, data.tables[edge.parent].schema
    here = tuple(child.by_name[name] for name in edge.columns)
    there = tuple(parent.by_name[name] for name in edge.to_columns)
    return cast(there, here) if back else cast(here, there)


def also(data: DataMap, edge: Edge) -> tuple[tuple[str, Value], ...]:
    """Return the equalities of a polymorphic reference, in the types of the columns."""
    schema = data.tables[edge.child].schema
    return tuple((name, in_type(value, schema.by_name[name].type)) for name, value in edge.when)


def may_follow_up(data: DataMap, edge: Edge) -> bool:
    """Tell whether rows can belong by this edge to what it refers to."""
    child = data.tables[edge.child]
    if not (data.tables[edge.parent].is_personal and child.is_personal):
        return False
    return data.tie(edge) is Tie.OWNS or (
        not names_others(child, edge.columns)
        and child.may_name_nobody
        and data.way(data.tables[edge.parent]) is not Way.NOBODY
    )


def needs_reference(data: DataMap, edge: Edge) -> bool:
    """Tell whether a reading without changes has to note a reference."""
    if data.tie(edge) is Tie.CLAIMS:
        return True
    return may_follow_up(data, edge) and may_be_shared(data)[edge.child]


def needs_name(data: DataMap, edge: Edge) -> bool:
    """Tell whether a reading without changes has to note a name for those that refer."""
    return data.tie(edge) is Tie.CLAIMS or may_follow_up(data, edge)


def is_needed_by_referrers(table: MappedTable) -> bool:
    """Tell whether the register says that rows belong to those as well whose rows refer to them."""
    return table.declared is not None and table.declared.shared is not None


def may_be_shared(data: DataMap) -> tuple[bool, ...]:
    """Return, for each table, whether its rows can be more than one individual's at all."""
    shared = [False] * len(data.tables)
    changed = True
    while changed:
        changed = False
        for table in data.tables:
            if not shared[table.number] and _can_share(data, table, shared):
                shared[table.number] = changed = True
    return tuple(shared)


def _can_share(data: DataMap, table: MappedTable, shared: Sequence[bool]) -> bool:
    way = data.way(table)
    up = [edge for edge in data.outgoing[table.number] if may_follow_up(data, edge)]
    by_rows = len(up) > 1 or any(shared[edge.parent] for edge in up)
    if way is Way.IDENTITY:
        return len(table.identity) > 1 or by_rows
    return way is Way.REFERRED or by_rows


def _picking(places: tuple[int, ...]) -> Pick:
    if len(places) == 1:
        (only,) = places
        return lambda row: (row[only],)
    if not places:
        return lambda _row: ()
    return itemgetter(*places)
