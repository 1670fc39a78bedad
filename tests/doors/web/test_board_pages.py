"""The pledge board in the console: at a glance, row by row, over time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.base.text import Lang
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.control_run import KeptStatus
from chengnuo.doors.web.board_history import DayOfBoard, board_history, row_history, row_table
from chengnuo.doors.web.console_board import board_page, days_of
from chengnuo.doors.web.public_board_page import KINDS
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.ids import DutyId
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
SHOWN, FAILING, STALE, OPEN = (
    RowStatus.SHOWN,
    RowStatus.FAILING,
    RowStatus.STALE,
    RowStatus.NOT_SHOWN,
)


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("board") / "data", register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def say(kit: Kit) -> Speaker:
    desk = kit.service.services.register
    return Speaker(lang=Lang.EN, register=desk.served.register, catalogue=desk.catalogue)


def kept(*days: RowStatus | None, duty: str = "duty-1") -> list[KeptStatus]:
    """What the board said of a row on days that follow each other; None for a day without."""
    first = date(2026, 11, 1)
    return [
        KeptStatus(
            day=first + timedelta(days=at), duty=DutyId(duty), status=status, position=100 + at
        )
        for at, status in enumerate(days)
        if status is not None
    ]


def test_the_board_is_a_list_of_links_and_every_number_opens_its_rows(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    page = staff.get("/console/board").text
    served = kit.service.services.register.served
    for row in served.board.rows:
        assert f'href="/console/board/{row.duty.id}"' in page
    assert 'href="/console/board?status=not-shown#rows"' in page
    narrowed = staff.get("/console/board?status=not-shown").text
    assert 'href="/console/board/duty-1"' in narrowed
    assert 'href="/console/board/action524-5.5"' not in narrowed
    assert "没有这种状态的承诺" in staff.get("/console/board?status=stale").text
    assert staff.get("/console/board?status=fine").status_code == 400


def test_a_row_says_of_each_control_what_on_what_how_often_and_when_it_fails(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    before = staff.get("/console/board/duty-1").text
    assert "还没有运行的记录" in before
    runs = kit.run_controls()
    row = next(
        one for one in kit.service.services.register.served.board.rows if one.duty.id == "duty-1"
    )
    page = staff.get("/console/board/duty-1").text
    run = runs["records-name-the-notice"]
    assert f"/console/evidence/records/{run.position}" in page
    for control in (one.control for one in row.runs):
        for said in (control.title, control.looks_at, control.fails_when, control.how_often):
            assert said.zh in page
    assert "逐条核对，全部符合" not in page  # what is only declared is not said to be so
    assert "摘要" in page
    assert row.duty.summary.zh in page
    assert "row-history-title" in page  # the picture has a name
    assert staff.get("/console/board/duty-99").status_code == 404


def test_who_may_not_open_records_is_not_led_to_them(kit: Kit) -> None:
    kit.run_controls()
    page = staff_of(kit, Role.ADMIN).get("/console/board/duty-1").text
    assert "/console/evidence/records/" not in page
    assert (
        "/console/evidence/records/"
        in staff_of(kit, Role.AUDITOR).get("/console/board/duty-1").text
    )


def test_what_changed_since_a_week_ago_is_told_with_both_statuses(kit: Kit, say: Speaker) -> None:
    board = kit.service.services.register.served.board
    on = board.on
    status = {str(row.duty.id): row.status for row in board.rows}
    past = [
        KeptStatus(
            day=on - timedelta(days=days),
            duty=DutyId(duty),
            status=FAILING if duty == "duty-3" else now,
            position=9,
        )
        for days in (9, 8)
        for duty, now in status.items()
    ]
    page = board_page(say, board, past)
    assert [row.cells[0][0].href for row in page.changes.rows] == ["/console/board/duty-3"]
    assert "compared with" in page.since
    fresh = board_page(say, board, [one for one in past if one.day > on - timedelta(days=7)])
    assert (fresh.changes.rows, "again" in fresh.since) == ((), True)


def test_the_history_counts_what_stood_how_and_leaves_other_days_empty(say: Speaker) -> None:
    past = [
        *kept(SHOWN, None, FAILING),
        *kept(OPEN, None, SHOWN, duty="duty-2"),
    ]
    days = days_of(sorted(past, key=lambda one: one.day))
    assert [(one.day.day, one.counts[SHOWN], one.counts[FAILING], one.open) for one in days] == [
        (1, 1, 0, 1),
        (3, 1, 1, 0),
    ]
    drawing = board_history(say, days)
    assert drawing is not None
    assert "1 fail" in drawing.words
    assert board_history(say, ()) is None
    nothing = DayOfBoard(day=date(2026, 11, 1), counts=dict.fromkeys(RowStatus, 0))
    assert board_history(say, (nothing,)) is None


def test_the_picture_of_a_row_has_a_lane_for_each_status_and_a_mark_for_each_day(
    say: Speaker,
) -> None:
    past = kept(SHOWN, SHOWN, None, FAILING, STALE, SHOWN)
    drawing = row_history(say, past)
    assert drawing is not None
    assert "3 changes in 5 days" in drawing.words
    for box in (drawing.wide, drawing.narrow):
        assert sum(mark.path.count("z") for mark in box.marks if mark.sort.startswith("bar")) == 5
        names = [one.text for one in box.labels][: len(RowStatus)]
        assert names == [status.text.in_lang(Lang.EN) for status in RowStatus]
        assert all(one.left >= 0 and one.right <= box.width for one in box.labels)
    table = row_table(say, past, KINDS)
    assert [row.cells[0][0].text for row in table.rows] == [
        "2026-11-06",
        "2026-11-05",
        "2026-11-04",
        "2026-11-01",
    ]
    assert row_history(say, []) is None


def test_staff_have_all_controls_run_now_once_a_minute_and_it_is_recorded(kit: Kit) -> None:
    runner, staff = kit.service.services.controls, staff_of(kit, Role.STAFF)
    assert runner is not None
    runner.run_due()
    before = {one.control: one.position for one in runner.store.latest().values()}
    assert runner.run_due() == 0
    assert 'action="/console/board/run"' in staff.get("/console/board").text
    assert _ran(staff) == "/console/board?run=taken"
    assert "十五秒内" in staff.get("/console/board?run=taken").text
    said = next(one for one in kit.service.services.evidence.log.newest())
    assert said.leaf.kind == "configuration"
    assert _ran(staff) == "/console/board?run=soon"
    assert runner.run_due() == len(before)
    after = {one.control: one.position for one in runner.store.latest().values()}
    assert all(after[name] > before[name] for name in before)
    assert runner.run_due() == 0
    auditor = staff_of(kit, Role.AUDITOR)
    assert 'action="/console/board/run"' not in auditor.get("/console/board").text
    token = auditor.form_token("/console/account")
    assert auditor.post("/console/board/run", {"csrf_token": token}).status_code == 403


def _ran(staff: Browser) -> str:
    answer = staff.submit("/console/board", "/console/board/run")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]
