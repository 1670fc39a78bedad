"""What `serve` can be told: a TOML file and `CHENGNUO_*` variables, read once into a value.

Later wins: defaults, file, environment, command line. An unknown key is an error, so that a
misspelt one is noticed. Secrets are named by files or come from the environment.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.doors.price_settings import PriceSettings
from chengnuo.doors.rights_settings import AgentsSettings, NotifySettings
from chengnuo.doors.theme import theme_css
from chengnuo.doors.trace_settings import TraceSettings

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PREFIX = "CHENGNUO_"
_NOT_OURS = frozenset(
    {
        "CHENGNUO_LANG",
        "CHENGNUO_CACHE",
        "CHENGNUO_EVIDENCE_MASTER_KEY",
        "CHENGNUO_EVIDENCE_TOKEN_PIN",
    }
)
"""Read elsewhere: language of the command line, folder of compiled knowledge, keys of the log."""
DEFAULT_PORT = 8700
_NAMED = dict.fromkeys(("0.0.0.0", "::", ""), platform.node())  # noqa: S104  compared, not bound to
"""By which name other hosts find a process that listens on every address."""
_TABLES = frozenset(
    {
        *("oidc", "individuals", "evidence", "roles", "witnesses", "connections", "notices"),
        *("keys", "callbacks", "prices", "labels"),
    }
)

_LISTS = frozenset(
    {
        *("audiences", "trusted_hosts", "trusted_proxies", "staff", "reviewer", "webhook_allowed"),
        *("logs", "witness_of"),
    }
)


class WrongSettingError(InvalidInputError):
    """A setting is unknown or has a wrong value."""

    code: ClassVar[str] = "wrong-setting"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"setting `{name}`: {what}")
        self.name = name
        self.what = what


Positive = Annotated[int, msgspec.Meta(ge=1)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class OidcSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An identity provider for staff.

    Attributes:
        issuer: Its issuer address; discovery hangs below it.
        client_id: Our id there.
        client_secret: From the environment only.
        client_secret_file: Or the file that holds it.
        role_claim: Claim of the ID token that lists the person's groups.
        roles: Group to role, most powerful first.
        label: Words on the button.

    """

    issuer: str
    client_id: str
    client_secret: str = ""
    client_secret_file: str = ""
    role_claim: str = "groups"
    roles: dict[str, str] = {}
    label: str = ""


class IndividualSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who signs the tokens of individuals.

    Attributes:
        issuer: Expected `iss`.
        audiences: Expected `aud`: app ids; empty takes the app id of the register.
        jwks: Address or file of the issuer's public keys.

    """

    issuer: str
    jwks: str
    audiences: tuple[str, ...] = ()


class EvidenceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The evidence log.

    Attributes:
        origin: Name of a new log; an existing one keeps its own.
        master_key_file: Where the epoch keys above individuals' keys are kept.
        token_library: PKCS #11 library of a token that keeps them instead.
        token_label: Label of the token.
        token_pin_file: File that holds its PIN, unless the environment brings it.
        token_prefix: What the labels of the epoch keys begin with.
        witnesses: For each witness its public key (vkey) and its address.
        quorum: How many of them must have cosigned a checkpoint for it to count as witnessed.
        timestamp_url: Address of an RFC 3161 authority.
        timestamp_roots: PEM file of the certificates that its tokens are checked against.
        witness_every_minutes: How often witnesses and authority are asked.
        witness_of: Public keys (vkey) of other logs whose checkpoints are cosigned here.

    """

    origin: str = ""
    master_key_file: str = ""
    token_library: str = ""
    token_label: str = ""
    token_pin_file: str = ""
    token_prefix: str = "chengnuo-epoch-"  # noqa: S105  what labels begin with
    witnesses: dict[str, str] = {}
    quorum: int = 0
    timestamp_url: str = ""
    timestamp_roots: str = ""
    witness_every_minutes: Positive = 60
    witness_of: tuple[str, ...] = ()


class NoticeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a party outside is told what it has to do.

    Attributes:
        address: Where notices to it go.
        form: How they are written: `chengnuo` or `opendsr`.
        allowed: Networks that are not public and may be spoken to nevertheless.

    """

    address: str
    form: Literal["chengnuo", "opendsr"] = "chengnuo"
    allowed: tuple[str, ...] = ()


class ServeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything `serve` can be told; see `docs/settings.md`."""

    register: str = ""
    data: str = "chengnuo-data"
    database: str = ""
    peer_url: str = ""
    replica_stale_s: Positive = 3
    host: str = "127.0.0.1"
    port: Port | None = None
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    signing_key_file: str = ""
    require_totp: bool | None = None
    demo: bool = False
    requests_per_minute: Positive = 600
    sign_ins_per_minute: Positive = 10
    wrong_keys_per_minute: Positive = 60
    body_limit_bytes: Positive = 65536
    request_timeout_s: Positive = 30
    metrics_token: str = ""
    centre_theme: str = ""
    decision_socket: str = ""
    planes: str = ""
    rights_release: Literal["own", "all"] = "own"
    rights_every_s: Positive = 10
    rights_sweep_minutes: Positive = 60
    rights_exports: str = ""
    rights_exports_days: Positive = 7
    release_days: Positive = 7
    release_limit_bytes: Positive = 1 << 29
    release_require_vetting: bool = False
    connections: dict[str, str] = {}
    notices: dict[str, NoticeSettings] = {}
    notify: NotifySettings | None = None
    agents: AgentsSettings | None = None
    prices: PriceSettings | None = None
    traces: TraceSettings | None = None
    log_lines: Literal["text", "json"] = "text"
    oidc: OidcSettings | None = None
    individuals: IndividualSettings | None = None
    evidence: EvidenceSettings = EvidenceSettings()

    @property
    def demands_totp(self) -> bool:
        """Tell whether a second factor must be set up; without a word, only a demo does without."""
        return not self.demo if self.require_totp is None else self.require_totp


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What the web doors need of the settings.

    Attributes:
        public_url: As browsers see it, without a slash at the end.
        hosts: Values of `Host` that are answered.
        theme: Style sheet of the operator's theme of the centre; empty for none.
        peer_url: As other processes of the same database see it.

    """

    public_url: str
    hosts: frozenset[str]
    demo: bool = False
    requests_per_minute: int = 600
    sign_ins_per_minute: int = 10
    body_limit_bytes: int = 65536
    request_timeout_s: float = 30.0
    release_limit_bytes: int = 1 << 29
    metrics_token: str = ""
    oidc_label: str = field(default="")
    theme: str = field(default="", repr=False)
    peer_url: str = ""

    @property
    def secure(self) -> bool:
        """Tell whether browsers come over https."""
        return self.public_url.startswith("https://")


def parse_settings(document: Mapping[str, object], environ: Mapping[str, str]) -> ServeSettings:
    """Return the settings of a parsed TOML document and an environment.

    `CHENGNUO_PORT=9000` sets `port`; `CHENGNUO_OIDC__CLIENT_ID` sets `client_id` of `[oidc]`; a
    list is written with commas. Tables inside `[oidc]` cannot be set by the environment.

    Raises:
        WrongSettingError: A key is unknown or a value has a wrong form.

    """
    merged: dict[str, object] = dict(document)
    for name, value in sorted(environ.items()):
        if name.startswith(_PREFIX) and name not in _NOT_OURS:
            _set_from_environment(merged, name, value)
    try:
        settings = msgspec.convert(merged, ready(ServeSettings), strict=False)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$")
        raise WrongSettingError(path.strip("`.") or "?", what) from error
    _check_roles(settings)
    return settings


def web_settings(settings: ServeSettings, *, port: int) -> WebSettings:
    """Return what the web doors need, once the port is known.

    Raises:
        WrongSettingError: Plain http would be served to other machines, or `demo` is asked for
            on an address that is not loopback.
        ThemeRefusedError: The theme of the centre cannot be used.

    """
    url = (settings.public_url or f"http://{_in_url(settings.host)}:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongSettingError("public_url", "expected https://name[:port] without a path")
    loopback = parts.hostname in _LOOPBACK
    if parts.scheme == "http" and not loopback:
        raise WrongSettingError(
            "public_url", "plain http is only for loopback; expected the https:// address"
        )
    if settings.demo and not (loopback and settings.host in _LOOPBACK):
        raise WrongSettingError("demo", "the demo issuer works on loopback only")
    hosts = {parts.netloc.lower(), *(host.lower() for host in settings.trusted_hosts)}
    if loopback:
        hosts |= {f"{_in_url(name)}:{parts.port or 80}" for name in _LOOPBACK}
    return WebSettings(
        public_url=url,
        hosts=frozenset(hosts),
        demo=settings.demo,
        requests_per_minute=settings.requests_per_minute,
        sign_ins_per_minute=settings.sign_ins_per_minute,
        body_limit_bytes=settings.body_limit_bytes,
        request_timeout_s=float(settings.request_timeout_s),
        release_limit_bytes=settings.release_limit_bytes,
        metrics_token=settings.metrics_token,
        oidc_label=settings.oidc.label if settings.oidc else "",
        theme=theme_css(Path(settings.centre_theme)) if settings.centre_theme else "",
        peer_url=_peer_url(settings, port),
    )


def _peer_url(settings: ServeSettings, port: int) -> str:
    url = settings.peer_url or f"http://{_in_url(_NAMED.get(settings.host, settings.host))}:{port}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise WrongSettingError("peer_url", "expected http://name:port without a path")
    return url.rstrip("/")


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _set_from_environment(merged: dict[str, object], name: str, value: str) -> None:
    section, _, key = name.removeprefix(_PREFIX).lower().rpartition("__")
    tables = {
        "oidc": OidcSettings,
        "individuals": IndividualSettings,
        "evidence": EvidenceSettings,
        "notify": NotifySettings,
        "agents": AgentsSettings,
        "prices": PriceSettings,
        "traces": TraceSettings,
        "": ServeSettings,
    }
    struct = tables.get(section)
    if struct is None or key not in struct.__struct_fields__ or key in _TABLES:
        raise WrongSettingError(name, "no such setting")
    parsed: object = value
    if key in _LISTS:
        parsed = [part.strip() for part in value.split(",") if part.strip()]
    if not section:
        merged[key] = parsed
        return
    table = merged.get(section)
    merged[section] = {**(table if isinstance(table, dict) else {}), key: parsed}


def _check_roles(settings: ServeSettings) -> None:
    if settings.oidc is None:
        return
    for role in settings.oidc.roles.values():
        if role not in {"staff", "reviewer", "auditor", "admin"}:
            raise WrongSettingError("oidc.roles", f"`{role}` is not a role")
