"""The pledge board as a page: every duty and pledge with its evidence, or honestly without."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.finding.board import SETS, Board, BoardRow, ControlRun, RowStatus
from chengnuo.domain.finding.control import Outcome
from chengnuo.domain.finding.live import LiveRun
from chengnuo.doors.web.console_record_faults import fault_words, fix_words, newest_words
from chengnuo.doors.web.page_parts import Cell, Row, Status, StatusKind, Table, Words
from chengnuo.doors.web.register_words import Speaker

_FAULTS_SHOWN = 3
_KINDS = {
    RowStatus.SHOWN: StatusKind.SHOWN,
    RowStatus.FAILING: StatusKind.GRAVE,
    RowStatus.STALE: StatusKind.WARN,
    RowStatus.NOT_SHOWN: StatusKind.NONE,
    RowStatus.NOT_APPLICABLE: StatusKind.NOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFigure:
    """How many rows have a status."""

    status: Status
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardGroup:
    """The rows of one set."""

    key: str
    name: str
    count: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The whole board."""

    on: str
    total: int
    figures: tuple[BoardFigure, ...]
    groups: tuple[BoardGroup, ...]


def board_page(say: Speaker, board: Board) -> BoardPage:
    """Return the board, set by set."""
    counts = board.counts()
    return BoardPage(
        on=say.day(board.on),
        total=len(board.rows),
        figures=tuple(
            BoardFigure(status=_counted(say, status, counts[status]), count=counts[status])
            for status in RowStatus
            if counts[status] or status is RowStatus.SHOWN
        ),
        groups=tuple(_group(say, name, board.in_set(name)) for name in SETS),
    )


def _status(say: Speaker, status: RowStatus) -> Status:
    return Status(kind=_KINDS[status], word=status.text.in_lang(say.lang))


def _counted(say: Speaker, status: RowStatus, count: int) -> Status:
    """The seal is not set over a count of nothing."""
    shown = _status(say, status)
    return shown if count else Status(kind=StatusKind.NONE, word=shown.word)


def _group(say: Speaker, name: str, rows: tuple[BoardRow, ...]) -> BoardGroup:
    title = say.t(f"console.board.{name}")
    shown = sum(row.status is RowStatus.SHOWN for row in rows)
    heads = ("what", "status", "evidence")
    return BoardGroup(
        key=name,
        name=title,
        count=say.t("console.board.shown-of", shown=shown, total=len(rows)),
        table=Table(
            caption=title,
            heads=tuple(say.t(f"console.board.{head}") for head in heads),
            rows=tuple(_row(say, row) for row in rows),
        ),
    )


def _row(say: Speaker, row: BoardRow) -> Row:
    duty = row.duty
    return Row(
        anchor=duty.id,
        cells=(
            (Words(text=duty.title.in_lang(say.lang), notes=(duty.id,)),),
            (Words(status=_status(say, row.status)),),
            _evidence(say, row),
        ),
    )


def _evidence(say: Speaker, row: BoardRow) -> Cell:
    why = Words(text=row.why.in_lang(say.lang))
    live = (words for run in row.live for words in _live(say, run))
    return (why, *live, *(_run(say, run) for run in row.runs))


def _live(say: Speaker, run: LiveRun) -> Iterator[Words]:
    """Yield what a control over records found, and the records that it found wrong."""
    result = run.result
    looked = say.t(
        "console.board.looked",
        what=run.control.looks_at.in_lang(say.lang),
        n=result.looked_at,
        outcome=result.outcome.text.in_lang(say.lang),
    )
    fails = say.t("console.board.fails-when", when=run.control.fails_when.in_lang(say.lang))
    why = () if result.why is None else (result.why.in_lang(say.lang),)
    yield Words(text=run.control.title.in_lang(say.lang), notes=(looked, *why, fails))
    for fault in result.faults[:_FAULTS_SHOWN]:
        yield from fault_words(say, fault, fault.what.in_lang(say.lang), *_to_do(say, run))
    if result.newest and not result.faults:
        yield newest_words(say, result.newest)
    if result.wrong > _FAULTS_SHOWN:
        yield Words(text=say.t("console.board.more", n=result.wrong - _FAULTS_SHOWN))


def _run(say: Speaker, run: ControlRun) -> Words:
    result = run.result
    title = run.control.title.in_lang(say.lang)
    looked = say.t(
        "console.board.looked",
        what=run.control.looks_at.in_lang(say.lang),
        n=result.looked_at,
        outcome=result.outcome.text.in_lang(say.lang),
    )
    if result.outcome is not Outcome.FAILED:
        return Words(text=title, notes=(looked,))
    href = f"/console/findings#rule-{result.findings[0].rule}"
    return Words(text=title, href=href, notes=(looked,))


def _to_do(say: Speaker, run: LiveRun) -> Iterator[str]:
    """Yield the articles that a fault offends, and what to do about it."""
    if run.control.rests_on:
        yield say.t("console.board.rests-on", articles=say.joined(run.control.rests_on))
    if run.control.fix is not None:
        yield say.t("console.board.fix", what=fix_words(say, run))
