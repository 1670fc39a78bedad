"""The pledge board with the controls over records, run at most once a minute."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from chengnuo.base.errors import IntegrityError, UnavailableError
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Text
from chengnuo.domain.finding.board import Board
from chengnuo.domain.finding.consent_controls import CONTROLS
from chengnuo.domain.finding.live import LiveRun, none_ran, run_all
from chengnuo.domain.finding.live_board import with_live
from chengnuo.domain.finding.rights_controls import CONTROLS as OVER_REQUESTS
from chengnuo.ports.clock import Clock
from chengnuo.usecases.consent.records_seen import RecordsSeen

_FRESH_US = 60_000_000


class LiveBoard:
    """Runs the controls over records and joins what they find to a board."""

    def __init__(
        self,
        records: RecordsSeen,
        clock: Clock,
        requests: Callable[[datetime], tuple[LiveRun, ...]] | None = None,
    ) -> None:
        """Take what looks records up, a clock, and what runs the controls over requests.

        Without the last there are no requests about rights, and no control over them.
        """
        self._records = records
        self._clock = clock
        self._requests = requests
        self._one_at_a_time = Lock()
        self._last: tuple[int, tuple[LiveRun, ...]] | None = None

    def of(self, board: Board) -> Board:
        """Return a board with what the controls over records find; never without saying why not."""
        return with_live(board, self.runs())

    def runs(self) -> tuple[LiveRun, ...]:
        """Return what the controls found, not longer ago than a minute."""
        now = to_us(self._clock.now())
        with self._one_at_a_time:
            if self._last is None or not 0 <= now - self._last[0] < _FRESH_US:
                self._last = (now, self._run(now))
            return self._last[1]

    def _run(self, now: int) -> tuple[LiveRun, ...]:
        try:
            of_records = run_all(CONTROLS, self._records.of_period(now))
        except (UnavailableError, IntegrityError) as error:
            of_records = none_ran(CONTROLS, _cannot_be_read(error.code))
        return (*of_records, *self._run_requests(now))

    def _run_requests(self, now: int) -> tuple[LiveRun, ...]:
        if self._requests is None:
            return ()
        try:
            return self._requests(from_us(now))
        except (UnavailableError, IntegrityError) as error:
            return none_ran(OVER_REQUESTS, _cannot_be_read(error.code))


def _cannot_be_read(code: str) -> Text:
    return Text(f"记录现在读不了（{code}）。", f"The records cannot be read now ({code}).")
