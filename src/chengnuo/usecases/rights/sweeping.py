"""Looking for what is due to go by itself, and for what came back (PIPL Art. 47).

People are known here by keys; the accounts behind them are found by going once through the account
columns of every store, whoever is looked for. What was erased and is found again, as after a
restore, goes again without being asked: it was asked for. A store that cannot be listed is named
and passed by, and nobody is taken for gone because of it.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.consent.what_follows import FollowKind, FollowUp
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Store, Table
from chengnuo.domain.rights.plan import Plan, RowFate
from chengnuo.domain.rights.reply import StoreState
from chengnuo.domain.rights.request import AskedBy, DeletionAsked, Ground, Scope
from chengnuo.law.rights import Right
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.record_source import Lack
from chengnuo.ports.rights_holds import HoldKept
from chengnuo.usecases.consent.refusals import FollowUpNotDueError, NoSuchFollowUpError
from chengnuo.usecases.individual_entry import person_here
from chengnuo.usecases.rights.asking import take_in
from chengnuo.usecases.rights.holding import left_by, over
from chengnuo.usecases.rights.making import trial
from chengnuo.usecases.rights.retention import look_for_ended, look_for_expired
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.seen import Asker
from chengnuo.usecases.rights.swept import SweepResult

_AT_ONCE = 500
_MOST_FOLLOW_UPS = 10_000
_RELEASED = 1 << 40
"""Rows up to which an erasure made again counts as released: all."""


@dataclass(slots=True)
class _Found:
    """What one pass over the stores found."""

    accounts: dict[PersonKey, str] = field(default_factory=dict)
    suppressed: dict[PersonKey, str] = field(default_factory=dict)
    not_looked_at: list[str] = field(default_factory=list)


def sweep(room: Room) -> SweepResult:
    """Look once; see `RightsDesk.sweep`."""
    room.exports.expire(room.keeper.now())
    register = room.served().register
    due, ended = _due(room), over(room)
    wanted = {PersonKey(one.person) for one in due} | {one.person for one in ended}
    found = _look(room, register, wanted)
    withdrawn = unknown = 0
    for one in due:
        account = found.accounts.get(PersonKey(one.person))
        if account is not None:
            withdrawn += _withdrawn(room, one, account)
        elif not found.not_looked_at:
            unknown += _nothing_left(room, one)
    released = sum(_held_no_longer(room, one, found) for one in ended)
    came_back = sum(
        _came_back(room, person, account) for person, account in found.suppressed.items()
    )
    return SweepResult(
        came_back=came_back,
        released=released,
        withdrawn=withdrawn,
        expired=look_for_expired(room, register),
        ended=look_for_ended(room),
        unknown=unknown,
        not_looked_at=tuple(found.not_looked_at),
    )


def start_afresh(room: Room, asker: Asker) -> bool:
    """Take somebody who registers anew off the ledger; return whether they stood there."""
    lifted = [room.suppressions.lift(name) for name in room.names(asker.person)]
    return any(lifted)


def _due(room: Room) -> list[FollowUp]:
    return [
        one
        for one in room.consents.follow_ups(due_at=room.consents.now(), limit=_MOST_FOLLOW_UPS)
        if one.kind is FollowKind.DELETE
    ]


def _look(room: Room, register: Register, wanted: set[PersonKey]) -> _Found:
    found = _Found()
    if not wanted and not room.suppressions.count():
        return found
    for store in register.stores:
        tables = [table for table in store.tables if table.identity]
        if not tables:
            continue
        try:
            for accounts in _batched(_accounts(room, store, tables)):
                _match(room, accounts, wanted, found)
        except UnavailableError:
            found.not_looked_at.append(store.store)
        except _NotListedError:
            found.not_looked_at.append(store.store)
    return found


class _NotListedError(Exception):
    """A store cannot list what a column holds."""


def _accounts(room: Room, store: Store, tables: list[Table]) -> Iterator[str]:
    with closing(room.sources.open(store.store)) as source:
        if source.lacks & {Lack.READ, Lack.ALL_VALUES}:
            raise _NotListedError
        for table in tables:
            for column in table.identity:
                for value in source.distinct(table.table, column):
                    yield str(value)


def _batched(accounts: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(accounts, _AT_ONCE)):
        yield some


def _match(room: Room, accounts: Iterable[str], wanted: set[PersonKey], found: _Found) -> None:
    named = ((person_here(room.tokens, account), account) for account in accounts)
    keys = {person: account for person, account in named if person is not None}
    for person in wanted & set(keys):
        found.accounts[person] = keys[person]
    for person in room.suppressions.suppressed(list(keys)):
        found.suppressed[person] = keys[person]


def _asker(person: PersonKey, account: str) -> Asker:
    return Asker(
        person=person,
        account=account,
        by=AskedBy.AUTOMATIC,
        app="",
        surface="automatic",
        authenticated_at=None,
    )


def _withdrawn(room: Room, follow_up: FollowUp, account: str) -> int:
    activity = ActivityId(follow_up.item.partition("/")[0])
    asked = DeletionAsked(ground=Ground.WITHDRAWN, scope=Scope(activities=(activity,)))
    asker = _asker(PersonKey(follow_up.person), account)
    opened = take_in(room, asker, Right.DELETE, asked, follows=(follow_up.withdrawal,))
    return opened.is_new


def _nothing_left(room: Room, follow_up: FollowUp) -> int:
    """Say that nothing is left to erase of somebody whom no store knows."""
    try:
        room.consents.acknowledge(
            PersonKey(follow_up.person), follow_up.withdrawal, FollowKind.DELETE
        )
    except (NoSuchFollowUpError, FollowUpNotDueError):
        return 0
    return 1


def _held_no_longer(room: Room, kept: HoldKept, found: _Found) -> int:
    """Delete what a hold alone kept back; return how many requests that took."""
    account = found.accounts.get(kept.person)
    if account is None and found.not_looked_at:
        return 0  # it is looked for again at the next sweep
    opened = 0
    # Somebody erased wholly is found by the ledger, as whoever came back.
    if account is not None and room.suppressions.entry(kept.person) is None:
        deletions = left_by(room, kept)
        if deletions is None:
            return 0
        asker = _asker(kept.person, account)
        for asked, before in deletions:
            if has_more(trial(room, asker, Right.DELETE, asked), before):
                opened += take_in(room, asker, Right.DELETE, asked, released=_RELEASED).is_new
    room.holds.settle(kept.id)
    return opened


def _came_back(room: Room, person: PersonKey, account: str) -> int:
    """Erase somebody again of whom more is found than was to stay; return whether."""
    asked = DeletionAsked(ground=Ground.OTHER_LAW)
    entry = room.suppressions.entry(person)
    first = None if entry is None else room.store.case(entry.request)
    if first is not None and not first.stage.is_final:
        return 0  # its own request is still at it
    asker = _asker(person, account)
    plan = trial(room, asker, Right.DELETE, asked)
    if not has_more(plan, None if first is None else first.plan):
        return 0
    # What staff left out for a reason is not erased by itself: a reviewer looks at it once more.
    left_out = first is not None and any(one.state is StoreState.LEFT_OUT for one in first.results)
    released = None if left_out else _RELEASED
    return take_in(room, asker, Right.DELETE, asked, released=released).is_new


def has_more(plan: Plan, before: Plan | None) -> bool:
    """Tell whether a plan finds more to erase than an earlier one left standing.

    Rows to delete are more; so are more rows than stayed, and a duty that no longer keeps.
    """
    stayed: dict[tuple[str, str], int] = {}
    for name, fate, rows in _rows(before):
        if fate is not RowFate.DELETE:
            stayed[name] = stayed.get(name, 0) + rows
    now: dict[tuple[str, str], int] = {}
    for name, fate, rows in _rows(plan):
        if fate is RowFate.DELETE and rows:
            return True
        now[name] = now.get(name, 0) + rows
    kept = set() if before is None else {one.duty for one in before.kept}
    return any(rows > stayed.get(name, 0) for name, rows in now.items()) or bool(
        kept - {one.duty for one in plan.kept}
    )


def _rows(plan: Plan | None) -> Iterator[tuple[tuple[str, str], RowFate, int]]:
    for store in () if plan is None else plan.stores:
        for step in store.steps:
            yield (store.store, step.table), step.fate, step.rows
