"""Sifting many people where their state is kept, in the store's own language.

The store reads each person's consents, switches and age, and holds them to the conditions of a
request. Whoever it cannot settle by itself, because a deletion was recorded about them under any
name, it leaves to whoever asks: there are few, and what became of their keys stands elsewhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.decision.conditions import Conditions
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.individual.standing import AccountState
from chengnuo.law.age import AgeBand
from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What came out.

    Attributes:
        outcomes: In the order of the people; None for who has to be decided on their own.
        reasons: For those left out, how often each ruling stood in the way.
        by: What stands in the way of each, in the order of the people; empty for who is permitted
            and who has to be decided on their own.
        position: Up to where the state that was read had looked through the log.

    """

    outcomes: tuple[Outcome | None, ...]
    reasons: Counter[tuple[Outcome, Ruling]]
    by: tuple[tuple[Ruling, ...], ...]
    position: int


class Sifter(Protocol):
    """Sifts people by the kept state of consent."""

    def sift(
        self,
        people: Sequence[PersonKey],
        conditions: Conditions,
        *,
        at: int,
        age: AgeBand = AgeBand.UNKNOWN,
        account: AccountState = AccountState.GUEST,
    ) -> Sifted:
        """Return the outcome for each; of somebody unknown nothing is known.

        Args:
            people: Anybody, in any order, however often each.
            conditions: What the answer depends on, on the civil day of `at`.
            at: Microseconds since 1970; what took effect exactly then counts.
            age: Said of everybody; counts where no birth date is known.
            account: Said of everybody; counts where nothing else is known.

        Raises:
            DatabaseUnavailableError: The state cannot be read; nobody may be told yes.

        """
        ...
