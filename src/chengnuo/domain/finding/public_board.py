"""What of the pledge board is public: every row as it stands, and nothing about anybody.

A row is never left out, whatever it says. Of a control the public learns what it looks at, when it
fails, when it ran, on how much and how it ended; of what it found wrong only that it failed, never
which record, request, row or person. A count of records below `FEWEST` is told as fewer than that,
because it may point to somebody; what is counted in the register is public already.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from chengnuo.base.text import Text
from chengnuo.domain.finding.board import Board, BoardRow, ControlRun, RowStatus
from chengnuo.domain.finding.control import Outcome
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.kept_board import newest_of
from chengnuo.domain.finding.live import GOOD, LiveOutcome, LiveRun
from chengnuo.law.duty import Duty
from chengnuo.law.ids import DutyId

FEWEST: Final = 10
"""Fewer records than this are not told by number; a yardstick of ours."""

VALID_FOR: Final = timedelta(days=31)
"""How long a publication is to be taken for how things are, unless renewed; a yardstick of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicControl:
    """What the public learns of a control.

    Attributes:
        id: Its stable id.
        title: What it makes sure of.
        looks_at: On what.
        fails_when: What counts as failing.
        how_often: When it runs.
        over: `register` for what is declared, `records` for what the service recorded.
        outcome: How its last run ended, as a word that never changes.
        said: The same in words.
        looked_at: How many things it looked at; None for fewer than `FEWEST` records.
        ran: When it last ran; None where no run was recorded.
        position: Where that run is recorded in the log; None where it is not.

    """

    id: str
    title: Text
    looks_at: Text
    fails_when: Text
    how_often: Text
    over: str
    outcome: str
    said: Text
    looked_at: int | None
    ran: datetime | None
    position: int | None

    @property
    def disclosed(self) -> bool:
        """Whether what the log recorded of its run may be shown: it passed on many, or saw none."""
        shows = self.outcome in {Outcome.PASSED, Outcome.NOTHING_TO_CHECK}
        return shows and self.looked_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRow:
    """One row: the duty, its status, why, and its controls."""

    duty: Duty
    status: RowStatus
    why: Text
    controls: tuple[PublicControl, ...]

    @property
    def rests_on(self) -> tuple[DutyId, ...]:
        """The articles that it rests on."""
        return self.duty.related

    @property
    def outcomes(self) -> tuple[tuple[str, str, str], ...]:
        """Of each control on it the id, what it looks at and how it ended; see `board_said`."""
        return tuple((one.id, one.over, one.outcome) for one in self.controls)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLog:
    """The log that the runs stand in: its name, how far it went, and the key that signs it."""

    origin: str
    size: int
    vkey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBoard:
    """The board as it is published.

    Attributes:
        handler: Who promises.
        on: The day it speaks of.
        register: Version of the register.
        law: Version of the law catalogue.
        rows: Every row.
        log: The log; None where the board was made beside none.

    """

    handler: Text
    on: date
    register: str
    law: str
    rows: tuple[PublicRow, ...]
    log: PublicLog | None

    @property
    def until(self) -> date:
        """The last day on which it is to be taken for how things are."""
        return self.on + VALID_FOR

    def counts(self) -> Mapping[RowStatus, int]:
        """Return how many rows there are of each status."""
        return {status: sum(row.status is status for row in self.rows) for status in RowStatus}

    def sets(self) -> tuple[str, ...]:
        """Return the names of the sets, in their order."""
        return tuple(dict.fromkeys(set_of(row.duty.id) for row in self.rows))


def set_of(duty: DutyId) -> str:
    """Return the set of the board that a duty stands in, as `pledge`.

    >>> set_of(DutyId("action524-2.1"))
    'action524'

    """
    return str(duty).rpartition("-")[0]


def public_board(
    board: Board,
    *,
    handler: Text,
    law: str,
    ran: Mapping[str, KeptRun],
    log: PublicLog | None = None,
) -> PublicBoard:
    """Return what of a board is public.

    Args:
        board: The board, every row of it.
        handler: Who promises.
        law: Version of the law catalogue.
        ran: The last recorded run of each control, by its id.
        log: The log in which the runs are recorded.

    """
    return PublicBoard(
        handler=handler,
        on=board.on,
        register=str(board.version),
        law=law,
        rows=tuple(_row(row, ran, str(board.version)) for row in board.rows),
        log=log,
    )


def _row(row: BoardRow, ran: Mapping[str, KeptRun], version: str) -> PublicRow:
    controls = (
        *(_over_records(run, newest_of(run.control, ran)) for run in row.live),
        *(_over_register(run, newest_of(run.control, ran), version) for run in row.runs),
    )
    return PublicRow(duty=row.duty, status=row.status, why=_why(row), controls=controls)


