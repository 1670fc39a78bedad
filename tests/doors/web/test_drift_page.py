"""The page of drift: the figure over time as the log bears it out, and what is apart."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.doors.evidence_kit import SOMEBODY_ELSE, provide, staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.drift_kit import recorded, recorder_of, table_of

from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang
from chengnuo.domain.finding.drift import DriftSource, Thing
from chengnuo.doors.web.drift_picture import DriftPoint, drift_picture
from chengnuo.engines.drawing.parts import WIDE, Drawing, Told
from chengnuo.ports.accounts import Role
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.inspection.drift import DriftMaking
from chengnuo.usecases.inspection.drift_history import DriftHistory
from chengnuo.usecases.pricing.price_figures import PriceFigures

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("drift") / "data", register=str(SAMPLE))
    yield made
    made.service.close()


def test_before_the_first_run_it_says_what_to_do_then_it_shows_the_figure(kit: Kit) -> None:
    auditor = staff_of(kit, Role.AUDITOR)
    assert "还没有对照过" in auditor.get("/console/drift").text
    positions = recorded(kit, 1, 5, 15)
    page = auditor.get("/console/drift").text
    assert "一致的比例由 33.3% 到 80.0%" in page
    assert page.index("80%") < page.index("<h2")
    for position in positions:
        assert f'href="/console/evidence/records/{position}"' in page
    for told in ("IMEI", "app-1.2.apk", "00aa11bb22cc", "读取的信息未登记", "PIPL 第17条"):
        assert told in page
    for told in ("0123456789ab", "12 次"):
        assert told in page
    assert 'href="/console/register/activities/nearby-stores"' in page
    assert "<b>app-measurement" not in page
    assert "&lt;b&gt;app-measurement.com&lt;/b&gt;" in page


def test_english(kit: Kit) -> None:
    page = staff_of(kit, Role.STAFF).get("/console/drift?lang=en").text
    assert "share that agrees" in page
    assert "used, not declared" in page


def test_a_statement_that_was_changed_shows_nothing_and_prices_do_not_miss_it(
    kit: Kit,
) -> None:
    evidence = kit.service.services.evidence
    recorder = recorder_of(kit)
    history = DriftHistory(statements=recorder.kept, evidence=evidence)
    (position,) = recorded(kit, 20)
    before = [one.position for one in history.runs()]
    assert before[-1] == position
    folder = Path(kit.settings.data) / "statements"
    other = before[0]
    whole = (folder / f"{position}.json").read_bytes()
    (folder / f"{position}.json").write_bytes((folder / f"{other}.json").read_bytes())
    assert [one.position for one in history.runs()] == before[:-1]
    (folder / f"{position}.json").write_bytes(whole)
    assert [one.position for one in history.runs()] == before
    prices = PriceFigures(
        statements=recorder.kept, evidence=evidence, register=kit.service.services.register
    )
    assert prices.of(kit.clock.now()).unkept == ()


def test_what_was_stated_comes_back(kit: Kit) -> None:
    recorded(kit, 3)
    evidence = kit.service.services.evidence
    *_, seen = DriftHistory(statements=recorder_of(kit).kept, evidence=evidence).runs()
    table = table_of(3)
    assert (seen.agreed, seen.total, seen.share) == (table.agreed(), len(table.lines), 500)
    assert [one.share for one in seen.sources] == [table.share(each) for each in table.read]
    assert seen.lines == tuple(one for one in table.lines if one.side != "agreed")


def test_the_line_goes_from_edge_to_edge() -> None:
    day = date(2026, 11, 28)
    told = Told(key="drift", title="一致", words="100%", lang=Lang.ZH)

    def marks(drawing: Drawing | None) -> dict[str, str]:
        assert drawing is not None
        return {mark.sort: mark.path for mark in drawing.wide.marks}

    assert drift_picture(told, []) is None
    one = marks(drift_picture(told, [DriftPoint(5, day, 1000)]))
    assert "line" not in one
    assert one["dots"].startswith("M")
    two = marks(drift_picture(told, [DriftPoint(0, day, 0), DriftPoint(86_400_000_000, day, 500)]))
    first, last = ([float(part) for part in spot.split()] for spot in two["line"][1:].split("L"))
    assert first[1] == 230
    assert last[1] == (230 + 20) / 2
    assert last[0] == WIDE - 4
    assert two["dots"].count("M") == 2


def test_what_was_decided_and_provided_is_counted_from_the_log(kit: Kit) -> None:
    services = kit.service.services
    position = provide(kit, SOMEBODY_ELSE)
    database = SqliteDatabase(Path(kit.settings.data))
    evidence = services.evidence
    counter = UseCounter(log=evidence.log, payloads=evidence.payloads, store=SqlUses(database))
    register = services.register.served.register
    making = DriftMaking(register=register, on=date(2026, 11, 28))
    making.decisions(counter, to_us(kit.clock.now()))
    table = making.table()
    activity = evidence.log.record(Position(position)).leaf.activity
    lines = {(one.thing, one.what): one for one in table.lines}
    assert lines[Thing.ACTIVITY, activity].proof == ("1",)
    assert table.read == (DriftSource.DECISIONS,)
    assert len(lines) >= len(register.activities)
    database.close()
