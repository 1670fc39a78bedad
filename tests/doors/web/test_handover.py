"""A child hands a decision over: by a code, to an adult, once, for ten minutes; and at fourteen."""

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import ADULT_BORN, CHILD_BORN, come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.test_prompt_pages import answered

from chengnuo.domain.consent.event import Act
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.individuals import PersonKey

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
ITEM = "browsing/minors"
PROMPT = f"/centre/prompts/{ITEM}"
PATH = "/centre/handover"
CODE = re.compile(r"<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</code>")
TEENAGER_BORN = date(2011, 5, 4)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("handover") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


def code_of(child: Browser) -> str:
    page = child.submit(PROMPT, PATH, {"prompt": ITEM})
    assert page.status_code in {200, 201}, page.text
    found = CODE.search(page.text)
    assert found is not None
    return found[1]


def taking(guardian: Browser, code: str, relation: str = "father") -> httpx.Response:
    said = {"code": code, "prompt": ITEM, "relation": relation, "rules": "yes"}
    answer = guardian.submit(PATH, f"{PATH}/take", said)
    if answer.status_code == 303:  # a browser replaces its cookie; the kit set one of no domain
        guardian.client.cookies.delete("chengnuo-individual", domain="")
    return answer


def taken(guardian: Browser, code: str) -> int:
    return taking(guardian, code).status_code


def stands(kit: Kit, person: PersonKey) -> Act | None:
    entry = kit.service.services.consents.standing_of(person).get(ConsentItemId(ITEM))
    return None if entry is None else entry.event.act


def checks(kit: Kit, person: PersonKey) -> int:
    mine = kit.service.services.evidence.mine(person)
    return sum(record.leaf.kind == Kind.IDENTITY_CHECK for record in mine)


def test_a_guardian_takes_the_code_decides_and_the_child_sees_it(kit: Kit) -> None:
    child, person = come_in(kit, "1", born=CHILD_BORN)
    waiting = child.get(PROMPT).text
    assert "等待监护人" in waiting
    assert "data-prompt" not in waiting
    code = code_of(child)
    guardian, _ = come_in(kit, "2")
    page = guardian.get(f"{PATH}?code={code}&prompt={ITEM}").text
    assert "请您替孩子作决定" in page
    assert "不要姓名和证件" in page
    answer = taking(guardian, code.lower())
    assert (answer.status_code, answer.headers["location"]) == (303, PROMPT)
    assert "您正在替孩子办理" in guardian.get(PROMPT).text
    assert checks(kit, person) == 1
    assert stands(kit, person) is None
    assert answered(guardian, ITEM, answer="give", box="").status_code == 422
    assert 'name="relation"' not in guardian.get(PROMPT).text
    assert answered(guardian, ITEM, answer="give", box="yes").status_code == 303
    entry = kit.service.services.consents.standing_of(person)[ConsentItemId(ITEM)]
    assert entry.guardian is not None
    assert (entry.guardian.relation, entry.guardian.method) == ("father", "own-device")
    assert "您已经同意过这一项" in child.get(PROMPT).text


def test_a_code_works_once(kit: Kit) -> None:
    child, person = come_in(kit, "3", born=CHILD_BORN)
    code = code_of(child)
    first, second = come_in(kit, "4")[0], come_in(kit, "5")[0]
    assert taken(first, code) == 303
    assert taken(second, code) == 400
    assert "data-prompt" not in second.get(PROMPT).text
    assert checks(kit, person) == 1


def test_a_code_lasts_ten_minutes(kit: Kit) -> None:
    child, _ = come_in(kit, "6", born=CHILD_BORN)
    code = code_of(child)
    guardian, _ = come_in(kit, "7")
    kit.clock.pass_by(timedelta(minutes=10))
    assert taken(guardian, code) == 400


def test_the_child_does_not_take_its_own_code(kit: Kit) -> None:
    child, person = come_in(kit, "8", born=CHILD_BORN)
    code = code_of(child)
    assert taken(child, code) == 409
    assert checks(kit, person) == 1
    assert stands(kit, person) is None
    guardian, _ = come_in(kit, "9")
    assert taken(guardian, code) == 400  # it is used up


