"""Reference, compiled engine, planes, numpy batch and SQL say the same, reasons included.

All of them answer the same requests about the same people, who have histories under several names,
by the same register. Each answer of each way is compared with the reference's: the registers of
`check` make a hundred thousand comparisons, the long form makes a million.
"""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from tests.adapters.sql.sifting_kit import reasons_of, town
from tests.strategies.decisions import DAY, NOW, any_request, made_usable, seeds
from tests.strategies.registers import law, registers, small_registers

from chengnuo.adapters.sql.database import Database
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.conditions import conditions_of
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.lookup import OUTCOMES, Lookup, audience
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.model import Register
from chengnuo.engines.planes.ordinals import ordinals_of
from chengnuo.engines.planes.writing import memory_planes, put_whole
from chengnuo.law.age import AgeBand
from chengnuo.usecases.decision.answering import Stated

WAYS = ("engine", "planes", "batch", "SQL")
# Writing histories and making statements cost most, so many requests are asked about each of many.
REQUESTS, PEOPLE = 52, 23
NAMED = 3 * PEOPLE + 1  # each under three names, and somebody unknown
IN_CHECK, IN_SLOW = 7, 70
assert len(WAYS) * REQUESTS * NAMED * IN_CHECK >= 100_000
assert len(WAYS) * REQUESTS * NAMED * IN_SLOW >= 1_000_000


def compare_all_ways(database: Database, register: Register, random: Random) -> Counter[Outcome]:
    """Hold four ways to answer to the reference; return what came out."""
    book = Book(register=made_usable(random, register), catalogue=law(), day=DAY)
    people = town(database, random, book, people=PEOPLE)
    stated = Stated(
        age=random.choice((None, *AgeBand)), account=random.choice((None, *AccountState))
    )
    states = [stated.completed(one) for one in people.states()]
    assert len(states) == NAMED
    compiled = Compiled(book)
    planes = memory_planes(compiled.lanes.names, NAMED)
    for ordinal, state in enumerate(states):
        assert put_whole(planes, ordinal, compiled.lanes.bits_of(state))
    lookup, everybody = Lookup(compiled, planes), ordinals_of(range(NAMED))
    met = Counter[Outcome]()
    for _ in range(REQUESTS):
        request = any_request(random, book.register)
        expected = [decide(request, state, book=book, at=NOW) for state in states]
        outcomes = [one.outcome for one in expected]
        assert [compiled.decide(request, state, NOW) for state in states] == expected
        assert [lookup.decide(request, number, NOW) for number in range(NAMED)] == expected
        batch = audience(lookup, request, everybody, NOW)
        assert [OUTCOMES[code] for code in batch.outcomes] == outcomes
        assert dict(batch.decisions) == Counter(expected)
        sifted = people.sifter.sift(
            people.names,
            conditions_of(request, book),
            at=NOW,
            age=stated.age or AgeBand.UNKNOWN,
            account=stated.account or AccountState.GUEST,
        )
        assert list(sifted.outcomes) == outcomes
        assert sifted.reasons == reasons_of(expected) == batch.left_out
        met.update(outcomes)
    return met


@settings(max_examples=IN_CHECK)
@given(registers() | small_registers(), seeds)
def test_four_ways_say_what_the_reference_says(
    database: Database, register: Register, random: Random
) -> None:
    compare_all_ways(database, register, random)


@pytest.mark.slow
@settings(max_examples=IN_SLOW)
@given(registers() | small_registers(), seeds)
def test_four_ways_say_what_the_reference_says_a_million_times(
    database: Database, register: Register, random: Random
) -> None:
    compare_all_ways(database, register, random)
