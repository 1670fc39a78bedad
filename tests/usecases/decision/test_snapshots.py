"""A snapshot never permits what the service would not have permitted at its position."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from random import Random

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.decision.shop import ADULT, agreed, book_of
from tests.strategies.clean_register import clean_register
from tests.strategies.decisions import NOW, any_request, any_state, made_usable, seeds
from tests.strategies.registers import law, registers, small_registers

from chengnuo.adapters.keys import Ed25519Signer, is_signature
from chengnuo.base.instant import from_us
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import DecisionIsNoBoolError, Outcome
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.snapshot import OfflineWhy, Snapshot, open_snapshot
from chengnuo.domain.decision.snapshot_file import (
    MAGIC,
    SIGNATURE_BYTES,
    SnapshotRefusedError,
    open_content,
    snapshot_bytes,
)
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.law.consent_form import ConsentForm
from chengnuo.ports.consents import Seen
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.snapshots import (
    LONGEST,
    SnapshotMaker,
    SnapshotTermsError,
    questions_of,
)

KEY = bytes(range(32))
SIGNER = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(b"s" * 32))
HOUR = 3_600_000_000


def by_us(signature: bytes, message: bytes) -> bool:
    return is_signature(SIGNER.public_key, signature, message)


@dataclass(frozen=True)
class Town:
    """States by person; a child turns fourteen at `grown`."""

    states: dict[PersonKey, State]
    grown: int = 2**62

    def seen(self) -> Seen:
        return Seen(position=41, at=NOW)

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        assert position == 41
        state = self.states.get(person, State())
        if state.individual.age is AgeBand.UNDER_14 and at >= self.grown:
            older = replace(state.individual, age=AgeBand.FROM_14_TO_17)
            return replace(state, individual=older)
        return state


class Standing:
    def now(self) -> datetime:
        return from_us(NOW)


def made(town: Town, register: Register, *, lasts_us: int = HOUR, app: str = "") -> bytes:
    maker = SnapshotMaker(
        books=Books(lambda: Edition(version="v" * 64, register=register), law()),
        states=town,
        clock=Standing(),
        signer=SIGNER,
    )
    return maker.make(
        [(f"account of {person}", person) for person in town.states],
        app=app or register.apps[0].app,
        until=from_us(NOW + lasts_us),
        key=KEY,
    )


def opened(data: bytes, register: Register) -> Snapshot:
    return open_snapshot(data, app=register.apps[0].app, key=KEY, is_signed=by_us)


@settings(max_examples=max(5, settings.default.max_examples // 2))
@given(registers() | small_registers(), seeds, st.integers(1, 60))
def test_what_it_permits_the_service_permits_at_its_position(
    register: Register, random: Random, hours: int
) -> None:
    assert_never_more(register, random, hours)


@pytest.mark.parametrize("seed", range(4))
def test_what_it_permits_in_the_clean_shop_the_service_permits(seed: int) -> None:
    random = Random(seed)
    permitted = assert_never_more(clean_register(), random, random.randint(1, 60))
    assert permitted > 5


def likely(
    random: Random, questions: tuple[Request, ...], state: State, book: Book
) -> list[Request]:
    """Return a few questions that are permitted now, and may not be later."""
    some = random.sample(questions, min(len(questions), 30))
    uses = [one for one in some if one.operation is not Operation.DELETE]
    return [one for one in uses if decide(one, state, book=book, at=NOW).permits][:6]


def assert_never_more(register: Register, random: Random, hours: int) -> int:
    """Hold a snapshot to the reference, and return how often it permitted."""
    permitted = 0
    register = made_usable(random, register)
    book = book_of(register)
    states = {}
    for number in range(2):
        state = any_state(random, book)
        if random.random() < 0.5:
            state = agreed(book, state.individual)
        spread = {
            item: replace(one, until=NOW + random.choice((-HOUR, hours * HOUR // 2)))
            if random.random() < 0.2
            else one
            for item, one in state.consents.items()
        }
        states[PersonKey(str(number))] = replace(state, consents=spread)
    town = Town(states, grown=NOW + random.randint(0, hours) * HOUR)
    questions = questions_of(book, register.apps[0].app)
    if not questions:
        return 0
    end = NOW + hours * HOUR
    held = opened(made(town, register, lasts_us=hours * HOUR), register)
    for person, state in states.items():
        asked = [any_request(random, register) for _ in range(2)]
        asked += likely(random, questions, state, book)
        instants = (NOW - 1, NOW, NOW + random.randint(0, hours * HOUR), end - 1, end)
        for request, at in product(asked, instants):
            answer = held.decide(f"account of {person}", request, at=at)
            now = Book(register=register, catalogue=law(), day=civil_date(from_us(at)))
            then = town.state_before(person, at, position=41)
            if answer.permits:
                assert NOW <= at < end
                assert decide(request, then, book=now, at=at).permits
                duties = decide(request, then, book=now, at=at).duties
                assert set(duties) <= set(answer.decision.duties)
                # A birthday on the way changes reasons: those of the beginning are kept.
                assert answer.decision.by == decide(request, state, book=book, at=NOW).by
                permitted += 1
    return permitted


@pytest.fixture(scope="module", name="shop")
def made_shop() -> tuple[bytes, Book]:
    book = book_of(clean_register())
    state = agreed(book)
    return made(Town({PersonKey("one"): state}), book.register), book


def first_permitted(data: bytes, book: Book) -> Request:
    held = opened(data, book.register)
    return next(
        one
        for one in questions_of(book, book.register.apps[0].app)
        if held.decide("account of one", one, at=NOW).permits
    )


def test_it_answers_as_the_reference_while_nothing_changes(shop: tuple[bytes, Book]) -> None:
    data, book = shop
    held = opened(data, book.register)
    outcomes = set()
    for request in questions_of(book, book.register.apps[0].app):
        answer = held.decide("account of one", request, at=NOW + 5)
        assert answer.why is OfflineWhy.HELD
        assert answer.decision == decide(request, agreed(book), book=book, at=NOW)
        outcomes.add(answer.decision.outcome)
    assert {Outcome.PERMIT, Outcome.REFUSE} <= outcomes
    assert (answer.position, answer.register) == (41, "v" * 64)


def test_it_says_no_from_its_end_on_and_before_its_making(shop: tuple[bytes, Book]) -> None:
    data, book = shop
    held, request = opened(data, book.register), first_permitted(data, book)
    says = [
        held.decide("account of one", request, at=NOW + us).why
        for us in (-1, 0, HOUR - 1, HOUR, 10**6 * HOUR)
    ]
    held_why = OfflineWhy.HELD
    assert says == [OfflineWhy.NOT_YET, held_why, held_why, *[OfflineWhy.EXPIRED] * 2]
    assert not held.decide("account of one", request, at=NOW + HOUR).permits


def test_somebody_or_something_unknown_is_refused(shop: tuple[bytes, Book]) -> None:
    data, book = shop
    held, request = opened(data, book.register), first_permitted(data, book)
    nobody = held.decide("account of two", request, at=NOW)
    strange = held.decide("account of one", replace(request, other_use=True), at=NOW)
    assert (nobody.why, nobody.decision.outcome) == (OfflineWhy.UNKNOWN_PERSON, Outcome.REFUSE)
    assert (strange.why, strange.decision.outcome) == (
        OfflineWhy.UNKNOWN_QUESTION,
        Outcome.REFUSE,
    )
    with pytest.raises(DecisionIsNoBoolError):
        bool(nobody)


def test_another_key_of_pseudonyms_knows_nobody(shop: tuple[bytes, Book]) -> None:
    data, book = shop
    app = book.register.apps[0].app
    held = open_snapshot(data, app=app, key=bytes(32), is_signed=by_us)
    found = held.decide("account of one", first_permitted(data, book), at=NOW)
    assert (found.why, found.permits) == (OfflineWhy.UNKNOWN_PERSON, False)


def test_no_account_id_stands_in_the_file(shop: tuple[bytes, Book]) -> None:
    assert b"account of one" not in shop[0]


def test_any_bit_turned_over_keeps_it_shut(shop: tuple[bytes, Book]) -> None:
    data, book = shop
    random = Random(3)
    for _ in range(100):
        at = random.randrange(len(data))
        wrong = data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
        with pytest.raises(SnapshotRefusedError):
            opened(wrong, book.register)


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda data: data[:-1], id="cut short"),
        pytest.param(lambda data: data + b"\0", id="made longer"),
        pytest.param(lambda data: data[:0], id="empty"),
        pytest.param(lambda data: data[: len(MAGIC)], id="nothing but a name"),
        pytest.param(lambda data: data.replace(b"/1\n", b"/2\n", 1), id="another format"),
    ],
)
def test_what_is_not_whole_stays_shut(
    shop: tuple[bytes, Book], spoilt: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(SnapshotRefusedError):
        opened(spoilt(shop[0]), shop[1].register)


def test_another_signer_or_another_app_keeps_it_shut(shop: tuple[bytes, Book]) -> None:
    data, book = shop
    other = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(b"o" * 32))
    body = data[len(MAGIC) + SIGNATURE_BYTES :]
    forged = MAGIC + other.sign(MAGIC + body) + body
    with pytest.raises(SnapshotRefusedError, match="signature"):
        opened(forged, book.register)
    with pytest.raises(SnapshotRefusedError, match="another app"):
        open_snapshot(data, app="other", key=KEY, is_signed=by_us)
    with pytest.raises(SnapshotRefusedError, match="32 bytes"):
        open_snapshot(data, app=book.register.apps[0].app, key=b"", is_signed=by_us)


@pytest.mark.parametrize(
    "words",
    [
        {"until": NOW},
        {"questions": ()},
        {"rows": ()},
        {"rows": (b"\xff" * 2,)},
        {"answers": ()},
        {"people": b"short"},
    ],
    ids=lambda words: next(iter(words)),
)
def test_a_signed_content_that_refers_to_what_is_not_there_stays_shut(
    shop: tuple[bytes, Book], words: dict[str, object]
) -> None:
    content = open_content(shop[0], is_signed=by_us)
    wrong = snapshot_bytes(msgspec.structs.replace(content, **words), SIGNER.sign)
    with pytest.raises(SnapshotRefusedError, match="form"):
        opened(wrong, shop[1].register)


@given(st.binary(max_size=300))
def test_any_bytes_signed_by_us_never_crash_it(body: bytes) -> None:
    with pytest.raises(SnapshotRefusedError):
        open_content(MAGIC + SIGNER.sign(MAGIC + body) + body, is_signed=by_us)


def test_a_consent_that_runs_out_or_is_for_one_use_is_not_relied_on() -> None:
    book = book_of(clean_register())
    state = agreed(book, ADULT, until=NOW + HOUR // 2)
    data = made(Town({PersonKey("one"): state}), book.register)
    short = made(Town({PersonKey("one"): state}), book.register, lasts_us=HOUR // 2)
    once = agreed(book, ADULT, form=ConsentForm.ONE_TIME)
    one_time = made(Town({PersonKey("one"): once}), book.register)
    whole = next(
        one
        for one in questions_of(book, book.register.apps[0].app)
        if opened(short, book.register).decide("account of one", one, at=NOW).permits
        and decide(one, replace(agreed(book), consents={}), book=book, at=NOW).prompt
    )
    assert not opened(data, book.register).decide("account of one", whole, at=NOW).permits
    assert not opened(one_time, book.register).decide("account of one", whole, at=NOW).permits


@pytest.mark.parametrize("lasts", [0, -1, LONGEST // timedelta(microseconds=1) + 1])
def test_an_end_that_is_past_or_too_far_is_no_end(lasts: int) -> None:
    book = book_of(clean_register())
    with pytest.raises(SnapshotTermsError):
        made(Town({}), book.register, lasts_us=lasts)


def test_an_app_that_the_register_does_not_have_has_no_snapshot() -> None:
    with pytest.raises(SnapshotTermsError):
        made(Town({}), clean_register(), app="nobodys")


def test_the_same_answers_are_the_same_bytes() -> None:
    book = book_of(clean_register())
    town = Town({PersonKey(str(n)): agreed(book) for n in range(3)})
    other = Town(dict(reversed(town.states.items())))
    assert made(town, book.register) == made(other, book.register)
