"""Requests, histories and states over any register, in which everything that matters happens.

They are drawn from a `Random`, because a hundred thousand of them are wanted where Hypothesis
makes a hundred; a test draws the register and a seed and shrinks both. Instants are few, so that
ties are many.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from chengnuo.base.digest import Digest
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.fold import standing
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.activity import AlsoInForce, ProcessingActivity
from chengnuo.domain.register.consent_items import ConsentItem, ConsentItemId
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId

DAY = date(2026, 11, 23)
NOW = 1_795_400_000_000_000
NAMES = ("account", "device", "openid")
EARLIER = Digest("0" * 64)
_OTHERS = (CategoryId("PI-BASIC-NAME"), CategoryId("PI-BIO-FACE"), CategoryId("PI-NOWHERE"))
_FORMS = tuple(ConsentForm)

seeds = st.integers(0, 2**32 - 1).map(Random)
"""Sources of chance; a failing one is shown by its number."""


def any_request(random: Random, register: Register) -> Request:
    """Return a request, most often one that can be permitted."""
    if not register.activities or random.random() < 0.03:
        return Request(activity=ActivityId("nothing-registered"))
    activity = random.choice(register.activities)
    publish = activity.disclosure is not None and random.random() < 0.3
    most = activity.method.at_most
    return Request(
        activity=activity.activity,
        categories=_categories(random, activity),
        operation=random.choice(
            (Operation.USE, Operation.USE, *activity.method.operations, *Operation)
        ),
        recipient=_recipient(random, activity, register),
        publish=publish or random.random() < 0.05,
        other_use=random.random() < (0.3 if activity.public_image else 0.05),
        started=random.random() < 0.3,
        gpc=random.random() < 0.2,
        recent=random.choice(
            (None, 0, 0, 0, most.count - 1 if most else 1, most.count if most else 9)
        ),
    )


def _categories(random: Random, activity: ProcessingActivity) -> frozenset[CategoryId] | None:
    if random.random() < 0.5:
        return None
    known = random.sample(activity.categories, random.randint(0, len(activity.categories)))
    others = [random.choice(_OTHERS)] if random.random() < 0.1 else []
    return frozenset((*known, *others))


def _recipient(
    random: Random, activity: ProcessingActivity, register: Register
) -> RecipientId | None:
    if random.random() < 0.5:
        return None
    everybody = [recipient.recipient for recipient in register.recipients]
    pool = [*activity.recipients, *activity.recipients, *everybody, RecipientId("nobody")]
    return random.choice(pool)


def any_individual(random: Random) -> Individual:
    """Return an individual, most often one of whom nothing bad is known."""
    return Individual(
        age=random.choice(tuple(AgeBand)),
        account=random.choice((AccountState.ACTIVE, *AccountState)),
        restricted=random.random() < 0.1,
        suppressed=random.random() < 0.1,
    )


def any_event(random: Random, item: ConsentItem, *, position: int, child: bool) -> ConsentEvent:
    """Return an act on an item: most often a consent that counts."""
    act = random.choice((Act.GIVE, Act.GIVE, Act.GIVE, Act.GIVE, *Act))
    return ConsentEvent(
        position=position,
        at=NOW - random.randint(0, 6),
        alias=random.choice(NAMES),
        item=item.id,
        act=act,
        fingerprint=random.choice((*(item.fingerprint,) * 5, EARLIER, Digest("e" * 64))),
        form=random.choice((*(item.form,) * 9, *_FORMS)),
        by_guardian=child if random.random() < 0.9 else not child,
        until=random.choice((None, None, None, NOW - 1, NOW, NOW + 1)),
    )


def any_history(
    random: Random, items: Sequence[ConsentItem], *, most: int = 12, child: bool = False
) -> tuple[list[ConsentEvent], list[Merge]]:
    """Return acts under several names and the merges between them, in any order."""
    count = random.randint(0, most) if items else 0
    events = [
        any_event(random, random.choice(items), position=position, child=child)
        for position in range(count)
    ]
    merges = [
        Merge(position=most + n, at=NOW - random.randint(0, 6), one=one, other=other)
        for n in range(random.randint(0, 2))
        for one, other in [random.sample(NAMES, 2)]
    ]
    random.shuffle(events)
    return events, merges


def any_state(random: Random, book: Book, about: ActivityId | None = None) -> State:
    """Return what is so about somebody who has a history, with the activity's items most of all."""
    individual = any_individual(random)
    child = individual.age is AgeBand.UNDER_14
    consents: dict[ConsentItemId, ConsentEvent] = {}
    if random.random() < 0.8:
        items = book.items_of.get(about, ()) if about else tuple(book.item_by_id.values())
        for number, item in enumerate(items):
            if random.random() < 0.9:
                consents[item.id] = any_event(random, item, position=number, child=child)
    else:
        items = tuple(book.item_by_id.values())
        consents = standing(*any_history(random, items, child=child))
    return State(
        individual=individual,
        consents=consents,
        switches={
            one.switch: random.random() < 0.7
            for one in book.register.switches
            if random.random() < 0.7
        },
        objects_to=frozenset(
            one.activity for one in book.register.activities if random.random() < 0.2
        ),
    )


def made_usable(random: Random, register: Register, day: date = DAY) -> Register:
    """Return a register with most of what would refuse everything taken out of the way.

    Dates of any register lie anywhere: without this hardly a request gets as far as consent.
    """
    later = day + timedelta(days=100)
    return replace(
        register,
        activities=tuple(
            replace(
                activity,
                started=activity.started if random.random() < 0.1 else None,
                assessment=random.choice(
                    [one.assessment for one in register.assessments] or [None]
                ),
                recipients=tuple(dict.fromkeys(activity.recipients)),
                also_in_force=(
                    AlsoInForce(
                        matter="general",
                        fingerprint=EARLIER,
                        until=day + timedelta(days=random.choice((-1, 0, 1))),
                    ),
                    *activity.also_in_force,
                ),
            )
            for activity in register.activities
        ),
        assessments=tuple(
            replace(one, done=day, valid_until=random.choice((None, day, later)))
            if random.random() < 0.9
            else one
            for one in register.assessments
        ),
        agreements=tuple(
            replace(one, expires=random.choice((None, day, later, day - timedelta(days=1))))
            for one in register.agreements
        ),
        recipients=tuple(
            replace(
                one,
                vetting=one.vetting if random.random() < 0.3 else None,
                cross_border=None
                if one.cross_border is None
                else replace(one.cross_border, until=random.choice((None, day, later))),
                categories=tuple(
                    dict.fromkeys(
                        (
                            *one.categories,
                            *(c for a in register.activities for c in a.categories),
                        )
                    )
                )
                if random.random() < 0.7
                else one.categories,
            )
            for one in register.recipients
        ),
    )
