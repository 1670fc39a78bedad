"""The pledge board at a glance: what stands how, what changed in a week, every row a link."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.domain.finding.board import Board, BoardRow, RowStatus
from chengnuo.domain.finding.control_run import KeptStatus
from chengnuo.domain.finding.public_board import set_of
from chengnuo.doors.web.board_history import DayOfBoard, board_history, history_table
from chengnuo.doors.web.console_mends import board_mend, with_mend
from chengnuo.doors.web.page_parts import Cell, Empty, Row, Status, StatusKind, Table, Words, said
from chengnuo.doors.web.public_board_page import KINDS
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing

PATH = "/console/board"
PUBLISH = f"{PATH}/publish"
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFigure:
    """How many rows have a status, and the way to them."""

    status: Status
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardGroup:
    """The rows of one set."""

    key: str
    name: str
    count: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The whole board.

    Attributes:
        on: The day, in words.
        total: How many rows there are.
        figures: How many of each status.
        chosen: Name of the status that it is narrowed to; empty for all.
        since: What the changes are since; says so where nothing was kept a week ago.
        changes: What stands otherwise than a week ago.
        history: How many rows stood how, day by day; None before the first day.
        days: The same as a table.
        public: What the public is shown, in a sentence.
        groups: The sets.
        hurries: Whether whoever looks may have all controls run now.
        hurried: What became of asking for that, as a word; empty where nobody asked.

    """

    on: str
    total: int
    figures: tuple[BoardFigure, ...]
    chosen: str
    since: str
    changes: Table
    history: Drawing | None
    days: Table
    public: str
    groups: tuple[BoardGroup, ...]
    hurries: bool = False
    hurried: str = ""


def board_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    board: Board,
    past: Sequence[KeptStatus] = (),
    *,
    chosen: RowStatus | None = None,
    published: date | None = None,
    hurries: bool = False,
    hurried: str = "",
) -> BoardPage:
    """Return the board, set by set.

    Args:
        say: Words.
        board: The board as it is now.
        past: What it said of each row on days before, by day.
        chosen: Status to show; None for all.
        published: The day of what the public is shown; None for nothing.
        hurries: Whether whoever looks may have all controls run now.
        hurried: What became of asking for that, as a word; empty where nobody asked.

    """
    counts = board.counts()
    days = days_of(past)
    before = _week_ago(past, board.on)
    return BoardPage(
        on=say.day(board.on),
        total=len(board.rows),
        figures=tuple(
            BoardFigure(
                status=_counted(say, status, counts[status]),
                count=counts[status],
                href=PATH if status is chosen else f"{PATH}?status={status}",
                current=status is chosen,
            )
            for status in RowStatus
        ),
        chosen="" if chosen is None else chosen.text.in_lang(say.lang),
        since=_since(say, before),
        changes=_changes(say, board, before),
        history=board_history(say, days),
        days=history_table(say, days),
        public=say.t("board.public-none")
        if published is None
        else say.t("board.public-on", on=say.day(published)),
        groups=tuple(_groups(say, board, chosen)),
        hurries=hurries,
        hurried=hurried,
    )


def row_href(duty: str) -> str:
    """Return where a row has its own page."""
    return f"{PATH}/{duty}"


def status_of(say: Speaker, status: RowStatus) -> Status:
    """Return a status as shape, colour and word."""
    return Status(kind=KINDS[status], word=status.text.in_lang(say.lang))


def row_status(say: Speaker, row: BoardRow) -> Status:
    """Return how a row stands, with what mends it where it fails."""
    return with_mend(status_of(say, row.status), board_mend(say, row))


def days_of(past: Iterable[KeptStatus]) -> tuple[DayOfBoard, ...]:
    """Return how many rows stood how on each day that was kept, the oldest first."""
    found: dict[date, dict[RowStatus, int]] = {}
    for one in past:
        counts = found.setdefault(one.day, dict.fromkeys(RowStatus, 0))
        counts[one.status] += 1
    return tuple(DayOfBoard(day=day, counts=found[day]) for day in sorted(found))


def _counted(say: Speaker, status: RowStatus, count: int) -> Status:
    """The seal is not set over a count of nothing."""
    shown = status_of(say, status)
    return shown if count else Status(kind=StatusKind.NONE, word=shown.word)


def _week_ago(past: Sequence[KeptStatus], on: date) -> tuple[date, dict[str, RowStatus]] | None:
    """Return the newest day that was kept a week ago or before, and what stood on it."""
    days = {one.day for one in past if one.day <= on - _WEEK}
    if not days:
        return None
    day = max(days)
    return day, {str(one.duty): one.status for one in past if one.day == day}


def _since(say: Speaker, before: tuple[date, dict[str, RowStatus]] | None) -> str:
    if before is None:
        return say.t("board.no-week")
    return say.t("board.since", on=say.day(before[0]))


def _changes(say: Speaker, board: Board, before: tuple[date, dict[str, RowStatus]] | None) -> Table:
    was = {} if before is None else before[1]
    heads = ("what", "was", "status")
    return Table(
        caption=say.t("board.changes"),
        heads=tuple(say.t(f"board.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    _name(say, row),
                    said(was[row.duty.id].text.in_lang(say.lang)),
                    (Words(status=row_status(say, row)),),
                )
            )
            for row in board.rows
            if was.get(row.duty.id, row.status) is not row.status
        ),
        empty=Empty(
            name=say.t("board.no-changes"),
            text=say.t("empty.board-week"),
            href="#rows",
            act=say.t("nav.board"),
        ),
    )


def _groups(say: Speaker, board: Board, chosen: RowStatus | None) -> Iterator[BoardGroup]:
    for name in dict.fromkeys(set_of(row.duty.id) for row in board.rows):
        rows = board.in_set(name)
        wanted = [row for row in rows if chosen in {None, row.status}]
        if not wanted:
            continue
        shown = sum(row.status is RowStatus.SHOWN for row in rows)
        title = say.t(f"console.board.{name}")
        heads = ("what", "status", "why")
        yield BoardGroup(
            key=name,
            name=title,
            count=say.t("console.board.shown-of", shown=shown, total=len(rows)),
            table=Table(
                caption=title,
                heads=tuple(say.t(f"board.{head}") for head in heads),
                rows=tuple(_row(say, row) for row in wanted),
            ),
        )


def _row(say: Speaker, row: BoardRow) -> Row:
    return Row(
        anchor=row.duty.id,
        cells=(
            _name(say, row),
            (Words(status=row_status(say, row)),),
            (Words(text=row.why.in_lang(say.lang)),),
        ),
    )


def _name(say: Speaker, row: BoardRow) -> Cell:
    return (Words(text=row.duty.title.in_lang(say.lang), href=row_href(row.duty.id)),)
