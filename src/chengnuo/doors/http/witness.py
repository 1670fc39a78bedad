"""The service as a witness of other logs (C2SP tlog-witness, `add-checkpoint`).

Whoever asks shows a checkpoint that a known log has signed; that is all the right to ask there is.
"""

from http import HTTPStatus
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.add_checkpoint import AddCheckpoint
from chengnuo.doors.http.audience import ANYONE, requires
from chengnuo.usecases.evidence.cosigning import Cosigning, Outcome

_NOTE = "text/plain"
_SIZE = "text/x.tlog.size"
_STATUSES = {
    Outcome.COSIGNED: HTTPStatus.OK,
    Outcome.UNKNOWN_LOG: HTTPStatus.NOT_FOUND,
    Outcome.UNKNOWN_KEY: HTTPStatus.FORBIDDEN,
    Outcome.OLD_ABOVE_NEW: HTTPStatus.BAD_REQUEST,
    Outcome.SEEN_ANOTHER: HTTPStatus.CONFLICT,
    Outcome.NOT_EXTENDED: HTTPStatus.UNPROCESSABLE_ENTITY,
}


class WitnessDesk:
    """What the routes are given."""

    def __init__(self, cosigning: Cosigning) -> None:
        """Cosign by a use case."""
        self.cosigning = cosigning


GivenDesk = NamedDependency[WitnessDesk]


@post("/add-checkpoint", guards=[requires(ANYONE)], opt={"form": False}, status_code=HTTPStatus.OK)
async def add_checkpoint(request: Request[Any, Any, Any], desk: GivenDesk) -> Response[bytes]:
    """Cosign a checkpoint that extends what was seen of its log."""
    try:
        asked = AddCheckpoint.parse(await request.body())
    except InvalidInputError:
        return Response(b"", media_type=_NOTE, status_code=HTTPStatus.BAD_REQUEST)
    answer = await sync_to_thread(desk.cosigning.add, asked)
    status = _STATUSES[answer.outcome]
    if answer.line is not None:
        return Response(answer.line.line.encode(), media_type=_NOTE, status_code=status)
    if answer.outcome is Outcome.SEEN_ANOTHER:
        return Response(f"{answer.seen}\n".encode(), media_type=_SIZE, status_code=status)
    return Response(b"", media_type=_NOTE, status_code=status)


@get("/vkey", guards=[requires(ANYONE)], sync_to_thread=False)
def vkey(desk: GivenDesk) -> Response[bytes]:
    """Give the key that cosignatures of this witness are held to."""
    return Response(f"{desk.cosigning.cosigner.vkey}\n".encode(), media_type=_NOTE)


def witness_router(cosigning: Cosigning) -> Router:
    """Return the routes below `/witness`."""
    own = WitnessDesk(cosigning)

    def desk() -> WitnessDesk:
        return own

    return Router(
        path="/witness",
        route_handlers=[add_checkpoint, vkey],
        dependencies={"desk": Provide(desk, sync_to_thread=False)},
        include_in_schema=False,
    )
