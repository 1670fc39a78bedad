"""Answers to frames: the same answers and problems as over HTTP, in the order of the questions.

Questions that came together are answered together: one look at the state, one write of the log
for those to be recorded. A wrong question is answered with its problem and does not touch the
others.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from chengnuo.base.errors import ChengnuoError, InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang
from chengnuo.doors.decision_bodies import AnswersBody, BatchBody, OneAskBody, decision_body
from chengnuo.doors.http.decisions import Decisions, decision_problem
from chengnuo.doors.http.problems import problem_of
from chengnuo.doors.http.programs import BODY_LIMIT_BYTES, read_body
from chengnuo.doors.socket.frames import FrameKind, frame
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeyRefusedError
from chengnuo.usecases.decision.answering import AskedTooManyError, Decided, Mode, Question
from chengnuo.usecases.decision.desk import MOST_ASKED

LOG = logging.getLogger("chengnuo.socket")
_ONE = msgspec.json.Decoder(ready(OneAskBody))
_MANY = msgspec.json.Decoder(ready(BatchBody))
_ENCODER = msgspec.json.Encoder()


class WelcomeBody(msgspec.Struct, frozen=True, rename="camel"):
    """What a key in force is answered with.

    Attributes:
        format: Version of the frames.
        most_questions: In one batch.
        most_bytes: In the body of one frame.

    """

    format: int = 1
    most_questions: int = MOST_ASKED
    most_bytes: int = BODY_LIMIT_BYTES


@dataclass(slots=True, kw_only=True)
class Asker:
    """Whoever is at the other end of one connection.

    Attributes:
        decisions: Decides, and knows the keys.
        ended: Whether nothing more is taken from them.

    """

    decisions: Decisions
    ended: bool = False
    _secret: str = field(default="", repr=False)

    async def answers(self, frames: Sequence[tuple[FrameKind, bytes]]) -> list[bytes]:
        """Return one frame for each frame, in their order; fewer where the connection ends."""
        found: list[bytes] = []
        at = 0
        while at < len(frames) and not self.ended:
            kind, body = frames[at]
            if kind is FrameKind.QUESTION:
                end = at + 1
                while end < len(frames) and frames[end][0] is FrameKind.QUESTION:
                    end += 1
                end = min(end, at + MOST_ASKED)
                found += await self._questions([body for _, body in frames[at:end]])
                at = end
            else:
                found.append(await (self._key(body) if kind is FrameKind.KEY else self._many(body)))
                at += 1
        return found

    def problem(self, error: Exception) -> bytes:
        """Return the frame of a problem."""
        if isinstance(error, ChengnuoError):
            problem = decision_problem(error, Lang.ZH)
        else:
            LOG.error("%s while deciding", type(error).__name__)
            problem = problem_of(error, Lang.ZH)
        return frame(FrameKind.PROBLEM, _ENCODER.encode(problem))

    async def _key(self, body: bytes) -> bytes:
        self._secret = body.decode("utf-8", "replace")
        refused = await self._refused()
        if refused is not None:
            return refused
        return frame(FrameKind.ANSWER, _ENCODER.encode(WelcomeBody()))

    async def _refused(self) -> bytes | None:
        """Return the problem of a key that is not in force any more; the connection ends."""
        keys = self.decisions.keys
        try:
            if not self._secret:
                raise ApiKeyRefusedError
            if not keys.knows(self._secret):
                await asyncio.to_thread(keys.check, self._secret, ApiScope.DECIDE)
            keys.check(self._secret, ApiScope.DECIDE)
        except ChengnuoError as error:
            self.ended = True
            return self.problem(error)
        return None

    async def _many(self, body: bytes) -> bytes:
        refused = await self._refused()
        if refused is not None:
            return refused
        try:
            asked = read_body(_MANY, body)
            count = len(asked.questions)
            if not 1 <= count <= MOST_ASKED:
                return self.problem(AskedTooManyError(count, MOST_ASKED))
            person = self.decisions.person
            questions = tuple(one.to_domain(person(one.person)) for one in asked.questions)
            decided = await self.decisions.decided(questions, asked.evidence)
        except Exception as error:  # noqa: BLE001  whatever it is, it is no yes
            return self.problem(error)
        found = AnswersBody(answers=tuple(map(decision_body, decided)))
        return frame(FrameKind.ANSWER, _ENCODER.encode(found))

    async def _questions(self, bodies: list[bytes]) -> list[bytes]:
        refused = await self._refused()
        if refused is not None:
            return [refused]
        found: dict[int, bytes] = {}
        by_mode: dict[Mode, list[tuple[int, OneAskBody, Question]]] = {}
        for number, body in enumerate(bodies):
            try:
                asked = read_body(_ONE, body)
                question = asked.to_domain(self.decisions.person(asked.person))
            except ChengnuoError as error:
                found[number] = self.problem(error)
            else:
                by_mode.setdefault(asked.evidence, []).append((number, asked, question))
        for mode, group in by_mode.items():
            found |= await self._group(group, mode)
        return [found[number] for number in range(len(bodies))]

    async def _group(
        self, group: list[tuple[int, OneAskBody, Question]], mode: Mode
    ) -> dict[int, bytes]:
        try:
            decided = await self.decisions.decided(tuple(one for *_, one in group), mode)
            return {
                number: self._answer(one, explain=asked.explain)
                for (number, asked, _), one in zip(group, decided, strict=True)
            }
        except InvalidInputError as error:  # one is wrong, and nothing was recorded of any
            if len(group) == 1:
                return {group[0][0]: self.problem(error)}
            found: dict[int, bytes] = {}
            for one in group:
                found |= await self._group([one], mode)
            return found
        except Exception as error:  # noqa: BLE001  whatever it is, it is no yes
            problem = self.problem(error)
            return {number: problem for number, *_ in group}

    def _answer(self, decided: Decided, *, explain: bool) -> bytes:
        weighed = self.decisions.desk.explain(decided) if explain else ()
        return frame(FrameKind.ANSWER, _ENCODER.encode(decision_body(decided, weighed)))
