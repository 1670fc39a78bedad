"""An explanation says of a decision nothing else than the decision itself."""

from random import Random

from hypothesis import given
from tests.strategies.decisions import DAY, NOW, any_request, any_state, seeds
from tests.strategies.registers import law, small_registers

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.explaining import explained
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.register.model import Register


@given(small_registers(), seeds)
def test_what_failed_is_what_the_decision_names(register: Register, random: Random) -> None:
    book = Book(register=register, catalogue=law(), day=DAY)
    for _ in range(4):
        request = any_request(random, register)
        state = any_state(random, book, request.activity)
        decision = decide(request, state, book=book, at=NOW)
        weighed = explained(decision, request, state, book=book, at=NOW)
        failed = tuple(one.ruling for one in weighed if not one.holds)
        if decision.permits:
            assert failed == ()
            assert tuple(one.ruling for one in weighed) == decision.by
        else:
            assert sorted(failed) == sorted(decision.by)
            spoken = [(one.ruling.rule, one.ruling.row) for one in weighed]
            order = list(Rule)
            assert spoken == sorted(spoken, key=lambda one: (order.index(one[0]), one[1]))
