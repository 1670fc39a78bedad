"""Running the controls: what is due is looked at, what is new is recorded, then kept.

A run is a record of the evidence log before it is a row; what a stop leaves between the two is made
up from the log at the next start. One control that cannot run keeps no other back: it is recorded
that it could not.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.finding.all_controls import CONTROLS
from chengnuo.domain.finding.board import Board
from chengnuo.domain.finding.control_run import KeptRun, KeptStatus
from chengnuo.domain.finding.declared_control import LOOK_EVERY, DeclaredControl
from chengnuo.domain.finding.kept_board import newest_of
from chengnuo.domain.finding.live import OverRecords
from chengnuo.domain.finding.still_wrong import still_wrong
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.clock import Clock
from chengnuo.ports.control_runs import ControlRunStore
from chengnuo.ports.evidence_log import LogUnavailableError, Position
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.finding.boards import Declared, KeptBoard
from chengnuo.usecases.finding.over_register import found_in_register
from chengnuo.usecases.finding.recording_runs import (
    Found,
    draft_of,
    is_news,
    kept_of,
    read_back,
)
from chengnuo.usecases.finding.saying_board import BoardSaying
from chengnuo.usecases.finding.source import RunsControls
from chengnuo.usecases.register_desk import Desk, Served

HURRY_EVERY = timedelta(minutes=1)
"""How soon all controls may be asked for again."""
_AT_ONCE = 200
"""Records made up in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRunner:
    """Runs the controls of an installation.

    Attributes:
        register: The register in force.
        sources: What there is to look at beside it, each with its controls.
        recorder: Records runs.
        store: Keeps them.
        clock: Tells now.
        board: Puts the board together from what is kept.
        saying: Records what it says.

    """

    register: Desk
    sources: tuple[RunsControls, ...]
    recorder: Recorder
    store: ControlRunStore
    clock: Clock
    board: Callable[[Board], Board]
    saying: BoardSaying
    _one_at_a_time: AbstractContextManager[bool] = field(default_factory=Lock, repr=False)
    _looked: dict[str, datetime] = field(default_factory=dict)
    _asked: dict[str, datetime] = field(default_factory=dict)
    """Controls that somebody wants to be run, and when they last said so."""

    @property
    def over_records(self) -> tuple[OverRecords, ...]:
        """The controls over records that this installation has."""
        return tuple(one for source in self.sources for one in source.controls)

    @property
    def controls(self) -> tuple[DeclaredControl, ...]:
        """Every control that this installation has."""
        return (*CONTROLS, *self.over_records)

    def run(
        self,
        only: Collection[str] | None = None,
        *,
        told: Callable[[int], None] = lambda _: None,
    ) -> tuple[KeptRun, ...]:
        """Run controls now, and record and keep every run.

        Args:
            only: Ids of controls; None for all.
            told: Told how many controls have run, after each source.

        Raises:
            NoRegisterError: There is no register to hold anything to.
            LogUnavailableError: Nothing can be recorded now.
            DatabaseUnavailableError: It was recorded and cannot be kept now; it will be made up.

        """
        with self._one_at_a_time:
            kept, done, before = list[KeptRun](), 0, self.store.latest()
            for found in self._look(self.register.served, self.clock.now(), only, before):
                kept += self._record(found)
                done += len(found)
                told(done)
            self._record_board()
            return tuple(kept)

    def look(
        self, only: Collection[str] | None = None, *, told: Callable[[int], None] = lambda _: None
    ) -> tuple[Found, ...]:
        """Run controls now and record nothing, as `run` does otherwise.

        Raises:
            NoRegisterError: There is no register to hold anything to.

        """
        seen, before = list[Found](), self.store.latest()
        for found in self._look(self.register.served, self.clock.now(), only, before):
            seen += found
            told(len(seen))
        return tuple(seen)

    def hurry(self, by: AccountId) -> bool:
        """Have every control run in the next round, because somebody asks; record who.

        Args:
            by: Account of who asks.

        Returns:
            Whether it was taken: False where somebody asked less than `HURRY_EVERY` ago.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        now = self.clock.now()
        if abs(now - self._asked.get("", now - HURRY_EVERY)) < HURRY_EVERY:
            return False
        self.recorder.record(  # one person is enough: it hides nothing
            Kind.CONFIGURATION, {"what": "controls-hurried", "by": by, "single_person": True}
        )
        self._asked.update(dict.fromkeys(("", *(one.id for one in self.controls)), now))
        return True

    def run_due(self, goes_on: Callable[[], bool] = lambda: True) -> int:
        """Run what is due, record what is new or due to be recorded; return how many ran.

        Args:
            goes_on: Asked before each source; once it says no, the rest waits for the next call.

        Raises:
            LogUnavailableError: Nothing can be recorded now.
            DatabaseUnavailableError: It was recorded and cannot be kept now; it will be made up.

        """
        with self._one_at_a_time:
            served = self.register.current()
            if served is None:
                return 0
            now, before, ran = self.clock.now(), self.store.latest(), 0
            due = self._due(served, now, before)
            for found in self._look(served, now, due, before, goes_on):
                ran += len(found)
                self._record([one for one in found if self._is_recorded(one, before, now)])
            if ran:
                self._record_board()
            return ran

    def mend(self) -> int:
        """Keep the runs that were recorded and not kept; return how many records that were.

        An empty store is filled anew so from the log alone.

        Raises:
            LogDamagedError: A record is not what was written.

        """
        log, reached = self.recorder.log, self.store.reached()
        try:
            log.publish()
        except LogUnavailableError:
            return 0  # there is no record yet, or none can be written
        _, last = log.last(open_tag(Kind.CONTROL_RUN))
        missing = list[Position]()
        while last is not None and last > reached:
            missing.append(last)
            last = log.record(last).before
        for start in range(0, len(missing), _AT_ONCE):
            self._keep_again(missing[::-1][start : start + _AT_ONCE])
        return len(missing)

    def _keep_again(self, positions: Iterable[Position]) -> None:
        runs, statuses = list[KeptRun](), list[KeptStatus]()
        for position in positions:
            record = self.recorder.log.record(position)
            payload = self.recorder.payloads.opened(record).payload
            if payload is None:
                continue
            found = read_back(record, payload)
            if found is None:
                continue
            if isinstance(found, KeptRun):
                runs.append(found)
            else:
                statuses.extend(found)
        self.store.keep(runs, statuses)

    def _look(
        self,
        served: Served,
        now: datetime,
        only: Collection[str] | None,
        before: Mapping[str, KeptRun],
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Iterator[list[Found]]:
        """Yield what each source found, the register first."""
        every = found_in_register(served, self.register.catalogue.version.digest)
        yield [one for name, one in every.items() if only is None or name in only]
        for source in self.sources:
            if only is not None and not any(one.id in only for one in source.controls):
                continue
            if not goes_on():
                return
            looks = source.look(now, only)
            yield [
                Found(
                    control=run.control.id,
                    result=still_wrong(run.result, newest_of(run.control, before), self._at, now),
                    digest=looks.digest,
                )
                for run in looks.runs
            ]

    def _at(self, position: int) -> datetime:
        return from_us(self.recorder.log.record(Position(position)).leaf.at)

    def _due(self, served: Served, now: datetime, before: Mapping[str, KeptRun]) -> set[str]:
        due = {
            one.id
            for one in self.controls
            if one.id in self._asked or self._is_due(one.id, before.get(one.id), now)
        }
        due.update(
            one.id
            for one in CONTROLS
            if one.id not in due and before[one.id].register != served.version
        )
        return due

    def _is_due(self, control: str, last: KeptRun | None, now: datetime) -> bool:
        """Tell whether it is time to look: both ways, as a clock may have been set back."""
        looked = self._looked.get(control)
        if last is None:
            return True
        if looked is None:
            looked = last.at
        elif last.at <= now:
            looked = max(looked, last.at)
        return abs(now - looked) >= LOOK_EVERY

    def _is_recorded(self, found: Found, before: Mapping[str, KeptRun], now: datetime) -> bool:
        """Tell whether a run is recorded: asked for, the first, news, or its interval is over."""
        self._looked[found.control] = now
        asked, last = self._asked.pop(found.control, None), before.get(found.control)
        if asked is not None or last is None or is_news(found, last):
            return True
        every = next(one.every for one in self.controls if one.id == found.control)
        over_register = found.control in _OVER_REGISTER
        return abs(now - last.at) >= every or (
            over_register and last.register != self.recorder.in_force().register
        )

    def _record(self, found: Sequence[Found]) -> tuple[KeptRun, ...]:
        if not found:
            return ()
        drafts = [draft_of(self.recorder, one) for one in found]
        appended = self.recorder.log.append(drafts)
        kept = kept_of(found, first=appended.first, at=appended.at, register=drafts[0].register)
        self.store.keep(kept)
        return kept

    def _record_board(self) -> None:
        """Record what the board says as a whole, unless the same was recorded this day."""
        served = self.register.current()
        if served is not None:
            self.saying.record(self.board(served.board).rows)


def runner_of(  # noqa: PLR0913  what a runner stands on
    sources: tuple[RunsControls, ...],
    *,
    register: Desk,
    recorder: Recorder,
    store: ControlRunStore,
    clock: Clock,
    declared: Declared,
) -> tuple[ControlRunner, KeptBoard]:
    """Return what runs the controls of some sources, and the board from what it keeps."""
    over_records = tuple(one for source in sources for one in source.controls)
    board = KeptBoard(controls=over_records, kept=store, clock=clock, declared=declared)
    runner = ControlRunner(
        register=register,
        sources=sources,
        recorder=recorder,
        store=store,
        clock=clock,
        board=board.of,
        saying=BoardSaying(recorder=recorder, store=store, clock=clock),
    )
    return runner, board


_OVER_REGISTER = frozenset(one.id for one in CONTROLS)
