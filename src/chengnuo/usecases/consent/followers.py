"""Whoever follows the state of consent: told of every change before it is acknowledged.

What a follower raises would keep an act from being acknowledged that is recorded already; so it
raises nothing, and sees by itself that nobody relies on it while it lacks something.
"""

from typing import Protocol

from chengnuo.domain.decision.request import State
from chengnuo.ports.consents import Seen
from chengnuo.ports.individuals import PersonKey


class Follower(Protocol):
    """Follows the state. Each method is called under the lock of the state."""

    def changed(self, person: PersonKey, state: State) -> None:
        """Take what is so about a name now."""
        ...

    def forgotten(self, ordinal: int) -> None:
        """Take that somebody's key is destroyed, before the state forgets them."""
        ...

    def expects(self, person: PersonKey | None) -> None:
        """Take whose state is about to change without a record; None once that was told."""
        ...

    def reached(self, seen: Seen) -> None:
        """Take how far the log is in what was told."""
        ...

    def lost(self) -> None:
        """Take that something may have changed that was not told."""
        ...


class Nobody:
    """A follower that does nothing."""

    def changed(self, person: PersonKey, state: State) -> None:
        """See `Follower.changed`."""

    def forgotten(self, ordinal: int) -> None:
        """See `Follower.forgotten`."""

    def expects(self, person: PersonKey | None) -> None:
        """See `Follower.expects`."""

    def reached(self, seen: Seen) -> None:
        """See `Follower.reached`."""

    def lost(self) -> None:
        """See `Follower.lost`."""


NOBODY = Nobody()
