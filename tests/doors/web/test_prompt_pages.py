"""Prompts, choices and switches as pages and as JSON: what is recorded, and what never is."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import CHILD_BORN, come_in
from tests.doors.service_kit import Kit, start

from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId, consent_items
from chengnuo.ports.individuals import PersonKey

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
VOICE = "voice-search/sensitive:PI-COMM-AUDIO"
ADS = "personalised-ads/provision:ylh-ads"
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
ASKS = re.compile(r'href="/centre/prompts/(?!answered)')
PRE_TICKED = re.compile(r"<input[^>]* checked")


@pytest.fixture(scope="module")
def prompt_kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("prompts") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


def answered(browser: Browser, item: str, **said: str) -> httpx.Response:
    """Answer a prompt as its form does, with what the page put there; `said` overrides."""
    path = f"/centre/prompts/{item}"
    page = browser.get(path)
    given = {name: html.unescape(value) for name, value in HIDDEN.findall(page.text)}
    return browser.post(path, {**given, "box": "yes", **said})


def given(browser: Browser, item: str) -> None:
    answer = answered(browser, item, answer="give")
    assert answer.status_code == 303, answer.text
    assert "answer=give" in answer.headers["location"]


def stands(kit: Kit, person: PersonKey, item: str) -> Act | None:
    entry = kit.service.services.consents.standing_of(person).get(ConsentItemId(item))
    return None if entry is None else entry.event.act


def test_a_yes_is_recorded_with_what_was_shown(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "1")
    assert not PRE_TICKED.search(browser.get(f"/centre/prompts/{VOICE}").text)
    given(browser, VOICE)
    entry = prompt_kit.service.services.consents.standing_of(person)[ConsentItemId(VOICE)]
    assert (entry.event.act, entry.surface, entry.steps, entry.lang) == (
        Act.GIVE,
        "centre",
        2,
        "zh",
    )
    notice = browser.get(f"/centre/consents/{entry.event.position}").text
    assert "我已阅读以上内容" in notice
    assert "一字不差" in notice
    asked_again = browser.get(f"/centre/prompts/{VOICE}").text
    assert "data-prompt" not in asked_again


def test_a_yes_without_its_box_is_none(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "2")
    answer = answered(browser, VOICE, answer="give", box="")
    assert answer.status_code == 422
    assert "请先勾选方框" in answer.text
    assert stands(prompt_kit, person, VOICE) is None


@pytest.mark.parametrize("name", ["notice", "fingerprint", "asked_at", "lang", "answer"])
def test_an_answer_to_something_else_is_not_recorded(prompt_kit: Kit, name: str) -> None:
    browser, person = come_in(prompt_kit, "3")
    answer = answered(browser, VOICE, **{"answer": "give", name: "0" * 64})
    assert 400 <= answer.status_code < 500
    assert stands(prompt_kit, person, VOICE) is None


def test_whoever_came_from_another_app_does_not_answer_for_this_one(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "3", app="another-app")
    answer = answered(browser, VOICE, answer="give")
    assert 400 <= answer.status_code < 500
    assert stands(prompt_kit, person, VOICE) is None


def test_after_a_no_nothing_asks_again(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "4")
    answer = answered(browser, VOICE, answer="refuse", box="")
    assert stands(prompt_kit, person, VOICE) is Act.REFUSE
    after = browser.get(answer.headers["location"]).text
    assert "data-prompt" not in after
    assert not ASKS.search(after)
    unasked = browser.get(f"/centre/prompts/{VOICE}?unasked=yes").text
    assert "data-prompt" not in unasked
    assert "主动再问" in unasked
    assert "data-prompt" in browser.get(f"/centre/prompts/{VOICE}").text


def test_after_a_yes_the_rest_of_the_activity_is_offered_and_not_pressed(prompt_kit: Kit) -> None:
    browser, _ = come_in(prompt_kit, "5")
    answer = answered(browser, "nearby-stores/general", answer="give")
    after = browser.get(answer.headers["location"]).text
    assert "/centre/prompts/nearby-stores/sensitive:PI-LOC-PRECISE" in after
    assert "data-prompt" not in after


def test_withdrawing_takes_one_step_and_can_be_undone_for_ten_minutes(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "6")
    given(browser, VOICE)
    page = browser.get("/centre/consents").text
    assert "不再使用麦克风，可输入文字搜索" in page
    answer = browser.submit("/centre/consents", "/centre/consents/withdraw", {"item": VOICE})
    assert stands(prompt_kit, person, VOICE) is Act.WITHDRAW
    back = browser.get(answer.headers["location"]).text
    assert "已撤回，即时生效" in back
    position = answer.headers["location"].partition("done=")[2]
    undone = browser.submit("/centre/consents", "/centre/consents/undo", {"position": position})
    assert undone.status_code == 303
    assert stands(prompt_kit, person, VOICE) is Act.GIVE
    again = browser.submit("/centre/consents", "/centre/consents/withdraw", {"item": VOICE})
    prompt_kit.clock.pass_by(timedelta(minutes=11))
    later = browser.get("/centre/consents").text
    assert "/centre/consents/undo" not in later
    late = browser.post(
        "/centre/consents/undo",
        {
            "position": again.headers["location"].partition("done=")[2],
            "csrf_token": browser.form_token("/centre/switches"),
        },
    )
    assert late.status_code == 409
    assert stands(prompt_kit, person, VOICE) is Act.WITHDRAW


def test_nobody_sees_or_undoes_the_choices_of_another(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "7")
    given(browser, VOICE)
    stranger, _ = come_in(prompt_kit, "8")
    entry = prompt_kit.service.services.consents.standing_of(person)[ConsentItemId(VOICE)]
    assert stranger.get(f"/centre/consents/{entry.event.position}").status_code == 404
    answer = stranger.post(
        "/centre/consents/withdraw",
        {"item": VOICE, "csrf_token": stranger.form_token("/centre/switches")},
    )
    assert answer.status_code == 409
    assert stands(prompt_kit, person, VOICE) is Act.GIVE


def test_a_child_waits_and_the_guardian_decides_on_their_own_device(prompt_kit: Kit) -> None:
    item = "browsing/minors"
    child, person = come_in(prompt_kit, "9", born=CHILD_BORN)
    waiting = child.get(f"/centre/prompts/{item}").text
    assert "等待监护人" in waiting
    assert "data-prompt" not in waiting
    refused = child.post(
        f"/centre/prompts/{item}",
        {"answer": "give", "box": "yes", "csrf_token": child.form_token("/centre/switches")},
    )
    assert "等待监护人" in refused.text
    assert stands(prompt_kit, person, item) is None
    guardian, _ = come_in(prompt_kit, "9", born=CHILD_BORN, guardian="a")
    page = guardian.get(f"/centre/prompts/{item}").text
    assert page.index("《儿童个人信息处理规则》") < page.index('name="box"')
    assert page.index('name="relation"') < page.index('name="box"')
    assert not PRE_TICKED.search(page)
    unrelated = answered(guardian, item, answer="give")
    assert unrelated.status_code == 422
    assert stands(prompt_kit, person, item) is None
    assert answered(guardian, item, answer="give", relation="mother").status_code == 303
    entry = prompt_kit.service.services.consents.standing_of(person)[ConsentItemId(item)]
    assert entry.guardian is not None
    assert (entry.guardian.relation, entry.guardian.method) == ("mother", "operator-sign-in")
    assert entry.steps == 3
    guardian.submit("/centre/consents", "/centre/consents/withdraw", {"item": item})
    assert stands(prompt_kit, person, item) is Act.WITHDRAW


def test_what_only_children_are_asked_is_not_asked_of_others(prompt_kit: Kit) -> None:
    browser, _ = come_in(prompt_kit, "b")
    page = browser.get("/centre/prompts/browsing/minors").text
    assert "data-prompt" not in page
    assert "监护人同意：" not in browser.get("/centre/prompts/browsing").text


def test_the_signal_of_a_browser_is_a_no_and_is_shown(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "c")
    page = browser.get(f"/centre/prompts/{ADS}", headers={"sec-gpc": "1"}).text
    assert "data-prompt" not in page
    assert "（GPC）" in page
    switches = browser.get("/centre/switches", headers={"sec-gpc": "1"}).text
    assert "浏览器已替您拒绝" in switches
    assert "没有发出全局隐私控制信号" in browser.get("/centre/switches").text
    assert "data-prompt" in browser.get(f"/centre/prompts/{ADS}", headers={"sec-gpc": "0"}).text
    assert stands(prompt_kit, person, ADS) is None


def test_the_site_says_that_it_heeds_the_signal(prompt_kit: Kit) -> None:
    answer = Browser(prompt_kit.service.app).get("/.well-known/gpc.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == {"gpc": True, "lastUpdate": "2026-10-20"}


def test_a_switch_is_shown_as_it_was_read_back(prompt_kit: Kit) -> None:
    browser, person = come_in(prompt_kit, "d")
    desk = prompt_kit.service.services.consents
    for to, word in (("on", "开"), ("off", "关")):
        answer = browser.submit(
            "/centre/switches", "/centre/switches", {"switch": "personalised-feed", "to": to}
        )
        page = browser.get(answer.headers["location"]).text
        kept = desk.settings(person)[0]
        assert f"重新读取：个性化内容，{word}，" in page
        assert f"/centre/receipts/{kept.position}" in page
        assert kept.allows is (to == "on")
    unknown = browser.submit("/centre/switches", "/centre/switches", {"switch": "no", "to": "on"})
    assert unknown.status_code in {400, 404}


def test_the_json_of_a_prompt_is_what_its_page_is_bound_to(prompt_kit: Kit) -> None:
    browser, _ = come_in(prompt_kit, "e")
    public = Browser(prompt_kit.service.app)
    said = public.get(f"/v1/prompts/{VOICE}").json()
    hidden = dict(HIDDEN.findall(browser.get(f"/centre/prompts/{VOICE}").text))
    assert said["binding"]["notice"]["zh"] == hidden["notice"]
    assert said["binding"]["fingerprint"] == hidden["fingerprint"]
    assert said["box"]["ticked"] is False
    assert said["onEscape"] == "refuse"
    assert [one["says"] for one in said["buttons"]] == ["refuse", "give"]
    assert said["page"] == f"/centre/prompts/{VOICE}"
    assert public.get("/v1/prompts/voice-search/no-such").status_code == 404
    assert public.get("/v1/prompts/no-such").status_code == 404


def test_every_consent_item_is_among_the_prompts(prompt_kit: Kit) -> None:
    desk = prompt_kit.service.services.register
    items = {one.id for one in consent_items(desk.served.register, desk.catalogue)}
    listed = Browser(prompt_kit.service.app).get("/v1/prompts").json()
    assert items <= {one["id"] for one in listed}
    assert listed[0]["id"] == "first-run"


def test_who_has_not_come_in_can_read_and_not_answer(prompt_kit: Kit) -> None:
    anyone = Browser(prompt_kit.service.app)
    page = anyone.get(f"/centre/prompts/{VOICE}").text
    assert '<fieldset class="answer" disabled>' in page
    first = anyone.get("/centre/prompts/first-run").text
    assert "不同意，仅用基本功能" in first
    after = anyone.get("/centre/prompts/answered?answer=refuse&prompt=first-run").text
    assert "继续使用基本功能" in after
    place = "/centre/enter?to=/centre/consents"
    assert anyone.get("/centre/consents").headers["location"] == place
