"""Working papers of an audit in the console, from the plan to the last remedy, and as files."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.domain.dossier.audit_items.all_items import ITEMS, items_for
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PLAN = {
    "title": "2026 年度",
    "kind": "regular",
    "by-whom": "internal",
    "auditor": "内审部",
    "period-from": "2026-01-01",
    "period-to": "2026-12-31",
    "end-by": "2027-03-31",
}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("audits") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def staff(kit: Kit) -> Browser:
    return staff_of(kit, Role.STAFF)


@pytest.fixture(scope="module")
def reviewer(kit: Kit) -> Browser:
    return staff_of(kit, Role.REVIEWER)


def planned(browser: Browser, **said: str) -> str:
    new = "/console/audits/new/plan"
    browser.get("/console?lang=zh")
    answer = browser.submit(new, new, PLAN | said)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def concluded(browser: Browser, place: str, item: str, **said: str) -> int:
    page = f"{place}/papers/{item}"
    sent = {"result": "conforms", "finding": "抽查无误", **said}
    answer = browser.submit(page, page, sent)
    assert answer.status_code in {303, 400}, answer.text
    return answer.status_code


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_papers_list_every_item_with_what_answers_it(staff: Browser, lang: str) -> None:
    place = planned(staff)
    assert f'href="{place}/papers"' in staff.get(place).text
    page = staff.get(f"{place}/papers?lang={lang}").text.replace("&#39;", "'")
    for item in ITEMS.values():
        assert (item.text.zh if lang == "zh" else item.text.en or "") in page
        assert f'href="{place}/papers/{item.id}"' in page
    one = staff.get(f"{place}/papers/legal-basis?lang={lang}").text
    assert "/console/board" in one
    assert "/console/evidence/records/" in one


def test_what_does_not_conform_takes_a_day_and_the_form_keeps_what_was_typed(
    staff: Browser,
) -> None:
    place = planned(staff)
    page = f"{place}/papers/notice"
    answer = staff.submit(page, page, {"result": "does-not", "finding": "缺少保存期限"})
    assert answer.status_code == 400
    assert "请定整改期限" in answer.text
    assert "缺少保存期限" in answer.text


def test_an_audit_is_reported_once_all_is_concluded_and_closed_once_all_is_mended(
    staff: Browser, reviewer: Browser
) -> None:
    place = planned(staff)
    items = [one.id for one in items_for("regular")]
    for item in items[:-1]:
        faulty = {"result": "does-not", "due": "2027-01-31"} if item == "training" else {}
        assert concluded(staff, place, item, **faulty) == 303
    early = staff.submit(place, f"{place}/report", {"summary": "一项待改"})
    assert early.status_code == 400
    assert "还有 1 个条目没有结论" in early.text
    assert concluded(staff, place, items[-1], result="not-applicable") == 303
    done = staff.submit(place, f"{place}/report", {"summary": "一项待改"})
    assert done.status_code == 303, done.text
    assert staff.get(f"{place}/papers/{items[0]}").text.count("<textarea") == 0
    refused = reviewer.submit(place, f"{place}/close", {})
    assert refused.status_code == 400
    assert "还有 1 项整改没有复核通过" in refused.text
    page = staff.get(f"{place}/papers").text
    remedy = page.partition('href="/console/remedies/')[2].partition('"')[0]
    remedy = f"/console/remedies/{remedy}"
    assert "2027-01-31" in staff.get(remedy).text
    mended = {"done-on": "2026-11-01", "done": "已培训"}
    assert staff.submit(remedy, f"{remedy}/do", mended).status_code == 303
    assert reviewer.submit(remedy, f"{remedy}/accept", {}).status_code == 303
    assert reviewer.submit(place, f"{place}/close", {}).status_code == 303


def test_papers_come_as_files_and_are_the_same_twice(kit: Kit, staff: Browser) -> None:
    place = planned(staff)
    concluded(staff, place, "notice")
    kit.service.services.evidence.log.publish()
    for form, begin in (("xlsx", b"PK"), ("json", b"{"), ("pdf", b"%PDF")):
        address = f"{place}/papers.{form}?lang=zh"
        first, second = (staff.get(address).content for _ in range(2))
        assert first.startswith(begin)
        assert first == second
    book = ZipFile(BytesIO(staff.get(f"{place}/papers.xlsx?lang=zh").content))
    strings = book.read("xl/sharedStrings.xml").decode()
    for words in ("条目", "由人判断", "抽查无误", "自动证据", "日志位置"):
        assert words in strings
    tree = json.loads(staff.get(f"{place}/papers.json?lang=en").content)
    assert tree["kind"] == "working-papers"
    assert staff.get(f"{place}/papers.docx").status_code == 404


def test_papers_are_for_those_who_read_and_conclusions_for_those_who_work(
    kit: Kit, staff: Browser
) -> None:
    place = planned(staff)
    auditor, admin = staff_of(kit, Role.AUDITOR), staff_of(kit, Role.ADMIN)
    for path in ("/papers", "/papers/notice", "/papers.json"):
        assert auditor.get(f"{place}{path}").status_code == 200
        assert admin.get(f"{place}{path}").status_code == 403
    assert "<textarea" not in auditor.get(f"{place}/papers/notice").text
    sent = {"result": "conforms", "finding": "x"}
    page = f"{place}/papers/notice"
    assert auditor.submit("/console/account", page, sent).status_code == 403
    assert staff.get(f"{place}/papers/nothing").status_code == 404
    assert staff.get("/console/audits/au-aaaaaaaaaa/papers").status_code == 404


def test_duties_by_size_are_shown_with_source_and_confidence(staff: Browser) -> None:
    page = staff.get("/console/obligations?lang=zh").text
    for words in ("100,000", "10,000,000", "小型个人信息处理者", "已核对", "草案", "见过转述"):
        assert words in page, words
    assert "Working papers say" in staff.get("/console/obligations?lang=en").text


MEASURES = "/console/safeguards/measures"


def test_measures_are_shown_with_their_source_and_recorded_by_the_button(
    kit: Kit, staff: Browser, reviewer: Browser
) -> None:
    assert "没有登记" in staff.get(f"{MEASURES}?lang=zh").text
    new = "/console/safeguards/new/declare"
    said = {"what": "每季度复核", "owner": "安全部", "first-due": "2027-01-31"}
    assert staff.submit(new, new, said | {"measure": "access"}).status_code == 303
    training = staff.submit(new, new, said | {"measure": "training"}).headers["location"]
    assert staff.submit(MEASURES, MEASURES, {}).status_code == 303
    page = staff.get(f"{MEASURES}?lang=zh").text
    assert "个账号没有第二重验证" in page
    assert "不符合" in page
    digest = "ab" * 32
    shown = {
        "done-on": "2026-10-01",
        "who": "安全部 12 人",
        "evidence": "培训并考核",
        "file": digest,
        "next-due": "2027-10-01",
    }
    assert staff.submit(training, f"{training}/show", shown).status_code == 303
    page = staff.get(f"{MEASURES}?lang=zh").text
    assert "人工登记" in page
    wanted = training.rpartition("/")[2]
    for typed, words in (
        (f"dossier={wanted}&file={digest}", "就是当时登记的文件（第 2 步）"),
        (f"dossier={wanted}&file={'cd' * 32}", "不是登记的文件"),
        (f"dossier={wanted}&file=abc", "64 位十六进制数"),
        (f"dossier=sg-aaaaaaaaaa&file={digest}", "没有这份卷宗"),
    ):
        assert words in reviewer.get(f"{MEASURES}?lang=zh&{typed}").text
    kit.run_controls()
    board = staff.get("/console/board/pledge-10?lang=zh").text
    assert "有注明日期的证据" in board
    auditor, admin = staff_of(kit, Role.AUDITOR), staff_of(kit, Role.ADMIN)
    assert auditor.get(MEASURES).status_code == 200
    assert "记录现在看到的" not in auditor.get(f"{MEASURES}?lang=zh").text
    assert auditor.submit("/console/account", MEASURES, {}).status_code == 403
    assert admin.get(MEASURES).status_code == 403
