"""Prompts in a real browser, measured: nothing pre-ticked, two equal answers, Escape means no."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.looks import NARROW, SMALL_TARGETS, WIDER_THAN_THE_PAGE, said
from tests.doors.web.browser.prompt_house import (
    CHANGED,
    PROMPTS,
    SETTLED,
    PromptHouse,
    prompt_house,
)

from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId

pytestmark = pytest.mark.real

LOOKS = (
    pytest.param(Eyes(width=1280), id="wide"),
    pytest.param(Eyes(width=390), id="narrow"),
    pytest.param(Eyes(width=390, lang="en", scheme="dark"), id="narrow, dark, English"),
    pytest.param(Eyes(width=1280, lang="en", scripts=False), id="wide, English, no script"),
    pytest.param(Eyes(width=390, scripts=False), id="narrow, no script"),
)
ALL = {**PROMPTS, **SETTLED}

MEASURED = """
() => {
  const luminance = (color) => {
    const parts = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$|transparent/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (one) => {
    const pair = [luminance(getComputedStyle(one).color), luminance(ground(one))];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const prompt = document.querySelector("[data-prompt]");
  const looks = ["color", "backgroundColor", "borderTopColor", "borderTopWidth", "borderTopStyle",
    "fontSize", "fontWeight", "fontFamily", "textDecorationLine", "boxShadow", "opacity", "cursor",
    "textTransform", "letterSpacing", "outlineStyle", "transform", "zIndex", "borderRadius"];
  return {
    ticked: [...prompt.querySelectorAll("input")].filter((one) => one.checked).length,
    boxes: prompt.querySelectorAll("input[type=checkbox]").length,
    buttons: [...prompt.querySelectorAll("button, input[type=submit], [role=button]")]
      .map((one) => {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        return {
          says: one.value, words: one.textContent.trim(), contrast: contrast(one),
          width: box.width, height: box.height, top: box.top, left: box.left,
          look: looks.map((name) => style[name]).join("; "),
          focused: one === document.activeElement,
        };
      }),
  };
}
"""
IN_THE_DIALOG = """
() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const links = "a[href], button, input:not([type=hidden])";
  const stops = [...document.querySelector("dialog").querySelectorAll(links)];
  return {
    index: stops.indexOf(one), stops: stops.length, body: one === document.body,
    inside: one.closest("dialog") !== null,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight,
  };
}
"""
COUNT_PRESSES = """
if (!self.countsPresses) addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses || 0) + 1;
}, true);
self.countsPresses = true;  // a tab that is used again has this script more than once
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromptHouse]:
    with prompt_house(tmp_path_factory.mktemp("asking")) as served:
        yield served


@pytest.mark.parametrize("eyes", LOOKS)
@pytest.mark.parametrize("name", PROMPTS)
def test_the_two_answers_are_equal_and_nothing_is_chosen_beforehand(
    name: str, eyes: Eyes, asking: PromptHouse, browser: Browser
) -> None:
    prompt = PROMPTS[name]
    with asking.visitor(prompt.who, browser).at(prompt.path, eyes) as page:
        found = page.evaluate(MEASURED)
    assert found["ticked"] == 0
    assert found["boxes"] == (1 if prompt.recorded else 0)
    one, other = found["buttons"]
    assert sorted((one["says"], other["says"])) == ["give", "refuse"]
    assert one["look"] == other["look"]
    assert one["width"] == pytest.approx(other["width"], abs=0.5)
    assert one["height"] == pytest.approx(other["height"], abs=0.5)
    assert one["top"] == pytest.approx(other["top"], abs=0.5)
    assert one["left"] + one["width"] < other["left"]
    assert min(one["contrast"], other["contrast"]) >= 4.5
    assert not one["focused"]
    assert not other["focused"]
    expected = ["give", "refuse"] if name == "first run" else ["refuse", "give"]
    assert [one["says"], other["says"]] == expected


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", [name for name in PROMPTS if not PROMPTS[name].recorded])
def test_escape_means_no_where_the_app_reads_the_answer(
    name: str, width: int, asking: PromptHouse, browser: Browser
) -> None:
    prompt = PROMPTS[name]
    with asking.visitor(prompt.who, browser).at(prompt.path, Eyes(width=width)) as page:
        page.keyboard.press("Escape")
        page.wait_for_url("**/answered?**")
        assert "answer=refuse" in page.url
        assert page.locator("dialog, [data-prompt]").count() == 0


def test_escape_means_no_is_recorded_and_asks_nothing_again(
    asking: PromptHouse, browser: Browser
) -> None:
    item = "reviews/publication"
    with asking.visitor("adult", browser).at(f"/centre/prompts/{item}") as page:
        page.check("[name=box]")  # even then
        page.keyboard.press("Escape")
        page.wait_for_url("**/answered?**")
        assert "answer=refuse" in page.url
        assert page.locator("dialog, [data-prompt]").count() == 0
    stands = asking.kit.service.services.consents.standing_of(asking.adult)
    assert stands[ConsentItemId(item)].event.act is Act.REFUSE
    with asking.visitor("adult", browser).at(f"/centre/prompts/{item}?unasked=yes") as page:
        assert page.locator("dialog, [data-prompt]").count() == 0


