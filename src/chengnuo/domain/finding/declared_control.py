"""What every control says of itself, whatever it looks at: for what, on what, how often.

A control has its own interval: at least so often its run is recorded. A running service looks
every hour, and records what it finds at once where that is not what it found before, so that the
log is neither silent nor flooded. A run that is older than the interval, with an hour's allowance
for the service to come round to it, is stale: it says what was so, and no longer what is.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chengnuo.base.text import Text
from chengnuo.law.ids import DutyId

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
LOOK_EVERY: Final = HOUR
"""How often a running service looks; what it finds unchanged is not recorded again so soon."""
_ALLOWANCE: Final = HOUR
"""How late a run may come before the one before it is stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredControl:
    """What every control says of itself.

    Attributes:
        id: Stable id in kebab-case.
        duties: Rows of the pledge board that it is evidence for.
        title: What it makes sure of.
        looks_at: On what.
        fails_when: What counts as failing.
        every: How often a run is recorded at least.
        formerly: Ids that it had in earlier versions of this program. What was found wrong under
            one of them stays so until it has run; that it passed under it shows nothing.

    """

    id: str
    duties: tuple[DutyId, ...]
    title: Text
    looks_at: Text
    fails_when: Text
    every: timedelta = DAY
    formerly: tuple[str, ...] = ()

    @property
    def how_often(self) -> Text:
        """When it runs."""
        return _OFTEN[self.every]

    @property
    def fresh_for(self) -> timedelta:
        """How long a run counts; when older, it is stale."""
        return self.every + _ALLOWANCE


_OFTEN = {HOUR: Text("每小时", "Every hour"), DAY: Text("每天", "Every day")}
