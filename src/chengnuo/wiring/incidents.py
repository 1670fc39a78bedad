"""Incidents and canaries of a data folder, for the command line; of a service, for its pages."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path

from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.documents.html import HtmlPageWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.documents.pdf import PdfWriter
from chengnuo.adapters.people_lists import SealedPeopleLists
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.register.model import Register
from chengnuo.doors.settings import ServeSettings
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.store_look import StoreLooks
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.evidence.evidence_file import EvidenceFiles
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.receipts import Receipts
from chengnuo.usecases.incident.canary_desk import CanaryDesk
from chengnuo.usecases.incident.counting import AffectedDesk
from chengnuo.usecases.incident.counting_records import RecordCount
from chengnuo.usecases.incident.letter_desk import LetterDesk
from chengnuo.usecases.incident.no_fault import NoFaultDesk
from chengnuo.usecases.incident.no_fault_summary import ControlsSeen, Summaries
from chengnuo.usecases.incident.room import IncidentRoom
from chengnuo.usecases.incident.tracing import Tracing
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.register_desk import Desk
from chengnuo.wiring.dossiers import board_of, dossier_desk
from chengnuo.wiring.rights import opened_data

_LISTS = "incidents"
_WRITERS: Mapping[str, DocumentWriter] = {
    one.format: one for one in (HtmlPageWriter(), PdfWriter(), MarkdownWriter())
}


def incident_room(
    settings: ServeSettings,
    data: DataFolder,
    register: Desk,
    dossiers: DossierDesk,
    live: Callable[[], tuple[LiveRun, ...]],
) -> IncidentRoom:
    """Return the use cases around incidents, over a desk of dossiers.

    Args:
        settings: Settings of the service.
        data: Its data folder.
        register: The register in force.
        dossiers: The desk.
        live: Runs the controls over records, as the pledge board does.

    """
    recorder = dossiers.recorder

    def in_force() -> tuple[Register, str] | None:
        served = register.current()
        return None if served is None else (served.register, served.version)

    def looks(of: Register) -> StoreLooks:
        # Connectors are imported when somebody counts, for they take room.
        found: StoreLooks = import_module("chengnuo.wiring.stores").store_looks(of, None, settings)
        return found

    return IncidentRoom(
        desk=dossiers,
        affected=AffectedDesk(
            desk=dossiers,
            records=RecordCount(log=recorder.log, payloads=recorder.payloads),
            in_force=in_force,
            catalogue=register.catalogue,
            looks=looks,
            person=partial(person_key, data.keys.tokens),
            consents=data.consents,
            lists=SealedPeopleLists(Path(settings.data) / _LISTS, data.keys.sealer),
        ),
        letters=LetterDesk(
            desk=dossiers, catalogue=register.catalogue, in_force=in_force, writers=_WRITERS
        ),
        canaries=CanaryDesk(desk=dossiers, tokens=data.keys.tokens),
        no_fault=_no_fault(register, dossiers, live),
    )


def _no_fault(
    register: Desk, dossiers: DossierDesk, live: Callable[[], tuple[LiveRun, ...]]
) -> NoFaultDesk:
    recorder = dossiers.recorder
    prover = Prover(log=recorder.log, payloads=recorder.payloads)
    receipts = Receipts(
        log=recorder.log,
        payloads=recorder.payloads,
        register_of=register.register_of,
        catalogue=register.catalogue,
    )

    def register_of(version: str) -> Register | None:
        with suppress(InvalidInputError):
            return register.register_of(version).register if version else None
        return None

    def controls() -> ControlsSeen:
        served = register.current()
        return ControlsSeen(
            runs=live(),
            findings=() if served is None else served.report.open_findings,
            register="" if served is None else served.version,
        )

    served = register.current()
    return NoFaultDesk(
        files=EvidenceFiles(log=recorder.log, prover=prover, receipts=receipts, recorder=recorder),
        tracing=Tracing(
            log=recorder.log, prover=prover, recorder=recorder, register_of=register_of
        ),
        dossiers=dossiers.store,
        controls=controls,
        summaries=Summaries(
            handler=Text("—", "—") if served is None else served.register.handler.name,
            law=register.catalogue.version.digest,
            writers=(HtmlPageWriter(), PdfWriter()),
        ),
        clock=dossiers.clock,
    )


@contextmanager
def incidents_of(
    settings: ServeSettings, catalogue: Catalogue, *, writing: bool
) -> Iterator[IncidentRoom]:
    """Open the incidents of a data folder: to work on them, or to look beside whoever writes.

    Raises:
        NoLogError: There is no log.
        LogLockedError: A service writes it, and it shall be written.

    """
    with opened_data(settings, catalogue, writing=writing) as (data, register, recorder, _):
        desk = dossier_desk(data, register, recorder)
        if writing:
            desk.mend()
        yield incident_room(
            settings, data, register, desk, board_of(settings, data, register, desk).runs
        )
