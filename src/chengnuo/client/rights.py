"""Requests of individuals over HTTP: handed in, followed, and answered for by hand.

A request is durable when it is returned. After silence hand in the same again: while it is open the
same request comes back, and nothing is asked twice. Confirming what a party outside was told takes
a key with `rights:acknowledge` and needs nothing but the id of the notice.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.consents import Words
from chengnuo.client.questions import QuestionTimeError
from chengnuo.client.rights_asked import Asked, Asker, Right


class Due(msgspec.Struct, frozen=True):
    """The last day for the answer; provisional where the official calendar does not reach."""

    on: date
    provisional: bool
    likely: date


class Next(msgspec.Struct, frozen=True):
    """Who has to do what."""

    owner: str
    action: Words


class Kept(msgspec.Struct, frozen=True):
    """Something that stays under a duty."""

    duty: str
    until: datetime | None = None


class Refusal(msgspec.Struct, frozen=True):
    """Something that is asked for and not done, why, and on what that rests."""

    code: str
    articles: tuple[str, ...]
    what: Words
    why: Words


class Step(msgspec.Struct, frozen=True):
    """What happens to one group of rows of one table."""

    table: str
    belongs: str
    rows: int
    fate: str
    why: Words | None = None


class Hindrance(msgspec.Struct, frozen=True):
    """What stands against running in a store, or has to be known before."""

    kind: str
    blocks: bool
    what: Words
    table: str = ""
    column: str = ""


class StorePlan(msgspec.Struct, frozen=True, rename="camel"):
    """What happens in one store."""

    store: str
    name: Words
    blocked: bool
    by_hand: bool
    steps: tuple[Step, ...]
    problems: tuple[Hindrance, ...]


class Plan(msgspec.Struct, frozen=True, rename="camel"):
    """What would be done with whose rows in which store, what not, and why."""

    register_version: str
    law_version: str
    at: datetime
    rows: int
    blocked: bool
    stores: tuple[StorePlan, ...]
    refusals: tuple[Refusal, ...]
    kept: tuple[Kept, ...]


class Result(msgspec.Struct, frozen=True):
    """What was done in one store, as the store itself counted it."""

    store: str
    name: Words
    state: str
    found: int
    deleted: int
    changed: int
    kept: int
    residue: int | None = None


class Told(msgspec.Struct, frozen=True, rename="camel"):
    """How far a party outside is; `notice` is what it acknowledges by."""

    notice: str
    recipient: str
    name: Words
    state: str
    attempts: int
    next_at: datetime | None = None


class Task(msgspec.Struct, frozen=True, rename="camel"):
    """Something that somebody has to do by hand."""

    task: str
    request: str
    store: str
    what: Words
    done_at: datetime | None = None
    note: str = ""


class File(msgspec.Struct, frozen=True):
    """A file to take home."""

    part: int
    name: str
    size: int
    sha256: str
    expires: datetime


class Answer(msgspec.Struct, frozen=True):
    """The answer to a request; `letter` is the whole of it in words."""

    outcome: str
    at: datetime
    letter: Words
    kept: tuple[Kept, ...] = ()
    refusals: tuple[Refusal, ...] = ()


class Request(msgspec.Struct, frozen=True, rename="camel"):
    """One request, wholly; `next` is null once nothing happens any more."""

    id: str
    right: str
    person_key: str
    received: datetime
    stage: str
    final: bool
    due: Due
    days_left: int
    next: Next | None = None
    extended: str = ""
    take_back_until: datetime | None = None
    plan: Plan | None = None
    results: tuple[Result, ...] = ()
    outside: tuple[Told, ...] = ()
    tasks: tuple[Task, ...] = ()
    files: tuple[File, ...] = ()
    reply: Answer | None = None
    like: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True, rename="camel"):
    """One request in a queue."""

    id: str
    right: str
    by: str
    stage: str
    received: datetime
    due: Due
    days_left: int
    stopped: str = ""


class Condition(msgspec.Struct, frozen=True):
    """A published condition of cancelling the account; `met` is null where you alone can tell."""

    what: Words
    met: bool | None = None


class Piece(msgspec.Struct, frozen=True):
    """A piece of a file to take home; `size` and `sha256` are of the whole file."""

    name: str
    size: int
    sha256: str
    start: int
    content: bytes


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


class RightsClient:
    """Asks and hands in, through a client whose key has `rights:read` or `rights:write`.

    Every method raises `ServiceRefusedError` where the service does not take what was sent, and
    `ServiceSilentError` where there is no answer; a request may have been taken in then.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def open(self, asker: Asker, right: Right, asked: Asked) -> Request:
        """Hand in a request; the same asked again while it is open is the one there is.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        return self._client.post("/v1/rights:open", _request(asker, right, asked), Request)

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
