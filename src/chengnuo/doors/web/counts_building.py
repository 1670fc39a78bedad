"""Everything that is counted beside the log, in a running service, with what the board looks at."""

from functools import partial

from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.consent.counts import Counts, counts_of
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.automated_figures import AutomatedFigures
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.figures import DossierFigures
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.pricing.price_figures import PriceFigures
from chengnuo.usecases.register_desk import Desk


def board_counts(
    outside: Outside,
    desk: Desk,
    automated: AutomatedDesk | None,
    borders: BorderDesk | None,
    dossiers: DossierDesk | None,
) -> Counts:
    """Return what counts; each of the desks may be missing, and what it would tell then is."""
    over = [] if outside.rights is None else [outside.rights.figures.runs]
    if dossiers is not None:
        over.append(DossierFigures(desk=dossiers, register=desk).runs)
    if borders is not None:
        over.append(borders.figures.runs)
    if automated is not None:
        figures, evidence = outside.consent_figures, outside.evidence
        made = AutomatedFigures(automated=automated, figures=figures, evidence=evidence)
        over.append(made.runs)
    if outside.statements is not None:
        prices = PriceFigures(
            statements=outside.statements, evidence=outside.evidence, register=desk
        )
        over.append(prices.runs)
    return counts_of(
        recorder=outside.evidence.recorder,
        uses=outside.uses,
        figures=outside.consent_figures,
        consents=outside.consents,
        desk=desk,
        clock=outside.clock,
        person=partial(person_key, outside.tokens),
        requests=(lambda now: tuple(run for one in over for run in one(now))) if over else None,
    )
