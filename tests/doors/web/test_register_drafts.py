"""Rows of the register changed together: put together, proposed, approved, written at once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.form_reading import form_to
from tests.doors.web.test_register_editing import (
    CHANGES,
    NEARBY,
    OK,
    SAMPLE,
    SEE_OTHER,
    WRONG,
    acted,
    acts_on_record,
    proposed,
    sent,
    tree_of,
    typed,
)

from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.web.register_edit_href import edit_href, new_href
from chengnuo.ports.accounts import Role

UPLOADS, AMAP = edit_href("store", "uploads"), edit_href("recipient", "amap-location")


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


def kept(browser: Browser, preview: str) -> str:
    """Keep what a preview shows, to change more rows; return where it is then."""
    fields = {**form_to(preview, CHANGES), "act": "collect", "why": ""}
    answer = browser.post(CHANGES, fields)
    assert answer.status_code == SEE_OTHER, answer.text
    return answer.headers["location"]


def test_two_rows_are_put_together_proposed_and_written_at_once(
    kit: Kit, folder: Path, staff: Browser, reviewer: Browser
) -> None:
    before = tree_of(folder)
    draft = kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    assert "准备中的修改：1 行" in staff.get(UPLOADS).text
    both = sent(staff, UPLOADS, {"region.zh": "贵州贵阳"})
    for said in ("P15D", "贵州贵阳", "nearby-stores.yaml", "uploads.yaml", "等 2 行"):
        assert said in both.text, said
    assert kept(staff, both.text) == draft
    assert form_to(staff.get(NEARBY).text, NEARBY)["retention.keep"] == ["P15D"]
    assert "准备中" in reviewer.get(draft).text
    assert f'action="{draft}/approve"' not in reviewer.get(draft).text
    page = staff.get(draft)
    assert proposed(staff, page, why="规程改了") == draft
    assert tree_of(folder) == before
    assert acted(reviewer, draft, "approve").status_code == SEE_OTHER
    one, other = "activities/nearby-stores.yaml", "stores/uploads.yaml"
    now = tree_of(folder)
    assert now[one] == before[one].replace(b"keep: P30D", b"keep: P15D")
    assert "贵州贵阳".encode() in now[other]
    assert {name for name in now if now[name] != before.get(name)} == {one, other}
    desk = kit.service.services.register
    assert desk.kept()[0].note.endswith("activity nearby-stores +1")
    acts = [act["what"] for act in acts_on_record(kit)]
    assert acts == ["collect", "collect", "propose", "approve", "put-in-force"]


def test_a_row_that_others_refer_to_goes_together_with_what_refers_to_it(
    kit: Kit, folder: Path, staff: Browser, reviewer: Browser
) -> None:
    preview = staff.post(AMAP, {**typed(staff, AMAP, {}), "act": "remove"})
    assert preview.status_code == OK
    assert "登记簿不成立" in preview.text
    assert f'href="{NEARBY}?' in preview.text
    assert 'name="why"' not in preview.text
    draft = kept(staff, preview.text)
    fields = typed(staff, NEARBY, {})
    assert "amap-location" in str(fields["recipients"])
    fields = {**fields, "recipients": ["sentry"], "act": "preview"}
    mended = staff.post(NEARBY, fields)
    assert "登记簿不成立" not in mended.text
    assert proposed(staff, mended) == draft
    assert acted(reviewer, draft, "approve").status_code == SEE_OTHER
    assert "recipients/amap-location.yaml" not in tree_of(folder)
    register = kit.service.services.register.served.register
    assert register.activity_by_id[ActivityId("nearby-stores")].recipients == ("sentry",)


def test_a_row_gets_another_id_wherever_it_is_referred_to(
    folder: Path, staff: Browser, reviewer: Browser
) -> None:
    before = tree_of(folder)
    for wrong in ("", "amap-location", "Amap", "sentry", "../x"):
        answer = staff.post(AMAP, {**typed(staff, AMAP, {}), "rename_to": wrong, "act": "rename"})
        assert answer.status_code == WRONG, wrong
        assert 'href="#f-rename_to"' in answer.text
        assert 'id="f-rename_to-error"' in answer.text
    preview = staff.post(AMAP, {**typed(staff, AMAP, {}), "rename_to": "gaode", "act": "rename"})
    assert "标识改为 gaode" in preview.text
    assert acted(reviewer, proposed(staff, preview), "approve").status_code == SEE_OTHER
    now = tree_of(folder)
    renamed = before["recipients/amap-location.yaml"].replace(
        b"recipient: amap-location", b"recipient: gaode"
    )
    assert now["recipients/gaode.yaml"] == renamed
    assert "recipients/amap-location.yaml" not in now
    referring = "activities/nearby-stores.yaml"
    assert now[referring] == before[referring].replace(b"amap-location", b"gaode")
    assert staff.get(edit_href("recipient", "gaode")).status_code == OK


def test_a_new_row_may_be_referred_to_before_it_is_proposed(
    folder: Path, staff: Browser, reviewer: Browser
) -> None:
    href = new_href("store")
    given = {"store": "archive", "name.zh": "归档", "kind": "sqlite", "connection": "SHOP_ARCHIVE"}
    preview = sent(staff, href, given | {"region.zh": "上海"})
    draft = kept(staff, preview.text)
    own = edit_href("store", "archive")
    assert form_to(staff.get(own).text, own)["name.zh"] == ["归档"]
    again = sent(staff, own, {"name.zh": "归档库"})
    assert kept(staff, again.text) == draft
    assert proposed(staff, staff.get(draft)) == draft
    assert acted(reviewer, draft, "approve").status_code == SEE_OTHER
    assert "归档库" in (folder / "stores/archive.yaml").read_text("utf-8")


def test_a_row_is_left_out_again_and_without_any_the_draft_is_withdrawn(staff: Browser) -> None:
    draft = kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    kept(staff, sent(staff, UPLOADS, {"region.zh": "贵州贵阳"}).text)
    fields = form_to(staff.get(draft).text, f"{draft}/drop")
    assert staff.post(f"{draft}/drop", {**fields, "row": "store uploads"}).status_code == SEE_OTHER
    assert "贵州贵阳" not in staff.get(draft).text
    # The page that was left open shows another draft than there is by now.
    assert staff.post(f"{draft}/drop", {**fields, "row": "store uploads"}).status_code == WRONG
    assert acted(staff, draft, "drop").status_code == SEE_OTHER
    assert "已撤回" in staff.get(draft).text
    assert "准备中的修改" not in staff.get(NEARBY).text


def test_what_was_put_together_in_one_window_is_not_lost_in_another(staff: Browser) -> None:
    draft = kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    left_open = staff.get(draft).text
    kept(staff, sent(staff, UPLOADS, {"region.zh": "贵州贵阳"}).text)
    fields = {**form_to(left_open, CHANGES), "why": "规程改了"}
    answer = staff.post(CHANGES, fields)
    assert answer.status_code == WRONG
    assert "请重新看过" in answer.text
    assert "规程改了" in answer.text
    assert "贵州贵阳" in staff.get(draft).text
    assert staff.post(CHANGES, {**form_to(left_open, CHANGES), "why": ""}).status_code == WRONG


def test_of_two_people_at_one_row_the_second_sees_it_and_loses_nothing(
    staff: Browser, reviewer: Browser
) -> None:
    mine = typed(reviewer, NEARBY, {"retention.keep": "P20D", "purpose.zh": "找附近的门店"})
    first = proposed(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}))
    assert acted(reviewer, first, "approve").status_code == SEE_OTHER
    clash = reviewer.post(NEARBY, {**mine, "act": "preview"})
    assert "已被别的修改改过" in clash.text
    assert 'name="why"' not in clash.text
    again = reviewer.post(NEARBY, form_to(clash.text, NEARBY))
    assert "刚被别人改过" in again.text
    fields = form_to(again.text, NEARBY)
    assert fields["retention.keep"] == ["P20D"]
    assert fields["purpose.zh"] == ["找附近的门店"]
    preview = reviewer.post(NEARBY, {**fields, "act": "preview"})
    assert "P15D" in preview.text
    proposed(reviewer, preview)


def test_a_clash_among_several_rows_is_put_together_anew(staff: Browser, reviewer: Browser) -> None:
    draft = kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    kept(staff, sent(staff, UPLOADS, {"region.zh": "贵州贵阳"}).text)
    proposed(staff, staff.get(draft))
    other = proposed(staff, sent(staff, UPLOADS, {"region.zh": "浙江杭州"}))
    assert acted(reviewer, other, "approve").status_code == SEE_OTHER
    assert "uploads" in staff.get(draft).text
    assert f'action="{draft}/approve"' not in reviewer.get(draft).text
    again = acted(staff, draft, "again")
    assert again.status_code == SEE_OTHER
    anew = again.headers["location"]
    assert anew != draft
    assert "贵州贵阳" in staff.get(anew).text
    assert acted(reviewer, proposed(staff, staff.get(anew)), "approve").status_code == SEE_OTHER


def test_nobody_goes_on_with_what_somebody_else_puts_together(
    staff: Browser, reviewer: Browser
) -> None:
    draft = kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    fields = {**form_to(staff.get(draft).text, CHANGES), "why": "抢先"}
    fields["csrf_token"] = [reviewer.form_token(draft)]
    assert reviewer.post(CHANGES, fields).status_code == WRONG
    assert "准备中" in staff.get(draft).text


@pytest.fixture
def bare(tmp_path: Path, folder: Path) -> Iterator[Kit]:
    """A service that was started again without the folder of its register."""
    start(tmp_path / "data", demo=True, register=str(folder)).service.close()
    made = start(tmp_path / "data", demo=True)
    yield made
    made.service.close()


def test_without_a_folder_a_patch_of_one_file_a_row_is_offered(bare: Kit) -> None:
    staff = staff_of(bare, Role.STAFF)
    assert staff.get("/console").status_code == OK
    reviewer = staff_of(bare, Role.REVIEWER)
    kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    preview = staff.post(AMAP, {**typed(staff, AMAP, {}), "rename_to": "gaode", "act": "rename"})
    href = proposed(staff, preview)
    assert "没有给出登记簿文件夹" in reviewer.get(href).text
    assert acted(reviewer, href, "approve").status_code == SEE_OTHER
    shown = reviewer.get(href).text
    assert "已批准，待写回" in shown
    patch = reviewer.get(f"{href}/patch").text
    for line in (
        "--- a/recipients/amap-location.yaml",
        "+++ b/recipients/gaode.yaml",
        "-  keep: P30D",
        "+  keep: P15D",
    ):
        assert f"{line}\n" in patch, line


def test_in_a_git_work_tree_a_message_is_offered_and_nothing_is_committed(
    folder: Path, staff: Browser
) -> None:
    (folder.parent / ".git").mkdir()
    kept(staff, sent(staff, NEARBY, {"retention.keep": "P15D"}).text)
    both = sent(staff, UPLOADS, {"region.zh": "贵州贵阳"})
    href = proposed(staff, both, why="机房搬迁，期限缩短")
    shown = staff.get(href).text
    message = shown.partition('aria-label="提交说明">')[2].partition("</pre>")[0]
    assert message == (
        "register: activity nearby-stores +1\n\n"
        "机房搬迁，期限缩短\n\n"
        "- activity nearby-stores\n- store uploads\n\n"
        f"Change {href.rpartition('/')[2]} of the register.\n"
    )
    assert not list((folder.parent / ".git").iterdir())
