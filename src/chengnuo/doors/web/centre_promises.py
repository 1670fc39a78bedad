"""The published pledge board, as anybody is shown it: the very files that were attested.

Nothing is made here: what was published is handed out byte by byte, so that whoever takes it from
here can verify it, and so can whoever takes all of it as one ZIP.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_receipts import verify_policy
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.public_board_page import VERIFY, page_names, page_policy
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.board_shelf import BoardShelf
from chengnuo.usecases.register_desk import Desk

PROMISES = "/centre/promises"
ARCHIVE = "board.zip"
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
FilePath = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9.-]{1,60}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseHouse:
    """What the pages are made from: the publications, and the register for the frame."""

    shelf: BoardShelf
    desk: Desk


GivenPromises = NamedDependency[PromiseHouse]


@get("/", sync_to_thread=True)
def promises(request: Asked, promise_house: GivenPromises) -> Page | Redirect:
    """Lead to the published board, or say that there is none."""
    lang = exchange_of(request.scope).lang
    if promise_house.shelf.state().current:
        return go(f"{PROMISES}/{page_names()[lang]}")
    frame = centre_frame(request, promise_house.desk.current())
    return Response(render("centre/promises.html", frame=frame), media_type="text/html")


@get("/{name:str}", sync_to_thread=True)
def file(promise_house: GivenPromises, name: FilePath) -> Response[bytes]:
    """Give a file of the published board, or all of them as one ZIP."""
    shelf = promise_house.shelf
    current = shelf.state().current
    if not current:
        raise NotFoundException
    if name == ARCHIVE:
        headers = {"content-disposition": f'attachment; filename="{ARCHIVE}"'}
        data = shelf.archive(current)
        return Response(data, media_type="application/zip", headers=headers)
    found = shelf.files(current).get(name)
    if found is None:
        raise NotFoundException
    return as_file(name, found)


def as_file(name: str, data: bytes) -> Response[bytes]:
    """Return a file of a board as it is, under the policy that it was made for."""
    kind = _TYPES[name.rpartition(".")[2]]
    if name == VERIFY:
        policy = verify_policy(data.decode())
    elif found := _STYLE.search(data):
        policy = f"{page_policy(found[1].decode())}; frame-ancestors 'none'"
    else:
        policy = "default-src 'none'; frame-ancestors 'none'"
    headers = {"content-security-policy": policy}
    if kind == _TYPES["svg"]:  # a badge stands on other sites
        headers["cross-origin-resource-policy"] = "cross-origin"
    return Response(data, media_type=kind, headers=headers)


def promise_pages(shelf: BoardShelf, desk: Desk) -> Router:
    """Return the routes of the published board."""

    def promise_house() -> PromiseHouse:
        return PromiseHouse(shelf=shelf, desk=desk)

    return Router(
        path=PROMISES,
        route_handlers=[promises, file],
        guards=[requires(ANYONE)],
        include_in_schema=False,
        dependencies={"promise_house": Provide(promise_house, sync_to_thread=False)},
    )
