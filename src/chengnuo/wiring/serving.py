"""The service: every adapter it stands on, opened and joined."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from chengnuo.adapters.board_shelf import BoardShelfFolder
from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.documents.publication_set import document_writers
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.opening import OpenedToWrite
from chengnuo.adapters.evidence.public_files import PublicFiles
from chengnuo.adapters.evidence.rounds import Rounds
from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.adapters.planes.place import outdate_planes_of
from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.adapters.register_remarks import RegisterRemarks
from chengnuo.adapters.release_folder import ReleaseFolder
from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.base.errors import ChengnuoError, ConflictError
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.domain.register.store import Store
from chengnuo.doors.following_service import FollowingService
from chengnuo.doors.settings import ServeSettings, WebSettings
from chengnuo.doors.web.building import Service, build_service
from chengnuo.doors.web.centre_prices import Prices
from chengnuo.doors.web.dossier_building import DossiersOutside
from chengnuo.doors.web.outside import BordersOutside, Outside, PublicBoards
from chengnuo.doors.web.release_building import ReleasesOutside
from chengnuo.doors.web.rights_building import RightsOutside
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.clock import Clock
from chengnuo.ports.package_reports import PackagePageWriter
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.followers import NOBODY
from chengnuo.usecases.dossier.safeguard_looks import SafeguardLook
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.usecases.planes.status import no_planes
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting_view import RightsView
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.coming_in import demo_issuer, oidc_provider, token_reader
from chengnuo.wiring.database import data_folder, shared_database
from chengnuo.wiring.dossiers import protection_of
from chengnuo.wiring.evidence import open_served_log, place_of, witnessing_rounds
from chengnuo.wiring.incidents import incident_room
from chengnuo.wiring.knowledge import mask_identifiers, report_words
from chengnuo.wiring.leading import led_planes, led_service
from chengnuo.wiring.packs_beside import kept_packs_of, packs_beside
from chengnuo.wiring.planes import ServicePlanes
from chengnuo.wiring.rights import rights_room, rights_rounds
from chengnuo.wiring.rights_telling import agents_of, notifying, notifying_rounds
from chengnuo.wiring.rights_transfers import transfer_receiver
from chengnuo.wiring.shards import cosigning_of
from chengnuo.wiring.staff import password_hasher, staff_acts

if TYPE_CHECKING:
    from chengnuo.adapters.postgresql.shared import SharedDatabase


def service(
    settings: ServeSettings,
    web: WebSettings,
    registers: Registers,
    inspections: Callable[[], Inspections],
) -> Service | FollowingService:
    """Return the service, ready to run; one that follows where another process writes.

    Raises:
        RegisterRefusedError: The register folder holds no register.
        DataNewerThanProgramError: A newer program wrote the data folder.
        LogLockedError: Another process writes the evidence log of the data folder.

    """
    clock = SystemClock()
    shared = shared_database(settings)
    if shared is not None:
        shared.address = web.peer_url
        if shared.is_led():
            return _following(settings, web, registers, inspections, shared)
    folder = Path(settings.register) if settings.register else None
    read = None if folder is None else _read(registers, folder)  # before anything else is written
    data = data_folder(settings, clock)
    versions = Versions(archive=data.versions, signer=data.keys.signer, clock=clock)
    try:
        opened = open_served_log(settings, clock)
    except ConflictError:
        if shared is None or not shared.is_led():
            raise
        data.close()  # another was quicker
        return _following(settings, web, registers, inspections, shared)
    with ExitStack() as undone:  # what does not come about lets another write at once
        undone.callback(data.close)
        undone.callback(_closed, opened)
        lease = None if shared is None else shared.kept()
        outdate_planes_of(Path(settings.data))

        def in_force() -> InForce:
            served = desk.current()
            return InForce(
                register="" if served is None else served.version,
                law=registers.catalogue.version.digest,
            )

        recorder = Recorder(log=opened.log, payloads=opened.payloads, in_force=in_force)
        planes: ServicePlanes | None = None

        def noted(version: RegisterVersion) -> None:
            if planes is not None:
                planes.register_changed()
            recorder.register_in_force(version)

        desk = Desk(registers=registers, versions=versions, folder=folder, noted=noted)
        desk.open(read)
        planes = led_planes(settings, desk, shared)
        if planes is not None:
            undone.callback(planes.close)
        outside = _outside(data, opened, recorder, settings, web, desk, clock, planes)
        outside = replace(outside, releases=_releases(settings, data, opened, inspections))
        made = build_service(outside, desk, settings=settings, web=web)
        undone.pop_all()
        return made if lease is None else led_service(made, lease, data, opened)


def _read(registers: Registers, folder: Path) -> LoadedRegister:
    """Read the register and settle its folder; under no lease, for that may wait for a reader."""
    read = registers.load(folder)
    FolderEditor().settle(folder)
    return read


def _closed(opened: OpenedToWrite) -> None:
    """Close a log; why it was opened for nothing is what is to be told."""
    with suppress(ChengnuoError):
        opened.close()


def _following(
    settings: ServeSettings,
    web: WebSettings,
    registers: Registers,
    inspections: Callable[[], Inspections],
    shared: "SharedDatabase",
) -> FollowingService:
    """Return a service that follows; what speaks to others is imported when there are any."""
    module = import_module("chengnuo.wiring.following")
    made: FollowingService = module.following_service(
        settings, web, registers, shared, partial(service, settings, web, registers, inspections)
    )
    return made


def _outside(  # noqa: PLR0913, PLR0917  what the service stands on
    data: DataFolder,
    opened: OpenedToWrite,
    recorder: Recorder,
    settings: ServeSettings,
    web: WebSettings,
    desk: Desk,
    clock: Clock,
    planes: ServicePlanes | None,
) -> Outside:
    demo = demo_issuer(desk, clock) if settings.demo else None
    rounds = witnessing_rounds(settings, opened)
    consents = ConsentDesk(
        recorder=recorder,
        store=data.consents,
        desk=desk,
        clock=clock,
        follower=NOBODY if planes is None else planes.state,
    )
    if planes is not None:
        planes.state.follow(consents.keeper)
    consents.open()
    if planes is not None:
        planes.start()
    room = rights_room(
        settings,
        data=data,
        recorder=recorder,
        vault=opened.vault,
        consents=consents,
        desk=desk,
        clock=clock,
    )
    rights = RightsDesk(room).start()
    receiver = transfer_receiver(settings, data, desk, recorder=recorder, public_url=web.public_url)
    workers = rights_rounds(settings, rights, receiver, clock)
    if settings.notify is not None:
        keys, url = data.keys, web.public_url
        telling = notifying(
            settings.notify, data.notifications, signer=keys.signer, clock=clock, public_url=url
        )
        workers += (notifying_rounds(settings.notify, rights, telling),)
    agents = None
    if settings.agents is not None:
        agents = agents_of(settings.agents, room, rights, data, public_url=web.public_url)
        every_s = settings.rights_every_s
        workers += (Rounds(agents.call_back, every_s=every_s, name="calling agents back"),)

    def close() -> None:
        for one in workers:
            one.close()
        if rounds is not None:
            rounds.close()
        if planes is not None:
            planes.close()
        opened.close()
        data.close()

    return Outside(
        accounts=data.accounts,
        failures=data.accounts,
        acts=staff_acts(settings.notify, data, recorder, clock),
        evidence=EvidenceDesk(
            log=opened.log,
            payloads=opened.payloads,
            prover=Prover(log=opened.log, payloads=opened.payloads),
            recorder=recorder,
            verifier=VerifierProcess(place_of(settings).public),
        ),
        consents=consents,
        consent_figures=data.consent_figures,
        uses=data.uses,
        public_log=PublicFiles(place_of(settings).public, RealFiles()),
        key_holder=opened.holder,
        sessions=data.sessions,
        flows=data.flows,
        individuals=data.individuals,
        hasher=password_hasher(data),
        sealer=data.keys.sealer,
        tokens=data.keys.tokens,
        clock=clock,
        sweep=data.sweep,
        token_reader=demo.reader() if demo else token_reader(settings, desk),
        provider=oidc_provider(settings, web),
        demo=demo,
        made_keys=data.keys.made,
        close=close,
        writers=document_writers(),
        api_keys=data.api_keys,
        automated=data.automated,
        dossiers=DossiersOutside(
            store=data.dossiers,
            calendar=room.calendar,
            mask=mask_identifiers,
            protection=protection_of(settings),
            scans=_scan_look,
            incidents=partial(incident_room, settings, data),
            packs=packs_beside(settings, opened, data),
            kept_packs=kept_packs_of(settings),
        ),
        borders=BordersOutside(store=data.borders, calendar=room.calendar),
        control_runs=data.controls,
        public_boards=PublicBoards(
            shelf=BoardShelfFolder(Path(settings.data) / "board"), signer=opened.signer
        ),
        prices=_prices(settings),
        cosigning=cosigning_of(settings, opened.signer.keys().origin, recorder, clock),
        saved_filters=data.saved_filters,
        row_remarks=RegisterRemarks(),
        register_editor=FolderEditor(),
        statements=StatementFolder(Path(settings.data) / "statements"),
        planes=no_planes if planes is None else planes.state.status,
        rights=RightsOutside(
            desk=rights,
            store=data.rights,
            figures=RightsFigures(
                store=data.rights, figures=data.rights_figures, calendar=room.calendar
            ),
            view=RightsView(place=room.exports.place),
            calendar=room.calendar,
            receiver=receiver,
            notifications=data.notifications.figures if settings.notify else None,
            agents=agents,
        ),
    )


def _inspection_page() -> PackagePageWriter:
    """Return what writes reports of packages; imported when there is one, for it takes room."""
    module = import_module("chengnuo.adapters.documents.inspection_page")
    page: PackagePageWriter = module.InspectionPage()
    return page


def _scan_look(
    report: bytes, stores: Sequence[Store], catalogue: Catalogue
) -> SafeguardLook | None:
    """Read a report of a scan; what does is imported when there is one, for it takes room."""
    module = import_module("chengnuo.wiring.scans")
    look: SafeguardLook | None = module.scan_look(report, stores, catalogue)
    return look


def _prices(settings: ServeSettings) -> Prices | None:
    """Return what explains prices, imported only where quotes are kept, for it takes room."""
    if settings.prices is None:
        return None
    prices: Prices = import_module("chengnuo.wiring.price_explaining").explained_prices(
        settings.prices
    )
    return prices


def _releases(
    settings: ServeSettings,
    data: DataFolder,
    opened: OpenedToWrite,
    inspections: Callable[[], Inspections],
) -> ReleasesOutside:
    limit, folder = settings.release_limit_bytes, Path(settings.data)
    return ReleasesOutside(
        store=data.releases,
        files=ReleaseFolder(root=folder / "releases", limit_bytes=limit),
        kits=data.kits,
        kit_files=ReleaseFolder(root=folder / "kits", limit_bytes=limit),
        signer=opened.signer,
        inspections=inspections,
        words=report_words,
        page=_inspection_page,
        limit_bytes=limit,
        days=settings.release_days,
        require_vetting=settings.release_require_vetting,
    )
