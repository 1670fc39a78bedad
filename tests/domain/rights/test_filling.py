"""What is written in place of what goes: allowed, unique where it has to be, telling nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.domain.register.store import KeepDuty
from chengnuo.domain.rights.filling import fill
from chengnuo.domain.rights.holds import NOT_YET, DutyOfTable, Hold, end_of_duty, keeps, until
from chengnuo.domain.rights.masking import neutral, own
from chengnuo.domain.rights.plan import ColumnFate
from chengnuo.domain.rights.schema import Check, ColumnSchema, TableSchema, ValueType

ANONYMISE, MASK, NULL = ColumnFate.ANONYMISE, ColumnFate.MASK, ColumnFate.NULL


def _table(
    *columns: ColumnSchema, unique: tuple[tuple[str, ...], ...] = (), check: str = ""
) -> TableSchema:
    return TableSchema(
        table="t",
        columns=(ColumnSchema(column="id", type=ValueType.INTEGER, nullable=False), *columns),
        primary_key=("id",),
        unique=unique,
        checks=(Check(name="c", sql=check, columns=()),) if check else (),
    )


def _text(name: str, *, nullable: bool = False, length: int | None = 40) -> ColumnSchema:
    return ColumnSchema(column=name, type=ValueType.TEXT, nullable=nullable, length=length)


def _written(
    table: TableSchema, fates: dict[str, ColumnFate], key: str = "[1]"
) -> dict[str, object]:
    filled = fill(table, fates)
    assert filled.fillings is not None
    return {one.column.column: one.value(b"s" * 32, "main.t", key) for one in filled.fillings}


def test_a_list_of_allowed_values_is_kept_to() -> None:
    table = _table(_text("kind"), check="kind IN ('phone', 'wechat')")
    assert _written(table, {"kind": ANONYMISE})["kind"] in {"phone", "wechat"}


def test_two_columns_that_hang_together_are_filled_together() -> None:
    table = _table(
        _text("side", length=10),
        _text("staff_no", nullable=True),
        check="(side = 'staff') = (staff_no IS NOT NULL)",
    )
    written = _written(table, {"side": ANONYMISE, "staff_no": NULL})
    assert written["staff_no"] is None
    assert written["side"] != "staff"


def test_a_range_is_kept_to() -> None:
    stars = ColumnSchema(column="stars", type=ValueType.INTEGER, nullable=False)
    assert _written(_table(stars, check="stars BETWEEN 3 AND 5"), {"stars": MASK})["stars"] in {
        3,
        4,
        5,
    }


def test_what_no_value_meets_is_told() -> None:
    table = _table(_text("email", nullable=True), check="email IS NOT NULL")
    strict = fill(table, {"email": NULL})
    assert strict.fillings is None
    assert [one.name for one in strict.failed] == ["c"]
    loose = fill(table, {"email": NULL}, loosely=True)
    assert loose.fates == {"email": ANONYMISE}


def test_a_unique_column_gets_a_value_for_each_row_or_says_that_it_is_too_narrow() -> None:
    table = _table(_text("email"), unique=(("email",),))
    assert _written(table, {"email": MASK}, "[1]") != _written(table, {"email": MASK}, "[2]")
    assert fill(_table(_text("code", length=2), unique=(("code",),)), {"code": MASK}).narrow == (
        "code",
    )


def test_a_condition_on_columns_that_stay_is_left_to_the_store() -> None:
    table = _table(
        _text("a", nullable=True), _text("b", nullable=True), check="(a IS NULL) = (b IS NULL)"
    )
    assert [one.name for one in fill(table, {"a": NULL}).open] == ["c"]
    odd = _table(_text("a", nullable=True), check="length(a) > 3")
    assert [one.name for one in fill(odd, {"a": NULL}).open] == ["c"]


TYPES = [one for one in ValueType if one is not ValueType.OTHER]


@pytest.mark.parametrize("kind", TYPES)
@given(length=st.none() | st.integers(1, 30), key=st.text(max_size=8))
def test_what_is_written_fits_and_is_the_same_again(
    kind: ValueType, length: int | None, key: str
) -> None:
    column = ColumnSchema(column="c", type=kind, nullable=False, length=length)
    for filling in own(column):
        value = filling.value(b"1" * 32, "t", key)
        assert value == filling.value(b"1" * 32, "t", key)
        assert value != filling.value(b"2" * 32, "t", key)
        if length is not None and isinstance(value, str | bytes):
            assert len(value) <= length
    for constant in neutral(column):
        if kind is ValueType.TEXT and length is not None:
            assert len(str(constant)) <= length


@given(secret=st.binary(min_size=1, max_size=32), key=st.text(max_size=8))
def test_an_instant_is_one_that_a_server_counting_seconds_in_31_bits_holds(
    secret: bytes, key: str
) -> None:
    """MariaDB and MySQL refuse a TIMESTAMP before the second second of 1970, and one after 2038."""
    column = ColumnSchema(column="c", type=ValueType.INSTANT, nullable=False)
    (filling,) = own(column)
    for value in (*neutral(column), filling.value(secret, "t", key)):
        assert isinstance(value, datetime)
        assert 86_400 <= value.timestamp() < 2**31 - 86_400


AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
_DUTY = KeepDuty(duty="ECL-31", keep=Period.parse("P3Y"), from_=RetentionStart.TRANSACTION_DONE)


@pytest.mark.parametrize(
    ("event", "told", "end"),
    [
        pytest.param("done", "2024-02-29 00:00:00", datetime(2027, 2, 28, tzinfo=UTC), id="leap"),
        pytest.param("done", None, None, id="not yet"),
        pytest.param("", None, datetime(2029, 11, 28, 9, tzinfo=UTC), id="from the request"),
    ],
)
def test_a_duty_runs_from_its_event(event: str, told: str | None, end: datetime | None) -> None:
    found = end_of_duty(DutyOfTable(duty=_DUTY, event=event, columns=()), told, AT)
    assert until(found) == end
    assert keeps(found, AT)
    assert (found == NOT_YET) is (end is None)
    assert end is None or not keeps(found, end)


def test_a_hold_ends_at_its_instant() -> None:
    hold = Hold(table="main.t", reason=Text("诉讼", "a lawsuit"), until=AT)
    assert not hold.holds("main.t", AT)
    assert hold.holds("main.t", datetime(2026, 11, 28, 8, 59, tzinfo=UTC))
    assert not hold.holds("main.u", datetime(2026, 11, 28, 8, tzinfo=UTC))
