"""Where other handlers bring information that an individual moves here: `/v1/rights/transfers/…`.

Raw ASGI beside the Litestar app, as bodies are encrypted pieces and not forms. Who sends has no
account: `Authorization: Transfer <offer id>.<code>` is what lets it in, and only for that offer.
"""

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.dsse import MOST_ENVELOPE_BYTES
from chengnuo.domain.rights.transfer_envelope import TransferMessageError
from chengnuo.doors.http.limits import Allowance
from chengnuo.doors.http.problems import Problem
from chengnuo.doors.http.programs import (
    ENCODER,
    BodyTooLargeError,
    ClientGoneError,
    MethodRefusedError,
    Receive,
    Send,
    header,
    problem_with,
    respond,
)
from chengnuo.doors.http.refusals import TooManyRequestsError
from chengnuo.ports.clock import Clock
from chengnuo.ports.transfers import (
    PIECE_BYTES,
    TransferTooLargeError,
    TransferUnknownError,
)
from chengnuo.usecases.rights.transferring_in import TransferReceiver

PREFIX = "/v1/rights/transfers"
MANIFEST, PIECE, RECEIPT = (f"{PREFIX}/{name}" for name in ("manifest", "piece", "receipt"))
PATHS = (MANIFEST, PIECE, RECEIPT)
_REFUSALS_PER_MINUTE = 30
_AUTHORITY = re.compile(r"Transfer (?P<offer>to-[a-z2-7]{20})\.(?P<code>[A-Za-z0-9_-]{20,100})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
_STATUS: Mapping[str, int] = {
    TransferUnknownError.code: 404,
    MethodRefusedError.code: 405,
    BodyTooLargeError.code: 413,
    TransferTooLargeError.code: 413,
}


@dataclass(slots=True)
class Transfers:
    """The three routes, as one ASGI app.

    Attributes:
        receiver: Takes in what comes.
        clock: Tells the instant.
        timeout_s: How long one request may take; the last one opens all that came in.

    """

    receiver: TransferReceiver
    clock: Clock
    timeout_s: float = 900
    _refusals: Allowance = field(default_factory=lambda: Allowance(_REFUSALS_PER_MINUTE))

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        await respond(scope, send, self._answer(scope, receive), _problem)

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> bytes:
        if scope["method"] != "POST":
            raise MethodRefusedError
        given = _AUTHORITY.fullmatch(header(scope, b"authorization"))
        most = PIECE_BYTES if scope["path"] == PIECE else MOST_ENVELOPE_BYTES
        body = await _body(receive, most)
        # What has no form of a code is looked for like any other and not found.
        offer, code = ("none", "") if given is None else (given["offer"], given["code"])
        try:
            return await asyncio.to_thread(self._act(scope, offer, code, body))
        except TransferUnknownError:
            client = scope.get("client")
            if not self._refusals.takes(client[0] if client else "", time.monotonic()):
                raise TooManyRequestsError from None
            raise

    def _act(
        self, scope: Mapping[str, Any], offer: str, code: str, body: bytes
    ) -> Callable[[], bytes]:
        def manifest() -> bytes:
            return _progress(self.receiver.manifest(offer, code, body, self.clock.now()))

        def piece() -> bytes:
            part, start = _number(scope, b"x-transfer-part"), _number(scope, b"x-transfer-start")
            now = self.clock.now()
            return _progress(self.receiver.piece(offer, code, part, start, body, now))

        def receipt() -> bytes:
            return self.receiver.receipt(offer, code, self.clock.now())

        return {MANIFEST: manifest, PIECE: piece, RECEIPT: receipt}[scope["path"]]


async def _body(receive: Receive, most_bytes: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > most_bytes:
            raise BodyTooLargeError(most_bytes)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _number(scope: Mapping[str, Any], name: bytes) -> int:
    given = header(scope, name)
    if _NUMBER.fullmatch(given) is None:
        raise TransferMessageError(f"header `{name.decode()}` is not a number")
    return int(given)


def _progress(received: tuple[int, ...]) -> bytes:
    return ENCODER.encode({"received": received})


def _problem(error: ChengnuoError, lang: Lang) -> Problem:
    return problem_with(error, lang, _STATUS)
