"""What went abroad, looked at beside whoever writes the log: nothing is kept of the look.

A running service takes records into the planes; what came since is read here and added for the one
look, so that the count is that of the whole log whether a service runs or not.
"""

from dataclasses import dataclass, replace
from datetime import date

from chengnuo.domain.borders.counting import Sent, YearCount, merged, planes_of
from chengnuo.domain.borders.recount import recounted
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.borders import BordersKept
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.borders.counting import MOST_RECOUNTED, RecountTooLongError
from chengnuo.usecases.borders.outlook import Counted, Outlook, counted_in, outlook
from chengnuo.usecases.borders.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class BordersLook:
    """Looks at a year.

    Attributes:
        kept: What is kept.
        reading: Reads records.

    """

    kept: BordersKept
    reading: Reading

    def outlook(
        self, register: Register, catalogue: Catalogue, *, year: int, today: date, recount: bool
    ) -> Outlook:
        """Return how a civil year stands.

        Args:
            register: The register in force.
            catalogue: The law.
            year: The year.
            today: Civil day.
            recount: Whether every record is read again, to hold the count equal to.

        Raises:
            RecountTooLongError: There are too many records to read them, again or for the first
                time.

        """
        found = outlook(
            self._counted(year), register, catalogue, self.kept.calendar(), year=year, today=today
        )
        return replace(found, recounted=self._recounted(year)) if recount else found

    def _counted(self, year: int) -> Counted:
        kept = counted_in(self.kept.store, year)
        seen = self._seen(self.kept.store.reached().position)
        sent = [one for one, _ in seen if one is not None]
        at_most = kept.at_most + sum(is_at_most for _, is_at_most in seen)
        return replace(kept, planes=merged((kept.planes, planes_of(sent))), at_most=at_most)

    def _recounted(self, year: int) -> YearCount:
        sent = [one for one, _ in self._seen(0) if one is not None]
        return recounted(sent, year, dict(self.kept.store.same()))

    def _seen(self, start: int) -> list[tuple[Sent | None, bool]]:
        size = self.reading.size()
        if size - start > MOST_RECOUNTED:
            raise RecountTooLongError(size - start)
        record = self.reading.log.record
        return [self.reading.sent(record(Position(one))) for one in range(start, size)]
