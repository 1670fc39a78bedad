"""Lists, rules and notices as JSON below `/v1/documents`, for apps that show them themselves.

The form of a document is that of the `.json` files of a publication (`chengnuo-document`).
"""

from functools import lru_cache
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import DERIVED, KIND_WORDS, derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.http.answers import Words
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.problems import documented
from chengnuo.ports.documents import DocumentWriter
from chengnuo.usecases.register_desk import Desk

_KEPT = 64
Kind = Annotated[str, PathParameter(pattern=r"^[a-z-]{1,40}$", description="As listed")]
AppQuery = Annotated[
    str | None,
    QueryParameter(
        name="app",
        pattern=r"^[a-z0-9-]{1,60}$",
        required=False,
        description="App id; the first app of the register if left out",
    ),
]
VersionQuery = Annotated[
    str | None,
    QueryParameter(
        name="version",
        pattern=r"^[0-9a-f]{7,64}$",
        required=False,
        description="Version id, or its first digits; the version in force if left out",
    ),
]


class DocumentName(msgspec.Struct, frozen=True):
    """One kind of document."""

    kind: str
    title: Words


class Shelf:
    """The documents of the registers that a desk knows, as JSON."""

    def __init__(self, desk: Desk, writer: DocumentWriter) -> None:
        """Take the desk, and the writer of JSON."""
        self._desk = desk
        self._writer = writer
        self._written = lru_cache(_KEPT)(self._write)

    def json(self, kind: DocumentKind, app: str | None, version: str | None, lang: Lang) -> bytes:
        """Return one document.

        Raises:
            UnknownVersionError: No such version.
            NoRegisterError: No version was named and nothing is served.
            NotFoundException: The register has no such app.

        """
        if version is None:
            whole = str(self._desk.served.version)
        else:
            whole = self._desk.versions.one(version).id
        apps = self._desk.register_of(whole).register.app_by_id
        wanted = next(iter(apps)) if app is None else AppId(app)
        if wanted not in apps:
            raise NotFoundException
        return self._written(whole, wanted, kind, lang)

    def _write(self, version: str, app: AppId, kind: DocumentKind, lang: Lang) -> bytes:
        declared = Declared(
            register=self._desk.register_of(version).register,
            catalogue=self._desk.catalogue,
            app_id=app,
        )
        return self._writer.write(derive(declared, kind), lang)


@get("/", guards=[requires(ANYONE)], responses=documented())
async def document_kinds() -> list[DocumentName]:
    """Return the kinds of documents that can be had."""
    return [
        DocumentName(kind=kind, title=Words(zh=KIND_WORDS[kind].zh, en=KIND_WORDS[kind].en))
        for kind in DERIVED
    ]


@get("/{kind:str}", guards=[requires(ANYONE)], sync_to_thread=True, responses=documented(404))
def document(
    shelf: NamedDependency[Shelf],
    lang: NamedDependency[Lang],
    kind: Kind,
    app: AppQuery = None,
    version: VersionQuery = None,
) -> Response[Any]:
    """Return one document in the language of `?lang=zh|en`, Chinese without it."""
    if kind not in set(DERIVED):
        raise NotFoundException
    content = shelf.json(DocumentKind(kind), app, version, lang)
    return Response(content, media_type=MediaType.JSON)


def documents_router(desk: Desk, writer: DocumentWriter) -> Router:
    """Return the routes below `/v1/documents`."""
    kept = Shelf(desk, writer)

    def shelf() -> Shelf:
        return kept

    return Router(
        path="/v1/documents",
        route_handlers=[document_kinds, document],
        dependencies={"shelf": Provide(shelf, sync_to_thread=False)},
        tags=["v1"],
    )
