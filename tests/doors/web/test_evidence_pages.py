"""The pages of the evidence log: who may see what, and that reading leaves a record."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.doors import service_kit
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import (
    SOMEBODY_ELSE,
    consent,
    erase_content,
    individual_of,
    provide,
    readings,
    staff_of,
)
from tests.doors.service_kit import Kit, start

from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.kinds import RULES, Kind
from chengnuo.doors.http.exchange import LANG_COOKIE
from chengnuo.doors.web.centre_receipts import verify_page, verify_policy
from chengnuo.doors.web.console_evidence_status import KeyPlace, evidence_page
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.growth_picture import MOST_DAYS, growth_course
from chengnuo.doors.web.wording import texts
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.log_status import Growth, LogStatus
from chengnuo.ports.log_verifier import VerifierUnavailableError

if TYPE_CHECKING:
    from chengnuo.ports.evidence_log import Position

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "examples" / "shop" / "register"
REASON = "处理投诉，核对提供的时间"
READERS = (Role.STAFF, Role.REVIEWER, Role.AUDITOR)


@pytest.fixture(scope="module")
def log_kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("pages") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


def read(browser: Browser, position: int, reason: str) -> tuple[int, str]:
    """Ask for a payload as the form does; returns status and page."""
    answer = browser.submit(
        "/console/evidence",
        f"/console/evidence/records/{position}/read",
        {"reason": reason},
    )
    return answer.status_code, answer.text


def test_the_state_comes_first_in_plain_words(log_kit: Kit) -> None:
    provide(log_kit, SOMEBODY_ELSE)
    page = staff_of(log_kit, Role.STAFF).get("/console/evidence").text
    assert "一切正常" in page
    assert "在数据文件夹之内" in page
    assert "epoch.key" in page
    assert page.index("一切正常") < page.index("<h2")


def test_the_admin_sees_the_state_and_no_record(log_kit: Kit) -> None:
    position = provide(log_kit, SOMEBODY_ELSE)
    admin = staff_of(log_kit, Role.ADMIN)
    page = admin.get("/console/evidence")
    assert page.status_code == 200
    assert "/console/evidence/records" not in page.text
    assert admin.get("/console/evidence/records").status_code == 403
    assert admin.get(f"/console/evidence/records/{position}").status_code == 403
    before = readings(log_kit)
    assert read(admin, position, REASON)[0] == 403
    assert readings(log_kit) == before


@pytest.mark.real
def test_the_verify_button_runs_the_real_verifier_and_earns_the_seal(log_kit: Kit) -> None:
    auditor = staff_of(log_kit, Role.AUDITOR)
    page = auditor.submit("/console/evidence", "/console/evidence/verify").text
    assert "status-shown" in page
    assert "log-whole" in page
    assert "重算的记录" in page
    assert "chengnuo-verify" in page


@pytest.mark.real
def test_a_log_that_was_changed_gets_no_seal(tmp_path: Path) -> None:
    kit = start(tmp_path / "data")
    staff = staff_of(kit, Role.STAFF)
    provide(kit, SOMEBODY_ELSE)
    width = kit.service.services.evidence.log.publish().checkpoint.size
    tile = Path(kit.settings.data) / f"evidence/log/tile/entries/000.p/{width}"
    data = bytearray(tile.read_bytes())
    data[40] ^= 1
    tile.write_bytes(data)
    page = staff.submit("/console/evidence", "/console/evidence/verify").text
    assert "不完好" in page
    assert "status-shown" not in page
    kit.service.close()


@pytest.mark.real
@pytest.mark.parametrize(
    ("lang", "word", "why"),
    [
        ("zh", "没能核验完", "核验没有在 0.001 秒内完成"),
        ("en", "Not finished", "did not finish within 0.001 s"),
    ],
)
def test_a_log_too_large_for_the_page_is_said_with_the_command_that_verifies_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, word: str, why: str
) -> None:
    hasty = partial(VerifierProcess, time_limit_s=0.001)
    monkeypatch.setattr(service_kit, "VerifierProcess", hasty)
    log_kit = start(tmp_path / "data")
    staff = staff_of(log_kit, Role.STAFF)
    staff.client.cookies.set(LANG_COOKIE, lang)
    page = staff.submit("/console/evidence", "/console/evidence/verify")
    public = Path(log_kit.settings.data).resolve() / "evidence" / "log"
    log_kit.service.close()
    assert page.status_code == 200
    assert word in page.text
    assert why in page.text
    assert f"chengnuo-verify {public}" in page.text
    assert 'role="alert"' not in page.text
    assert "status-shown" not in page.text


@pytest.mark.real
def test_a_verifier_that_gives_no_answer_gives_no_verdict(log_kit: Kit) -> None:
    public = Path(log_kit.settings.data) / "evidence" / "log"
    with pytest.raises(VerifierUnavailableError, match="printed over"):
        VerifierProcess(public, output_limit_bytes=16).verify_log()
    with pytest.raises(VerifierUnavailableError, match="without an answer"):
        VerifierProcess(public, memory_limit_bytes=1 << 20).verify_log()


@pytest.mark.real
def test_a_verifier_says_of_a_file_what_it_is_not(log_kit: Kit) -> None:
    public = Path(log_kit.settings.data) / "evidence" / "log"
    report = VerifierProcess(public).verify_file("../../etc/--key", b"{}")
    assert report.status != 0
    assert report.messages[0][1].zh


def test_records_are_leafed_through_and_chosen_by_kind(log_kit: Kit) -> None:
    position = consent(log_kit, SOMEBODY_ELSE)
    staff = staff_of(log_kit, Role.REVIEWER)
    page = staff.get("/console/evidence/records?kind=consent-given").text
    assert f'href="/console/evidence/records/{position}"' in page
    assert 'href="/console/register/activities/nearby-stores"' in page
    assert "没有这类记录" in staff.get("/console/evidence/records?kind=incident").text
    assert staff.get("/console/evidence/records?kind=nonsense").status_code == 404
    older = staff.get(f"/console/evidence/records?before={position}").text
    assert f'href="/console/evidence/records/{position}"' not in older


@pytest.mark.parametrize("role", READERS)
def test_a_record_is_shown_with_its_proof_and_without_its_payload(log_kit: Kit, role: Role) -> None:
    position = provide(log_kit, SOMEBODY_ELSE)
    before = readings(log_kit)
    page = staff_of(log_kit, role).get(f"/console/evidence/records/{position}").text
    assert "包含证明" in page
    assert "status-shown" in page
    assert "崩溃分析" not in page
    assert readings(log_kit) == before


def test_a_record_that_is_not_there_is_not_found(log_kit: Kit) -> None:
    staff = staff_of(log_kit, Role.STAFF)
    assert staff.get("/console/evidence/records/99999999").status_code == 404
    assert staff.get("/console/evidence/records/-1").status_code == 400


@pytest.mark.parametrize("reason", ["", "   ", "看看", "好" * 301])
def test_reading_without_a_reason_is_refused_and_leaves_no_record(
    log_kit: Kit, reason: str
) -> None:
    position = provide(log_kit, SOMEBODY_ELSE)
    staff = staff_of(log_kit, Role.STAFF)
    before = readings(log_kit)
    status, page = read(staff, position, reason)
    assert status == 400
    assert "请写明理由" in page
    assert "崩溃分析" not in page
    assert readings(log_kit) == before


@pytest.mark.parametrize("role", READERS)
def test_reading_is_recorded_in_the_chain_of_whom_it_concerns(log_kit: Kit, role: Role) -> None:
    position = provide(log_kit, SOMEBODY_ELSE)
    status, page = read(staff_of(log_kit, role), position, f"  {REASON}  ")
    assert status == 200
    assert "崩溃分析" in page
    assert "精准定位" in page
    assert "这次查看已记入日志" in page
    evidence = log_kit.service.services.evidence
    newest = evidence.mine(SOMEBODY_ELSE)[0]
    assert newest.leaf.kind == "operator-read"
    assert newest.leaf.activity == "nearby-stores"
    payload = json.loads(evidence.payloads.opened(newest).payload or b"")
    assert payload["reason"] == REASON
    assert payload["by"] == f"{role}-of-the-log"


def test_the_auditor_reads_what_concerns_nobody(log_kit: Kit) -> None:
    auditor = staff_of(log_kit, Role.AUDITOR)
    evidence = log_kit.service.services.evidence
    browsed = evidence.browse(kind=Kind.REGISTER_PUBLISHED)
    status, page = read(auditor, browsed.records[0].position, REASON)
    assert status == 200
    assert "登记簿版本" in page
    assert evidence.browse(count=1).records[0].leaf.kind == "operator-read"


def test_a_payload_that_was_erased_says_when_and_under_what(log_kit: Kit) -> None:
    gone = PersonKey("a" * 64)
    position = provide(log_kit, gone)
    erase_content(log_kit, gone)
    page = staff_of(log_kit, Role.STAFF).get(f"/console/evidence/records/{position}").text
    assert "内容已于 2026-11-21 09:00 依据 PIPL 第47条 删除" in page
    assert 'name="reason"' not in page


def test_a_payload_can_only_be_asked_for_by_a_form_of_ours(log_kit: Kit) -> None:
    position = provide(log_kit, SOMEBODY_ELSE)
    staff = staff_of(log_kit, Role.STAFF)
    before = readings(log_kit)
    path = f"/console/evidence/records/{position}/read"
    assert staff.post(path, {"reason": REASON}).status_code == 403
    assert staff.get(path).status_code == 405
    assert readings(log_kit) == before


def test_an_individual_sees_their_own_records_and_nobody_elses(log_kit: Kit) -> None:
    browser, visitor = individual_of(log_kit)
    mine, not_mine = provide(log_kit, visitor.person), provide(log_kit, SOMEBODY_ELSE)
    page = browser.get("/centre/receipts").text
    assert "把您的信息提供给了Sentry：推荐附近门店和自提点" in page
    assert f'href="/centre/receipts/{mine}"' in page
    assert f'href="/centre/receipts/{not_mine}"' not in page
    for path in (f"/centre/receipts/{not_mine}", f"/centre/receipts/{not_mine}/receipt.json"):
        refused = browser.get(path)
        assert refused.status_code == 404
        assert "崩溃分析" not in refused.text


def test_a_reading_is_told_to_the_individual_in_their_language(log_kit: Kit) -> None:
    browser, visitor = individual_of(log_kit)
    position = consent(log_kit, visitor.person)
    read(staff_of(log_kit, Role.STAFF), position, REASON)
    newest = log_kit.service.services.evidence.mine(visitor.person)[0].position
    page = browser.get(f"/centre/receipts/{newest}").text
    assert f"第 {position} 号记录：同意" in page
    assert REASON in page


def test_receipts_are_for_the_individual_alone(log_kit: Kit) -> None:
    _, visitor = individual_of(log_kit)
    position = provide(log_kit, visitor.person)
    paths = [f"/centre/receipts/{position}", f"/centre/receipts/{position}/receipt.json"]
    for browser in (Browser(log_kit.service.app), staff_of(log_kit, Role.STAFF)):
        for path in (*paths, "/centre/receipts", "/centre/receipts/complete.json"):
            turned_away = browser.get(path)
            assert turned_away.status_code in {303, 403}
            assert "崩溃分析" not in turned_away.text


@pytest.mark.real
def test_a_receipt_can_be_read_scanned_and_taken_away(log_kit: Kit) -> None:
    browser, visitor = individual_of(log_kit)
    position = consent(log_kit, visitor.person)
    page = browser.get(f"/centre/receipts/{position}").text
    assert "您同意了：推荐附近门店和自提点" in page
    assert 'class="qr"' in page
    assert "单独同意" in page
    assert "它不能证明什么" in page
    assert "<dd><span>中文</span></dd>" in page
    for key in log_kit.service.services.evidence.log.keys().in_force:
        assert f'data-copy="{key.vkey}"' in page
    assert 'href="/centre/verify"' in page
    english = browser.get(f"/centre/receipts/{position}?lang=en").text
    assert 'href="/centre/verify?lang=en"' in english
    browser.get(f"/centre/receipts/{position}?lang=zh")
    file = browser.get(f"/centre/receipts/{position}/receipt.json")
    assert re.fullmatch(
        rf'attachment; filename="receipt-{position}-[0-9a-f]{{8}}\.json"',
        file.headers["content-disposition"],
    )
    report = log_kit.service.services.evidence.verifier.verify_file("r.json", file.content)
    assert report.messages[0][0] == "receipt-whole"


@pytest.mark.real
def test_the_proof_that_these_are_all_is_proved_by_the_verifier(log_kit: Kit) -> None:
    browser, visitor = individual_of(log_kit)
    provide(log_kit, visitor.person)
    file = browser.get("/centre/receipts/complete.json")
    evidence = log_kit.service.services.evidence
    assert len(file.json()["chains"][0]["leaves"]) == len(evidence.mine(visitor.person))
    report = evidence.verifier.verify_file("all.json", file.content)
    assert (report.status, report.messages[0][0]) == (0, "complete")


def test_a_receipt_of_what_was_erased_says_so_and_offers_no_file(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    browser, visitor = individual_of(kit)
    position = provide(kit, visitor.person)
    erase_content(kit, visitor.person)
    assert "依据 PIPL 第47条 删除" in browser.get("/centre/receipts").text
    page = browser.get(f"/centre/receipts/{position}")
    assert page.status_code == 200
    assert "依据 PIPL 第47条 删除" in page.text
    assert "receipt.json" not in page.text
    assert 'href="/centre/receipts/complete.json"' in page.text
    assert browser.get(f"/centre/receipts/{position}/receipt.json").status_code == 409
    kit.service.close()


def test_somebody_without_records_is_told_so(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", demo=True)
    browser, _ = individual_of(kit)
    page = browser.get("/centre/receipts")
    assert "还没有与您有关的记录" in page.text
    assert "complete.json" not in page.text
    assert browser.get("/centre/receipts/complete.json").status_code == 404
    kit.service.close()


def test_the_page_that_verifies_is_the_verifiers_own() -> None:
    assert verify_page() == (ROOT / "verifier" / "web" / "verify.html").read_bytes()


def test_the_page_that_verifies_runs_its_own_script_and_no_other(log_kit: Kit) -> None:
    answer = Browser(log_kit.service.app).get("/centre/verify")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy == verify_policy(answer.text)
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    within = re.search(r"script-src '(sha256-[^']+)'", answer.text)
    assert within is not None
    assert within[1] in policy
    changed = answer.text.replace("use strict", "use strict ")
    assert verify_policy(changed) != policy


def test_every_kind_about_an_individual_is_told_in_words() -> None:
    personal = {kind.value for kind in Kind if RULES[kind].personal is not None}
    for lang in Lang:
        told = {
            key.removeprefix("evidence.told.")
            for key in texts(lang)
            if key.startswith("evidence.told.")
        }
        assert told == personal


QUIET = LogStatus(
    origin="shop.example.com/evidence",
    size=0,
    published=0,
    checkpoint_at=None,
    queued=0,
    kinds=(),
    growth=(),
    bytes=0,
    recovered="",
    failed="",
)
OUTSIDE = KeyPlace(name="environment", in_data_folder=False, forgets=False)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        pytest.param({}, "一切正常", id="a new log"),
        pytest.param({"recovered": "set-aside/7 (12 B)"}, "有一处需要知道", id="recovered"),
        pytest.param({"failed": "No space left on device"}, "写不进去", id="failed"),
        pytest.param({"failed": "disk", "recovered": "7"}, "写不进去", id="both: the worse"),
    ],
)
def test_what_is_wrong_with_the_log_is_said_first(
    catalogue: Catalogue, state: dict[str, str], word: str
) -> None:
    say = RecordWords(lang=Lang.ZH, register=None, catalogue=catalogue)
    log = replace(QUIET, **state)  # type: ignore[arg-type]  # texts by name
    page = evidence_page(say, log, OUTSIDE, vkeys=["a+b+c"], reads=False, report=None, error="")
    assert word in page.status.word
    for what in state.values():
        assert any(what in line for line in page.lead)
    assert page.growth is None
    assert any(piece.text == "a+b+c" for fact in page.sections[0].facts for piece in fact.value)
    keys = page.sections[1]
    assert keys.status is not None
    assert keys.status.word == "不在数据文件夹之内"
    assert "旧副本里可能还有" in keys.facts[1].value[0].text


def days(count: int, *, every: int = 1) -> list[Growth]:
    first = date(2026, 1, 1)
    return [
        Growth(day=(first + timedelta(days=every * n)).isoformat(), size=10 * (n + 1))
        for n in range(count)
    ]


def test_the_growth_of_an_empty_log_is_none() -> None:
    assert growth_course([]) is None


def test_the_growth_goes_from_nothing_to_the_newest_size() -> None:
    course = growth_course(days(5))
    assert course is not None
    assert course.corners[0] == (date(2025, 12, 31), 0)
    assert course.corners[-1] == (date(2026, 1, 5), 50)
    assert list(course.corners) == sorted(course.corners)
    assert [point.added for point in course.points] == [10] * 5
    assert course.top == 50


def test_a_day_without_records_leaves_the_line_where_it_was() -> None:
    course = growth_course(days(2, every=9))
    assert course is not None
    assert course.corners == (
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 10),
        (date(2026, 1, 9), 10),
        (date(2026, 1, 10), 20),
    )


def test_a_long_life_is_drawn_by_ends_of_months() -> None:
    picture = growth_course(days(MOST_DAYS + 1))
    assert picture is not None
    assert picture.monthly
    assert [point.day.isoformat() for point in picture.points] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-04",
    ]
    assert picture.points[-1].size == 10 * (MOST_DAYS + 1)


def test_the_newest_position_is_never_lost_on_the_way(log_kit: Kit) -> None:
    evidence = log_kit.service.services.evidence
    seen: list[int] = []
    before: Position | None = None
    while True:
        browsed = evidence.browse(before=before, count=3)
        seen += [record.position for record in browsed.records]
        if browsed.more is None:
            break
        before = browsed.more
    assert seen == list(range(seen[0], -1, -1))
