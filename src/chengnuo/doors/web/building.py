"""From what wiring has made outside to the app: use cases joined, routes mounted."""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.doors.http.documents import documents_router
from chengnuo.doors.http.envelope import Envelope
from chengnuo.doors.http.evidence import evidence_router
from chengnuo.doors.http.tlog import tlog_router
from chengnuo.doors.settings import ServeSettings, WebSettings
from chengnuo.doors.web.app import build_app
from chengnuo.doors.web.centre_pages import centre_pages
from chengnuo.doors.web.centre_receipts import receipt_pages
from chengnuo.doors.web.console_evidence import evidence_pages
from chengnuo.doors.web.console_pages import console_pages
from chengnuo.doors.web.services import DemoIssuer, Services, Sweep
from chengnuo.ports.accounts import AccountStore, Role, StaffActs
from chengnuo.ports.clock import Clock
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.identity_provider import IdentityProvider
from chengnuo.ports.individuals import IndividualStore, TokenReader
from chengnuo.ports.public_log import PublicLog
from chengnuo.ports.secrets import PasswordHasher, Sealer, Tokens
from chengnuo.ports.sessions import SessionStore, SignInFlowStore
from chengnuo.ports.sign_in_failures import FailureStore
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.receipts import Receipts
from chengnuo.usecases.individual_entry import IndividualEntry
from chengnuo.usecases.provider_sign_in import ProviderSignIn
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.sign_in import SignIn
from chengnuo.usecases.staff_accounts import StaffAccounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The adapters that the service stands on.

    Attributes:
        accounts: Staff accounts; also counts failed sign-ins.
        acts: Takes note of what staff do.
        evidence: The use cases around the evidence log.
        public_log: The files of the log that others read.
        key_holder: Who holds the key above the keys of individuals.
        token_reader: Reads tokens of individuals; None while no issuer is set.
        provider: The identity provider of staff; None if there is none.
        demo: The demo issuer; None without `--demo`.
        made_keys: Names of key files made just now.
        close: Closes what was opened.
        writers: One for each format in which documents can be had as files.

    """

    accounts: AccountStore
    failures: FailureStore
    acts: StaffActs
    evidence: EvidenceDesk
    public_log: PublicLog
    key_holder: KeyHolder
    sessions: SessionStore
    flows: SignInFlowStore
    individuals: IndividualStore
    hasher: PasswordHasher
    sealer: Sealer
    tokens: Tokens
    clock: Clock
    sweep: Sweep
    token_reader: TokenReader | None
    provider: IdentityProvider | None
    demo: DemoIssuer | None
    made_keys: tuple[str, ...]
    close: Callable[[], None]
    writers: tuple[DocumentWriter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service ready to run.

    Attributes:
        app: The ASGI app.
        services: Its use cases.
        set_up_path: Path and token of the one-time set-up link; empty once there is an account.
        made_keys: Names of key files made just now.
        key_holder: Who holds the key above the keys of individuals.
        close: Closes what was opened.

    """

    app: Envelope
    services: Services
    set_up_path: str
    made_keys: tuple[str, ...]
    key_holder: KeyHolder
    close: Callable[[], None]


def build_service(
    outside: Outside, desk: Desk, *, settings: ServeSettings, web: WebSettings
) -> Service:
    """Return the service; the desk has been opened already."""
    services = _services(outside, desk, settings)
    token = services.accounts.first_link()
    receipts = Receipts(
        log=outside.evidence.log,
        payloads=outside.evidence.payloads,
        register_of=desk.register_of,
        catalogue=desk.catalogue,
    )
    machine_forms = [writer for writer in outside.writers if writer.format == "json"]
    return Service(
        app=build_app(
            services,
            web,
            pages=[
                *(documents_router(desk, writer) for writer in machine_forms),
                centre_pages(desk, outside.writers),
                console_pages(desk),
                evidence_pages(desk, outside.key_holder),
                receipt_pages(desk, receipts),
                evidence_router(outside.evidence, receipts),
                tlog_router(outside.public_log),
            ],
        ),
        services=services,
        set_up_path=f"/console/set-up?token={token}" if token else "",
        made_keys=outside.made_keys,
        key_holder=outside.key_holder,
        close=outside.close,
    )


def _services(outside: Outside, desk: Desk, settings: ServeSettings) -> Services:
    sign_in = SignIn(
        accounts=outside.accounts,
        sessions=outside.sessions,
        failures=outside.failures,
        hasher=outside.hasher,
        sealer=outside.sealer,
        tokens=outside.tokens,
        clock=outside.clock,
        acts=outside.acts,
        totp_required=settings.demands_totp,
    )
    return Services(
        register=desk,
        accounts=StaffAccounts(
            store=outside.accounts,
            sessions=outside.sessions,
            hasher=outside.hasher,
            tokens=outside.tokens,
            clock=outside.clock,
            acts=outside.acts,
        ),
        sign_in=sign_in,
        provider=_provider(outside, sign_in, settings),
        entry=_entry(outside),
        demo=outside.demo,
        evidence=outside.evidence,
        tokens=outside.tokens,
        sweep=outside.sweep,
    )


def _entry(outside: Outside) -> IndividualEntry | None:
    if outside.token_reader is None:
        return None
    return IndividualEntry(
        reader=outside.token_reader,
        store=outside.individuals,
        tokens=outside.tokens,
        clock=outside.clock,
    )


def _provider(outside: Outside, sign_in: SignIn, settings: ServeSettings) -> ProviderSignIn | None:
    if outside.provider is None or settings.oidc is None:
        return None
    return ProviderSignIn(
        provider=outside.provider,
        flows=outside.flows,
        accounts=outside.accounts,
        sign_in=sign_in,
        tokens=outside.tokens,
        clock=outside.clock,
        role_map=tuple((group, Role(role)) for group, role in settings.oidc.roles.items()),
    )
