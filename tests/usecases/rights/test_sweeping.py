"""What goes by itself: after a withdrawal, and when its time is over."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.usecases.consent.consent_kit import NEARBY
from tests.usecases.rights.rights_house import LIN, REGISTER, REVIEWER, WANG, RightsHouse

from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import FollowKind, FollowState
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.rights import Suppressed


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[RightsHouse]:
    made = RightsHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def count(house: RightsHouse, table: str) -> int:
    with closing(sqlite3.connect(house.shop_file)) as shop:
        found: int = shop.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return found


def deleted(house: RightsHouse) -> list[FollowState]:
    return [one.state for one in house.consents.follow_ups() if one.kind is FollowKind.DELETE]


def test_what_a_withdrawn_consent_stood_for_goes_after_a_release(house: RightsHouse) -> None:
    house.fill(LIN)
    house.fill(WANG)
    person = house.person(LIN)
    house.answer(NEARBY, Act.GIVE, person=person)
    house.wait(minutes=1)
    house.withdraw(NEARBY, person=person)
    assert house.rights.sweep().withdrawn == 0
    house.wait(minutes=11)
    assert house.rights.sweep().withdrawn == 1
    assert house.rights.sweep().withdrawn == 0
    house.work()
    (line,) = house.rights.queue()
    assert line.stage is Stage.NEEDS_RELEASE
    house.rights.release(line.id, REVIEWER)
    house.work()
    assert count(house, "places") == 2
    assert count(house, "orders") == 4
    assert deleted(house) == [FollowState.DONE]


def test_a_withdrawal_of_somebody_in_no_store_is_done_at_once(house: RightsHouse) -> None:
    person = house.person("nowhere-1")
    house.answer(NEARBY, Act.GIVE, person=person)
    house.withdraw(NEARBY, person=person)
    house.wait(minutes=11)
    assert house.rights.sweep().unknown == 1
    assert deleted(house) == [FollowState.DONE]


def test_nobody_is_taken_for_gone_while_a_store_is_away(house: RightsHouse) -> None:
    person = house.person(LIN)
    house.answer(NEARBY, Act.GIVE, person=person)
    house.withdraw(NEARBY, person=person)
    house.wait(minutes=11)
    house.shop.is_away = True
    swept = house.rights.sweep()
    assert (swept.unknown, swept.not_looked_at) == (0, ("main",))
    assert deleted(house) == [FollowState.OPEN]


def test_rows_whose_time_is_over_go_as_one_request_and_no_others(house: RightsHouse) -> None:
    with closing(sqlite3.connect(house.shop_file)) as shop:
        shop.executemany(
            "INSERT INTO orders (account, receiver, done) VALUES (?, 'x', ?)",
            [(LIN, "2020-01-01"), (WANG, "2023-11-20"), (WANG, "2023-11-22"), (LIN, None)],
        )
        shop.commit()
    assert house.rights.sweep().expired == 1
    assert house.rights.sweep().expired == 0
    house.work()
    (line,) = house.rights.queue()
    seen = house.rights.seen(line.id)
    assert seen.stage is Stage.NEEDS_RELEASE
    assert seen.plan is not None
    assert seen.plan.rows == 2
    house.rights.release(line.id, REVIEWER)
    house.work()
    done = house.rights.seen(line.id)
    assert (done.stage, done.results[0].deleted) == (Stage.FULFILLED, 2)
    assert count(house, "orders") == 2
    assert house.rights.sweep().expired == 0


def test_what_served_a_purpose_that_is_achieved_goes_after_its_period(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    before = "    retention: {keep: P30D, from: consent-withdrawn, then: delete}"
    told = REGISTER.replace(before, before.replace("consent-withdrawn", "purpose-achieved"))
    assert told != REGISTER
    house = RightsHouse(
        tmp_path / "achieved",
        catalogue,
        register=told.replace(
            "      - table: children\n        identity: [account]\n        not_personal: [id]\n",
            "      - table: children\n        identity: [account]\n"
            "        not_personal: [id, over]\n"
            "        events: [{event: purpose-achieved, column: over}]\n",
        ),
    )
    with closing(sqlite3.connect(house.shop_file)) as shop:
        shop.execute("ALTER TABLE children ADD COLUMN over TEXT")
        shop.executemany(
            "INSERT INTO children (account, allergy, over) VALUES (?, 'x', ?)",
            [(LIN, "2026-09-01"), (WANG, "2026-11-20"), (WANG, None)],
        )
        shop.commit()
    assert house.rights.sweep().expired == 1
    house.work()
    (line,) = house.rights.queue()
    house.rights.release(line.id, REVIEWER)
    house.work()
    assert count(house, "children") == 2
    assert house.rights.seen(line.id).stage is Stage.FULFILLED
    house.close()


def test_somebody_whose_request_was_lost_with_the_state_goes_again_by_the_ledger_alone(
    house: RightsHouse,
) -> None:
    """X4: after a restore the request is not known, only that somebody was erased."""
    house.fill(LIN)
    house.fill(WANG)
    lost = Suppressed(
        person=house.person(LIN), since=house.clock.now(), request=RequestId("lost-request")
    )
    house.data.suppressions.suppress(lost)
    assert house.data.suppressions.every() == (lost,)
    assert (house.rows_of(LIN), house.rows_of(WANG)) == (6, 6)
    assert house.rights.sweep().came_back == 1
    house.work()
    assert (house.rows_of(LIN), house.rows_of(WANG)) == (0, 6)
    assert house.rights.sweep().came_back == 0
