"""Consent in numbers as the pages ask for it: counted anew where that is quick, else kept."""

from datetime import date

from chengnuo.law.civil import civil_date
from chengnuo.usecases.consent.figures import AskedOf, Due, Figures, Overview
from chengnuo.usecases.consent.recounting import AsOf, Recounting


class KeptFigures:
    """`Figures`, with the instant that each count is of."""

    def __init__(self, figures: Figures) -> None:
        """Keep nothing yet."""
        self.figures = figures
        clock = figures.clock
        # Day and version stand in the key: yesterday's count is no count of today.
        self._overviews = Recounting[tuple[int, str, date], Overview](
            lambda key: figures.overview(key[0], item=key[1]), clock
        )
        self._due = Recounting[str, tuple[Due, ...]](lambda _: figures.due(), clock)
        self._changes = Recounting[tuple[str, str], tuple[AskedOf, ...]](
            lambda key: figures.change(key[1]), clock
        )

    def overview(self, days: int, *, item: str = "") -> AsOf[Overview]:
        """See `Figures.overview`; raises `BeingCountedError`, too."""
        return self._overviews.of((days, item, civil_date(self.figures.clock.now())))

    def due(self) -> AsOf[tuple[Due, ...]]:
        """See `Figures.due`; raises `BeingCountedError`, too."""
        return self._due.of(self.figures.desk.served.version)

    def change(self, version: str) -> AsOf[tuple[AskedOf, ...]]:
        """See `Figures.change`; raises `BeingCountedError`, too."""
        return self._changes.of((self.figures.desk.served.version, version))
