"""When consent to publication is withdrawn, the service opens what takes the name down: once each.

The law says "at once" and sets no length; the next civil day is taken as the latest.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.what_follows import FollowKind, FollowState, FollowUp
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.name_removal import BEGIN, NAME_REMOVAL
from chengnuo.domain.register.consent_items import MatterKind
from chengnuo.law.civil import civil_date
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.reading import ConsentReading
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE

if TYPE_CHECKING:
    from chengnuo.domain.dossier.fields import Value

_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovingNames:
    """Opens what falls due.

    Attributes:
        desk: The desk.
        consents: Knows what was withdrawn.

    """

    desk: DossierDesk
    consents: ConsentReading

    def run(self) -> tuple[DossierId, ...]:
        """Open what withdrawals of publication ask for; return all that there is of it."""
        return tuple(
            self._open(one) for one in self.consents.follow_ups() if _takes_a_name_down(one)
        )

    def _open(self, one: FollowUp) -> DossierId:
        activity = one.item.partition("/")[0]
        fields: dict[str, Value] = {"by": (civil_date(from_us(one.due)) + _LONGEST).isoformat()}
        if activity in self.desk.known("activities"):
            fields["activity"] = activity
        return self.desk.open(
            NAME_REMOVAL.id,
            BEGIN,
            SERVICE,
            fields,
            person=PersonKey(one.person),
            key=f"name-removal:{one.withdrawal}",
        ).dossier.id


def _takes_a_name_down(one: FollowUp) -> bool:
    matter = one.item.partition("/")[2]
    return (
        one.kind is FollowKind.STOP
        and one.state is FollowState.OPEN
        and matter == MatterKind.PUBLICATION
    )
