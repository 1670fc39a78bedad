"""Complaints from the centre to the console and back, and everything that does not fit."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start

from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
MINE, QUEUE = "/centre/complaints", "/console/complaints"
WORDS = "他们给我打了三次电话"
ALONE = {"/centre/verify"}
"""A page that is kept as a file and belongs to no operator."""
WAYS: dict[str, str | list[str]] = {"remedies": ["authority", "court"]}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("complaints") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def staff(kit: Kit) -> Browser:
    return staff_of(kit, Role.STAFF)


@pytest.fixture(scope="module")
def reviewer(kit: Kit) -> Browser:
    return staff_of(kit, Role.REVIEWER)


def complained(browser: Browser, **more: str) -> str:
    fields = {"cause": "third-party", "text": WORDS, "key": "k"} | more
    answer = browser.submit(MINE, MINE, fields)
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    return location.removeprefix(f"{MINE}/")


def test_a_complaint_is_answered_with_reasons_and_objected_to(
    kit: Kit, staff: Browser, reviewer: Browser
) -> None:
    me, _ = come_in(kit, "a", account="4711")
    wanted = complained(me, key="first")
    page = me.get(f"{MINE}/{wanted}").text
    for words in (wanted, WORDS, "已收到", "剩", "人民法院"):
        assert words in page

    queue = staff.get(QUEUE).text
    assert f"{QUEUE}/{wanted}" in queue
    assert WORDS not in queue
    one = f"{QUEUE}/{wanted}"
    assert WORDS in staff.get(one).text
    assert staff.submit(one, f"{one}/accept", {}).status_code == 303
    answer = WAYS | {
        "outcome": "upheld",
        "reasons": "查明是外呼名单有误",
        "remedy": "已删除名单",
    }
    assert staff.submit(one, f"{one}/reply", answer).status_code == 303
    seen = me.get(f"{MINE}/{wanted}").text
    for words in ("已答复", "查明是外呼名单有误", "已删除名单", "投诉成立", "处理方"):
        assert words in seen
    assert "staff.person" not in seen

    objected = me.submit(f"{MINE}/{wanted}", f"{MINE}/{wanted}/object", {"text": "还在打"})
    assert objected.status_code == 303
    again = staff.submit(one, f"{one}/reply", answer)
    assert again.status_code == 400
    assert 'role="alert"' in again.text
    assert reviewer.submit(one, f"{one}/reply", answer).status_code == 303


def test_who_looked_stands_in_the_own_chain_once_a_day(kit: Kit, staff: Browser) -> None:
    me, _ = come_in(kit, "b", account="4712")
    wanted = complained(me)
    for _ in range(2):
        assert staff.get(f"{QUEUE}/{wanted}").status_code == 200
    kit.clock.pass_by(timedelta(seconds=2))
    page = me.get("/centre/receipts").text
    assert len(re.findall("投诉等卷宗的内容|工作人员查看了关于您的记录", page)) == 1


def test_a_complaint_about_a_request_begins_with_its_number(kit: Kit) -> None:
    me, _ = come_in(kit, "g", account="4717")
    request = "rq-abcdefghijklmnopqrst"
    page = me.get(f"{MINE}?about={request}").text
    assert re.search(r'<option value="rights"[^>]* selected', page)
    assert f"关于我的请求 {request}：</textarea>" in page
    assert " selected" not in me.get(MINE).text.partition("</form>")[0]
    for wrong in ("rq-<b>", "../console", "rq-" + "a" * 21):
        assert me.client.get(MINE, params={"about": wrong}).status_code == 400


def test_nobody_sees_the_complaint_of_another(kit: Kit) -> None:
    me, _ = come_in(kit, "c", account="4713")
    wanted = complained(me)
    other, _ = come_in(kit, "d", account="4714")
    assert other.get(f"{MINE}/{wanted}").status_code == 404
    assert wanted not in other.get(MINE).text
    assert other.submit(MINE, f"{MINE}/{wanted}/add", {"text": "x"}).status_code == 404
    assert me.get(f"{MINE}/cp-aaaaaaaaaa").status_code == 404


def test_an_auditor_reads_and_an_admin_does_not(kit: Kit) -> None:
    me, _ = come_in(kit, "e", account="4715")
    wanted = complained(me)
    auditor, admin = staff_of(kit, Role.AUDITOR), staff_of(kit, Role.ADMIN)
    page = auditor.get(f"{QUEUE}/{wanted}").text
    assert WORDS in page
    assert "<form" not in page.split("</header>")[1].split("<footer")[0]
    assert admin.get(QUEUE).status_code == 403
    assert admin.get(f"{QUEUE}/{wanted}").status_code == 403


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(kit: Kit) -> None:
    me, _ = come_in(kit, "f", account="4716")
    answer = me.submit(MINE, MINE, {"cause": "", "text": WORDS, "key": "x"})
    assert answer.status_code == 400
    assert WORDS in answer.text
    assert "关于什么：这一项没有填好" in answer.text
    assert 'aria-invalid="true"' in answer.text
    long = me.submit(MINE, MINE, {"cause": "other", "text": "长" * 6_000, "key": "x"})
    assert long.status_code == 400
    assert "发生了什么：这一项没有填好" in long.text


def test_a_form_sent_twice_is_one_complaint(kit: Kit) -> None:
    me, _ = come_in(kit, "g", account="4717")
    assert complained(me, key="same") == complained(me, key="same")
    assert complained(me, key="another") != complained(me, key="same")


def test_ten_megabytes_are_refused(kit: Kit) -> None:
    me, _ = come_in(kit, "h", account="4718")
    answer = me.submit(MINE, MINE, {"cause": "other", "text": "x" * 10_000_000, "key": "x"})
    assert answer.status_code == 413
    assert "返回上一页，写好的内容还在" in answer.text


def test_a_call_to_the_hotline_is_taken_down(kit: Kit, staff: Browser) -> None:
    new = f"{QUEUE}/new/take-down"
    today = kit.clock.now().date()
    fields = {
        "channel": "hotline",
        "received-on": (today + timedelta(days=5)).isoformat(),
        "cause": "rights",
        "text": WORDS,
    }
    wrong = staff.submit(new, new, fields)
    assert wrong.status_code == 400
    assert "收到日期：这一项没有填好" in wrong.text
    taken = staff.submit(new, new, fields | {"received-on": "2026-11-20"})
    assert taken.status_code == 303
    page = staff.get(taken.headers["location"]).text
    for words in ("客服热线", "2026-11-20", "2026-12-11"):
        assert words in page


def test_the_pages_speak_english_too(kit: Kit, staff: Browser) -> None:
    me, _ = come_in(kit, "i", account="4719")
    wanted = complained(me)
    mine = me.get(f"{MINE}/{wanted}?lang=en").text
    for words in ("Received", "days left", "What happened", "people's court"):
        assert words in mine.replace("&#39;", "'")
    queue = staff.get(f"{QUEUE}?lang=en").text
    for words in ("Complaint", "Overdue", "Rests on"):
        assert words in queue


def test_every_page_of_the_centre_leads_to_it(kit: Kit) -> None:
    me, _ = come_in(kit, "j", account="4720")
    for path in ("/centre", "/centre/rights", "/centre/consents", "/centre/contact"):
        assert f'href="{MINE}"' in me.get(path).text


def test_how_complaints_were_answered_is_published(tmp_path: Path) -> None:
    alone = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    try:
        staff, nobody = staff_of(alone, Role.STAFF), Browser(alone.service.app)
        empty = nobody.get("/centre/contact").text
        assert "近一年的投诉处理" in empty
        me, _ = come_in(alone, "a", account="1")
        for key in "abc":
            complained(me, key=key)
        new = f"{QUEUE}/new/take-down"
        call = {"channel": "hotline", "cause": "rights", "text": WORDS, "received-on": "2026-10-09"}
        called = staff.submit(new, new, call).headers["location"]
        staff.submit(called, f"{called}/accept", {})
        alone.clock.pass_by(timedelta(days=2))
        staff = staff_of(alone, Role.STAFF)
        me, _ = come_in(alone, "a", account="1")
        answer = WAYS | {"outcome": "upheld", "reasons": "属实"}
        assert staff.submit(called, f"{called}/reply", answer).status_code == 303
        wanted = complained(me, key="d")
        me.submit(f"{MINE}/{wanted}", f"{MINE}/{wanted}/take-back", {})
        page = re.sub(r"<[^>]+>", " ", nobody.get("/centre/contact").text)
        said = re.sub(r"\s+", " ", page)
        assert "收到 4 应用内 3、客服热线 1" in said
        assert "已答复 1 " in said
        assert "逾期 1 " in said
        assert "45 天" in said
        assert WORDS not in page
    finally:
        alone.service.close()


OTHERS = "骚扰的人是13800138000，他的身份证是11010118900307003X，还有 someone@example.com"


def test_numbers_of_others_are_masked_until_they_are_opened_with_a_reason(
    kit: Kit, staff: Browser
) -> None:
    me, _ = come_in(kit, "k", account="4721")
    wanted = complained(me, text=OTHERS, key="others")
    one = f"{QUEUE}/{wanted}"
    assert "13800138000" in me.get(f"{MINE}/{wanted}").text, "whoever wrote it sees it"
    page = staff.get(f"{one}?lang=zh").text
    assert "138****8000" in page
    assert "骚扰的人是" in page
    for number in ("13800138000", "someone@example.com"):
        assert number not in page
    refused = staff.submit(one, f"{one}/unmask", {"reason": "看"})
    assert refused.status_code == 400
    assert "4 至 200 个字" in refused.text
    assert "13800138000" not in refused.text
    opened = staff.submit(one, f"{one}/unmask", {"reason": "向运营商核实来电"})
    assert opened.status_code == 200
    assert "13800138000" in opened.text
    assert "已记入日志" in opened.text
    assert "13800138000" not in staff.get(one).text
    kit.clock.pass_by(timedelta(seconds=2))
    chain = me.get("/centre/receipts").text
    assert len(re.findall("工作人员查看了关于您的记录", chain)) >= 2


def test_what_it_may_be_about_is_suggested_and_a_person_decides(kit: Kit, staff: Browser) -> None:
    me, _ = come_in(kit, "l", account="4722")
    said = "附近门店一打开就读取我的精确位置，我没有同意"
    wanted = complained(me, text=said, cause="other", key="map")
    one = f"{QUEUE}/{wanted}"
    page = staff.get(f"{one}?lang=zh").text
    assert "已按来件内容预选" in page
    form = page.split(f'action="{one}/map"')[1].split("</form>")[0]
    chosen = re.findall(r'<option value="([^"]+)" selected>', form)
    assert chosen[0] == "no-consent"
    assert any("nearby" in one for one in chosen[1:]), chosen
    rows = re.findall(r'<option value="([^"]+/PI-[^"]+)"', form)
    mapped = {"cause": "no-consent", "activity": chosen[1], "list-row": rows[0]}
    assert staff.submit(one, f"{one}/map", mapped).status_code == 303
    assert "已按来件内容预选" not in staff.get(one).text


def test_an_answer_without_the_ways_that_remain_is_refused(kit: Kit, staff: Browser) -> None:
    me, _ = come_in(kit, "m", account="4723")
    wanted = complained(me, key="ways")
    one = f"{QUEUE}/{wanted}"
    staff.submit(f"{one}?lang=zh", f"{one}/accept")
    answer = {"outcome": "not-upheld", "reasons": "没有这样的记录", "remedies": ["authority"]}
    short = staff.submit(one, f"{one}/reply", answer)
    assert short.status_code == 400
    assert "向人民法院起诉" in short.text
    assert "没有这样的记录" in short.text, "what was typed is kept"
    assert staff.submit(one, f"{one}/reply", answer | WAYS).status_code == 303
    mine = me.get(f"{MINE}/{wanted}").text
    assert "第六十五条" in mine
    rated = me.submit(f"{MINE}/{wanted}", f"{MINE}/{wanted}/rate", {"content": "satisfied"})
    assert rated.status_code == 303
    twice = me.submit(f"{MINE}/{wanted}", f"{MINE}/{wanted}/rate", {"content": "partly"})
    assert twice.status_code == 400
    assert staff.submit(one, f"{one}/reopen", {"reason": "又发现一条记录"}).status_code == 303
    assert "处理中" in me.get(f"{MINE}/{wanted}").text


def test_what_nobody_takes_stands_on_the_page_of_today(tmp_path: Path) -> None:
    alone = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    try:
        me, _ = come_in(alone, "a", account="1")
        complained(me, key="a")
        alone.clock.pass_by(timedelta(days=60))
        alone.service.services.sweep()
        alone.service.services.sweep()
        for role in (Role.STAFF, Role.REVIEWER, Role.AUDITOR):
            page = staff_of(alone, role).get("/console").text
            assert page.count("投诉：系统已升级 1 件") == 1, role
            assert "请单位主要负责人处理" in page
        english = staff_of(alone, Role.REVIEWER).get("/console?lang=en").text
        assert "Complaint: 1 stepped up by the service" in english
    finally:
        alone.service.close()


def test_how_the_hotline_answers_is_published_and_can_be_taken_away(tmp_path: Path) -> None:
    alone = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    try:
        staff, nobody = staff_of(alone, Role.STAFF), Browser(alone.service.app)
        assert "还没有热线数据" in nobody.get("/centre/contact").text
        new = "/console/hotline/new/month"
        month = {
            "at": "2026-10-01",
            "calls": "1200",
            "answered": "1100",
            "mean-wait-seconds": "12",
            "longest-wait-seconds": "95",
        }
        wrong = staff.submit(new, new, month | {"answered": "1300"})
        assert wrong.status_code == 400
        assert "人工接听的不能多于来电" in wrong.text
        assert staff.submit(new, new, month).status_code == 303
        alone.clock.pass_by(timedelta(minutes=11))
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", nobody.get("/centre/contact").text))
        assert "2026-10 " in page
        assert "91.7%" in page
        for suffix in ("json", "xlsx", "pdf", "md", "html"):
            file = nobody.get(f"/centre/files/service-figures.{suffix}")
            assert file.status_code == 200, suffix
            assert len(file.content) > 500
        assert "2026-10" in nobody.get("/centre/files/service-figures.md").text
        assert nobody.get("/centre/files/service-figures.exe").status_code == 404
    finally:
        alone.service.close()


def test_every_page_of_the_centre_shows_the_channels(kit: Kit) -> None:
    me, _ = come_in(kit, "n", account="4724")
    nobody = Browser(kit.service.app)
    contacts = kit.service.services.register.served.register.handler.complaints.contacts
    pages = [
        route.path
        for route in kit.service.app.inner.routes
        if route.path.startswith("/centre") and "{" not in route.path and route.path not in ALONE
    ]
    seen = 0
    for path in pages:
        for browser in (me, nobody):
            answer = browser.get(path)
            if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
                continue
            seen += 1
            assert str(contacts.phone) in answer.text, path
            assert 'href="/centre/contact"' in answer.text, path
    assert seen > 30
