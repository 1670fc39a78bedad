"""What the service stands on: the adapters that wiring has opened, as one value."""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.doors.web.centre_prices import Prices
from chengnuo.doors.web.dossier_building import DossiersOutside
from chengnuo.doors.web.release_building import ReleasesOutside
from chengnuo.doors.web.rights_building import RightsOutside
from chengnuo.doors.web.services import DemoIssuer
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.accounts import AccountStore, StaffActs
from chengnuo.ports.api_keys import ApiKeyStore
from chengnuo.ports.automated import AutomatedStore
from chengnuo.ports.board_shelf import BoardShelf
from chengnuo.ports.borders import BorderStore
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.clock import Clock
from chengnuo.ports.consent_figures import ConsentFigures
from chengnuo.ports.control_runs import ControlRunStore
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.identity_provider import IdentityProvider
from chengnuo.ports.individuals import IndividualStore, TokenReader
from chengnuo.ports.public_log import PublicLog
from chengnuo.ports.register_editing import RegisterEditor
from chengnuo.ports.row_remarks import RowRemarks
from chengnuo.ports.saved_filters import SavedFilters
from chengnuo.ports.secrets import PasswordHasher, Sealer, Tokens
from chengnuo.ports.sessions import SessionStore, SignInFlowStore
from chengnuo.ports.sign_in_failures import FailureStore
from chengnuo.ports.statements import Statements
from chengnuo.ports.uses import UseStore
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.evidence.cosigning import Cosigning
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.planes.status import PlanesWatch, no_planes


@dataclass(frozen=True, slots=True, kw_only=True)
class BordersOutside:
    """What stands behind what goes abroad.

    Attributes:
        store: Keeps whose information went.
        calendar: The official working days.

    """

    store: BorderStore
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBoards:
    """What publishing the pledge board stands on.

    Attributes:
        shelf: Keeps publications.
        signer: Signs with the keys of the log.

    """

    shelf: BoardShelf
    signer: LogSigner


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The adapters that the service stands on.

    Attributes:
        accounts: Staff accounts; also counts failed sign-ins.
        acts: Takes note of what staff do.
        evidence: The use cases around the evidence log.
        consents: The use cases around consent; opened already.
        consent_figures: Counts acts on consent items.
        uses: Keeps what was counted of the log.
        public_log: The files of the log that others read.
        key_holder: Who holds the key above the keys of individuals.
        token_reader: Reads tokens of individuals; None while no issuer is set.
        provider: The identity provider of staff; None if there is none.
        demo: The demo issuer; None without `--demo`.
        made_keys: Names of key files made just now.
        close: Closes what was opened.
        writers: One for each format in which documents can be had as files.
        api_keys: Keeps API keys; None leaves the routes for programs away.
        planes: Tells how the planes are that other processes decide by.
        rights: Requests of individuals; None leaves their pages and routes away.
        releases: Releases of apps; None leaves their pages away.
        statements: Keeps statements about prices and probes; None where none are looked for.
        automated: Finds recorded automated decisions; None leaves their pages and routes away.
        dossiers: Dossiers of the remaining duties; None leaves their pages away.
        borders: What goes abroad; None leaves its routes away.
        saved_filters: Keeps how lists were narrowed; with None nobody can keep that.
        control_runs: Keeps runs of controls; with None the board runs them whenever it is shown.
        row_remarks: Reads the lines above rows of the register folder; with None there is no page
            of what must be decided.
        register_editor: Changes rows of the register folder; with None nobody can.
        public_boards: Publications of the pledge board; with None it cannot be published.
        prices: Explains prices; with None the page says that none are kept.
        cosigning: Cosigns checkpoints of other logs; with None this is a witness of none.

    """

    accounts: AccountStore
    failures: FailureStore
    acts: StaffActs
    evidence: EvidenceDesk
    consents: ConsentDesk
    consent_figures: ConsentFigures
    uses: UseStore
    public_log: PublicLog
    key_holder: KeyHolder
    sessions: SessionStore
    flows: SignInFlowStore
    individuals: IndividualStore
    hasher: PasswordHasher
    sealer: Sealer
    tokens: Tokens
    clock: Clock
    sweep: Callable[[], None]
    token_reader: TokenReader | None
    provider: IdentityProvider | None
    demo: DemoIssuer | None
    made_keys: tuple[str, ...]
    close: Callable[[], None]
    writers: tuple[DocumentWriter, ...] = ()
    api_keys: ApiKeyStore | None = None
    planes: PlanesWatch = no_planes
    rights: RightsOutside | None = None
    releases: ReleasesOutside | None = None
    statements: Statements | None = None
    automated: AutomatedStore | None = None
    dossiers: DossiersOutside | None = None
    borders: BordersOutside | None = None
    control_runs: ControlRunStore | None = None
    prices: Prices | None = None
    cosigning: Cosigning | None = None
    public_boards: PublicBoards | None = None
    saved_filters: SavedFilters | None = None
    row_remarks: RowRemarks | None = None
    register_editor: RegisterEditor | None = None
