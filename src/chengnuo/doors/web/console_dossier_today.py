"""What dossiers ask of staff today: one line a sort, with what is late and what is due next.

Numbers and dates only, so that every role may see them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_dossiers import path_of
from chengnuo.doors.web.console_tasks import Task, TaskGroup
from chengnuo.doors.web.dossier_view import clock_status
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.dossier.desk import DossierDesk


def dossiers_group(say: Speaker, desk: DossierDesk) -> TaskGroup:
    """Return what open dossiers ask for, the most pressing sort first."""
    now, running = desk.clock.now(), dict[str, list[Clock]]()
    for dossier in desk.store.every(sorted(desk.sorts), open_only=True):
        clocks = [clock for clock in desk.clocks(dossier) if clock.met_at is None]
        running.setdefault(dossier.sort, []).extend(clocks)
    pressing = sorted(
        ((min(some, key=_until), some, desk.sorts[sort]) for sort, some in running.items() if some),
        key=lambda one: _until(one[0]),
    )
    return TaskGroup(name=say.t("dossier.title"), tasks=tuple(_tasks(say, pressing, now)))


def _tasks(
    say: Speaker, pressing: Sequence[tuple[Clock, list[Clock], DossierSort]], now: datetime
) -> Iterator[Task]:
    for first, some, sort in pressing:
        late = sum(clock.is_late(now) for clock in some)
        passed = say.t("dossier.late-of", late=late, n=len(some)) if late else ""
        yield Task(
            status=clock_status(say, first, now),
            name=say.text(sort.text),
            href=path_of(sort),
            detail=passed or say.text(first.sort.text),
            when=_when(first),
        )


def _when(clock: Clock) -> str:
    if clock.deadline.on is not None:
        return clock.deadline.on.isoformat()
    return moment(clock.deadline.until)


def _until(clock: Clock) -> datetime:
    return clock.deadline.until
