"""The way of whatever waits to be inspected: taken up where it stands, looked at, kept.

What was being inspected when the process died is inspected again; what was only received is
recorded first. That something cannot be inspected is a result, not an error.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.governance.kit_vetting import KitVetting
from chengnuo.domain.governance.release import Release, ReleaseId, ReleaseState
from chengnuo.ports.clock import Clock
from chengnuo.ports.releases import ReleaseChangedError

One = TypeVar("One", Release, KitVetting)


class Waiting(Protocol[One]):
    """Where what is submitted is kept."""

    def one(self, wanted: ReleaseId, /) -> One:
        """Return one."""
        ...

    def in_state(self, state: ReleaseState) -> tuple[One, ...]:
        """Return those in a state, the oldest first."""
        ...

    def change(self, changed: One, /, *, was: ReleaseState) -> None:
        """Put one in the place of itself, if it is still in the state it was seen in."""
        ...


class TakingUp(ABC, Generic[One]):
    """Inspects what waits, one after the other, in whatever process is at hand."""

    @property
    @abstractmethod
    def waiting(self) -> Waiting[One]:
        """Where it is kept."""

    @property
    @abstractmethod
    def clock(self) -> Clock:
        """What tells the time."""

    @abstractmethod
    def settle(self, wanted: ReleaseId) -> One:
        """Record that it was submitted, once, if that is left to do, and return it."""

    @abstractmethod
    def look(self, one: One) -> Callable[[bool], One]:
        """Look into one that is being inspected.

        Returns what keeps and records what was found, told whether another process may have
        recorded it before, and returns the row with its result.

        Raises:
            ChengnuoError: It cannot be inspected.

        """

    def due(self) -> tuple[One, ...]:
        """Return what is to be done: what was interrupted, then by age."""
        states = (ReleaseState.INSPECTING, ReleaseState.RECEIVED, ReleaseState.SUBMITTED)
        return tuple(one for state in states for one in self.waiting.in_state(state))

    def inspect(self, wanted: ReleaseId) -> One:
        """Inspect one and return it as it is afterwards.

        That it cannot be inspected is a result, not an error.

        Raises:
            NoSuchReleaseError: There is no release of this id.
            NoSuchKitVettingError: There is no vetting of this id.
            LogUnavailableError: It could not be recorded; it is inspected again.
            PackageNotKeptError: What was found cannot be kept; it is inspected again.

        """
        one = self.settle(wanted)
        resumed = one.state is ReleaseState.INSPECTING
        try:
            if one.state is ReleaseState.SUBMITTED:
                begun = replace(one, state=ReleaseState.INSPECTING, changed_at=self.clock.now())
                self.waiting.change(begun, was=ReleaseState.SUBMITTED)
                one = begun
            if one.state is not ReleaseState.INSPECTING:
                return one
            keep = self.look(one)
        except ReleaseChangedError:
            return self.waiting.one(wanted)  # withdrawn in the meantime
        except ChengnuoError as error:
            now = self.clock.now()
            return self._end(
                replace(one, state=ReleaseState.FAILED, changed_at=now, error=error.code)
            )
        kept = keep(resumed)
        return self._end(replace(kept, state=ReleaseState.INSPECTED, changed_at=self.clock.now()))

    def _end(self, one: One) -> One:
        try:
            self.waiting.change(one, was=ReleaseState.INSPECTING)
        except ReleaseChangedError:
            return self.waiting.one(one.id)
        return one
