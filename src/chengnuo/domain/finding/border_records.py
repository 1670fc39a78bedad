"""What was counted of information that went abroad this year, as the controls over it see it.

Plain values without anybody's name or number: whoever makes them has counted, and asked which
route the counts call for.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class WentAbroad:
    """What went to one recipient this year.

    Attributes:
        recipient: Its id.
        name: Its name (Chinese).
        general: Distinct individuals whose general information went, what is exempt included.
        sensitive: The same of sensitive information.
        route: The route that the register declares; empty where it declares none, or no longer has
            such a recipient abroad.
        suffices: Whether that route is enough for all who were counted, over all recipients.
        until: Last day of the route; None where it has none.
        declared_general: How many a year the register declares; None where it does not say.
        declared_sensitive: The same of sensitive information.

    """

    recipient: str
    name: str
    general: int
    sensitive: int
    route: str
    suffices: bool
    until: date | None = None
    declared_general: int | None = None
    declared_sensitive: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderRecords:
    """The civil year so far.

    Attributes:
        today: Civil day of looking.
        position: The last record that is counted; -1 where there is none.
        general: Distinct individuals over all recipients, general information.
        sensitive: The same, sensitive information.
        went: Every recipient to whom something went.
        declared: How many recipients abroad the register declares.
        too_many: Whether there is more than is looked at in one go.

    """

    today: date
    position: int = -1
    general: int = 0
    sensitive: int = 0
    went: tuple[WentAbroad, ...] = ()
    declared: int = 0
    too_many: bool = False