@pytest.mark.parametrize("born", [CHILD_BORN, TEENAGER_BORN, None])
def test_nobody_but_a_known_adult_takes_a_code(kit: Kit, born: date | None) -> None:
    child, person = come_in(kit, "a", born=CHILD_BORN)
    other, _ = come_in(kit, {CHILD_BORN: "b", TEENAGER_BORN: "c", None: "d"}[born], born=born)
    before = checks(kit, person)
    assert taken(other, code_of(child)) == 409
    assert checks(kit, person) == before + 1


def test_the_childs_other_account_does_not_take_the_code(kit: Kit) -> None:
    child, person = come_in(kit, "e", born=CHILD_BORN)
    code = code_of(child)
    other, name = come_in(kit, "f", born=ADULT_BORN)
    kit.service.services.consents.merge(person, name, method="same-device")
    assert taken(other, code) == 409


def test_nobody_is_their_own_guardian_whatever_is_said_of_their_age_later(kit: Kit) -> None:
    child, person = come_in(kit, "9", born=CHILD_BORN)
    code = code_of(child)
    kit.service.services.consents.know(person, birth_date=ADULT_BORN)
    assert taken(child, code) == 409


def test_who_acts_for_a_child_already_takes_no_other_childs_code(kit: Kit) -> None:
    child, _ = come_in(kit, "0", born=CHILD_BORN)
    code = code_of(child)
    guardian, _ = come_in(kit, "1", born=CHILD_BORN, guardian="2")
    page = guardian.get(f"{PATH}?code={code}&prompt={ITEM}").text
    assert f"{PATH}/take" not in page
    token = guardian.form_token("/centre/switches")
    said = {
        "code": code,
        "prompt": ITEM,
        "relation": "father",
        "rules": "yes",
        "csrf_token": token,
    }
    assert guardian.post(f"{PATH}/take", said).status_code == 409


def test_a_code_lets_nobody_in_as_the_child(kit: Kit) -> None:
    child, _ = come_in(kit, "3", born=CHILD_BORN)
    code = code_of(child)
    for plain in (code, code.replace("-", "")):
        assert Browser(kit.service.app).get(f"/centre/enter?code={plain}").status_code == 410


def test_whoever_decides_alone_gets_no_code(kit: Kit) -> None:
    adult, _ = come_in(kit, "5")
    said = {"prompt": ITEM, "csrf_token": adult.form_token("/centre/switches")}
    assert adult.post(PATH, said).status_code == 409


@pytest.mark.parametrize("prompt", ["nothing/minors", "", "browsing"])
def test_a_prompt_that_is_none_makes_no_code(kit: Kit, prompt: str) -> None:
    child, _ = come_in(kit, "6", born=CHILD_BORN)
    said = {"prompt": prompt, "csrf_token": child.form_token("/centre/switches")}
    assert child.post(PATH, said).status_code in {400, 404}


def test_whoever_has_not_come_in_is_told_how_and_gets_no_button(kit: Kit) -> None:
    page = Browser(kit.service.app).get(f"{PATH}?code=ABCD-EFGH-IJKL-MNOP&prompt={ITEM}").text
    assert "请先用您自己的账号进入" in page
    assert '<form method="post" action="/centre/handover/take"' not in page


def test_at_fourteen_what_a_guardian_gave_is_asked_of_the_young_person(kit: Kit) -> None:
    born = kit.clock.now().date().replace(year=kit.clock.now().year - 14) + timedelta(days=1)
    child, person = come_in(kit, "7", born=born)
    guardian, _ = come_in(kit, "8")
    assert taken(guardian, code_of(child)) == 303
    assert answered(guardian, ITEM, answer="give", relation="mother").status_code == 303
    kit.clock.pass_by(timedelta(days=3))
    young, _ = come_in(kit, "7", born=born)
    assert stands(kit, person) is Act.HAND_OVER
    assert "需要您重新决定" in young.get("/centre").text
    page = html.unescape(young.get("/centre/consents").text)
    assert "您已满十四周岁，请您自己决定" in page
    assert 'href="/centre/prompts/browsing"' in page
    matters = young.get("/centre/prompts/browsing").text
    assert ITEM not in matters
