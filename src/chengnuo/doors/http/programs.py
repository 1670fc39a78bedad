"""Routes of programs: raw ASGI beside the Litestar app, an API key, JSON in, JSON or a problem out.

Whatever cannot be known, read or recorded is a problem, never a yes. Problems name places, never
values: what a body says may be somebody's. Wrong keys count against one allowance for each
address, whichever route they are shown to.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from chengnuo.base.errors import ChengnuoError, InvalidInputError, UnavailableError
from chengnuo.base.text import Lang
from chengnuo.doors.http.exchange import KEY
from chengnuo.doors.http.limits import Allowance
from chengnuo.doors.http.problems import PROBLEM_TYPE, Problem, problem_of
from chengnuo.doors.http.refusals import NotJsonError, TooManyRequestsError
from chengnuo.ports.api_keys import ApiKey, ApiScope
from chengnuo.usecases.api_keys import ApiKeyRefusedError, ApiKeys, ApiScopeError
from chengnuo.usecases.register_desk import NoRegisterError

LOG = logging.getLogger("chengnuo.programs")
BODY_LIMIT_BYTES = 2 * 1024 * 1024
_BEARER = "bearer "
ENCODER = msgspec.json.Encoder()

Body = TypeVar("Body")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class BodyTooLargeError(InvalidInputError):
    """A body is beyond what a route takes."""

    code = "body-over-limit"

    def __init__(self, most: int = BODY_LIMIT_BYTES) -> None:
        super().__init__(f"the body is over {most} bytes; send smaller batches")


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


class QuestionMalformedError(InvalidInputError):
    """A body is JSON of another form than a question; the message names the place, no value."""

    code = "question-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"the body is not what this route takes: {what}")
        self.what = what


STATUS: Mapping[str, int] = {
    ApiKeyRefusedError.code: 401,
    ApiScopeError.code: 403,
    MethodRefusedError.code: 405,
    BodyTooLargeError.code: 413,
    NotJsonError.code: 415,
    NoRegisterError.code: 503,
}
"""Statuses of what any of these routes can refuse."""


@dataclass(slots=True)
class Gate:
    """Lets programs in by their keys.

    Attributes:
        keys: Knows who may ask.
        wrong_per_minute: How many wrong keys an address may show before it is slowed down.

    """

    keys: ApiKeys
    wrong_per_minute: int = 60
    _refusals: Allowance = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing taken."""
        self._refusals = Allowance(self.wrong_per_minute)

    async def admit(self, scope: Mapping[str, Any], needed: ApiScope) -> ApiKey:
        """Let a key with the scope in, and return it; who shows wrong ones is slowed down.

        Raises:
            ApiKeyRefusedError: There is no such key in force.
            ApiScopeError: The key is for something else.
            TooManyRequestsError: Wrong keys were shown too often.

        """
        given = header(scope, b"authorization")
        is_bearer = given.lower().startswith(_BEARER)
        secret = given[len(_BEARER) :].strip() if is_bearer else ""
        client = scope.get("client")
        address = client[0] if client else ""
        try:
            if not self.keys.knows(secret):
                await asyncio.to_thread(self.keys.check, secret, needed)
            return self.keys.check(secret, needed)
        except ApiKeyRefusedError:
            if not self._refusals.takes(address, time.monotonic()):
                raise TooManyRequestsError from None
            raise


async def respond(
    scope: Mapping[str, Any],
    send: Send,
    answer: Awaitable[bytes],
    problem: Callable[[ChengnuoError, Lang], Problem],
) -> None:
    """Send the JSON that an answer comes to, or the problem of why it does not."""
    headers: Headers = []
    try:
        body = await answer
        status, kind = 200, b"application/json"
    except ChengnuoError as error:
        status, body, headers = encoded(problem(error, lang_of(scope)))
        kind = PROBLEM_TYPE.encode()
    except Exception as error:  # noqa: BLE001  whatever it is, it is no yes
        status, body, headers = unforeseen(scope, error)
        kind = PROBLEM_TYPE.encode()
    headers += [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def unforeseen(scope: Mapping[str, Any], error: Exception) -> tuple[int, bytes, Headers]:
    """Return the problem of what nobody foresaw; logs it without its message and its values."""
    LOG.error("%s while answering a program", type(error).__name__)
    return encoded(problem_of(error, lang_of(scope)))


def encoded(problem: Problem) -> tuple[int, bytes, Headers]:
    """Return status, body and further headers of a problem."""
    extra = {
        401: (b"www-authenticate", b'Bearer realm="chengnuo"'),
        405: (b"allow", b"POST"),
        413: (b"connection", b"close"),
        429: (b"retry-after", b"60"),
        503: (b"retry-after", b"1"),
    }
    headers = [extra[problem.status]] if problem.status in extra else []
    return problem.status, ENCODER.encode(problem), headers


def problem_with(error: ChengnuoError, lang: Lang, statuses: Mapping[str, int] = STATUS) -> Problem:
    """Return the problem that an error makes, with the status that a route gives its code."""
    found = problem_of(error, lang)
    return msgspec.structs.replace(found, status=statuses.get(error.code, found.status))


async def whole_json(scope: Mapping[str, Any], receive: Receive) -> bytes:
    """Return the whole body.

    Raises:
        NotJsonError: It says that it is not JSON.
        BodyTooLargeError: It is over two megabytes.
        ClientGoneError: It never came to its end.

    """
    if media_type(scope) != "application/json":
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


def read_body(decoder: "msgspec.json.Decoder[Body]", body: bytes) -> Body:
    """Return what a body says.

    Raises:
        QuestionMalformedError: It has another form.

    """
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise QuestionMalformedError(without_values(str(error))) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise QuestionMalformedError("it is no JSON") from error


def without_values(said: str) -> str:
    """Return what msgspec says of a body without what the body says: a place and a type.

    >>> without_values("Invalid enum value 'x' - at `$.operation`")
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


def header(scope: Mapping[str, Any], wanted: bytes) -> str:
    """Return the first header of a name, or an empty string."""
    for name, value in scope["headers"]:
        if name.lower() == wanted:
            text: str = value.decode("latin-1")
            return text
    return ""


def media_type(scope: Mapping[str, Any]) -> str:
    """Return the media type that a body says it has, without parameters."""
    return header(scope, b"content-type").partition(";")[0].strip().lower()


def lang_of(scope: Mapping[str, Any]) -> Lang:
    """Return the language to answer in."""
    return getattr(scope.get(KEY), "lang", Lang.ZH)
