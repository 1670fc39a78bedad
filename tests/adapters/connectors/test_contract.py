"""What every connector must do; run over a real store of each kind."""

import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from tests.adapters.connectors.contract import (
    ColumnForm,
    ReferenceForm,
    Stand,
    TableForm,
    all_rows,
    lacks,
)

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.rights.schema import OnDelete, ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import (
    MOST_VALUES,
    PAGE,
    Lack,
    Match,
    RecordSource,
    StoreRefusedError,
    StoreUnavailableError,
)

NO_UPDATE = lacks(Lack.UPDATE, raises=Exception, reason="a row can only be deleted as a whole")
NO_SCHEMA = lacks(Lack.SCHEMA, raises=Exception, reason="it has no schema of its own")
NO_LIST = lacks(Lack.ALL_VALUES, raises=Exception, reason="different values cannot be listed")

ORDERS = TableForm(
    table="orders",
    columns=(
        ColumnForm("id"),
        ColumnForm("owner", ValueType.TEXT),
        ColumnForm("note", ValueType.TEXT, nullable=True),
    ),
)
LINES = TableForm(
    table="lines",
    columns=(
        ColumnForm("order_id"),
        ColumnForm("kind", ValueType.TEXT),
        ColumnForm("amount"),
    ),
    key=("order_id", "kind"),
)
SECRET = "鹿鸣九皋-4471"  # noqa: S105  a value that must not be seen


def of_owner(*owners: Value) -> Match:
    return Match(columns=("owner",), values=tuple((one,) for one in owners))


def orders(stand: Stand, *rows: tuple[int, str, str | None]) -> None:
    stand.make(ORDERS)
    stand.put(
        "orders", [{"id": stand.id(i), "owner": owner, "note": note} for i, owner, note in rows]
    )


def numbers(stand: Stand, ids: Iterable[Value]) -> list[int]:
    """Return which numbers these ids stand for, each written as the store writes it."""
    values = list(ids)
    found = [int(str(one)) for one in values]
    assert [stand.id(one) for one in found] == values
    return found


def ids(stand: Stand, source: RecordSource, *owners: Value) -> list[int]:
    found = source.rows(stand.name("orders"), ["id"], of_owner(*owners))
    return numbers(stand, [one for (one,) in found])


def held_ids(stand: Stand) -> list[int]:
    return sorted(numbers(stand, [one["id"] for one in stand.held("orders")]))


def of_ids(stand: Stand, *given: int) -> Match:
    return Match(columns=("id",), values=tuple((stand.id(one),) for one in given))


def keys(stand: Stand, *given: int, table: str = "orders") -> list[RowKey]:
    return stand.keys(table, [(stand.id(one),) for one in given])


def test_it_says_which_store_it_is_and_what_it_lacks(stand: Stand, source: RecordSource) -> None:
    assert (source.store, source.lacks) == ("main", stand.lacks)


