"""Several findings at once: shown first, then mended by a day, or waived by two people."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.ports.accounts import Role

FAULTY = Path(__file__).parents[3] / "examples" / "faulty" / "register"
FOUND, BULK = "/console/findings", "/console/findings/bulk"
CHANGES, REMEDIES = "/console/register/changes", "/console/remedies"
OK, SEE_OTHER, WRONG, FORBIDDEN, GONE = 200, 303, 400, 403, 404
KIT_RULE = "sdk-without-packages"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("faulty")
    register = folder / "register"
    shutil.copytree(FAULTY, register)
    made = start(folder / "data", demo=True, register=str(register))
    for role in (Role.STAFF, Role.REVIEWER):
        staff_of(made, role)
    yield made
    made.service.close()


def ticks(browser: Browser, rule: str) -> list[str]:
    """Return the findings of a rule that can be ticked."""
    text = browser.get(FOUND).text.partition(f'id="rule-{rule}"')[2].partition("</details>")[0]
    return re.findall(r'name="finding" value="([^"]+)"', text)


def ids_in(text: str) -> list[str]:
    return re.findall(r'type="hidden" name="finding" value="([^"]+)"', text)


def day(kit: Kit, days: int) -> str:
    return (kit.clock.now() + timedelta(days=days)).date().isoformat()


def test_findings_are_shown_first_then_each_is_mended_by_a_day(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    ids = [*ticks(staff, "covert-capture"), *ticks(staff, "face-only-way")]
    assert len(ids) > 1
    asked = {"act": "assign", "finding": ids}
    preview = staff.submit(FOUND, BULK, asked).text
    assert f"会办 {len(ids)} 项，不办 0 项" in preview
    assert "现在还什么都没做" in preview
    assert sorted(ids_in(preview)) == sorted(ids)
    before = staff.get(REMEDIES).text
    for due in ("", "soon", day(kit, -3)):
        wrong = staff.submit(FOUND, f"{BULK}/do", {**asked, "due": due})
        assert wrong.status_code == WRONG
        assert "整改期限：这一项没有填好" in wrong.text
    assert staff.get(REMEDIES).text.count("/console/remedies/rm-") == before.count(
        "/console/remedies/rm-"
    )
    done = staff.submit(FOUND, f"{BULK}/do", {**asked, "due": day(kit, 30)}).text
    assert f"办成 {len(ids)} 项，没办 0 项" in done
    opened = re.findall(r'href="(/console/remedies/rm-[a-z0-9]+)"', done)
    assert len(set(opened)) == len(ids)
    page = staff.get(opened[0]).text
    assert day(kit, 30) in page
    again = staff.submit(FOUND, BULK, asked).text
    assert f"会办 0 项，不办 {len(ids)} 项" in again
    assert "已经登记了整改" in again
    assert ids_in(again) == []


def test_whoever_had_it_mended_by_mistake_does_not_drop_it_alone(kit: Kit) -> None:
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    asked = {"act": "assign", "finding": ticks(staff, "face-for-other-uses"), "due": day(kit, 9)}
    done = staff.submit(FOUND, f"{BULK}/do", asked).text
    (opened,) = set(re.findall(r'href="(/console/remedies/rm-[a-z0-9]+)"', done))
    assert f"{opened}/drop" not in staff.get(opened).text
    reasons = {"reasons": "开错了"}
    assert reviewer.submit(opened, f"{opened}/drop", reasons).status_code == SEE_OTHER
    assert staff.submit(FOUND, BULK, asked).text.count("已经登记了整改") == 0


def test_waivers_are_one_change_that_a_second_person_approves(kit: Kit) -> None:
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    kits, other = ticks(staff, KIT_RULE), ticks(staff, "first-run-collects-before")
    assert kits
    assert other
    asked = {"act": "waive", "finding": [*kits, *other]}
    preview = staff.submit(FOUND, BULK, asked).text
    assert "只有 SDK 的发现可以豁免" in preview
    will = ids_in(preview)
    assert set(will) <= set(kits)
    assert will
    said = {"reason": "下个版本换掉", "granted-by": "技术负责人", "expires": day(kit, 60)}
    for lacking in said:
        wrong = staff.submit(FOUND, f"{BULK}/do", {**asked, **said, lacking: ""})
        assert wrong.status_code == WRONG
    done = staff.submit(FOUND, f"{BULK}/do", {**asked, **said}).text
    assert f"办成 {len(will)} 项" in done
    (change,) = set(re.findall(rf'href="({CHANGES}/rg-[a-z0-9]+)"', done))
    mine = staff.get(change).text
    assert "您提出的，须由别人办理" in mine
    assert f"{change}/approve" not in mine
    assert f"{change}/withdraw" in mine
    shown = reviewer.get(change).text
    assert "等您办理" in shown
    fields = dict(re.findall(r'name="(version|patch)" value="([^"]*)"', shown))
    assert staff.submit(change, f"{change}/approve", fields).status_code in {WRONG, FORBIDDEN}
    assert reviewer.submit(change, f"{change}/approve", fields).status_code == SEE_OTHER
    text = staff.get(FOUND).text.partition(f'id="rule-{KIT_RULE}"')[2].partition("</details>")[0]
    assert text.count("下个版本换掉") == len(will)
    again = staff.submit(FOUND, BULK, {"act": "waive", "finding": will}).text
    assert again.count("已有豁免") == len(will)


def test_a_waiver_that_was_proposed_is_withdrawn_by_who_proposed_it(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    rules = re.findall(r'id="rule-([a-z0-9-]*sdk[a-z0-9-]*)"', staff.get(FOUND).text)
    said = {"reason": "等升级", "granted-by": "技术负责人", "expires": day(kit, 9)}
    for rule in rules:
        will = ids_in(
            staff.submit(FOUND, BULK, {"act": "waive", "finding": ticks(staff, rule)}).text
        )
        if will:
            asked = {"act": "waive", "finding": will[:1], **said}
            done = staff.submit(FOUND, f"{BULK}/do", asked).text
            (change,) = set(re.findall(rf'href="({CHANGES}/rg-[a-z0-9]+)"', done))
            assert staff.submit(change, f"{change}/withdraw").status_code == SEE_OTHER
            assert "已撤回" in staff.get(change).text
            return
    raise AssertionError(rules)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_who_does_not_work_on_findings_ticks_none(kit: Kit, role: Role) -> None:
    browser = staff_of(kit, role)
    assert 'name="finding"' not in browser.get(FOUND).text
    assert browser.submit(FOUND, BULK, {"act": "assign"}).status_code == FORBIDDEN


def test_an_act_that_there_is_not_is_not_found_and_nothing_ticked_says_so(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    assert staff.submit(FOUND, BULK, {"act": "forget", "finding": "x"}).status_code == GONE
    nothing = staff.submit(FOUND, BULK, {"act": "assign"})
    assert "没有勾选" in nothing.text
    assert 'name="due"' not in nothing.text
