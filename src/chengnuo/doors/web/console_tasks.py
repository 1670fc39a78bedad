"""One thing to do on the first page of the console, and those that belong together."""

from dataclasses import dataclass, replace

from chengnuo.doors.web.page_parts import Status, StatusKind

_AT_FIRST = 3
"""Tasks of a group that are shown before anybody unfolds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do.

    Attributes:
        status: How pressing it is.
        name: What to do.
        href: Where it is done.
        detail: What it is about, or empty.
        when: Day by which, or empty.
        left: How long that is from now, or where it stands; or empty.
        who: In which part somebody has to act, or empty.

    """

    status: Status
    name: str
    href: str
    detail: str = ""
    when: str = ""
    left: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """Tasks that belong together.

    Attributes:
        name: What they have in common.
        tasks: The most pressing ones, or all.
        count: How many things there are to do, where a task stands for several; 0 counts tasks.
        rest: Tasks that are folded away.

    """

    name: str
    tasks: tuple[Task, ...]
    count: int = 0
    rest: tuple[Task, ...] = ()


def folded(group: TaskGroup) -> TaskGroup:
    """Return a group with a handful shown: what is grave, or else the first ones."""
    grave = sum(one.status.kind is StatusKind.GRAVE for one in group.tasks)
    first = min(grave, _AT_FIRST) or _AT_FIRST
    if len(group.tasks) <= first + 1:
        return group
    return replace(
        group,
        tasks=group.tasks[:first],
        count=group.count or len(group.tasks),
        rest=group.tasks[first:],
    )
