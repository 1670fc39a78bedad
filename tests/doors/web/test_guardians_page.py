"""监护人: what waits and how to take it back; two guardians who disagree; a relation that ends."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import ADULT_BORN, CHILD_BORN, come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.test_handover import ITEM, PROMPT, code_of, stands, taken, taking
from tests.doors.web.test_prompt_pages import answered

from chengnuo.domain.consent.event import Act
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.consent.guardians import guardian_tag

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PATH = "/centre/guardians"
NUMBER = re.compile(r'name="guardian" value="(\d+)">\s*<button aria-label="([^"]+)"')
WAITS = 'id="waiting"'
ANOTHER = "另一位监护人"
METHOD = "孩子出示的码"


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


def acting(kit: Kit, child: Browser, name: str, relation: str = "father") -> Browser:
    """Return the browser of a guardian who has taken the child's code."""
    guardian, _ = come_in(kit, name)
    assert taking(guardian, code_of(child), relation).status_code == 303
    return guardian


def end(browser: Browser, who: str = "") -> int:
    """Say that a guardian is one no longer, the one whose name on the page ends so."""
    ways = NUMBER.findall(browser.get(PATH).text)
    number = next(number for number, name in ways if name.endswith(who))
    return browser.submit(PATH, f"{PATH}/end", {"guardian": number}).status_code


def withdraw(browser: Browser) -> int:
    path = "/centre/consents"
    return browser.submit(path, f"{path}/withdraw", {"item": ITEM}).status_code


def kinds(kit: Kit, person: PersonKey) -> list[str]:
    return [one.leaf.kind for one in kit.service.services.evidence.mine(person)]


@pytest.mark.parametrize("page", ["/centre", "/centre/consents", PATH])
def test_what_waits_is_on_every_page_concerned_until_it_is_taken_back(kit: Kit, page: str) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    assert WAITS not in child.get(page).text
    code = code_of(child)
    shown = html.unescape(child.get(page).text)
    assert WAITS in shown
    assert f'href="{PROMPT}"' in shown
    assert "自 2026-" in shown
    assert child.submit(page, f"{PATH}/unask", {"item": ITEM}).status_code == 303
    assert WAITS not in child.get(page).text
    guardian, _ = come_in(kit, "2")
    assert taken(guardian, code) == 400
    assert kinds(kit, person).count(Kind.GUARDIANSHIP) == 2
    assert stands(kit, person) is None


def test_what_was_taken_back_is_not_taken_back_twice(kit: Kit) -> None:
    child, _ = come_in(kit, "1", born=CHILD_BORN)
    code_of(child)
    said = {"item": ITEM}
    assert child.submit(PATH, f"{PATH}/unask", said).status_code == 303
    assert child.submit(PATH, f"{PATH}/unask", said).status_code == 409


@pytest.mark.parametrize("lacking", ["relation", "rules"])
def test_without_relation_or_rules_read_the_code_is_not_used_up(kit: Kit, lacking: str) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    code = code_of(child)
    guardian, _ = come_in(kit, "2")
    said = {"code": code, "prompt": ITEM, "relation": "mother", "rules": "yes", lacking: ""}
    answer = guardian.submit("/centre/handover", "/centre/handover/take", said)
    assert answer.status_code == 400
    assert code in answer.text
    assert ('value="mother" checked' in answer.text) is (lacking == "rules")
    assert Kind.IDENTITY_CHECK not in kinds(kit, person)
    assert taken(guardian, code) == 303


def test_the_guardian_sees_what_waits_and_the_child_the_outcome(kit: Kit) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    guardian = acting(kit, child, "2", "mother")
    page = html.unescape(guardian.get(PATH).text)
    assert "孩子请您决定下面的事情" in page
    assert "您（母亲）" in page
    assert answered(guardian, ITEM, answer="give").status_code == 303
    assert WAITS not in child.get("/centre").text
    assert stands(kit, person) is Act.GIVE
    assert "母亲" in child.get(PATH).text


def test_of_two_guardians_the_no_stands_and_nobody_is_told_whose_it_is(kit: Kit) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    first = acting(kit, child, "2", "father")
    assert answered(first, ITEM, answer="give").status_code == 303
    second = acting(kit, child, "3", "mother")
    assert "父亲" not in second.get(PATH).text
    assert "父亲" not in second.get("/centre/consents").text
    assert "另一位监护人" in second.get(PATH).text
    assert withdraw(second) == 303
    assert stands(kit, person) is Act.WITHDRAW
    page = first.get(PROMPT).text
    assert "另一位监护人不同意" in page
    assert "母亲" not in page
    assert 'name="answer"' not in page
    assert answered(second, ITEM, answer="give").status_code == 303
    assert stands(kit, person) is Act.GIVE


