"""The page of drift: the figure over time as the log bears it out, and what is apart."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.doors.evidence_kit import SOMEBODY_ELSE, provide, staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.drift_kit import recorded, recorder_of, table_of

from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.uses import SqliteUses
from chengnuo.base.instant import to_us
from chengnuo.domain.finding.drift import DriftSource, Thing
from chengnuo.doors.web.drift_picture import HEIGHT, WIDTH, drift_picture
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
    assert drift_picture([]) is None
    one = drift_picture([(5, day, 1000)])
    assert one is not None
    assert (one.line, one.dots) == ("", f"M{WIDTH // 2} 0h0.01")
    two = drift_picture([(0, day, 0), (10, day, 500)])
    assert two is not None
    assert two.line == f"M0 {HEIGHT}L{WIDTH} {HEIGHT // 2}"


def test_what_was_decided_and_provided_is_counted_from_the_log(kit: Kit) -> None:
    services = kit.service.services
    position = provide(kit, SOMEBODY_ELSE)
    database = Database(Path(kit.settings.data))
    evidence = services.evidence
    counter = UseCounter(log=evidence.log, payloads=evidence.payloads, store=SqliteUses(database))
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
