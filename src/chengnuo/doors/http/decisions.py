"""`POST /v1/decisions` and `/v1/decisions:batch`: a raw ASGI callable beside the Litestar app.

Who asks shows an API key with the scope `decide`. Deciding runs in a thread when the state has to
be read from a disk, and never keeps the event loop waiting for the log: a strict answer is sent
once its record is durable, hundreds sharing one write. Whatever cannot be known, read or recorded
is a problem, never a yes.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from chengnuo.base.errors import ChengnuoError, InvalidInputError, UnavailableError
from chengnuo.base.text import Lang
from chengnuo.doors.decision_bodies import (
    AnswersBody,
    BatchBody,
    OneAskBody,
    decision_body,
)
from chengnuo.doors.http.exchange import KEY
from chengnuo.doors.http.limits import Allowance
from chengnuo.doors.http.problems import PROBLEM_TYPE, Problem, problem_of
from chengnuo.doors.http.refusals import NotJsonError, TooManyRequestsError
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.api_keys import ApiKeyRefusedError, ApiKeys, ApiScopeError
from chengnuo.usecases.decision.answering import AskedTooManyError, Decided, Mode, Question
from chengnuo.usecases.decision.desk import MOST_ASKED, DecisionDesk, NotRecordedError, with_records
from chengnuo.usecases.register_desk import NoRegisterError

LOG = logging.getLogger("chengnuo.decisions")
ONE_PATH = "/v1/decisions"
BATCH_PATH = "/v1/decisions:batch"
PATHS = (ONE_PATH, BATCH_PATH)
BODY_LIMIT_BYTES = 2 * 1024 * 1024
_REFUSALS_PER_MINUTE = 60
_BEARER = "bearer "
_ONE = msgspec.json.Decoder(OneAskBody)
_MANY = msgspec.json.Decoder(BatchBody)
_ENCODER = msgspec.json.Encoder()

Body = TypeVar("Body", OneAskBody, BatchBody)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class BodyTooLargeError(InvalidInputError):
    """A body is beyond what a route takes."""

    code = "body-over-limit"

    def __init__(self) -> None:
        super().__init__(f"the body is over {BODY_LIMIT_BYTES} bytes; send smaller batches")


class MethodRefusedError(InvalidInputError):
    """These routes take POST only."""

    code = "post-only"

    def __init__(self) -> None:
        super().__init__("this route takes POST with a JSON body")


class ClientGoneError(UnavailableError):
    """The caller hung up before the body was whole."""

    code = "caller-gone"

    def __init__(self) -> None:
        super().__init__("the connection ended before the whole body had come")


_STATUS = {
    ApiKeyRefusedError.code: 401,
    ApiScopeError.code: 403,
    MethodRefusedError.code: 405,
    BodyTooLargeError.code: 413,
    AskedTooManyError.code: 413,
    NotJsonError.code: 415,
    NoRegisterError.code: 503,
}


@dataclass(slots=True, kw_only=True)
class Decisions:
    """The ASGI callable.

    Attributes:
        desk: Decides.
        keys: Knows who may ask.
        person: Turns an account id into the key under which somebody is known here.
        in_thread: Whether looking up a state waits for a disk.

    """

    desk: DecisionDesk
    keys: ApiKeys
    person: Callable[[str], PersonKey]
    in_thread: bool = True
    _refusals: Allowance | None = None

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: list[tuple[bytes, bytes]] = []
        try:
            body = await self._answer(scope, receive)
            status, kind = 200, b"application/json"
        except ChengnuoError as error:
            problem = decision_problem(error, _lang(scope))
            status = problem.status
            body, kind = _ENCODER.encode(problem), PROBLEM_TYPE.encode()
            headers = _extra_headers(status)
        except Exception as error:  # noqa: BLE001  whatever it is, it is no yes
            # Without its message and its values, which may be somebody's.
            LOG.error("%s while deciding", type(error).__name__)  # noqa: TRY400
            problem = problem_of(error, _lang(scope))
            status, kind = problem.status, PROBLEM_TYPE.encode()
            body = _ENCODER.encode(problem)
        headers += [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> bytes:
        if scope["method"] != "POST":
            raise MethodRefusedError
        await self._admit(scope)
        body = await _whole(scope, receive)
        if scope["path"] == ONE_PATH:
            return await self._one(read_body(_ONE, body))
        return await self._many(read_body(_MANY, body))

    async def _one(self, asked: OneAskBody) -> bytes:
        question = asked.to_domain(self.person(asked.person))
        decided = await self.decided((question,), asked.evidence)
        weighed = self.desk.explain(decided[0]) if asked.explain else ()
        return _ENCODER.encode(decision_body(decided[0], weighed))

    async def _many(self, asked: BatchBody) -> bytes:
        count = len(asked.questions)
        if not 1 <= count <= MOST_ASKED:
            raise AskedTooManyError(count, MOST_ASKED)
        questions = tuple(one.to_domain(self.person(one.person)) for one in asked.questions)
        decided = await self.decided(questions, asked.evidence)
        return _ENCODER.encode(AnswersBody(answers=tuple(map(decision_body, decided))))

    async def decided(self, questions: tuple[Question, ...], mode: Mode) -> tuple[Decided, ...]:
        """Answer questions, recorded all or none, without keeping the event loop waiting.

        Raises:
            AskedTooManyError: There are over a thousand, or none.
            NaiveInstantError: An instant has no time zone.
            UnavailableError: State or log cannot be used now; nobody was told yes.

        """
        if self.in_thread:
            decided = await asyncio.to_thread(self.desk.decide_all, questions)
        else:
            decided = self.desk.decide_all(questions)
        recorder = self.desk.recorder
        if mode is Mode.NONE:
            return decided
        if recorder is None:
            raise NotRecordedError
        drafts = self.desk.drafts(decided)
        if mode is Mode.ASYNC:
            # A full queue makes it wait, which the event loop must not.
            await asyncio.to_thread(recorder.log.enqueue, drafts)
            return with_records(decided, mode=mode)
        appended = await recorder.log.append_soon(drafts)
        return with_records(decided, mode=mode, first=appended.first)

    async def _admit(self, scope: Mapping[str, Any]) -> None:
        """Let a key with the scope in; an address that shows wrong ones is slowed down."""
        given = _header(scope, b"authorization")
        is_bearer = given.lower().startswith(_BEARER)
        secret = given[len(_BEARER) :].strip() if is_bearer else ""
        client = scope.get("client")
        address = client[0] if client else ""
        if self._refusals is None:
            self._refusals = Allowance(_REFUSALS_PER_MINUTE)
        try:
            if not self.keys.knows(secret):
                await asyncio.to_thread(self.keys.check, secret, ApiScope.DECIDE)
            self.keys.check(secret, ApiScope.DECIDE)
        except ApiKeyRefusedError:
            if not self._refusals.takes(address, time.monotonic()):
                raise TooManyRequestsError from None
            raise


def decision_problem(error: ChengnuoError, lang: Lang) -> Problem:
    """Return the problem that an error makes here, by whichever way it was asked."""
    problem = problem_of(error, lang)
    return msgspec.structs.replace(problem, status=_STATUS.get(error.code, problem.status))


def _extra_headers(status: int) -> list[tuple[bytes, bytes]]:
    extra = {
        401: (b"www-authenticate", b'Bearer realm="chengnuo"'),
        405: (b"allow", b"POST"),
        413: (b"connection", b"close"),
        429: (b"retry-after", b"60"),
        503: (b"retry-after", b"1"),
    }
    return [extra[status]] if status in extra else []


async def _whole(scope: Mapping[str, Any], receive: Receive) -> bytes:
    """Return the whole body.

    Raises:
        NotJsonError: It says that it is not JSON.
        BodyTooLargeError: It is over two megabytes.
        ClientGoneError: It never came to its end.

    """
    if _header(scope, b"content-type").partition(";")[0].strip().lower() != "application/json":
        raise NotJsonError("expected `Content-Type: application/json`")
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > BODY_LIMIT_BYTES:
            raise BodyTooLargeError
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


class QuestionMalformedError(InvalidInputError):
    """A body is JSON of another form than a question; the message names the place, no value."""

    code = "question-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"the body is not what this route takes: {what}")
        self.what = what


def read_body(decoder: "msgspec.json.Decoder[Body]", body: bytes) -> Body:
    """Return what a body says.

    Raises:
        QuestionMalformedError: It has another form.

    """
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise QuestionMalformedError(_without_values(str(error))) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise QuestionMalformedError("it is no JSON") from error


def _without_values(said: str) -> str:
    """Return what msgspec says of a body without what the body says: a place and a type.

    >>> _without_values("Invalid enum value 'x' - at `$.operation`")
    'a wrong value at `$.operation`'

    """
    what, _, place = said.partition(" - at ")
    if what.startswith("Expected"):
        return f"{what} at {place or '`$`'}"
    if what.startswith("Object missing required field"):
        return what
    if what.startswith("Object contains unknown field"):
        return f"an unknown member at {place or '`$`'}"
    return f"a wrong value at {place or '`$`'}"


def _header(scope: Mapping[str, Any], wanted: bytes) -> str:
    for name, value in scope["headers"]:
        if name.lower() == wanted:
            text: str = value.decode("latin-1")
            return text
    return ""


def _lang(scope: Mapping[str, Any]) -> Lang:
    return getattr(scope.get(KEY), "lang", Lang.ZH)
