"""The files that every page fetches: kept in memory, compressed once, named by what they hold.

An address with the digest of the content never changes its meaning, so browsers keep it for a year
and ask for it no more. Published documents are compressed for everybody, as they hold nothing of
anybody; of other pages see `doors.http.packing`.
"""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.packing import takes_gzip
from chengnuo.engines.drawing.style import STYLE

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_TYPES |= {".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}
_BEHIND = {"site.css": b"\n" + STYLE.encode()}
_A_YEAR = "public, max-age=31536000, immutable"
_FIVE_MINUTES = "public, max-age=300"
_SHORT, _QUICK = 12, 4
FileName = Annotated[str, PathParameter(pattern=r"^[a-z]{1,20}\.(css|js|svg|html)$")]
VersionQuery = Annotated[str, QueryParameter(name="v")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file as it is sent.

    Attributes:
        content: Its bytes.
        packed: The same, compressed (RFC 1952).
        media_type: What it is.
        digest: Digest of its bytes, twelve digits.

    """

    content: bytes
    packed: bytes
    media_type: str
    digest: str

    @classmethod
    def of(cls, content: bytes, suffix: str) -> "StaticFile":
        """Return a file of some content; `suffix` tells what it is."""
        return cls(
            content=content,
            packed=gzip.compress(content, mtime=0),
            media_type=_TYPES[suffix],
            digest=sha256(content).hexdigest()[:_SHORT],
        )

    def answer(self, accepts: str, version: str) -> Response[bytes]:
        """Return it, compressed if the browser takes that, kept for long if it is this version."""
        packs = takes_gzip(accepts)
        headers = {
            "cache-control": _A_YEAR if version == self.digest else _FIVE_MINUTES,
            "vary": "accept-encoding",
        }
        if packs:
            headers["content-encoding"] = "gzip"
        content = self.packed if packs else self.content
        return Response(content, media_type=self.media_type, headers=headers)


@cache
def static_files() -> dict[str, StaticFile]:
    """Return all files by name; the style of pictures stands behind that of the pages."""
    return {
        one.name: StaticFile.of(one.read_bytes() + _BEHIND.get(one.name, b""), one.suffix)
        for one in sorted(_FOLDER.iterdir())
        if one.suffix in _TYPES
    }


def static_href(name: str) -> str:
    """Return the address of a file, with the digest of what it holds.

    >>> static_href("site.js").startswith("/static/site.js?v=")
    True

    """
    return f"/static/{name}?v={static_files()[name].digest}"


def packed_page(html: str, accepts: str) -> Response[bytes]:
    """Return a page compressed, if the browser takes that.

    Only for pages on which nothing is secret but the token of the forms, which differs each time.
    """
    headers = {"vary": "accept-encoding"}
    content = html.encode()
    if takes_gzip(accepts):
        headers["content-encoding"] = "gzip"
        content = gzip.compress(content, compresslevel=_QUICK, mtime=0)
    return Response(content, media_type=_TYPES[".html"], headers=headers)


@get("/static/{file_name:str}", guards=[requires(ANYONE)], include_in_schema=False)
async def static_file(
    request: Request[Any, Any, Any], file_name: FileName, v: VersionQuery = ""
) -> Response[bytes]:
    """Give a file."""
    found = static_files().get(file_name)
    if found is None:
        raise NotFoundException
    return found.answer(request.headers.get("accept-encoding", ""), v)


ROUTES = (static_file,)
