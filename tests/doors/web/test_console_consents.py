"""Consent in the console and counts in the centre: from records, somebody's with a reason."""

import csv
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import erase_content, individual_of, provide, readings, staff_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.houses import earlier_register
from tests.doors.web.consent_kit import GENERAL, LOCATION, Choosing
from tests.doors.web.test_prompt_pages import answered

from chengnuo.adapters.sql.consent_figures import SqlConsentFigures
from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.domain.consent.event import Act
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.consent_controls import CONTROLS
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.counts import Counts, counts_of

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
REASON = "核对同意的时间"
_ACCOUNTS = count(1)
PAGES = ("/console/consents", "/console/consents/acts", "/console/consents/decisions")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A service for tests that each have an individual of their own."""
    made = start(tmp_path_factory.mktemp("consents") / "data", demo=True, register=str(SAMPLE))
    Choosing(kit=made).some_weeks(3)
    yield made
    made.service.close()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Kit]:
    """A service for one test."""
    made = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture
def account() -> str:
    """An account id that no other test uses."""
    return f"tea-house-{next(_ACCOUNTS)}"


def read(browser: Browser, account: str, reason: str = REASON) -> tuple[int, str]:
    said = {"account": account, "reason": reason}
    answer = browser.submit("/console/consents/", "/console/individual", said)
    return answer.status_code, answer.text


def chain(kit: Kit, person: PersonKey) -> list[str]:
    return [record.leaf.kind for record in kit.service.services.evidence.mine(person)]


def counts(kit: Kit) -> Counts:
    services = kit.service.services
    database = SqliteDatabase(Path(kit.settings.data))
    return counts_of(
        recorder=services.evidence.recorder,
        uses=SqlUses(database),
        figures=SqlConsentFigures(database),
        consents=services.consents,
        desk=services.register,
        clock=kit.clock,
        person=Choosing(kit=kit).person,
    )


def test_numbers_are_those_of_the_records_and_open_them(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    choosing.some_weeks(8)
    found = counts(alone).figures.overview(30)
    assert [(one.item, one.asked, one.gave, one.refused, one.withdrew) for one in found.items] == [
        (GENERAL, 8, 6, 2, 0),
        (LOCATION, 8, 6, 2, 1),
    ]
    assert sum(sum(day.counts) for day in found.days) == 17
    assert sum(sum(day.counts) for day in found.decision_days) == 8
    staff = staff_of(alone, Role.STAFF)
    page = staff.get("/console/consents/").text
    href = f"/console/consents/acts?days=30&amp;item={LOCATION.replace('/', '%2F')}"
    href = href.replace(":", "%3A") + "&amp;act=withdraw"
    assert href in page
    rows = staff.get(href.replace("&amp;", "&")).text
    assert len(re.findall(r'href="/console/evidence/records/\d+"', rows)) == 1


@pytest.mark.parametrize("ends", ["csv", "xlsx"])
@pytest.mark.parametrize(("path", "lines"), [("", 2), ("acts", 17), ("decisions", 8)])
def test_what_a_page_shows_can_be_had_as_a_file(
    alone: Kit, path: str, lines: int, ends: str
) -> None:
    Choosing(kit=alone).some_weeks(8)
    counts(alone).figures.overview(30)
    answer = staff_of(alone, Role.STAFF).get(
        f"/console/consents/{path}/list.{ends}".replace("//", "/")
    )
    assert answer.status_code == 200
    if ends == "csv":
        table = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    else:
        table = (
            CalamineWorkbook.from_filelike(BytesIO(answer.content))
            .get_sheet_by_index(1)  # the first says what it is
            .to_python()
        )
    assert len(table) > lines
    assert "tea-guest" not in str(table)


def test_no_page_of_numbers_or_rows_names_anybody(shared: Kit) -> None:
    choosing = Choosing(kit=shared)
    people = [choosing.person(f"tea-guest-{number}") for number in range(3)]
    staff = staff_of(shared, Role.AUDITOR)
    for path in PAGES:
        page = staff.get(path).text
        assert "tea-guest" not in page
        assert not any(person in page for person in people)


def test_an_admin_sees_numbers_and_neither_rows_nor_anybody(shared: Kit, account: str) -> None:
    admin = staff_of(shared, Role.ADMIN)
    page = admin.get("/console/consents/")
    assert page.status_code == 200
    assert "/console/consents/acts" not in page.text
    assert "/console/individual" not in page.text
    for path in (*PAGES[1:], "/console/individual"):
        assert admin.get(path).status_code == 403
    before = readings(shared)
    assert read(admin, account)[0] == 403
    assert readings(shared) == before


def test_rows_go_on_from_page_to_page(shared: Kit, account: str) -> None:
    choosing = Choosing(kit=shared)
    person = choosing.born(account)
    for _ in range(33):
        choosing.answer(person, GENERAL, Act.REFUSE)
    staff = staff_of(shared, Role.STAFF)
    first = staff.get("/console/consents/acts?act=refuse").text
    more = re.search(r'href="(/console/consents/acts\?[^"]*before=\d+)"', first)
    assert more is not None
    second = staff.get(more[1].replace("&amp;", "&")).text
    seen = [re.findall(r"/console/evidence/records/(\d+)", page) for page in (first, second)]
    assert len(seen[0]) == 30
    assert len(seen[1]) >= 3
    assert not set(seen[0]) & set(seen[1])


@pytest.mark.parametrize(
    "query",
    ["?days=31", "/acts?act=nonsense", "/acts?day=2026-13-01", "/decisions?outcome=maybe"],
)
def test_a_query_that_means_nothing_is_not_found(shared: Kit, query: str) -> None:
    assert staff_of(shared, Role.STAFF).get(f"/console/consents{query}").status_code == 404


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.AUDITOR])
def test_a_record_is_shown_after_the_reading_is_recorded_in_their_chain(
    shared: Kit, role: Role, account: str
) -> None:
    choosing = Choosing(kit=shared)
    person = choosing.born(account)
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    choosing.withdraw(person, LOCATION)
    status, page = read(staff_of(shared, role), account)
    assert status == 200
    assert chain(shared, person)[0] == Kind.OPERATOR_READ
    for said in ("已满十八周岁", "正常", "没有限制", "有效", "撤回", "停止使用", "个性化广告"):
        assert said in page
    assert 'id="history"' in page


def test_the_individual_sees_who_looked_and_why(alone: Kit) -> None:
    browser, visitor = individual_of(alone)
    provide(alone, visitor.person)
    record = counts(alone).individuals
    object.__setattr__(record, "person", lambda _: visitor.person)
    assert record.read("whoever", by="account-1", reason=REASON) is not None
    alone.service.services.evidence.log.publish()
    page = browser.get("/centre/receipts").text
    assert "工作人员查看了关于您的记录" in page


@pytest.mark.parametrize("reason", ["", "abc", "长" * 301])
def test_without_a_reason_nothing_is_recorded_and_nothing_shown(
    shared: Kit, reason: str, account: str
) -> None:
    choosing = Choosing(kit=shared)
    person = choosing.born(account)
    choosing.answer(person, GENERAL, Act.GIVE)
    status, page = read(staff_of(shared, Role.STAFF), account, reason)
    assert status == 400
    assert "基本情况" not in page
    assert Kind.OPERATOR_READ not in chain(shared, person)


def test_an_unknown_id_does_not_become_somebody(shared: Kit) -> None:
    choosing = Choosing(kit=shared)
    before = readings(shared)
    status, page = read(staff_of(shared, Role.STAFF), "tea-guest-404")
    assert status == 200
    assert "没有关于这个账号的记录" in page
    assert readings(shared) == before + 1
    tag = shared.service.services.evidence.payloads.tag
    assert tag(choosing.person("tea-guest-404")) is None


def test_the_reading_of_somebody_with_two_names_is_in_both_chains(
    shared: Kit, account: str
) -> None:
    choosing = Choosing(kit=shared)
    one, other = choosing.born(account), choosing.born(f"{account}-too")
    choosing.answer(one, GENERAL, Act.GIVE)
    choosing.answer(other, GENERAL, Act.REFUSE)
    shared.service.services.consents.merge(one, other, method="login")
    read(staff_of(shared, Role.STAFF), account)
    assert chain(shared, one)[0] == chain(shared, other)[0] == Kind.OPERATOR_READ


def test_a_record_that_cannot_be_kept_is_not_shown(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.GIVE)
    staff = staff_of(alone, Role.STAFF)
    token = staff.form_token("/console/consents/")
    alone.service.services.evidence.log.close()  # type: ignore[attr-defined]  # the real log has one
    said = {"csrf_token": token, "account": "tea-guest-0", "reason": REASON}
    answer = staff.post("/console/individual", said)
    assert answer.status_code == 503
    assert "基本情况" not in answer.text


def test_both_lists_carry_the_counts_of_whoever_has_come_in(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    browser, visitor = individual_of(alone)
    person = visitor.person
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    alone.clock.pass_by(timedelta(days=40))
    provide(alone, person)
    alone.clock.pass_by(timedelta(days=10))
    used = counts(alone).used_by(person)
    assert [(use.recipient, use.counts) for use in used.uses] == [("sentry", (0, 1, 1))]
    browser, _ = individual_of(alone)
    one, two = (browser.get(f"/centre/{page}").text for page in ("information", "recipients"))
    for page in (one, two):
        assert "近 30 天 1 次" in page
        assert "最近一次 2026-12-31" in page
    stranger = Browser(alone.service.app, origin=alone.web.public_url)
    assert "近 30 天" not in stranger.get("/centre/information").text


def test_only_permitted_decisions_count_as_use(shared: Kit, account: str) -> None:
    choosing = Choosing(kit=shared)
    person = choosing.born(account)
    assert choosing.nearby(person) in {"ask", "refuse"}
    assert counts(shared).used_by(person).uses == ()
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    assert choosing.nearby(person) == "permit"
    (use,) = counts(shared).used_by(person).uses
    assert (use.activity, use.counts) == ("nearby-stores", (1, 1, 1))


def test_counting_again_from_anywhere_counts_nothing_twice(shared: Kit) -> None:
    choosing = Choosing(kit=shared)
    people = [choosing.person(f"tea-guest-{number}") for number in range(3)]
    counted = counts(shared)
    before = [counted.used_by(person) for person in people]
    counted.counter._take_in(0, 12)  # noqa: SLF001  what a replay after a stop does
    assert [counted.used_by(person) for person in people] == before


def test_counting_in_small_steps_says_how_far_it_is(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    choosing.some_weeks(3)
    counter = counts(alone).counter
    first = counter.catch_up(most=4)
    assert first.position == 4
    assert first.behind == first.size - 4 > 0
    assert counter.catch_up().behind == 0


def test_what_a_destroyed_key_sealed_is_not_counted_any_more(shared: Kit, account: str) -> None:
    choosing = Choosing(kit=shared)
    person = choosing.born(account)
    provide(shared, person)
    counted = counts(shared)
    assert len(counted.used_by(person).uses) == 1
    erase_content(shared, person)
    assert counted.used_by(person).uses == ()
    assert counted.counter.store.with_deletion() == ()
    provide(shared, person)
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
    diff = f"/console/versions/diff?old={served}&new={old.id}"
    way = f'href="/console/consents/change?version={old.id[:12]}"'
    assert way in staff_of(kit, Role.ADMIN).get(diff).text
    back = f"/console/versions/diff?old={old.id}&new={served}"
    assert "/console/consents/change" not in staff_of(kit, Role.ADMIN).get(back).text
    kit.service.close()


def test_the_board_shows_what_the_records_show(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    staff = staff_of(alone, Role.STAFF)
    assert "还没有运行过" in staff.get("/console/board/duty-1").text
    alone.run_controls()
    assert "这段时间没有此类记录" in staff.get("/console/board/duty-1").text
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.GIVE)
    choosing.answer(person, LOCATION, Act.GIVE)
    choosing.nearby(person)
    withdrawn = choosing.withdraw(person, LOCATION, steps=2)
    alone.clock.pass_by(timedelta(days=2))
    outcomes = alone.run_controls()
    assert outcomes["records-name-the-notice"].outcome is LiveOutcome.PASSED
    assert outcomes["permits-rest-on-consent"].outcome is LiveOutcome.PASSED
    assert outcomes["changed-items-asked-again"].outcome is LiveOutcome.PASSED
    assert outcomes["withdrawing-as-easy"].outcome is LiveOutcome.FAILED
    assert outcomes["withdrawals-followed"].outcome is LiveOutcome.FAILED
    page = staff_of(alone, Role.STAFF).get("/console/board/duty-3").text
    assert f'href="/console/evidence/records/{withdrawn.position}"' in page
    assert "撤回用了 2 步，同意只用了 1 步" in page


def test_today_says_which_promises_the_records_break_and_where_to_look(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    staff = staff_of(alone, Role.STAFF)
    assert "记录与承诺不符" in staff.get("/console").text
    assert "处与承诺不符" not in staff.get("/console").text
    person = choosing.born("tea-guest-0")
    choosing.answer(person, LOCATION, Act.GIVE)
    choosing.withdraw(person, LOCATION, steps=2)
    alone.clock.pass_by(timedelta(minutes=2))
    alone.run_controls()
    page = staff_of(alone, Role.STAFF).get("/console").text
    assert "近三十天的记录有 1 处与承诺不符" in page
    assert 'href="/console/findings#control-withdrawing-as-easy">撤回的步数不多于同意</a>' in page


def test_what_the_records_break_stands_among_the_findings(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    before = staff_of(alone, Role.STAFF).get("/console/findings").text
    assert "withdrawing-as-easy" not in before
    person = choosing.born("tea-guest-0")
    choosing.answer(person, LOCATION, Act.GIVE)
    withdrawn = choosing.withdraw(person, LOCATION, steps=2)
    alone.clock.pass_by(timedelta(minutes=2))
    alone.run_controls()
    staff = staff_of(alone, Role.STAFF)
    for address in ("/console/findings", "/console/findings?severity=high"):
        page = staff.get(address).text
        assert 'id="control-withdrawing-as-easy"' in page
        assert f'href="/console/evidence/records/{withdrawn.position}"' in page
        assert "撤回用了 2 步，同意只用了 1 步" in page
        after = page.partition('id="control-withdrawing-as-easy"')[2]
        assert "第15条" in after
        assert "拒不改正的：最高 100 万元" in after
        assert "5,000 万元" in page
        assert "不是法律意见" in page
    assert "withdrawing-as-easy" not in staff.get("/console/findings?severity=note").text
    rows = staff.get("/console/findings/list.csv").text.splitlines()
    line = next(row for row in rows if "withdrawing-as-easy" in row and "撤回用了 2 步" in row)
    assert "情节严重的：最高 5,000 万元" in line


@pytest.mark.parametrize(
    ("started", "outcome"), [(True, LiveOutcome.PASSED), (False, LiveOutcome.FAILED)]
)
def test_a_no_asked_again_needs_a_record_that_the_function_was_started(
    alone: Kit, started: bool, outcome: LiveOutcome
) -> None:
    choosing = Choosing(kit=alone)
    person = choosing.born("tea-guest-0")
    choosing.answer(person, GENERAL, Act.REFUSE)
    alone.clock.pass_by(timedelta(hours=47))
    choosing.nearby(person, started=started)
    choosing.answer(person, GENERAL, Act.REFUSE)
    found = alone.run_controls()
    assert found["refusals-remembered"].outcome is outcome


def test_what_an_individual_opens_themselves_is_no_asking_again(alone: Kit) -> None:
    browser, _ = come_in(alone, "1")
    path = f"/centre/prompts/{GENERAL}"
    assert answered(browser, GENERAL, answer="refuse").status_code == 303
    alone.clock.pass_by(timedelta(minutes=5))
    assert "data-prompt" not in browser.get(f"{path}?unasked=yes").text
    assert answered(browser, GENERAL, answer="refuse").status_code == 303
    found = alone.run_controls()
    assert found["refusals-remembered"].outcome is LiveOutcome.PASSED


def test_a_prompt_that_the_app_shows_unasked_is_recorded_and_counted(alone: Kit) -> None:
    browser, person = come_in(alone, "1")
    assert "data-prompt" in browser.get(f"/centre/prompts/{GENERAL}").text
    assert chain(alone, person) == []
    assert "data-prompt" in browser.get(f"/centre/prompts/{GENERAL}?unasked=yes").text
    until = time.monotonic() + 10
    while not chain(alone, person):  # such records are queued
        assert time.monotonic() < until
        time.sleep(0.02)
    assert chain(alone, person) == [Kind.NOTICE_SHOWN]
    [item] = counts(alone).figures.overview(30).items
    assert (item.item, item.asked, item.gave, item.refused) == (GENERAL, 1, 0, 0)


def test_a_board_whose_records_cannot_be_read_says_so(alone: Kit) -> None:
    choosing = Choosing(kit=alone)
    choosing.some_weeks(2)
    with SqliteDatabase(Path(alone.settings.data)).write() as connection:
        connection.exec_driver_sql("DROP TABLE use_record")
    runs = alone.run_controls()
    assert {runs[one.id].outcome for one in CONTROLS} == {LiveOutcome.COULD_NOT_RUN}
    assert runs["complaint-in-time"].outcome is LiveOutcome.NOTHING_TO_CHECK  # others go on
