"""`Sifter` over SQLite: the decision about many people as one SQL statement.

The statement is made for the conditions of a request (`sifting_sql`); people go in as one JSON
parameter, so that a list of any length is one statement. Each row comes back with its outcome and
with one bit for each condition that holds, packed by fifties.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import CONSENT_STATE
from chengnuo.adapters.sql.sifting_sql import BITS, sifting
from chengnuo.domain.decision.conditions import Conditions
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.individual.standing import AccountState
from chengnuo.law.age import AgeBand
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.sifting import Sifted


@dataclass(frozen=True, slots=True)
class SqlSifter:
    """`Sifter` over the consent tables."""

    database: Database

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
        statement = sifting(conditions, age=age, account=account)
        # PostgreSQL knows no text with a zero in it, so there is nobody of such a name.
        names = [person.replace("\0", "\ufffd") for person in people]
        given = {"people": json.dumps(names), "at": at}
        outcomes: list[Outcome | None] = []
        kinds: Counter[tuple[Outcome, tuple[int, ...]]] = Counter()
        by: list[tuple[Ruling, ...]] = []
        known: dict[tuple[int, ...], tuple[Ruling, ...]] = {}
        with self.database.read() as connection:
            position = connection.execute(select(CONSENT_STATE.c.position)).scalar() or 0
            for said, *masks in connection.execute(statement, given):
                outcome = None if said is None else Outcome(said)
                outcomes.append(outcome)
                if outcome is None or outcome is Outcome.PERMIT:
                    by.append(())
                    continue
                held = tuple(masks)
                if held not in known:
                    known[held] = tuple(_rulings(held, conditions))
                by.append(known[held])
                kinds[outcome, held] += 1
        reasons: Counter[tuple[Outcome, Ruling]] = Counter()
        for (outcome, held), count in kinds.items():
            for ruling in known[held]:
                reasons[outcome, ruling] += count
        return Sifted(outcomes=tuple(outcomes), reasons=reasons, by=tuple(by), position=position)


def _rulings(masks: tuple[int, ...], conditions: Conditions) -> Iterator[Ruling]:
    """Yield what stands in the way of whoever some conditions hold of."""
    yield from conditions.always
    for number, condition in enumerate(conditions.some):
        if masks[number // BITS] >> (number % BITS) & 1:
            yield condition.ruling
