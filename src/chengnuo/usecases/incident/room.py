"""What is done around incidents beside their dossiers, joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.incident_acts import is_drill
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.proof import Proof
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.incident.canary_desk import CanaryDesk
from chengnuo.usecases.incident.counting import AffectedDesk
from chengnuo.usecases.incident.letter_desk import LetterDesk
from chengnuo.usecases.incident.no_fault import NoFaultDesk


class DrillSendsNothingError(InvalidInputError):
    """A drill hands nothing out: nobody is told that something happened that did not."""

    code = "drill-sends-nothing"

    def __init__(self) -> None:
        super().__init__("this incident is a drill; no list of people is handed out of it")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRoom:
    """The use cases around incidents.

    Attributes:
        desk: The desk of dossiers.
        affected: Counts whom they concern.
        letters: Makes letters.
        canaries: Makes canaries and tells them.
        no_fault: Makes no-fault files.

    """

    desk: DossierDesk
    affected: AffectedDesk
    letters: LetterDesk
    canaries: CanaryDesk
    no_fault: NoFaultDesk

    def proof_of(self, positions: Sequence[int]) -> Proof:
        """Return the proof that records are in the log, with what they say.

        Raises:
            NoSuchRecordError: The newest checkpoint does not reach one.

        """
        prover = self.no_fault.files.prover
        return prover.inclusion([Position(one) for one in positions], disclose=True)

    def people(self, dossier: DossierId, *, by: str, reason: str) -> tuple[str, ...]:
        """Return the pseudonyms of those to tell, in order; that they are handed out is recorded.

        Args:
            dossier: The incident.
            by: Who asks: an account id or `cli`.
            reason: Why, as it is recorded.

        Raises:
            NoSuchDossierError: There is none.
            NoPeopleListError: Nobody was counted, or the list was erased.
            DrillSendsNothingError: It is a drill.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        seen = self.desk.one(dossier, SERVICE)
        if is_drill(seen.dossier):
            raise DrillSendsNothingError
        people = self.affected.people(dossier)
        self.desk.recorder.record(
            Kind.EXPORT,
            {
                "scope": f"people of {dossier}",
                "sha256": str(seen.dossier.value("people")),
                "by": by,
                "single_person": True,
                "reason": reason,
            },
        )
        return tuple(sorted(one.hex() for one in people))
