"""Audits, duties by size and safeguards in a running service: their pages and what is observed."""

from collections.abc import Callable

from litestar import Router

from chengnuo.domain.finding.board import Board
from chengnuo.domain.finding.live import LiveRun
from chengnuo.doors.web.console_audits import audit_pages
from chengnuo.doors.web.console_canary import canary_pages
from chengnuo.doors.web.console_incident import incident_pages
from chengnuo.doors.web.console_obligations import size_pages
from chengnuo.doors.web.console_safeguards import safeguard_pages
from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.safeguarding import Safeguarding
from chengnuo.usecases.evidence.pack_requests import PackRequests
from chengnuo.usecases.governance.auditing import Auditing
from chengnuo.usecases.incident.room import IncidentRoom
from chengnuo.usecases.register_desk import Desk


def safeguarding_of(outside: Outside, dossiers: DossierDesk, desk: Desk) -> Safeguarding:
    """Return what observes safeguards."""
    return Safeguarding(
        desk=dossiers,
        register=desk,
        accounts=outside.accounts.accounts,
        protection=None if outside.dossiers is None else outside.dossiers.protection,
        scans=None if outside.dossiers is None else outside.dossiers.scans,
    )


def incident_room_of(
    outside: Outside,
    dossiers: DossierDesk | None,
    desk: Desk,
    live: Callable[[], tuple[LiveRun, ...]],
) -> IncidentRoom | None:
    """Return the use cases around incidents; None where they are not joined."""
    join = None if outside.dossiers is None else outside.dossiers.incidents
    return None if join is None or dossiers is None else join(desk, dossiers, live)


def packs_of(
    outside: Outside, dossiers: DossierDesk | None, desk: Desk, live: Callable[[Board], Board]
) -> PackRequests | None:
    """Return what makes audit packs; None where there is nothing to make them from."""
    join = None if outside.dossiers is None else outside.dossiers.packs
    kept = None if outside.dossiers is None else outside.dossiers.kept_packs
    if join is None or kept is None or dossiers is None:
        return None
    auditing = Auditing(desk=dossiers, register=desk, live=live, log=outside.evidence.log)
    return PackRequests(lambda *asked: join(auditing).of(*asked), kept)


def duty_pages(
    outside: Outside,
    dossiers: DossierDesk | None,
    desk: Desk,
    live: Callable[[Board], Board],
    incidents: IncidentRoom | None,
) -> list[Router]:
    """Return the pages; of what dossiers hold none where none are kept."""
    people = outside.consents.keeper.store
    pages = [size_pages(desk, people, outside.clock)]
    if dossiers is not None:
        pages.extend(safeguard_pages(safeguarding_of(outside, dossiers, desk)))
        pages.extend(incident_pages(incidents, desk))
        pages.extend(canary_pages(None if incidents is None else incidents.canaries, desk))
    log = outside.evidence.log
    return [*pages, *audit_pages(dossiers, desk, live, log, outside.writers)]
