"""Consent in numbers as the pages ask for it: counted anew where that is quick, else kept."""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.civil import civil_date
from chengnuo.ports.uses import BatchSum, DecidedFor
from chengnuo.usecases.consent.figures import AskedOf, Due, Figures, Overview
from chengnuo.usecases.consent.recounting import AsOf, Recounting

USUAL_DAYS = 30
"""Over how many days pages show their numbers where nobody asks for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedSums:
    """How decisions came out over a period.

    Attributes:
        one: Decisions about one individual, activity by activity.
        batches: What decisions about many at once add up to.

    """

    one: tuple[DecidedFor, ...]
    batches: BatchSum


class KeptFigures:
    """`Figures`, with the instant that each count is of."""

    def __init__(self, figures: Figures) -> None:
        """Keep nothing yet."""
        self.figures = figures
        clock = figures.clock
        # Day and version stand in every key: yesterday's count is no count of today.
        self._overviews = Recounting[tuple[int, str, date], Overview](
            lambda key: figures.overview(key[0], item=key[1]), clock
        )
        self._decided = Recounting[tuple[int, date], DecidedSums](
            lambda key: self._sums(key[0]), clock
        )
        self._used = Recounting[tuple[int, date], dict[tuple[str, str], int]](
            lambda key: figures.used(key[0]), clock
        )
        self._due = Recounting[tuple[str, date], tuple[Due, ...]](lambda _: figures.due(), clock)
        self._changes = Recounting[tuple[str, str, date], tuple[AskedOf, ...]](
            lambda key: figures.change(key[1]), clock
        )

    def overview(self, days: int, *, item: str = "") -> AsOf[Overview]:
        """See `Figures.overview`; raises `BeingCountedError`, too."""
        return self._overviews.of((days, item, self._today()))

    def decided(self, days: int) -> AsOf[DecidedSums]:
        """Return how decisions of the last days came out; raises `BeingCountedError`, too."""
        return self._decided.of((days, self._today()))

    def used(self, days: int) -> AsOf[dict[tuple[str, str], int]]:
        """See `Figures.used`; raises `BeingCountedError`, too."""
        return self._used.of((days, self._today()))

    def due(self) -> AsOf[tuple[Due, ...]]:
        """See `Figures.due`; raises `BeingCountedError`, too."""
        return self._due.of((self.figures.desk.served.version, self._today()))

    def change(self, version: str) -> AsOf[tuple[AskedOf, ...]]:
        """See `Figures.change`; raises `BeingCountedError`, too."""
        return self._changes.of((self.figures.desk.served.version, version, self._today()))

    def warm(self, days: int) -> None:
        """Count beside the pages what they show first, unless it is kept and new enough.

        Nobody then meets a page that is still being counted, but for a period or an item that
        was not asked for that day.
        """
        today = self._today()
        self._overviews.warm((days, "", today))
        self._decided.warm((days, today))
        self._used.warm((days, today))
        if (served := self.figures.desk.current()) is not None:
            self._due.warm((served.version, today))

    def _sums(self, days: int) -> DecidedSums:
        return DecidedSums(
            one=self.figures.decided_for(days),
            batches=self.figures.batches(days, kind=Kind.DECISION),
        )

    def _today(self) -> date:
        return civil_date(self.figures.clock.now())
