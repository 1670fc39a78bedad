"""The use cases that the web doors call, as one value that wiring builds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chengnuo.domain.dossier.service_figures import ServiceFigures
from chengnuo.domain.governance.release_clock import DAYS
from chengnuo.ports.board_shelf import BoardShelf
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.notifications import NotificationFigures
from chengnuo.ports.secrets import Tokens
from chengnuo.ports.sessions import StaffSession
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.releasing import EvidenceRequests
from chengnuo.usecases.finding.running import ControlRunner
from chengnuo.usecases.governance.kit_desk import KitDesk
from chengnuo.usecases.governance.releasing import ReleaseDesk
from chengnuo.usecases.guardian_handover import GuardianHandover
from chengnuo.usecases.individual_entry import IndividualEntry
from chengnuo.usecases.open_sessions import OpenSessions
from chengnuo.usecases.planes.status import PlanesWatch, no_planes
from chengnuo.usecases.provider_sign_in import ProviderSignIn
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.saved_filters import SavedFilterDesk
from chengnuo.usecases.sign_in import SignIn
from chengnuo.usecases.staff_accounts import StaffAccounts


class DemoIssuer(Protocol):
    """Signs tokens for a sample individual; present only with `--demo` on loopback."""

    def token(self) -> str:
        """Return a fresh token for the sample individual."""
        ...


class Sweep(Protocol):
    """Clears away what has expired."""

    def __call__(self, goes_on: Callable[[], bool] = lambda: True, /) -> None:
        """Delete expired sessions, codes, links and flows.

        Args:
            goes_on: Asked between its parts; once it says no, the rest waits for the next sweep.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the handlers may call.

    Attributes:
        register: The register in force, its versions and what the check says.
        accounts: Staff accounts.
        sign_in: Signing in with password and code.
        open_sessions: Where one is signed in.
        provider: Signing in through the identity provider; None if there is none.
        entry: How individuals come in; None while no token issuer is set.
        demo: The demo issuer; None without `--demo`.
        evidence: The evidence log: its state, its records, one's own chain.
        consents: What individuals agreed to, refused, withdrew and set.
        tokens: Random tokens and keyed names.
        handover: How a child hands a decision over; None while no token issuer is set.
        sweep: Clears away what has expired; called once an hour.
        count: Counts some of what was recorded, and returns how many records are left.
        controls: Runs the controls of the pledge board; None where no runs are kept.
        planes: Tells how the planes are that other processes decide by.
        rights: Requests of individuals; None where they are not taken.
        dossiers: Dossiers of the remaining duties; None where they are not kept.
        filters: Keeps how lists were narrowed; None where that is not kept.
        board_shelf: Publications of the pledge board; None where none can be made.
        writers: One for each format in which a list can be had as a file.
        releases: Releases of apps; None where they are not taken.
        kits: Vettings of kits; None likewise.
        release_days: How many calendar days an answer to a release may take.
        files: Requests for evidence files; None where none can be made.
        complaint_figures: How complaints were answered; None likewise.
        notifications: Counts what people are told of requests; None where nobody is.

    """

    register: Desk
    accounts: StaffAccounts
    sign_in: SignIn
    open_sessions: OpenSessions
    provider: ProviderSignIn | None
    entry: IndividualEntry | None
    demo: DemoIssuer | None
    evidence: EvidenceDesk
    consents: ConsentDesk
    tokens: Tokens
    handover: GuardianHandover | None
    sweep: Sweep
    count: Callable[[], int] = lambda: 0
    controls: ControlRunner | None = None
    planes: PlanesWatch = no_planes
    rights: RightsDesk | None = None
    dossiers: DossierDesk | None = None
    filters: SavedFilterDesk | None = None
    board_shelf: BoardShelf | None = None
    writers: tuple[DocumentWriter, ...] = ()
    releases: ReleaseDesk | None = None
    kits: KitDesk | None = None
    release_days: int = DAYS
    files: EvidenceRequests | None = None
    complaint_figures: Callable[[], ServiceFigures] | None = None
    notifications: Callable[[], NotificationFigures] | None = None

    def staff_session(self, token: str) -> StaffSession | None:
        """Return the live console session of a cookie, or None."""
        return self.sign_in.resume(token)

    def visitor(self, token: str, *, unhurried: bool = False) -> Visitor | None:
        """Return the individual of a cookie, or None; a guardian who is one no longer is nobody."""
        found = None if self.entry is None else self.entry.resume(token, unhurried=unhurried)
        if found is None or found.guardian is None:
            return found
        is_over = GuardianDesk(self.consents).is_over(found.person, found.guardian)
        return None if is_over else found

    def form_token(self, browser: str, session: str) -> str:
        """Return the token that forms carry for a browser and the session it has."""
        return self.tokens.keyed("form", f"{browser}\n{session}")

    def fresh_browser(self) -> str:
        """Return a new random name for a browser."""
        return self.tokens.fresh().plain
