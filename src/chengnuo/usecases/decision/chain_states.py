"""The state of an individual read from the log itself: slow, plain, and what a replay stands on.

An individual's chain holds all acts under one name; a merge leads to the chain of the other name.
Records that are durable and not yet under a checkpoint are looked through as well, so a
withdrawal counts as soon as it was acknowledged. What a record changes and what follows from all
of them is said in `usecases/consent`, for the kept state and for this one alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Merge
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.decision.request import State
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.consents import (
    NOTHING_SEEN,
    ActKept,
    Change,
    Kept,
    KnownOfIndividual,
    MergeKept,
    Seen,
    SettingKept,
)
from chengnuo.ports.evidence_log import LogReader, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.state import readable, state_from
from chengnuo.usecases.consent.taking_in import TakingIn

Known = Callable[[PersonKey], tuple[KnownOfIndividual, ...]]
"""Returns what is known of somebody from elsewhere than the log."""


def _nothing_known(person: PersonKey) -> tuple[KnownOfIndividual, ...]:
    del person
    return ()


def _no_register(version: str) -> None:
    """Return no register: what follows from a withdrawal is not looked at here."""
    del version


@dataclass(slots=True)
class _Found:
    """What was found in the chains of one individual."""

    names: set[PersonKey]
    entries: list[Entry] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)

    def take(self, change: Change) -> None:
        """Take a change in."""
        match change:
            case ActKept(entry=entry):
                self.entries.append(entry)
            case MergeKept(merge=merge):
                self.merges.append(merge)
                self.names |= {PersonKey(name) for name in (merge.one, merge.other) if name}
            case SettingKept(setting=setting):
                self.settings.append(setting)
            case _:
                pass

    def kept(self, known: Known) -> Kept:
        """Return it as it is kept."""
        return Kept(
            names=frozenset(self.names),
            entries=tuple(sorted(self.entries, key=lambda one: one.event.position)),
            merges=tuple(sorted(self.merges, key=lambda one: one.position)),
            settings=tuple(sorted(self.settings, key=lambda one: one.position)),
            known=tuple(one for name in sorted(self.names) for one in known(name)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStates:
    """`States` over a log.

    Attributes:
        log: The log.
        payloads: Opens payloads and finds chains.
        known: Tells what the log does not: birth date and account.

    """

    log: LogReader
    payloads: Payloads
    known: Known = _nothing_known

    def seen(self, *, by: int = 0) -> Seen:
        """See `States.seen`: all records are."""
        del by
        last = next(self.log.newest(), None)
        if last is None:
            return NOTHING_SEEN
        return Seen(position=last.position + 1, at=last.leaf.at)

    def at_hand(self, person: PersonKey) -> bool:
        """See `States.at_hand`: the log is read."""
        del person
        return False

    def state_of(self, person: PersonKey, at: int) -> State:
        """Return what was so at an instant by all records of the log."""
        return self.state_before(person, at)

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        """See `States.state_before`."""
        reading = TakingIn(log=self.log, payloads=self.payloads, register_of=_no_register)
        found = _Found({person})
        first = self.payloads.tag(person)
        for record in () if first is None else self._chains(first.hex(), position):
            taken = reading.taken(record)
            if taken is not None:
                found.take(taken.change)
        kept = found.kept(self.known)
        erased = frozenset(name for name in kept.names if self.payloads.erasures(name))
        gone = frozenset(name for name in erased if self._is_gone(name))
        return state_from(readable(replace(kept, erased=erased), gone), at)

    def _is_gone(self, name: PersonKey) -> bool:
        """Tell whether the proof key of a name was destroyed and no other took its place."""
        erased = any(one.key is KeyClass.PROOF for one in self.payloads.erasures(name))
        return erased and self.payloads.tag(name) is None

    def _chains(self, first: str, position: int | None) -> Iterator[Record]:
        """Yield the records of a chain and of those it was joined with before, each once."""
        mapped, head = self.log.last(bytes.fromhex(first))
        tail = list(takewhile(lambda one: one.position >= mapped, self.log.newest()))
        todo, known, given = [(first, head)], {first}, set[Position]()
        while todo:
            tag, head = todo.pop()
            for record in self._one_chain(tag, head, tail):
                if position is not None and record.position >= position:
                    continue  # also of a merge: what was joined later was not known then
                for other in _tags(record) - known:
                    known.add(other)
                    todo.append((other, self.log.last(bytes.fromhex(other))[1]))
                if record.position not in given:
                    given.add(record.position)
                    yield record

    def _one_chain(self, tag: str, head: Position | None, tail: list[Record]) -> Iterator[Record]:
        yield from (record for record in tail if tag in _tags(record))
        at = head
        while at is not None:
            record = self.log.record(at)
            yield record
            at = record.before if record.leaf.tag == tag else record.also_before


def _tags(record: Record) -> set[str]:
    leaf = record.leaf
    return {leaf.tag} if leaf.also is None else {leaf.tag, leaf.also.tag}
