"""What the service opens by itself: once, in time, and only where it is due."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.usecases.consent.consent_kit import TeaHouse
from tests.usecases.dossier.dossier_house import STAFF, DossierHouse

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.dossier.falling_due import FallingDue

NEW_YEAR = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
"""The first instant of 2026 in Beijing."""


@pytest.fixture
def tea(tmp_path: Path, catalogue: Catalogue) -> Iterator[TeaHouse]:
    made = TeaHouse(tmp_path / "tea", catalogue)
    yield made
    made.close()


def opened(house: DossierHouse, tea: TeaHouse) -> list[Dossier]:
    due = FallingDue(desk=house.desk, register=tea.desk, people=tea.data.consents)
    return [house.desk.one(one, STAFF).dossier for one in due.open()]


def test_an_officer_who_was_filed_is_not_filed_again(house: DossierHouse, tea: TeaHouse) -> None:
    tea.edit("individuals: 4000", "individuals: 2000000")
    officer = tea.desk.served.register.handler.protection_officer
    assert officer is not None
    assert officer.filed is not None
    assert opened(house, tea) == []


@pytest.mark.parametrize(("people", "due"), [(999_999, False), (1_000_000, True)])
def test_at_a_million_people_the_officer_is_to_be_filed(
    house: DossierHouse, tea: TeaHouse, people: int, due: bool
) -> None:
    text = (tea.folder / "register" / "register.yaml").read_text("utf-8")
    filed = next(line for line in text.splitlines() if "filed:" in line)
    tea.edit(f"{filed}\n", "")
    line = next(line for line in text.splitlines() if "individuals:" in line)
    tea.edit(line, f"{line.partition(':')[0]}: {people}")
    house.clock.at = datetime(2026, 9, 24, 3, tzinfo=UTC)
    found = opened(house, tea)
    assert bool(found) == due
    if due:
        clock = house.desk.one(found[0].id, STAFF).clocks[0]
        assert clock.deadline.on == date(2026, 11, 12)
        assert [one.id for one in opened(house, tea)] == [found[0].id]
        assert len(house.data.dossiers.every(["filing"])) == 1


@pytest.mark.parametrize(
    ("born", "due", "next_year"),
    [
        pytest.param(date(2008, 1, 1), True, False, id="eighteen on the day itself"),
        pytest.param(date(2007, 12, 31), False, False, id="eighteen the day before"),
        pytest.param(date(2016, 5, 4), True, True, id="a child"),
        pytest.param(None, False, False, id="age unknown"),
    ],
)
def test_as_soon_as_one_minor_is_known_the_year_has_its_audit(
    house: DossierHouse, tea: TeaHouse, born: date | None, due: bool, next_year: bool
) -> None:
    house.clock.at = NEW_YEAR
    tea.data.consents.know(PersonKey("c" * 64), KnownOfIndividual(birth_date=born))
    found = opened(house, tea)
    assert bool(found) == due
    if not due:
        return
    clocks = {one.sort.id: one.deadline.on for one in house.desk.one(found[0].id, STAFF).clocks}
    assert clocks == {"report": date(2027, 1, 31), "file-minors": date(2027, 1, 31)}
    again = opened(house, tea)
    house.clock.at = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    later = opened(house, tea)
    assert [one.id for one in again] == [found[0].id]
    assert [one.value("period-from") for one in later] == ["2027-01-01"] * next_year
