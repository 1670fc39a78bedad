"""A length of time as the register writes it: an ISO 8601 duration in whole calendar units.

`P30D`, `P6M`, `P3Y`, `P2W`, `PT24H`, `P1Y6M`. Months and years stay what they are: three years
are not 1,095 days, so a period is never turned into seconds behind the reader's back.
"""

import re
from dataclasses import dataclass
from typing import Self

from chengnuo.base.errors import InvalidInputError

_FORM = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?"
    r"(?:(?P<days>\d{1,5})D)?(?:T(?=.)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?)?"
)

_UNITS = (
    ("years", " 年", "year"),
    ("months", " 个月", "month"),
    ("weeks", " 周", "week"),
    ("days", " 天", "day"),
    ("hours", " 小时", "hour"),
    ("minutes", " 分钟", "minute"),
)


class WrongPeriodError(InvalidInputError):
    """A text is not an ISO 8601 duration of at least one minute."""

    code = "wrong-period"

    def __init__(self, given: str) -> None:
        super().__init__(f"`{given[:40]}` is not a period; expected an ISO 8601 duration as `P30D`")
        self.given = given


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A duration in calendar units; at least one of them is above zero."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 duration (section 5.5.2.2, without seconds and fractions).

        Raises:
            WrongPeriodError: The text has another form, or comes to nothing (`P0D`).

        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise WrongPeriodError(text)
        period = cls(**{unit: int(given) for unit, given in match.groupdict("0").items()})
        if period == cls():
            raise WrongPeriodError(text)
        return period

    def __str__(self) -> str:
        date = "".join(
            f"{count}{letter}"
            for count, letter in (
                (self.years, "Y"),
                (self.months, "M"),
                (self.weeks, "W"),
                (self.days, "D"),
            )
            if count
        )
        time = "".join(
            f"{count}{letter}"
            for count, letter in ((self.hours, "H"), (self.minutes, "M"))
            if count
        )
        return f"P{date}" + (f"T{time}" if time else "")

    def approximate_days(self) -> float:
        """Return about how many days this is, for comparing two periods; never for a date."""
        return (
            self.years * 365.25
            + self.months * 30.4375
            + self.weeks * 7
            + self.days
            + self.hours / 24
            + self.minutes / 1440
        )

    def in_words(self, *, chinese: bool) -> str:
        """Return the period as a person would say it: `1 年 6 个月`, `30 days`."""
        counted = [(getattr(self, unit), zh, en) for unit, zh, en in _UNITS if getattr(self, unit)]
        if chinese:
            return " ".join(f"{count}{zh}" for count, zh, _ in counted)
        return " ".join(f"{count} {en}{'s' if count > 1 else ''}" for count, _, en in counted)
