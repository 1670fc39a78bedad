"""Decisions where the service cannot be reached: one signed file of finished answers with an end.

It holds answers, not consents: for one app, a list of questions, and for each person of a list the
answer to each. People stand in it by a pseudonym under a key that travels apart. After its end,
before its beginning, for anybody and anything that is not in it, the answer is no. A file that is
not signed by the key expected, or is for another app, is not opened at all.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from chengnuo.domain.decision.decision import (
    Decision,
    DecisionIsNoBoolError,
    Duty,
    Outcome,
    Ruling,
)
from chengnuo.domain.decision.request import Request
from chengnuo.domain.decision.snapshot_file import (
    ANSWER,
    KEY_BYTES,
    PERSON,
    PSEUDONYM_BYTES,
    Content,
    SnapshotRefusedError,
    Written,
    open_content,
    pseudonym,
    question_text,
)
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.ids import CategoryId


class OfflineWhy(StrEnum):
    """Why an answer came out."""

    HELD = "held"
    """The snapshot holds it."""
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    """The clock is before the making of the snapshot, so one of the two is wrong."""
    UNKNOWN_PERSON = "unknown-person"
    UNKNOWN_QUESTION = "unknown-question"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineAnswer:
    """An answer given offline; anything but `held` refuses, without a rule of the register.

    Attributes:
        decision: Permit, ask or refuse.
        why: Whether the snapshot holds it, and if not, why not.
        register: Version of the register.
        law: Version of the law catalogue.
        position: How many records of the log it takes into account.

    """

    decision: Decision
    why: OfflineWhy
    register: str
    law: str
    position: int

    @property
    def permits(self) -> bool:
        """Tell whether the use may go ahead, with its duties."""
        return self.decision.permits

    def __bool__(self) -> NoReturn:
        raise DecisionIsNoBoolError


_NO = Decision(outcome=Outcome.REFUSE, by=())


class Snapshot:
    """A snapshot opened for use."""

    def __init__(self, content: Content, key: bytes) -> None:
        """Take a content that was checked, and the key of its pseudonyms."""
        self.content = content
        self._key = key
        self._at_most = dict(content.at_most)
        self._number = {text: number for number, text in enumerate(content.questions)}
        self._answers = tuple(_decision(one) for one in content.answers)
        self._people = _People(content.people)

    def decide(self, account: str, request: Request, *, at: int) -> OfflineAnswer:
        """Return the answer about an individual; nothing that is not held is permitted.

        Args:
            account: The operator's account id.
            request: What shall be done.
            at: Microseconds since 1970.

        """
        content = self.content
        why, decision = OfflineWhy.HELD, _NO
        if at >= content.until:
            why = OfflineWhy.EXPIRED
        elif at < content.made:
            why = OfflineWhy.NOT_YET
        else:
            question = self._number.get(question_text(request, self._at_most))
            row = self._people.row(pseudonym(self._key, account))
            if question is None:
                why = OfflineWhy.UNKNOWN_QUESTION
            elif row is None:
                why = OfflineWhy.UNKNOWN_PERSON
            else:
                offset = question * ANSWER.size
                (answer,) = ANSWER.unpack_from(content.rows[row], offset)
                decision = self._answers[answer]
        return OfflineAnswer(
            decision=decision,
            why=why,
            register=content.register,
            law=content.law,
            position=content.position,
        )


class _People:
    """Pseudonyms in their order, found without taking them apart."""

    def __init__(self, people: bytes) -> None:
        self._people = people

    def __len__(self) -> int:
        return len(self._people) // PERSON.size

    def __getitem__(self, number: int) -> bytes:
        start = number * PERSON.size
        return self._people[start : start + PSEUDONYM_BYTES]

    def row(self, wanted: bytes) -> int | None:
        at = bisect_left(self, wanted)
        if at == len(self) or self[at] != wanted:
            return None
        row: int = PERSON.unpack_from(self._people, at * PERSON.size)[1]
        return row


def _decision(one: Written) -> Decision:
    return Decision(
        outcome=one.outcome,
        by=tuple(Ruling(*ruling) for ruling in one.by),
        duties=tuple(Duty(*duty) for duty in one.duties),
        prompt=tuple(map(ConsentItemId, one.prompt)),
        within=tuple(map(CategoryId, one.within)),
    )


def open_snapshot(
    data: bytes, *, app: str, key: bytes, is_signed: Callable[[bytes, bytes], bool]
) -> Snapshot:
    """Return a snapshot for use by an app.

    Args:
        data: The file.
        app: Which app asks.
        key: Key of the pseudonyms.
        is_signed: Tells whether a signature over a message is the expected key's.

    Raises:
        SnapshotRefusedError: It may not be used here, whatever the reason.

    """
    if len(key) != KEY_BYTES:
        raise SnapshotRefusedError("its key has not 32 bytes")
    content = open_content(data, is_signed=is_signed)
    if content.app != app:
        raise SnapshotRefusedError("it is for another app")
    return Snapshot(content, key)
