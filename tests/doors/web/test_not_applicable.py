"""A row of the pledge board declared not to apply: from the board to the dossier and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.duties.duty_kit import SAMPLE
from tests.usecases.dossier.ways import LATER
from tests.usecases.finding.test_running import LATE, STAFF, board_of, desk_of, status

from chengnuo.domain.finding.board import RowStatus
from chengnuo.ports.accounts import Role

NEW = "/console/not-applicable/new/declare"
SAID = {"row": "pledge-8", "reasons": "没有投诉渠道以外的入口", "until": LATER}


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = start(tmp_path / "data", register=str(SAMPLE))
    yield made
    made.service.close()


def declared(kit: Kit, row: str) -> str:
    """Declare a row as staff and approve it as reviewer, in the pages; return the dossier."""
    form = f"/console/board/{row}/not-applicable"
    staff, reviewer = staff_of(kit, Role.STAFF), staff_of(kit, Role.REVIEWER)
    answer = staff.submit(form, NEW, {**SAID, "row": row})
    assert answer.status_code == 303
    place = str(answer.headers["location"])
    assert status(board_of(kit), row) is not RowStatus.NOT_APPLICABLE, "nobody approved it yet"
    assert staff.submit(place, f"{place}/approve", {}).status_code == 403
    assert reviewer.submit(place, f"{place}/approve", {}).status_code == 303
    return place


def test_a_row_is_declared_approved_by_another_and_says_why_and_until_when(kit: Kit) -> None:
    kit.run_controls()
    place = declared(kit, "also-2")
    row = next(one for one in board_of(kit).rows if one.duty.id == "also-2")
    assert row.status is RowStatus.NOT_APPLICABLE
    assert row.why.zh.startswith("没有投诉渠道以外的入口。2026-11-21 一人登记、另一人批准；")
    assert LATER in row.why.zh
    assert row.declared == place.rpartition("/")[2]
    assert "一人登记、另一人批准" in staff_of(kit, Role.AUDITOR).get("/console/board").text
    reviewer = staff_of(kit, Role.REVIEWER)
    again = {"reasons": "开始用人脸登录"}
    assert reviewer.submit(place, f"{place}/applies", again).status_code == 303
    assert status(board_of(kit), "also-2") is not RowStatus.NOT_APPLICABLE


def test_a_row_with_a_failing_control_stays_failing_and_the_form_says_so(kit: Kit) -> None:
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    kit.run_controls()
    form = staff_of(kit, Role.STAFF).get("/console/board/pledge-8/not-applicable").text
    assert "这一行现在不通过" in form
    declared(kit, "pledge-8")
    row = next(one for one in board_of(kit).rows if one.duty.id == "pledge-8")
    assert row.status is RowStatus.FAILING
    assert "登记为不适用，但有控制不通过" in row.why.zh


def test_the_form_has_the_row_filled_in_and_keeps_what_was_typed(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    page = staff.get("/console/board/action524-5.5/not-applicable").text
    assert '<option value="action524-5.5" selected>' in page
    wrong = staff.submit("/console/board/also-1/not-applicable", NEW, {**SAID, "until": "bald"})
    assert wrong.status_code == 400
    assert SAID["reasons"] in wrong.text


@pytest.mark.parametrize(
    ("role", "answer"),
    [(Role.STAFF, 200), (Role.REVIEWER, 200), (Role.AUDITOR, 403), (Role.ADMIN, 403)],
)
def test_only_who_works_on_duties_declares(kit: Kit, role: Role, answer: int) -> None:
    browser = staff_of(kit, role)
    assert browser.get("/console/board/also-1/not-applicable").status_code == answer
    if answer == 200:
        assert browser.get("/console/board/nothing-9/not-applicable").status_code == 404
