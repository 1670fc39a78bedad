"""By what the queue of requests about rights is narrowed, and how many there are of each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chengnuo.doors.web.console_rights_words import PATH


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """By what the lines are narrowed; empty for all that are open."""

    stage: str = ""
    overdue: bool = False
    right: str = ""
    by: str = ""

    def href(self, **other: str | bool) -> str:
        """Return the address of the queue narrowed likewise but for what is said otherwise."""
        wanted = {
            name: "yes" if value is True else str(value)
            for name, value in (self.asked | other).items()
            if value
        }
        return f"{PATH}?{urlencode(wanted)}" if wanted else PATH

    @property
    def asked(self) -> dict[str, str]:
        """What stands in the address of the queue."""
        overdue = "yes" if self.overdue else ""
        return {"stage": self.stage, "overdue": overdue, "right": self.right, "by": self.by}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """How many open requests there are, counted where they are kept.

    Attributes:
        open: All that are open.
        overdue: Those past their last day.
        needs_release: Those whose plan waits for a reviewer.
        parked: Those that stand still.
        tasks: What is to be done by hand.

    """

    open: int
    overdue: int
    needs_release: int
    parked: int
    tasks: int
