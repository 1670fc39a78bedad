"""Rows that are anonymised when their time is over, and tables of a service that ended."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import LIN, REGISTER, REVIEWER, WANG, RightsHouse

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.plan import ColumnFate, RowFate
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.rights.seen import RequestSeen
from chengnuo.usecases.rights.staff_desk import StaffDesk

ANONYMISED = REGISTER.replace(
    "    retention: {keep: P30D, from: collected, then: delete}\n    stores: [main.places]",
    "    retention: {keep: P30D, from: collected, then: anonymise}\n    stores: [main.places]",
).replace(
    "      - table: places\n        identity: [account]\n        not_personal: [id]\n",
    "      - table: places\n        identity: [account]\n        not_personal: [id, at]\n"
    "        events: [{event: collected, column: at}]\n",
)
OLD, NEW = "2026-01-01", "2026-11-20"
NEARBY = REGISTER[REGISTER.index("  - activity: nearby\n") : REGISTER.index("  - activity: wall\n")]


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[RightsHouse]:
    made = RightsHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


@pytest.fixture
def walked(tmp_path: Path, catalogue: Catalogue) -> Iterator[RightsHouse]:
    """Return a house whose places are anonymised after thirty days."""
    made = RightsHouse(tmp_path / "walked", catalogue, register=ANONYMISED)
    write(made, "ALTER TABLE places ADD COLUMN at TEXT")
    for row in [(LIN, "桥头", OLD), (WANG, "桥尾", OLD), (LIN, "桥头", NEW), (WANG, "桥尾", None)]:
        write(made, "INSERT INTO places (account, place, at) VALUES (?, ?, ?)", *row)
    yield made
    made.close()


def write(house: RightsHouse, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(house.shop_file)) as shop:
        shop.execute(sql, values)
        shop.commit()


def places(house: RightsHouse) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(house.shop_file)) as shop:
        return shop.execute("SELECT id, account, place, at FROM places ORDER BY id").fetchall()


def count(house: RightsHouse, table: str) -> int:
    with closing(sqlite3.connect(house.shop_file)) as shop:
        found: int = shop.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return found


def the_request(house: RightsHouse) -> RequestSeen:
    house.work()
    (line,) = house.rights.queue()
    return house.rights.seen(line.id)


def released(house: RightsHouse) -> RequestSeen:
    request = the_request(house).request.id
    house.rights.release(request, REVIEWER)
    house.work()
    return house.rights.seen(request)


def test_rows_whose_time_is_over_are_anonymised_and_stay(walked: RightsHouse) -> None:
    assert ANONYMISED.count("then: anonymise") == 2
    before = places(walked)
    assert walked.rights.sweep().expired == 1
    seen = the_request(walked)
    assert (seen.stage, places(walked)) == (Stage.NEEDS_RELEASE, before)
    assert seen.plan is not None
    (step,) = seen.plan.stores[0].steps
    assert (step.rows, step.fate) == (2, RowFate.CHANGE)
    assert {one.fate for one in step.columns} == {ColumnFate.ANONYMISE}
    done = released(walked)
    assert (done.stage, done.results[0].changed, done.results[0].deleted) == (Stage.FULFILLED, 2, 0)
    after = places(walked)
    assert after[2:] == before[2:]
    for (key, account, place, at), (old_key, *_) in zip(after[:2], before, strict=False):
        assert (key, at) == (old_key, OLD)
        assert str(account).startswith("anon-")
        assert str(place).startswith("anon-")
    assert len({row[1] for row in after[:2]}) == 2


def test_what_is_anonymised_is_not_asked_for_again(walked: RightsHouse) -> None:
    walked.rights.sweep()
    assert released(walked).stage is Stage.FULFILLED
    assert walked.rights.sweep().expired == 0
    walked.start_again()
    assert walked.rights.sweep().expired == 0


def test_a_row_that_a_restore_brings_back_is_anonymised_again(walked: RightsHouse) -> None:
    walked.rights.sweep()
    released(walked)
    anonymised = places(walked)
    write(walked, "UPDATE places SET account = ?, place = '桥头' WHERE id = 1", LIN)
    assert walked.rights.sweep().expired == 1
    assert released(walked).results[0].changed == 1
    assert places(walked) == anonymised


def test_what_staff_hold_is_not_anonymised(walked: RightsHouse) -> None:
    StaffDesk(walked.room).hold(LIN, reason="一起诉讼需要这些记录", by=REVIEWER)
    walked.rights.sweep()
    assert released(walked).results[0].changed == 1
    assert places(walked)[0][1] == LIN


def rebuilt(house: RightsHouse, columns: str) -> None:
    with closing(sqlite3.connect(house.shop_file)) as shop:
        shop.executescript(
            "ALTER TABLE places RENAME TO before;"  # noqa: S608  columns of this file
            f"CREATE TABLE places ({columns});"
            "INSERT INTO places SELECT id, account, place, at FROM before; DROP TABLE before;"
        )


def test_a_column_that_takes_no_other_value_parks_the_request_and_changes_nothing(
    walked: RightsHouse,
) -> None:
    rebuilt(
        walked,
        "id INTEGER PRIMARY KEY, account TEXT NOT NULL,"
        " place TEXT NOT NULL CHECK (place > '桥'), at TEXT",
    )
    before = places(walked)
    assert walked.rights.sweep().expired == 1
    seen = the_request(walked)
    assert seen.stage is Stage.PARKED
    assert seen.stopped is not None
    assert seen.stopped.code == "rights-plan-check"
    assert "loosen it or register another treatment" in seen.stopped.what.en
    assert places(walked) == before


def test_an_account_that_is_part_of_the_key_parks_the_request_with_what_would_mend_it(
    walked: RightsHouse,
) -> None:
    rebuilt(
        walked,
        "id INTEGER, account TEXT NOT NULL, place TEXT, at TEXT, PRIMARY KEY (account, id)",
    )
    before = places(walked)
    assert walked.rights.sweep().expired == 1
    seen = the_request(walked)
    assert seen.stage is Stage.PARKED
    assert seen.stopped is not None
    assert seen.stopped.code == "rights-plan-cannot"
    assert "places.account" in seen.stopped.what.en
    assert "delete" in seen.stopped.what.en
    assert places(walked) == before
    assert walked.rights.sweep().expired == 0
    rebuilt(walked, "id INTEGER PRIMARY KEY, account TEXT NOT NULL, place TEXT, at TEXT")
    walked.rights.resume(seen.request.id, REVIEWER)
    assert released(walked).results[0].changed == 2


def test_an_account_that_is_a_number_becomes_nobodys_or_parks_the_request(
    walked: RightsHouse,
) -> None:
    columns = "id INTEGER PRIMARY KEY, account INTEGER {}, place TEXT, at TEXT"
    write(walked, "UPDATE places SET account = 7")
    rebuilt(walked, columns.format("NOT NULL"))
    walked.rights.sweep()
    seen = the_request(walked)
    assert seen.stage is Stage.PARKED
    assert {row[1] for row in places(walked)} == {7}
    rebuilt(walked, columns.format(""))
    walked.rights.resume(seen.request.id, REVIEWER)
    assert released(walked).stage is Stage.FULFILLED
    assert [row[1] for row in places(walked)] == [None, None, 7, 7]


def test_a_column_that_the_register_does_not_speak_of_parks_the_request(
    walked: RightsHouse,
) -> None:
    write(walked, "ALTER TABLE places ADD COLUMN remark TEXT")
    walked.rights.sweep()
    seen = the_request(walked)
    assert seen.stage is Stage.PARKED
    assert seen.stopped is not None
    assert seen.stopped.code == "rights-plan-undeclared-column"


def test_a_condition_that_only_the_store_can_judge_parks_the_request_when_it_refuses(
    walked: RightsHouse,
) -> None:
    rebuilt(
        walked,
        "id INTEGER PRIMARY KEY, account TEXT NOT NULL,"
        " place TEXT NOT NULL CHECK (place GLOB '桥*'), at TEXT",
    )
    before = places(walked)
    walked.rights.sweep()
    seen = released(walked)
    assert seen.stage is Stage.PARKED
    assert seen.results[0].stopped is not None
    assert seen.results[0].stopped.code == "rights-store-refused"
    assert places(walked) == before


def test_a_table_of_a_service_that_ended_goes_after_a_release(house: RightsHouse) -> None:
    house.fill(LIN)
    house.fill(WANG)
    assert house.rights.sweep().ended == 0
    house.edit(NEARBY, "")
    assert house.rights.sweep().ended == 1
    assert house.rights.sweep().ended == 0
    seen = the_request(house)
    assert (seen.stage, count(house, "places")) == (Stage.NEEDS_RELEASE, 4)
    done = released(house)
    assert (done.stage, done.results[0].deleted) == (Stage.FULFILLED, 4)
    assert (count(house, "places"), count(house, "orders")) == (0, 4)
    assert house.rights.sweep().ended == 0


def test_a_change_that_was_declined_is_not_asked_again_but_the_next_one_is(
    house: RightsHouse,
) -> None:
    house.fill(LIN)
    house.edit(NEARBY, "")
    house.rights.sweep()
    seen = the_request(house)
    house.rights.decline(seen.request.id, REVIEWER, "duty-of-law", "这些记录另有用途")
    assert house.rights.sweep().ended == 0
    house.wait(minutes=1)
    house.edit("  - activity: wall\n", NEARBY.replace("P30D", "P60D") + "  - activity: wall\n")
    assert house.rights.sweep().ended == 0
    house.edit(NEARBY.replace("P30D", "P60D"), "")
    assert house.rights.sweep().ended == 1
    assert count(house, "places") == 2


def test_an_activity_under_another_name_or_with_another_table_ended_nothing(
    house: RightsHouse,
) -> None:
    house.fill(LIN)
    house.edit("  - activity: nearby\n", "  - activity: close-by\n")
    assert house.rights.sweep().ended == 0
    house.edit("    stores: [main.places]\n", "")
    assert house.rights.sweep().ended == 0


def test_a_hold_outlasts_the_service_and_what_it_kept_goes_afterwards(house: RightsHouse) -> None:
    house.fill(LIN)
    house.fill(WANG)
    hold = StaffDesk(house.room).hold(LIN, reason="一起诉讼需要这些记录", by=REVIEWER)
    house.edit(NEARBY, "")
    house.rights.sweep()
    assert released(house).results[0].deleted == 2
    assert house.rights.sweep().ended == 0
    StaffDesk(house.room).lift(hold.id, REVIEWER, "诉讼已经结束了")
    assert house.rights.sweep().ended == 1
    assert released(house).results[0].deleted == 2
    assert count(house, "places") == 0


PLACES = REGISTER[
    REGISTER.index("      - table: places\n") : REGISTER.index("      - table: children\n")
]


def test_a_table_that_left_the_register_with_its_activity_is_found_by_the_version_before(
    house: RightsHouse,
) -> None:
    house.fill(LIN)
    house.write(REGISTER.replace(NEARBY, "").replace(PLACES, ""))
    house.desk.load(by="cli")
    assert house.rights.sweep().ended == 1
    assert released(house).results[0].deleted == 2
    assert count(house, "places") == 0


def test_a_table_in_a_store_without_a_connector_is_seen_to_by_hand(house: RightsHouse) -> None:
    house.fill(LIN)
    house.write(REGISTER.replace(NEARBY, "").replace("kind: sqlite", "kind: manual"))
    house.desk.load(by="cli")
    assert house.rights.sweep().ended == 1
    seen = the_request(house)
    assert seen.stage is Stage.PARKED
    assert seen.stopped is not None
    assert "by hand" in seen.stopped.what.en
    done = house.rights.conclude_partly(seen.request.id, REVIEWER, "已在纸质登记本中销毁")
    assert done.stage is Stage.PARTLY
    assert house.rights.sweep().ended == 0


def test_a_store_under_another_id_is_known_by_its_connection(house: RightsHouse) -> None:
    house.fill(LIN)
    house.write(REGISTER.replace("store: main", "store: shop").replace("[main.", "[shop."))
    house.desk.load(by="cli")
    assert house.rights.sweep().ended == 0
    house.edit(NEARBY.replace("[main.", "[shop."), "")
    assert house.rights.sweep().ended == 1
    assert released(house).results[0].deleted == 2


def test_a_store_that_left_the_register_is_seen_to_by_hand(house: RightsHouse) -> None:
    house.fill(LIN)
    other = REGISTER.replace(NEARBY, "").replace("store: main", "store: shop")
    house.write(other.replace("[main.", "[shop.").replace("connection: TEA_DB", "connection: NEW"))
    house.desk.load(by="cli")
    assert house.rights.sweep().ended == 1
    seen = the_request(house)
    assert seen.stage is Stage.PARKED
    assert seen.stopped is not None
    assert "not in the register any more" in seen.stopped.what.en
