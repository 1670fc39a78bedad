"""A shop in which everything has its consent: tests take one thing away and see what happens."""

from dataclasses import replace

from tests.domain.finding.changing import Change, changed
from tests.strategies.clean_register import TODAY, clean_register
from tests.strategies.registers import law

from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Decision
from chengnuo.domain.decision.reference import decide
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.consent_items import ConsentItem, ConsentItemId
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId

NOW = 1_795_400_000_000_000
ADULT = Individual(age=AgeBand.ADULT, account=AccountState.ACTIVE)
CHILD = Individual(age=AgeBand.UNDER_14, account=AccountState.ACTIVE)


def shop(*changes: Change) -> Book:
    """Return the shop's book, with changes to its register."""
    return book_of(changed(clean_register(), *changes))


def book_of(register: Register) -> Book:
    """Return the book of a register on the day of the tests."""
    return Book(register=register, catalogue=law(), day=TODAY)


def ask(activity: str, **words: object) -> Request:
    """Return a request; ids are given as texts."""
    categories = words.pop("categories", None)
    recipient = words.pop("recipient", None)
    request = Request(activity=ActivityId(activity), recent=0)
    if categories is not None:
        request = replace(request, categories=frozenset(map(CategoryId, categories)))
    if recipient is not None:
        request = replace(request, recipient=RecipientId(recipient))
    return replace(request, **words)


def act(item: ConsentItem, **words: object) -> ConsentEvent:
    """Return a consent to an item as it stands, or what is said instead."""
    event = ConsentEvent(
        position=1,
        at=NOW - 10,
        alias="account",
        item=item.id,
        act=Act.GIVE,
        fingerprint=item.fingerprint,
        form=item.form,
    )
    return replace(event, **words)


def agreed(book: Book, individual: Individual = ADULT, **words: object) -> State:
    """Return the state of somebody who agreed to everything and turned everything on."""
    by_guardian = individual.age is AgeBand.UNDER_14
    given = {
        id_: act(item, **({"by_guardian": by_guardian} | words))
        for id_, item in book.item_by_id.items()
    }
    return State(
        individual=individual,
        consents=given,
        switches={one.switch: True for one in book.register.switches},
    )


def but(state: State, book: Book, item: str, **words: object) -> State:
    """Return a state with one act changed; without words, with the act taken away."""
    kept = dict(state.consents)
    id_ = ConsentItemId(item)
    if words:
        kept[id_] = act(book.item_by_id[id_], **words)
    else:
        del kept[id_]
    return replace(state, consents=kept)


def answer(book: Book, request: Request, state: State) -> Decision:
    """Return what the reference says now."""
    return decide(request, state, book=book, at=NOW)