def _over_register(run: ControlRun, last: KeptRun | None, version: str) -> PublicControl:
    found = run.result
    if last is not None and (last.register, last.outcome.value, last.looked_at) != (
        version,
        found.outcome.value,
        found.looked_at,
    ):
        last = None  # it is of another version or day, and proves nothing of this one
    return PublicControl(
        id=run.control.id,
        title=run.control.title,
        looks_at=run.control.looks_at,
        fails_when=run.control.fails_when,
        how_often=run.control.how_often,
        over="register",
        outcome=run.result.outcome.value,
        said=run.result.outcome.text,
        looked_at=run.result.looked_at,
        ran=None if last is None else last.at,
        position=None if last is None else last.position,
    )


def _over_records(run: LiveRun, last: KeptRun | None) -> PublicControl:
    count = run.result.looked_at
    return PublicControl(
        id=run.control.id,
        title=run.control.title,
        looks_at=run.control.looks_at,
        fails_when=run.control.fails_when,
        how_often=run.control.how_often,
        over="records",
        outcome=run.result.outcome.value,
        said=run.result.outcome.text,
        looked_at=None if 0 < count < FEWEST else count,
        ran=None if last is None else last.at,
        position=None if last is None else last.position,
    )


def _why(row: BoardRow) -> Text:
    """Return why a row stands as it does, in words of ours: what is seen inside stays there."""
    if row.status is RowStatus.NOT_APPLICABLE:
        return row.why
    if row.status is RowStatus.FAILING:
        return _FAILING if not any(_failed(row)) else _failing(sum(_failed(row)))
    if row.status is RowStatus.NOT_SHOWN:
        return _unshown(row)
    if row.status is RowStatus.SHOWN and not _passed(row):
        return _PUBLISHED
    if row.status is RowStatus.SHOWN and _sampled(row):
        return _SAMPLED
    return _WHY[row.status]


def _unshown(row: BoardRow) -> Text:
    if not row.runs and not row.live:
        return _NO_CONTROL
    if any(run.result.outcome is LiveOutcome.COULD_NOT_RUN for run in row.live):
        return _STOPPED
    if _passed(row):
        return _IN_PART
    if any(run.result.outcome is Outcome.PASSED for run in row.runs):
        return _DECLARED
    return _NOTHING


def _failed(row: BoardRow) -> Iterator[bool]:
    yield from (run.result.outcome is Outcome.FAILED for run in row.runs)
    yield from (run.result.outcome is LiveOutcome.FAILED for run in row.live)


def _passed(row: BoardRow) -> bool:
    return any(run.result.outcome in GOOD for run in row.live)


def _sampled(row: BoardRow) -> bool:
    return any(run.result.outcome is LiveOutcome.SAMPLED for run in row.live)


def _failing(count: int) -> Text:
    if count == 1:
        return Text("有一项检查不通过，见下。", "One control fails; it stands below.")
    return Text(f"有 {count} 项检查不通过，见下。", f"{count} controls fail; they stand below.")


_FAILING = Text("检查不通过。", "It fails.")
_NO_CONTROL = Text(
    "还没有检查它的手段，也就没有证据。", "No control looks at it yet, so there is no evidence."
)
_STOPPED = Text(
    "有检查没能运行完，不能算有证据。", "A control could not run to its end; that shows nothing."
)
_IN_PART = Text(
    "检查看到的都相符，但只看得到它的一部分。",
    "What the controls see agrees, and is only part of it.",
)
_DECLARED = Text(
    "已经写明会这样做；实际是否做到，还没有可以核对的记录。",
    "It is declared; there is no record yet by which to tell whether it is so.",
)
_NOTHING = Text("这段时间没有可以核对的内容或记录。", "There was nothing to look at in the period.")
_PUBLISHED = Text(
    "由登记簿生成并已公布当前版本；与实际是否一致另行核验。",
    "Derived from the register and published as it stands; whether it is true is verified apart.",
)
_SAMPLED = Text(
    "记录太多，只核对了最近的一部分，都符合。没有经过本服务的行为，这里看不到。",
    "There are too many records to look at each; the newest were, and agree. What did not go"
    " through this service is not seen here.",
)
_WHY: Mapping[RowStatus, Text] = {
    RowStatus.SHOWN: Text(
        "记录逐条核对，全部符合。没有经过本服务的行为，这里看不到。",
        "Every record agrees. What did not go through this service is not seen here.",
    ),
    RowStatus.STALE: Text(
        "有过证据，现在已经过时，不能算有证据。",
        "There was evidence; it is out of date by now and shows nothing.",
    ),
}
