"""`POST /v1/decisions` and `/v1/decisions:batch`: a raw ASGI callable beside the Litestar app.

Who asks shows an API key with the scope `decide`. Deciding runs in a thread when the state has to
be read from a disk, and never keeps the event loop waiting for the log: a strict answer is sent
once its record is durable, hundreds sharing one write. Whatever cannot be known, read or recorded
is a problem, never a yes.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang
from chengnuo.doors.decision_bodies import (
    AnswersBody,
    BatchBody,
    OneAskBody,
    decision_body,
)
from chengnuo.doors.http.crowding import place_given_away
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
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.tracing import UNTOLD, Fact, Spans
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.decision.answering import AskedTooManyError, Decided, Mode, Question
from chengnuo.usecases.decision.desk import MOST_ASKED, DecisionDesk, NotRecordedError, with_records

ONE_PATH = "/v1/decisions"
BATCH_PATH = "/v1/decisions:batch"
PATHS = (ONE_PATH, BATCH_PATH)
_AT_ONCE = 16
"""How many questions are answered without a change of threads, if no disk is waited for."""
_ONE = msgspec.json.Decoder(ready(OneAskBody))
_MANY = msgspec.json.Decoder(ready(BatchBody))
_STATUS = {**STATUS, AskedTooManyError.code: 413}


@dataclass(slots=True, kw_only=True)
class Decisions:
    """The ASGI callable.

    Attributes:
        desk: Decides.
        keys: Knows who may ask.
        person: Turns an account id into the key under which somebody is known here.
        in_thread: Whether looking up a state waits for a disk.
        wrong_keys_per_minute: How many wrong keys an address may show.
        spans: Hears how long answers take; whoever joins the service says so once it is made.
        gate: Lets programs in by those keys.
        is_only_counted: Thousands a second are asked: an answer is counted, and no line written.

    """

    desk: DecisionDesk
    keys: ApiKeys
    person: Callable[[str], PersonKey]
    in_thread: bool = True
    wrong_keys_per_minute: int = 60
    spans: Spans = UNTOLD
    gate: Gate = field(init=False)
    is_only_counted: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Make the gate of the keys; other routes of programs share it."""
        self.gate = Gate(self.keys, wrong_per_minute=self.wrong_keys_per_minute)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        await respond(scope, send, self._answer(scope, receive), decision_problem)

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> bytes:
        if scope["method"] != "POST":
            raise MethodRefusedError
        await self.gate.admit(scope, ApiScope.DECIDE)
        body = await whole_json(scope, receive)
        if scope["path"] == ONE_PATH:
            return await self._one(read_body(_ONE, body))
        return await self._many(read_body(_MANY, body))

    async def _one(self, asked: OneAskBody) -> bytes:
        question = asked.to_domain(self.person(asked.person))
        decided = await self.decided((question,), asked.evidence)
        weighed = self.desk.explain(decided[0]) if asked.explain else ()
        return ENCODER.encode(decision_body(decided[0], weighed))

    async def _many(self, asked: BatchBody) -> bytes:
        count = len(asked.questions)
        if not 1 <= count <= MOST_ASKED:
            raise AskedTooManyError(count, MOST_ASKED)
        questions = tuple(one.to_domain(self.person(one.person)) for one in asked.questions)
        decided = await self.decided(questions, asked.evidence)
        return ENCODER.encode(AnswersBody(answers=tuple(map(decision_body, decided))))

    async def decided(self, questions: tuple[Question, ...], mode: Mode) -> tuple[Decided, ...]:
        """Answer questions, recorded all or none, without keeping the event loop waiting.

        Raises:
            AskedTooManyError: There are over a thousand, or none.
            NaiveInstantError: An instant has no time zone.
            UnavailableError: State or log cannot be used now; nobody was told yes.

        """
        if self.spans is UNTOLD:  # thousands a second are asked
            return await self._decided(questions, mode)
        with self.spans.span("decisions", {Fact.RECORDS: len(questions)}):
            return await self._decided(questions, mode)

    async def _decided(self, questions: tuple[Question, ...], mode: Mode) -> tuple[Decided, ...]:
        few = len(questions) <= _AT_ONCE
        if self.in_thread and not (few and self.desk.at_hand(questions)):
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
        async with place_given_away():  # who asks without a record is answered meanwhile
            appended = await recorder.log.append_soon(drafts)
        return with_records(decided, mode=mode, first=appended.first)


def decision_problem(error: ChengnuoError, lang: Lang) -> Problem:
    """Return the problem that an error makes here, by whichever way it was asked."""
    return problem_with(error, lang, _STATUS)
