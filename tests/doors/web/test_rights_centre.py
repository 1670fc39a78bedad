"""办理权利 through the door: sheets of three steps, progress, files, cancelling, for others."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import CHILD_BORN
from tests.doors.service_kit import start
from tests.doors.web.rights_kit import (
    CALENDAR,
    RightsHouse,
    answered,
    arrived,
    file_seen,
    fresh_id,
    plan_of,
    results,
    rights_house,
    sample_request,
)

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.reply import Outcome
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    CancellationAsked,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    ReadAsked,
    RestrictionAsked,
    Scope,
    TransferAsked,
)
from chengnuo.doors.web.centre_rights_request_view import size_of
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.law.working_days import WorkingDays, add_working_days
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.seen import Happened, TaskKind

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE = "/centre/rights"
DELETE = {"scope": "all", "ground": "purpose-achieved"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
SHEETS = ("access", "copy", "transfer", "correct", "delete", "restrict", "explain")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RightsHouse]:
    """The sample shop."""
    folder = tmp_path_factory.mktemp("rights")
    kit = start(folder / "data", demo=True, register=str(SAMPLE))
    yield rights_house(kit, folder / "exports")
    kit.service.close()


@pytest.fixture
def house(served: RightsHouse) -> RightsHouse:
    """The same, of which nobody has asked anything yet."""
    served.desk.kept.clear()
    served.desk.askers.clear()
    served.desk.down = False
    return served


@pytest.mark.parametrize(
    "path",
    [
        "",
        *(f"/{sheet}" for sheet in SHEETS),
        "/requests",
        "/cancel-account",
        "/child",
        "/relative",
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_set(path: str, lang: str, house: RightsHouse) -> None:
    browser, _ = house.come_in()
    page = browser.get(f"{PAGE}{path}?lang={lang}")
    assert page.status_code == 200
    assert ("Who" in page.text) is (lang == "en")


def test_whoever_has_not_come_in_sees_what_there_is_and_can_ask_nothing(
    house: RightsHouse,
) -> None:
    browser = Browser(house.app, origin=house.kit.web.public_url)
    page = browser.get(PAGE)
    assert "10 个工作日内" in page.text
    assert 'href="/centre/enter"' in page.text
    for path in (*SHEETS, "requests", "cancel-account", "relative"):
        answer = browser.get(f"{PAGE}/{path}")
        aim = f"/centre/enter?to={PAGE}/{path}"
        assert (answer.status_code, answer.headers["location"]) == (303, aim)


def test_what_there_is_not_is_not_found(house: RightsHouse) -> None:
    browser, _ = house.come_in()
    assert browser.get(f"{PAGE}/nothing").status_code == 404
    assert browser.get(f"{PAGE}/requests/rq-{'z' * 20}").status_code == 404


@pytest.mark.parametrize(
    ("sheet", "fields", "right", "asked"),
    [
        ("access", {"scope": "all"}, Right.ACCESS, ReadAsked()),
        (
            "access",
            {"scope": "some", "category": "PI-BASIC-PHONE"},
            Right.ACCESS,
            ReadAsked(scope=Scope(categories=(CategoryId("PI-BASIC-PHONE"),))),
        ),
        (
            "copy",
            {"scope": "all", "format": "csv", "part": "100"},
            Right.COPY,
            ReadAsked(formats=("csv",), part_bytes=100 << 20),
        ),
        (
            "copy",
            {"scope": "all", "format": "csv", "part": "512", "code": "yes"},
            Right.COPY,
            ReadAsked(formats=("csv",), with_code=True),
        ),
        (
            "transfer",
            {"scope": "all", "offer": "an offer"},
            Right.TRANSFER,
            TransferAsked(offer="an offer"),
        ),
        (
            "correct",
            {"what": "supplement", "set:main.customers:nickname": "Tea", "reason": "moved"},
            Right.SUPPLEMENT,
            CorrectionAsked(
                changes=(
                    ColumnChange(table="main.customers", row="", column="nickname", value="Tea"),
                ),
                reason="moved",
            ),
        ),
        ("delete", DELETE, Right.DELETE, DeletionAsked(ground=Ground.PURPOSE)),
        (
            "restrict",
            {"what": "refuse", "target": "activity:personalised-ads", "on": "set"},
            Right.REFUSE,
            RestrictionAsked(on=True, activity=ActivityId("personalised-ads")),
        ),
        (
            "restrict",
            {"what": "restrict", "target": "recipient:courier-yunlu", "on": "lift"},
            Right.RESTRICT,
            RestrictionAsked(on=False, recipient=RecipientId("courier-yunlu")),
        ),
        (
            "explain",
            {"what": "explain-automated", "about": "activity:fraud-control", "question": "Why?"},
            Right.EXPLAIN_AUTOMATED,
            ExplanationAsked(about=ActivityId("fraud-control"), question="Why?"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sheet_asks_for_what_was_chosen(
    sheet: str, fields: dict[str, str], right: Right, asked: Asked, house: RightsHouse
) -> None:
    browser, person = house.come_in()
    second = browser.submit(f"{PAGE}/{sheet}", f"{PAGE}/{sheet}/check", fields)
    assert second.status_code == 200
    assert f'action="{PAGE}/{sheet}/send"' in second.text
    assert house.desk.kept == {}
    carried = {key: unescape(value) for key, value in HIDDEN.findall(second.text)}
    sent = browser.post(f"{PAGE}/{sheet}/send", carried)
    assert sent.status_code == 303
    ((request, seen),) = house.desk.kept.items()
    assert sent.headers["location"] == f"{PAGE}/requests/{request}?sent=yes"
    assert (seen.request.right, seen.request.asked) == (right, asked)
    asker = house.desk.askers[-1]
    assert (asker.person, asker.by, asker.surface) == (person, AskedBy.INDIVIDUAL, "centre")


@pytest.mark.parametrize(
    ("sheet", "fields", "wrong"),
    [
        ("delete", {"scope": "all"}, "请选择属于哪种情况"),
        ("delete", {"ground": "unlawful"}, "请选择要哪些"),
        ("delete", {"scope": "all", "ground": "other-law"}, "请选择属于哪种情况"),
        ("access", {"scope": "some"}, "请至少勾选一种"),
        ("access", {"scope": "some", "category": "PI-NONE"}, "请至少勾选一种"),
        ("copy", {"scope": "all", "format": "exe"}, "请至少选一种格式"),
        ("transfer", {"scope": "all"}, "请贴上对方给您的接收码"),
        ("correct", {"what": "correct"}, "请至少填写一项要改的内容"),
        ("correct", {"set:main.customers:password_hash": "x"}, "请至少填写一项要改的内容"),
        ("correct", {"set:main.customers:nickname": "x" * 501}, "最多 500 个字"),
        ("restrict", {"what": "restrict", "target": "activity:none"}, "没有这一项"),
    ],
)
def test_what_is_amiss_is_said_at_its_field_and_nothing_is_sent(
    sheet: str, fields: dict[str, str], wrong: str, house: RightsHouse
) -> None:
    browser, _ = house.come_in()
    for step in ("check", "send"):
        answer = browser.submit(f"{PAGE}/{sheet}", f"{PAGE}/{sheet}/{step}", fields)
        assert answer.status_code == 200
        assert answer.text.count(wrong) == 2
        assert 'role="alert"' in answer.text
    assert house.desk.kept == {}


def test_nothing_is_ticked_beforehand_that_widens(house: RightsHouse) -> None:
    browser, _ = house.come_in()
    assert " checked" not in browser.get(f"{PAGE}/delete").text
    assert browser.get(f"{PAGE}/copy").text.count(" checked") == 2  # all of it, as a page to read


def test_the_preview_says_what_goes_what_stays_and_who_is_told(house: RightsHouse) -> None:
    browser, _ = house.come_in()
    page = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/check", DELETE).text
    assert "现在查到 44 条记录" in page
    assert "电子商务法第31条" in page
    assert "保存到 2029年10月1日" in page
    assert "云鹿速运（虚构）：请它删除" in page
    assert "法律、行政法规要求继续保存" in page
    assert "也属于别人，只去掉与您的关联" in page
    assert "您在 " in page


def test_without_a_recent_sign_in_it_can_be_sent_and_is_confirmed_later(
    house: RightsHouse,
) -> None:
    browser, person = house.come_in(minutes_ago=30)
    page = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/check", DELETE).text
    assert "还需要确认" in page
    assert "确认是您以后才能查找" in page
    assert "绝不要求人脸" in page
    sent = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/send", DELETE)
    where = sent.headers["location"].partition("?")[0]
    waits = browser.get(where).text
    assert "等待确认身份" in waits
    assert f'action="{where}/prove"' not in waits
    led = browser.submit(f"{PAGE}/delete", f"{where}/prove")
    assert "请回到应用重新登录" in browser.get(led.headers["location"]).text
    assert house.desk.mine(person)[0].stage is Stage.NEEDS_IDENTITY
    again, _ = house.come_in(minutes_ago=1)
    assert f'action="{where}/prove"' in again.get(where).text
    proved = again.submit(where, f"{where}/prove")
    assert "已确认是您" in again.get(proved.headers["location"]).text
    assert house.desk.mine(person)[0].stage is Stage.NEEDS_PLAN


def test_the_third_step_says_by_when_and_that_a_date_is_provisional(house: RightsHouse) -> None:
    browser, person = house.come_in()
    sent = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/send", DELETE)
    page = browser.get(sent.headers["location"]).text
    assert "已收到，并留下记录" in page
    assert "最晚 2026年" in page
    assert "暂定" not in page
    seen = house.desk.own(house.desk.mine(person)[0].id, person)
    far = add_working_days(date(2029, 1, 4), WorkingDays(10), CALENDAR)
    house.put(replace(seen, due=far))
    assert "暂定" in browser.get(sent.headers["location"]).text


def test_a_request_is_taken_back(house: RightsHouse) -> None:
    browser, person = house.come_in()
    sent = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/send", DELETE)
    where = sent.headers["location"].partition("?")[0]
    back = browser.submit(where, f"{where}/take-back")
    page = browser.get(back.headers["location"]).text
    assert "已撤回，没有执行任何部分" in page
    assert f'action="{where}/take-back"' not in page
    assert house.desk.mine(person)[0].stage is Stage.TAKEN_BACK
    assert browser.submit(f"{PAGE}/delete", f"{where}/take-back").status_code == 409


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=8, seconds=30), "还有 8 分钟"),
        (timedelta(seconds=5), "还有 1 分钟"),
        (timedelta(hours=2, minutes=3), "还有 2 小时 3 分钟"),
        (timedelta(days=6, hours=5, minutes=4), "还有 6 天 5 小时"),
    ],
    ids=["minutes", "seconds", "hours", "days"],
)
def test_how_long_it_can_be_taken_back_is_said(
    left: timedelta, said: str, house: RightsHouse
) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    seen = replace(
        arrived(sample_request(person, now)), stage=Stage.WAITING, take_back_until=now + left
    )
    assert said in browser.get(f"{PAGE}/requests/{house.put(seen)}").text


def test_nobody_sees_or_takes_back_the_request_of_somebody_else(house: RightsHouse) -> None:
    owner, person = house.come_in("b")
    sent = owner.submit(f"{PAGE}/delete", f"{PAGE}/delete/send", DELETE)
    where = sent.headers["location"].partition("?")[0]
    other, _ = house.come_in("c")
    for path in ("", "/letter", "/content", "/files/1"):
        assert other.get(f"{where}{path}").status_code == 404
    for path in ("take-back", "prove"):
        assert other.submit(f"{PAGE}/delete", f"{where}/{path}").status_code == 404
    assert "您还没有提出过请求" in other.get(f"{PAGE}/requests").text
    assert house.desk.mine(person)[0].stage is Stage.NEEDS_PLAN


def test_what_is_partly_done_is_never_called_done(house: RightsHouse) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    ways = {}
    for outcome in Outcome:
        one = house.put(answered(sample_request(person, now), outcome, now))
        ways[outcome] = browser.get(f"{PAGE}/requests/{one}").text
    assert "已办完" in ways[Outcome.FULFILLED]
    for outcome in (Outcome.PARTLY, Outcome.REFUSED):
        assert "已办完" not in ways[outcome]
        assert "没有联系上" in ways[outcome]
        assert "向人民法院提起诉讼" in ways[outcome]
        assert "网信部门" in ways[outcome]
    assert "只办了一部分" in ways[Outcome.PARTLY]
    assert "还没有查" in ways[Outcome.PARTLY]
    assert "存储拒绝了这一步，没有改动" in ways[Outcome.PARTLY]
    assert "未能办理" in ways[Outcome.REFUSED]


def test_staff_stay_unnamed_and_their_notes_inside(house: RightsHouse) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    seen = answered(sample_request(person, now), Outcome.PARTLY, now)
    page = browser.get(f"{PAGE}/requests/{house.put(seen)}").text
    assert "account-1" not in page
    assert "internal note" not in page
    asked = replace(seen.request, id=fresh_id(), right=Right.EXPLAIN_RULES)
    answer = house.put(replace(seen, request=asked))
    assert "internal note" in browser.get(f"{PAGE}/requests/{answer}").text  # it is the answer


def test_a_request_that_stands_still_says_what_for_and_who_acts(house: RightsHouse) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    stopped = results()[1].stopped
    seen = replace(
        arrived(sample_request(person, now)),
        stage=Stage.PARKED,
        stopped=stopped,
        days_left=-2,
        extended="多个存储需要核对",
        like=(fresh_id(),),
    )
    page = browser.get(f"{PAGE}/requests/{house.put(seen)}").text
    assert "现在停在这里" in page
    assert "等待工作人员处理" in page
    assert "工作人员：排除障碍后继续" in page
    assert "已超过 2 个工作日" in page
    assert "过了期限还没有答复" in page
    assert "向人民法院提起诉讼" in page
    assert f'href="/centre/complaints?about={seen.request.id}"' in page
    assert "多个存储需要核对" in page
    assert "您还有这些同类请求在办理" in page
    assert "take-back" not in page


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_request_is_shown_at_every_stage(stage: Stage, lang: str, house: RightsHouse) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    request = sample_request(person, now)
    events = tuple(
        Happened(at=now, event=event, stage=stage, by="system", note="") for event in Event
    )
    seen = replace(arrived(request), stage=stage, plan=plan_of(request, now), timeline=events)
    page = browser.get(f"{PAGE}/requests/{house.put(seen)}?lang={lang}")
    assert page.status_code == 200
    assert ("take-back" in page.text) is (
        stage in {Stage.NEEDS_IDENTITY, Stage.NEEDS_PLAN, Stage.NEEDS_RELEASE}
    )
    assert browser.get(f"{PAGE}/requests?lang={lang}").status_code == 200


def test_a_file_is_taken_home_in_ranges(house: RightsHouse) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    house.desk.files[1] = bytes(range(40))
    seen = replace(
        answered(sample_request(person, now), Outcome.FULFILLED, now), files=(file_seen(now),)
    )
    where = f"{PAGE}/requests/{house.put(seen)}"
    page = browser.get(where).text
    assert f'href="{where}/files/1"' in page
    assert "5.0 MiB" in page
    whole = browser.get(f"{where}/files/1")
    assert (whole.status_code, whole.content) == (200, bytes(range(40)))
    tag = whole.headers["etag"]
    rest = browser.get(f"{where}/files/1", headers={"range": "bytes=30-", "if-range": tag})
    assert (rest.status_code, rest.content) == (206, bytes(range(30, 40)))
    assert rest.headers["content-range"] == "bytes 30-39/40"
    some = browser.get(f"{where}/files/1", headers={"range": "bytes=5-9"})
    assert some.content == bytes(range(5, 10))
    other = browser.get(f"{where}/files/1", headers={"range": "bytes=5-9", "if-range": '"x"'})
    assert (other.status_code, len(other.content)) == (200, 40)
    beyond = browser.get(f"{where}/files/1", headers={"range": "bytes=40-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */40")
    late, _ = house.come_in(minutes_ago=30)
    led = late.get(f"{where}/files/1")
    assert led.status_code == 303
    assert "请回到应用重新登录" in late.get(led.headers["location"]).text


def test_the_answer_is_a_letter_in_both_languages(house: RightsHouse) -> None:
    browser, person = house.come_in()
    now = house.kit.clock.now()
    where = (
        f"{PAGE}/requests/{house.put(answered(sample_request(person, now), Outcome.PARTLY, now))}"
    )
    assert "关于您的请求，答复如下" in browser.get(f"{where}/letter").text
    assert "About your request" in browser.get(f"{where}/letter?lang=en").text
    open_one = house.put(arrived(sample_request(person, now)))
    assert browser.get(f"{PAGE}/requests/{open_one}/letter").status_code == 404


def test_cancelling_says_all_before_one_confirmation(house: RightsHouse) -> None:
    browser, person = house.come_in()
    page = browser.get(f"{PAGE}/cancel-account").text
    assert "没有未完成的订单、退款或者售后" in page
    assert "7 天" in page
    assert "电子商务法第31条" in page
    assert page.index("反悔期") < page.index("确认注销</button>")
    sent = browser.submit(f"{PAGE}/cancel-account", f"{PAGE}/cancel-account")
    assert sent.status_code == 303
    seen = house.desk.own(house.desk.mine(person)[0].id, person)
    assert (seen.request.right, seen.request.asked) == (
        Right.CANCEL_ACCOUNT,
        CancellationAsked(),
    )


def test_a_child_is_led_to_a_guardian_who_then_asks(house: RightsHouse) -> None:
    child, person = house.come_in("d", born=CHILD_BORN)
    house.kit.service.services.consents.know(person, birth_date=CHILD_BORN)
    page = child.submit(f"{PAGE}/access", f"{PAGE}/access/check", {"scope": "all"}).text
    assert 'href="/centre/rights/child"' in page
    assert f'action="{PAGE}/access/send"' not in page
    assert "不要求出生证明" in child.get(f"{PAGE}/child").text
    guardian, _ = house.come_in("d", born=CHILD_BORN, guardian="e")
    assert "您正在替孩子办理" in guardian.get(PAGE).text
    guardian.submit(f"{PAGE}/access", f"{PAGE}/access/send", {"scope": "all"})
    asker = house.desk.askers[-1]
    assert (asker.by, asker.guardian, asker.person) == (AskedBy.GUARDIAN, "e" * 64, person)


def test_what_a_guardian_asked_for_is_shown_to_the_guardian_and_not_to_the_child(
    house: RightsHouse,
) -> None:
    child, person = house.come_in("d", born=CHILD_BORN)
    guardian, _ = house.come_in("d", born=CHILD_BORN, guardian="e")
    at = house.kit.clock.now()
    request = replace(sample_request(person, at), by=AskedBy.GUARDIAN, right=Right.ACCESS)
    seen = replace(answered(request, Outcome.FULFILLED, at), files=(file_seen(at),))
    house.desk.kept[request.id], house.desk.files[1] = seen, b"a copy"
    where = f"{PAGE}/requests/{request.id}"
    page = child.get(where).text
    assert "这件请求由监护人提出" in page
    for kept_back in (f'href="{where}/files/1"', f'href="{where}/content"'):
        assert kept_back not in page
        assert kept_back in guardian.get(where).text
    assert child.get(f"{where}/files/1").headers["location"] == f"{where}?done=guardian"
    assert child.get(f"{where}/content").status_code == 409
    assert guardian.get(f"{where}/files/1").content == b"a copy"


@pytest.mark.parametrize(
    ("kind", "store", "zh"),
    [
        (TaskKind.STORE, "main", "“交易数据库”里的您的信息，由工作人员手工办理"),
        (TaskKind.RECIPIENT, "courier-yunlu", "由工作人员告知“云鹿速运（虚构）”"),
        (TaskKind.EXPLAIN, "", "由工作人员写给您的答复"),
        (TaskKind.CHECK, "", "只看不留"),
        (TaskKind.RESTRICT, "", "由工作人员人工复核"),
    ],
)
def test_work_by_hand_is_said_for_the_individual_and_not_as_staff_read_it(
    house: RightsHouse, kind: TaskKind, store: str, zh: str
) -> None:
    browser, person = house.come_in()
    at = house.kit.clock.now()
    request = sample_request(person, at)
    seen = answered(request, Outcome.FULFILLED, at)
    (done,) = seen.tasks
    done = replace(done, kind=kind, store=store, what=Text("请通知某方", "Tell somebody"))
    still = replace(done, id="t-2", done_at=None, done_by="", note="")
    house.desk.kept[request.id] = replace(seen, plan=plan_of(request, at), tasks=(done, still))
    page = browser.get(f"{PAGE}/requests/{request.id}").text
    assert page.count(zh) == 2
    assert "请通知某方" not in page
    assert "还没有办完" in page
    assert " 办完</" in page
    other = browser.get(f"{PAGE}/requests/{request.id}?lang=en").text
    assert "Tell somebody" not in other
    assert "Not done yet" in other


def test_a_close_relative_gets_a_slip_and_nothing_of_it_is_kept(house: RightsHouse) -> None:
    browser, own = house.come_in()
    fields = {
        "wish": "copy",
        "relation": "sibling",
        "purpose": "办理遗产事宜",
        "account": "the-late-guest",
    }
    where = f"{PAGE}/relative"
    for name in fields:
        lacking = browser.submit(where, where, {**fields, name: ""})
        assert 'role="alert"' in lacking.text
    assert house.desk.kept == {}
    slip = browser.submit(where, where, fields).text
    ((request, seen),) = house.desk.kept.items()
    assert request in slip
    assert "办理遗产事宜" in slip
    assert "只看，不复印" in slip
    person = person_key(house.kit.service.services.tokens, "the-late-guest")
    assert (seen.request.by, seen.request.person) == (AskedBy.CLOSE_RELATIVE, person)
    assert seen.stage is Stage.NEEDS_IDENTITY
    assert "遗产" not in repr(house.desk.kept)
    assert f'href="{PAGE}/requests/{request}"' in slip
    at = house.kit.clock.now()
    ready = replace(answered(seen.request, Outcome.FULFILLED, at), files=(file_seen(at),))
    house.desk.kept[request], house.desk.files[1] = ready, b"a copy"
    where = f"{PAGE}/requests/{request}"
    assert f'href="{where}/files/1"' in browser.get(where).text
    assert browser.get(f"{where}/files/1").content == b"a copy"
    other, _ = house.come_in("f")
    for path in (where, f"{where}/files/1", f"{where}/letter"):
        assert other.get(path).status_code == 404
    assert house.desk.mine(own) == ()


def test_the_home_of_the_centre_shows_open_requests_with_their_dates(house: RightsHouse) -> None:
    browser, _ = house.come_in()
    assert "正在办理" not in browser.get("/centre").text
    browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/send", DELETE)
    page = browser.get("/centre").text
    assert "正在办理" in page
    assert 'href="/centre/rights"' in page
    assert "最晚 2026年" in page


def test_a_store_that_is_down_keeps_nobody_from_asking(house: RightsHouse) -> None:
    browser, _ = house.come_in()
    house.desk.down = True
    page = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/check", DELETE).text
    assert "现在看不到" in page
    assert f'action="{PAGE}/delete/send"' in page
    assert "现在看不到" in browser.get(f"{PAGE}/cancel-account").text


def test_markup_that_somebody_writes_is_only_shown(house: RightsHouse) -> None:
    browser, _ = house.come_in()
    hostile = "<script>alert(1)</script>"
    given = {"what": "explain-rules", "question": hostile}
    page = browser.submit(f"{PAGE}/explain", f"{PAGE}/explain/check", given).text
    assert hostile not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (3 << 40, "3.0 TiB")]
)
def test_sizes_are_said_as_people_read_them(count: int, said: str) -> None:
    assert size_of(count) == said
