"""The page of provision abroad: the year against the lines, and what opens by itself beside it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.usecases.dossier.ways import ASSESSED

from chengnuo.adapters.sql.borders import SqlBorders
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.text import Lang
from chengnuo.domain.borders.counting import PlaneKey, Planes, Sort
from chengnuo.domain.register.ids import RecipientId
from chengnuo.doors.web.border_picture import border_picture
from chengnuo.engines.drawing.parts import DOT, Told
from chengnuo.engines.planes.people import people_of
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE = "/console/borders"


def went(kit: Kit, planes: Planes) -> None:
    """Let others have gone abroad, as if another host had counted them."""
    store = SqlBorders(SqliteDatabase(Path(kit.settings.data)))
    store.add(planes, (), store.reached())


def some(day: date, first: int, last: int, sort: Sort = Sort.GENERAL, scene: str = "") -> Planes:
    key = PlaneKey(day=day, recipient=RecipientId("sentry"), sort=sort, scene=scene)
    return {key: people_of(range(first, last))}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("borders") / "data", register=str(SAMPLE))
    yield made
    made.service.close()


def test_before_anything_went_it_says_what_to_do(kit: Kit) -> None:
    page = staff_of(kit, Role.STAFF).get(PAGE).text
    assert "/v1/provisions" in page
    assert "这一年还没有出境记录" in page
    assert 'href="/console/foreign-requests"' in page
    assert "<svg viewBox" not in page.partition("curve-general")[2]


def test_the_year_stands_against_the_lines_and_what_is_near_opens_a_filing(kit: Kit) -> None:
    went(kit, some(date(2026, 3, 1), 1, 50_001))
    went(kit, some(date(2026, 8, 9), 30_000, 85_001))
    went(kit, some(date(2026, 9, 1), 1, 8, scene=TransferRoute.EXEMPT_CONTRACT))
    kit.service.services.sweep()
    kit.service.services.sweep()
    staff = staff_of(kit, Role.STAFF)
    page = staff.get(PAGE).text
    for told in ("85,000", "85%", "TD-D3", "离 TD-D3 的线 100,000 人还差 15,000 人"):
        assert told in page
    assert "一般信息累计 85,000 人，随日期上升" in page
    assert "2026-08-09" in page
    assert "履行合同所必需" in page
    assert page.count('href="/console/filings/fl-') == 1
    assert 'href="/console/filings"' in staff.get("/console").text
    english = staff.get(f"{PAGE}?lang=en").text
    assert "15,000 short of 100,000 (TD-D3)" in english
    assert staff_of(kit, Role.ADMIN).get(PAGE).status_code == 200
    assert 'href="/console/filings/fl-' not in staff_of(kit, Role.ADMIN).get(PAGE).text


def test_another_year_is_another_count_and_a_wrong_one_is_refused(kit: Kit) -> None:
    staff = staff_of(kit, Role.AUDITOR)
    assert "85,000" not in staff.get(f"{PAGE}?year=2025").text
    assert staff.get(f"{PAGE}?year=1").status_code == 400
    assert staff.get(f"{PAGE}?year=x").status_code == 400


def test_the_curve_rises_by_steps_and_ends_today() -> None:
    told = Told(key="curve", title="曲线", words="20", lang=Lang.ZH)
    points = ((date(2026, 1, 11), 10), (date(2026, 7, 1), 20))
    limits = [(15, "15"), (40, "40"), (99, "99")]
    end = date(2026, 12, 31)
    made = border_picture(told, points, limits, year=2026, today=end)
    assert made is not None
    for box in (made.wide, made.narrow):
        marks = {mark.sort: mark.path for mark in box.marks}
        spots = [float(one) for one in re.findall(r"[\d.]+", marks["line"])]
        across, up = spots[::2], spots[1::2]
        assert across == sorted(across)
        assert up == sorted(up, reverse=True)
        assert across[-1] == box.width - DOT, "the last value stays until today"
        assert up[-1] == up[-2]
        assert {one.text for one in box.labels if one.sort == "limit-word"} == {"15", "40"}
    early = border_picture(told, points, limits, year=2026, today=date(2026, 7, 1))
    assert early != made
    assert border_picture(told, (), [(15, "15")], year=2026, today=end) is None


def test_an_assessment_begins_from_its_row_and_is_read_as_a_sheet(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    register = kit.service.services.register.served.register
    activity = next(one for one in register.activities if one.activity == "nearby-stores")
    page = staff.get("/console/assessments/from/nearby-stores").text
    assert activity.purpose.zh in page
    assert 'value="sensitive" checked' in page
    assert 'value="nearby-stores" checked' in page
    assert (
        "/new/begin"
        not in staff_of(kit, Role.ADMIN).get("/console/assessments/from/nearby-stores").text
    )
    assert staff.get("/console/assessments/from/none-such").status_code == 404
    sent = {"title": "附近门店", "activities": "nearby-stores", "grounds": "sensitive"}
    place = staff.submit(
        "/console/assessments/from/nearby-stores", "/console/assessments/new/begin", sent
    ).headers["location"]
    assert f"{place}/sheet" in staff.get(place).text
    written = {name: str(value) for name, value in ASSESSED.items()}
    staff.submit(place, f"{place}/write", written)
    sheet = staff.get(f"{place}/sheet").text
    for told in ("仅在个人点按时读取", "一、目的、方式是否合法、正当、必要", "成立", "存证记录"):
        assert told in sheet
    english = staff.get(f"{place}/sheet?lang=en").text
    assert "Whether purpose and method are lawful" in english
    assert staff_of(kit, Role.ADMIN).get(f"{place}/sheet").status_code == 403
