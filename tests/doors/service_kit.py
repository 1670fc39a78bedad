"""A whole service on a data folder, put together as wiring does, for tests of the doors."""

import tomllib
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from tests.doors.clock_kit import StandingClock
from tests.doors.read_once import read_once
from tests.migrated import lay_migrated_database

from chengnuo.adapters.board_shelf import BoardShelfFolder
from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.adapters.demo_issuer import Ed25519DemoIssuer
from chengnuo.adapters.documents.inspection_page import InspectionPage
from chengnuo.adapters.documents.publication_set import document_writers
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.log import Pace
from chengnuo.adapters.evidence.opening import OpenedToWrite, open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.public_files import PublicFiles
from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.adapters.individual_tokens import ALGORITHMS, JwtReader
from chengnuo.adapters.key_set import KeySet, read_source
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.oidc import OidcClient, OidcProvider
from chengnuo.adapters.passwords import Argon2Passwords, password_secret
from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_remarks import RegisterRemarks
from chengnuo.adapters.release_folder import ReleaseFolder
from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.register.reading import LoadedRegister, read_register
from chengnuo.doors.settings import ServeSettings, WebSettings, parse_settings, web_settings
from chengnuo.doors.web.building import Service, build_service
from chengnuo.doors.web.dossier_building import DossiersOutside
from chengnuo.doors.web.outside import BordersOutside, Outside, PublicBoards
from chengnuo.doors.web.release_building import ReleasesOutside
from chengnuo.doors.web.rights_building import RightsOutside
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import TokenReader
from chengnuo.ports.register_source import RegisterFiles
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.exporting_view import RightsView
from chengnuo.usecases.rights.figures import RightsFigures
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.dossiers import protection_of
from chengnuo.wiring.incidents import incident_room
from chengnuo.wiring.knowledge import mask_identifiers, report_words
from chengnuo.wiring.packs_beside import kept_packs_of, packs_beside
from chengnuo.wiring.price_explaining import explained_prices
from chengnuo.wiring.program import Program
from chengnuo.wiring.rights import rights_room
from chengnuo.wiring.rights_transfers import transfer_receiver
from chengnuo.wiring.scans import scan_look

PORT = 8700
ORIGIN = f"http://127.0.0.1:{PORT}"
LOG_ORIGIN = "shop.example.com/evidence"
SMALL = Pace(segment_bytes=1 << 18, publish_every_s=0.05)


_Content = tuple[tuple[Path, bytes], ...]


