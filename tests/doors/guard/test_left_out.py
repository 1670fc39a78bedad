"""What filters on rows and frames leave out is counted, with the reasons."""

from collections import Counter
from collections.abc import Callable

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from tests.doors.guard.test_guard import COLUMNS, ROWS, WALL
from tests.usecases.decision.deciding_kit import Deciding
from tests.usecases.evidence.tea_log import ONE

from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.decision.rules import Rule
from chengnuo.doors.guard.frames import held_frame
from chengnuo.doors.guard.guard import Guard
from chengnuo.doors.guard.rows import Columns, LeftOut, held_query, held_rows
from chengnuo.ports.individuals import PersonKey

MANY = [{**row, "guest": person} for row in ROWS for person in (ONE, "other", "third")]
NOT_GIVEN = (Outcome.REFUSE, Ruling(Rule.GENERAL, "wall/general", "not-given"))


@pytest.fixture
def guard(house: Deciding) -> Guard:
    house.give()
    return Guard(desk=house.desk, person=PersonKey)


def test_rows_are_counted_with_every_reason(guard: Guard) -> None:
    counted = LeftOut()
    stayed = list(held_rows(guard, MANY, WALL, COLUMNS, left_out=counted))
    assert (counted.rows, counted.left_out, len(stayed)) == (6, 4, 2)
    assert counted.reasons[NOT_GIVEN] == 4
    assert counted.emptied == Counter({"PI-BASIC-PHONE": 2})
    assert set(counted.emptied_for.values()) == {2}
    assert {outcome for outcome, _ in counted.emptied_for} == {Outcome.REFUSE}
    assert stayed == list(held_rows(guard, MANY, WALL, COLUMNS))


@pytest.mark.parametrize("make", [pa.Table.from_pylist, pl.DataFrame, pd.DataFrame])
def test_frames_are_counted_as_rows_are(guard: Guard, make: Callable[[object], object]) -> None:
    by_rows, by_frame = LeftOut(), LeftOut()
    list(held_rows(guard, MANY, WALL, COLUMNS, left_out=by_rows))
    held_frame(guard, make(MANY), WALL, COLUMNS, left_out=by_frame)
    assert by_frame == by_rows


def test_one_count_goes_through_several_queries(guard: Guard) -> None:
    notes = Table(
        "notes",
        MetaData(),
        Column("id", Integer),
        Column("guest", String),
        Column("nick", String),
        Column("phone", String),
    )
    engine, counted = create_engine("sqlite://"), LeftOut()
    with engine.begin() as connection:
        notes.metadata.create_all(connection)
        connection.execute(insert(notes), ROWS)
        for _ in range(2):
            list(held_query(guard, connection, select(notes), WALL, COLUMNS, left_out=counted))
    engine.dispose()
    assert (counted.rows, counted.left_out) == (4, 2)


def test_rows_without_a_category_follow_the_use_as_a_whole(guard: Guard) -> None:
    columns = Columns(person="guest", categories={}, free=frozenset({"id", "nick", "phone"}))
    refused, permitted = WALL.of("PI-BASIC-PHONE"), WALL.of("PI-BASIC-NICK")
    assert not guard.ask(ONE, refused).permits
    assert guard.ask(ONE, permitted).permits
    rows = [row for row in MANY if row["guest"] == ONE]
    counted = LeftOut()
    assert list(held_rows(guard, rows, refused, columns, left_out=counted)) == []
    assert counted.left_out == len(rows)
    assert list(held_rows(guard, rows, permitted, columns)) == rows
    assert held_frame(guard, pa.Table.from_pylist(rows), refused, columns).num_rows == 0
