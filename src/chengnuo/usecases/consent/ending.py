"""Consents that end without the individual's act: run out, text changed, child turned fourteen.

Each end is recorded with the consent that it ends. None of them is a no: the item may be asked
anew, and what had been refused stays refused.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.book import Book
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.age import (
    GUARDIAN_CONSENT_BELOW_YEARS,
    AgeBand,
    first_birth_date_below,
)
from chengnuo.law.consent_form import ConsentForm
from chengnuo.ports.evidence_log import Draft, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import Recorded
from chengnuo.usecases.consent.guardians import ended, over_at_fourteen
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.refusals import NothingToEndError, NotYetFourteenError
from chengnuo.usecases.consent.state import standing_in


def standing_entries(keeper: ConsentKeeper, person: PersonKey) -> dict[ConsentItemId, Entry]:
    """Return the act that stands for each item, with what its record binds it to."""
    return standing_in(keeper.kept(person), keeper.now())


def hand_over(keeper: ConsentKeeper, person: PersonKey) -> tuple[Recorded, ...]:
    """End what guardians gave, because the individual decides alone now (PIPL Art. 31).

    Raises:
        NotYetFourteenError: They are not known to be fourteen or over.

    """
    with keeper.lock:
        age = keeper.state_of(person, keeper.now()).individual.age
        if age in {AgeBand.UNKNOWN, AgeBand.UNDER_14}:
            raise NotYetFourteenError
        given = [
            entry
            for entry in standing_entries(keeper, person).values()
            if entry.event.act is Act.GIVE and entry.event.by_guardian
        ]
        return _end(keeper, given, Act.HAND_OVER, before=over_at_fourteen(keeper, person))


def hand_over_grown(keeper: ConsentKeeper, since: date, today: date) -> int:
    """Hand over what guardians gave to those who turned fourteen after a day; return how many.

    Args:
        keeper: The state.
        since: The last day for which this was done.
        today: The civil day that counts now.

    """
    first, before = (
        first_birth_date_below(GUARDIAN_CONSENT_BELOW_YEARS, day) for day in (since, today)
    )
    grown = 0
    for person in keeper.store.born_between(first, before):
        with keeper.lock:
            age = keeper.state_of(person, keeper.now()).individual.age
            if age not in {AgeBand.UNKNOWN, AgeBand.UNDER_14}:
                grown += bool(hand_over(keeper, person))
    return grown


def supersede_all(keeper: ConsentKeeper, book: Book, *, limit: int) -> int:
    """End the consents of anybody to a text that is not accepted any more; return how many found.

    They are looked for without keeping anybody from acting; what was done meanwhile stands. From
    then on the old text counts no more, even if the register comes back to it: who agreed to
    it is asked anew. An item that the register asks no more is left alone.
    """

    def more(after: int) -> tuple[Entry, ...]:
        return keeper.store.given_otherwise(book.accepted, limit=limit, after=after)

    keeper.ready()
    found = _standing(keeper, more, limit)
    with keeper.lock:
        _end(keeper, [entry for entry in found if _stands(keeper, entry)], Act.SUPERSEDE)
    return len(found)


def expire(
    keeper: ConsentKeeper, person: PersonKey, item: ConsentItemId, *, used: bool
) -> Recorded:
    """End a consent whose time is over, or one for a single use that was made.

    Raises:
        NothingToEndError: There is no such consent.

    """
    with keeper.lock:
        entry = standing_entries(keeper, person).get(item)
        if entry is None or entry.event.act is not Act.GIVE:
            raise NothingToEndError(item)
        was_used = used and entry.event.form is ConsentForm.ONE_TIME
        if not was_used and not _is_over(entry, keeper.now()):
            raise NothingToEndError(item)
        return _end(keeper, [entry], Act.EXPIRE)[0]


def expire_due(keeper: ConsentKeeper, *, limit: int) -> int:
    """End the consents whose time is over; return how many were ended."""
    with keeper.lock:
        keeper.ready()
        now = keeper.now()

        def more(after: int) -> tuple[Entry, ...]:
            return keeper.store.running_out(now, limit=limit, after=after)

        return len(_end(keeper, _standing(keeper, more, limit), Act.EXPIRE))


def _standing(
    keeper: ConsentKeeper, more: Callable[[int], tuple[Entry, ...]], limit: int
) -> list[Entry]:
    """Return the first acts that stand; one that a joined name said no to is passed over."""
    found: list[Entry] = []
    after = -1
    while len(found) < limit and (page := more(after)):
        after = page[-1].event.position
        found += [entry for entry in page if _stands(keeper, entry)]
    return found[:limit]


def _stands(keeper: ConsentKeeper, entry: Entry) -> bool:
    person = PersonKey(entry.event.alias)
    return standing_entries(keeper, person).get(entry.event.item) == entry


def _is_over(entry: Entry, at: int) -> bool:
    return entry.event.until is not None and entry.event.until <= at


def _end(
    keeper: ConsentKeeper, given: Iterable[Entry], act: Act, *, before: Sequence[Draft] = ()
) -> tuple[Recorded, ...]:
    """Record that consents have ended, all or none, after something that is recorded with it."""
    drafts = [*before, *(ended(keeper, entry, act) for entry in given)]
    if not drafts:
        return ()
    appended = keeper.record(drafts)
    return tuple(
        Recorded(position=Position(appended.first + number), at=from_us(appended.at))
        for number in range(len(before), len(drafts))
    )
