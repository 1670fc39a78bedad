"""The statements of a connector, built once for each form and then kept.

Rows are found by equality with many tuples and paged by key. The key of a table without one is the
whole row, NULL included, which sorts after every value; equal rows are one row then.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Delete,
    Select,
    TableClause,
    Update,
    and_,
    bindparam,
    column,
    delete,
    false,
    or_,
    select,
    table,
    tuple_,
    update,
)
from sqlalchemy.sql import quoted_name
from sqlalchemy.types import TupleType

from chengnuo.adapters.connectors.sql_reflect import KnownTable
from chengnuo.adapters.connectors.sql_server import Condition, Expression, Server
from chengnuo.adapters.connectors.sql_types import CARRIED
from chengnuo.domain.rights.schema import ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import PAGE

Nulls = tuple[bool, ...]
"""Which values of a key are NULL."""
WANTED, AFTER, BEFORE, UNTIL = "cn_wanted", "cn_after", "cn_before", "cn_until"
ALSO, KEY, NEW = "cn_also", "cn_key", "cn_new"


def nulls_of(key: RowKey) -> Nulls:
    """Return which values of a key are NULL."""
    return tuple(one is None for one in key)


def value_name(kind: str, at: int) -> str:
    """Return the name of a parameter of a statement."""
    return f"{kind}_{at}"


def _value(kind: str, at: int) -> BindParameter[object]:
    return bindparam(value_name(kind, at), type_=CARRIED)


class Statements:
    """The statements over one table."""

    def __init__(self, known: KnownTable, server: Server) -> None:
        self.known = known
        self._server = server
        self._kept: dict[object, Select[Any] | Delete | Update] = {}
        names = [one.column for one in known.schema.columns]
        self._table: TableClause = table(
            quoted_name(known.place.name, quote=True),
            *(column(quoted_name(one, quote=True), CARRIED) for one in names),
            schema=None
            if known.place.inside is None
            else quoted_name(known.place.inside, quote=True),
        )
        self._columns = {
            name: server.carried(self._table.c[name], known.columns[name]) for name in names
        }
        schema = known.schema
        self.all_of = not schema.primary_key and len(schema.key) == len(names)
        self._key = [
            server.key_column(self._columns[name], known.columns[name], all_of=self.all_of)
            for name in schema.key
        ]
        self._ordered = [
            server.ordered(one, known.columns[name])
            for one, name in zip(self._key, schema.key, strict=True)
        ]
        self._key_is_nullable = [schema.by_name[name].nullable for name in schema.key]

    def page(
        self,
        columns: Sequence[str],
        wanted: Sequence[str],
        also: Sequence[str],
        after: Nulls | None,
    ) -> Select[Any]:
        """Return the rows whose `wanted` columns equal one of many tuples, after a key."""
        form = ("page", tuple(columns), tuple(wanted), tuple(also), after)
        found = self._kept.get(form)
        if not isinstance(found, Select):
            meets = [self._among([self._columns[name] for name in wanted])]
            meets += [self._columns[name] == _value(ALSO, at) for at, name in enumerate(also)]
            found = self._kept[form] = self._paged(columns, meets, after)
        return found

    def older(
        self, columns: Sequence[str], of: str, after: Nulls | None, *, here: bool
    ) -> Select[Any]:
        """Return the rows with a value in a column, after a key.

        Args:
            columns: Columns to return.
            of: The column.
            after: Which values of the key are NULL; None for the first page.
            here: Whether the server compares, with less than `BEFORE`.

        """
        form = ("older", tuple(columns), of, after, here)
        found = self._kept.get(form)
        if not isinstance(found, Select):
            value = self._columns[of]
            meets = (
                self._server.before(value, bindparam(BEFORE, type_=CARRIED), self.known.columns[of])
                if here
                else None
            )
            found = self._kept[form] = self._paged(
                columns, [value.is_not(None) if meets is None else meets], after
            )
        return found

    def boundary(self, of: str, *, first: bool) -> Select[Any]:
        """Return the value of a column with which the next page of different values ends."""
        form = ("boundary", of, first)
        found = self._kept.get(form)
        if not isinstance(found, Select):
            value = self._columns[of]
            later = value.is_not(None) if first else value > bindparam(AFTER, type_=CARRIED)
            page = select(value).where(later).distinct().order_by(value).limit(PAGE)
            found = self._kept[form] = page
        return found

    def variants(self, of: str, *, first: bool) -> Select[Any]:
        """Return the texts of a column up to one, those that the server takes as equal too."""
        form = ("variants", of, first)
        found = self._kept.get(form)
        if not isinstance(found, Select):
            value = self._columns[of]
            upto = value <= bindparam(UNTIL, type_=CARRIED)
            meets = upto if first else and_(value > bindparam(AFTER, type_=CARRIED), upto)
            exact = self._server.exact(value)
            found = self._kept[form] = select(exact).where(meets).distinct()
        return found

    def delete(self, nulls: Nulls) -> Delete:
        """Return the deletion of rows by key."""
        form = ("delete", nulls)
        found = self._kept.get(form)
        if not isinstance(found, Delete):
            found = self._kept[form] = delete(self._table).where(*self._is_one_of(nulls))
        return found

    def update(self, columns: Sequence[str], nulls: Nulls, *, each: bool) -> Update:
        """Return the change of columns of rows by key.

        Args:
            columns: Columns to set.
            nulls: Which values of the key are NULL.
            each: Whether it names one row instead of many.

        """
        form = ("update", tuple(columns), nulls, each)
        found = self._kept.get(form)
        if not isinstance(found, Update):
            values = {self._table.c[name]: _value(NEW, at) for at, name in enumerate(columns)}
            meets = self._is(nulls) if each else self._is_one_of(nulls)
            found = self._kept[form] = update(self._table).values(values).where(*meets)
        return found

    def wanted(self, tuples: Sequence[tuple[Value, ...]]) -> dict[str, object]:
        """Return the parameters that look for these tuples, of which there is one at least."""
        if len(tuples[0]) == 1:
            return {WANTED: [one for (one,) in tuples]}
        given: dict[str, object] = {WANTED: list(tuples)}
        if not self._server.finds_rows:
            for at, values in enumerate(zip(*tuples, strict=True)):
                given[value_name(WANTED, at)] = list(dict.fromkeys(values))
        return given

    def text_of(self, name: str) -> bool:
        """Tell whether a column holds texts."""
        return self.known.schema.by_name[name].type in {ValueType.TEXT, ValueType.OTHER}

    def _paged(
        self,
        columns: Sequence[str],
        meets: Sequence[Condition],
        after: Nulls | None,
    ) -> Select[Any]:
        told = [self._columns[name] for name in columns]
        later = [] if after is None else [self._later(after)]
        return (
            select(*told)
            .select_from(self._table)
            .where(*meets, *later)
            .order_by(*self._order())
            .limit(PAGE)
        )

    def _order(self) -> list[Expression]:
        ordered: list[Expression] = []
        for one, nullable in zip(self._ordered, self._key_is_nullable, strict=True):
            ordered += [one.is_(None), one] if nullable else [one]
        return ordered

    def _later(self, after: Nulls) -> Condition:
        """Return that a row comes after a key; on servers that can by one comparison of rows."""
        values = [_value(AFTER, at) for at in range(len(after))]
        if not any(self._key_is_nullable) and len(after) > 1 and self._server.compares_rows:
            return tuple_(*self._ordered) > tuple_(*values)
        ways = []
        equal: list[Condition] = []
        for one, value, nullable, is_null in zip(
            self._ordered, values, self._key_is_nullable, after, strict=True
        ):
            if is_null:
                greater: Condition = false()
            else:
                greater = or_(one > value, one.is_(None)) if nullable else one > value
            ways.append(and_(*equal, greater))
            equal.append(one.is_(None) if is_null else one == value)
        if len(ways) > 1 and not self._key_is_nullable[0]:
            # Says the same again in a form that an index of the key is used for.
            return and_(self._ordered[0] >= values[0], or_(*ways))
        return or_(*ways)

    def _among(self, columns: Sequence[Expression]) -> Condition:
        if len(columns) == 1:
            return columns[0].in_(bindparam(WANTED, type_=CARRIED, expanding=True))
        rows = TupleType(*[CARRIED] * len(columns))
        together = tuple_(*columns).in_(bindparam(WANTED, type_=rows, expanding=True))
        if self._server.finds_rows:
            return together
        # Says less, for the sake of an index.
        each = (
            one.in_(bindparam(value_name(WANTED, at), type_=CARRIED, expanding=True))
            for at, one in enumerate(columns)
        )
        return and_(together, *each)

    def _is(self, nulls: Nulls) -> list[Condition]:
        return [
            one.is_(None) if is_null else one == _value(KEY, at)
            for at, (one, is_null) in enumerate(zip(self._key, nulls, strict=True))
        ]

    def _is_one_of(self, nulls: Nulls) -> list[Condition]:
        given: list[Expression] = []
        absent: list[Condition] = []
        for one, is_null in zip(self._key, nulls, strict=True):
            if is_null:
                absent.append(one.is_(None))
            else:
                given.append(one)
        return [*absent, self._among(given)] if given else absent
