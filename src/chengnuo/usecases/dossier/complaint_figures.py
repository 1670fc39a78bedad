"""How complaints of the last year were answered, as it is published (pledge item 8).

Numbers only; nobody and nothing that was written is in them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from threading import Lock

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT, REPLY_CLOCK, TAKEN_BACK
from chengnuo.domain.dossier.standing import state_of
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk

_YEAR = timedelta(days=365)
_FRESH = timedelta(minutes=10)
IN_APP = "app"
"""The channel of complaints that individuals handed in themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFigures:
    """How complaints were answered.

    Attributes:
        since: First civil day that counts.
        until: Last.
        received: How many came in, without those taken back.
        by_channel: How many by channel, the most first; `app` for those handed in in the app.
        answered: How many were answered.
        late: How many were answered late, or are overdue.
        median_days: Half of the answers took at most so many calendar days; None without any.

    """

    since: date
    until: date
    received: int
    by_channel: tuple[tuple[str, int], ...]
    answered: int
    late: int
    median_days: int | None


class PublishedFigures:
    """The figures as they are shown to everybody: counted at most every ten minutes."""

    def __init__(self, desk: DossierDesk) -> None:
        """Take the desk."""
        self._desk = desk
        self._one_at_a_time = Lock()
        self._last: tuple[datetime, ComplaintFigures] | None = None

    def __call__(self) -> ComplaintFigures:
        """Return the figures."""
        now = self._desk.clock.now()
        with self._one_at_a_time:
            if self._last is None or not timedelta() <= now - self._last[0] < _FRESH:
                self._last = (now, complaint_figures(self._desk))
            return self._last[1]


def complaint_figures(desk: DossierDesk) -> ComplaintFigures:
    """Return how the complaints of the last year were answered."""
    now = desk.clock.now()
    channels, days, answered, late = Counter[str](), list[int](), 0, 0
    for dossier in desk.store.every([COMPLAINT.id], since=now - _YEAR):
        if state_of(COMPLAINT, dossier).id == TAKEN_BACK:
            continue
        channels[str(dossier.value("channel") or IN_APP)] += 1
        clock = _reply(desk.clocks(dossier))
        if clock is None:
            continue
        late += clock.is_late(now)
        if clock.met_at is not None:
            answered += 1
            days.append((civil_date(clock.met_at) - civil_date(clock.since)).days)
    return ComplaintFigures(
        since=civil_date(now - _YEAR),
        until=civil_date(now),
        received=channels.total(),
        by_channel=tuple(channels.most_common()),
        answered=answered,
        late=late,
        median_days=int(median(days)) if days else None,
    )


def _reply(clocks: tuple[Clock, ...]) -> Clock | None:
    return next((clock for clock in clocks if clock.sort.id == REPLY_CLOCK), None)
