"""The sweep of a running service: what is over goes, what falls due is opened, stepped up, seen.

Each part stands alone: one that fails keeps no other back, and is tried again at the next sweep.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from chengnuo.base.errors import ChengnuoError
from chengnuo.doors.web.audit_building import safeguarding_of
from chengnuo.doors.web.dossier_building import DueBeside
from chengnuo.doors.web.outside import Outside
from chengnuo.doors.web.services import Sweep
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.borders.route_filings import RouteFilings
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.dossier.agreement_terms import AgreementTerms
from chengnuo.usecases.dossier.assessing import AssessmentsDue
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.erasing import DossierEraser
from chengnuo.usecases.dossier.falling_due import FallingDue
from chengnuo.usecases.dossier.removing_names import RemovingNames
from chengnuo.usecases.dossier.stepping_up import SteppingUp
from chengnuo.usecases.governance.sdk_vettings import SdkVettingsDue
from chengnuo.usecases.register_desk import Desk

LOG = logging.getLogger(__name__)
Part: TypeAlias = tuple[str, Callable[[], object]]
"""A part of the sweep: what it is called in the log of the service, and what does it."""

_SUPERSEDED_AT_ONCE = 100
"""Rounds of superseding in one sweep, each of at most a hundred; the rest waits for the next."""


def run_each(parts: Iterable[Part], goes_on: Callable[[], bool] = lambda: True) -> None:
    """Run every part, also where one before it fails.

    Args:
        parts: What is run, in this order.
        goes_on: Asked before each; once it says no, no more are run.

    Raises:
        Exception: What the first part that failed raised, once all were run.

    """
    failed: list[Exception] = []
    for name, part in parts:
        if not goes_on():
            break
        try:
            part()
        except Exception as error:  # noqa: BLE001  its text may name people; it goes on below
            why = error.code if isinstance(error, ChengnuoError) else type(error).__name__
            LOG.warning("the part `%s` of the sweep failed: %s", name, why)
            failed.append(error)
    if failed:
        raise failed[0]


def sweep_of(outside: Outside, due: DueBeside | None, register: Desk) -> Sweep:
    """Return what clears away what has expired; consents for a time, and to old texts, end too."""
    parts: list[Part] = [("expired", outside.sweep)]
    if due is not None:
        parts.extend(_of_dossiers(due, register, outside.consents))
        parts.append(("safeguards", safeguarding_of(outside, due.desk, register).observe))
        if due.incidents is not None:
            parts.append(("affected", due.incidents.affected.erase_over))
    if outside.dossiers is not None and (packs := outside.dossiers.kept_packs) is not None:
        parts.append(("audit-packs", lambda: packs.sweep(outside.clock.now())))
    parts.append(("consents", outside.consents.end_what_is_over))
    parts.append(("superseded", lambda: _supersede(outside.consents)))

    def sweep(goes_on: Callable[[], bool] = lambda: True, /) -> None:
        run_each(parts, goes_on)

    return sweep


def _of_dossiers(due: DueBeside, register: Desk, consents: ConsentDesk) -> Iterator[Part]:
    """Yield what records what a stop left out, erases what is over, and opens what falls due."""
    desk = due.desk
    yield "unrecorded", desk.mend
    yield "due", due.rekeeping
    eraser = DossierEraser(desk)
    yield "kept-long-enough", eraser.due
    yield "gone", eraser.gone
    people = consents.keeper.store
    yield "falling-due", FallingDue(desk=desk, register=register, people=people).open
    yield "assessments", AssessmentsDue(desk=desk, assessing=due.assessing).open
    if (borders := due.borders) is not None:
        yield "borders", lambda: _file_routes(desk, borders)
    yield "agreements", AgreementTerms(desk=desk, register=register).run
    if due.seen is not None:
        yield "sdks", SdkVettingsDue(desk=desk, seen=due.seen).open
    yield "names", RemovingNames(desk=desk, consents=consents).run
    yield "steps", SteppingUp(desk=desk).run


def _file_routes(desk: DossierDesk, borders: BorderDesk) -> None:
    """Count what went abroad as far as the log goes, so that a line is seen within the hour."""
    if not borders.providing.counter.catch_up():
        RouteFilings(dossiers=desk, borders=borders).open()


def _supersede(consents: ConsentDesk) -> None:
    for _ in range(_SUPERSEDED_AT_ONCE):  # others act in between
        if not consents.supersede_all():
            break
