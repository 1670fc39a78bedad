"""Pages and changes of databases against a plain reference, over generated tables and rows."""

import itertools
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.connectors.contract import ColumnForm, TableForm
from tests.adapters.connectors.sql_stands import MariadbStand, SqlStand

from chengnuo.adapters.connectors import sql_source, sql_statements
from chengnuo.domain.register.store import StoreKind
from chengnuo.domain.rights.schema import ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import Match, RecordSource

SMALL_PAGE = 3
TABLE = itertools.count()
TEXTS = st.text(alphabet="aAbB z%_'\\\"中😀\n0", max_size=3)
VALUES: dict[ValueType, st.SearchStrategy[Value]] = {
    ValueType.INTEGER: st.integers(-2, 2),
    ValueType.TEXT: TEXTS,
    ValueType.DATE: st.sampled_from([date(2026, 1, 1), date(2026, 1, 2)]),
    ValueType.DECIMAL: st.sampled_from([Decimal("0.5"), Decimal(2)]),
}
Drawn = tuple[TableForm, list[dict[str, Value]]]


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    """A table with a key of up to three columns, or none and NULLs, and some rows."""
    kinds = draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=3))
    keyless = draw(st.booleans())
    columns = [ColumnForm(f"k{at}", kind, nullable=keyless) for at, kind in enumerate(kinds)]
    columns.append(ColumnForm("owner", nullable=keyless))
    form = TableForm(
        table=f"t{next(TABLE)}",
        columns=tuple(columns),
        key=() if keyless else tuple(one.column for one in columns[:-1]),
    )
    one_row = st.fixed_dictionaries(
        {
            one.column: (st.none() | VALUES[one.type]) if one.nullable else VALUES[one.type]
            for one in columns[:-1]
        }
        | {"owner": (st.none() | st.integers(1, 2)) if keyless else st.integers(1, 2)}
    )
    return form, draw(st.lists(one_row, max_size=14))


def same(stand: SqlStand, value: Value) -> Value:
    """Return what the server takes as equal: MariaDB knows neither case nor spaces at the end."""
    if isinstance(stand, MariadbStand) and isinstance(value, str):
        return value.casefold().rstrip(" ")
    return value


def put(stand: SqlStand, form: TableForm, rows: Sequence[dict[str, Value]]) -> list[RowKey]:
    """Make the table and put the rows that its key lets in; return these."""
    stand.make(form)
    kept: dict[RowKey, dict[str, Value]] = {}
    for at, row in enumerate(rows):
        key = tuple(same(stand, row[one]) for one in form.key) or (at,)
        kept.setdefault(key, row)
    stand.put(form.table, list(kept.values()))
    kinds = {one.column: one.type for one in form.columns}
    return [
        tuple(stand.told(row[name], kinds[name]) for name in form.names) for row in kept.values()
    ]


def pages(source: RecordSource, form: TableForm, match: Match) -> list[RowKey]:
    """Return all rows, read by small pages."""
    key = form.key or form.names
    places = [form.names.index(one) for one in key]
    found: list[RowKey] = []
    after: RowKey | None = None
    while True:
        page = source.rows(form.table, form.names, match, after=after)
        assert len(page) <= SMALL_PAGE
        found += page
        if len(page) < SMALL_PAGE:
            return found
        after = tuple(page[-1][at] for at in places)


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.real),
        pytest.param("mariadb", marks=pytest.mark.real),
    ]
)
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SqlStand:
    for module in (sql_source, sql_statements):
        monkeypatch.setattr(module, "PAGE", SMALL_PAGE)
    found: SqlStand = request.getfixturevalue(f"{request.param}_stand")
    return found


def over(database: SqlStand, test: Callable[[Drawn, RecordSource], None]) -> None:
    """Run a test over generated tables, in the one database of this test."""
    source = database.open()

    def run(drawn: Drawn) -> None:
        try:
            test(drawn, source)
        finally:
            database.drop(drawn[0].table)

    # A table costs a server much more than a file.
    most = settings.default.max_examples // (1 if database.kind is StoreKind.SQLITE else 4)
    settings(max_examples=most, suppress_health_check=list(HealthCheck))(given(tables())(run))()
    source.close()


def test_pages_hold_every_row_that_matches_once(database: SqlStand) -> None:
    def check(drawn: Drawn, source: RecordSource) -> None:
        form, rows = drawn
        kept = put(database, form, rows)
        match = Match(columns=("owner",), values=((1,),))
        found = pages(source, form, match)
        wanted = {one for one in kept if one[-1] == 1}
        assert len(found) == len(set(found))
        assert set(found) == wanted
        # From any row on there is exactly the rest.
        key = form.key or form.names
        for at, row in enumerate(found):
            after = tuple(row[form.names.index(one)] for one in key)
            rest = source.rows(form.table, form.names, match, after=after)
            assert list(rest) == found[at + 1 : at + 1 + SMALL_PAGE]

    over(database, check)


def test_what_is_deleted_or_changed_by_key_is_that_and_nothing_else(database: SqlStand) -> None:
    def check(drawn: Drawn, source: RecordSource) -> None:
        form, rows = drawn
        kept = put(database, form, rows)
        key = form.key or form.names
        chosen = sorted(set(kept), key=repr)[::2]
        keys = [tuple(row[form.names.index(one)] for one in key) for row in chosen]
        with source.changes() as changes:
            assert changes.update(form.table, [(one, {"owner": 9}) for one in keys]) == len(chosen)
        changed = [(*one[:-1], 9) if one in set(chosen) else one for one in kept]
        held = [tuple(row[name] for name in form.names) for row in database.held(form.table)]
        assert sorted(held, key=repr) == sorted(changed, key=repr)
        with source.changes() as changes:
            gone = [(*one[:-1], 9) if not form.key else one for one in keys]
            assert changes.delete(form.table, gone) == len(set(gone))
        held = [tuple(row[name] for name in form.names) for row in database.held(form.table)]
        left = [one for one in changed if one[-1] != 9]
        assert sorted(held, key=repr) == sorted(left, key=repr)

    over(database, check)


def test_every_different_value_is_listed_once(database: SqlStand) -> None:
    def check(drawn: Drawn, source: RecordSource) -> None:
        form, rows = drawn
        kept = put(database, form, rows)
        for at, name in enumerate(form.names):
            found = list(source.distinct(form.table, name))
            assert len(found) == len(set(found))
            assert set(found) == {one[at] for one in kept} - {None}

    over(database, check)
