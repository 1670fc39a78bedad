"""How the hotline answered, read from what was entered."""

from datetime import timedelta

from chengnuo.domain.dossier.hotline_months import HotlineMonth, hotline_months
from chengnuo.domain.dossier.sorts.hotline import HOTLINE
from chengnuo.domain.finding.dossier_records import HotlineSeen
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk

MONTHS = 12
_SINCE = timedelta(days=400)
_MOST_ENTRIES = 200_000
MOST_WAIT, _MORE_THAN = "TD-H1", "TD-H2"
"""Figures of the catalogue: seconds at most, and the share that has to be exceeded."""
_LOOKED_AT = 3


def months_of(desk: DossierDesk) -> tuple[HotlineMonth, ...]:
    """Return the months that are over, the newest first, at most a year of them."""
    now = desk.clock.now()
    this_month = civil_date(now).replace(day=1)
    entered = desk.store.every([HOTLINE.id], since=now - _SINCE, limit=_MOST_ENTRIES)
    return tuple(one for one in hotline_months(entered) if one.first < this_month)[:MONTHS]


def more_than_of(catalogue: Catalogue) -> float:
    """Return the share of calls that has to be exceeded by those that a person answers."""
    value = catalogue.figure(_MORE_THAN).value
    return float(value) if isinstance(value, int | float) else 0.0


def months_seen(desk: DossierDesk) -> tuple[HotlineSeen, ...]:
    """Return the months of the last quarter beside the targets; those without calls left out."""
    most, more_than = desk.catalogue.number(MOST_WAIT), more_than_of(desk.catalogue)
    last = (civil_date(desk.clock.now()).replace(day=1) - timedelta(days=92)).replace(day=1)
    return tuple(
        HotlineSeen(
            dossier=one.dossier,
            first=one.first,
            mean_wait_s=one.mean_wait_s,
            most_wait_s=most,
            answered=one.answered / one.calls,
            more_than=more_than,
        )
        for one in months_of(desk)[:_LOOKED_AT]
        if one.first >= last and one.calls
    )
