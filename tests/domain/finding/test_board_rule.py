"""The board keeps the rule that its published form is held to, whatever its controls found."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.clean_register import TODAY

from chengnuo.base.text import Text
from chengnuo.domain.finding.all_controls import OVER_RECORDS
from chengnuo.domain.finding.board import Board, Publication, RowStatus, board_of
from chengnuo.domain.finding.board_said import board_said
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.declared_rows import DeclaredRow, with_declared
from chengnuo.domain.finding.live import Fault, LiveOutcome, LiveResult, LiveRun
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.public_board import public_board
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

WHY = Text("看到的。", "What was seen.")
ROWS = sorted({row for one in OVER_RECORDS for row in one.duties})
LACKING = {"could-not-run", "stale", "not-shown"}


@st.composite
def results(draw: st.DrawFn) -> LiveResult:
    """Return what a run may find: what failed has faults, what could not run may keep some."""
    outcome = draw(st.sampled_from(LiveOutcome))
    kept = outcome is LiveOutcome.COULD_NOT_RUN and draw(st.booleans())
    wrong = draw(st.integers(1, 30)) if kept or outcome is LiveOutcome.FAILED else 0
    faults = (Fault(position=3, what=WHY),) if wrong else ()
    looked_at = draw(st.integers(0, 40))
    return LiveResult(outcome=outcome, looked_at=looked_at, faults=faults, wrong=wrong, why=WHY)


RUNS = st.tuples(*(results() for _ in OVER_RECORDS))


@pytest.fixture(scope="module")
def declared(clean: Register, catalogue: Catalogue) -> Board:
    facts = facts_of(clean, catalogue, TODAY)
    bare = board_of(facts)
    return board_of(facts, published=Publication(bare.version, TODAY))


@given(RUNS, st.sets(st.sampled_from(ROWS)))
def test_every_board_keeps_the_published_rule(
    declared: Board, found: tuple[LiveResult, ...], away: set[str]
) -> None:
    runs = [
        LiveRun(control=one, result=result) for one, result in zip(OVER_RECORDS, found, strict=True)
    ]
    board = with_declared(
        with_live(declared, runs),
        {
            row: DeclaredRow(
                duty=row,
                reasons="没有",
                on=TODAY,
                until=TODAY + timedelta(days=30),
                dossier="na-1",
                by="a",
                approved_by="b",
            )
            for row in ROWS
            if row in away
        },
    )
    public = public_board(board, handler=Text("某"), law="x", ran={})
    assert board_said(board.rows) == board_said(public.rows)
    for row in board.rows:
        every = {outcome for _, _, outcome in row.outcomes}
        records = {outcome for _, over, outcome in row.outcomes if over == "records"}
        if "failed" in every:
            assert row.status is RowStatus.FAILING, row.duty.id
        elif row.status is RowStatus.FAILING:
            assert "could-not-run" in records, row.duty.id
        if row.status is RowStatus.SHOWN:
            assert every & {"passed", "sampled"}, row.duty.id
            assert not records & LACKING, row.duty.id
