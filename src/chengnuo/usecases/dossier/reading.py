"""Staff read what is private in a dossier about an individual: recorded in that one's own chain.

Working on a dossier is the reason, so none is asked for; that somebody looked is recorded once for
each account, dossier and day before anything is shown (PIPL Arts. 51, 54).
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.law.civil import civil_date
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor, Seen

READ_DOSSIER, OPENED = "dossier-read", "dossier-opened"
"""That somebody looked, and that masked words were opened to them."""
_LEAST_REASON, _MOST_REASON = 4, 200


class ReadingReasonError(InvalidInputError):
    """Why masked words are opened was not said, or at too great length."""

    code = "dossier-reason"

    def __init__(self) -> None:
        super().__init__(
            f"field `reason` is wrong; expected {_LEAST_REASON} to {_MOST_REASON} characters"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReading:
    """Shows dossiers to staff.

    Attributes:
        desk: The desk.

    """

    desk: DossierDesk
    _read: set[tuple[str, DossierId, date]] = field(default_factory=set, init=False, repr=False)
    _lock: AbstractContextManager[bool] = field(
        default_factory=Lock, init=False, repr=False, compare=False
    )

    def one(self, wanted: DossierId, actor: Actor) -> Seen:
        """Return a dossier, the reading recorded first where it is about an individual.

        Raises:
            NoSuchDossierError: There is none, or none that they may see.
            LogUnavailableError: It could not be recorded, so nothing is shown.

        """
        seen = self.desk.one(wanted, actor)
        if seen.dossier.person:
            today = civil_date(self.desk.clock.now())
            with self._lock:
                if (actor.id, wanted, today) not in self._read:
                    self._record(seen, actor)
                    self._read.difference_update([one for one in self._read if one[2] != today])
                    self._read.add((actor.id, wanted, today))
        return seen

    def opened(self, wanted: DossierId, actor: Actor, reason: str) -> Seen:
        """Return a dossier of which all is to be shown; why is recorded first, each time.

        Raises:
            ReadingReasonError: The reason is too short or too long.
            NoSuchDossierError: There is none, or none that they may see.
            LogUnavailableError: It could not be recorded, so nothing is shown.

        """
        said = " ".join(reason.split())
        if not _LEAST_REASON <= len(said) <= _MOST_REASON:
            raise ReadingReasonError
        seen = self.desk.one(wanted, actor)
        person = seen.dossier.person
        self.desk.recorder.record(
            Kind.OPERATOR_READ,
            {"what": OPENED, "by": actor.id, "reason": f"{seen.dossier.id}: {said}"},
            person=PersonKey(person) if person else None,
        )
        return seen

    def _record(self, seen: Seen, actor: Actor) -> None:
        self.desk.recorder.record(
            Kind.OPERATOR_READ,
            {"what": READ_DOSSIER, "by": actor.id, "reason": seen.dossier.id},
            person=PersonKey(seen.dossier.person),
        )