class _ReadOnce:
    """Reads register folders, and one that has not changed since no second time."""

    def read(self, folder: Path) -> RegisterFiles:
        return _read(folder, _content(folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ParsedOnce(Registers):
    """Parses them, and one that has not changed since no second time: a register is frozen."""

    def load_as_written(self, folder: Path) -> LoadedRegister:
        return _parsed(folder, _content(folder))


def _content(folder: Path) -> _Content:
    # Only what a register is: a data folder beside it changes while it is looked at.
    files = sorted(one for one in folder.rglob("*.y*ml") if one.is_file())
    return tuple((one, one.read_bytes()) for one in files)


@lru_cache(maxsize=8)
def _read(folder: Path, content: _Content) -> RegisterFiles:
    del content  # what was read before is told apart by it
    return RegisterFolder().read(folder)


@lru_cache(maxsize=8)
def _parsed(folder: Path, content: _Content) -> LoadedRegister:
    files = _read(folder, content)
    return read_register(files.trees, catalogue=_catalogue(), problems=files.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitProgram:
    """What `serve` is given: settings from a file, adapters by hand."""

    clock: Clock

    def read_settings(self, file: Path | None) -> ServeSettings:
        return parse_settings({} if file is None else tomllib.loads(file.read_text()), {})

    def service(self, settings: ServeSettings, web: WebSettings) -> Service:
        folder = open_data_folder(
            Path(settings.data),
            signing_key_file=Path(settings.signing_key_file) if settings.signing_key_file else None,
            clock=self.clock,
        )
        catalogue = _catalogue()
        place = Place(data=Path(settings.data))
        opened = open_log(place, clock=self.clock, origin=LOG_ORIGIN, pace=SMALL)

        def in_force() -> InForce:
            served = desk.current()
            return InForce(
                register="" if served is None else served.version, law=catalogue.version.digest
            )

        recorder = Recorder(log=opened.log, payloads=opened.payloads, in_force=in_force)
        desk = Desk(
            registers=_ParsedOnce(source=_ReadOnce(), catalogue=catalogue, clock=self.clock),
            versions=Versions(archive=folder.versions, signer=folder.keys.signer, clock=self.clock),
            folder=Path(settings.register) if settings.register else None,
            noted=recorder.register_in_force,
        )
        desk.open()
        consents = ConsentDesk(
            recorder=recorder, store=folder.consents, desk=desk, clock=self.clock
        )
        consents.open()

        room = rights_room(
            settings,
            data=folder,
            recorder=recorder,
            vault=opened.vault,
            consents=consents,
            desk=desk,
            clock=self.clock,
        )

        def close() -> None:
            opened.close()
            folder.close()

        demo = Ed25519DemoIssuer("shop", self.clock) if settings.demo else None
        outside = Outside(
            accounts=folder.accounts,
            failures=folder.accounts,
            acts=recorder,
            evidence=_evidence(opened, recorder, place),
            consents=consents,
            consent_figures=folder.consent_figures,
            uses=folder.uses,
            automated=folder.automated,
            borders=BordersOutside(store=folder.borders, calendar=room.calendar),
            control_runs=folder.controls,
            public_boards=PublicBoards(
                shelf=BoardShelfFolder(Path(settings.data) / "board"), signer=opened.signer
            ),
            dossiers=DossiersOutside(
                store=folder.dossiers,
                calendar=room.calendar,
                mask=mask_identifiers,
                protection=protection_of(settings),
                scans=scan_look,
                incidents=partial(incident_room, settings, folder),
                packs=packs_beside(settings, opened, folder),
                kept_packs=kept_packs_of(settings),
            ),
            prices=settings.prices and explained_prices(settings.prices),
            statements=StatementFolder(Path(settings.data) / "statements"),
            public_log=PublicFiles(place.public, RealFiles()),
            key_holder=opened.holder,
            sessions=folder.sessions,
            flows=folder.flows,
            individuals=folder.individuals,
            hasher=Argon2Passwords(
                password_secret(folder.keys.tokens), memory_kib=8, iterations=1
            ),  # what it costs is tried elsewhere
            sealer=folder.keys.sealer,
            tokens=folder.keys.tokens,
            clock=self.clock,
            sweep=folder.sweep,
            token_reader=demo.reader() if demo else _reader(settings),
            provider=_provider(settings, web),
            demo=demo,
            made_keys=folder.keys.made,
            close=close,
            writers=document_writers(),
            saved_filters=folder.saved_filters,
            row_remarks=RegisterRemarks(),
            register_editor=FolderEditor(),
            api_keys=folder.api_keys,
            rights=RightsOutside(
                desk=RightsDesk(room).start(),
                store=folder.rights,
                figures=RightsFigures(
                    store=folder.rights, figures=folder.rights_figures, calendar=room.calendar
                ),
                view=RightsView(place=room.exports.place),
                calendar=room.calendar,
                receiver=transfer_receiver(
                    settings, folder, desk, recorder=recorder, public_url=web.public_url
                ),
            ),
            releases=_releases(settings, folder, opened),
        )
        return build_service(outside, desk, settings=settings, web=web)


def _releases(
    settings: ServeSettings, folder: DataFolder, opened: OpenedToWrite
) -> ReleasesOutside:
    limit = settings.release_limit_bytes
    return ReleasesOutside(
        store=folder.releases,
        files=ReleaseFolder(root=Path(settings.data) / "releases", limit_bytes=limit),
        kits=folder.kits,
        kit_files=ReleaseFolder(root=Path(settings.data) / "kits", limit_bytes=limit),
        signer=opened.signer,
        inspections=lambda: Program().inspections(memory_bytes=1 << 30, wall_s=120),
        words=report_words,
        page=InspectionPage,
        limit_bytes=limit,
        days=settings.release_days,
        require_vetting=settings.release_require_vetting,
    )


def _evidence(opened: OpenedToWrite, recorder: Recorder, place: Place) -> EvidenceDesk:
    return EvidenceDesk(
        log=opened.log,
        payloads=opened.payloads,
        prover=Prover(log=opened.log, payloads=opened.payloads),
        recorder=recorder,
        verifier=VerifierProcess(place.public),
    )


@cache
def _catalogue() -> Catalogue:
    return load_catalogue(read_catalogue, cache_folder=None)


def _reader(settings: ServeSettings) -> TokenReader | None:
    said = settings.individuals
    if said is None:
        return None
    return JwtReader(
        said.issuer,
        frozenset(said.audiences),
        KeySet(lambda: read_source(said.jwks), algorithms=ALGORITHMS),
    )


def _provider(settings: ServeSettings, web: WebSettings) -> OidcProvider | None:
    said = settings.oidc
    if said is None:
        return None
    return OidcProvider(
        OidcClient(
            issuer=said.issuer,
            client_id=said.client_id,
            client_secret=said.client_secret,
            redirect_uri=f"{web.public_url}/console/sign-in/provider/back",
            role_claim=said.role_claim,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A service in this process, its clock and its settings."""

    service: Service
    clock: StandingClock
    settings: ServeSettings
    web: WebSettings

    def run_controls(self) -> dict[str, KeptRun]:
        """Run every control, as a running service does every hour; return the runs by control."""
        controls = self.service.services.controls
        assert controls is not None
        return {run.control: run for run in controls.run()}


def start(data: Path, *, port: int = PORT, **said: object) -> Kit:
    """Build a service on a data folder; `said` are settings by name."""
    read_once()
    clock = StandingClock()
    if not data.exists():
        lay_migrated_database(data)
    plenty: dict[str, object] = {"requests_per_minute": 1_000_000, "sign_ins_per_minute": 1_000_000}
    settings = parse_settings({"data": str(data), **plenty, **said}, {})
    web = web_settings(settings, port=port)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=LitestarDeprecationWarning)
        service = KitProgram(clock=clock).service(settings, web)
    return Kit(service=service, clock=clock, settings=settings, web=web)
