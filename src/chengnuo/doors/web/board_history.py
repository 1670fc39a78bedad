"""Pictures of the pledge board over time: the whole board by day, and one row from day to day.

The whole board: rows that are shown stand on the line; what fails, and what has no evidence, hangs
below it in other patterns. One row: a lane for each status, and a mark in the lane of each day's. A
day on which nothing was recorded is empty: it is not said to have been as the day before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.control_run import KeptStatus
from chengnuo.doors.web.console_mends import record_words, with_mend
from chengnuo.doors.web.page_parts import Empty, Mend, Row, Status, StatusKind, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import (
    DOT,
    GAP,
    Box,
    Drawing,
    Label,
    Mark,
    Told,
    drawn,
    px,
    rect,
)
from chengnuo.engines.drawing.plot import days_plot
from chengnuo.engines.drawing.scale import TEXT, day_ticks, wide_of

_DAY = timedelta(days=1)
_LANE, _MARK, _UNDER = 30, 16, 30
_PATTERNS: Mapping[RowStatus, int] = {
    RowStatus.SHOWN: 0,
    RowStatus.FAILING: 1,
    RowStatus.STALE: 2,
    RowStatus.NOT_SHOWN: 2,
    RowStatus.NOT_APPLICABLE: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfBoard:
    """How many rows stood how at the end of a day."""

    day: date
    counts: Mapping[RowStatus, int]

    @property
    def open(self) -> int:
        """How many rows had no fresh evidence and no fault."""
        return self.counts[RowStatus.STALE] + self.counts[RowStatus.NOT_SHOWN]


def board_history(say: Speaker, days: Sequence[DayOfBoard]) -> Drawing | None:
    """Return the picture of the whole board; None before the first day.

    Args:
        say: Words.
        days: The days that were kept, the oldest first.

    """
    if not days:
        return None
    first, last = days[0], days[-1]
    kept = {one.day: one for one in days}
    every = [first.day + _DAY * at for at in range((last.day - first.day).days + 1)]
    words = say.t(
        "board.history-words",
        start=say.day(first.day),
        end=say.day(last.day),
        first=first.counts[RowStatus.SHOWN],
        last=last.counts[RowStatus.SHOWN],
        failing=last.counts[RowStatus.FAILING],
        open=last.open,
    )
    told = Told(key="history", title=say.t("board.history"), words=words, lang=say.lang)
    return days_plot(told, [(day, _counts(kept.get(day))) for day in every])


def _counts(one: DayOfBoard | None) -> tuple[int, ...]:
    if one is None:
        return (0, 0, 0)
    return (one.counts[RowStatus.SHOWN], one.counts[RowStatus.FAILING], one.open)


def history_table(say: Speaker, days: Sequence[DayOfBoard]) -> Table:
    """Return the same as a table, the newest day first."""
    return Table(
        caption=say.t("board.history"),
        heads=(say.t("board.day"), *(one.text.in_lang(say.lang) for one in RowStatus)),
        rows=tuple(
            Row(
                cells=(
                    said(one.day.isoformat()),
                    *(said(str(one.counts[status])) for status in RowStatus),
                )
            )
            for one in reversed(days)
        ),
        numbers=tuple(range(1, len(RowStatus) + 1)),
        empty=Empty(
            name=say.t("board.no-history"),
            text=say.t("board.no-history-text"),
            href="/console/board",
            act=say.t("nav.board"),
        ),
    )


def row_history(say: Speaker, past: Sequence[KeptStatus]) -> Drawing | None:
    """Return the picture of one row; None before the first day.

    Args:
        say: Words.
        past: What the board said of the row, by day, the oldest first.

    """
    if not past:
        return None
    changes = sum(one.status is not other.status for one, other in pairwise(past))
    words = say.t(
        "board.row-words",
        start=say.day(past[0].day),
        end=say.day(past[-1].day),
        now=past[-1].status.text.in_lang(say.lang),
        days=len(past),
        changes=changes,
    )
    told = Told(key="row-history", title=say.t("board.row-history"), words=words, lang=say.lang)
    return drawn(told, lambda width: _lanes(say, past, width))


def row_table(
    say: Speaker,
    past: Sequence[KeptStatus],
    kinds: Mapping[RowStatus, StatusKind],
    mend: Mend | None = None,
) -> Table:
    """Return the days on which a row came to stand otherwise, the newest first.

    Args:
        say: Words.
        past: What was said of it day by day, the oldest first.
        kinds: How each status is shown.
        mend: What mends it where it failed; the record of the day proves that it did.

    """

    def shown(one: KeptStatus) -> Status:
        status = Status(kind=kinds[one.status], word=_word(say, one.status))
        if mend is None:
            return status
        return with_mend(
            status, replace(mend, proof=record_words(say, one.position, opens=say.opens))
        )

    befores: tuple[KeptStatus | None, ...] = (None, *past)
    turns = [
        one
        for before, one in zip(befores, past, strict=False)
        if before is None or before.status is not one.status
    ]
    return Table(
        caption=say.t("board.turns"),
        heads=(say.t("board.day"), say.t("board.status"), say.t("board.record")),
        rows=tuple(
            Row(
                cells=(
                    said(one.day.isoformat()),
                    (Words(status=shown(one)),),
                    (Words(text=f"{one.position:,}", href=_record(say, one.position)),),
                )
            )
            for one in reversed(turns)
        ),
        empty=Empty(
            name=say.t("board.no-history"),
            text=say.t("board.no-history-text"),
            href="/console/board",
            act=say.t("nav.board"),
        ),
    )


def _record(say: Speaker, position: int) -> str:
    return f"/console/evidence/records/{position}" if say.opens else ""


def _word(say: Speaker, status: RowStatus) -> str:
    return status.text.in_lang(say.lang)


def _lanes(say: Speaker, past: Sequence[KeptStatus], width: int) -> Box:
    names = [_word(say, status) for status in RowStatus]
    left = round(max(map(wide_of, names)) + GAP)
    start, end = past[0].day, past[-1].day
    span = (end - start).days + 1
    step = (width - left - DOT) / span
    wide = min(max(step - 1, 2.0), 24.0)
    bars = ["", "", ""]
    for one in past:
        lane = list(RowStatus).index(one.status)
        x = left + step * ((one.day - start).days + 0.5) - wide / 2
        bars[_PATTERNS[one.status]] += rect(x, lane * _LANE + (_LANE - _MARK) / 2, wide, _MARK)
    high = _LANE * len(names)
    rules = "".join(f"M{left} {px(_LANE * at)}H{width}" for at in range(1, len(names)))
    marks = [Mark("rule", rules), Mark("axis", f"M{left} {high}H{width}")]
    marks += [Mark(f"bar-{sort}", path) for sort, path in enumerate(bars) if path]
    labels = [
        Label(left - GAP, _LANE * at + _LANE / 2 + TEXT / 3, name, "end")
        for at, name in enumerate(names)
    ]
    last = 0.0
    for tick in day_ticks(start, end, width - left):
        half = wide_of(tick.text) / 2
        x = left + step * ((tick.day - start).days + 0.5)
        x = min(max(x, left + half), width - half)
        if not last or x - half >= last + GAP / 2:
            labels.append(Label(x, high + _UNDER - GAP, tick.text, "middle"))
            last = x + half
    return Box(width, high + _UNDER, tuple(marks), tuple(labels))
