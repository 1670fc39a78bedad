"""Everything there is to look at beside the register, each with the controls over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import to_us
from chengnuo.domain.finding import (
    automated_controls,
    border_controls,
    consent_controls,
    dossier_controls,
    party_controls,
    price_controls,
    rights_controls,
    safeguard_controls,
)
from chengnuo.domain.finding.consent_records import ConsentRecords
from chengnuo.domain.finding.party_records import PartyRecords
from chengnuo.law.civil import civil_date
from chengnuo.usecases.borders.figures import BorderFigures
from chengnuo.usecases.consent.records_seen import RecordsSeen
from chengnuo.usecases.decision.automated_figures import AutomatedFigures
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.figures import DossierFigures
from chengnuo.usecases.dossier.safeguard_figures import SafeguardFigures
from chengnuo.usecases.finding.source import RunsControls, Source
from chengnuo.usecases.governance.party_figures import PartyFigures
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases
from chengnuo.usecases.pricing.price_figures import PriceFigures
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.figures import RightsFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What an installation keeps; what it does not keep is None, and no control looks at it.

    Attributes:
        register: The register in force.
        consents: The records of consent and of decisions.
        rights: Requests about rights.
        dossiers: Dossiers, with safeguards, audits and third parties.
        shipped: SDKs of releases; None where none are taken.
        borders: What went abroad.
        automated: Automated decisions and switches.
        prices: Recorded audits of prices and probes.

    """

    register: Desk
    consents: RecordsSeen
    rights: RightsFigures | None
    dossiers: DossierDesk | None
    shipped: SdksInReleases | None
    borders: BorderFigures | None
    automated: AutomatedFigures | None
    prices: PriceFigures | None


def sources_of(kept: LookedAt) -> tuple[RunsControls, ...]:
    """Return the sources of an installation."""
    return tuple(_sources(kept))


def _sources(kept: LookedAt) -> Iterator[RunsControls]:
    def of_consent(now: datetime) -> ConsentRecords:
        return kept.consents.of_period(to_us(now))

    yield Source(controls=consent_controls.CONTROLS, records=of_consent)
    if kept.rights is not None:
        yield Source(controls=rights_controls.CONTROLS, records=kept.rights.of_period)
    if kept.dossiers is not None:
        yield from _over_dossiers(kept, kept.dossiers)
    if kept.borders is not None:
        yield Source(controls=border_controls.CONTROLS, records=kept.borders.of_year)
    if kept.automated is not None:
        yield Source(controls=automated_controls.CONTROLS, records=kept.automated.of_period)
    if kept.prices is not None:
        yield Source(controls=price_controls.CONTROLS, records=kept.prices.of)


def _over_dossiers(kept: LookedAt, desk: DossierDesk) -> Iterator[RunsControls]:
    parties = PartyFigures(store=desk.store, register=kept.register, seen=kept.shipped)

    def of_parties(now: datetime) -> PartyRecords:
        return parties.of(civil_date(now))

    figures = DossierFigures(desk=desk, register=kept.register)
    yield Source(controls=dossier_controls.CONTROLS, records=figures.of)
    safeguards = SafeguardFigures(desk=desk)
    yield Source(controls=safeguard_controls.CONTROLS, records=safeguards.of)
    without = frozenset[str]() if kept.shipped is not None else party_controls.OVER_RELEASES
    yield Source(
        controls=tuple(one for one in party_controls.CONTROLS if one.id not in without),
        records=of_parties,
    )
