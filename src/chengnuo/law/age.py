"""Full years of age and age bands, in civil dates.

A year of age is full from the day after the birthday, not on it (周岁 as the courts count it;
Civil Code Arts. 201 and 202: the day of birth does not count, the period ends with the matching
day). On the fourteenth birthday a person is still under fourteen, which is also the protective
reading. Born on 29 February: where a year has no such day the last day of the month stands for
it, so the new age begins on 1 March in every year.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text

GUARDIAN_CONSENT_BELOW_YEARS = 14
ADULT_FROM_YEARS = 18
OLDEST_YEARS = 150
"""Older than anybody can be; sample people are born before 1900, so that they are nobody."""


class BirthDateInFutureError(InvalidInputError):
    """A birth date is after the day asked about; the message names no date."""

    code: ClassVar[str] = "birth-date-in-future"

    def __init__(self) -> None:
        super().__init__("birth date is after the day asked about; expected an earlier day")


class BirthDateAbsurdError(InvalidInputError):
    """A birth date makes somebody older than anybody ever was; the message names no date.

    A placeholder, as 0001-01-01, would make an adult of a child.
    """

    code: ClassVar[str] = "birth-date-absurd"

    def __init__(self) -> None:
        super().__init__("birth date makes somebody older than anybody; leave out what is unknown")


class AgeBand(StrEnum):
    """The bands that rules key on (PIPL Art. 31; Regulation on the Protection of Minors Online)."""

    UNDER_14 = "under-14"
    FROM_14_TO_17 = "14-17"
    ADULT = "18+"
    UNKNOWN = "unknown"

    @property
    def is_minor(self) -> bool:
        """Tell whether the person is known to be under eighteen."""
        return self in {AgeBand.UNDER_14, AgeBand.FROM_14_TO_17}

    @property
    def text(self) -> Text:
        """Return the words shown for it."""
        return _TEXTS[self]


def age_on(birth_date: date, day: date) -> int:
    """Return how many years of age are full on a day.

    Raises:
        BirthDateInFutureError: The birth date is after the day.

    >>> age_on(date(2012, 6, 1), date(2026, 6, 1)), age_on(date(2012, 6, 1), date(2026, 6, 2))
    (13, 14)

    """
    if birth_date > day:
        raise BirthDateInFutureError
    years = day.year - birth_date.year
    if years == 0:
        return 0
    return years if day > _birthday(birth_date, day.year) else years - 1


def refuse_impossible(birth_date: date | None, day: date) -> None:
    """Refuse a birth date that nobody known on a day can have; None is not known.

    Raises:
        BirthDateInFutureError: The birth date is after the day.
        BirthDateAbsurdError: They would be 150 or over.

    """
    if birth_date is not None and age_on(birth_date, day) >= OLDEST_YEARS:
        raise BirthDateAbsurdError


def full_from(birth_date: date, years: int) -> date:
    """Return the first day on which so many years of age are full (`years` at least 1)."""
    return _birthday(birth_date, birth_date.year + years) + timedelta(days=1)


def first_birth_date_below(years: int, day: date) -> date:
    """Return the earliest birth date of somebody whose so many years are not full on a day.

    >>> first_birth_date_below(14, date(2026, 6, 1)), first_birth_date_below(14, date(2026, 3, 1))
    (datetime.date(2012, 6, 1), datetime.date(2012, 3, 1))

    """
    earlier = _birthday(day, day.year - years) - timedelta(days=2)
    days = (earlier + timedelta(days=ahead) for ahead in range(6))
    return next(born for born in days if age_on(born, day) < years)


def age_band(birth_date: date | None, day: date) -> AgeBand:
    """Return the band of a person on a day; `UNKNOWN` if the birth date is not known.

    Raises:
        BirthDateInFutureError: The birth date is after the day.

    """
    if birth_date is None:
        return AgeBand.UNKNOWN
    age = age_on(birth_date, day)
    if age < GUARDIAN_CONSENT_BELOW_YEARS:
        return AgeBand.UNDER_14
    return AgeBand.FROM_14_TO_17 if age < ADULT_FROM_YEARS else AgeBand.ADULT


def _birthday(birth_date: date, year: int) -> date:
    last = monthrange(year, birth_date.month)[1]
    return date(year, birth_date.month, min(birth_date.day, last))


_TEXTS = {
    AgeBand.UNDER_14: Text("不满十四周岁", "under fourteen"),
    AgeBand.FROM_14_TO_17: Text("十四至十七周岁", "fourteen to seventeen"),
    AgeBand.ADULT: Text("已满十八周岁", "eighteen or over"),
    AgeBand.UNKNOWN: Text("年龄未知", "age unknown"),
}
