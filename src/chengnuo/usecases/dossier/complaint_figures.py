"""How complaints of the last year and the hotline were answered, as it is published.

Pledge item 8 and `action524-4.3` ask for a way in that is answered; how it is, everybody may see.

Numbers only; nobody and nothing that was written is in them.
"""

from collections import Counter
from datetime import datetime, timedelta
from statistics import median
from threading import Lock

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.service_figures import IN_APP, ServiceFigures
from chengnuo.domain.dossier.sorts.complaint import (
    COMPLAINT,
    RATE,
    REPLY_CLOCK,
    TAKE_RATING,
    TAKEN_BACK,
)
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.dossier.stepping import STEP_UP
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.hotline_figures import MOST_WAIT, months_of, more_than_of

_YEAR = timedelta(days=365)
_FRESH = timedelta(minutes=10)


class PublishedFigures:
    """The figures as they are shown to everybody: counted at most every ten minutes."""

    def __init__(self, desk: DossierDesk) -> None:
        """Take the desk."""
        self._desk = desk
        self._one_at_a_time = Lock()
        self._last: tuple[datetime, ServiceFigures] | None = None

    def __call__(self) -> ServiceFigures:
        """Return the figures."""
        now = self._desk.clock.now()
        with self._one_at_a_time:
            if self._last is None or not timedelta() <= now - self._last[0] < _FRESH:
                self._last = (now, complaint_figures(self._desk))
            return self._last[1]


def complaint_figures(desk: DossierDesk) -> ServiceFigures:
    """Return how the complaints of the last year and the hotline were answered."""
    now = desk.clock.now()
    channels, days, answered, late = Counter[str](), list[int](), 0, 0
    content, stepped_up = Counter[str](), 0
    for dossier in desk.store.every([COMPLAINT.id], since=now - _YEAR):
        if state_of(COMPLAINT, dossier).id == TAKEN_BACK:
            continue
        channels[str(dossier.value("channel") or IN_APP)] += 1
        stepped_up += dossier.last(STEP_UP) is not None
        rated = dossier.last(RATE, TAKE_RATING)
        if rated is not None:
            content[str(rated.fields["content"])] += 1
        clock = _reply(desk.clocks(dossier))
        if clock is None:
            continue
        late += clock.is_late(now)
        if clock.met_at is not None:
            answered += 1
            days.append((civil_date(clock.met_at) - civil_date(clock.since)).days)
    return ServiceFigures(
        since=civil_date(now - _YEAR),
        until=civil_date(now),
        received=channels.total(),
        by_channel=tuple(channels.most_common()),
        answered=answered,
        late=late,
        median_days=int(median(days)) if days else None,
        stepped_up=stepped_up,
        content=tuple(content.most_common()),
        hotline=months_of(desk),
        most_wait_s=desk.catalogue.number(MOST_WAIT),
        more_than=more_than_of(desk.catalogue),
    )


def _reply(clocks: tuple[Clock, ...]) -> Clock | None:
    return next((clock for clock in clocks if clock.sort.id == REPLY_CLOCK), None)