def test_rows_are_those_that_match_and_no_others(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a1", "x"), (2, "b2", None), (3, "a1", "一件"), (4, "c3", "y"))
    table = stand.name("orders")
    found = source.rows(table, ["note", "id"], of_owner("a1", "b2", "nobody"))
    assert list(found) == [("x", stand.id(1)), (None, stand.id(2)), ("一件", stand.id(3))]
    assert list(source.rows(table, ["id"], of_owner())) == []


def test_pages_are_complete_and_in_order_and_repeat_nothing(
    stand: Stand, source: RecordSource
) -> None:
    count = 2 * PAGE + 7
    orders(stand, *((i, f"o{i % 3}", None) for i in range(count, 0, -1)))
    pages = list(all_rows(stand, source, "orders", ["id"], of_owner("o0", "o1", "o2")))
    assert [len(one) for one in pages] == [PAGE, PAGE, 7]
    found = numbers(stand, [row[0] for page in pages for row in page])
    assert found == list(range(1, count + 1))


def test_rows_that_others_insert_meanwhile_make_no_gap_and_no_repeat(
    stand: Stand, source: RecordSource
) -> None:
    orders(stand, *((i, "o", None) for i in range(10, 10 + 3 * PAGE, 2)))
    before = {one["id"] for one in stand.held("orders")}
    seen: list[Value] = []
    for at, page in enumerate(all_rows(stand, source, "orders", ["id"], of_owner("o"))):
        seen += [one for (one,) in page]
        late = (at, 11 + 2 * at, 10**6 + at)
        stand.put("orders", [{"id": stand.id(i), "owner": "o", "note": None} for i in late])
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_as_many_values_as_are_allowed_are_looked_for_at_once(
    stand: Stand, source: RecordSource
) -> None:
    orders(stand, *((i, f"o{i}", None) for i in range(MOST_VALUES + 20)))
    wanted = [f"o{i}" for i in range(MOST_VALUES)]
    assert sorted(ids(stand, source, *wanted)) == list(range(MOST_VALUES))


def test_null_matches_nothing_not_even_null(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", None), (2, "b", "x"))
    table = stand.name("orders")
    found = source.rows(table, ["id"], Match(columns=("note",), values=((None,), ("x",))))
    assert list(found) == [(stand.id(2),)]
    also = Match(columns=("owner",), values=(("a",),), also=(("note", None),))
    assert list(source.rows(table, ["id"], also)) == []


def test_a_further_equality_narrows_the_rows(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", "review"), (2, "a", "refund"), (3, "b", "review"))
    match = Match(columns=("owner",), values=(("a",), ("b",)), also=(("note", "review"),))
    found = source.rows(stand.name("orders"), ["id"], match)
    assert list(found) == [(stand.id(1),), (stand.id(3),)]


def test_an_account_id_finds_a_number_only_if_it_is_written_as_one(
    stand: Stand, source: RecordSource
) -> None:
    if Lack.SCHEMA in stand.lacks:
        return  # its ids are texts
    orders(stand, (7, "a", None), (0, "z", None))
    strange: tuple[Value, ...] = ("07", " 7", "7 ", "7.0", "7e0", "+7", "", "seven", "0x7", 10**30)
    match = Match(columns=("id",), values=tuple((one,) for one in strange))
    assert list(source.rows("orders", ["id"], match)) == []
    assert list(source.rows("orders", ["id"], Match(columns=("id",), values=(("7",),)))) == [(7,)]


def test_keys_of_several_columns_are_matched_paged_and_changed(
    stand: Stand, source: RecordSource
) -> None:
    stand.make(LINES)
    rows = [(i, kind, i) for i in range(1, 1_400) for kind in ("b", "a", "c")]
    stand.put("lines", [{"order_id": stand.id(i), "kind": k, "amount": n} for i, k, n in rows])
    pairs: list[RowKey] = [(stand.id(i), kind) for i in range(1, 200) for kind in ("a", "c")]
    table, names = stand.name("lines"), ("order_id", "kind")
    match = Match(columns=names, values=tuple(reversed(pairs)))
    assert list(source.rows(table, names, match)) == pairs
    (last,) = stand.keys("lines", [(stand.id(100), "a")])
    rest = source.rows(table, names, match, after=last)
    assert list(rest) == pairs[pairs.index((stand.id(100), "a")) + 1 :]
    every = Match(columns=("kind",), values=(("a",), ("b",), ("c",)))
    pages = list(all_rows(stand, source, "lines", names, every))
    assert [row for page in pages for row in page] == [
        (stand.id(i), kind) for i in range(1, 1_400) for kind in ("a", "b", "c")
    ]
    named = stand.keys("lines", [*pairs, (stand.id(5_000), "a")])
    with source.changes() as changes:
        assert changes.delete(table, named) == len(pairs)
    assert len(stand.held("lines")) == len(rows) - len(pairs)


TEXTS = ("", "张三", "😀𠮷", "O'Brien", '"', "\\", "%s ? :a $1", "a\nb\t", " padded", "x" * 200)
VALUES: dict[ValueType, tuple[Value, ...]] = {
    ValueType.TEXT: TEXTS,
    ValueType.INTEGER: (0, -1, 2**63 - 1, -(2**63)),
    ValueType.REAL: (0.1, -2.5e300, 1.0),
    ValueType.DECIMAL: (Decimal("0.5"), Decimal("-12345678.25"), Decimal(7)),
    ValueType.BOOLEAN: (True, False),
    ValueType.DATE: (date(1900, 2, 28), date(2026, 10, 1)),
    ValueType.TIME: (time(0, 0), time(23, 59, 59, 999_999)),
    ValueType.INSTANT: (datetime(2026, 2, 3, 4, 5, 6), datetime(1999, 12, 31, 23, 59, 59, 123_456)),  # noqa: DTZ001  a column without a zone
    ValueType.BYTES: (b"", bytes(range(256))),
    ValueType.UUID: (UUID("00000000-0000-4000-8000-0000000000ff"),),
    ValueType.JSON: ('{"姓名": [1, null]}', '"text"'),
}


@pytest.mark.parametrize("kind", VALUES, ids=str)
def test_values_come_back_as_they_were_put_and_are_put_as_they_came(
    stand: Stand, source: RecordSource, kind: ValueType
) -> None:
    if kind not in stand.types:
        return
    form = TableForm(table="kept", columns=(ColumnForm("id"), ColumnForm("v", kind, nullable=True)))
    stand.make(form)
    values = (*VALUES[kind], None)
    stand.put("kept", [{"id": stand.id(i), "v": value} for i, value in enumerate(values)])
    told = [stand.told(one, kind) for one in values]
    table, everything = stand.name("kept"), of_ids(stand, *range(len(values)))
    found = [one for (one,) in source.rows(table, ["v"], everything)]
    assert [(type(one), one) for one in found] == [(type(one), one) for one in told]
    if Lack.UPDATE in source.lacks:
        return
    # Each row gets the value of the next one, as it was read.
    named = keys(stand, *range(len(values)), table="kept")
    with source.changes() as changes:
        new = [(key, {"v": found[i - 1]}) for i, key in enumerate(named)]
        assert changes.update(table, new) == len(values)
    kept = {one["id"]: one["v"] for one in stand.held("kept")}
    again = [one for (one,) in source.rows(table, ["v"], everything)]
    assert again == [found[i - 1] for i in range(len(values))]
    if kind is not ValueType.JSON:
        assert [kept[stand.id(i)] for i in range(len(values))] == again


@pytest.mark.parametrize("kind", sorted(set(VALUES) - {ValueType.JSON}), ids=str)
def test_a_value_that_was_read_finds_its_row_again(
    stand: Stand, source: RecordSource, kind: ValueType
) -> None:
    if kind not in stand.types:
        return
    stand.make(TableForm(table="kept", columns=(ColumnForm("id"), ColumnForm("v", kind))))
    stand.put("kept", [{"id": stand.id(i), "v": value} for i, value in enumerate(VALUES[kind])])
    table, everything = stand.name("kept"), of_ids(stand, *range(len(VALUES[kind])))
    for at, (value,) in enumerate(source.rows(table, ["v"], everything)):
        match = Match(columns=("v",), values=((value,),))
        assert list(source.rows(table, ["id"], match)) == [(stand.id(at),)]


def test_deletes_count_the_rows_there_were(stand: Stand, source: RecordSource) -> None:
    orders(stand, *((i, "a", None) for i in range(1_200)))
    named = keys(stand, *range(100, 5_000))
    with source.changes() as changes:
        assert changes.delete(stand.name("orders"), named) == 1_100
        assert changes.delete(stand.name("orders"), []) == 0
    assert held_ids(stand) == list(range(100))
    with source.changes() as changes:
        assert changes.delete(stand.name("orders"), [named[0]]) == 0


@NO_UPDATE
def test_updates_count_the_rows_there_were_changed_or_not(
    stand: Stand, source: RecordSource
) -> None:
    orders(stand, (1, "a", "x"), (2, "b", "y"), (3, "c", None))
    table = stand.name("orders")
    one, two, three, none = keys(stand, 1, 2, 3, 9)
    with source.changes() as changes:
        new: dict[str, Value] = {"note": "x"}
        assert changes.update(table, [(one, new), (two, new), (none, new)]) == 2
    one, two, three = keys(stand, 1, 2, 3)
    with source.changes() as changes:
        assert changes.update(table, [(three, {"note": None}), (one, {"note": None})]) == 2
    one, two, three = keys(stand, 1, 2, 3)
    with source.changes() as changes:
        mixed = [(one, {"owner": "新"}), (two, {"note": "2", "owner": "b2"}), (three, {})]
        assert changes.update(table, mixed) == 2
    kept = {one["id"]: (one["owner"], one["note"]) for one in stand.held("orders")}
    assert kept == {
        stand.id(1): ("新", None),
        stand.id(2): ("b2", "2"),
        stand.id(3): ("c", None),
    }


@lacks(Lack.TRANSACTIONS, raises=AssertionError, reason="a row that was changed has another name")
def test_a_row_is_changed_twice_in_one_block(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", "x"))
    (key,) = keys(stand, 1)
    with source.changes() as changes:
        assert changes.update(stand.name("orders"), [(key, {"note": "y"})]) == 1
        assert changes.update(stand.name("orders"), [(key, {"owner": "b"})]) == 1
    (kept,) = stand.held("orders")
    assert (kept["owner"], kept["note"]) == ("b", "y")


def test_what_is_raised_in_a_block_takes_back_all_of_it(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", None), (2, "b", None))

    class StopError(Exception):
        pass

    def stopped() -> None:
        with source.changes() as changes:
            changes.delete(stand.name("orders"), keys(stand, 1))
            raise StopError

    with pytest.raises(StopError):
        stopped()
    assert held_ids(stand) == [1, 2]
    with source.changes() as changes:
        changes.delete(stand.name("orders"), keys(stand, 1))
    assert held_ids(stand) == [2]


@lacks(Lack.TRANSACTIONS, raises=StoreRefusedError, reason="it has no transaction to try in")
def test_a_trial_counts_and_changes_nothing(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", None), (2, "b", None))
    table = stand.name("orders")
    with source.changes(trial=True) as changes:
        assert changes.delete(table, keys(stand, 1, 7)) == 1
        assert changes.update(table, [(key, {"note": "n"}) for key in keys(stand, 2)]) == 1
    assert sorted(stand.held("orders"), key=lambda one: str(one["id"])) == [
        {"id": stand.id(1), "owner": "a", "note": None},
        {"id": stand.id(2), "owner": "b", "note": None},
    ]


CONSTRAINED = (
    TableForm(table="people", columns=(ColumnForm("id"), ColumnForm("name", ValueType.TEXT))),
    TableForm(
        table="things",
        columns=(
            ColumnForm("id"),
            ColumnForm("owner", nullable=True),
            ColumnForm("code", ValueType.TEXT),
            ColumnForm("size"),
        ),
        unique=(("code",),),
        references=(ReferenceForm(columns=("owner",), to_table="people", to_columns=("id",)),),
        checks=("size > 0",),
    ),
)


def people_and_things(stand: Stand) -> None:
    stand.make(*CONSTRAINED)
    stand.put("people", [{"id": i, "name": f"{SECRET}{i}"} for i in (1, 2)])
    stand.put(
        "things", [{"id": i, "owner": 1, "code": f"{SECRET}{i}", "size": 1} for i in (10, 11)]
    )


REFUSALS: dict[str, Callable[[RecordSource], None]] = {}


def refusal(act: Callable[[RecordSource], None]) -> Callable[[RecordSource], None]:
    REFUSALS[act.__name__.replace("_", " ")] = act
    return act


@refusal
def a_row_that_is_referred_to_goes(source: RecordSource) -> None:
    with source.changes() as changes:
        changes.update("people", [((2,), {"name": "new"})])
        changes.delete("people", [(1,)])


@refusal
def a_value_is_there_already(source: RecordSource) -> None:
    with source.changes() as changes:
        changes.update("people", [((2,), {"name": "new"})])
        changes.update("things", [((10,), {"code": f"{SECRET}11"})])


@refusal
def nothing_where_something_must_be(source: RecordSource) -> None:
    with source.changes() as changes:
        changes.update("people", [((2,), {"name": "new"})])
        changes.update("things", [((10,), {"code": None}), ((11,), {"code": None})])


@refusal
def a_condition_is_not_met(source: RecordSource) -> None:
    with source.changes() as changes:
        changes.update("people", [((2,), {"name": "new"})])
        changes.update("things", [((10,), {"size": -44_719})])


@refusal
def nobody_is_referred_to(source: RecordSource) -> None:
    with source.changes() as changes:
        changes.update("people", [((2,), {"name": "new"})])
        changes.update("things", [((10,), {"owner": 44_719})])


@NO_SCHEMA
@pytest.mark.parametrize("act", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_takes_back_all_names_the_table_and_shows_no_value(
    stand: Stand, source: RecordSource, act: Callable[[RecordSource], None]
) -> None:
    people_and_things(stand)
    source.schema(["people"])
    with pytest.raises(StoreRefusedError) as raised:
        act(source)
    error = raised.value
    assert error.store == "main"
    assert error.table in {"people", "things"}
    assert error.constraint
    assert {one["name"] for one in stand.held("people")} == {f"{SECRET}1", f"{SECRET}2"}
    shows_no_value(error)
    with source.changes() as changes:
        assert changes.delete("things", [(10,), (11,)]) == 2


def shows_no_value(error: BaseException, *, alone: bool = True) -> None:
    """Check that neither the error nor what it carries along shows a value of a row.

    Args:
        error: The error.
        alone: Whether it has to carry no other error, because those of the driver hold values.

    """
    assert not alone or (error.__cause__, error.__context__) == (None, None)
    shown = "".join(traceback.format_exception(error))
    carried: BaseException | None = error
    while carried is not None:
        shown += repr(carried) + repr(vars(carried))
        carried = carried.__cause__ or carried.__context__
    assert SECRET not in shown
    assert "44719" not in shown


@NO_SCHEMA
def test_rows_that_refer_to_each_other_go_together_in_any_order(
    stand: Stand, source: RecordSource
) -> None:
    own = ReferenceForm(columns=("above",), to_table="notes", to_columns=("id",))
    columns = (ColumnForm("id"), ColumnForm("above", nullable=True))
    stand.make(TableForm(table="notes", columns=columns, references=(own,)))
    stand.put("notes", [{"id": i, "above": i - 1 or None} for i in range(1, 1_003)])
    with source.changes() as changes:
        assert changes.delete("notes", [(i,) for i in range(1, 1_003)]) == 1_002
    assert stand.held("notes") == []


@NO_SCHEMA
def test_a_constraint_that_is_looked_at_on_commit_is_told_by_a_trial_too(
    stand: Stand, source: RecordSource
) -> None:
    people, things = CONSTRAINED
    later = ReferenceForm(
        columns=("owner",), to_table="people", to_columns=("id",), deferrable=True
    )
    stand.make(people, TableForm(table="things", columns=things.columns, references=(later,)))
    stand.put("people", [{"id": 1, "name": SECRET}])
    stand.put("things", [{"id": 10, "owner": 1, "code": "c", "size": 1}])
    for trial in (True, False):
        with pytest.raises(StoreRefusedError) as raised, source.changes(trial=trial) as changes:
            changes.delete("people", [(1,)])
        shows_no_value(raised.value)
        assert len(stand.held("people")) == 1
    with source.changes(trial=True) as changes:
        changes.update("things", [((10,), {"owner": None})])
        changes.delete("people", [(1,)])
    assert len(stand.held("people")) == 1


@NO_SCHEMA
def test_the_schema_is_what_was_made_with_all_that_refers_to_it(
    stand: Stand, source: RecordSource
) -> None:
    people_and_things(stand)
    stand.make(TableForm(table="apart", columns=(ColumnForm("id"),)))
    schema = source.schema(["people", "absent"])
    assert set(schema.by_name) == {"people", "things"}
    things = schema.by_name["things"]
    assert things.primary_key == things.key == ("id",)
    assert things.unique == (("code",),)
    assert [(one.columns, one.to_table, one.to_columns) for one in things.foreign_keys] == [
        (("owner",), "people", ("id",))
    ]
    assert [one.columns for one in things.checks] == [("size",)]
    code, owner = things.by_name["code"], things.by_name["owner"]
    assert (code.type, code.nullable, code.length) == (ValueType.TEXT, False, 200)
    assert (owner.type, owner.nullable) == (ValueType.INTEGER, True)


@NO_SCHEMA
@pytest.mark.parametrize("on_delete", [OnDelete.REFUSE, OnDelete.CASCADE, OnDelete.SET_NULL])
def test_the_schema_tells_what_a_deletion_takes_along(
    stand: Stand, source: RecordSource, on_delete: OnDelete
) -> None:
    reference = ReferenceForm(
        columns=("owner",), to_table="people", to_columns=("id",), on_delete=on_delete
    )
    columns = (ColumnForm("id"), ColumnForm("owner", nullable=True))
    stand.make(CONSTRAINED[0], TableForm(table="things", columns=columns, references=(reference,)))
    (key,) = source.schema(["things"]).by_name["things"].foreign_keys
    assert key.on_delete is on_delete


@NO_SCHEMA
def test_the_digest_of_the_schema_changes_with_the_schema_only(
    stand: Stand, source: RecordSource
) -> None:
    people_and_things(stand)
    first = source.schema(["people"]).digest
    stand.put("people", [{"id": 3, "name": "more"}])
    again = stand.open()
    assert again.schema(["people", "things"]).digest == source.schema(["people"]).digest == first
    again.close()
    stand.add_column("things", ColumnForm("late", ValueType.TEXT, nullable=True))
    assert source.schema(["people"]).digest != first


@NO_LIST
def test_all_different_values_of_a_column_are_listed(stand: Stand, source: RecordSource) -> None:
    count = PAGE + 5
    owners = [f"o{i}" for i in range(count)]
    orders(stand, *((i, owner, "同" if i % 2 else None) for i, owner in enumerate(owners * 2)))
    table = stand.name("orders")
    found = list(source.distinct(table, "owner"))
    assert (len(found), set(found)) == (count, set(owners))
    assert sorted(numbers(stand, source.distinct(table, "id"))) == list(range(2 * count))
    assert list(source.distinct(table, "note")) == ["同"]


@NO_LIST
def test_values_that_differ_in_case_only_are_listed_apart(
    stand: Stand, source: RecordSource
) -> None:
    orders(stand, (1, "Ab", None), (2, "ab", None), (3, "AB", None), (4, "ac", None))
    assert sorted(map(str, source.distinct(stand.name("orders"), "owner"))) == [
        "AB",
        "Ab",
        "ab",
        "ac",
    ]


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("kind", [ValueType.INSTANT, ValueType.DATE, ValueType.INTEGER], ids=str)
def test_rows_older_than_an_instant_are_found_page_by_page(
    stand: Stand, source: RecordSource, kind: ValueType
) -> None:
    if kind not in stand.types:
        return
    stand.make(
        TableForm(table="seen", columns=(ColumnForm("id"), ColumnForm("at", kind, nullable=True)))
    )
    count = PAGE + 50

    def put(at: datetime) -> Value:
        match kind:
            case ValueType.INSTANT:
                return at.replace(tzinfo=None)
            case ValueType.DATE:
                return at.date()
            case _:
                return int(at.timestamp())

    instants = [NOON + timedelta(hours=i - count) for i in range(count + 10)]
    rows = [{"id": stand.id(i), "at": put(at)} for i, at in enumerate(instants)]
    stand.put("seen", [*rows, {"id": stand.id(10**6), "at": None}])
    table, key = stand.name("seen"), stand.key("seen")
    first = source.older(table, ["id", *key], "at", NOON)
    second = source.older(table, ["id", *key], "at", NOON, after=tuple(first[-1][1:]))
    # A civil date is its beginning, so that of the same day is older than noon.
    until = next(
        (i for i, at in enumerate(instants) if at.date() > NOON.date()), len(instants)
    ) if kind is ValueType.DATE else count  # fmt: skip
    assert [len(first), len(second)] == [PAGE, until - PAGE]
    assert numbers(stand, [row[0] for row in (*first, *second)]) == list(range(until))


def test_what_compares_as_a_plain_value_is_less_than_it(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", None), (2, "b", None), (3, "c", None))
    found = source.older(stand.name("orders"), ["id"], "id", stand.id(3))
    assert list(found) == [(stand.id(1),), (stand.id(2),)]


def test_a_table_that_is_not_there_is_told(stand: Stand, source: RecordSource) -> None:
    orders(stand, (1, "a", None))
    with pytest.raises(ChengnuoError) as raised:
        source.rows("absent", ["id"], of_ids(stand, 1))
    shows_no_value(raised.value, alone=Lack.SCHEMA not in stand.lacks)


def test_a_store_that_is_gone_is_unavailable_and_of_use_again_when_it_is_back(
    stand: Stand,
) -> None:
    orders(stand, (1, SECRET, None), (2, "b", None))
    source, late = stand.open(), stand.open()
    assert ids(stand, source, SECRET) == [1]
    with stand.silenced():
        with pytest.raises(StoreUnavailableError) as raised:
            ids(stand, late, SECRET)
        shows_no_value(raised.value, alone=Lack.SCHEMA not in stand.lacks)
    for one in (late, source):
        # A connection from before may be found lost once.
        try:
            found = ids(stand, one, SECRET)
        except StoreUnavailableError:
            found = ids(stand, one, SECRET)
        assert found == [1]
        one.close()
