"""Values that a register writes as one word: how often, and how long."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.period import Period


class WrongFrequencyError(InvalidInputError):
    """A text is not of the form `3 per day`."""

    code = "wrong-frequency"

    def __init__(self, given: str) -> None:
        super().__init__(f"`{given[:40]}` is not a frequency; expected a form as `3 per day`")


class Per(StrEnum):
    """The unit of time of a frequency."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    USE = "use"


_FREQUENCY = re.compile(r"(\d{1,6}) per (second|minute|hour|day|week|month|use)")


@dataclass(frozen=True, slots=True)
class Frequency:
    """At most `count` times in each unit of time; `per use` counts uses of the function."""

    count: int
    per: Per

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1 per minute`.

        Raises:
            WrongFrequencyError: The text has another form, or the count is zero.

        """
        match = _FREQUENCY.fullmatch(text)
        if match is None or int(match[1]) == 0:
            raise WrongFrequencyError(text)
        return cls(int(match[1]), Per(match[2]))

    def __str__(self) -> str:
        return f"{self.count} per {self.per}"


FOREVER = "forever"


@dataclass(frozen=True, slots=True)
class Keep:
    """How long something is kept; `forever` can be written so that a rule can object to it."""

    period: Period | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 duration or the word `forever`.

        Raises:
            WrongPeriodError: It is neither.

        """
        return cls(None if text == FOREVER else Period.parse(text))

    def __str__(self) -> str:
        return FOREVER if self.period is None else str(self.period)
