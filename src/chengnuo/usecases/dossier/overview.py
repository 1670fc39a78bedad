"""How many dossiers of each sort are open and late, and what is due first, without reading all.

What is counted was written down when something was last done in a dossier. A promise of the
operator or a newly announced calendar moves deadlines without that: `Rekeeping` writes them anew.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from chengnuo.base.instant import from_us
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.ports.dossiers import Due
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor, Seen, sees_sort

_AT_ONCE = timedelta(days=1, microseconds=1)
"""What is due at once is late once a day is over: only these last deadlines are looked at."""
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SortStanding:
    """How the open dossiers of a sort stand.

    Attributes:
        sort: The sort.
        open: How many are open.
        late: In how many of these a deadline has passed.
        first: The one that is due first; None where none is open.

    """

    sort: DossierSort
    open: int
    late: int
    first: Seen | None


def overview(
    desk: DossierDesk, actor: Actor, sorts: Sequence[str] | None = None
) -> tuple[SortStanding, ...]:
    """Return how sorts stand for somebody of the staff; what they may not read stands as empty."""
    wanted = [one for one in desk.sorts.values() if sorts is None or one.id in sorts]
    allowed = [one.id for one in wanted if sees_sort(one, actor.party)]
    now = desk.clock.now()
    surely = now - _AT_ONCE
    waiting = desk.store.waiting(allowed, due_by=surely)
    found = []
    for sort in wanted:
        counted = waiting.get(sort.id)
        if counted is None:
            found.append(SortStanding(sort=sort, open=0, late=0, first=None))
            continue
        just = desk.store.every([sort.id], open_only=True, due=(surely, now))
        late = counted.due + sum(
            any(clock.met_at is None and clock.is_late(now) for clock in desk.clocks(one))
            for one in just
        )
        first = desk.queue(actor, [sort.id], limit=1)
        found.append(
            SortStanding(sort=sort, open=counted.open, late=late, first=first[0] if first else None)
        )
    return tuple(found)


def asked_for(  # noqa: PLR0913  which, and which part of them
    desk: DossierDesk,
    actor: Actor,
    sort: DossierSort,
    *,
    ended: bool,
    late: bool,
    skip: int,
    limit: int,
) -> tuple[Seen, ...]:
    """Return some dossiers of a sort, what is due first first.

    Args:
        desk: The desk.
        actor: Who looks.
        sort: Which sort.
        ended: Those at their end as well.
        late: Only those in which a deadline has passed, as `overview` counts them.
        skip: Leave out so many of the first.
        limit: Return at most so many.

    """
    now = desk.clock.now()
    due = (from_us(0), now) if late else None
    found = desk.queue(actor, [sort.id], open_only=not ended, due=due, skip=skip, limit=limit)
    if not late:
        return found
    return tuple(
        one
        for one in found
        if any(clock.met_at is None and clock.is_late(now) for clock in one.clocks)
    )


@dataclass(slots=True)
class Rekeeping:
    """Writes down anew what is due in open dossiers, once what deadlines follow from changed.

    Attributes:
        desk: The desk.

    """

    desk: DossierDesk
    _kept_for: object = None
    _one_at_a_time: AbstractContextManager[bool] = field(default_factory=Lock, repr=False)

    def __call__(self) -> int:
        """Go through the open dossiers if need be; return in how many another day is due."""
        desk = self.desk
        follows_from = (repr(desk.promised()), desk.calendar.last, desk.catalogue.version.digest)
        with self._one_at_a_time:
            if follows_from == self._kept_for:
                return 0
            moved = self._all()
            self._kept_for = follows_from
            return moved

    def _all(self) -> int:
        desk, skip = self.desk, 0
        sorts = sorted(one.id for one in desk.sorts.values() if one.clocks)
        due = list[Due]()
        while part := desk.store.every(sorts, open_only=True, skip=skip, limit=_AT_A_TIME):
            due.extend(Due(dossier=one.id, acts=len(one.acts), at=desk.due_in(one)) for one in part)
            skip += len(part)
        return desk.store.keep_due(due)
