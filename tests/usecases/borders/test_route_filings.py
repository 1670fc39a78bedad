"""What routes ask for opens by itself: once, with its day, and by the calendar of the mainland."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.usecases.borders.assessed_house import AssessedHouse
from tests.usecases.borders.border_house import with_lines
from tests.usecases.dossier.dossier_house import STAFF

from chengnuo.domain.borders.counting import Sort
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.law.catalogue import Catalogue


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AssessedHouse]:
    small = with_lines(catalogue, TD_D3=10, TD_D4=10, TD_D1=20, TD_D2=5)
    made = AssessedHouse(tmp_path / "house", small)
    yield made
    made.close()


def routes(house: AssessedHouse) -> list[tuple[str, str, int]]:
    return sorted(
        (
            str(one.value("crossed-on")),
            str(one.value("due-by") or ""),
            int(str(one.value("persons"))),
        )
        for one in house.open_filings()
        if one.value("kind") == "route"
    )


def of_kind(house: AssessedHouse, kind: str) -> list[Dossier]:
    return [one for one in house.open_filings() if one.value("kind") == kind]


def test_a_line_that_is_near_opens_once_and_one_that_was_reached_opens_another(
    house: AssessedHouse,
) -> None:
    house.counted_before(7, day=date(2026, 11, 1))
    assert routes(house) == []
    house.counted_before(8, day=date(2026, 11, 2))
    (near,) = of_kind(house, "route")
    assert "接近 TD-D3" in str(near.value("why"))
    assert [one.id for one in of_kind(house, "route")] == [near.id]
    house.counted_before(10, day=date(2026, 11, 20))
    found = of_kind(house, "route")
    reached = [one for one in found if "达到 TD-D3" in str(one.value("why"))]
    assert [str(one.value("crossed-on")) for one in reached] == ["2026-11-20"]
    assert house.dossiers.one(reached[0].id, STAFF).clocks[0].deadline.on == date(2026, 11, 20)
    assert {one.id for one in house.data.dossiers.every(["filing"])} == {near.id, reached[0].id}


ENOUGH = "      route: security-assessment\n      reference: SA-1\n      until: 2028-12-31\n"
TOLD = "      rights: {zh: 发邮件至"


def test_a_route_that_is_enough_asks_for_nothing(house: AssessedHouse) -> None:
    house.edit(f"      route: exempt-volume\n{TOLD}", f"{ENOUGH}{TOLD}")
    house.edit(
        "      route: standard-contract\n      reference: SCC-1\n      until: 2027-06-30\n", ENOUGH
    )
    house.counted_before(19, day=date(2026, 11, 2))
    assert of_kind(house, "route") == []


@pytest.mark.parametrize(
    ("last", "first", "at", "due"),
    [
        pytest.param(
            date(2026, 12, 31),
            None,
            datetime(2026, 12, 31, 16, 30, tzinfo=UTC),
            [("2026-12-31", "2026-12-31")],
            id="reached on the last evening, seen after midnight at home",
        ),
        pytest.param(
            date(2026, 12, 31),
            date(2027, 1, 1),
            datetime(2027, 1, 31, 15, 59, tzinfo=UTC),
            [("2026-12-31", "2026-12-31"), ("2027-01-01", "2027-01-01")],
            id="each year by itself",
        ),
        pytest.param(
            date(2028, 2, 29),
            None,
            datetime(2028, 2, 29, 3, tzinfo=UTC),
            [("2028-02-29", "2028-02-29")],
            id="leap day",
        ),
    ],
)
def test_the_day_is_the_civil_day_at_home_and_the_year_begins_anew(
    house: AssessedHouse,
    last: date,
    first: date | None,
    at: datetime,
    due: list[tuple[str, str]],
) -> None:
    house.counted_before(10, day=last)
    if first is not None:
        house.counted_before(10, day=first)
    house.clock.at = at
    found = [(since, by) for since, by, _ in routes(house) if by]
    assert found == due


def test_any_sensitive_information_asks_for_a_contract_at_once(house: AssessedHouse) -> None:
    house.counted_before(1, day=date(2026, 3, 1), sort=Sort.SENSITIVE)
    (only,) = of_kind(house, "route")
    assert (only.value("crossed-on"), only.value("persons")) == ("2026-03-01", 1)


@pytest.mark.parametrize(
    ("signed", "at", "due"),
    [
        pytest.param(
            "2026-09-24",
            datetime(2026, 9, 24, 3, tzinfo=UTC),
            date(2026, 10, 15),
            id="over Mid-Autumn, National Day and a Saturday worked",
        ),
        pytest.param(
            "2026-11-20", datetime(2026, 11, 20, 3, tzinfo=UTC), date(2026, 12, 4), id="plain"
        ),
    ],
)
def test_a_contract_in_effect_is_filed_within_ten_working_days(
    house: AssessedHouse, signed: str, at: datetime, due: date
) -> None:
    house.edit("      reference: SCC-1\n", "")
    house.edit("signed: 2026-01-02", f"signed: {signed}")
    house.clock.at = at
    (only,) = of_kind(house, "standard-contract")
    assert only.value("recipient") == "maps"
    assert house.dossiers.one(only.id, STAFF).clocks[0].deadline.on == due


def test_a_contract_that_is_filed_or_not_in_effect_yet_asks_for_nothing(
    house: AssessedHouse,
) -> None:
    assert of_kind(house, "standard-contract") == []
    house.edit("      reference: SCC-1\n", "")
    house.edit("signed: 2026-01-02", "signed: 2026-11-22")
    assert of_kind(house, "standard-contract") == []


def test_an_assessment_that_ends_is_extended_within_its_window(house: AssessedHouse) -> None:
    house.edit("      route: standard-contract\n", "      route: security-assessment\n")
    assert of_kind(house, "route-extension") == []
    house.clock.at = datetime(2027, 5, 10, 3, tzinfo=UTC)
    (only,) = of_kind(house, "route-extension")
    assert house.dossiers.one(only.id, STAFF).clocks[0].deadline.on == date(2027, 6, 30)
    assert [one.id for one in of_kind(house, "route-extension")] == [only.id]
