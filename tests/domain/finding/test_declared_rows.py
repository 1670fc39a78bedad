"""Rows declared not to apply: why, since when, by whom; a failing control is stronger."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.strategies.clean_register import TODAY

from chengnuo.base.text import Text
from chengnuo.domain.dossier.sorts.not_applicable import ROWS
from chengnuo.domain.finding.all_controls import OVER_RECORDS
from chengnuo.domain.finding.board import SETS, Board, RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.declared_rows import A_YEAR, DeclaredRow, with_declared
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId

ROW = DutyId("also-2")
SAID = DeclaredRow(
    duty=ROW,
    reasons="没有人脸识别。",
    on=date(2026, 11, 1),
    until=TODAY,
    dossier="na-1",
    by="a",
    approved_by="b",
)


@pytest.fixture
def board(clean: Register, catalogue: Catalogue) -> Board:
    return board_of(facts_of(clean, catalogue, TODAY))


def standing(board: Board, status: RowStatus) -> Board:
    """Return the board with the row in a state."""
    why = Text("现在这样。", "As it is.")
    return replace(
        board,
        rows=tuple(
            replace(row, status=status, why=why) if row.duty.id == ROW else row
            for row in board.rows
        ),
    )


def declared(board: Board, said: DeclaredRow) -> tuple[RowStatus, str, str]:
    """Return what the board says of the row, and in which dossier it was declared."""
    (row,) = (
        one for one in with_declared(board, {said.duty: said}).rows if one.duty.id == said.duty
    )
    return row.status, row.why.zh, row.declared


def test_the_rows_that_can_be_declared_are_those_of_the_board(
    board: Board, catalogue: Catalogue
) -> None:
    rows = [str(duty.id) for name in SETS for duty in catalogue.in_set(name)]
    assert [one.value for one in ROWS] == rows == [str(row.duty.id) for row in board.rows]


@pytest.mark.parametrize("was", [RowStatus.NOT_SHOWN, RowStatus.STALE, RowStatus.SHOWN])
def test_a_declared_row_says_why_since_when_by_how_many_and_until_when(
    board: Board, was: RowStatus
) -> None:
    status, why, dossier = declared(standing(board, was), SAID)
    assert status is RowStatus.NOT_APPLICABLE
    until = TODAY.isoformat()
    assert why == f"没有人脸识别。2026-11-01 一人登记、另一人批准；{until} 前复核。"
    assert dossier == "na-1"
    alone = replace(SAID, approved_by="a")
    assert "单人登记" in declared(standing(board, was), alone)[1]


def test_a_row_with_a_failing_control_is_never_declared_away(board: Board) -> None:
    status, why, dossier = declared(standing(board, RowStatus.FAILING), SAID)
    assert status is RowStatus.FAILING
    assert why.startswith("现在这样。")
    assert "仍按不通过显示" in why
    assert dossier == "na-1"


def test_after_its_day_a_declaration_counts_no_more(board: Board) -> None:
    over = replace(SAID, until=TODAY - timedelta(days=1))
    status, why, _ = declared(standing(board, RowStatus.NOT_SHOWN), over)
    assert status is RowStatus.NOT_SHOWN
    assert "没有复核" in why


def test_nobody_puts_off_the_next_look_for_more_than_a_year(board: Board) -> None:
    for_good = replace(SAID, until=date(2999, 12, 31))
    status, why, _ = declared(standing(board, RowStatus.NOT_SHOWN), for_good)
    assert status is RowStatus.NOT_APPLICABLE
    assert "2027-11-02 前复核" in why
    old = replace(for_good, on=TODAY - A_YEAR - timedelta(days=1))
    status, why, _ = declared(standing(board, RowStatus.NOT_SHOWN), old)
    assert status is RowStatus.NOT_SHOWN
    assert "没有复核" in why


def test_rows_that_never_apply_have_no_control_whose_failing_would_be_hidden(
    board: Board,
) -> None:
    for row in board.rows:
        if row.status is RowStatus.NOT_APPLICABLE:
            assert not row.runs, row.duty.id
            assert all(one.settles for one in OVER_RECORDS if row.duty.id in one.duties)


def test_what_the_law_says_by_itself_stays_as_it_is(board: Board) -> None:
    away = next(row for row in board.rows if row.status is RowStatus.NOT_APPLICABLE)
    status, why, dossier = declared(board, replace(SAID, duty=away.duty.id))
    assert (status, why, dossier) == (RowStatus.NOT_APPLICABLE, away.why.zh, "")
    assert TODAY.isoformat() in why
    assert "本系统" in why


def test_a_board_without_declarations_is_the_same(board: Board) -> None:
    assert with_declared(board, {}) is board
