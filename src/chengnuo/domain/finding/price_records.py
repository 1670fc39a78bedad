"""What recorded audits and probes say, as the controls over prices and off-switches see it.

Plain values: whoever makes them has read the statements and held each to its digest in the log.
"""

from dataclasses import dataclass
from enum import StrEnum


class Shown(StrEnum):
    """What a statement shows."""

    FOUND = "found"
    ABSENT = "absent"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSeen:
    """An audit of a log of prices.

    Attributes:
        position: Position of the record of its statement.
        days: How many days ago it was recorded.
        declares: What tells audits of one specification from those of another.
        shown: What it shows; absent only where every leg of the proof holds.
        quotes: Quotes that it rests on.

    """

    position: int
    days: int
    declares: str
    shown: Shown
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeSeen:
    """A probe of an endpoint.

    Attributes:
        position: Position of the record of its statement.
        days: How many days ago it was recorded.
        name: Name of the probe.
        activity: Activity that the endpoint belongs to.
        of_switch: Whether it probes the off-switch, and not twins.
        of_list: Whether it compares ranked lists, and not prices or terms.
        shown: What it shows.
        differs_on: Whether answers differed with the switch on; None where that was not asked.

    """

    position: int
    days: int
    name: str
    activity: str
    of_switch: bool
    of_list: bool
    shown: Shown
    differs_on: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRecords:
    """What was recorded of prices and off-switches.

    Attributes:
        audits: Audits, newest first.
        probes: Probes, newest first.
        unkept: Positions of statements about either that are not kept, or not as recorded.
        priced: Activities of the register on which prices or terms depend automatically.
        priced_by_switch: Of these, the ones with an off-switch.
        ranked_by_switch: Activities that show, rank or advertise, with an off-switch.
        too_many: Never so: every statement is looked at, however many there are.

    """

    audits: tuple[AuditSeen, ...] = ()
    probes: tuple[ProbeSeen, ...] = ()
    unkept: tuple[int, ...] = ()
    priced: frozenset[str] = frozenset()
    priced_by_switch: frozenset[str] = frozenset()
    ranked_by_switch: frozenset[str] = frozenset()
    too_many: bool = False
