"""What requests about rights ask of staff today: overdue, held up, to review, by hand.

Numbers and dates only, so that every role may see them; the lines behind them are for those who
may read of individuals.
"""

from dataclasses import dataclass

from chengnuo.domain.rights.machine import Stage
from chengnuo.doors.web.console_mends import with_mend
from chengnuo.doors.web.console_rights_narrow import Narrow
from chengnuo.doors.web.console_rights_words import PATH, RightsWords
from chengnuo.doors.web.console_tasks import Task, TaskGroup
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.wording import Translate
from chengnuo.usecases.rights.desk import RightsDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """One sort of things to do.

    Attributes:
        name: Key of its words.
        kind: How pressing it is.
        narrow: Which requests they are.

    """

    name: str
    kind: StatusKind
    narrow: Narrow


_SORTS = (
    _Sort(name="overdue", kind=StatusKind.GRAVE, narrow=Narrow(overdue=True)),
    _Sort(name="parked", kind=StatusKind.WARN, narrow=Narrow(stage=Stage.PARKED)),
    _Sort(name="needs-release", kind=StatusKind.NOTE, narrow=Narrow(stage=Stage.NEEDS_RELEASE)),
)


def rights_group(words: RightsWords, rights: RightsDesk) -> TaskGroup:
    """Return what open requests ask for, the most pressing first; tasks by hand stand last."""
    t, found, tasks = words.t, [], len(rights.tasks())
    for sort in _SORTS:
        stage = Stage(sort.narrow.stage) if sort.narrow.stage else None
        count = rights.waiting(stage, overdue=sort.narrow.overdue)
        if count:
            (first,) = rights.queue(stage, overdue=sort.narrow.overdue, limit=1)
            found.append(
                Task(
                    status=with_mend(_status(t, sort.kind, count), words.mend(first)),
                    name=t(f"console.rights.due.{sort.name}"),
                    href=sort.narrow.href(),
                    detail=t("console.rights.due.first", id=first.id),
                    when=first.due.on.isoformat(),
                    left=_left(t, first.days_left),
                )
            )
    if tasks:
        found.append(
            Task(
                status=_status(t, StatusKind.NOTE, tasks),
                name=t("console.rights.due.tasks"),
                href=f"{PATH}/tasks",
            )
        )
    return TaskGroup(name=t("console.rights.due.group"), tasks=tuple(found))


def _status(t: Translate, kind: StatusKind, count: int) -> Status:
    return Status(kind=kind, word=t("console.rights.due.count", n=count))


def _left(t: Translate, days: int) -> str:
    if days < 0:
        return t("console.rights.days-over", n=-days)
    return t("console.rights.days-left", n=days) if days else t("console.rights.due-today")
