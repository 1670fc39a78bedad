"""The evidence log as any transparency log is served (C2SP tlog-tiles), byte for byte.

Only canonical names are answered: one spelling for each file, none that leads elsewhere. Tree and
checkpoints are public. The entries, which hold no personal information but let everybody count
what happens, are for auditors; an individual gets their own chain in the privacy centre.

What a full tile holds never changes, so it may be kept for ever; a checkpoint is new every second.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from litestar import HttpMethod, Request, Response, Router, route
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter

from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.engines.merkle.tiles import TILE_WIDTH, bundle_path, tile_path
from chengnuo.ports.public_log import PublicLog

FileName = Annotated[str, PathParameter(description="Canonical name, as C2SP tlog-tiles spells it")]
_READ = (HttpMethod.GET, HttpMethod.HEAD)
_BYTES = "application/octet-stream"
_NOTE = "text/plain"
_FOR_EVER = "public, max-age=31536000, immutable"
_A_SECOND = "public, max-age=1"
_A_MINUTE = "public, max-age=60"
_NOT_KEPT = "private, no-store"
_INDEX = re.compile(r"(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?")
_LEVEL = re.compile(r"(?P<level>[0-7])/(?P<rest>.+)")
_STAMP = re.compile(r"(?:0|[1-9][0-9]{0,15})\.(?P<suffix>note|tsr)")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the routes are given: the files of one log."""

    log: PublicLog


GivenShelf = NamedDependency[Shelf]


@dataclass(frozen=True, slots=True, kw_only=True)
class TileName:
    """Where a tile or bundle stands.

    Attributes:
        index: Which of its level.
        width: How many hashes or entries it holds.

    """

    index: int
    width: int


def tile_name(text: str) -> TileName | None:
    """Return what the part of a path after the level says, or None if nothing is spelled so.

    >>> tile_name("x001/067.p/3")
    TileName(index=1067, width=3)
    >>> tile_name("x000/067"), tile_name("067.p/256"), tile_name("../067")
    (None, None, None)

    """
    found = _INDEX.fullmatch(text)
    if found is None:
        return None
    index = int(re.sub("[x/]", "", found["index"]))
    width = TILE_WIDTH if found["width"] is None else int(found["width"])
    spelled = tile_path(0, index, width).removeprefix("tile/0/")
    return TileName(index=index, width=width) if spelled == text else None


@route("/checkpoint", http_method=_READ, guards=[requires(ANYONE)], sync_to_thread=True)
def checkpoint(request: Request[Any, Any, Any], shelf: GivenShelf) -> Response[bytes]:
    """Give the newest checkpoint."""
    return _answer(request, shelf, "checkpoint", media_type=_NOTE, keep=_A_SECOND)


@route("/log.json", http_method=_READ, guards=[requires(ANYONE)], sync_to_thread=True)
def keys(request: Request[Any, Any, Any], shelf: GivenShelf) -> Response[bytes]:
    """Give the public keys of the log, oldest first."""
    return _answer(request, shelf, "log.json", media_type="application/json", keep=_A_MINUTE)


@route("/tile/{name:path}", http_method=_READ, guards=[requires(ANYONE)], sync_to_thread=True)
def tile(request: Request[Any, Any, Any], shelf: GivenShelf, name: FileName) -> Response[bytes]:
    """Give a tile of hashes; a begun one only until it has given way to a fuller one."""
    level = _LEVEL.fullmatch(name.removeprefix("/"))
    found = None if level is None else tile_name(level["rest"])
    if level is None or found is None:
        raise NotFoundException
    path = tile_path(int(level["level"]), found.index, found.width)
    keep = _FOR_EVER if found.width == TILE_WIDTH else _A_MINUTE
    return _answer(request, shelf, path, media_type=_BYTES, keep=keep)


@route(
    "/tile/entries/{name:path}",
    http_method=_READ,
    guards=[requires("auditor")],
    sync_to_thread=True,
)
def entries(request: Request[Any, Any, Any], shelf: GivenShelf, name: FileName) -> Response[bytes]:
    """Give a bundle of entries to an auditor."""
    found = tile_name(name.removeprefix("/"))
    if found is None:
        raise NotFoundException
    path = bundle_path(found.index, found.width)
    return _answer(request, shelf, path, media_type=_BYTES, keep=_NOT_KEPT)


@route("/stamps/{name:str}", http_method=_READ, guards=[requires(ANYONE)], sync_to_thread=True)
def stamp(request: Request[Any, Any, Any], shelf: GivenShelf, name: FileName) -> Response[bytes]:
    """Give a checkpoint that was stamped or cosigned, or its time stamp."""
    found = _STAMP.fullmatch(name)
    if found is None:
        raise NotFoundException
    media_type = _NOTE if found["suffix"] == "note" else "application/timestamp-reply"
    return _answer(request, shelf, f"stamps/{name}", media_type=media_type, keep=_A_MINUTE)


def tlog_router(log: PublicLog) -> Router:
    """Return the routes below `/tlog`."""
    shelf_of_log = Shelf(log)

    def shelf() -> Shelf:
        return shelf_of_log

    return Router(
        path="/tlog",
        route_handlers=[checkpoint, keys, tile, entries, stamp],
        dependencies={"shelf": Provide(shelf, sync_to_thread=False)},
        include_in_schema=False,
    )


def _answer(
    request: Request[Any, Any, Any], shelf: Shelf, name: str, *, media_type: str, keep: str
) -> Response[bytes]:
    """Return a file that was asked for by its one name, or that the asker has it already."""
    asked: bytes = request.scope["raw_path"]  # the router tidies `path` up: another spelling
    if asked.partition(b"?")[0] != f"/tlog/{name}".encode():
        raise NotFoundException
    data = shelf.log.file(name)
    if data is None:
        raise NotFoundException
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": keep}
    if tag in re.split(r"\s*,\s*", request.headers.get("if-none-match", "")):
        return Response(b"", status_code=304, headers=headers)
    if request.method == HttpMethod.HEAD:
        headers |= {"content-length": str(len(data)), "content-type": media_type}
        return Response(b"", media_type=media_type, headers=headers)
    return Response(data, media_type=media_type, headers=headers)
