"""What of the board is public: every row, no small counts, nothing of what was found wrong."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.clean_register import TODAY

from chengnuo.base.digest import Digest
from chengnuo.base.text import Text
from chengnuo.domain.finding.board import Board, RowStatus, board_of
from chengnuo.domain.finding.board_json import (
    BoardFileError,
    board_json,
    read_published,
    row_statuses,
)
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.consent_controls import CONTROLS
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.live import Fault, LiveOutcome, LiveResult, LiveRun
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.public_board import FEWEST, PublicBoard, PublicLog, public_board
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

HANDLER = Text("示例公司", "Sample Ltd")
AT = datetime(2026, 11, 30, 2, 5, tzinfo=UTC)
INSIDE = "内部的细节"
"""Stands for whatever was found inside; no letter of it may come out."""
LOG = PublicLog(origin="log.example", size=9, vkey="log.example+00000000+AA==")
OLDER = """{"format":"chengnuo-board","version":1,"on":"2026-11-21","handler":{"zh":"示","en":"S"},
"register":"ab","law":"x","log":{"origin":"o","size":12,"vkey":"k"},"counts":{},"fewest":10,
"rows":[{"id":"duty-1","status":"shown"},{"id":"duty-2","status":"failing"}]}"""
"""As the first version of the format was written, with less than is written now."""


@pytest.fixture(scope="session")
def board(clean: Register, catalogue: Catalogue) -> Board:
    return board_of(facts_of(clean, catalogue, TODAY))


def result(outcome: LiveOutcome, count: int) -> LiveResult:
    wrong = outcome is LiveOutcome.FAILED
    faults = (Fault(position=77123, what=Text(INSIDE, INSIDE), request=INSIDE),) if wrong else ()
    return LiveResult(
        outcome=outcome,
        looked_at=count,
        faults=faults,
        wrong=len(faults),
        why=Text(INSIDE, INSIDE),
        newest=INSIDE,
    )


def live(board: Board, outcome: LiveOutcome, count: int) -> Board:
    runs = (LiveRun(control=one, result=result(outcome, count)) for one in CONTROLS)
    return with_live(board, runs)


def published(board: Board) -> PublicBoard:
    return public_board(board, handler=HANDLER, law="2026-11", ran={}, log=LOG)


@given(outcome=st.sampled_from(LiveOutcome), count=st.integers(0, 3 * FEWEST))
def test_every_row_is_published_and_nothing_of_what_was_found_inside(
    catalogue: Catalogue, board: Board, outcome: LiveOutcome, count: int
) -> None:
    seen = live(board, outcome, count)
    public = published(seen)
    assert [row.duty for row in public.rows] == [row.duty for row in seen.rows]
    assert [row.status for row in public.rows] == [row.status for row in seen.rows]
    said = board_json(public, catalogue, {}).decode()
    assert "77123" not in said
    if outcome is not LiveOutcome.NOT_APPLICABLE:
        assert INSIDE not in said


@given(count=st.integers(0, 3 * FEWEST))
def test_small_counts_of_records_are_not_told_and_others_are(board: Board, count: int) -> None:
    public = published(live(board, LiveOutcome.PASSED, count))
    told = {one.looked_at for row in public.rows for one in row.controls if one.over == "records"}
    assert told == {None if 0 < count < FEWEST else count}
    declared = {
        one.looked_at for row in public.rows for one in row.controls if one.over == "register"
    }
    assert None not in declared  # what is declared is public already


@pytest.mark.parametrize(
    ("outcome", "count", "disclosed"),
    [
        (LiveOutcome.PASSED, FEWEST, True),
        (LiveOutcome.PASSED, FEWEST - 1, False),
        (LiveOutcome.NOTHING_TO_CHECK, 0, True),
        (LiveOutcome.NOTHING_TO_CHECK, FEWEST - 1, False),
        (LiveOutcome.FAILED, FEWEST, False),
        (LiveOutcome.COULD_NOT_RUN, FEWEST, False),
        (LiveOutcome.STALE, FEWEST, False),
    ],
)
def test_only_what_passed_on_many_records_or_saw_none_may_be_disclosed(
    board: Board, outcome: LiveOutcome, count: int, *, disclosed: bool
) -> None:
    public = published(live(board, outcome, count))
    found = {one.disclosed for row in public.rows for one in row.controls if one.over == "records"}
    assert found == {disclosed}


def test_a_run_is_published_with_its_instant_and_the_place_of_its_record(board: Board) -> None:
    control = CONTROLS[0]
    run = KeptRun(
        control=control.id,
        at=AT,
        looked_at=12,
        wrong=0,
        outcome=LiveOutcome.PASSED,
        why=None,
        position=41,
        digest=Digest("0" * 64),
    )
    seen = live(board, LiveOutcome.PASSED, 12)
    public = public_board(seen, handler=HANDLER, law="x", ran={control.id: run}, log=LOG)
    found = [one for row in public.rows for one in row.controls if one.id == control.id]
    assert {(one.ran, one.position, one.looked_at) for one in found} == {(AT, 41, 12)}


def test_why_a_row_is_not_shown_is_said_in_few_kinds(board: Board) -> None:
    words = {row.why for row in published(board).rows if row.status is RowStatus.NOT_SHOWN}
    assert 2 <= len(words) <= 5
    stopped = published(live(board, LiveOutcome.COULD_NOT_RUN, 0))
    assert any("没能运行完" in row.why.zh for row in stopped.rows)
    failing = published(live(board, LiveOutcome.FAILED, 30))
    words = {row.why for row in failing.rows if row.status is RowStatus.FAILING}
    assert Text("有一项检查不通过，见下。", "One control fails; it stands below.") in words
    assert all(one.zh.endswith("检查不通过，见下。") for one in words)


def test_what_is_written_is_read_again(catalogue: Catalogue, board: Board) -> None:
    public = published(live(board, LiveOutcome.PASSED, 12))
    data = board_json(public, catalogue, {"duty-1": "proof-duty-1.json"})
    read = read_published(data)
    assert (read.on, read.register, read.log_size) == (TODAY, str(board.version), 9)
    assert {name: status.value for name, status in read.statuses.items()} == row_statuses(public)
    assert data == board_json(public, catalogue, {"duty-1": "proof-duty-1.json"})
    rows = json.loads(data)["rows"]
    assert rows[0]["cites"][0]["en"]
    assert [row["proof"] for row in rows[:2]] == ["proof-duty-1.json", None]
    assert json.loads(board_json(replace(public, log=None), catalogue, {}))["log"] is None


def test_an_older_file_is_read_and_one_with_more_in_it_too() -> None:
    older = read_published(OLDER.encode())
    assert older.statuses == {"duty-1": RowStatus.SHOWN, "duty-2": RowStatus.FAILING}
    more = json.loads(OLDER) | {"later": [1]}
    assert read_published(json.dumps(more).encode()) == older


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="no object"),
        pytest.param(OLDER.replace('"version":1', '"version":2').encode(), id="a later version"),
        pytest.param(OLDER.replace("chengnuo-board", "chengnuo-x").encode(), id="another format"),
        pytest.param(OLDER.replace('"failing"', '"fine"').encode(), id="an unknown status"),
        pytest.param(OLDER.replace("duty-2", "duty-1").encode(), id="a row twice"),
        pytest.param(b" " * (4 << 20) + b"{}", id="too large"),
    ],
)
def test_what_is_no_published_board_is_refused(data: bytes) -> None:
    with pytest.raises(BoardFileError) as refused:
        read_published(data)
    assert refused.value.code == "board-file"
