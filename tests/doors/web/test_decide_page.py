"""The page of what must be decided: who may answer, what comes back wrong, and what is written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Text
from chengnuo.domain.inspection.answers import Answers
from chengnuo.domain.inspection.draft_answers import draft_from_answers
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId
from chengnuo.ports.accounts import Role

DECIDE = "/console/decide"
RETENTION = "activity.account.retention"
MINORS = [f"activity.{one}.minors" for one in ("account", "basic-name", "prop-payinfo")]


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> Path:
    made = tmp_path / "register"
    answers = Answers(app="<b>示例</b>", types=(AppTypeId("NPI-06"),), accounts=True)
    draft = draft_from_answers(answers, catalogue)
    remarks = {row: tuple(Text(one.zh) for one in each) for row, each in draft.remarks.items()}
    RegisterWriter().write(draft.register, made, remarks=remarks, replace=False)
    return made


@pytest.fixture
def kit(tmp_path: Path, folder: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", register=str(folder))
    yield made
    made.service.close()


def decided(page: str) -> int:
    found = re.search(r"项里已定 (\d+) 项", page)
    assert found
    return int(found[1])


def test_it_shows_the_gravest_first_with_article_proof_and_the_careful_way(kit: Kit) -> None:
    page = staff_of(kit, Role.STAFF).get(DECIDE).text
    assert page.index("首次运行怎样征求同意") < page.index("保存多久，存在哪里")
    for told in (
        "PIPL 第19条",
        "摘要",
        "稳妥的做法",
        "看到的：",
        "NPI-06",
        "handler.yaml:",
    ):
        assert told in page
    assert "<b>示例</b>" not in page
    assert "/console/register/edit/activities/account" in page


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.ADMIN])
def test_whoever_may_change_the_register_answers(kit: Kit, folder: Path, role: Role) -> None:
    browser = staff_of(kit, role)
    before = decided(browser.get(DECIDE).text)
    said = {"key": RETENTION, "at:retention.keep": "P1Y", "at:retention.why": "有退换货"}
    sent = browser.submit(DECIDE, f"{DECIDE}/answer?risk=retention", said)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{DECIDE}?risk=retention")
    assert "keep: P1Y" in (folder / "activities/account.yaml").read_text("utf-8")
    assert decided(browser.get(DECIDE).text) == before + 1


def test_several_alike_are_confirmed_together(kit: Kit, folder: Path) -> None:
    browser = staff_of(kit, Role.STAFF)
    page = browser.get(f"{DECIDE}?risk=minors").text
    assert all(f'value="{one}"' in page for one in MINORS)
    before = decided(page)
    assert browser.submit(DECIDE, f"{DECIDE}/confirm", {"key": MINORS}).status_code == 303
    assert decided(browser.get(DECIDE).text) == before + len(MINORS)
    assert "minors_under_14：" not in (folder / "activities/account.yaml").read_text("utf-8")


ALIKE = [f"activity.{one}.retention" for one in ("account", "basic-name", "prop-payinfo")]


def test_several_alike_are_answered_together_and_what_is_left_empty_stays_open(
    kit: Kit, folder: Path
) -> None:
    browser = staff_of(kit, Role.STAFF)
    page = browser.get(f"{DECIDE}?risk=retention").text
    assert all(f'value="{one}" checked' in page for one in ALIKE)
    assert 'name="at:retention.why"' in page
    assert 'value="到期自动删除，不再另作他用"' in page
    before = decided(page)
    said = {"key": ALIKE, "at:retention.keep": "", "at:retention.why": "到期自动删除，不再另作他用"}
    assert browser.submit(DECIDE, f"{DECIDE}/together", said).status_code == 303
    assert decided(browser.get(DECIDE).text) == before
    written = (folder / "activities/account.yaml").read_text("utf-8")
    assert "到期自动删除，不再另作他用" in written
    assert "Deleted at the end, used for nothing else" in written
    assert "retention、stores：" in written
    said = {"key": ALIKE[:2], "at:retention.keep": "P1Y"}
    assert browser.submit(DECIDE, f"{DECIDE}/together", said).status_code == 303
    assert decided(browser.get(DECIDE).text) == before + 2
    assert "keep: forever" in (folder / "activities/prop-payinfo.yaml").read_text("utf-8")


def test_a_wrong_answer_for_several_writes_into_none(kit: Kit, folder: Path) -> None:
    browser = staff_of(kit, Role.STAFF)
    before = {one: one.read_bytes() for one in folder.rglob("*.yaml")}
    said = {"key": ALIKE, "at:retention.keep": "a while", "at:retention.why": "退换货 & <b>"}
    sent = browser.submit(DECIDE, f"{DECIDE}/together", said)
    assert sent.status_code == 400
    for told in ('value="a while"', "退换货 &amp; &lt;b&gt;", "没有写入", "P30D", *ALIKE):
        assert told in sent.text
    assert {one: one.read_bytes() for one in folder.rglob("*.yaml")} == before


def test_what_is_not_alike_is_answered_by_itself(kit: Kit, folder: Path) -> None:
    browser = staff_of(kit, Role.STAFF)
    before = {one: one.read_bytes() for one in folder.rglob("*.yaml")}
    key = next(
        one for one in re.findall(r'name="key" value="(handler[^"]+)"', browser.get(DECIDE).text)
    )
    sent = browser.submit(DECIDE, f"{DECIDE}/together", {"key": [key], "at:name": "别的"})
    assert sent.status_code == 409
    assert {one: one.read_bytes() for one in folder.rglob("*.yaml")} == before


def test_a_wrong_answer_comes_back_with_what_was_typed(kit: Kit, folder: Path) -> None:
    browser = staff_of(kit, Role.STAFF)
    before = (folder / "activities/account.yaml").read_bytes()
    said = {"key": RETENTION, "at:retention.keep": "a while", "at:retention.why": "退换货 & <b>"}
    sent = browser.submit(DECIDE, f"{DECIDE}/answer", said)
    assert sent.status_code == 400
    for told in ('value="a while"', "退换货 &amp; &lt;b&gt;", "没有写入", "P30D"):
        assert told in sent.text
    assert (folder / "activities/account.yaml").read_bytes() == before


def test_an_auditor_looks_and_changes_nothing(kit: Kit) -> None:
    browser = staff_of(kit, Role.AUDITOR)
    page = browser.get(DECIDE).text
    assert f'action="{DECIDE}' not in page
    assert "只能查看" in page
    for act in ("answer", "together", "confirm"):
        sent = browser.submit("/console/account", f"{DECIDE}/{act}", {"key": RETENTION})
        assert sent.status_code == 403


def test_what_is_decided_already_or_not_there_is_told(kit: Kit) -> None:
    browser = staff_of(kit, Role.STAFF)
    for key, status in (("activity.nobody.minors", 400), (RETENTION, 409)):
        sent = browser.submit(DECIDE, f"{DECIDE}/confirm", {"key": key})
        assert sent.status_code == status


def test_english_and_pages(kit: Kit) -> None:
    browser = staff_of(kit, Role.STAFF)
    page = browser.get(f"{DECIDE}?lang=en").text
    assert "The careful way:" in page
    assert "How long is it kept, and where?" in browser.get(f"{DECIDE}?risk=retention").text
    assert browser.get(f"{DECIDE}?start=15").status_code == 200
    assert browser.get(f"{DECIDE}?start=-1").status_code == 400
    assert len(page.encode()) < 100_000
