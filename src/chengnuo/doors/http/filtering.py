"""`POST /v1/audience`: a list of account ids in, those whose information may be used now out.

The question stands in the query, which names nobody; the list is the body. Both lists lie in
unnamed temporary files meanwhile, so memory does not grow with them and the counts can be sent
before the ids. Nothing is answered until the whole list was decided and, if asked for, recorded.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.decision.request import Request
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.doors.http.audience_bodies import (
    AudienceBody,
    AudienceQuery,
    audience_body,
    read_query,
)
from chengnuo.doors.http.crowding import TooBusyError, leave_place
from chengnuo.doors.http.id_bodies import JSON, OUT_FORMS, IdWriter, read_ids, writer_of
from chengnuo.doors.http.problems import PROBLEM_TYPE
from chengnuo.doors.http.programs import (
    ENCODER,
    STATUS,
    BodyTooLargeError,
    ClientGoneError,
    Gate,
    Headers,
    MethodRefusedError,
    Receive,
    Send,
    encoded,
    header,
    lang_of,
    media_type,
    problem_with,
    unforeseen,
)
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import CategoryId
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.audience import AudienceDesk, Pair, Tally, request_of

PATH = "/v1/audience"
BODY_LIMIT_BYTES = 512 * 1024 * 1024
ALL_BODIES_BYTES = 2 * BODY_LIMIT_BYTES
"""How much of all lists that are being asked with may lie on the disk."""
_TIMEOUT_S = 1800.0
_AT_ONCE = 2
_CHUNK_BYTES = 256 * 1024
_HELD_BYTES = 1024 * 1024
_STATUS = {
    **STATUS,
    "id-list-type": 415,
    "id-list-too-long": 413,
    "no-such-consent-item": 422,
}


@dataclass(slots=True)
class _Disk:
    """How much of all lists lies on the disk."""

    used: int = 0

    @contextmanager
    def share(self) -> Iterator[Callable[[int], None]]:
        """Give what counts further bytes of one list, which are free again at the end.

        It raises `TooBusyError` where there is no more room.
        """
        mine = 0

        def add(count: int) -> None:
            nonlocal mine
            if self.used + count > ALL_BODIES_BYTES:
                raise TooBusyError
            self.used += count
            mine += count

        try:
            yield add
        finally:
            self.used -= mine


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtering:
    """The ASGI callable.

    Attributes:
        audience: Filters lists.
        gate: Knows who may ask.
        person: Turns an account id into the key under which somebody is known here.
        timeout_s: How long one list may take; other routes have less.

    """

    audience: AudienceDesk
    gate: Gate
    person: Callable[[str], PersonKey]
    timeout_s: float = _TIMEOUT_S
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    _disk: _Disk = field(default_factory=_Disk)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        leave_place()  # lists have turns of their own
        with (
            tempfile.TemporaryFile() as body,
            tempfile.TemporaryFile() as out,
            self._disk.share() as more,
        ):
            try:
                head, headers, tail = await self._answer(scope, receive, body, out, more)
            except ChengnuoError as error:
                problem = problem_with(error, lang_of(scope), _STATUS)
                await _send_problem(send, *encoded(problem))
                return
            except Exception as error:  # noqa: BLE001  whatever it is, it is no yes
                await _send_problem(send, *unforeseen(scope, error))
                return
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": head, "more_body": True})
            out.seek(0)
            while chunk := await asyncio.to_thread(out.read, _CHUNK_BYTES):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": tail, "more_body": False})

    async def _answer(
        self,
        scope: Mapping[str, Any],
        receive: Receive,
        body: BinaryIO,
        out: BinaryIO,
        more: Callable[[int], None],
    ) -> tuple[bytes, Headers, bytes]:
        """Decide, and return what stands before and after what was written to `out`."""
        if scope["method"] != "POST":
            raise MethodRefusedError
        await self.gate.admit(scope, ApiScope.AUDIENCE)
        query = read_query(scope["query_string"])
        form = _wanted_form(scope)
        self._request(query)  # refused before the body has come
        writer = writer_of(out, form, column=query.column)
        # Looks at the media type before the body has come.
        batches = read_ids(body, media_type(scope), column=query.column)
        async for chunk in _chunks(receive):
            more(len(chunk))
            await asyncio.to_thread(body.write, chunk)
        body.seek(0)
        # What was read of the register before may be older than the answer says that it is.
        request, tally = self._request(query), Tally()
        async with self._turns:
            parts = self._permitted(batches, request, query, tally)
            while await asyncio.to_thread(_step, parts, writer):
                pass
            await asyncio.to_thread(writer.close)
            at = await self._recorded(query, request, tally)
        desk = self.audience.desk
        opened = desk.books.on(civil_date(desk.clock.now()))
        said = audience_body(tally, at, register=opened.register, law=opened.law)
        if form == JSON:
            written = ENCODER.encode(said)
            return written[:-2], [(b"content-type", JSON.encode())], b"]}"
        return b"", [(b"content-type", form.encode()), *_counts(said)], b""

    def _request(self, query: AudienceQuery) -> Request:
        if query.item is not None:
            desk = self.audience.desk
            found = request_of(query.item, desk.books.on(civil_date(desk.clock.now())).book)
            return replace(found, recent=query.recent)
        return Request(
            activity=ActivityId(query.activity or ""),
            categories=None
            if query.category is None
            else frozenset(map(CategoryId, query.category)),
            operation=query.operation,
            recipient=None if query.recipient is None else RecipientId(query.recipient),
            publish=query.publish,
            recent=query.recent,
        )

    def _permitted(
        self, batches: Iterator[list[str]], request: Request, query: AudienceQuery, tally: Tally
    ) -> Iterator[list[str]]:
        def with_keys() -> Iterator[list[Pair]]:
            for batch in batches:
                yield [(account, self.person(account)) for account in batch]

        stated = Stated(age=query.age, account=query.account)
        return self.audience.permitted(with_keys(), request, tally, stated=stated)

    async def _recorded(
        self, query: AudienceQuery, request: Request, tally: Tally
    ) -> Position | None:
        if query.evidence == "none":
            return None
        item = query.item or ""
        return await asyncio.to_thread(self.audience.record, tally, request, item=item)


def _step(parts: Iterator[list[str]], writer: IdWriter) -> bool:
    """Decide about one batch more and write who may be processed; false at the end."""
    found = next(parts, None)
    if found is None:
        return False
    writer.add(found)
    return True


async def _chunks(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the body as it comes, a megabyte at a time.

    Raises:
        BodyTooLargeError: It is over the limit.
        ClientGoneError: It never came to its end.

    """
    held, size, more = bytearray(), 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        held += message.get("body", b"")
        more = message.get("more_body", False)
        if len(held) >= _HELD_BYTES or not more:
            size += len(held)
            if size > BODY_LIMIT_BYTES:
                raise BodyTooLargeError(BODY_LIMIT_BYTES)
            yield bytes(held)
            held.clear()


def _wanted_form(scope: Mapping[str, Any]) -> str:
    """Return the first form of `Accept` that can be had; JSON if it names none."""
    for one in header(scope, b"accept").split(","):
        wanted = one.partition(";")[0].strip().lower()
        if wanted in OUT_FORMS:
            return wanted
    return JSON


def _counts(said: AudienceBody) -> Headers:
    """Return the counts as headers, for answers that are nothing but the list."""
    numbers = {
        "count": said.count,
        "permitted": said.permitted,
        "ask": said.ask,
        "refused": said.refused,
        "root": said.root,
        "recorded": "" if said.recorded is None else said.recorded,
    }
    return [(f"chengnuo-{name}".encode(), str(value).encode()) for name, value in numbers.items()]


async def _send_problem(send: Send, status: int, body: bytes, headers: Headers) -> None:
    headers = [
        *headers,
        (b"content-type", PROBLEM_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
