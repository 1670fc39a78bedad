"""What is asked of the service, as values."""

from datetime import datetime
from typing import Literal

import msgspec

from chengnuo.base.errors import InvalidInputError

Operation = Literal[
    "collect", "store", "use", "process", "transmit", "provide", "disclose", "delete"
]
AgeBand = Literal["under-14", "14-17", "18+", "unknown"]
Account = Literal["guest", "active", "cancelled"]


class QuestionTimeError(InvalidInputError):
    """A question is about an instant without a time zone."""

    code = "question-time"

    def __init__(self) -> None:
        super().__init__("instant `at` of the question has no time zone; expected one, as UTC")


class Question(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One question.

    Attributes:
        person: The operator's account id.
        activity: What it is for.
        categories: What is used; None for all that the activity handles.
        operation: What is done with it.
        recipient: To whom it is provided, if it is.
        publish: Whether it is made public.
        other_use: Whether images from public places are put to another use.
        started: Whether the individual has just started the function themselves.
        gpc: Whether their browser says `Sec-GPC: 1`.
        recent: How often this was done within the unit of the declared frequency.
        at: When, aware; None for now.
        age: Age band, where the operator knows it.
        account: Where the account stands, where the operator knows it.

    """

    person: str
    activity: str
    categories: tuple[str, ...] | None = None
    operation: Operation = "use"
    recipient: str | None = None
    publish: bool = False
    other_use: bool = False
    started: bool = False
    gpc: bool = False
    recent: int | None = None
    at: datetime | None = None
    age: AgeBand | None = None
    account: Account | None = None

    def checked(self) -> "Question":
        """Return itself.

        Raises:
            QuestionTimeError: `at` has no time zone.

        """
        if self.at is not None and self.at.utcoffset() is None:
            raise QuestionTimeError
        return self
