"""Asking over a unix socket, many questions on their way at once; no silent yes.

The frames are those of `docs/formats/decision-socket.md`. Answers come in the order of the
questions. After any error of the connection nothing more is asked on it: nobody can tell to which
question a late answer would belong. One connection is for one thread at a time.
"""

import socket
import struct
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.client.answers import Answer, Answers, Evidence, Problem
from chengnuo.client.client import ServiceRefusedError, ServiceSilentError
from chengnuo.client.questions import Question

_HEAD = struct.Struct(">IB")
_KEY, _QUESTION, _BATCH, _ANSWER, _PROBLEM = b"KQBAP"
_MOST_BODY = 64 * 1024 * 1024
_READ_BYTES = 256 * 1024
_IN_FLIGHT = 256
_IN_FLIGHT_BYTES = 1024 * 1024
"""Less than what a service reads ahead, so that neither side waits for the other to read."""
_MOST_ASKED = 1000
_LEAST_SERVER_ERROR = 500
_TOO_MANY = 429


_Body = TypeVar("_Body", bound=msgspec.Struct)


class _SocketProblem(Problem, frozen=True):
    """A problem with its status beside it."""

    status: int = 500


class SocketClient:
    """Asks a service on this machine; safe to share between threads, which then take turns."""

    def __init__(self, path: Path, key: str, *, timeout_s: float = 2.0) -> None:
        """Connect and show a key.

        Args:
            path: The socket, as `/run/chengnuo/decide.sock`.
            key: An API key with the scope `decide`.
            timeout_s: How long the service may be silent.

        Raises:
            ServiceSilentError: Nobody listens there.
            ServiceRefusedError: The key is not in force.

        """
        self._turn = Lock()
        self._rest = bytearray()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        try:
            self._socket.connect(str(path))
            self._send(_KEY, key.encode())
            self._answered()
        except OSError as error:
            self._socket.close()
            raise ServiceSilentError(type(error).__name__) from error
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def decide(
        self, question: Question, *, evidence: Evidence = "async", explain: bool = False
    ) -> Answer:
        """Return the answer to one question.

        Raises:
            QuestionTimeError: The instant has no time zone.
            ServiceRefusedError: The service does not take the question or the key.
            ServiceSilentError: There is no answer.

        """
        (found,) = self.decide_each([question], evidence=evidence, explain=explain)
        if isinstance(found, ServiceRefusedError | ServiceSilentError):
            raise found
        return found

    def decide_each(
        self,
        questions: Iterable[Question],
        *,
        evidence: Evidence = "async",
        explain: bool = False,
    ) -> Iterator[Answer | ServiceRefusedError | ServiceSilentError]:
        """Yield the answer to each question, or its own error, in their order.

        Questions are read and sent while answers come; the connection is taken until the last.

        Raises:
            QuestionTimeError: An instant has no time zone.
            ServiceSilentError: The connection failed; no more answers come.

        """
        more = (self._question(one, evidence, explain=explain) for one in questions)
        with self._turn:
            on_the_way: deque[int] = deque()
            finished = False
            try:
                while not finished or on_the_way:
                    sending: list[bytes] = []
                    while (
                        not finished
                        and len(on_the_way) < _IN_FLIGHT
                        and sum(on_the_way) < _IN_FLIGHT_BYTES
                    ):
                        body = next(more, None)
                        if body is None:
                            finished = True
                            break
                        on_the_way.append(len(body))
                        sending.append(_HEAD.pack(len(body), _QUESTION) + body)
                    if sending:
                        self._socket.sendall(b"".join(sending))
                    # Half of them, so that the service has work while we read.
                    for _ in range(len(on_the_way) if finished else (len(on_the_way) + 1) // 2):
                        found = self._answer()
                        on_the_way.popleft()
                        yield found
            except OSError as error:
                raise ServiceSilentError(type(error).__name__) from error
            finally:
                if on_the_way:  # an answer would be taken for another's
                    self._socket.close()

    def decide_all(
        self, questions: Sequence[Question], *, evidence: Evidence = "async"
    ) -> tuple[Answer, ...]:
        """Return the answers to many questions, in their order; a thousand go at a time.

        Raises:
            QuestionTimeError: An instant has no time zone.
            ServiceRefusedError: The service does not take the questions or the key.
            ServiceSilentError: There is no answer.

        """
        bodies = [msgspec.to_builtins(question.checked()) for question in questions]
        found: list[Answer] = []
        with self._turn:
            for start in range(0, len(bodies), _MOST_ASKED):
                part = {"questions": bodies[start : start + _MOST_ASKED], "evidence": evidence}
                try:
                    self._send(_BATCH, msgspec.json.encode(part))
                    body = self._answered()
                except OSError as error:
                    self._socket.close()
                    raise ServiceSilentError(type(error).__name__) from error
                answers = _decoded(body, Answers).answers
                if len(answers) != len(part["questions"]):
                    raise ServiceSilentError("it answered another number of questions")
                found += answers
        return tuple(found)

    def _answer(self) -> Answer | ServiceRefusedError | ServiceSilentError:
        try:
            return _decoded(self._answered(), Answer)
        except (ServiceRefusedError, ServiceSilentError) as error:
            return error

    @staticmethod
    def _question(question: Question, evidence: Evidence, *, explain: bool) -> bytes:
        body = msgspec.to_builtins(question.checked())
        return msgspec.json.encode(body | {"evidence": evidence, "explain": explain})

    def _send(self, kind: int, body: bytes) -> None:
        self._socket.sendall(_HEAD.pack(len(body), kind) + body)

    def _answered(self) -> bytes:
        """Return the body of the next answer.

        Raises:
            ServiceRefusedError: It is a problem of ours.
            ServiceSilentError: It is a problem of the service's.
            OSError: The connection failed.

        """
        length, kind = _HEAD.unpack(self._exactly(_HEAD.size))
        if kind not in {_ANSWER, _PROBLEM} or length > _MOST_BODY:
            raise ConnectionAbortedError
        body = self._exactly(length)
        if kind == _ANSWER:
            return body
        problem = _decoded(body, _SocketProblem)
        if problem.status >= _LEAST_SERVER_ERROR or problem.status == _TOO_MANY:
            raise ServiceSilentError(f"{problem.status} [{problem.code}]")
        raise ServiceRefusedError(problem.status, problem)

    def _exactly(self, count: int) -> bytes:
        while len(self._rest) < count:
            data = self._socket.recv(_READ_BYTES)
            if not data:
                raise ConnectionResetError
            self._rest += data
        found = bytes(self._rest[:count])
        del self._rest[:count]
        return found


def _decoded(body: bytes, kind: type[_Body]) -> _Body:
    try:
        return msgspec.json.decode(body, type=ready(kind))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ServiceSilentError("its answer has another form") from error
