"""The working-day calendar: our file wins over the library, a year at a time."""

from datetime import date
from pathlib import Path

import pytest

from chengnuo.adapters.law_source import WrongLawFilesError
from chengnuo.adapters.working_calendar import FILE, load_working_calendar
from chengnuo.law.working_days import WorkingDays, add_working_days

HEAD = """
meta: {title: {zh: 节假日, en: Days off}, version: 2027-01, holds: working-days, sources: [通知]}
items:
"""
YEAR = """
  - year: {year}
    notice: {{zh: 通知, en: notice}}
    holidays: [{holidays}]
    makeup-days: [{makeup}]
"""


def folder_of(tmp_path: Path, *years: tuple[int, str, str]) -> Path:
    rows = (YEAR.format(year=year, holidays=off, makeup=on) for year, off, on in years)
    (tmp_path / FILE).write_text(HEAD + "".join(rows) or "[]", encoding="utf-8")
    return tmp_path


def test_the_shipped_calendar_reaches_from_2004_to_the_end_of_2026() -> None:
    calendar = load_working_calendar()
    assert (calendar.first, calendar.last) == (date(2004, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param("2026-10-01", False, id="National Day"),
        pytest.param("2026-10-10", True, id="Saturday worked for it"),
        pytest.param("2026-10-11", False, id="plain Sunday"),
        pytest.param("2026-10-12", True, id="plain Monday"),
        pytest.param("2026-02-17", False, id="Spring Festival 2026"),
        pytest.param("2026-02-28", True, id="Saturday worked for it"),
        pytest.param("2025-01-26", True, id="Sunday worked, 2025, from the library"),
        pytest.param("2020-01-31", False, id="Spring Festival made longer in 2020"),
    ],
)
def test_a_shipped_day(day: str, *, works: bool) -> None:
    calendar = load_working_calendar()
    assert calendar.knows(date.fromisoformat(day))
    assert calendar.is_working_day(date.fromisoformat(day)) is works


def test_a_year_of_ours_wins_over_the_library(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, (2026, "2026-11-02", "2026-11-07"))
    calendar = load_working_calendar(folder)
    assert not calendar.is_working_day(date(2026, 11, 2))
    assert calendar.is_working_day(date(2026, 11, 7))
    assert calendar.is_working_day(date(2026, 10, 1)), "our year is the whole year"
    assert not calendar.is_working_day(date(2025, 10, 1)), "other years stay"


def test_a_provisional_deadline_is_settled_when_the_file_grows(tmp_path: Path) -> None:
    start, length = date(2026, 12, 25), WorkingDays(15)
    before = add_working_days(start, length, load_working_calendar())
    grown = folder_of(
        tmp_path,
        (2026, "2026-10-01", ""),
        (2027, "2027-01-01, 2027-02-05, 2027-10-01", "2027-01-30"),
    )
    after = add_working_days(start, length, load_working_calendar(grown))
    assert before.provisional
    assert not after.provisional
    assert before.on < after.on == date(2027, 1, 18)


def test_a_gap_of_years_ends_what_is_known(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, (2028, "2028-01-01", ""))
    assert load_working_calendar(folder).last == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        pytest.param([(2026, "2026-10-01", "2026-10-09")], "contradiction", id="Friday made up"),
        pytest.param([(2026, "2026-10-10", "2026-10-10")], "contradiction", id="both at once"),
        pytest.param([(2026, "2027-10-01", "")], "wrong-shape", id="a day of another year"),
        pytest.param([(2026, "1 October", "")], "wrong-shape", id="no date"),
        pytest.param([(2026, "", ""), (2026, "", "")], "duplicate-id", id="a year twice"),
        pytest.param([(2026, "]", "")], "unreadable", id="broken YAML"),
    ],
)
def test_a_wrong_year_is_refused(
    tmp_path: Path, years: list[tuple[int, str, str]], reason: str
) -> None:
    with pytest.raises(WrongLawFilesError) as refused:
        load_working_calendar(folder_of(tmp_path, *years))
    assert [(each.file, each.reason) for each in refused.value.problems] == [(FILE, reason)]
