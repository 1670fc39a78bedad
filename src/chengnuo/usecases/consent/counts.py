"""Everything that is counted beside the log, joined: for lists, the console and the controls."""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.base.instant import to_us
from chengnuo.domain.disclosure.used import Used
from chengnuo.ports.clock import Clock
from chengnuo.ports.consent_figures import ConsentFigures
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import UseStore
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.figures import Figures
from chengnuo.usecases.consent.individual_record import IndividualDesk
from chengnuo.usecases.consent.kept_figures import KeptFigures
from chengnuo.usecases.consent.records_seen import RecordsSeen
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What counts.

    Attributes:
        counter: Counts uses.
        figures: Consent and decisions in numbers.
        kept: The same for pages, kept where counting takes long.
        seen: Looks records up for the controls over them.
        individuals: Opens records of individuals.

    """

    counter: UseCounter
    figures: Figures
    kept: KeptFigures
    seen: RecordsSeen
    individuals: IndividualDesk

    def used_by(self, person: PersonKey) -> Used:
        """Return how often somebody's information was used, under all their names."""
        individuals = self.individuals
        names = individuals.consents.names_of(person)
        return self.counter.used_by(names, now=to_us(individuals.clock.now()))


def counts_of(  # noqa: PLR0913  what it is joined from
    *,
    recorder: Recorder,
    uses: UseStore,
    figures: ConsentFigures,
    consents: ConsentDesk,
    desk: Desk,
    clock: Clock,
    person: Callable[[str], PersonKey],
) -> Counts:
    """Return what counts.

    Args:
        recorder: Records readings; its log and payloads are read as well.
        uses: Keeps what was counted.
        figures: Counts acts.
        consents: The state of consent.
        desk: The register in force and the kept versions.
        clock: Tells now.
        person: Turns an account id into the key under which it is known here.

    """
    counter = UseCounter(log=recorder.log, payloads=recorder.payloads, store=uses)
    seen = RecordsSeen(figures=figures, counter=counter, consents=consents, desk=desk)
    counted = Figures(store=figures, counter=counter, consents=consents, desk=desk, clock=clock)
    return Counts(
        counter=counter,
        figures=counted,
        kept=KeptFigures(counted),
        seen=seen,
        individuals=IndividualDesk(
            person=person, consents=consents, counter=counter, recorder=recorder, clock=clock
        ),
    )
