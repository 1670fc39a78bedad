"""Dossiers of a data folder for the command line, and what a service sees of its own protection."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.documents.publication_set import document_writers
from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.adapters.protection_look import FolderProtectionLook
from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.finding.all_controls import OVER_RECORDS
from chengnuo.domain.register.model import Register
from chengnuo.doors.settings import ServeSettings
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import LogLockedError
from chengnuo.usecases.borders.counting import BorderCounter, KnownHere
from chengnuo.usecases.borders.figures import BorderFigures
from chengnuo.usecases.borders.reading import Reading
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.counts import counts_of
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.automated_figures import AutomatedFigures
from chengnuo.usecases.dossier.declared_rows import declared_rows
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.in_register import promised_by, rows_named
from chengnuo.usecases.dossier.safeguarding import Safeguarding
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.finding.all_sources import LookedAt, sources_of
from chengnuo.usecases.finding.boards import BoardNow, KeptBoard, LiveBoard
from chengnuo.usecases.finding.control_tools import ControlTools
from chengnuo.usecases.finding.running import runner_of
from chengnuo.usecases.governance.auditing import Auditing
from chengnuo.usecases.governance.duty_tools import DutyTools
from chengnuo.usecases.incident.grade_refusals import GradeRefusals
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.pricing.price_figures import PriceFigures
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.wiring.connectors import Connections
from chengnuo.wiring.evidence import place_of
from chengnuo.wiring.packs_beside import packs_beside
from chengnuo.wiring.rights import opened_data, opened_with_log

_KEYS = "keys"


def protection_of(settings: ServeSettings) -> FolderProtectionLook:
    """Return what looks at the connections of an installation and at its key files."""
    given = (settings.signing_key_file, settings.evidence.master_key_file)
    places = (Path(settings.data) / _KEYS, *(Path(one) for one in given if one))
    return FolderProtectionLook(connected=Connections(settings.connections), keys=places)


@contextmanager
def duties_of(
    settings: ServeSettings, catalogue: Catalogue, *, writing: bool
) -> Iterator[DutyTools]:
    """Open the dossiers of a data folder: to act in them, or to look beside whoever writes.

    Raises:
        NoLogError: There is no log.
        LogLockedError: A service writes it, and it shall be written.

    """
    with opened_with_log(settings, catalogue, writing=writing) as (
        opened,
        data,
        register,
        recorder,
    ):
        desk = dossier_desk(data, register, recorder)
        if writing:
            desk.mend()
        board = board_of(settings, data, register, desk)
        auditing = Auditing(desk=desk, register=register, live=board.of, log=recorder.log)
        packs = packs_beside(settings, opened, data)
        yield DutyTools(
            desk=desk,
            auditing=auditing,
            safeguarding=Safeguarding(
                desk=desk,
                register=register,
                accounts=data.accounts.accounts,
                protection=protection_of(settings),
            ),
            prover=Prover(log=recorder.log, payloads=recorder.payloads),
            writers={one.format: one for one in document_writers()},
            packs=lambda: packs(auditing),
        )


def dossier_desk(data: DataFolder, register: Desk, recorder: Recorder) -> DossierDesk:
    """Return the desk of dossiers of a data folder, for the command line."""

    def in_force() -> Register | None:
        served = register.current()
        return None if served is None else served.register

    return DossierDesk(
        store=data.dossiers,
        recorder=recorder,
        clock=SystemClock(),
        tokens=data.keys.tokens,
        catalogue=register.catalogue,
        calendar=load_working_calendar(),
        sorts=SORTS,
        known=lambda plural: rows_named(in_force(), plural),
        promised=lambda: promised_by(in_force(), register.catalogue),
        enabled_accounts=data.accounts.enabled_count,
        refuses=GradeRefusals(register.catalogue).refuses,
    )


@contextmanager
def control_tools(settings: ServeSettings, catalogue: Catalogue) -> Iterator[ControlTools]:
    """Open a data folder to run its controls; beside a service, nothing is recorded.

    Raises:
        NoLogError: There is no log.

    """
    with ExitStack() as stack:
        recording = True
        try:
            opened = stack.enter_context(opened_data(settings, catalogue, writing=True))
        except LogLockedError:
            recording = False
            opened = stack.enter_context(opened_data(settings, catalogue, writing=False))
        data, register, recorder, _ = opened
        desk = dossier_desk(data, register, recorder)
        runner, _ = runner_of(
            sources_of(looked_at(settings, data, register, desk)),
            register=register,
            recorder=recorder,
            store=data.controls,
            clock=desk.clock,
            declared=partial(declared_rows, desk.store),
        )
        if recording:
            runner.mend()
        yield ControlTools(runner=runner, recording=recording)


def board_of(
    settings: ServeSettings, data: DataFolder, register: Desk, dossiers: DossierDesk
) -> LiveBoard:
    """Return the board of a data folder: from kept runs, or run on the spot where none was kept.

    Releases are asked for by a running service alone, so no control run here looks at their SDKs.
    """
    clock, declared = dossiers.clock, partial(declared_rows, dossiers.store)
    if data.controls.reached() >= 0:
        return KeptBoard(controls=OVER_RECORDS, kept=data.controls, clock=clock, declared=declared)
    sources = sources_of(looked_at(settings, data, register, dossiers))
    return BoardNow(sources=sources, clock=clock, declared=declared)


def looked_at(
    settings: ServeSettings, data: DataFolder, register: Desk, dossiers: DossierDesk
) -> LookedAt:
    """Return what the controls look at in a data folder."""
    recorder, clock = dossiers.recorder, dossiers.clock
    evidence = EvidenceDesk(
        log=recorder.log,
        payloads=recorder.payloads,
        prover=Prover(log=recorder.log, payloads=recorder.payloads),
        recorder=recorder,
        verifier=VerifierProcess(place_of(settings).public),
    )
    consents = ConsentDesk(recorder=recorder, store=data.consents, desk=register, clock=clock)
    figures = data.consent_figures
    automated = AutomatedDesk(
        store=data.automated,
        evidence=evidence,
        consents=consents,
        register=register,
        tokens=data.keys.tokens,
    )
    counts = counts_of(
        recorder=recorder,
        uses=data.uses,
        figures=figures,
        consents=consents,
        desk=register,
        clock=clock,
        person=partial(person_key, data.keys.tokens),
    )
    return LookedAt(
        register=register,
        consents=counts.seen,
        rights=RightsFigures(
            store=data.rights, figures=data.rights_figures, calendar=dossiers.calendar
        ),
        dossiers=dossiers,
        shipped=None,
        borders=_borders(data, register, dossiers, consents),
        automated=AutomatedFigures(automated=automated, figures=figures, evidence=evidence),
        prices=PriceFigures(
            statements=StatementFolder(Path(settings.data) / "statements"),
            evidence=evidence,
            register=register,
        ),
    )


def _borders(
    data: DataFolder, register: Desk, dossiers: DossierDesk, consents: ConsentDesk
) -> BorderFigures:
    log, payloads = dossiers.recorder.log, dossiers.recorder.payloads
    reading = Reading(
        log=log,
        payloads=payloads,
        register_of=register.register_of,
        catalogue=register.catalogue,
    )
    used = UseCounter(log=log, payloads=payloads, store=data.uses)
    counter = BorderCounter(reading, data.borders, KnownHere(consents=consents, uses=used))
    return BorderFigures(counter=counter, register=register)
