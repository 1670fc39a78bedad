"""What went abroad this year, as the pledge board looks at it."""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.domain.borders.counting import Heads
from chengnuo.domain.borders.gate import special_of
from chengnuo.domain.borders.route import demanded, lines_of
from chengnuo.domain.finding.border_controls import CONTROLS
from chengnuo.domain.finding.border_records import BorderRecords, WentAbroad
from chengnuo.domain.finding.live import LiveRun, run_all
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date
from chengnuo.usecases.borders.counting import BorderCounter
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderFigures:
    """Runs the controls.

    Attributes:
        counter: Counts.
        register: The register in force.

    """

    counter: BorderCounter
    register: Desk

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls over the civil year of an instant.

        Raises:
            UnavailableError: Records cannot be read now, or are not counted yet.

        """
        return run_all(CONTROLS, self.of_year(now))

    def of_year(self, now: datetime) -> BorderRecords:
        """Return what the civil year of an instant holds so far."""
        today, served = civil_date(now), self.register.current()
        if served is None:
            return BorderRecords(today=today)
        self.counter.ready()
        register = served.register
        count = self.counter.count(today.year)
        return BorderRecords(
            today=today,
            position=self.counter.store.reached().position - 1,
            general=count.counted.general,
            sensitive=count.counted.sensitive,
            went=tuple(
                self._went(recipient, heads, count.counted, register)
                for recipient, heads in count.by_recipient.items()
            ),
            declared=sum(one.is_overseas for one in register.recipients),
        )

    def _went(
        self, recipient: RecipientId, heads: Heads, counted: Heads, register: Register
    ) -> WentAbroad:
        found = register.recipient_by_id.get(recipient)
        border = None if found is None or not found.is_overseas else found.cross_border
        if found is None or border is None:
            return WentAbroad(
                recipient=recipient,
                name=recipient if found is None else found.name.zh,
                general=heads.general,
                sensitive=heads.sensitive,
                route="",
                suffices=False,
            )
        lines = lines_of(self.register.catalogue)
        asked = demanded(counted, lines, special_of(register, found))
        return WentAbroad(
            recipient=recipient,
            name=found.name.zh,
            general=heads.general,
            sensitive=heads.sensitive,
            route=border.route.value,
            suffices=border.route.is_scene or asked.met_by(border.route),
            until=border.until,
            declared_general=border.individuals_a_year,
            declared_sensitive=border.sensitive_individuals_a_year,
        )
