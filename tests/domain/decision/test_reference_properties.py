"""What holds of the reference for every register, request and history."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from tests.domain.decision.shop import ADULT, NOW, act, agreed, book_of
from tests.strategies.clean_register import TODAY, clean_register
from tests.strategies.decisions import (
    any_history,
    any_request,
    any_state,
    made_usable,
    seeds,
)
from tests.strategies.registers import law, registers, small_registers

from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.fold import standing
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.proofs import (
    blocked_under_refusal,
    prove,
    recognised_as_necessary,
)
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.activity import MinorsRule, ProcessingActivity
from chengnuo.domain.register.consent_items import ConsentItem, MatterKind
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import AgreedTerms, VettingResult
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId

REQUESTS = 12
YOUNG = replace(ADULT, age=AgeBand.FROM_14_TO_17)


def worse_states(random: Random, state: State) -> Iterator[State]:
    """Yield states in which one thing more stands in the way."""
    yield replace(state, individual=replace(state.individual, restricted=True))
    yield replace(state, individual=replace(state.individual, suppressed=True))
    yield replace(state, individual=replace(state.individual, account=AccountState.CANCELLED))
    yield replace(state, switches=dict.fromkeys(state.switches, False))
    yield replace(state, consents={})
    if state.consents:
        item, event = random.choice(sorted(state.consents.items()))
        for no in (Act.REFUSE, Act.WITHDRAW, Act.EXPIRE, Act.SUPERSEDE):
            yield replace(state, consents=state.consents | {item: replace(event, act=no)})
        ended = replace(event, until=NOW - 1)
        yield replace(state, consents=state.consents | {item: ended})


def stricter_activity(random: Random, activity: ProcessingActivity) -> ProcessingActivity:
    """Return an activity that allows less in one way."""
    method = activity.method
    return random.choice(
        (
            replace(activity, recipients=activity.recipients[1:]),
            replace(activity, method=replace(method, operations=method.operations[1:])),
            replace(activity, disclosure=None),
            replace(activity, assessment=None),
            replace(activity, minors_under_14=MinorsRule.NOT_COLLECTED),
            replace(activity, started=TODAY + timedelta(days=1)),
            replace(activity, also_in_force=()),
            replace(activity, items=activity.items[1:] or activity.items),
            replace(activity, items=tuple(replace(one, sensitive=True) for one in activity.items)),
        )
    )


def stricter(random: Random, register: Register) -> Register:
    """Return a register that forbids more, and nothing less."""
    yesterday = TODAY - timedelta(days=1)
    return random.choice(
        (
            replace(
                register,
                activities=tuple(stricter_activity(random, one) for one in register.activities),
            ),
            replace(
                register,
                assessments=tuple(
                    replace(one, valid_until=yesterday) for one in register.assessments
                ),
            ),
            replace(
                register,
                agreements=tuple(replace(one, expires=yesterday) for one in register.agreements),
            ),
            replace(
                register,
                agreements=tuple(
                    replace(
                        one,
                        terms=tuple(
                            AgreedTerms(
                                recipient=recipient.recipient,
                                purpose=recipient.purpose,
                                categories=recipient.categories[1:] or (CategoryId("PI-BIO-FACE"),),
                            )
                            for recipient in register.recipients
                        ),
                    )
                    for one in register.agreements
                ),
            ),
            replace(
                register,
                recipients=tuple(replace(one, cross_border=None) for one in register.recipients),
            ),
            replace(
                register,
                recipients=tuple(
                    replace(one, vetting=replace(one.vetting, result=VettingResult.REJECTED))
                    if one.vetting
                    else replace(one, categories=one.categories[1:])
                    for one in register.recipients
                ),
            ),
            replace(
                register,
                services=tuple(replace(one, requires_account=True) for one in register.services),
            ),
            replace(
                register,
                switches=tuple(replace(one, default_on=False) for one in register.switches),
            ),
        )
    )


def worth_asking(random: Random, book: Book) -> Iterator[tuple[Request, State]]:
    """Yield requests with states, some of them of somebody who agreed to everything."""
    for _ in range(REQUESTS):
        request = any_request(random, book.register)
        state = any_state(random, book, request.activity)
        yield request, agreed(book, state.individual) if random.random() < 0.5 else state


@given(registers() | small_registers(), seeds)
def test_a_more_forbidding_state_never_permits_more(register: Register, random: Random) -> None:
    book = book_of(made_usable(random, register))
    for request, state in worth_asking(random, book):
        if not decide(request, state, book=book, at=NOW).permits:
            worse = worse_states(random, state)
            assert not any(decide(request, one, book=book, at=NOW).permits for one in worse)


@given(registers() | small_registers(), seeds)
def test_a_more_forbidding_register_never_permits_more(register: Register, random: Random) -> None:
    book = book_of(made_usable(random, register))
    strict = book_of(stricter(random, book.register))
    for request, state in worth_asking(random, book):
        # Said in full: what "all that the activity handles" means changes with the register.
        activity = book.register.activity_by_id.get(request.activity)
        named = request.categories
        if named is None and activity is not None:
            named = frozenset(activity.categories)
        asked = replace(request, categories=named)
        if decide(asked, state, book=strict, at=NOW).permits:
            assert decide(asked, state, book=book, at=NOW).permits


@given(registers() | small_registers(), seeds)
def test_asking_for_more_never_permits_more(register: Register, random: Random) -> None:
    book = book_of(made_usable(random, register))
    for request, state in worth_asking(random, book):
        for more in (
            replace(request, gpc=True),
            replace(request, publish=True),
            replace(request, other_use=True),
            replace(request, recent=None),
            replace(request, started=True),
        ):
            if decide(more, state, book=book, at=NOW).permits:
                assert decide(request, state, book=book, at=NOW).permits or request.recent is None


@given(registers() | small_registers(), seeds)
def test_order_and_repetition_of_events_never_matter(register: Register, random: Random) -> None:
    book = book_of(made_usable(random, register))
    items = tuple(book.item_by_id.values())
    for _ in range(REQUESTS):
        request = any_request(random, register)
        events, merges = any_history(random, items)
        mixed = random.sample(events * 2, k=2 * len(events))
        joined = random.sample(merges * 2, k=2 * len(merges))
        one = State(individual=ADULT, consents=standing(events, merges))
        other = State(individual=ADULT, consents=standing(mixed, joined))
        assert decide(request, one, book=book, at=NOW) == decide(request, other, book=book, at=NOW)


@given(registers() | small_registers(), seeds)
def test_an_answer_says_no_more_than_its_outcome(register: Register, random: Random) -> None:
    book = book_of(made_usable(random, register))
    for request, state in worth_asking(random, book):
        found = decide(request, state, book=book, at=NOW)
        assert found.by, "every answer has a reason"
        assert bool(found.prompt) is (found.outcome is Outcome.ASK)
        assert not (found.permits and found.within)
        for category in found.within:
            one = replace(request, categories=frozenset((category,)))
            assert decide(one, state, book=book, at=NOW).permits


@given(registers() | small_registers(), seeds)
def test_from_fourteen_on_nobody_is_asked_for_more_than_an_adult(
    register: Register, random: Random
) -> None:
    """No age lets a minor be required what is not necessary (Minors Online Art. 32)."""
    book = book_of(made_usable(random, register))
    for request, state in worth_asking(random, book):
        young, adult = (
            replace(state, individual=replace(state.individual, age=age))
            for age in (AgeBand.FROM_14_TO_17, AgeBand.ADULT)
        )
        asked = decide(request, young, book=book, at=NOW)
        assert asked == decide(request, adult, book=book, at=NOW)


def given_under_refusal(item: ConsentItem, activity: ProcessingActivity, facts: Facts) -> bool:
    """Tell whether an item is one that nobody can do without (see `finding/proofs.py`)."""
    necessary = {one.category for one in recognised_as_necessary(activity, facts)}
    match item.kind:
        case MatterKind.GENERAL | MatterKind.MINORS:
            return bool(necessary)
        case MatterKind.SENSITIVE:
            return item.about in necessary
        case _:
            return False


GOING_OUT = {Operation.PROVIDE, Operation.DISCLOSE}
# What the handler has to put right, whoever refuses what: its own rules in the check.
OF_THE_HANDLER = {Rule.ASSESSMENT, Rule.STARTED, Rule.FREQUENCY, Rule.MARKETING}


def assert_basic_services_run(register: Register) -> None:
    """Hold every basic service whose proof holds to what decisions say."""
    facts, book = facts_of(register, law(), TODAY), book_of(register)
    for proof in prove(facts).refusal:
        if not proof.holds:
            continue
        for requirement in register.service_by_id[proof.service].requires:
            for who in (ADULT, YOUNG):
                assert any(runs(activity, facts, book, who) for activity in requirement.any_of)


def runs(name: str, facts: Facts, book: Book, who: Individual) -> bool:
    """Tell whether an activity may use what it needs of somebody who refuses all else."""
    activity = facts.register.activity_by_id[name]
    if blocked_under_refusal(name, facts) is not None:
        return False
    inside = [one for one in activity.method.operations if one not in GOING_OUT]
    if not inside:  # it only provides or publishes, and the proof has looked at those consents
        return True
    necessary = [one.category for one in recognised_as_necessary(activity, facts)]
    state = State(
        individual=who,
        consents={
            item.id: act(item)
            if given_under_refusal(item, activity, facts)
            else act(item, act=Act.REFUSE)
            for item in book.items_of[name]
        },
    )
    request = Request(
        activity=name,
        categories=frozenset(necessary or activity.categories),
        operation=inside[0],
        recent=0,
    )
    found = decide(request, state, book=book, at=NOW)
    return found.permits or {one.rule for one in found.by} <= OF_THE_HANDLER


@given(small_registers())
def test_who_refuses_everything_optional_can_use_every_basic_service(register: Register) -> None:
    assert_basic_services_run(register)


def test_who_refuses_everything_optional_can_use_the_clean_shop() -> None:
    assert_basic_services_run(clean_register())


@pytest.mark.parametrize("service", ["browsing", "buying"])
def test_a_basic_service_of_the_clean_shop_has_requirements_to_hold(service: str) -> None:
    assert clean_register().service_by_id[service].requires
