"""The pledge board for whoever looks: from what was kept, or with everything run on the spot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from chengnuo.domain.finding.board import Board
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.declared_rows import DeclaredRow, with_declared
from chengnuo.domain.finding.kept_board import kept_runs
from chengnuo.domain.finding.live import LiveRun, OverRecords
from chengnuo.domain.finding.live_board import with_live
from chengnuo.law.ids import DutyId
from chengnuo.ports.clock import Clock
from chengnuo.ports.control_runs import ControlRuns, ControlRunStore
from chengnuo.usecases.finding.source import RunsControls

Declared: TypeAlias = Callable[[], Mapping[DutyId, DeclaredRow]]
"""Which rows people declared not to apply."""


def nothing_declared() -> Mapping[DutyId, DeclaredRow]:
    """Return that nobody declared anything; for where there are no dossiers."""
    return {}


@runtime_checkable
class LiveBoard(Protocol):
    """Joins to the board over a register what the controls over records found."""

    def of(self, board: Board) -> Board:
        """Return a board with it."""
        ...

    def runs(self) -> tuple[LiveRun, ...]:
        """Return what each of them found."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBoard:
    """`LiveBoard` from runs that were kept; runs nothing.

    Attributes:
        controls: The controls over records that there are in this installation.
        kept: The kept runs.
        clock: Tells now.
        declared: Tells which rows people declared not to apply.

    """

    controls: tuple[OverRecords, ...]
    kept: ControlRuns
    clock: Clock
    declared: Declared = nothing_declared

    def of(self, board: Board) -> Board:
        """See `LiveBoard.of`."""
        return with_declared(with_live(board, self.runs()), self.declared())

    def runs(self) -> tuple[LiveRun, ...]:
        """See `LiveBoard.runs`."""
        return kept_runs(self.controls, self.kept.latest(), now=self.clock.now())


def with_runs(
    live: LiveBoard, kept: ControlRunStore, board: Board
) -> tuple[Board, Mapping[str, KeptRun]]:
    """Return a board, and the newest run of each control as it was put together from.

    A round that keeps a run meanwhile would have the board say what the run does not; both are read
    again then.
    """
    while True:
        reached = kept.reached()
        found, ran = live.of(board), kept.latest()
        if kept.reached() == reached:
            return found, ran


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNow:
    """`LiveBoard` with every control run on the spot; for where nothing is kept, and to compare.

    Attributes:
        sources: What there is to look at.
        clock: Tells now.
        declared: Tells which rows people declared not to apply.

    """

    sources: tuple[RunsControls, ...]
    clock: Clock
    declared: Declared = nothing_declared

    def of(self, board: Board) -> Board:
        """See `LiveBoard.of`."""
        return with_declared(with_live(board, self.runs()), self.declared())

    def runs(self) -> tuple[LiveRun, ...]:
        """See `LiveBoard.runs`."""
        now = self.clock.now()
        return tuple(run for one in self.sources for run in one.look(now).runs)
