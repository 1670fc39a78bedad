"""The use cases of what goes abroad, joined: providing, and how a year stands."""

from dataclasses import dataclass, replace

from chengnuo.law.civil import civil_date
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock
from chengnuo.usecases.borders.figures import BorderFigures
from chengnuo.usecases.borders.outlook import Counted, Outlook, counted_in, outlook
from chengnuo.usecases.borders.providing import ProvidingDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderDesk:
    """The use cases.

    Attributes:
        providing: Decides and records.
        calendar: The official working days.
        clock: Tells now.

    """

    providing: ProvidingDesk
    calendar: WorkingCalendar
    clock: Clock

    @property
    def figures(self) -> BorderFigures:
        """What the pledge board looks at."""
        return BorderFigures(counter=self.providing.counter, register=self.providing.register)

    def counted(self, year: int) -> Counted:
        """Return who went in a civil year, as far as the log is taken in."""
        return counted_in(self.providing.counter.store, year)

    def outlook(self, year: int | None = None, *, recount: bool = False) -> Outlook:
        """Return how a civil year stands, the present one if none is named.

        Args:
            year: The year.
            recount: Whether every record is read again, to hold the count equal to.

        Raises:
            NoRegisterError: No register is in force.
            CountBehindError: Not all records are counted yet.
            RecountTooLongError: There are too many records to read them again.

        """
        counter, register = self.providing.counter, self.providing.register
        counter.ready()
        today = civil_date(self.clock.now())
        asked = today.year if year is None else year
        found = outlook(
            counted_in(counter.store, asked),
            register.served.register,
            register.catalogue,
            self.calendar,
            year=asked,
            today=today,
        )
        return replace(found, recounted=counter.recount(asked)) if recount else found
