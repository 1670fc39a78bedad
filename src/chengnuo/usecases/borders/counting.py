"""Counting whose information went abroad: from records of provision to planes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from threading import RLock
from typing import Protocol

from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.domain.borders.counting import (
    Heads,
    Sent,
    Sort,
    YearCount,
    count_year,
    counted_people,
    planes_of,
)
from chengnuo.domain.borders.recount import recounted
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.engines.planes.people import Joined, People, joined_of, people_of, union
from chengnuo.ports.borders import BorderStore, Reached
from chengnuo.ports.evidence_log import Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.borders.reading import Reading
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.desk import ConsentDesk

_AT_ONCE = 5_000
_MOST_AT_A_CALL = 100_000
MOST_RECOUNTED = 200_000


class RecountTooLongError(InvalidInputError):
    """The log has more records than are read again for one answer."""

    code = "recount-too-long"

    def __init__(self, records: int) -> None:
        super().__init__(
            f"the log has {records} records; a recount reads {MOST_RECOUNTED} at the most"
        )
        self.records = records


class CountBehindError(UnavailableError):
    """Records are still to be counted, so nobody can tell how many people there are."""

    code = "border-count-behind"

    def __init__(self, left: int) -> None:
        super().__init__(
            f"{left} records of the log are not counted yet, so nothing goes abroad; try again"
        )
        self.left = left


class Known(Protocol):
    """Knows which names are of one individual, and their numbers in the log."""

    def ready(self, position: int) -> None:
        """Take in what the log holds before a position.

        Raises:
            DatabaseUnavailableError: It cannot be read or written.

        """
        ...

    def names_of(self, person: PersonKey) -> frozenset[PersonKey]:
        """Return all names of an individual, the one given among them."""
        ...

    def ordinals_of(self, names: frozenset[PersonKey]) -> Collection[int]:
        """Return the dense numbers of names, as far as there are records of them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHere:
    """`Known` by what is kept beside the log of consents and of uses.

    Attributes:
        consents: Knows the names.
        uses: Knows the numbers of whoever anything was recorded of.

    """

    consents: ConsentDesk
    uses: UseCounter

    def ready(self, position: int) -> None:
        """See `Known.ready`."""
        while self.uses.store.position() < position:
            self.uses.catch_up()

    def names_of(self, person: PersonKey) -> frozenset[PersonKey]:
        """See `Known.names_of`."""
        return self.consents.names_of(person)

    def ordinals_of(self, names: frozenset[PersonKey]) -> Collection[int]:
        """See `Known.ordinals_of`."""
        of_consents = (self.consents.ordinal_of(name) for name in names)
        return {*self.uses.store.ordinals(names), *(one for one in of_consents if one is not None)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An individual whose information may go abroad, as far as counting needs to know.

    Attributes:
        names: All their names.
        ordinals: The dense numbers of these; empty if nothing was recorded of them.
        sorts: Whether general, sensitive or both sorts of information would go.

    """

    names: frozenset[PersonKey]
    ordinals: frozenset[int]
    sorts: frozenset[Sort]


class BorderCounter:
    """Takes records in and counts."""

    def __init__(
        self,
        reading: Reading,
        store: BorderStore,
        known: Known,
    ) -> None:
        """Make a counter.

        Args:
            reading: Reads records.
            store: Keeps the planes.
            known: Knows the names of individuals.

        """
        self.reading = reading
        self.store = store
        self._known = known
        self._lock = RLock()
        self._year: tuple[int, dict[Sort, People]] | None = None
        self._same: Joined = None

    def catch_up(self, *, most: int = _MOST_AT_A_CALL) -> int:
        """Take in what is new, so many records at most, and return how many are left.

        Raises:
            DatabaseUnavailableError: The planes cannot be read or written.

        """
        with self._lock:
            reached, size = self.store.reached(), self.reading.size()
            end = min(size, reached.position + most)
            self._known.ready(end)
            while reached.position < end:
                reached = self._take_in(reached, min(reached.position + _AT_ONCE, end))
            return size - reached.position

    def ready(self) -> None:
        """Take in what is new.

        Raises:
            CountBehindError: There is too much of it for now; it goes on with the next call.
            DatabaseUnavailableError: The planes cannot be read or written.

        """
        left = self.catch_up()
        if left:
            raise CountBehindError(left)

    def count(self, year: int) -> YearCount:
        """Return the count of a civil year, as far as the log is taken in."""
        return count_year(self.store.planes(year), year, self.same())

    def same(self) -> Joined:
        """Return which ordinals are other names of one individual."""
        with self._lock:
            if self._same is None:
                self._same = joined_of(self.store.same())
            return self._same

    def somebody(self, person: PersonKey, sorts: frozenset[Sort]) -> Somebody:
        """Return an individual as counting sees them."""
        names = self._known.names_of(person)
        return Somebody(
            names=names, ordinals=frozenset(self._known.ordinals_of(names)), sorts=sorts
        )

    def after(self, year: int, more: Iterable[Somebody]) -> Heads:
        """Return who would be held to the lines of a year with some individuals more."""
        individuals = tuple(more)
        return Heads(
            general=self._after(year, Sort.GENERAL, individuals),
            sensitive=self._after(year, Sort.SENSITIVE, individuals),
        )

    def _after(self, year: int, sort: Sort, more: tuple[Somebody, ...]) -> int:
        with self._lock:
            kept, same = self._people(year)[sort], self.same()
        of_sort = [one for one in more if sort in one.sorts]
        known = people_of([min(one.ordinals) for one in of_sort if one.ordinals])
        new = {one.names for one in of_sort if not one.ordinals}
        return len(union((kept, known)).joined(same)) + len(new)

    def _people(self, year: int) -> dict[Sort, People]:
        if self._year is None or self._year[0] != year:
            planes = self.store.planes(year)
            self._year = (year, {sort: counted_people(planes, year, sort) for sort in _SORTS})
        return self._year[1]

    def recount(self, year: int) -> YearCount:
        """Return the count of a year by reading every record again: the plain way, and slow.

        Raises:
            RecountTooLongError: There are too many records for that.

        """
        size = self.reading.size()
        if size > MOST_RECOUNTED:
            raise RecountTooLongError(size)
        records = self._records(0, size)
        found = [sent for record in records if (sent := self.reading.sent(record)[0]) is not None]
        return recounted(found, year, dict(self.store.same()))

    def _records(self, start: int, end: int) -> Iterator[Record]:
        return (self.reading.log.record(Position(one)) for one in range(start, end))

    def _take_in(self, reached: Reached, end: int) -> Reached:
        found: list[Sent] = []
        same: set[tuple[int, int]] = set()
        at_most = 0
        for record in self._records(reached.position, end):
            sent, is_at_most = self.reading.sent(record)
            if sent is not None:
                found.append(sent)
                at_most += is_at_most
            if sent is not None or record.leaf.kind == Kind.ALIASES_MERGED.value:
                same.update(self._names(record))
        now = Reached(position=end, at_most=reached.at_most + at_most)
        planes = planes_of(found)
        self.store.add(planes, sorted(same), now)
        if same:
            self._same = None
        if self._year is not None:
            year, kept = self._year
            for sort in _SORTS:
                kept[sort] = union((kept[sort], counted_people(planes, year, sort)))
        return now

    def _names(self, record: Record) -> Iterator[tuple[int, int]]:
        """Yield the other numbers of whom a record concerns."""
        person = self.reading.payloads.person(record)
        names = frozenset() if person is None else self._known.names_of(person)
        if len(names) > 1:
            others = self._known.ordinals_of(names)
            yield from ((record.ordinal, other) for other in others if other != record.ordinal)


_SORTS = (Sort.GENERAL, Sort.SENSITIVE)