def presses(page: Page) -> int:
    """How often something was pressed since the last look."""
    found = int(page.evaluate("sessionStorage.presses || 0"))
    page.evaluate("sessionStorage.presses = 0")
    return found


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "item",
    [
        "one-key-login/general",
        "account-recovery/sensitive:PI-BIO-FACE",
        "raffle-winners/publication",
    ],
)
def test_withdrawing_takes_no_more_presses_than_giving(
    item: str, width: int, asking: PromptHouse, browser: Browser
) -> None:
    with asking.visitor("adult", browser).at("/centre", Eyes(width=width)) as page:
        page.context.add_init_script(COUNT_PRESSES)
        page.goto(f"{asking.house.address}/centre/prompts/{item.partition('/')[0]}")
        presses(page)  # of whoever had the tab before
        page.locator(f"main a[href='/centre/prompts/{item}']").click()
        page.locator("[name=box]").click()
        page.locator("button[value=give]").click()
        page.wait_for_url("**/answered?**")
        to_give = presses(page)
        page.get_by_role("link", name="我的同意").click()
        page.locator(f"form:has([value='{item}']) button").click()
        page.locator("[role=status]", has_text="已撤回，即时生效").wait_for()
        to_withdraw = presses(page)
        assert to_give == 3
        assert to_withdraw <= to_give
        page.get_by_role("button", name="撤销这次撤回").first.click()
        page.locator("[role=status]", has_text="已恢复同意").wait_for()
        assert presses(page) == 1
        page.locator(f"form:has([value='{item}']) button").click()
        page.locator("[role=status]", has_text="已撤回，即时生效").wait_for()


def test_only_what_has_changed_is_asked_again_old_beside_new(
    asking: PromptHouse, browser: Browser
) -> None:
    with asking.visitor("adult", browser).at("/centre") as page:
        assert "有变化：1 项需要您重新决定" in page.locator("main").inner_text()
        page.goto(f"{asking.house.address}/centre/consents")
        again = page.locator("section:has(#again) a.button")
        assert again.get_attribute("href") == f"/centre/prompts/{CHANGED}"
        again.click()
        page.wait_for_load_state()
        rows = page.locator(".changes tbody tr")
        assert rows.count() == 1
        assert "180" in rows.locator("del").inner_text()
        assert "30" in rows.locator("ins").inner_text()


@pytest.mark.parametrize("name", PROMPTS)
def test_the_dialog_holds_the_focus_and_everything_is_reached_by_tab(
    name: str, asking: PromptHouse, browser: Browser
) -> None:
    prompt = PROMPTS[name]
    with asking.visitor(prompt.who, browser).at(prompt.path, Eyes(height=500)) as page:
        assert page.locator("dialog[open][aria-labelledby=prompt-title]").count() == 1
        assert page.evaluate("document.activeElement.id") == "prompt-title"
        walked = []
        for _ in range(page.evaluate(IN_THE_DIALOG)["stops"] + 2):
            page.keyboard.press("Tab")
            walked.append(page.evaluate(IN_THE_DIALOG))
    stops = [one for one in walked if not one["body"]]
    assert all(one["inside"] for one in stops)
    reached = [one for one in stops if one["index"] >= 0]
    assert all(one["outlined"] and one["seen"] for one in reached)
    first_round = list(dict.fromkeys(one["index"] for one in reached))
    assert all(before < after for before, after in pairwise(first_round))
    radios = 2 if name == "guardian" else 0  # one tab stop for the three of a group
    assert len(first_round) == walked[0]["stops"] - radios


@pytest.mark.parametrize("name", ALL)
def test_a_page_as_people_see_it(name: str, asking: PromptHouse, browser: Browser) -> None:
    visitor, path = asking.visitor(ALL[name].who, browser), ALL[name].path
    with visitor.at(path) as page:
        assert violations(page) == []
        with_scripts = said(page)
        for width in (1280, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER_THAN_THE_PAGE) <= 0, width
            wider = "(() => { const d = document.querySelector('dialog');"
            wider += " return d ? d.scrollWidth - d.clientWidth : 0; })()"
            assert page.evaluate(wider) <= 0, width
            assert page.evaluate(SMALL_TARGETS) == [], width
        page.set_viewport_size({"width": 1280, "height": 300})
        assert violations(page) == [], "on a low screen"
    with visitor.at(path, NARROW) as page:
        assert violations(page) == [], "narrow, dark and in English"
    with visitor.at(path, Eyes(scripts=False)) as page:
        assert said(page) == with_scripts


def test_without_a_script_an_answer_is_recorded_all_the_same(
    asking: PromptHouse, browser: Browser
) -> None:
    item = "customer-chat/general"
    visitor = asking.visitor("adult", browser)
    with visitor.at(f"/centre/prompts/{item}", Eyes(scripts=False)) as page:
        page.locator("button[value=give]").click()
        assert "/answered" not in page.url  # the browser asks for the box first
        page.check("[name=box]")
        page.locator("button[value=give]").click()
        assert "answer=give" in page.url
    stands = asking.kit.service.services.consents.standing_of(asking.adult)
    assert stands[ConsentItemId(item)].event.act is Act.GIVE
