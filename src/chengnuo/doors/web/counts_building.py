"""Everything that is counted beside the log, in a running service, with what the board looks at."""

from dataclasses import replace
from functools import partial

from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.consent.counts import Counts, counts_of
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.automated_figures import AutomatedFigures
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.figures import DossierFigures
from chengnuo.usecases.dossier.minors_access import ApprovedAccess
from chengnuo.usecases.dossier.safeguard_figures import SafeguardFigures
from chengnuo.usecases.governance.party_figures import PartyFigures
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.pricing.price_figures import PriceFigures
from chengnuo.usecases.register_desk import Desk


def board_counts(  # noqa: PLR0913, PLR0917  all that is looked at
    outside: Outside,
    desk: Desk,
    automated: AutomatedDesk | None,
    borders: BorderDesk | None,
    dossiers: DossierDesk | None,
    seen: SdksInReleases | None,
) -> Counts:
    """Return what counts; each of the desks may be missing, and what it would tell then is."""
    over = [] if outside.rights is None else [outside.rights.figures.runs]
    if dossiers is not None:
        over.append(DossierFigures(desk=dossiers, register=desk).runs)
        over.append(SafeguardFigures(desk=dossiers).runs)
        over.append(PartyFigures(store=dossiers.store, register=desk, seen=seen).runs)
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
    counts = counts_of(
        recorder=outside.evidence.recorder,
        uses=outside.uses,
        figures=outside.consent_figures,
        consents=outside.consents,
        desk=desk,
        clock=outside.clock,
        person=partial(person_key, outside.tokens),
        requests=(lambda now: tuple(run for one in over for run in one(now))) if over else None,
    )
    if dossiers is None:
        return counts
    approved = ApprovedAccess(store=dossiers.store, clock=outside.clock)
    return replace(counts, individuals=replace(counts.individuals, approved=approved))
