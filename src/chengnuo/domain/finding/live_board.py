"""The pledge board with what the controls over records found.

A row is shown by records only if a control that reaches as far as the duty passed on something,
every other control over records that speaks of it passed too, and the register does not break it.
"""

from collections.abc import Iterable
from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.finding.board import Board, BoardRow, RowStatus
from chengnuo.domain.finding.live import GOOD, PERIOD_DAYS, LiveOutcome, LiveRun


def with_live(board: Board, runs: Iterable[LiveRun]) -> Board:
    """Return a board with what the controls over records found."""
    by_duty: dict[str, list[LiveRun]] = {}
    for run in runs:
        for duty in run.control.duties:
            by_duty.setdefault(duty, []).append(run)
    return replace(
        board, rows=tuple(_row(row, tuple(by_duty.get(row.duty.id, ()))) for row in board.rows)
    )


def _row(row: BoardRow, runs: tuple[LiveRun, ...]) -> BoardRow:
    if row.status is RowStatus.NOT_APPLICABLE and not any(_settled(run) for run in runs):
        return replace(row, live=tuple(run for run in runs if run.control.settles))
    if not runs:
        return row
    wrong = sum(run.result.wrong for run in runs)
    if row.status is RowStatus.FAILING:
        return replace(row, live=runs)
    if wrong:
        days = max(run.control.days for run in runs if run.result.wrong)
        why = Text(
            f"近 {days} 天的记录中有 {wrong} 处与它不符。",
            f"The records of the last {days} days break it in {wrong} places.",
        )
        return replace(row, live=runs, status=RowStatus.FAILING, why=why)
    status, why = _unbroken(row, runs)
    return replace(row, live=runs, status=status, why=why)


def _unbroken(row: BoardRow, runs: tuple[LiveRun, ...]) -> tuple[RowStatus, Text]:
    ours = next((run for run in runs if _says_not_ours(run)), None)
    if ours is not None and ours.result.why is not None:
        return RowStatus.NOT_APPLICABLE, ours.result.why
    outcomes = {run.result.outcome for run in runs}
    if LiveOutcome.COULD_NOT_RUN in outcomes:
        status = row.status if row.status is RowStatus.STALE else RowStatus.NOT_SHOWN
        return status, _COULD_NOT_RUN
    for outcome, lacking in _NO_EVIDENCE:
        stopped = next((run for run in runs if run.result.outcome is outcome), None)
        if stopped is not None:
            return lacking, stopped.result.why or stopped.control.fails_when
    passed = [run for run in runs if run.result.outcome in GOOD]
    if not passed:
        unseen = next((run.result.why for run in runs if run.control.settles), None) or _UNSEEN
        return row.status, Text(f"{row.why.zh}{unseen.zh}", f"{row.why.en} {unseen.en}")
    if not any(row.duty.id in run.control.whole for run in passed):
        return row.status, _IN_PART
    days = max(run.control.days for run in passed)
    return RowStatus.SHOWN, _agrees(days, sampled=LiveOutcome.SAMPLED in outcomes)


def _agrees(days: int, *, sampled: bool) -> Text:
    zh, en = (
        ("的记录太多，只核对了最近的一部分，都符合。", "have too many records; the newest agree.")
        if sampled
        else ("的记录逐条核对，全部符合。", "agree, every record of them.")
    )
    return Text(
        f"近 {days} 天{zh}没有经过本服务的行为，这里看不到。",
        f"The last {days} days {en} What did not go through this service is not seen here.",
    )


def _settled(run: LiveRun) -> bool:
    """Tell whether a run speaks of a duty that would not apply by itself: somebody looked."""
    return run.control.settles and run.result.looked_at > 0


def _says_not_ours(run: LiveRun) -> bool:
    return run.control.settles and run.result.outcome is LiveOutcome.NOT_APPLICABLE


_UNSEEN = Text(
    f"近 {PERIOD_DAYS} 天没有可以核对的记录。",
    f"The last {PERIOD_DAYS} days have no record to look at.",
)
_COULD_NOT_RUN = Text(
    "对记录的检查没能运行完，不能算有证据。",
    "A control over the records could not run; that shows nothing.",
)
_IN_PART = Text(
    "记录与它相符，但只看得到它的一部分。",
    "The records agree with it, and see only part of it.",
)
_NO_EVIDENCE = (
    (LiveOutcome.STALE, RowStatus.STALE),
    (LiveOutcome.NOT_SHOWN, RowStatus.NOT_SHOWN),
)
"""Runs that came to their end and show nothing, the first that says so first."""
