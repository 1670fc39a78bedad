"""Reference, engine and SQL statement say the same of everybody, counts of reasons included."""

from collections import Counter
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from tests.adapters.sql.sifting_kit import Reasons, reasons_of, town
from tests.strategies.clean_register import clean_register
from tests.strategies.decisions import DAY, NOW, any_request, made_usable, seeds
from tests.strategies.registers import law, registers, small_registers

from chengnuo.adapters.sql.database import Database
from chengnuo.domain.consent.event import Merge
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.conditions import Conditions, conditions_of
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.engine import Compiled
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand, age_band
from chengnuo.ports.consents import (
    DeletionSeen,
    MergeKept,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Stated

REQUESTS = 4
EDGE = DAY.replace(year=DAY.year - 14)


def by_reference(
    request: Request, states: list[State], book: Book
) -> tuple[tuple[Outcome, ...], Reasons]:
    decisions = [decide(request, state, book=book, at=NOW) for state in states]
    compiled = Compiled(book)
    assert decisions == [compiled.decide(request, state, NOW) for state in states]
    return tuple(one.outcome for one in decisions), reasons_of(decisions)


@settings(max_examples=max(5, settings.default.max_examples // 3))
@given(registers() | small_registers(), seeds)
def test_sql_says_what_the_reference_says(
    database: Database, register: Register, random: Random
) -> None:
    book = Book(register=made_usable(random, register), catalogue=law(), day=DAY)
    people = town(database, random, book)
    states = people.states()
    for _ in range(REQUESTS):
        request = any_request(random, book.register)
        stated = Stated(
            age=random.choice((None, *AgeBand)), account=random.choice((None, *AccountState))
        )
        found = people.sifter.sift(
            people.names,
            conditions_of(request, book),
            at=NOW,
            age=stated.age or AgeBand.UNKNOWN,
            account=stated.account or AccountState.GUEST,
        )
        outcomes, reasons = by_reference(request, [stated.completed(one) for one in states], book)
        assert found.outcomes == outcomes
        assert found.reasons == reasons


def test_all_three_outcomes_come_out_of_the_clean_shop(database: Database) -> None:
    random, seen = Random(4), Counter[Outcome | None]()
    book = Book(register=clean_register(), catalogue=law(), day=DAY)
    people = town(database, random, book)
    states = people.states()
    for _ in range(60):
        request = any_request(random, book.register)
        found = people.sifter.sift(people.names, conditions_of(request, book), at=NOW)
        assert (found.outcomes, found.reasons) == by_reference(request, states, book)
        seen.update(found.outcomes)
    assert min(seen[one] for one in Outcome) > 10


def test_who_a_deletion_was_recorded_about_is_left_to_the_caller_under_every_name(
    database: Database,
) -> None:
    random = Random(5)
    book = Book(register=clean_register(), catalogue=law(), day=DAY)
    people = town(database, random, book)
    first, second = PersonKey("account-0"), PersonKey("account-1")
    people.store.apply(
        [
            MergeKept(merge=Merge(position=9000, at=NOW, one=first, other=second)),
            DeletionSeen(person=first),
        ],
        ordinals=[],
        position=2,
    )
    conditions = conditions_of(Request(activity=book.register.activities[0].activity), book)
    found = people.sifter.sift([first, PersonKey("account-2"), second, first], conditions, at=NOW)
    assert [one is None for one in found.outcomes] == [True, False, True, True]


def test_a_list_of_nobody_is_no_error(database: Database) -> None:
    book = Book(register=clean_register(), catalogue=law(), day=DAY)
    people = town(database, Random(6), book)
    assert people.sifter.sift([], _of(book), at=NOW).outcomes == ()


def test_ids_are_data_and_never_sql(database: Database) -> None:
    book = Book(register=clean_register(), catalogue=law(), day=DAY)
    people = town(database, Random(7), book)
    strange = [PersonKey("'; DROP TABLE consent_act; --"), PersonKey('"\\\u0000')]
    found = people.sifter.sift(strange, _of(book), at=NOW)
    assert Outcome.PERMIT not in found.outcomes
    assert len(people.states()) == len(people.names)


def test_a_child_stays_a_child_through_the_fourteenth_birthday() -> None:
    book = Book(register=clean_register(), catalogue=law(), day=DAY)
    conditions = _of(book)
    for born in (EDGE - timedelta(days=1), EDGE, EDGE + timedelta(days=1)):
        is_child = age_band(born, DAY) is AgeBand.UNDER_14
        assert (born >= conditions.child_from) is is_child


def _of(book: Book) -> Conditions:
    return conditions_of(Request(activity=book.register.activities[0].activity), book)
