"""Requests of individuals over HTTP: handed in, followed, and answered for by hand.

A request is durable when it is returned. After silence hand in the same again with the same mark:
the same request comes back, and nothing is asked twice. Confirming what a party outside was told
takes a key with `rights:acknowledge` and needs nothing but the id of the notice.
"""

from collections.abc import Iterator, Sequence

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.questions import QuestionTimeError
from chengnuo.client.rights_answers import Condition, Line, Piece, Plan, Request, Task
from chengnuo.client.rights_asked import Asked, Asker, Right


class _Lines(msgspec.Struct, frozen=True):
    requests: tuple[Line, ...]


class _Tasks(msgspec.Struct, frozen=True):
    tasks: tuple[Task, ...]


class _Conditions(msgspec.Struct, frozen=True):
    conditions: tuple[Condition, ...]


class _May(msgspec.Struct, frozen=True):
    may: bool


class _Afresh(msgspec.Struct, frozen=True, rename="camel"):
    was_erased: bool


class _Acknowledged(msgspec.Struct, frozen=True):
    notice: str


class _Code(msgspec.Struct, frozen=True):
    code: str


class RightsClient:
    """Asks and hands in, through a client whose key has `rights:read` or `rights:write`.

    Every method raises `ServiceRefusedError` where the service does not take what was sent, and
    `ServiceSilentError` where there is no answer; a request may have been taken in then.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def open(self, asker: Asker, right: Right, asked: Asked, *, mark: str = "") -> Request:
        """Hand in a request; the same asked again while it is open is the one there is.

        Args:
            asker: Who asks.
            right: For which right.
            asked: For what.
            mark: Of this one asking; handed in again it is the request there is, even if closed.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        body = {**_request(asker, right, asked), "mark": mark}
        return self._client.post("/v1/rights:open", body, Request)

    def preview(self, asker: Asker, right: Right, asked: Asked) -> Plan:
        """Return the plan that a request would have; nothing is kept and nothing changed.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        return self._client.post("/v1/rights:preview", _request(asker, right, asked), Plan)

    def prove(self, request: str, asker: Asker) -> Request:
        """Say that the individual has proved who they are.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        body = {"id": request, "asker": _checked(asker)}
        return self._client.post("/v1/rights:prove", body, Request)

    def take_back(self, request: str, person: str) -> Request:
        """Take a request back before it begins."""
        body = {"id": request, "person": person}
        return self._client.post("/v1/rights:take-back", body, Request)

    def get(self, request: str, *, person: str | None = None) -> Request:
        """Return one request; with `person` only if it is theirs."""
        body = {"id": request} if person is None else {"id": request, "person": person}
        return self._client.post("/v1/rights:get", body, Request)

    def of(self, person: str, *, limit: int = 200) -> Sequence[Line]:
        """Return the requests of an individual, newest first."""
        body = {"person": person, "limit": limit}
        return self._client.post("/v1/rights:list", body, _Lines).requests

    def queue(
        self, stage: str | None = None, *, overdue: bool = False, limit: int = 200
    ) -> Sequence[Line]:
        """Return requests of everybody, those with the fewest days left first."""
        body = {"stage": stage, "overdue": overdue, "limit": limit}
        return self._client.post("/v1/rights:list", body, _Lines).requests

    def pieces(self, request: str, asker: Asker, *, part: int = 1) -> Iterator[Piece]:
        """Yield a file to take home, piece by piece in order; the individual signed in just now.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        at = 0
        while True:
            body = {"id": request, "asker": _checked(asker), "part": part, "start": at}
            piece = self._client.post("/v1/rights:file", body, Piece)
            if piece.content or at == 0:
                yield piece
            at += len(piece.content)
            if at >= piece.size or not piece.content:
                return

    def code(self, request: str, asker: Asker) -> str:
        """Return the pass code of a copy asked for `with_code`; it is told once, so show it now.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        body = {"id": request, "asker": _checked(asker)}
        return self._client.post("/v1/rights:code", body, _Code).code

    def tasks(self, *, open_only: bool = True) -> Sequence[Task]:
        """Return what has to be done by hand, oldest first."""
        return self._client.post("/v1/rights:tasks", {"openOnly": open_only}, _Tasks).tasks

    def task_done(self, task: str, note: str = "") -> Request:
        """Say that a task was done; of an explanation, the note is the answer itself."""
        return self._client.post("/v1/rights:task-done", {"task": task, "note": note}, Request)

    def acknowledge(self, notice: str) -> None:
        """Say, as a party outside, that what the notice asks for was done."""
        self._client.post("/v1/rights:acknowledge", {"notice": notice}, _Acknowledged)

    def conditions(self, asker: Asker) -> Sequence[Condition]:
        """Return the published conditions of cancelling the account."""
        body = {"asker": _checked(asker)}
        return self._client.post("/v1/rights:conditions", body, _Conditions).conditions

    def may_create_account(self, person: str) -> bool:
        """Tell whether an account may be made under an id: not where it was erased."""
        return self._client.post("/v1/rights:may-create-account", {"person": person}, _May).may

    def start_afresh(self, asker: Asker) -> bool:
        """Let somebody erased come back by their own registration; tell whether they had been."""
        body = {"asker": _checked(asker)}
        return self._client.post("/v1/rights:start-afresh", body, _Afresh).was_erased


def _request(asker: Asker, right: Right, asked: Asked) -> dict[str, object]:
    return {"asker": _checked(asker), "right": right, "asked": asked}


def _checked(asker: Asker) -> Asker:
    at = asker.authenticated_at
    if at is not None and at.utcoffset() is None:
        raise QuestionTimeError
    return asker
