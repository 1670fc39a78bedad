"""The JSON interface below `/v1`, and `/healthz` and `/metrics`.

Answers are trees that the use cases own. What changes anything takes JSON and no cookie.
"""

from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter

from chengnuo.doors.http.answers import (
    DiffBody,
    DutyBody,
    FindingsBody,
    LawBody,
    LawSetBody,
    diff_body,
    duty_body,
    findings_body,
    law_body,
    law_set_body,
)
from chengnuo.doors.http.audience import ANYONE, METER, ROLES, requires
from chengnuo.doors.http.metrics import Metrics
from chengnuo.doors.http.problems import documented
from chengnuo.doors.http.refusals import NotJsonError
from chengnuo.doors.version import VERSION
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.individual_entry import IndividualEntry
from chengnuo.usecases.planes.status import PlanesStatus
from chengnuo.usecases.register_desk import Desk

GivenDesk = NamedDependency[Desk]
VersionId = Annotated[
    str, PathParameter(pattern=r"^[0-9a-f]{7,64}$", description="Version id, or its first digits")
]
OptionalVersion = Annotated[
    str | None,
    QueryParameter(
        name="version",
        pattern=r"^[0-9a-f]{7,64}$",
        required=False,
        description="Version id, or its first digits; the version in force if left out",
    ),
]
EntryId = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9.-]{1,60}$")]
SetName = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,40}$")]
_STAFF = requires(*sorted(ROLES))


class Health(msgspec.Struct, frozen=True, rename="camel"):
    """That the service is up, and with what."""

    status: str
    version: str
    register_version: str
    law_version: str
    planes: str


class VersionBody(msgspec.Struct, frozen=True, rename="camel"):
    """A kept register version, without the register itself."""

    id: str
    position: int
    at: str
    by: str
    note: str
    signature: str
    public_key: str


class KeyBody(msgspec.Struct, frozen=True, rename="camel"):
    """The public key that register versions are signed with today."""

    algorithm: str
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


@get(
    "/healthz",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    tags=["service"],
    responses=documented(),
)
def healthz(desk: GivenDesk, planes: NamedDependency[PlanesStatus | None]) -> Health:
    """Tell that the service is up, with the versions it runs on and how its planes are."""
    served = desk.current()
    return Health(
        status="ok",
        version=VERSION,
        register_version="" if served is None else served.version,
        law_version=str(desk.catalogue.version),
        planes="off" if planes is None else "current" if planes.current else "behind",
    )


@get(
    "/metrics",
    guards=[requires(METER, "auditor", "admin")],
    media_type=MediaType.TEXT,
    include_in_schema=False,
)
async def metrics(counts: NamedDependency[Metrics]) -> str:
    """Return the counts, to a monitor with the metrics token, to auditor and admin."""
    return counts.as_text()


@get(
    "/register",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    responses=documented(),
)
def register_versions(desk: GivenDesk) -> list[VersionBody]:
    """Return the kept register versions, newest first."""
    return [_version_body(version) for version in desk.kept()]


@get(
    "/register/{version_id:str}",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    responses=documented(404),
)
def register_version(desk: GivenDesk, version_id: VersionId) -> VersionBody:
    """Return one kept version, without the register itself."""
    return _version_body(desk.versions.one(version_id))


@get(
    "/register/{version_id:str}/document",
    guards=[_STAFF],
    sync_to_thread=True,
    responses=documented(401, 403, 404),
)
def register_document(desk: GivenDesk, version_id: VersionId) -> Response[Any]:
    """Return the canonical JSON whose SHA-256 is the version's id."""
    return Response(desk.versions.one(version_id).data, media_type=MediaType.JSON)


@get("/key", guards=[requires(ANYONE)], responses=documented())
async def signing_key(desk: GivenDesk) -> KeyBody:
    """Return the public key that register versions are signed with today, in hex."""
    return KeyBody(algorithm="Ed25519", public_key=desk.versions.signer.public_key.hex())


@get(
    "/diff/{old:str}/{new:str}",
    guards=[_STAFF],
    sync_to_thread=True,
    responses=documented(401, 403, 404),
)
def diff(desk: GivenDesk, old: VersionId, new: VersionId) -> DiffBody:
    """Return what differs between two versions, and which consents must be asked again."""
    return diff_body(desk.diff(old, new))


@get(
    "/findings",
    guards=[_STAFF],
    sync_to_thread=True,
    responses=documented(401, 403, 404),
)
def findings(desk: GivenDesk, version: OptionalVersion = None) -> FindingsBody:
    """Return what the check finds in the register."""
    return findings_body(desk.report_of(version))


@get("/law", guards=[requires(ANYONE)], sync_to_thread=True, responses=documented())
def law_sets(desk: GivenDesk) -> LawBody:
    """Return the names of the sets of the law catalogue."""
    return law_body(desk.catalogue)


@get(
    "/law/sets/{name:str}",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    responses=documented(404),
)
def law_set(desk: GivenDesk, name: SetName) -> LawSetBody:
    """Return the duties of one set of the law catalogue."""
    return law_set_body(desk.catalogue, name)


@get(
    "/law/duties/{duty:str}",
    guards=[requires(ANYONE)],
    sync_to_thread=True,
    responses=documented(404),
)
def law_duty(desk: GivenDesk, duty: EntryId) -> DutyBody:
    """Return one duty of the law catalogue, or a part of one."""
    return duty_body(desk.catalogue.duty(duty))


@post(
    "/individuals/codes",
    guards=[requires(ANYONE)],
    opt={"form": False},
    status_code=201,
    responses=documented(401, 404, 415),
)
async def individual_code(
    request: Request[Any, Any, Any],
    data: JSONBody[TokenBody],
    entry: NamedDependency[IndividualEntry | None],
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
        signing_key,
        diff,
        findings,
        law_sets,
        law_set,
        law_duty,
        individual_code,
    ],
    tags=["v1"],
)
SERVICE_ROUTES = (healthz, metrics)
STRICT_BODIES = (TokenBody,)
"""Bodies in which an unknown member is an error."""


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
