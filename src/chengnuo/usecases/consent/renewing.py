"""What has to be agreed to anew because its text has changed, and what changed, in words.

Only the items whose material fingerprint is no longer accepted are asked again, each with old
beside new (PIPL Art. 14 para. 2).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.book import Book
from chengnuo.domain.disclosure.change_values import ValueWords
from chengnuo.domain.register.change_words import part_in_words
from chengnuo.domain.register.consent_items import ConsentItem, consent_items_of
from chengnuo.domain.register.diff import ABSENT
from chengnuo.domain.register.model import Register
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.answering import consent_before
from chengnuo.usecases.consent.ending import standing_entries
from chengnuo.usecases.consent.keeping import ConsentKeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One part of what was agreed to that has changed.

    Attributes:
        what: What it is called.
        before: As it was agreed to; of a list only what is gone.
        after: As it is now; of a list only what has come.

    """

    what: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """An item that is asked anew of somebody who had agreed.

    Attributes:
        item: The item as it is now.
        entry: The act that stands: what was agreed to, or that it has ended for its change.
        differences: What changed; empty if the register version of that day is not kept, or if
            only the form has changed in which consent is asked.

    """

    item: ConsentItem
    entry: Entry
    differences: tuple[Difference, ...]


def renewals(
    keeper: ConsentKeeper,
    person: PersonKey,
    book: Book,
    register_of: Callable[[str], Register | None],
) -> tuple[Renewal, ...]:
    """Return what somebody has to agree to anew because its text has changed, by item.

    Args:
        keeper: The state.
        person: Whose consents.
        book: The register in force.
        register_of: Returns the register of a kept version; None if it is not kept.

    """
    found: list[Renewal] = []
    for entry in standing_entries(keeper, person).values():
        given = entry
        if entry.event.act is Act.SUPERSEDE:
            given = consent_before(keeper, person, entry) or entry
        renewal = renewal_of(entry, given, book, register_of)
        if renewal is not None:
            found.append(renewal)
    return tuple(sorted(found, key=lambda one: one.item.id))


def renewal_of(
    entry: Entry, given: Entry, book: Book, register_of: Callable[[str], Register | None]
) -> Renewal | None:
    """Return what has to be agreed to anew; None if nothing has, or it is asked no more.

    Args:
        entry: The act that stands for an item.
        given: The yes that it is, or ended.
        book: The register in force.
        register_of: Returns the register of a kept version; None if it is not kept.

    """
    event = entry.event
    item = book.item_by_id.get(event.item)
    if item is None or event.act not in {Act.GIVE, Act.SUPERSEDE}:
        return None
    if event.fingerprint in book.accepted[item.id] and event.form.meets(item.form):
        return None
    was = register_of(given.register)
    found = () if was is None else tuple(_differences(given, item, was, book))
    return Renewal(item=item, entry=entry, differences=found)


def _differences(
    given: Entry, item: ConsentItem, was: Register, book: Book
) -> Iterator[Difference]:
    activity = was.activity_by_id.get(item.activity)
    items = () if activity is None else consent_items_of(activity, was, book.catalogue)
    old = next((one for one in items if one.id == item.id), None)
    if old is None or old.fingerprint != given.event.fingerprint:
        return
    then, now = ValueWords(was, book.catalogue), ValueWords(book.register, book.catalogue)
    for part in sorted(old.material.keys() | item.material.keys()):
        before, after = old.material.get(part, ABSENT), item.material.get(part, ABSENT)
        if before == after:
            continue
        if isinstance(before, list) and isinstance(after, list):
            gone = [one for one in before if one not in after]
            come = [one for one in after if one not in before]
            before, after = (gone, come) if gone or come else (before, after)
        yield Difference(
            what=part_in_words(part), before=then.say(part, before), after=now.say(part, after)
        )
