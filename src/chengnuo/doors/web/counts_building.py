"""Everything that is counted beside the log, in a running service, and the controls over it."""

from dataclasses import dataclass, replace
from functools import partial

from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.counts import Counts, counts_of
from chengnuo.usecases.consent.kept_figures import USUAL_DAYS, KeptFigures
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.automated_figures import AutomatedFigures
from chengnuo.usecases.dossier.declared_rows import declared_rows
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.minors_access import ApprovedAccess
from chengnuo.usecases.finding.all_sources import LookedAt, sources_of
from chengnuo.usecases.finding.boards import BoardNow, LiveBoard, nothing_declared
from chengnuo.usecases.finding.running import ControlRunner, runner_of
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.pricing.price_figures import PriceFigures
from chengnuo.usecases.register_desk import Desk

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRoom:
    """What the pledge board is put together from.

    Attributes:
        counts: What is counted beside the log.
        board: The board.
        runner: Runs the controls; None where no runs are kept.

    """

    counts: Counts
    board: LiveBoard
    runner: ControlRunner | None


def board_room(  # noqa: PLR0913, PLR0917  all that is looked at
    outside: Outside,
    desk: Desk,
    automated: AutomatedDesk | None,
    borders: BorderDesk | None,
    dossiers: DossierDesk | None,
    seen: SdksInReleases | None,
) -> BoardRoom:
    """Return the room; each of the desks may be missing, and what it would tell then is."""
    counts = _counts(outside, desk, dossiers)
    sources = sources_of(
        LookedAt(
            register=desk,
            consents=counts.seen,
            rights=None if outside.rights is None else outside.rights.figures,
            dossiers=dossiers,
            shipped=seen,
            borders=None if borders is None else borders.figures,
            automated=None if automated is None else _automated(outside, automated),
            prices=prices_of(outside, desk),
        )
    )
    declared = nothing_declared if dossiers is None else partial(declared_rows, dossiers.store)
    if outside.control_runs is None:
        board = BoardNow(sources=sources, clock=outside.clock, declared=declared)
        return BoardRoom(counts=counts, board=board, runner=None)
    runner, kept = runner_of(
        sources,
        register=desk,
        recorder=outside.evidence.recorder,
        store=outside.control_runs,
        clock=outside.clock,
        declared=declared,
    )
    return BoardRoom(counts=counts, board=kept, runner=runner)


def count_some(uses: UseCounter, borders: BorderDesk | None, kept: KeptFigures) -> int:
    """Count some of what was recorded; return how many records are left.

    When none are, the sums that pages show first are made anew where it is time to.
    """
    left = uses.catch_up(most=_AT_ONCE).behind
    if borders is not None:
        left = max(left, borders.providing.counter.catch_up(most=_AT_ONCE))
    if not left:
        kept.warm(USUAL_DAYS)
    return left


def _counts(outside: Outside, desk: Desk, dossiers: DossierDesk | None) -> Counts:
    counts = counts_of(
        recorder=outside.evidence.recorder,
        uses=outside.uses,
        figures=outside.consent_figures,
        consents=outside.consents,
        desk=desk,
        clock=outside.clock,
        person=partial(person_key, outside.tokens),
    )
    if dossiers is None:
        return counts
    approved = ApprovedAccess(store=dossiers.store, clock=outside.clock)
    return replace(counts, individuals=replace(counts.individuals, approved=approved))


def _automated(outside: Outside, automated: AutomatedDesk) -> AutomatedFigures:
    figures, evidence = outside.consent_figures, outside.evidence
    return AutomatedFigures(automated=automated, figures=figures, evidence=evidence)


def prices_of(outside: Outside, desk: Desk) -> PriceFigures | None:
    """Return what counts checks of prices; None where no statements are kept."""
    if outside.statements is None:
        return None
    return PriceFigures(statements=outside.statements, evidence=outside.evidence, register=desk)
