"""The service steps dossiers up by itself as their deadlines run out: each point once.

A step is an act like any other: durable, recorded, seen in the dossier and on the page of today.
"""

from dataclasses import dataclass

from chengnuo.base.errors import ConflictError
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.stepping import STEP, STEP_UP, TO, step_due
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppingUp:
    """Takes the steps that are due.

    Attributes:
        desk: The desk.

    """

    desk: DossierDesk

    def run(self) -> tuple[DossierId, ...]:
        """Take every step that is due now; return the dossiers in which one was taken.

        Raises:
            LogUnavailableError: A step is kept and will be recorded; the rest waits.

        """
        sorts = {sort.id: sort for sort in self.desk.sorts.values() if sort.steps}
        if not sorts:
            return ()
        now, taken = self.desk.clock.now(), list[DossierId]()
        for dossier in self.desk.store.every(sorted(sorts), open_only=True):
            clocks = self.desk.clocks(dossier)
            found = step_due(sorts[dossier.sort], dossier, clocks, self.desk.calendar, now)
            if found is None:
                continue
            step, clock = found
            on = clock.deadline.on
            said = {STEP: step.when.value, TO: step.to}
            try:
                self.desk.act(
                    dossier.id,
                    STEP_UP,
                    SERVICE,
                    said if on is None else said | {"due": on.isoformat()},
                )
            except ConflictError:  # somebody did something meanwhile; the next round looks again
                continue
            taken.append(dossier.id)
        return tuple(taken)
