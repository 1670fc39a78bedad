"""Counting what was done: from records of the log to rows that can be added up.

A payload is opened once, when its record is taken in. Of a decision, the row keeps what a count
or a control asks for; of everything else, what the leaf says. Records that nobody can read any
more change nothing, and what a destroyed key sealed is taken out again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from chengnuo.base.canonical import Tree
from chengnuo.domain.disclosure.used import WINDOWS_DAYS, Use, Used
from chengnuo.domain.evidence.kinds import RULES, KeyClass, Kind
from chengnuo.ports.evidence_log import LogReader, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import UseSeen, UseStore

DAY_US = 86_400_000_000
COUNTED = (Kind.NOTICE_SHOWN, Kind.DECISION, Kind.PROVISION, Kind.EXPORT)
_AT_ONCE = 5_000
_MOST_AT_A_CALL = 1_000
"""What a page counts itself; the rest is counted beside the service, see `counting_rounds`."""
_WITH_CONTENT = tuple(kind.value for kind in COUNTED if RULES[kind].personal is KeyClass.CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How far the counting is.

    Attributes:
        position: Records counted.
        size: Records there are.

    """

    position: int
    size: int

    @property
    def behind(self) -> int:
        """How many records are still to be counted."""
        return max(0, self.size - self.position)


class UseCounter:
    """Takes records in and answers from them."""

    def __init__(self, *, log: LogReader, payloads: Payloads, store: UseStore) -> None:
        """Make a counter.

        Args:
            log: The log.
            payloads: Opens payloads.
            store: Keeps the rows.

        """
        self.store = store
        self._log = log
        self._payloads = payloads
        self._one_at_a_time = Lock()

    def catch_up(self, *, most: int = _MOST_AT_A_CALL) -> Counted:
        """Count what is new, so many records at most, and tell how far that is.

        Raises:
            DatabaseUnavailableError: The rows cannot be read or written.

        """
        with self._one_at_a_time:
            newest = next(self._log.newest(), None)
            size = 0 if newest is None else newest.position + 1
            at = self.store.position()
            end = min(size, at + most)
            while at < end:
                upto = min(at + _AT_ONCE, end)
                self._take_in(at, upto)
                at = upto
            self._forget_erased()
        return Counted(position=at, size=size)

    def used_by(self, names: frozenset[PersonKey], *, now: int) -> Used:
        """Return how often somebody's information was used, under all their names.

        Args:
            names: The names.
            now: Microseconds since 1970.

        """
        counted = self.catch_up()
        since = [now - days * DAY_US for days in WINDOWS_DAYS]
        sums = self.store.used(self.store.ordinals(names), since)
        exports = [one.counts for one in sums if one.kind == Kind.EXPORT.value]
        batches = (self.store.batches(since[-1], kind=kind) for kind in _WITH_CONTENT)
        return Used(
            uses=tuple(
                Use(
                    activity=one.activity,
                    recipient=one.recipient,
                    categories=one.categories,
                    counts=one.counts,
                    last=one.last,
                )
                for one in sums
                if one.kind != Kind.EXPORT.value
            ),
            exports=tuple(sum(each) for each in zip(*exports, strict=True)),
            batches=sum(one.records for one in batches),
            behind=counted.behind,
        )

    def _take_in(self, start: int, end: int) -> None:
        rows: list[UseSeen] = []
        persons: dict[PersonKey, int] = {}
        deleted: list[tuple[int, int]] = []
        for position in range(start, end):
            record = self._log.record(Position(position))
            kind = record.leaf.kind
            if kind == Kind.DELETION.value and record.ordinal:
                deleted.append((record.ordinal, position))
            if kind not in _COUNTED:
                continue
            person = self._payloads.person(record) if record.ordinal else None
            if record.ordinal and person is None:
                continue
            row = self._row(record)
            if row is not None:
                rows.append(row)
            if person is not None:
                persons[person] = record.ordinal
        self.store.add(rows, persons=tuple(persons.items()), deleted=deleted, position=end)

    def _row(self, record: Record) -> UseSeen | None:
        leaf = record.leaf
        if leaf.kind == Kind.NOTICE_SHOWN.value:
            return _row(record, {})
        opened = self._payloads.opened(record).payload
        return None if opened is None else _row(record, json.loads(opened))

    def _forget_erased(self) -> None:
        for person, ordinal, deletion in self.store.with_deletion():
            erasures = self._payloads.erasures(person)
            for erasure in erasures:
                kinds = () if erasure.key is KeyClass.PROOF else _WITH_CONTENT
                self.store.forget(ordinal, below=erasure.position, kinds=kinds)
            if any(erasure.position >= deletion for erasure in erasures):
                self.store.settle(ordinal)


_COUNTED = frozenset(kind.value for kind in COUNTED)


def _row(record: Record, said: Mapping[str, Tree]) -> UseSeen:
    leaf = record.leaf
    request, state = said.get("request"), said.get("state")
    asked: Mapping[str, Tree] = request if isinstance(request, Mapping) else {}
    was: Mapping[str, Tree] = state if isinstance(state, Mapping) else {}
    categories = said.get("categories", asked.get("categories"))
    return UseSeen(
        position=record.position,
        ordinal=record.ordinal,
        at=leaf.at,
        kind=leaf.kind,
        activity=leaf.activity,
        recipient=leaf.recipient,
        item=leaf.item,
        register=leaf.register,
        outcome=str(said.get("outcome", "")),
        rules=_words(said.get("rules")),
        categories=None if categories is None else _words(categories),
        consents=tuple(int(one) for one in _words(said.get("consents")) if one.isdecimal()),
        request=json.dumps(request, sort_keys=True) if asked else "",
        seen=_number(said.get("seen")),
        started=bool(asked.get("started")),
        age=str(was.get("age", "")),
        count=_number(said.get("count")),
        permitted=_number(said.get("permitted")),
    )


def _words(value: Tree) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _number(value: Tree) -> int:
    return value if isinstance(value, int) else 0
