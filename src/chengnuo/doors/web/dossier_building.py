"""Dossiers in a running service: their desk, and their pages in the centre and the console."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from litestar import Router

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT, REPLY_CLOCK
from chengnuo.domain.register.kinds import KIND_BY_PLURAL
from chengnuo.doors.web.centre_complaints import PATH as CENTRE_PATH
from chengnuo.doors.web.centre_complaints import ComplaintHouse, complaint_pages
from chengnuo.doors.web.console_dossiers import dossier_pages
from chengnuo.doors.web.frames import centre_frame
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock
from chengnuo.ports.dossiers import DossierStore
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.falling_due import FallingDue
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class DossiersOutside:
    """What dossiers stand on.

    Attributes:
        store: Keeps them.
        calendar: The official working days.

    """

    store: DossierStore
    calendar: WorkingCalendar


def dossier_desk(  # noqa: PLR0913  what it is joined from
    outside: DossiersOutside | None,
    register: Desk,
    *,
    recorder: Recorder,
    tokens: Tokens,
    clock: Clock,
    enabled_accounts: Callable[[], int],
) -> DossierDesk | None:
    """Return the desk, acts that a stop left unrecorded recorded; None where none are kept."""
    if outside is None:
        return None

    def known(plural: str) -> tuple[str, ...]:
        served = register.current()
        rows = () if served is None else getattr(served.register, plural)
        return tuple(getattr(row, KIND_BY_PLURAL[plural].name) for row in rows)

    def promised() -> Mapping[str, Mapping[str, int]]:
        served = register.current()
        if served is None:
            return {}
        days = served.register.handler.complaints.working_days
        return {COMPLAINT.id: {REPLY_CLOCK: days}}

    desk = DossierDesk(
        store=outside.store,
        recorder=recorder,
        clock=clock,
        tokens=tokens,
        catalogue=register.catalogue,
        calendar=outside.calendar,
        sorts=SORTS,
        known=known,
        promised=promised,
        enabled_accounts=enabled_accounts,
    )
    desk.mend()
    return desk


def pages_of_dossiers(
    desk: DossierDesk | None, register: Desk, consents: ConsentDesk
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
    return [*complaint_pages(house), *dossier_pages(desk, register)]


def sweep_dossiers(desk: DossierDesk, register: Desk, consents: ConsentDesk) -> None:
    """Record what a stop left out, erase what is over, open what falls due by itself."""
    desk.mend()
    desk.erase_due()
    desk.erase_gone()
    FallingDue(desk=desk, register=register, people=consents.keeper.store).open()
