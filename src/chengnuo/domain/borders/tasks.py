"""What follows from the counts and from the days on which routes end, each with its day.

For a line that was reached the rules give no days of grace: the route comes before anything more
goes abroad, so the task is due on the day of the crossing. A security assessment is extended
within the last working days of its term (TD-D8); other filings and certificates are renewed by
their last day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.borders.counting import NOBODY_JOINED, Planes, Sort, reached_on
from chengnuo.domain.borders.route import Demand, Lines
from chengnuo.domain.register.model import Register
from chengnuo.engines.planes.people import Joined
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import FigureId
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.law.working_days import WorkingDays

EXTENSION = FigureId("TD-D8")


class TaskKind(StrEnum):
    """What is to be done."""

    TAKE_ROUTE = "take-route"
    """A line was reached: take the route before anything more goes abroad."""
    EXTEND = "extend-assessment"
    """Apply for the extension of a security assessment."""
    RENEW = "renew-route"
    """Renew a filing or a certificate, or stop."""

    @property
    def text(self) -> Text:
        """The words for it."""
        return _TEXTS[self]


_TEXTS = {
    TaskKind.TAKE_ROUTE: Text(
        "已达到人数线：办妥出境路径之前不再提供", "a line was reached: take the route first"
    ),
    TaskKind.EXTEND: Text("申请延长安全评估结果有效期", "apply to extend the security assessment"),
    TaskKind.RENEW: Text(
        "出境路径到期前续办，或停止提供", "renew the route before it ends, or stop"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to be done, with its days.

    Attributes:
        kind: What.
        starts: The first day on which it can be done; of a line the day on which it was reached.
        due: The last day; of a line the same.
        figure: Figure of the catalogue it rests on; None where there is none.
        demand: The route to be taken; None for another task.
        sort: Whom the line counts; None for another task.
        recipient: Whom it is about; empty for all.
        provisional: Whether the working calendar does not reach so far; `starts` is then the
            latest it can be.

    """

    kind: TaskKind
    starts: date
    due: date
    figure: FigureId | None = None
    demand: Demand | None = None
    sort: Sort | None = None
    recipient: str = ""
    provisional: bool = False


def crossed(
    planes: Planes, year: int, lines: Lines, same: Joined = NOBODY_JOINED
) -> tuple[Task, ...]:
    """Return a task for each line that was reached in a year, by the day on which it was."""
    reached = [(line.figure, line.demand, line.sort, line.limit) for line in lines]
    reached.append((lines.exempt.figure, Demand.CONTRACT, Sort.SENSITIVE, 1))
    found = [
        Task(
            kind=TaskKind.TAKE_ROUTE,
            starts=day,
            due=day,
            figure=figure,
            demand=demand,
            sort=sort,
        )
        for figure, demand, sort, limit in reached
        if (day := reached_on(planes, year, sort, limit, same)) is not None
    ]
    return tuple(sorted(found, key=lambda task: (task.due, task.figure or "")))


def ending(
    register: Register, catalogue: Catalogue, calendar: WorkingCalendar, today: date
) -> tuple[Task, ...]:
    """Return a task for each route abroad that ends and whose time to extend or renew has come.

    Args:
        register: Its recipients say by which route and until when.
        catalogue: Has the figure of the window.
        calendar: The official working days.
        today: Civil day.

    """
    return tuple(task for task in _ending(register, catalogue, calendar) if task.starts <= today)


def _ending(register: Register, catalogue: Catalogue, calendar: WorkingCalendar) -> Iterator[Task]:
    length = WorkingDays(catalogue.number(EXTENSION))
    for recipient in register.recipients:
        border = recipient.cross_border
        if border is None or border.until is None or not border.route.needs_filing:
            continue
        starts, provisional = window_opens(border.until, length, calendar)
        extends = border.route is TransferRoute.ASSESSMENT
        yield Task(
            kind=TaskKind.EXTEND if extends else TaskKind.RENEW,
            starts=starts,
            due=border.until,
            figure=EXTENSION if extends else None,
            recipient=recipient.recipient,
            provisional=provisional,
        )


def window_opens(until: date, length: WorkingDays, calendar: WorkingCalendar) -> tuple[date, bool]:
    """Return the first of the last so many working days up to a day, and whether it may move.

    Days that the calendar does not know count as working days, so that no day is given that lies
    before the window.
    """
    day, left, provisional = until, length.count, False
    while True:
        known = calendar.knows(day)
        provisional = provisional or not known
        left -= not known or calendar.is_working_day(day)
        if left <= 0:
            return day, provisional
        day -= timedelta(days=1)
