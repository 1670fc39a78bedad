"""What requests about rights ask of staff today: overdue, nearly due, held up, to review, by hand.

Numbers and dates only, so that every role may see them; the lines behind them are for those who
may read of individuals.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chengnuo.domain.rights.machine import Stage
from chengnuo.doors.web.console_rights_queue_view import Narrow
from chengnuo.doors.web.console_rights_words import PATH, SOON_DAYS
from chengnuo.doors.web.console_tasks import Task, TaskGroup
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.wording import Translate
from chengnuo.usecases.rights.seen import RequestLine


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """One sort of things to do.

    Attributes:
        name: Key of its words.
        kind: How pressing it is.
        href: Where its requests are.
        holds: Whether a request is of it.

    """

    name: str
    kind: StatusKind
    href: str
    holds: Callable[[RequestLine], bool]


_SORTS = (
    _Sort(
        name="overdue",
        kind=StatusKind.GRAVE,
        href=Narrow(overdue=True).href(),
        holds=lambda line: line.days_left < 0,
    ),
    _Sort(
        name="soon",
        kind=StatusKind.WARN,
        href=PATH,
        holds=lambda line: 0 <= line.days_left <= SOON_DAYS,
    ),
    _Sort(
        name="parked",
        kind=StatusKind.WARN,
        href=Narrow(stage=Stage.PARKED).href(),
        holds=lambda line: line.stage is Stage.PARKED,
    ),
    _Sort(
        name="needs-release",
        kind=StatusKind.NOTE,
        href=Narrow(stage=Stage.NEEDS_RELEASE).href(),
        holds=lambda line: line.stage is Stage.NEEDS_RELEASE,
    ),
)


def rights_group(t: Translate, lines: Sequence[RequestLine], tasks: int) -> TaskGroup:
    """Return what open requests ask for, the most pressing first; tasks by hand stand last.

    Args:
        t: Gives texts.
        lines: Open requests.
        tasks: How many tasks wait.

    """
    found = []
    for sort in _SORTS:
        some = [line for line in lines if sort.holds(line)]
        if some:
            first = min(some, key=lambda line: (line.due.on, line.id))
            found.append(
                Task(
                    status=_status(t, sort.kind, len(some)),
                    name=t(f"console.rights.due.{sort.name}"),
                    href=sort.href,
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
