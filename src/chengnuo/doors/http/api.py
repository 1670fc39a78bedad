"""The JSON interface below `/v1`, and `/healthz` and `/metrics`.

Answers are trees that the use cases own. What changes anything takes JSON and no cookie.
"""

import hmac
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import Parameter

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.doors.http.audience import ANYONE, look, requires
from chengnuo.doors.http.desk import RegisterDesk
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.refusals import NotAllowedError, NotJsonError, NotSignedInError
from chengnuo.doors.version import VERSION
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.individual_entry import IndividualEntry
from chengnuo.usecases.versions import Versions

VersionId = Annotated[
    str, Parameter(pattern=r"^[0-9a-f]{7,64}$", description="Version id, or its first digits")
]
OptionalVersion = Annotated[
    str | None,
    Parameter(
        query="version",
        pattern=r"^[0-9a-f]{7,64}$",
        required=False,
        description="Version id, or its first digits; the version in force if left out",
    ),
]
EntryId = Annotated[str, Parameter(pattern=r"^[A-Za-z0-9.-]{1,60}$")]
SetName = Annotated[
    str | None, Parameter(query="set", pattern=r"^[a-z0-9-]{1,40}$", required=False)
]
JsonAnswer = Response[Any]
"""A JSON tree; the form belongs to the room that makes it."""


class Health(msgspec.Struct, frozen=True, rename="camel"):
    """That the service is up, and with what."""

    status: str
    version: str
    register_version: str
    law_version: str


class VersionBody(msgspec.Struct, frozen=True, rename="camel"):
    """A kept register version, without the register itself."""

    id: str
    position: int
    at: str
    by: str
    note: str
    signature: str
    public_key: str


class TokenBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An individual's token, posted by the operator's back end."""

    token: Annotated[str, msgspec.Meta(min_length=1, max_length=8192)]


class CodeBody(msgspec.Struct, frozen=True, rename="camel"):
    """A one-time code and where to open it."""

    code: str
    expires_at: str
    enter_path: str


class TokensOffError(NotJsonError):
    """No token issuer is set, so no individual can come in."""

    code = "tokens-off"

    def __init__(self) -> None:
        super().__init__("no token issuer is set")


@get("/healthz", guards=[requires(ANYONE)], sync_to_thread=True, tags=["service"])
def healthz(desk: RegisterDesk) -> Health:
    """Tell that the service is up, with the versions it runs on."""
    return Health(
        status="ok",
        version=VERSION,
        register_version=desk.register_version(),
        law_version=desk.law_version(),
    )


@get(
    "/metrics",
    guards=[requires(ANYONE)],
    media_type=MediaType.TEXT,
    include_in_schema=False,
)
async def metrics(request: Request[Any, Any, Any], counts: Metrics) -> str:
    """Return the counts, to whoever holds the metrics token or is auditor or admin."""
    token: str = request.app.state.web.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        exchange = exchange_of(request.scope)
        await look(exchange, request.app.state.identities)
        if exchange.staff is None:
            raise NotSignedInError
        if exchange.staff.account.role not in {"auditor", "admin"}:
            raise NotAllowedError
    return counts.as_text()


@get("/register", guards=[requires(ANYONE)], sync_to_thread=True)
def register_versions(versions: Versions) -> list[VersionBody]:
    """Return the kept register versions, newest first."""
    return [_version_body(version) for version in versions.all()]


@get("/register/{version_id:str}", guards=[requires(ANYONE)], sync_to_thread=True)
def register_version(versions: Versions, version_id: VersionId) -> VersionBody:
    """Return one kept version, without the register itself."""
    return _version_body(versions.one(version_id))


@get(
    "/register/{version_id:str}/document",
    guards=[requires("staff", "reviewer", "auditor")],
    sync_to_thread=True,
)
def register_document(versions: Versions, version_id: VersionId) -> Response[bytes]:
    """Return the canonical JSON whose SHA-256 is the version's id."""
    return Response(versions.one(version_id).data, media_type=MediaType.JSON)


@get("/lists", guards=[requires(ANYONE)], sync_to_thread=True)
def lists(desk: RegisterDesk, reader_lang: Lang, version: OptionalVersion = None) -> JsonAnswer:
    """Return both lists: what is collected, and who receives it."""
    return _tree(desk.lists_tree(version, reader_lang))


@get("/rules", guards=[requires(ANYONE)], sync_to_thread=True)
def rules(desk: RegisterDesk, reader_lang: Lang, version: OptionalVersion = None) -> JsonAnswer:
    """Return the processing rules."""
    return _tree(desk.rules_tree(version, reader_lang))


@get("/diff/{old:str}/{new:str}", guards=[requires(ANYONE)], sync_to_thread=True)
def diff(desk: RegisterDesk, old: VersionId, new: VersionId) -> JsonAnswer:
    """Return what differs between two versions, and which consents must be asked again."""
    return _tree(desk.diff_tree(old, new))


@get(
    "/findings",
    guards=[requires("staff", "reviewer", "auditor")],
    sync_to_thread=True,
)
def findings(desk: RegisterDesk, version: OptionalVersion = None) -> JsonAnswer:
    """Return what the check finds in the register."""
    return _tree(desk.findings_tree(version))


@get("/law", guards=[requires(ANYONE)], sync_to_thread=True)
def law_set(desk: RegisterDesk, name: SetName = None) -> JsonAnswer:
    """Return the entries of one set of the law catalogue, or of all."""
    return _tree(desk.law_set_tree(name))


@get("/law/{entry:str}", guards=[requires(ANYONE)], sync_to_thread=True)
def law_entry(desk: RegisterDesk, entry: EntryId) -> JsonAnswer:
    """Return one entry of the law catalogue."""
    return _tree(desk.law_tree(entry))


@post(
    "/individuals/codes",
    guards=[requires(ANYONE)],
    opt={"form": False},
    status_code=201,
)
async def individual_code(
    request: Request[Any, Any, Any], data: TokenBody, entry: IndividualEntry | None
) -> CodeBody:
    """Exchange an individual's token for a one-time code to open the privacy centre with."""
    if request.content_type[0] != "application/json":
        raise NotJsonError("content-type")
    if entry is None:
        raise TokensOffError
    code = await sync_to_thread(entry.exchange, data.token)
    return CodeBody(
        code=code.code,
        expires_at=code.expires_at.isoformat(),
        enter_path=f"/centre/enter?code={code.code}",
    )


V1 = Router(
    path="/v1",
    route_handlers=[
        register_versions,
        register_version,
        register_document,
        lists,
        rules,
        diff,
        findings,
        law_set,
        law_entry,
        individual_code,
    ],
    tags=["v1"],
)
SERVICE_ROUTES = (healthz, metrics)


def _tree(tree: Tree) -> JsonAnswer:
    return Response(tree, media_type=MediaType.JSON)


def _version_body(version: RegisterVersion) -> VersionBody:
    return VersionBody(
        id=version.id,
        position=version.position,
        at=version.at.isoformat(),
        by="service" if version.by in {"service", "cli"} else "staff",
        note=version.note,
        signature=version.signature.hex(),
        public_key=version.public_key.hex(),
    )
