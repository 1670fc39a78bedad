"""The period of an audit pack, as people write it: a year, a quarter, a month, or two days.

Days are civil days at +08:00; both ends belong to the period.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.law.civil import end_of, start_of

_FORMS = re.compile(
    r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
    r"|(?P<first>\d{4}-\d\d-\d\d)\.\.(?P<last>\d{4}-\d\d-\d\d)",
    re.ASCII,
)
_QUARTER, _MONTHS = 3, 12
_EARLIEST = date(1970, 1, 2)
MOST_DAYS = 1100
"""Three years; the Measures for Compliance Audits ask for one every two years at least."""


class AuditPeriodError(InvalidInputError):
    """The period of an audit pack has a wrong form, ends before it begins, or is too long."""

    code = "audit-period"

    def __init__(self, given: str) -> None:
        super().__init__(
            f"`{given[:60]}` is no period of at most {MOST_DAYS} days; expected `2026Q4`, `2026`,"
            " `2026-11` or `2026-10-01..2026-12-31`"
        )


@dataclass(frozen=True, slots=True)
class AuditPeriod:
    """First and last civil day, both of them included."""

    first: date
    last: date

    @property
    def start(self) -> int:
        """First instant, microseconds since 1970."""
        return to_us(start_of(self.first))

    @property
    def end(self) -> int:
        """Last instant, microseconds since 1970."""
        return to_us(end_of(self.last)) - 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


def audit_period(given: str) -> AuditPeriod:
    """Return the period that somebody wrote.

    >>> str(audit_period("2026Q4"))
    '2026-10-01..2026-12-31'
    >>> str(audit_period("2024-02"))
    '2024-02-01..2024-02-29'

    Raises:
        AuditPeriodError: It has another form, ends before it begins, or is too long.

    """
    found = _FORMS.fullmatch(given.strip())
    if found is None:
        raise AuditPeriodError(given)
    try:
        if found["first"]:
            first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
        else:
            first, last = _months(found)
    except (ValueError, OverflowError):
        raise AuditPeriodError(given) from None
    if first < _EARLIEST or not timedelta() <= last - first < timedelta(days=MOST_DAYS):
        raise AuditPeriodError(given)
    return AuditPeriod(first, last)


def _months(found: re.Match[str]) -> tuple[date, date]:
    begin, count = 1, _MONTHS
    if found["quarter"]:
        begin, count = (int(found["quarter"]) - 1) * _QUARTER + 1, _QUARTER
    elif found["month"]:
        begin, count = int(found["month"]), 1
    after = int(found["year"]) * _MONTHS + begin - 1 + count
    following = date(after // _MONTHS, after % _MONTHS + 1, 1)
    return date(int(found["year"]), begin, 1), following - timedelta(days=1)
