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

    def seen(self) -> Seen:
        """Return how far the state goes; what is asked afterwards goes at least as far."""
        ...

    def state_of(self, person: PersonKey, at: int) -> State:
        """Return what was so about somebody at an instant, as far as is known now.

        Args:
            person: Anybody; of somebody unknown nothing is known.
            at: Microseconds since 1970; events at exactly that instant count.

        Raises:
            UnavailableError: The state cannot be read; nobody may be told yes.

        """
        ...


class NobodyKnown:
    """`States` of an installation that has recorded nothing yet."""

    def seen(self) -> Seen:
        """See `States.seen`."""
        return NOTHING_SEEN

    def state_of(self, person: PersonKey, at: int) -> State:
        """See `States.state_of`."""
        del person, at
        return State()
