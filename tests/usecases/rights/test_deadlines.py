"""The answer is due in working days of the official calendar, from the civil day of receipt."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import RightsHouse

from chengnuo.domain.rights.request import AskedBy
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.asking import promised_days
from chengnuo.usecases.rights.seen import RequestSeen


def asked_at(house: RightsHouse, at: datetime) -> RequestSeen:
    house.clock.at = at
    return house.ask(by=AskedBy.INDIVIDUAL, app="")


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> RightsHouse:
    return RightsHouse(tmp_path / "house", catalogue)


def test_the_apps_shorter_promise_counts_and_fifteen_where_there_is_none(
    house: RightsHouse,
) -> None:
    register = house.desk.served.register
    assert promised_days(register, "tea", Right.DELETE) == 10
    assert promised_days(register, "tea", Right.ACCESS) == 0
    assert promised_days(register, "tea", Right.CORRECT) == 15
    house.close()


def test_national_day_and_the_make_up_days_around_it_count_as_the_state_council_says(
    house: RightsHouse,
) -> None:
    # 2026: off from 1 to 7 October; people work on Sunday 20 September and Saturday 10 October.
    seen = asked_at(house, datetime(2026, 9, 25, 2, 0, tzinfo=UTC))
    calendar = house.room.calendar
    day, left = datetime(2026, 9, 25, tzinfo=UTC).date(), 10
    while left:
        day = day.fromordinal(day.toordinal() + 1)
        left -= calendar.is_working_day(day)
    assert seen.due.on == day
    assert day.isoformat() > "2026-10-12"
    assert not seen.due.provisional
    assert seen.days_left == 10
    house.close()


def test_what_comes_in_after_sixteen_utc_belongs_to_the_next_day(house: RightsHouse) -> None:
    evening = asked_at(house, datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    night = house.ask(account="somebody-else", app="")
    assert evening.due.on == night.due.on
    house.clock.at = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    later = house.ask(account="a-third", app="")
    assert later.due.on > evening.due.on
    house.close()


def test_beyond_the_known_calendar_the_day_is_the_earliest_and_provisional(
    house: RightsHouse,
) -> None:
    last = house.room.calendar.last
    seen = asked_at(house, datetime(last.year, 12, 28, 2, 0, tzinfo=UTC))
    assert seen.due.provisional
    assert seen.due.on <= seen.due.likely
    house.close()


def test_a_request_over_its_time_is_in_the_queue_of_those(house: RightsHouse) -> None:
    seen = asked_at(house, datetime(2026, 9, 1, 2, 0, tzinfo=UTC))
    assert house.rights.queue(overdue=True) == ()
    house.clock.at = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    (late,) = house.rights.queue(overdue=True)
    assert (late.id, late.days_left < 0) == (seen.request.id, True)
    house.close()
