"""The client: one connection pool, one key, typed answers, no silent yes.

A service that does not answer raises; nothing is ever permitted for want of an answer. Reading
asks is safe to repeat, so a connection that was closed under us is tried once more.
"""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self, TypeVar

import httpx
import msgspec

from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.base.shapes import ready
from chengnuo.client.answers import Answer, Answers, Evidence, Problem
from chengnuo.client.questions import Question

_LEAST_SERVER_ERROR = 500
_TOO_MANY = 429
_MOST_ASKED = 1000
_Body = TypeVar("_Body", bound=msgspec.Struct)


class ServiceSilentError(UnavailableError):
    """The service did not answer, or could not just now; nothing was permitted."""

    code = "service-silent"

    def __init__(self, what: str) -> None:
        super().__init__(f"the service gave no answer: {what}")
        self.what = what


class ServiceRefusedError(InvalidInputError):
    """The service does not take the request; `problem` says which of its errors it is."""

    code = "service-refused"

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(f"the service refused with {status} [{problem.code}]: {problem.detail}")
        self.status = status
        self.problem = problem


class Client:
    """Asks a service over HTTP; safe to share between threads."""

    def __init__(
        self,
        address: str,
        key: str,
        *,
        timeout_s: float = 2.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Ask the service at an address.

        Args:
            address: As `https://privacy.example.com`.
            key: An API key; deciding takes the scope `decide`.
            timeout_s: How long an answer may take.
            transport: Another way to the service, as a unix socket.

        """
        self._http = httpx.Client(
            base_url=address,
            headers={"authorization": f"Bearer {key}"},
            timeout=timeout_s,
            transport=httpx.HTTPTransport(retries=1) if transport is None else transport,
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def decide(
        self, question: Question, *, evidence: Evidence = "async", explain: bool = False
    ) -> Answer:
        """Return the answer to one question.

        Args:
            question: What is asked.
            evidence: How the answer is recorded.
            explain: Whether every rule is told, and not only those that decided.

        Raises:
            QuestionTimeError: The instant has no time zone.
            ServiceRefusedError: The service does not take the question or the key.
            ServiceSilentError: There is no answer.

        """
        body = msgspec.to_builtins(question.checked())
        body |= {"evidence": evidence, "explain": explain}
        return self.post("/v1/decisions", body, Answer)

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
        for start in range(0, len(bodies), _MOST_ASKED):
            part = {"questions": bodies[start : start + _MOST_ASKED], "evidence": evidence}
            answers = self.post("/v1/decisions:batch", part, Answers).answers
            if len(answers) != len(part["questions"]):
                raise ServiceSilentError("it answered another number of questions")
            found += answers
        return tuple(found)

    def get(self, path: str, kind: type[_Body]) -> _Body:
        """Return what a path of the service has, in its form; raises as `post` does."""
        return self._answered("GET", path, kind)

    def post(self, path: str, body: object, kind: type[_Body]) -> _Body:
        """Post JSON and return the answer in its form.

        Raises:
            ServiceRefusedError: The service does not take it.
            ServiceSilentError: There is no answer, or one of another form.

        """
        content = msgspec.json.encode(body)
        return self._answered("POST", path, kind, content, "application/json")

    def send(
        self,
        path: str,
        lines: Iterable[bytes],
        query: Sequence[tuple[str, str]],
        kind: type[_Body],
        *,
        timeout_s: float,
    ) -> _Body:
        """Send text as it is made and return the answer in its form; raises as `post` does."""
        asked = httpx.QueryParams(list(query))
        to = f"{path}?{asked}"
        return self._answered("POST", to, kind, lines, "text/plain", timeout_s)

    def _answered(  # noqa: PLR0913, PLR0917  what a request is made of
        self,
        method: str,
        path: str,
        kind: type[_Body],
        content: bytes | Iterable[bytes] | None = None,
        form: str = "",
        timeout_s: float | None = None,
    ) -> _Body:
        try:
            answer = self._http.request(
                method,
                path,
                content=content,
                headers={"accept": "application/json"} | ({"content-type": form} if form else {}),
                timeout=httpx.USE_CLIENT_DEFAULT if timeout_s is None else timeout_s,
            )
        except httpx.HTTPError as error:
            raise ServiceSilentError(type(error).__name__) from error
        if answer.status_code >= _LEAST_SERVER_ERROR or answer.status_code == _TOO_MANY:
            raise ServiceSilentError(f"{answer.status_code} [{_problem(answer).code}]")
        if not answer.is_success:
            raise ServiceRefusedError(answer.status_code, _problem(answer))
        try:
            return msgspec.json.decode(answer.content, type=ready(kind))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ServiceSilentError("its answer has another form") from error


def _problem(answer: httpx.Response) -> Problem:
    try:
        return msgspec.json.decode(answer.content, type=ready(Problem))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Problem()
