"""Every act of the centre: what cannot be undone says so before, and what the law wants undone is.

The table names each route that takes a form. A route that is in neither half fails the test, so
that nobody adds an act without deciding which it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from litestar import Litestar
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import start
from tests.doors.web.consent_kit import GENERAL
from tests.doors.web.real_shop import PAGE, RealShop, asked_for, real_shop
from tests.doors.web.test_prompt_pages import answered

from chengnuo.base.text import Lang
from chengnuo.domain.rights.machine import Stage
from chengnuo.doors.web.app import route_audiences
from chengnuo.doors.web.wording import texts

REGISTER = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
TEMPLATES = Path(__file__).parents[3] / "src/chengnuo/doors/web/templates/centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Irreversible:
    """An act after which something is gone or cannot be called back.

    Attributes:
        route: Where its form goes.
        warned: Key of the text that says so beside the form.
        template: Template that has the form and the text.
        undo: How it is undone in time; empty where no law wants that, with the reason in `why`.
        why: Why there is nothing to undo.

    """

    route: str
    warned: str
    template: str
    undo: str = ""
    why: str = ""


TAKE_BACK = f"{PAGE}/requests/{{request_id}}/take-back"
IRREVERSIBLE = {
    "withdraw": Irreversible(
        route="/centre/consents/withdraw",
        warned="centre.consents.if-withdrawn",
        template="consents.html",
        undo="/centre/consents/undo",
    ),
    "delete": Irreversible(
        route=f"{PAGE}/{{card}}/send",
        warned="centre.rights.then.delete",
        template="rights_sheet.html",
        undo=TAKE_BACK,
    ),
    "correct": Irreversible(
        route=f"{PAGE}/{{card}}/send",
        warned="centre.rights.then.correct",
        template="rights_sheet.html",
        undo=TAKE_BACK,
    ),
    "transfer": Irreversible(
        route=f"{PAGE}/{{card}}/send",
        warned="centre.rights.then.transfer",
        template="rights_sheet.html",
        undo=TAKE_BACK,
    ),
    "cancel": Irreversible(
        route=f"{PAGE}/cancel-account",
        warned="centre.rights.then.cancel",
        template="rights_cancel.html",
        undo=TAKE_BACK,
    ),
    "relative": Irreversible(
        route=f"{PAGE}/relative",
        warned="centre.rights.relative.then",
        template="rights_relative.html",
        undo=TAKE_BACK,
    ),
    "label": Irreversible(
        route="/centre/labels", warned="centre.labels.final", template="labels.html", undo=TAKE_BACK
    ),
    "labels": Irreversible(
        route="/centre/switches/labels",
        warned="centre.switches.labels-lead",
        template="switches.html",
        why="only a profile goes, which is made anew when its switch is on",
    ),
    "code": Irreversible(
        route=f"{PAGE}/requests/{{request_id}}/code",
        warned="centre.rights.code.ready",
        template="rights_request.html",
        why="a secret that was shown cannot be unseen; another copy can be asked for",
    ),
    "received": Irreversible(
        route=f"{PAGE}/receive/{{offer}}/delete",
        warned="centre.rights.receive.delete-text",
        template="rights_receive.html",
        why="it is a second copy; the handler it came from still has the first",
    ),
    "guardian": Irreversible(
        route="/centre/guardians/end",
        warned="guardians.if-ended",
        template="guardians.html",
        why="a guardian comes in anew by the child's code",
    ),
}
REVERSIBLE = {
    "/centre/demo": "comes in as the sample",
    "/centre/enter": "comes in where an app has led; one leaves again",
    "/centre/leave": "one comes in again",
    "/centre/complaints": "a complaint is taken back or added to",
    "/centre/complaints/{wanted}/{what}": "likewise",
    "/centre/prompts/{activity}/{matter}": "an answer is changed at any time",
    "/centre/consents/undo": "is the undoing; one withdraws again",
    "/centre/switches": "a switch is set back",
    "/centre/decisions/{position}/review": "asks for a person; taken back like any request",
    "/centre/handover": "makes a code that ends by itself",
    "/centre/handover/take": "shows what waits",
    "/centre/guardians/unask": "one asks again",
    f"{PAGE}/{{card}}": "opens a sheet",
    f"{PAGE}/{{card}}/check": "shows what would happen",
    TAKE_BACK: "is the undoing; one asks again",
    f"{PAGE}/requests/{{request_id}}/prove": "proves who one is",
    f"{PAGE}/receive": "makes a code that ends by itself",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealShop]:
    with real_shop(tmp_path_factory.mktemp("irreversible")) as served:
        yield served


def test_every_form_of_the_centre_is_in_one_half_of_the_table(shop: RealShop) -> None:
    inner = shop.service.app.inner
    assert isinstance(inner, Litestar)
    forms = {
        one.path
        for one in route_audiences(inner)
        if one.path.startswith("/centre") and one.method == "POST"
    }
    listed = {one.route for one in IRREVERSIBLE.values()} | REVERSIBLE.keys()
    assert forms == listed
    assert {one.undo for one in IRREVERSIBLE.values() if one.undo} <= forms


@pytest.mark.parametrize("name", IRREVERSIBLE)
def test_the_warning_stands_on_the_page_before_its_form(name: str) -> None:
    act = IRREVERSIBLE[name]
    assert bool(act.undo) != bool(act.why)
    template = (TEMPLATES / act.template).read_text("utf-8")
    if "then." in act.warned and act.template == "rights_sheet.html":
        assert template.index("page.then") < template.index("<button")
    else:
        assert f't("{act.warned}")' in template or "page.then }}" in template
    for lang in Lang:
        assert len(texts(lang)[act.warned]) >= 4


def test_a_withdrawal_says_what_follows_and_is_undone_for_ten_minutes(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", demo=True, register=REGISTER)
    browser, _ = come_in(kit, "a")
    answered(browser, GENERAL, answer="give")
    page, done = "/centre/consents", {"item": GENERAL}
    before = browser.get(page).text
    assert re.search(r"撤回后：</strong>[^<]{6,}", before), "the consequence stands at the button"
    first = browser.submit(page, f"{page}/withdraw", done).headers["location"]
    assert texts(Lang.ZH)["centre.consents.undo"] in browser.get(page).text
    position = first.rpartition("=")[2]
    kit.clock.pass_by(timedelta(minutes=9))
    assert browser.submit(page, f"{page}/undo", {"position": position}).status_code == 303
    second = browser.submit(page, f"{page}/withdraw", done).headers["location"]
    kit.clock.pass_by(timedelta(minutes=11))
    late = browser.submit(page, f"{page}/undo", {"position": second.rpartition("=")[2]})
    assert late.status_code == 409
    kit.service.close()


SENT: Mapping[str, dict[str, str]] = {
    "delete": {"scope": "some", "category": "PI-LOC-PRECISE", "ground": "purpose-achieved"},
    "correct": {"what": "correct", "set:main.customers:nickname": "示例甲"},
}


@pytest.mark.parametrize("card", SENT)
def test_a_sheet_warns_before_it_is_sent_and_is_taken_back_after(shop: RealShop, card: str) -> None:
    browser = shop.come_in(minutes_ago=1)
    warning = texts(Lang.ZH)[f"centre.rights.then.{card}"]
    given = SENT[card]
    before = browser.submit(f"{PAGE}/{card}", f"{PAGE}/{card}/check", given).text
    assert warning in before
    assert before.index(warning) < before.rindex("<button")
    where = asked_for(browser, card, given)
    _taken_back(shop, browser, where)


def test_an_account_is_cancelled_after_a_warning_and_kept_if_taken_back(shop: RealShop) -> None:
    browser = shop.come_in(minutes_ago=1)
    page = browser.get(f"{PAGE}/cancel-account").text
    assert texts(Lang.ZH)["centre.rights.then.cancel"] in page
    assert "可以反悔" in page
    assert page.index("可以反悔") < page.index("确认注销")
    sent = browser.submit(f"{PAGE}/cancel-account", f"{PAGE}/cancel-account", {})
    assert sent.status_code == 303
    _taken_back(shop, browser, sent.headers["location"].partition("?")[0])


def _taken_back(shop: RealShop, browser: Browser, where: str) -> None:
    shop.work()
    page = browser.get(where).text
    assert re.search(r"之前可以撤回，还有|开始执行之前可以撤回", page)
    assert browser.submit(where, f"{where}/take-back").status_code == 303
    assert shop.stage(where) is Stage.TAKEN_BACK
    shop.work()
    assert shop.stage(where) is Stage.TAKEN_BACK


def test_what_is_sent_twice_is_done_once_and_two_tabs_agree(tmp_path: Path) -> None:
    """A second press, the browser's way back and another tab find what the first one did."""
    kit = start(tmp_path / "data", demo=True, register=REGISTER)
    browser, person = come_in(kit, "a")
    answered(browser, GENERAL, answer="give")
    page = "/centre/consents"
    token = browser.form_token(page)
    form = {"item": GENERAL, "csrf_token": token}
    before = len(kit.service.services.evidence.mine(person))
    places = [
        browser.client.post(f"{page}/withdraw", data=form, headers={"origin": browser.origin})
        for _ in range(2)
    ]
    assert [one.status_code for one in places] == [303, 303]
    assert len(kit.service.services.evidence.mine(person)) == before + 1
    assert places[0].headers["location"] == places[1].headers["location"]
    undo = {"position": places[0].headers["location"].rpartition("=")[2], "csrf_token": token}
    first, second = (
        browser.client.post(f"{page}/undo", data=undo, headers={"origin": browser.origin})
        for _ in range(2)
    )
    assert [first.status_code, second.status_code] == [303, 303]
    assert first.headers["location"] == second.headers["location"]
    assert len(kit.service.services.evidence.mine(person)) == before + 2
    kit.service.close()
