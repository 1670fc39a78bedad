"""The clocks that stand outside of dossiers, and all of them in every zone of the machine."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE, typed
from tests.duties.plain_days import DAY, KNOWN_UNTIL, begins, beijing_day, is_worked, until
from tests.duties.zones import ZONES, zone
from tests.usecases.dossier.dossier_house import INDIVIDUAL, ME, DossierHouse
from tests.usecases.rights.rights_house import RightsHouse

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.borders.tasks import window_opens
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.governance.release_clock import clock_of
from chengnuo.law.age import AgeBand, age_band
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.working_days import WorkingDays
from chengnuo.ports.accounts import Role
from chengnuo.usecases.dossier.erasing import DossierEraser

CALENDAR = load_working_calendar()
STARTS = (
    "2026-02-13T23:59:59.999999+08:00",
    "2026-09-19T15:59:59+00:00",
    "2026-09-30T15:59:59.999999+00:00",
    "2026-09-30T16:00:00+00:00",
    "2026-11-01T01:30:00-07:00",
    "2026-12-31T15:59:59.999999+00:00",
    "2026-12-31T16:00:00+00:00",
    "2028-02-28T23:59:59+08:00",
    "2028-02-29T00:00:00+08:00",
)


@pytest.fixture(params=ZONES)
def in_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The zone that the machine stands in."""
    with zone(request.param):
        yield request.param