def test_one_guardian_does_not_talk_the_others_no_away(kit: Kit) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    first = acting(kit, child, "2", "father")
    second = acting(kit, child, "3", "mother")
    assert answered(second, ITEM, answer="refuse").status_code == 303
    assert end(first, ANOTHER) == 303
    assert "另一位监护人不同意" in first.get(PROMPT).text
    assert second.get("/centre/consents").status_code == 303  # they are nobody here any more
    desk = GuardianDesk(kit.service.services.consents)
    assert [one.relation.stands for one in desk.guardians(person)] == [True, False]


def test_no_receipt_tells_a_guardian_of_another_and_the_child_sees_all(kit: Kit) -> None:
    """Pages, files, the interface and the whole chain; each guardian sees what is theirs."""
    child, person = come_in(kit, "1", born=CHILD_BORN)
    first = acting(kit, child, "2", "father")
    assert answered(first, ITEM, answer="give").status_code == 303
    second = acting(kit, child, "3", "mother")
    assert withdraw(second) == 303
    records = kit.service.services.evidence.mine(person)
    tags = {one: guardian_tag(PersonKey(one * 64)) for one in "23"}
    met = {"child": 0, "first": 0, "second": 0}
    for record in records:
        at = record.position
        paths = [
            f"/centre/receipts/{at}",
            f"/centre/receipts/{at}/receipt.json",
            f"/v1/evidence/receipts/{at}",
        ]
        assert [child.get(path).status_code for path in paths] == [200] * 3
        whose = {who for who, tag in tags.items() if tag in child.get(paths[1]).text}
        for name, browser, own in (("first", first, "2"), ("second", second, "3")):
            answers = [browser.get(path) for path in paths]
            hidden = bool(whose - {own})
            assert [one.status_code for one in answers] == [409 if hidden else 200] * 3
            met[name] += hidden
            for one in answers:
                assert not any(tags[who] in one.text for who in tags.keys() - {own})
                assert ("mother" if own == "2" else "father") not in one.text
        met["child"] += bool(whose)
    assert met == {"child": 4, "first": 2, "second": 2}
    whole = "/centre/receipts/complete.json"
    for browser, shown in ((child, {"2", "3"}), (first, {"2"}), (second, {"3"})):
        proof = browser.get(whole).json()
        payloads = "".join(one["payload"] for one in proof["disclosed"])
        decoded = html.unescape(payloads)
        assert {who for who, tag in tags.items() if tag in decoded} == shown
    assert "另一位监护人" in first.get(PATH).text
    assert child.get(PATH).text.count(METHOD) == 2
    assert first.get(PATH).text.count(METHOD) == 1  # of oneself, not of the other


@pytest.mark.parametrize("who", ["child", "guardian", "other"])
def test_what_was_given_ends_with_the_relation_whoever_says_so(kit: Kit, who: str) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    guardian = acting(kit, child, "2", "father")
    assert answered(guardian, ITEM, answer="give").status_code == 303
    browser = {
        "child": lambda: child,
        "guardian": lambda: guardian,
        "other": lambda: acting(kit, child, "3", "mother"),
    }[who]()
    assert end(browser, ANOTHER if who == "other" else "") == 303
    assert stands(kit, person) is Act.GUARDIAN_ENDED
    assert kinds(kit, person)[:2] == [Kind.CONSENT_ENDED, Kind.GUARDIANSHIP]
    assert "请从应用内打开隐私中心" in guardian.get(PROMPT).text
    again = taken(come_in(kit, "2")[0], code_of(child))
    assert again == (409 if who == "other" else 303)


def test_somebody_who_decides_alone_finds_nothing_there(kit: Kit) -> None:
    adult, _ = come_in(kit, "4", born=ADULT_BORN)
    page = adult.get(PATH).text
    assert "您自己的事情由您自己决定" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    assert adult.submit("/centre/switches", f"{PATH}/end", {"guardian": "1"}).status_code == 409


def test_whoever_has_not_come_in_is_let_see_nothing(kit: Kit) -> None:
    answer = Browser(kit.service.app).get(PATH)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/centre/enter?to={PATH}")


def test_a_token_that_names_a_minor_as_guardian_lets_nobody_in(kit: Kit) -> None:
    come_in(kit, "5", born=CHILD_BORN)
    come_in(kit, "6", born=CHILD_BORN)
    for guardian in ("5", "6"):
        with pytest.raises(Exception, match="guardian is an adult"):
            come_in(kit, "6", born=CHILD_BORN, guardian=guardian)
