"""Everything that has a clock, in one list by the legal time left: what today's page begins with.

Each source is asked for no more than the leaf that is shown needs, and counted where it is kept:
the page takes as long with ten thousand open requests as with ten.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import TypeAlias

from chengnuo.base.instant import from_us
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.governance.release import Release
from chengnuo.domain.governance.release_clock import clock_of
from chengnuo.doors.web.console_agenda import Due
from chengnuo.doors.web.leafing import Leaf
from chengnuo.law.civil import end_of
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.overview import SortStanding, overview
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.seen import RequestLine

RIGHTS, REGISTER, RELEASES = "rights", "register", "releases"
"""The kinds beside the sorts of dossier, which have their own ids."""
MOST_LEAVES = 8
"""Leaves of the list of all kinds; what lies deeper is reached by choosing one."""
_BEGINNING = from_us(0)
Line: TypeAlias = RequestLine | Seen | Due | Release


@dataclass(frozen=True, slots=True)
class Running:
    """Something with a clock.

    Attributes:
        until: It is kept before this instant.
        kind: Of which kind.
        line: What it is.

    """

    until: datetime
    kind: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How much of one kind runs, and how to read it.

    Attributes:
        id: `rights`, `register`, `releases`, or the id of a sort of dossier.
        running: How many have a clock that runs.
        late: Of these, how many are overdue.
        read: Returns some of them, the most pressing first: skip, limit, whether only late ones.
        sort: The sort of dossier; None for the others.

    """

    id: str
    running: int
    late: int
    read: Callable[[int, int, bool], Sequence[Running]]
    sort: DossierSort | None = None

    def count(self, *, late: bool) -> int:
        """Return how many there are, of the late ones alone or of all."""
        return self.late if late else self.running


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Everything with a clock that somebody may see, kind by kind."""

    kinds: tuple[Kind, ...]

    def one(self, wanted: str) -> Kind | None:
        """Return a kind, or None."""
        return next((kind for kind in self.kinds if kind.id == wanted), None)

    def count(self, *, late: bool) -> int:
        """Return how many there are of all kinds."""
        return sum(kind.count(late=late) for kind in self.kinds)

    def leaf(self, leaf: Leaf, *, late: bool, kind: Kind | None) -> tuple[Running, ...]:
        """Return one leaf, the most pressing first; of all kinds where none is wanted."""
        if kind is None and leaf.number >= MOST_LEAVES:
            return ()
        return self.some(leaf.skip, leaf.limit - 1, late=late, kind=kind)

    def some(
        self, skip: int, limit: int, *, late: bool, kind: Kind | None = None
    ) -> tuple[Running, ...]:
        """Return so many after the first ones, the most pressing first."""
        if kind is not None:
            return tuple(kind.read(skip, limit, late))
        upto = skip + limit
        each = (each.read(0, upto, late) for each in self.kinds if each.count(late=late))
        ordered = merge(*each, key=lambda one: (one.until, one.kind))
        return tuple(islice(ordered, skip, upto))


def clocks_of(
    *,
    rights: RightsDesk | None,
    dossiers: tuple[DossierDesk, Actor] | None,
    register: Sequence[Due],
    releases: tuple[Sequence[Release], int, datetime] | None,
) -> Clocks:
    """Return everything with a clock.

    Args:
        rights: The requests; None for who may not see lines of them, or where none are taken.
        dossiers: The dossiers and who looks; None likewise.
        register: Dates of the register, the earliest first.
        releases: Open releases, the days an answer may take, the present; None where none are.

    """
    kinds: list[Kind] = []
    if rights is not None:
        kinds.append(_of_rights(rights))
    if dossiers is not None:
        desk, actor = dossiers
        kinds += [_of_sort(desk, actor, one) for one in overview(desk, actor) if one.sort.clocks]
    kinds.append(_of_dues(register))
    if releases is not None:
        kinds.append(_of_releases(*releases))
    return Clocks(kinds=tuple(kinds))


def _of_rights(desk: RightsDesk) -> Kind:
    def read(skip: int, limit: int, late: bool) -> Sequence[Running]:  # noqa: FBT001  as Kind says
        lines = desk.queue(overdue=late, skip=skip, limit=limit)
        return [Running(end_of(line.due.on), RIGHTS, line) for line in lines]

    return Kind(id=RIGHTS, running=desk.waiting(), late=desk.waiting(overdue=True), read=read)


def _of_sort(desk: DossierDesk, actor: Actor, standing: SortStanding) -> Kind:
    sort, now = standing.sort, desk.clock.now()

    def read(skip: int, limit: int, late: bool) -> Sequence[Running]:  # noqa: FBT001  as Kind says
        due = (_BEGINNING, now if late else _FAR)
        found = desk.queue(actor, [sort.id], due=due, skip=skip, limit=limit)
        return [
            Running(clock.deadline.until, sort.id, one)
            for one in found
            if (clock := one.next_clock) is not None and (not late or clock.is_late(now))
        ]

    running = desk.store.count([sort.id], open_only=True, due=(_BEGINNING, _FAR))
    return Kind(id=sort.id, running=running, late=standing.late, read=read, sort=sort)


_FAR = from_us(1 << 52)
"""An instant after every deadline, in the year 2112."""


def _of_dues(dues: Sequence[Due]) -> Kind:
    each = [Running(end_of(due.on), REGISTER, due) for due in dues]
    return _kept(REGISTER, each, sum(due.days_left < 0 for due in dues))


def _of_releases(releases: Sequence[Release], days: int, now: datetime) -> Kind:
    clocks = [(clock_of(one.submitted_at, days), one) for one in releases]
    each = sorted(
        (Running(end_of(clock.due), RELEASES, one) for clock, one in clocks),
        key=lambda one: one.until,
    )
    return _kept(RELEASES, each, sum(clock.is_overdue(now) for clock, _ in clocks))


def _kept(kind: str, each: Iterable[Running], late: int) -> Kind:
    """Return a kind that is in memory already, in order: what is late stands first."""
    found = list(each)

    def read(skip: int, limit: int, late_only: bool) -> Sequence[Running]:  # noqa: FBT001  as above
        return (found[:late] if late_only else found)[skip : skip + limit]

    return Kind(id=kind, running=len(found), late=late, read=read)
