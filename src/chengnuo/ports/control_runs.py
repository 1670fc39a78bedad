"""Runs of controls as they are kept: an index of the evidence log, to be made anew from it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from chengnuo.domain.finding.control_run import KeptRun, KeptStatus


class ControlRuns(Protocol):
    """Reads what was kept; nothing of it runs a control."""

    def latest(self) -> Mapping[str, KeptRun]:
        """Return the newest run of each control, by the id of the control."""
        ...

    def between(self, start: datetime, end: datetime) -> Iterator[KeptRun]:
        """Yield the runs from `start` on and before `end`, in the order of the log."""
        ...

    def newest(self, controls: Collection[str], limit: int) -> Sequence[KeptRun]:
        """Return the newest runs of some controls, the newest first."""
        ...

    def statuses(self, start: date, end: date, duty: str = "") -> Iterator[KeptStatus]:
        """Yield what the board said of each row at the end of each civil day, both days included.

        Where a duty is named, of its row alone.

        A day on which the board was not recorded has no line; by day, then row.
        """
        ...


class ControlRunStore(ControlRuns, Protocol):
    """Keeps them as well."""

    def keep(self, runs: Sequence[KeptRun], statuses: Sequence[KeptStatus] = ()) -> None:
        """Keep what was recorded; keeping the same again changes nothing.

        Raises:
            DatabaseUnavailableError: Nothing was kept.

        """
        ...

    def reached(self) -> int:
        """Return the position of the newest record that was kept; -1 before the first."""
        ...
