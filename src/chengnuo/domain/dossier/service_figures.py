"""How complaints and the hotline were answered, as everybody may read it: numbers, and nobody."""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.dossier.hotline_months import HotlineMonth

IN_APP = "app"
"""The channel of complaints that individuals handed in themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigures:
    """How complaints of a year and the hotline were answered.

    Attributes:
        since: First civil day that counts.
        until: Last.
        received: How many came in, without those taken back.
        by_channel: How many by channel, the most first; `app` for those handed in in the app.
        answered: How many were answered.
        late: How many were answered late, or are overdue.
        median_days: Half of the answers took at most so many calendar days; None without any.
        stepped_up: How many the service stepped up, as nobody had answered in time.
        content: How many who were answered said what of it, by the ids of the sort.
        hotline: The hotline by month, the newest first.
        most_wait_s: What the average wait of a month is to be at most, in seconds.
        more_than: What the share of calls that a person answers is to exceed.

    """

    since: date
    until: date
    received: int
    by_channel: tuple[tuple[str, int], ...]
    answered: int
    late: int
    median_days: int | None
    stepped_up: int = 0
    content: tuple[tuple[str, int], ...] = ()
    hotline: tuple[HotlineMonth, ...] = ()
    most_wait_s: int
    more_than: float
