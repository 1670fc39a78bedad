"""The state of consent that a running service keeps, read beside it.

The service may not have looked through the newest records yet. What it lacks is looked at here:
if none of it changes the state, the kept state is whole and can be sifted by; if something does,
or too much is missing, whoever asks reads the log itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.domain.decision.conditions import Conditions
from chengnuo.domain.individual.standing import AccountState
from chengnuo.law.age import AgeBand
from chengnuo.ports.consents import ConsentStore
from chengnuo.ports.evidence_log import LogReader, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.sifting import Sifted
from chengnuo.usecases.consent.taking_in import TakingIn
from chengnuo.usecases.evidence.tools import Reading

_MOST_LOOKED_AT = 100_000
"""Records after which reading the log itself is no slower."""


@dataclass(slots=True)
class KeptBeside:
    """`SiftedState` of a process that does not write the log.

    Attributes:
        store: What is kept.
        log: The log.
        reading: Tells what a record changes.

    """

    store: ConsentStore
    log: LogReader
    reading: TakingIn
    _whole: tuple[int, int] = (-1, 0)

    def level(self) -> int | None:
        """See `SiftedState.level`."""
        at = self.store.position()
        newest = next(self.log.newest(), None)
        size = 0 if newest is None else newest.position + 1
        start = max(at, self._whole[1]) if self._whole[0] == at else at
        if at > size or size - start > _MOST_LOOKED_AT:
            return None
        for position in range(start, size):
            if self.reading.taken(self.log.record(Position(position))) is not None:
                return None
        self._whole = (at, size)
        return at

    def is_erased(self, person: PersonKey) -> bool:
        """See `SiftedState.is_erased`."""
        return bool(self.reading.payloads.erasures(person))

    def sift(
        self,
        people: Sequence[PersonKey],
        conditions: Conditions,
        *,
        at: int,
        age: AgeBand = AgeBand.UNKNOWN,
        account: AccountState = AccountState.GUEST,
    ) -> Sifted:
        """See `Sifter.sift`."""
        return self.store.sift(people, conditions, at=at, age=age, account=account)


def kept_beside(reading: Reading) -> KeptBeside:
    """Return the kept state of an opened data folder."""
    return KeptBeside(
        store=reading.consents,
        log=reading.log,
        reading=TakingIn(log=reading.log, payloads=reading.payloads, register_of=_no_register),
    )


def _no_register(version: str) -> None:
    """Return no register: what follows from a withdrawal is not looked at here."""
    del version
