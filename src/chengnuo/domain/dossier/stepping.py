"""The step up that falls due in a dossier as its deadline runs out; at most one at a time.

A service that was down for long takes the gravest step that was reached and none of the milder
ones, which nobody took when they were due. A deadline that starts anew has its steps anew.
"""

from datetime import date, datetime, timedelta

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.sort import DossierSort, StepSort, StepWhen
from chengnuo.law.civil import civil_date, end_of, start_of
from chengnuo.law.working_calendar import WorkingCalendar

STEP_UP, STEP, TO = "step-up", "step", "to"
"""The act by which the service steps up; its fields that say at which point, and to whom."""


def step_due(
    sort: DossierSort,
    dossier: Dossier,
    clocks: tuple[Clock, ...],
    calendar: WorkingCalendar,
    now: datetime,
) -> tuple[StepSort, Clock] | None:
    """Return the step that is to be taken now with its deadline, or None.

    Args:
        sort: Its sort, with the steps from the mildest to the gravest.
        dossier: The dossier.
        clocks: Its deadlines.
        calendar: The official working days.
        now: The present.

    """
    running = {clock.sort.id: clock for clock in clocks if clock.met_at is None}
    found: tuple[StepSort, Clock] | None = None
    for step in sort.steps:
        clock = running.get(step.clock)
        if clock is None:
            continue
        since = acts_of_run(dossier, clock)
        if any(_said(act) == step.when for act in since):
            found = None
        elif reached_at(step.when, clock, calendar) <= now and not any(
            act.what in step.unless for act in since
        ):
            found = (step, clock)
    return found


def last_step(sort: DossierSort, dossier: Dossier, clocks: tuple[Clock, ...]) -> StepSort | None:
    """Return the gravest step that was taken as the deadlines that run now ran out, or None."""
    running = {clock.sort.id: clock for clock in clocks if clock.met_at is None}
    taken = [
        step
        for step in sort.steps
        if step.clock in running
        and any(_said(act) == step.when for act in acts_of_run(dossier, running[step.clock]))
    ]
    return taken[-1] if taken else None


def acts_of_run(dossier: Dossier, clock: Clock) -> tuple[Act, ...]:
    """Return the acts since a deadline was set running the last time."""
    first = max(act.number for act in dossier.acts if act.what in clock.sort.starts)
    return tuple(act for act in dossier.acts if act.number >= first)


def reached_at(when: StepWhen, clock: Clock, calendar: WorkingCalendar) -> datetime:
    """Return the instant at which a point of a deadline is reached.

    Half of a deadline in days is over at the end of the working day that makes it so: of fifteen,
    the eighth.
    """
    deadline = clock.deadline
    if when is StepWhen.OVERDUE:
        return deadline.until
    if deadline.on is None:
        if when is StepWhen.LAST_DAY:
            return deadline.until - timedelta(days=1)
        return clock.since + (deadline.until - clock.since) / 2
    if when is StepWhen.LAST_DAY:
        return start_of(deadline.on)
    days = _working_days(civil_date(clock.since), deadline.on, calendar)
    return end_of(days[(len(days) - 1) // 2]) if days else deadline.until


def _working_days(after: date, until: date, calendar: WorkingCalendar) -> list[date]:
    span = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
    return [day for day in span if calendar.is_working_day(day)]


def _said(act: Act) -> str:
    return str(act.fields.get(STEP, "")) if act.what == STEP_UP else ""