@pytest.fixture(scope="module")
def rights(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[RightsHouse]:
    made = RightsHouse(tmp_path_factory.mktemp("rights") / "house", catalogue)
    yield made
    made.close()


@pytest.mark.usefixtures("in_zone")
@pytest.mark.parametrize("at", STARTS)
@pytest.mark.parametrize("days", [15, 10, 1])
def test_a_request_is_answered_within_working_days(rights: RightsHouse, at: str, days: int) -> None:
    received = datetime.fromisoformat(at)
    due = rights.room.due(received, days)
    end, provisional = until(f"{days} working days", received)
    assert (begins(due.on + DAY), due.provisional) == (end, provisional)
    assert rights.room.days_left(due.on, end - timedelta(microseconds=1)) == 0
    assert rights.room.days_left(due.on, end) <= 0
    first = rights.room.days_left(due.on, received)
    assert first == days


@pytest.mark.usefixtures("in_zone")
@pytest.mark.parametrize(
    "ends", ["2026-10-08", "2026-12-31", "2026-03-02", "2027-06-30", "2028-02-29"]
)
def test_an_assessment_abroad_is_extended_within_the_last_working_days_of_its_term(
    catalogue: Catalogue, ends: str
) -> None:
    last = date.fromisoformat(ends)
    length = catalogue.number("TD-D8")  # type: ignore[arg-type]  # ids are texts
    assert length == 60
    day, left = last + DAY, length
    while left:
        day -= DAY
        left -= is_worked(day) if day >= date(2026, 1, 1) else CALENDAR.is_working_day(day)
    assert window_opens(last, WorkingDays(length), CALENDAR) == (day, last > KNOWN_UNTIL)


@pytest.mark.usefixtures("in_zone")
@pytest.mark.parametrize("at", STARTS)
def test_a_release_is_answered_within_civil_days(at: str) -> None:
    submitted = datetime.fromisoformat(at)
    end, _ = until("7 days", submitted)
    clock = clock_of(submitted)
    assert not clock.is_overdue(end - timedelta(microseconds=1))
    assert clock.is_overdue(end)


@pytest.mark.usefixtures("in_zone")
@pytest.mark.parametrize(
    ("born", "fourteen", "adult"),
    [
        pytest.param("2012-02-29", "2026-03-01", "2030-03-01", id="on a leap day"),
        pytest.param("2014-02-28", "2028-02-29", "2032-02-29", id="the day after is a leap day"),
        pytest.param("2012-09-30", "2026-10-01", "2030-10-01", id="National Day"),
        pytest.param("2012-12-31", "2027-01-01", "2031-01-01", id="the end of a year"),
    ],
)
def test_a_birthday_moves_the_band_with_the_day_in_beijing(
    born: str, fourteen: str, adult: str
) -> None:
    birth = date.fromisoformat(born)
    for day, younger, older in (
        (fourteen, AgeBand.UNDER_14, AgeBand.FROM_14_TO_17),
        (adult, AgeBand.FROM_14_TO_17, AgeBand.ADULT),
    ):
        turns = begins(date.fromisoformat(day))
        assert age_band(birth, beijing_day(turns - timedelta(microseconds=1))) is younger
        assert age_band(birth, beijing_day(turns)) is older


@pytest.mark.parametrize(
    ("ended", "not_yet", "over"),
    [
        pytest.param("2025-06-01", "2028-05-31", "2028-06-02", id="a leap day between"),
        pytest.param("2024-02-29", "2027-02-27", "2027-03-02", id="from a leap day"),
        pytest.param("2027-03-01", "2030-02-28", "2030-03-02", id="a leap day between, too"),
        pytest.param("2025-02-28", "2028-02-27", "2028-03-01", id="to the day before one"),
    ],
)
def test_private_words_are_kept_three_years_to_the_day_and_not_a_day_less(
    tmp_path: Path, catalogue: Catalogue, ended: str, not_yet: str, over: str
) -> None:
    house = DossierHouse(tmp_path / "house", catalogue)
    house.clock.at = begins(date.fromisoformat(ended)) + DAY / 2
    words = {"cause": "leak", "text": "有人打电话"}
    wanted = house.desk.open("complaint", "file", INDIVIDUAL, words, person=ME).dossier.id
    house.desk.act(wanted, "take-back", INDIVIDUAL, {})
    for at, erased in ((not_yet, 0), (over, 1)):
        house.clock.at = begins(date.fromisoformat(at)) + DAY / 2
        assert DossierEraser(house.desk).due() == erased, at
    house.close()


COMING_IN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "complaints": ("take-down", {"channel": "letter", "cause": "rights", "text": "没人理"}),
    "filings": ("open", {"kind": "officer", "persons": "1000000"}),
}
DAYS = {"complaints": "received-on", "filings": "crossed-on"}
SHOWN: Mapping[tuple[str, str], str] = {
    ("complaints", "2026-09-24"): "2026-10-22",
    ("complaints", "2026-02-13"): "2026-03-12",
    ("filings", "2026-09-24"): "2026-11-12",
    ("complaints", "2026-12-24"): "2027-01-10",
}
"""By when the pages say that what came in on a day is due, counted by hand."""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("zones") / "data", register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.mark.usefixtures("in_zone")
@pytest.mark.parametrize(("path", "came_in"), list(SHOWN))
def test_pages_say_the_same_days_in_every_zone(kit: Kit, path: str, came_in: str) -> None:
    kit.clock.at = datetime.fromisoformat(f"{came_in}T15:59:59+00:00")
    staff = staff_of(kit, Role.STAFF)
    what, said = COMING_IN[path]
    new = f"/console/{path}/new/{what}"
    answer = staff.submit(new, new, {**said, DAYS[path]: came_in})
    assert answer.status_code == 303, answer.text[-1_000:]
    place = answer.headers["location"]
    page = staff.get(f"{place}?lang=en").text
    due = SHOWN[path, came_in]
    assert due in page
    assert ("not announced" in page or "provisional" in page.lower()) == (due > "2026-12-31")
    dossiers = kit.service.services.dossiers
    assert dossiers is not None
    dossier = dossiers.store.one(DossierId(place.rpartition("/")[2]))
    assert dossier is not None
    ends = [one.deadline.until for one in dossiers.clocks(dossier)]
    assert begins(date.fromisoformat(due) + DAY) in ends


def test_typed_instants_are_in_beijing_whatever_the_zone_of_the_machine(
    kit: Kit, in_zone: str
) -> None:
    kit.clock.at = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    staff, new = staff_of(kit, Role.STAFF), "/console/incidents/new/discover"
    said = {"kind": "leak", "how": "monitoring", "what": in_zone}
    answer = staff.submit(new, new, {**said, "discovered-at": "2026-11-01T17:15"})
    assert answer.status_code == 303, answer.text[-1_000:]
    dossiers = kit.service.services.dossiers
    assert dossiers is not None
    dossier = dossiers.store.one(DossierId(answer.headers["location"].rpartition("/")[2]))
    assert dossier is not None
    report = next(one for one in dossiers.clocks(dossier) if one.sort.id == "report")
    assert report.since == datetime(2026, 11, 1, 9, 15, tzinfo=UTC)
    assert report.deadline.until == datetime(2026, 11, 1, 13, 15, tzinfo=UTC)
    assert not typed({})
