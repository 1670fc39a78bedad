"""Consent in the console and counts in the centre: from records, somebody's with a reason."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import erase_content, individual_of, provide, readings, staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.houses import earlier_register
from tests.doors.web.consent_kit import GENERAL, LOCATION, Choosing

from chengnuo.adapters.sqlite.consent_figures import SqliteConsentFigures
from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.uses import SqliteUses
from chengnuo.domain.consent.event import Act
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.doors.web.bars_picture import HEIGHT, bars_picture
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.counts import Counts, counts_of
from chengnuo.usecases.consent.figures import DayFigures

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
REASON = "核对同意的时间"
PAGES = ("/console/consents", "/console/consents/acts", "/console/consents/decisions")


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture
def choosing(kit: Kit) -> Choosing:
    return Choosing(kit=kit)


def read(browser: Browser, account: str, reason: str = REASON) -> tuple[int, str]:
    said = {"account": account, "reason": reason}
    answer = browser.submit("/console/consents/", "/console/individual", said)
    return answer.status_code, answer.text


def chain(kit: Kit, person: PersonKey) -> list[str]:
    return [record.leaf.kind for record in kit.service.services.evidence.mine(person)]


def counts(kit: Kit) -> Counts:
    services = kit.service.services
    database = Database(Path(kit.settings.data))
    return counts_of(
        recorder=services.evidence.recorder,
        uses=SqliteUses(database),
        figures=SqliteConsentFigures(database),
        consents=services.consents,
        desk=services.register,
        clock=kit.clock,
        person=Choosing(kit=kit).person,
    )


def test_numbers_are_those_of_the_records_and_open_them(kit: Kit, choosing: Choosing) -> None:
    choosing.some_weeks(8)
    found = counts(kit).figures.overview(30)
    assert [(one.item, one.asked, one.gave, one.refused, one.withdrew) for one in found.items] == [
        (GENERAL, 8, 6, 2, 0),
        (LOCATION, 8, 6, 2, 1),
    ]
    assert sum(sum(day.counts) for day in found.days) == 17
    assert sum(sum(day.counts) for day in found.decision_days) == 8
    staff = staff_of(kit, Role.STAFF)
    page = staff.get("/console/consents/").text
    href = f"/console/consents/acts?days=30&amp;item={LOCATION.replace('/', '%2F')}"
    href = href.replace(":", "%3A") + "&amp;act=withdraw"
    assert href in page
    rows = staff.get(href.replace("&amp;", "&")).text
    assert len(re.findall(r'href="/console/evidence/records/\d+"', rows)) == 1


def test_no_page_of_numbers_or_rows_names_anybody(kit: Kit, choosing: Choosing) -> None:
    people = choosing.some_weeks(3)
    staff = staff_of(kit, Role.AUDITOR)
    for path in PAGES:
        page = staff.get(path).text
        assert "tea-guest" not in page
        assert not any(person in page for person in people)


def test_an_admin_sees_numbers_and_neither_rows_nor_anybody(kit: Kit, choosing: Choosing) -> None:
    choosing.some_weeks(3)
    admin = staff_of(kit, Role.ADMIN)
    page = admin.get("/console/consents/")
    assert page.status_code == 200
    assert "/console/consents/acts" not in page.text
    assert "/console/individual" not in page.text
    for path in (*PAGES[1:], "/console/individual"):
        assert admin.get(path).status_code == 403
    before = readings(kit)
    assert read(admin, "tea-guest-0")[0] == 403
    assert readings(kit) == before


def test_rows_go_on_from_page_to_page(kit: Kit, choosing: Choosing) -> None:
    person = choosing.born("tea-guest-0")
    for _ in range(33):
        choosing.answer(person, GENERAL, Act.REFUSE)
    staff = staff_of(kit, Role.STAFF)
    first = staff.get("/console/consents/acts?act=refuse").text
    more = re.search(r'href="(/console/consents/acts\?[^"]*before=\d+)"', first)
    assert more is not None
    second = staff.get(more[1].replace("&amp;", "&")).text
    seen = [re.findall(r"/console/evidence/records/(\d+)", page) for page in (first, second)]
    assert [len(each) for each in seen] == [30, 3]
    assert not set(seen[0]) & set(seen[1])


@pytest.mark.parametrize(
    "query",
    ["?days=31", "/acts?act=nonsense", "/acts?day=2026-13-01", "/decisions?outcome=maybe"],
)
def test_a_query_that_means_nothing_is_not_found(kit: Kit, query: str) -> None:
    assert staff_of(kit, Role.STAFF).get(f"/console/consents{query}").status_code == 404


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.AUDITOR])
def test_a_record_is_shown_after_the_reading_is_recorded_in_their_chain(
    kit: Kit, choosing: Choosing, role: Role
) -> None:
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    choosing.withdraw(person, LOCATION)
    status, page = read(staff_of(kit, role), "tea-guest-0")
    assert status == 200
    assert chain(kit, person)[0] == Kind.OPERATOR_READ
    for said in ("已满十八周岁", "正常", "没有限制", "有效", "撤回", "停止使用", "个性化广告"):
        assert said in page
    assert 'id="history"' in page


def test_the_individual_sees_who_looked_and_why(kit: Kit) -> None:
    browser, visitor = individual_of(kit)
    provide(kit, visitor.person)
    record = counts(kit).individuals
    object.__setattr__(record, "person", lambda _: visitor.person)
    assert record.read("whoever", by="account-1", reason=REASON) is not None
    kit.service.services.evidence.log.publish()
    page = browser.get("/centre/receipts").text
    assert "工作人员查看了关于您的记录" in page


@pytest.mark.parametrize("reason", ["", "abc", "长" * 301])
def test_without_a_reason_nothing_is_recorded_and_nothing_shown(
    kit: Kit, choosing: Choosing, reason: str
) -> None:
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.GIVE)
    status, page = read(staff_of(kit, Role.STAFF), "tea-guest-0", reason)
    assert status == 400
    assert "基本情况" not in page
    assert Kind.OPERATOR_READ not in chain(kit, person)


def test_an_unknown_id_does_not_become_somebody(kit: Kit, choosing: Choosing) -> None:
    before = readings(kit)
    status, page = read(staff_of(kit, Role.STAFF), "tea-guest-404")
    assert status == 200
    assert "没有关于这个账号的记录" in page
    assert readings(kit) == before + 1
    tag = kit.service.services.evidence.payloads.tag
    assert tag(choosing.person("tea-guest-404")) is None


def test_the_reading_of_somebody_with_two_names_is_in_both_chains(
    kit: Kit, choosing: Choosing
) -> None:
    one, other = choosing.born("tea-guest-0"), choosing.born("tea-guest-1")
    choosing.answer(one, GENERAL, Act.GIVE)
    choosing.answer(other, GENERAL, Act.REFUSE)
    kit.service.services.consents.merge(one, other, method="login")
    read(staff_of(kit, Role.STAFF), "tea-guest-0")
    assert chain(kit, one)[0] == chain(kit, other)[0] == Kind.OPERATOR_READ


def test_a_record_that_cannot_be_kept_is_not_shown(kit: Kit, choosing: Choosing) -> None:
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.GIVE)
    staff = staff_of(kit, Role.STAFF)
    token = staff.form_token("/console/consents/")
    kit.service.services.evidence.log.close()  # type: ignore[attr-defined]  # the real log has one
    said = {"csrf_token": token, "account": "tea-guest-0", "reason": REASON}
    answer = staff.post("/console/individual", said)
    assert answer.status_code == 503
    assert "基本情况" not in answer.text


def test_both_lists_carry_the_counts_of_whoever_has_come_in(kit: Kit, choosing: Choosing) -> None:
    browser, visitor = individual_of(kit)
    person = visitor.person
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    kit.clock.pass_by(timedelta(days=40))
    provide(kit, person)
    kit.clock.pass_by(timedelta(days=10))
    used = counts(kit).used_by(person)
    assert [(use.recipient, use.counts) for use in used.uses] == [("sentry", (0, 1, 1))]
    browser, _ = individual_of(kit)
    one, two = (browser.get(f"/centre/{page}").text for page in ("information", "recipients"))
    for page in (one, two):
        assert "近 30 天 1 次" in page
        assert "最近一次 2026-12-31" in page
    stranger = Browser(kit.service.app, origin=kit.web.public_url)
    assert "近 30 天" not in stranger.get("/centre/information").text


def test_only_permitted_decisions_count_as_use(kit: Kit, choosing: Choosing) -> None:
    person = choosing.born("tea-guest-0")
    assert choosing.nearby(person) in {"ask", "refuse"}
    assert counts(kit).used_by(person).uses == ()
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    assert choosing.nearby(person) == "permit"
    (use,) = counts(kit).used_by(person).uses
    assert (use.activity, use.counts) == ("nearby-stores", (1, 1, 1))


def test_counting_again_from_anywhere_counts_nothing_twice(kit: Kit, choosing: Choosing) -> None:
    people = choosing.some_weeks(5)
    counted = counts(kit)
    before = [counted.used_by(person) for person in people]
    counted.counter._take_in(0, 12)  # noqa: SLF001  what a replay after a stop does
    assert [counted.used_by(person) for person in people] == before


def test_counting_in_small_steps_says_how_far_it_is(kit: Kit, choosing: Choosing) -> None:
    choosing.some_weeks(3)
    counter = counts(kit).counter
    first = counter.catch_up(most=4)
    assert first.position == 4
    assert first.behind == first.size - 4 > 0
    assert counter.catch_up().behind == 0


def test_what_a_destroyed_key_sealed_is_not_counted_any_more(kit: Kit, choosing: Choosing) -> None:
    person = choosing.born("tea-guest-0")
    provide(kit, person)
    counted = counts(kit)
    assert len(counted.used_by(person).uses) == 1
    erase_content(kit, person)
    assert counted.used_by(person).uses == ()
    assert counted.counter.store.with_deletion() == ()
    provide(kit, person)
    assert len(counted.used_by(person).uses) == 1


def test_a_change_names_the_items_and_how_many_would_lapse(tmp_path: Path) -> None:
    earlier = earlier_register(tmp_path / "earlier")
    start(tmp_path / "data", register=str(earlier)).service.close()
    kit = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    choosing = Choosing(kit=kit)
    one, other = choosing.born("tea-guest-0"), choosing.born("tea-guest-1")
    for person in (one, other, choosing.born("tea-guest-2")):
        choosing.answer(person, GENERAL, Act.GIVE)
    kit.service.services.consents.merge(one, other, method="login")
    served = kit.service.services.register.served.version
    old = next(one for one in kit.service.services.register.kept() if one.id != served)
    asked = {one.change.id: one for one in counts(kit).figures.change(old.id)}
    assert asked[GENERAL].people == 2
    assert asked[LOCATION].people == 0
    assert asked[GENERAL].differences
    page = staff_of(kit, Role.ADMIN).get(f"/console/consents/change?version={old.id}")
    assert page.status_code == 200
    assert asked[GENERAL].differences[0].before.zh in page.text
    kit.service.close()


def test_the_board_shows_what_the_records_show(kit: Kit, choosing: Choosing) -> None:
    staff = staff_of(kit, Role.STAFF)
    assert "这段时间没有此类记录" in staff.get("/console/board").text
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    choosing.nearby(person)
    withdrawn = choosing.withdraw(person, LOCATION, steps=2)
    kit.clock.pass_by(timedelta(days=2))
    outcomes = {run.control.id: run.result for run in counts(kit).board.runs()}
    assert outcomes["records-name-the-notice"].outcome is LiveOutcome.PASSED
    assert outcomes["permits-rest-on-consent"].outcome is LiveOutcome.PASSED
    assert outcomes["changed-items-asked-again"].outcome is LiveOutcome.PASSED
    assert outcomes["withdrawing-as-easy"].outcome is LiveOutcome.FAILED
    assert outcomes["withdrawals-followed"].outcome is LiveOutcome.FAILED
    page = staff_of(kit, Role.STAFF).get("/console/board").text
    assert f'href="/console/evidence/records/{withdrawn.position}"' in page
    assert "撤回用了 2 步，同意只用了 1 步" in page


def test_a_board_whose_records_cannot_be_read_says_so(kit: Kit, choosing: Choosing) -> None:
    choosing.some_weeks(2)
    counted = counts(kit)
    with Database(Path(kit.settings.data)).write() as connection:
        connection.exec_driver_sql("DROP TABLE use_record")
    runs = counted.board.runs()
    assert {run.result.outcome for run in runs} == {LiveOutcome.COULD_NOT_RUN}


def test_bars_share_one_unit_and_hang_below_each_other() -> None:
    day = date(2026, 11, 21)
    days = [DayFigures(day=day, counts=(2, 1, 1)), DayFigures(day=day, counts=(0, 0, 0))]
    picture = bars_picture(days)
    assert picture is not None
    assert picture.middle == HEIGHT / 2
    assert picture.paths == (
        "M48.0 0.0h384.0v120.0h-384.0z",
        "M48.0 120.0h384.0v60.0h-384.0z",
        "M48.0 180.0h384.0v60.0h-384.0z",
    )
    assert bars_picture(days[1:]) is None
