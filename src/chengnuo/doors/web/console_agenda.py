"""What runs out and when: the dates of a register that somebody has to act on.

Reads dates off the register's rows and puts them in order. What a missed date means is the
rules' business; here it only says which row, which date, and how long is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register


class DueKind(StrEnum):
    """What runs out."""

    ASSESSMENT = "assessment"
    AGREEMENT = "agreement"
    WAIVER = "waiver"
    VETTING = "vetting"
    CROSS_BORDER = "cross-border"
    AUDIT = "audit"
    CONSENT = "consent"


class Horizon(StrEnum):
    """How soon, as a person plans."""

    OVERDUE = "overdue"
    MONTH = "month"
    QUARTER = "quarter"
    LATER = "later"


_MONTH_DAYS = 30
_QUARTER_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One date to act by.

    Attributes:
        kind: What runs out.
        row: Row of the register that says so.
        on: Last day on which it still holds.
        days_left: Days from today to that day; negative when it has passed.

    """

    kind: DueKind
    row: RowRef
    on: date
    days_left: int

    @property
    def horizon(self) -> Horizon:
        """How soon; the last day itself still counts as in time."""
        if self.days_left < 0:
            return Horizon.OVERDUE
        if self.days_left <= _MONTH_DAYS:
            return Horizon.MONTH
        return Horizon.QUARTER if self.days_left <= _QUARTER_DAYS else Horizon.LATER


def agenda(register: Register, today: date) -> tuple[Due, ...]:
    """Return every date to act by, the earliest first."""
    dues = [
        Due(kind=kind, row=row, on=on, days_left=(on - today).days)
        for kind, row, on in _dates(register)
    ]
    return tuple(sorted(dues, key=lambda due: (due.on, due.row, due.kind)))


def _dates(register: Register) -> Iterator[tuple[DueKind, RowRef, date]]:
    handler = register.handler
    if handler.audits is not None and handler.audits.next is not None:
        yield DueKind.AUDIT, RowRef("handler", handler.handler), handler.audits.next
    for assessment in register.assessments:
        if assessment.valid_until is not None:
            row = RowRef("assessment", assessment.assessment)
            yield DueKind.ASSESSMENT, row, assessment.valid_until
    for activity in register.activities:
        for item in activity.also_in_force:
            yield DueKind.CONSENT, RowRef("activity", activity.activity), item.until
    yield from _dates_of_parties(register)


def _dates_of_parties(register: Register) -> Iterator[tuple[DueKind, RowRef, date]]:
    for agreement in register.agreements:
        if agreement.expires is not None:
            yield DueKind.AGREEMENT, RowRef("agreement", agreement.agreement), agreement.expires
    for waiver in register.sdk_waivers:
        yield DueKind.WAIVER, RowRef("sdk_waiver", waiver.sdk_waiver), waiver.expires
    for recipient in register.recipients:
        row = RowRef("recipient", recipient.recipient)
        if recipient.vetting is not None:
            yield DueKind.VETTING, row, recipient.vetting.until
        if recipient.cross_border is not None and recipient.cross_border.until is not None:
            yield DueKind.CROSS_BORDER, row, recipient.cross_border.until
