"""One thing to do on the first page of the console, and those that belong together."""

from dataclasses import dataclass

from chengnuo.doors.web.page_parts import Status


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
        count: How many things there are to do, where a task stands for several; 0 counts tasks.

    """

    name: str
    tasks: tuple[Task, ...]
    count: int = 0
