"""What is so about an individual, from what is kept of them under all their names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.fold import standing
from chengnuo.domain.consent.setting import PUBLIC_INFORMATION, RESTRICTION, SWITCH, settled
from chengnuo.domain.decision.request import State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, SwitchId
from chengnuo.law.age import AgeBand, age_band
from chengnuo.law.civil import civil_date
from chengnuo.ports.consents import Kept
from chengnuo.ports.individuals import PersonKey

_SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """What all acts add up to.

    Attributes:
        since: Instant of the last of them; from then on it holds.
        stands: The act that stands for each item.
        allows: Whether each setting allows.

    """

    since: int
    stands: Mapping[ConsentItemId, Entry]
    allows: Mapping[str, bool]


def standing_in(kept: Kept, at: int) -> dict[ConsentItemId, Entry]:
    """Return the act that stood for each item at an instant, with what its record binds it to."""
    return dict(_sum_at(kept, at).stands)


def state_from(kept: Kept, at: int) -> State:
    """Return what was so at an instant.

    Args:
        kept: What is kept and still counts.
        at: Microseconds since 1970; what took effect exactly then counts.

    """
    found = _sum_at(kept, at)
    allows = found.allows
    return State(
        individual=Individual(
            age=_age(kept, civil_date(from_us(at))),
            account=_account(kept),
            restricted=not allows.get(RESTRICTION, True),
            suppressed=not kept.erased.isdisjoint(kept.names),
        ),
        consents={item: entry.event for item, entry in found.stands.items()},
        switches={
            SwitchId(what.removeprefix(SWITCH)): on
            for what, on in allows.items()
            if what.startswith(SWITCH)
        },
        objects_to=frozenset(
            ActivityId(what.removeprefix(PUBLIC_INFORMATION))
            for what, may in allows.items()
            if what.startswith(PUBLIC_INFORMATION) and not may
        ),
    )


def _sum_at(kept: Kept, at: int) -> _Sum:
    """Add up what had taken effect; all of it is added up once, as most who ask ask about now."""
    known = kept.worked_out.get(_SUM)
    if not isinstance(known, _Sum):
        clocks = (
            max((entry.event.at for entry in kept.entries), default=0),
            max((merge.at for merge in kept.merges), default=0),
            max((one.at for one in kept.settings), default=0),
        )
        known = _added_up(kept, max(clocks))
        kept.worked_out[_SUM] = known
    return known if at >= known.since else _added_up(kept, at)


def _added_up(kept: Kept, at: int) -> _Sum:
    merges = [merge for merge in kept.merges if merge.at <= at]
    entries = [entry for entry in kept.entries if entry.event.at <= at]
    stands = standing([entry.event for entry in entries], merges)
    positions = {event.position for event in stands.values()}
    at_position = {one.event.position: one for one in entries if one.event.position in positions}
    return _Sum(
        since=at,
        stands={item: at_position[event.position] for item, event in stands.items()},
        allows=settled([one for one in kept.settings if one.at <= at], merges),
    )


def readable(kept: Kept, gone: frozenset[PersonKey]) -> Kept:
    """Leave out what cannot be read from the log any more.

    What one of two joined names had refused is gone with its key, so no yes from before the two
    were joined can be relied on either.

    Args:
        kept: All that is kept.
        gone: Names whose proof key is destroyed.

    """
    lost = max(
        (merge.position for merge in kept.merges if {merge.one, merge.other} & {"", *gone}),
        default=0,
    )
    if not gone and not lost:
        return kept
    return replace(
        kept,
        entries=tuple(
            entry
            for entry in kept.entries
            if entry.event.alias not in gone
            and (entry.event.position >= lost or entry.event.act is not Act.GIVE)
        ),
        settings=tuple(
            one
            for one in kept.settings
            if one.alias not in gone and (one.position >= lost or not one.allows)
        ),
    )


def before(kept: Kept, person: PersonKey, position: int) -> Kept:
    """Leave out what was recorded at a position or later, and whoever was joined only then.

    Args:
        kept: All that is kept.
        person: Of whom.
        position: How many records of the log count.

    """
    newest = max(
        (
            *(entry.event.position for entry in kept.entries),
            *(merge.position for merge in kept.merges),
            *(one.position for one in kept.settings),
        ),
        default=-1,
    )
    if newest < position:
        return kept
    merges = [merge for merge in kept.merges if merge.position < position]
    names, found = {person}, True
    while found:
        ends = [{merge.one, merge.other} for merge in merges]
        more = {PersonKey(one) for pair in ends if pair & names for one in pair if one}
        found = not more <= names
        names |= more
    return replace(
        kept,
        names=frozenset(names),
        merges=tuple(one for one in merges if {one.one, one.other} & names),
        entries=tuple(
            one
            for one in kept.entries
            if one.event.position < position and one.event.alias in names
        ),
        settings=tuple(
            one for one in kept.settings if one.position < position and one.alias in names
        ),
    )


def _age(kept: Kept, day: date) -> AgeBand:
    """Return the band by the latest birth date known under any name: the protective reading.

    Of somebody born this year under a name that is gone the end of the year is known.
    """
    born = max((one.birth_date for one in kept.known if one.birth_date is not None), default=None)
    return age_band(None if born is None else min(born, day), day)


def _account(kept: Kept) -> AccountState:
    said = {one.account for one in kept.known}
    for state in (AccountState.ACTIVE, AccountState.CANCELLED):
        if state in said:
            return state
    return AccountState.GUEST
