"""What a decision asks of whoever keeps the state of individuals.

Whoever is asked about somebody unknown answers that nothing is known, never a neighbour's state
and never an error: no consent is the safe side.
"""

from typing import Protocol

from chengnuo.domain.decision.request import State
from chengnuo.ports.consents import NOTHING_SEEN, Seen
from chengnuo.ports.individuals import PersonKey


class States(Protocol):
    """Tells what is so about individuals."""

    def seen(self, *, by: int = 0) -> Seen:
        """Return how far the state goes; what is asked afterwards goes at least as far.

        Args:
            by: How many first records of the log there are at the least: it goes as far as that.

        """
        ...

    def at_hand(self, person: PersonKey) -> bool:
        """Tell whether somebody's state is known without waiting for a disk."""
        ...

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        """Return what was so about somebody at an instant by the first records of the log.

        An answer names the position that it takes into account, so it may rest on nothing later:
        else a replay, which reads up to there, would come out otherwise.

        Args:
            person: Anybody; of somebody unknown nothing is known.
            at: Microseconds since 1970; events at exactly that instant count.
            position: By how many records; None for all.

        Raises:
            UnavailableError: The state cannot be read; nobody may be told yes.

        """
        ...


class NobodyKnown:
    """`States` of an installation that has recorded nothing yet."""

    def seen(self, *, by: int = 0) -> Seen:
        """See `States.seen`."""
        return Seen(position=by, at=NOTHING_SEEN.at)

    def at_hand(self, person: PersonKey) -> bool:
        """See `States.at_hand`."""
        del person
        return True

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        """See `States.state_before`."""
        del person, at, position
        return State()
