"""Changing the register on its pages: form, consequences, proposal, approval, the file."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.form_reading import form_to

from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.kinds import rows
from chengnuo.doors.web.register_edit_href import edit_href, new_href
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
CHANGES = "/console/register/changes"
NEARBY = edit_href("activity", "nearby-stores")
OK, SEE_OTHER, WRONG, FORBIDDEN, GONE = 200, 303, 400, 403, 404
Sent = dict[str, str | list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "register"
    shutil.copytree(SAMPLE, place)
    return place


@pytest.fixture
def kit(tmp_path: Path, folder: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", demo=True, register=str(folder))
    yield made
    made.service.close()


@pytest.fixture
def staff(kit: Kit) -> Browser:
    return staff_of(kit, Role.STAFF)


@pytest.fixture
def reviewer(kit: Kit, staff: Browser) -> Browser:
    assert staff.get("/console").status_code == OK
    return staff_of(kit, Role.REVIEWER)


def typed(browser: Browser, href: str, changes: Sent) -> Sent:
    """Open a form and change some of its controls."""
    fields: Sent = dict(form_to(browser.get(href).text, href))
    return fields | changes


def sent(browser: Browser, href: str, changes: Sent, act: str = "preview") -> httpx.Response:
    """Open a form, change some of its controls, and send it."""
    return browser.post(href, {**typed(browser, href, changes), "act": act})


def proposed(browser: Browser, preview: httpx.Response, why: str = "规程改了") -> str:
    """Propose what a preview shows; return where it is then."""
    assert preview.status_code == OK, preview.text
    answer = browser.post(CHANGES, {**form_to(preview.text, CHANGES), "why": why})
    assert answer.status_code == SEE_OTHER, answer.text
    return answer.headers["location"]


def acted(browser: Browser, href: str, what: str, more: Sent | None = None) -> httpx.Response:
    """Do with a change what its page offers."""
    action = f"{href}/{what}"
    return browser.post(action, {**form_to(browser.get(href).text, action), **(more or {})})


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_every_form_sent_as_it_is_changes_nothing(kit: Kit, staff: Browser) -> None:
    register = kit.service.services.register.served.register
    for ref in rows(register):
        answer = sent(staff, edit_href(ref.kind, ref.id), {})
        assert answer.status_code == WRONG, ref
        assert "没有任何改动" in answer.text, ref


def test_a_period_is_changed_by_two_people_and_in_one_line_of_one_file(
    kit: Kit, folder: Path, staff: Browser, reviewer: Browser
) -> None:
    before = tree_of(folder)
    preview = sent(staff, NEARBY, {"retention.keep": "P15D"})
    shown = ("P15D", "nearby-stores/general", "需重新同意", "activities/nearby-stores.yaml")
    for said in shown:
        assert said in preview.text
    href = proposed(staff, preview)
    assert tree_of(folder) == before
    assert f"{href}/approve" not in staff.get(href).text
    assert staff.get(CHANGES).text.count(href) == 1
    assert acted(reviewer, href, "approve").status_code == SEE_OTHER
    name = "activities/nearby-stores.yaml"
    assert tree_of(folder) == before | {name: before[name].replace(b"keep: P30D", b"keep: P15D")}
    desk = kit.service.services.register
    served = desk.served.register.activity_by_id[ActivityId("nearby-stores")]
    assert str(served.retention.keep) == "P15D"
    assert desk.kept()[0].note.endswith("activity nearby-stores")
    assert "已启用" in reviewer.get(href).text
    assert "15 天" in staff.get("/centre/information").text
    record = acts_on_record(kit)
    assert [one["what"] for one in record] == ["propose", "approve", "put-in-force"]
    assert {one["single_person"] for one in record} == {False}


def acts_on_record(kit: Kit) -> list[dict[str, object]]:
    """Return what was recorded of changes of the register, the oldest first."""
    evidence = kit.service.services.evidence
    evidence.log.publish()
    found = []
    for record in evidence.log.newest():
        if record.leaf.kind == Kind.DOSSIER_ACT:
            said = json.loads(evidence.payloads.opened(record).payload or b"{}")
            found += [said] if said["sort"] == "register-change" else []
    return found[::-1]


def test_what_was_typed_wrong_stays_with_the_fault_at_its_control(staff: Browser) -> None:
    wrong = sent(staff, NEARBY, {"retention.keep": "三十天"})
    assert wrong.status_code == WRONG
    assert form_to(wrong.text, NEARBY)["retention.keep"] == ["三十天"]
    assert 'id="f-retention-keep-error"' in wrong.text
    assert 'href="#f-retention-keep"' in wrong.text


def test_a_recipient_is_added_to_an_activity(
    folder: Path, staff: Browser, reviewer: Browser
) -> None:
    before = tree_of(folder)
    fields = typed(staff, NEARBY, {})
    preview = staff.post(
        NEARBY, {**fields, "recipients": ["amap-location", "sentry"], "act": "preview"}
    )
    assert "nearby-stores/overseas:sentry" in preview.text
    href = proposed(staff, preview)
    assert acted(reviewer, href, "approve").status_code == SEE_OTHER
    name = "activities/nearby-stores.yaml"
    written = b"recipients: [amap-location, sentry]"
    assert tree_of(folder) == before | {
        name: before[name].replace(b"recipients: [amap-location]", written)
    }
    assert "Sentry" in staff.get("/console/register/activities/nearby-stores").text


def test_an_activity_is_added_in_a_file_of_its_own(
    kit: Kit, folder: Path, staff: Browser, reviewer: Browser
) -> None:
    before, href = tree_of(folder), new_href("activity")
    wrong = sent(staff, href, {"activity": "wish-list", "purpose.en": "Wish list"})
    assert wrong.status_code == WRONG
    for control in ("f-purpose-zh", "f-service", "f-retention-keep", "f-items"):
        assert f'href="#{control}"' in wrong.text, control
    assert "Wish list" in wrong.text
    preview = sent(
        staff,
        href,
        {
            "activity": "wish-list",
            "service": "shopping",
            "purpose.zh": "心愿单：保存 * 想买的 #商品",
            "purpose.en": "Keep a wish list: 'later'",
            "scene.zh": "点“收藏”时",
            "method.provided_by": "individual",
            "method.trigger": "user-action",
            "items.0.category": "PI-DEVICE-OAID",
            "items.0.necessary": "true",
            "basis": "contract",
            "basis_detail.zh": "用户协议",
            "retention.keep": "P1Y",
            "retention.from": "account-cancelled",
            "retention.then": "delete",
            "minors_under_14": "not-collected",
        },
    )
    made = proposed(staff, preview)
    assert acted(reviewer, made, "approve").status_code == SEE_OTHER
    after = tree_of(folder)
    assert sorted(after.keys() - before.keys()) == ["activities/wish-list.yaml"]
    assert {name: after[name] for name in before} == before
    served = kit.service.services.register.served.register
    purpose = served.activity_by_id[ActivityId("wish-list")].purpose
    assert (purpose.zh, purpose.en) == ("心愿单：保存 * 想买的 #商品", "Keep a wish list: 'later'")


def test_a_change_made_on_an_older_version_is_made_again_where_its_row_stands_as_it_was(
    folder: Path, staff: Browser, reviewer: Browser
) -> None:
    first = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}))
    other = proposed(staff, sent(staff, edit_href("store", "uploads"), {"region.zh": "贵州贵阳"}))
    same = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P20D"}))
    assert acted(reviewer, other, "approve").status_code == SEE_OTHER
    assert "差异已按现在的版本重算" in staff.get(first).text
    assert acted(reviewer, first, "approve").status_code == SEE_OTHER
    shown = staff.get(same).text
    assert "这一行在提出以后已被别的修改改过" in shown
    assert f'action="{same}/approve"' not in shown
    refill = f"{NEARBY}?proposed={same.rpartition('/')[2]}"
    assert refill in shown
    assert form_to(staff.get(refill).text, NEARBY)["retention.keep"] == ["P20D"]
    text = (folder / "activities" / "nearby-stores.yaml").read_text("utf-8")
    assert "keep: P15D" in text


def test_what_was_edited_by_hand_meanwhile_is_not_put_in_force_with_it(
    folder: Path, staff: Browser, reviewer: Browser
) -> None:
    href = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}))
    page = reviewer.get(href).text
    file = folder / "activities" / "nearby-stores.yaml"
    file.write_text(file.read_text("utf-8").replace("background: false", "background: true"))
    before = tree_of(folder)
    answer = reviewer.post(f"{href}/approve", {**form_to(page, f"{href}/approve")})
    assert answer.status_code == WRONG
    assert "还没有启用的改动" in answer.text
    assert tree_of(folder) == before
    file.write_text("# 我们自己加的一行\n" + file.read_text("utf-8").replace("true", "false", 1))
    answer = reviewer.post(f"{href}/approve", {**form_to(page, f"{href}/approve")})
    assert answer.status_code == WRONG


def test_a_read_only_folder_gets_a_patch_that_applies(
    kit: Kit, folder: Path, staff: Browser, reviewer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Everybody is root here, whom permissions do not bind: the answer is what is looked at.
    monkeypatch.setattr(FolderEditor, "is_writable", lambda *_: False)
    before = tree_of(folder)
    href = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}))
    assert acted(reviewer, href, "approve").status_code == SEE_OTHER
    assert tree_of(folder) == before
    shown = reviewer.get(href).text
    assert "只读" in shown
    assert "已批准，待写回" in shown
    patch = reviewer.get(f"{href}/patch")
    assert patch.headers["content-type"].startswith("text/x-patch")
    ran = subprocess.run(  # noqa: S603 (a patch of our own)
        ["/usr/bin/patch", "-p1", "-d", str(folder)],
        input=patch.content,
        check=True,
        capture_output=True,
    )
    assert b"nearby-stores.yaml" in ran.stdout
    assert acted(reviewer, href, "put-in-force").status_code == WRONG
    kit.service.services.register.load(by="cli")
    assert acted(reviewer, href, "put-in-force").status_code == SEE_OTHER
    assert "已启用" in reviewer.get(href).text


def test_only_the_author_withdraws_and_a_refusal_has_its_reason(
    staff: Browser, reviewer: Browser
) -> None:
    href = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}))
    token = {"csrf_token": reviewer.form_token(href)}
    assert reviewer.post(f"{href}/withdraw", token).status_code == WRONG
    empty = acted(reviewer, href, "refuse")
    assert empty.status_code == WRONG
    assert "请写理由" in empty.text
    assert acted(reviewer, href, "refuse", {"reasons": "太短"}).status_code == SEE_OTHER
    assert "太短" in staff.get(href).text
    mine = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P16D"}))
    assert acted(staff, mine, "withdraw").status_code == SEE_OTHER
    assert "已撤回" in staff.get(mine).text


def test_whoever_proposed_it_does_not_approve_it(kit: Kit, reviewer: Browser) -> None:
    href = proposed(reviewer, sent(reviewer, NEARBY, {"retention.keep": "P15D"}))
    shown = reviewer.get(href).text
    assert "您提出的，须由别人办理" in shown
    desk = kit.service.services.register
    fields = {
        "csrf_token": reviewer.form_token(href),
        "version": str(desk.served.version),
        "patch": "0" * 64,
    }
    assert reviewer.post(f"{href}/approve", fields).status_code == WRONG
    assert [one["what"] for one in acts_on_record(kit)] == ["propose"]


def test_texts_come_back_as_they_were_typed(
    folder: Path, staff: Browser, reviewer: Browser
) -> None:
    nasty = "a: b # c\n- *x &y !z\t'q' \"d\" {e} [f] \\ | > % @ ` 👨\u200d👩 末"
    unseen = sent(staff, NEARBY, {"purpose.zh": "a\u200bb", "purpose.en": "no"})
    assert unseen.status_code == WRONG
    preview = sent(staff, NEARBY, {"purpose.zh": nasty, "purpose.en": "no"})
    href = proposed(staff, preview, why="<script>alert(1)</script>")
    assert "<script>alert" not in staff.get(href).text
    assert acted(reviewer, href, "approve").status_code == SEE_OTHER
    kept = form_to(staff.get(NEARBY).text, NEARBY)
    assert kept["purpose.zh"] == [nasty.replace("\n", "\r\n")]
    assert kept["purpose.en"] == ["no"]
    text = (folder / "activities" / "nearby-stores.yaml").read_text("utf-8")
    assert 'en: "no"' in text


@pytest.mark.parametrize(
    "row", ["../../etc/passwd", "..%2f..%2fx", "a/b", "A", "x" * 61, "x.yaml", "-", "\u200b"]
)
def test_no_id_leads_out_of_the_folder(folder: Path, staff: Browser, row: str) -> None:
    before = tree_of(folder.parent)
    answer = sent(staff, new_href("store"), {"store": row, "name.zh": "库", "kind": "sqlite"})
    assert answer.status_code == WRONG
    assert 'href="#f-store"' in answer.text
    assert staff.get(f"/console/register/edit/stores/{row}").status_code in {GONE, WRONG}
    now = tree_of(folder.parent)
    assert {name: now[name] for name in before if name.startswith("register/")} == {
        name: one for name, one in before.items() if name.startswith("register/")
    }


def test_forms_are_taken_from_our_own_pages_alone(staff: Browser) -> None:
    fields = typed(staff, NEARBY, {"retention.keep": "P15D"})
    stray = {name: one for name, one in fields.items() if name != "csrf_token"}
    assert staff.post(NEARBY, {**stray, "act": "preview"}).status_code == FORBIDDEN
    from_elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    assert staff.post(NEARBY, fields, from_elsewhere).status_code == FORBIDDEN


def test_an_auditor_reads_and_an_admin_has_nothing_of_it(
    kit: Kit, staff: Browser, reviewer: Browser
) -> None:
    href = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}))
    auditor, admin = staff_of(kit, Role.AUDITOR), staff_of(kit, Role.ADMIN)
    assert reviewer.get(href).status_code == OK
    assert auditor.get(href).status_code == OK
    assert auditor.get(f"{href}/patch").status_code == OK
    assert f'action="{href}' not in auditor.get(href).text
    for browser in (auditor, admin):
        assert browser.get(NEARBY).status_code == FORBIDDEN
        assert NEARBY not in browser.get("/console/register/activities/nearby-stores").text
    for path in (CHANGES, href, f"{href}/patch"):
        assert admin.get(path).status_code == FORBIDDEN


def test_a_finding_leads_to_its_field(kit: Kit, staff: Browser, reviewer: Browser) -> None:
    folded: Sent = dict(form_to(staff.get(NEARBY).text, NEARBY))
    assert "items.0._keep" in folded
    opened = staff.post(NEARBY, {**folded, "more": "open:items.0"}).text
    blank: Sent = {"items.0.why_necessary.zh": "", "items.0.why_necessary.en": ""}
    fields = {**form_to(opened, NEARBY), **blank, "act": "preview"}
    preview = staff.post(NEARBY, fields)
    assert "新出现" in preview.text
    assert acted(reviewer, proposed(staff, preview), "approve").status_code == SEE_OTHER
    report = kit.service.services.register.served.report
    one = next(finding for finding in report.findings if finding.field)
    href = edit_href(one.row.kind, one.row.id, one.field)
    shown = staff.get("/console/findings").text
    assert href.replace("&", "&amp;") in shown
    form = staff.get(href.partition("#")[0]).text
    assert f'id="{href.partition("#")[2]}"' in form


def test_every_way_to_a_field_that_is_wrong_leads_to_its_control(tmp_path: Path) -> None:
    """Of every fault of the faulty register, also of one word among several."""
    faulty = str(SAMPLE.parents[1] / "faulty" / "register")
    kit = start(tmp_path / "data", demo=True, register=faulty)
    staff, pages, lost = staff_of(kit, Role.STAFF), dict[str, str](), []
    ways = re.findall(r'href="(/console/register/edit/[^"]+)"', staff.get("/console/findings").text)
    for way in dict.fromkeys(map(html.unescape, ways)):
        page, _, anchor = way.partition("#")
        if page not in pages:
            pages[page] = staff.get(page).text
        if anchor and f'id="{anchor}"' not in pages[page]:
            lost.append(way)
    kit.service.close()
    assert any("personal_factors" in way for way in ways)
    assert lost == []
