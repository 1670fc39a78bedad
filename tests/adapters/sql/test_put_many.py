"""Many rows put at once are what they are put one by one, conflicts included, on each database."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import INDIVIDUAL

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert

_HARD = ["", "\\N", "\\.", "a\tb", "a\nb", "\r", "\\", '"', "张三", "\U0001f600", "a\0b", None]


def given(number: int, account: int) -> dict[str, object]:
    return {
        "person": f"p\\{number:04d}",
        "account": _HARD[account % len(_HARD)],
        "birth_date": None,
    }


def held(database: Database) -> list[tuple[object, ...]]:
    query = select(INDIVIDUAL.c.person, INDIVIDUAL.c.account).order_by(INDIVIDUAL.c.person)
    with database.read() as connection:
        return [(row[0], shown(row[1])) for row in connection.execute(query)]


def shown(account: object) -> object:
    """Return a text as both kinds of database have it: PostgreSQL knows none with a zero in it."""
    return account.replace("\0", "\ufffd") if isinstance(account, str) else account


def put(database: Database, rows: list[dict[str, object]], *, renewing: bool) -> None:
    statement: Insert = insert(INDIVIDUAL)
    if renewing:
        statement = statement.on_conflict_do_update(
            index_elements=[INDIVIDUAL.c.person], set_={"account": statement.excluded.account}
        )
    else:
        statement = statement.on_conflict_do_nothing()
    with database.write() as connection:
        database.put_many(connection, statement, rows)


@pytest.mark.parametrize("count", [0, 1, 63, 64, 5000])
def test_many_rows_are_put_as_one_by_one(database: Database, count: int) -> None:
    with database.write() as connection:
        connection.execute(delete(INDIVIDUAL))
    put(database, [given(number, number) for number in range(count)], renewing=False)
    first = [(f"p\\{number:04d}", shown(_HARD[number % len(_HARD)])) for number in range(count)]
    assert held(database) == first
    again = [given(number, number + 1) for number in range(0, count + 3, 2)]
    put(database, again, renewing=False)
    new = {str(row["person"]): shown(row["account"]) for row in again}
    assert dict(held(database)) == new | dict(first)
    put(database, again, renewing=True)
    assert dict(held(database)) == dict(first) | new


def test_two_batches_in_one_transaction(database: Database) -> None:
    with database.write() as connection:
        connection.execute(delete(INDIVIDUAL))
        for start in (0, 100):
            rows = [given(start + number, number) for number in range(100)]
            database.put_many(connection, insert(INDIVIDUAL), rows)
    assert len(held(database)) == 200


def test_a_batch_that_is_refused_leaves_nothing_and_no_value(database: Database) -> None:
    with database.write() as connection:
        connection.execute(delete(INDIVIDUAL))
    rows = [given(number, 0) for number in range(100)]
    with pytest.raises(Exception, match=r".") as found:
        put(
            database,
            [*rows, {"person": None, "account": "secret", "birth_date": None}],
            renewing=True,
        )
    assert "secret" not in str(found.value)
    assert held(database) == []
