"""The deadlines of a dossier: which run, since when, until when, and whether they were met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import DossierFieldError, Value
from chengnuo.domain.dossier.sort import ClockSort, DossierSort
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import end_of, start_of
from chengnuo.law.deadline import Deadline, deadline_of
from chengnuo.law.working_calendar import WorkingCalendar

_AT_ONCE = timedelta(days=1)
"""How long "at once" is taken to be before it counts as late; a yardstick, the law has none."""


def check_starts(sort: DossierSort, what: str, fields: Mapping[str, Value], now: datetime) -> None:
    """Hold the days and instants that clocks count from to the present: none lies ahead.

    Raises:
        DossierFieldError: One does.

    """
    for clock in sort.clocks:
        said = fields.get(clock.from_field)
        if what in clock.starts | clock.moved_by and isinstance(said, str) and _instant(said) > now:
            raise DossierFieldError(clock.from_field, "no day or instant that lies ahead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A deadline of one dossier.

    Attributes:
        sort: Which.
        since: From when on it counts.
        deadline: By when.
        met_at: When it was met; None while it runs.

    """

    sort: ClockSort
    since: datetime
    deadline: Deadline
    met_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Tell whether it was or is missed; what is due at once is late only once a day is over."""
        end = self.met_at or now
        if self.deadline.at_once:
            return end - self.since > _AT_ONCE
        return end >= self.deadline.until


def clocks_of(
    sort: DossierSort,
    dossier: Dossier,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    promised: Mapping[str, int] | None = None,
) -> tuple[Clock, ...]:
    """Return the deadlines of a dossier, in the order of its sort.

    Args:
        sort: Its sort.
        dossier: The dossier.
        catalogue: Holds the figures.
        calendar: The official working days.
        promised: Shorter lengths that the operator promised, by the id of the clock.

    """
    found = []
    for clock in sort.clocks:
        if clock.runs is not None and not clock.runs(dossier):
            continue
        one = _clock(clock, dossier, catalogue, calendar, (promised or {}).get(clock.id))
        if one is not None:
            found.append(one)
    return tuple(found)


def _clock(
    clock: ClockSort,
    dossier: Dossier,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    promised: int | None,
) -> Clock | None:
    start = next((act for act in reversed(dossier.acts) if act.what in clock.starts), None)
    if start is None:
        return None
    later = [act for act in dossier.acts if act.number > start.number]
    moved = [act for act in later if act.what in clock.moved_by]
    since = min(_since(clock, act) for act in (start, *moved))
    extended = any(act.what in clock.extended_by for act in later)
    left = None if clock.open_until is None else clock.open_until(dossier)
    if left is not None:
        return Clock(sort=clock, since=since, deadline=_set_by_people(left), met_at=None)
    if clock.figure is None:
        deadline = _said(clock, start)
    else:
        figure = catalogue.figure(clock.figure)
        deadline = deadline_of(figure, since, calendar, at_most=promised)
        if deadline is not None and extended:
            first = deadline.until if deadline.on is None else start_of(deadline.on)
            deadline = deadline_of(figure, first, calendar, at_most=promised)
    if deadline is None:
        return None
    stopped = [act for act in (start, *later) if act.what in clock.stops]
    return Clock(
        sort=clock, since=since, deadline=deadline, met_at=stopped[0].at if stopped else None
    )


def _said(clock: ClockSort, start: Act) -> Deadline | None:
    """Return the deadline that people set themselves, or None where they set none."""
    said = start.fields.get(clock.until_field)
    if not isinstance(said, str):
        return None
    return _set_by_people(date.fromisoformat(said))


def _set_by_people(day: date) -> Deadline:
    return Deadline(figure=None, until=end_of(day), on=day)


def _since(clock: ClockSort, start: Act) -> datetime:
    said = start.fields.get(clock.from_field) if clock.from_field else None
    return _instant(said) if isinstance(said, str) else start.at


def _instant(said: str) -> datetime:
    """Return the instant of a field that holds one, or the beginning of the day that it holds."""
    if "T" in said:
        return datetime.fromisoformat(said)
    return start_of(date.fromisoformat(said))
