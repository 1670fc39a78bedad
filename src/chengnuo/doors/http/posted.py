"""Routes of one desk for programs: `POST`, a key for the scope, a body of one form, JSON back.

What each route takes, gives and does is a line of a table; how it is let in, read, answered and
refused is the same for all and stands here. Routes that take no key or no JSON, as those of
transfers between handlers, have ways of their own.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang
from chengnuo.doors.http.problems import Problem
from chengnuo.doors.http.programs import (
    ENCODER,
    STATUS,
    Gate,
    MethodRefusedError,
    Receive,
    Send,
    problem_with,
    read_body,
    respond,
    whole_json,
)
from chengnuo.ports.api_keys import ApiKey, ApiScope
from chengnuo.ports.individuals import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route.

    Attributes:
        path: Its path.
        scope: What its key has to be for.
        takes: Form of its body.
        gives: Form of its answer.
        does: Does it; takes what `Posted.for_key` returns, and the body.
        decoder: Reads its body.

    """

    path: str
    scope: ApiScope
    takes: type[msgspec.Struct]
    gives: type[msgspec.Struct]
    does: Callable[[Any, Any], msgspec.Struct]
    decoder: "msgspec.json.Decoder[Any]"


def operation(  # noqa: PLR0913, PLR0917  a line of a table
    root: str,
    verb: str,
    scope: ApiScope,
    takes: type[msgspec.Struct],
    gives: type[msgspec.Struct],
    does: Callable[[Any, Any], msgspec.Struct],
) -> Operation:
    """Return the route of a verb; without one that of the root itself."""
    return Operation(
        path=f"{root}:{verb}" if verb else root,
        scope=scope,
        takes=takes,
        gives=gives,
        does=does,
        decoder=msgspec.json.Decoder(ready(takes)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(ABC):
    """The ASGI callable of such routes.

    Attributes:
        statuses: Statuses of what these routes can refuse, by code.
        gate: Knows who may ask.
        person: Turns an account id into the key under which somebody is known here.

    """

    statuses: ClassVar[Mapping[str, int]] = STATUS
    gate: Gate
    person: Callable[[str], PersonKey]

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        await respond(scope, send, self._answer(scope, receive), self._problem)

    @abstractmethod
    def operation_at(self, path: str) -> Operation:
        """Return what a path is for; the service sends no other path here."""

    def for_key(self, key: ApiKey) -> object:
        """Return what the operations are done by; the same for every key, unless told otherwise."""
        del key
        return self

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> bytes:
        if scope["method"] != "POST":
            raise MethodRefusedError
        found = self.operation_at(scope["path"])
        key = await self.gate.admit(scope, found.scope)
        body = read_body(found.decoder, await whole_json(scope, receive))
        return ENCODER.encode(await asyncio.to_thread(found.does, self.for_key(key), body))

    def _problem(self, error: ChengnuoError, lang: Lang) -> Problem:
        return problem_with(error, lang, self.statuses)
