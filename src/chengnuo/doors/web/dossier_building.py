"""Dossiers in a running service: their desk, and their pages in the centre and the console."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from litestar import Router

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.register.model import Register
from chengnuo.doors.web.centre_complaints import PATH as CENTRE_PATH
from chengnuo.doors.web.centre_complaints import ComplaintHouse, complaint_pages
from chengnuo.doors.web.console_dossiers import dossier_pages
from chengnuo.doors.web.frames import centre_frame
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock
from chengnuo.ports.dossiers import DossierStore
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.ports.pack_shelf import KeptPacks
from chengnuo.ports.protection import ProtectionLook
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.dossier.assessed import KeptAssessments
from chengnuo.usecases.dossier.assessing import Assessing
from chengnuo.usecases.dossier.desk import DossierDesk, Refuses
from chengnuo.usecases.dossier.in_register import promised_by, rows_named
from chengnuo.usecases.dossier.overview import Rekeeping
from chengnuo.usecases.dossier.refusing import FirstReason, JointOnly, edits_only
from chengnuo.usecases.dossier.safeguarding import Scans
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.governance.sdk_vettings import (
    SdkRefusals,
    SdksInReleases,
)
from chengnuo.usecases.incident.grade_refusals import GradeRefusals
from chengnuo.usecases.incident.room import IncidentRoom
from chengnuo.usecases.register_desk import Desk

if TYPE_CHECKING:
    from chengnuo.usecases.governance.audit_packs import AuditPacks
    from chengnuo.usecases.governance.auditing import Auditing

JoinsIncidents: TypeAlias = Callable[
    [Desk, DossierDesk, Callable[[], tuple[LiveRun, ...]]], IncidentRoom
]
"""Joins the use cases around incidents, given what runs the controls over records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossiersOutside:
    """What dossiers stand on.

    Attributes:
        store: Keeps them.
        calendar: The official working days.
        mask: Masks what identifies people in a text.
        protection: Looks at connections and key files; None where there is nothing to look at.
        scans: Reads reports of scans that are handed in; None where none are taken.
        incidents: Joins the use cases around incidents; None leaves their page away.
        packs: Gives what makes audit packs; None where none are made.
        kept_packs: Keeps them until they are fetched; None where none are made.

    """

    store: DossierStore
    calendar: WorkingCalendar
    mask: Callable[[str], str]
    protection: ProtectionLook | None = None
    scans: Scans | None = None
    incidents: JoinsIncidents | None = None
    packs: "Callable[[Auditing], AuditPacks] | None" = None
    kept_packs: KeptPacks | None = None


@dataclass(frozen=True, slots=True)
class DueBeside:
    """What opens dossiers by itself: the desk, and what it looks at beside the register."""

    desk: DossierDesk
    assessing: Assessing
    borders: BorderDesk | None
    rekeeping: Rekeeping
    seen: SdksInReleases | None = None
    incidents: IncidentRoom | None = None


def assessing_of(evidence: EvidenceDesk, register: Desk) -> Assessing:
    """Return what holds impact assessments to the log and to the register in force."""

    def register_of(version: str) -> Register:
        return register.register_of(version).register

    kept = KeptAssessments(evidence.log, evidence.payloads, register_of)
    return Assessing(kept=kept, register=register)


def mask_of(outside: DossiersOutside | None) -> Callable[[str], str]:
    """Return what masks texts; nothing is shown where no dossiers are kept."""
    return (lambda _: "") if outside is None else outside.mask


def dossier_desk(  # noqa: PLR0913  what it is joined from
    outside: DossiersOutside | None,
    register: Desk,
    *,
    assessing: Assessing,
    kits: KitStore | None,
    recorder: Recorder,
    tokens: Tokens,
    clock: Clock,
    enabled_accounts: Callable[[], int],
) -> DossierDesk | None:
    """Return the desk, acts that a stop left unrecorded recorded; None where none are kept."""
    if outside is None:
        return None

    def in_force() -> Register | None:
        served = register.current()
        return None if served is None else served.register

    graded = GradeRefusals(register.catalogue)
    refusals: tuple[Refuses, ...] = (
        assessing.refuses,
        JointOnly(in_force).refuses,
        graded.refuses,
        edits_only,
    )
    if kits is not None:
        refusals = (*refusals, SdkRefusals(kits=kits).refuses)
    desk = DossierDesk(
        store=outside.store,
        recorder=recorder,
        clock=clock,
        tokens=tokens,
        catalogue=register.catalogue,
        calendar=outside.calendar,
        sorts=SORTS,
        known=lambda plural: rows_named(in_force(), plural),
        promised=lambda: promised_by(in_force(), register.catalogue),
        enabled_accounts=enabled_accounts,
        refuses=FirstReason(refusals).refuses,
        changing=assessing.kept.changing,
    )
    desk.mend()
    return desk


def pages_of_dossiers(
    desk: DossierDesk | None,
    register: Desk,
    consents: ConsentDesk,
    mask: Callable[[str], str],
) -> list[Router]:
    """Return the pages of dossiers; none where none are kept."""
    house = (
        None
        if desk is None
        else ComplaintHouse(
            sort=desk.sorts[COMPLAINT.id],
            desk=desk,
            register=register,
            frame=centre_frame,
            path=CENTRE_PATH,
            names=consents.names,
        )
    )
    return [*complaint_pages(house), *dossier_pages(desk, register, mask)]
