"""What the requests of a period say of themselves, as the controls over requests see it.

Plain values without anybody's name: whoever makes them has read each request and computed its
deadlines on the official calendar.
"""

from dataclasses import dataclass
from datetime import date

from chengnuo.law.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class RightSeen:
    """One request that was made, not taken back, and ended in the period or is overdue.

    Attributes:
        request: Its id.
        right: Which right.
        received: Civil date on which it came in.
        due: Last day for the answer, extensions included; the earliest one while the calendar
            does not reach so far.
        within_15: Last of the fifteen working days of 191号文 6.3; likewise.
        closed: Civil date of the answer; None while it is open.
        copies: How many copies to take home were handed out.
        looked_again: Stores that were changed and looked at again afterwards.
        not_looked: Stores that were changed and not looked at again.
        residue: Rows found afterwards that should not have been there.

    """

    request: str
    right: Right
    received: date
    due: date
    within_15: date
    closed: date | None
    copies: int = 0
    looked_again: int = 0
    not_looked: int = 0
    residue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRecords:
    """The requests of a period.

    Attributes:
        today: Civil date of looking.
        requests: The newest first.
        told: How many parties outside were told of something.
        unconfirmed: The request of each that nobody confirmed in time.
        too_many: Whether there are more than are looked at in one go.

    """

    today: date
    requests: tuple[RightSeen, ...]
    told: int = 0
    unconfirmed: tuple[str, ...] = ()
    too_many: bool = False
