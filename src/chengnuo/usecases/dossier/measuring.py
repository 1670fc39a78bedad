"""What a program measured of an app's surface, entered as a recorded control (292号文).

One dossier for each item goes on from one measurement to the next; the first opens it. What could
not be told is not entered: the board then goes on showing what was found last, until it is stale.
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import MOST_LINE, Value
from chengnuo.domain.dossier.sorts.recorded_control import (
    BEGIN,
    MEASURED_BAD,
    MEASURED_GOOD,
    RECORDED_CONTROL,
)
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.dossier.safeguarding import SHOWN_FOR

_OWNER = "chengnuo surface"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a program found.

    Attributes:
        item: What it looked at, an item of recorded controls.
        is_good: Whether it was as it should be.
        said: How it was measured, and with what result.
        report: SHA-256 of the report, 64 hex digits.

    """

    item: str
    is_good: bool
    said: Text
    report: str


@dataclass(frozen=True, slots=True)
class Entered:
    """Where it was entered.

    Attributes:
        dossier: The dossier.
        position: Its place in the log; None where the log has yet to take it.

    """

    dossier: DossierId
    position: int | None


def enter_measured(desk: DossierDesk, measured: Measured) -> Entered:
    """Enter what was measured today; recorded on return.

    Raises:
        LogUnavailableError: It is kept, and will be recorded.

    """
    today = civil_date(desk.clock.now())
    again = (today + SHOWN_FOR).isoformat()
    every = desk.store.every([RECORDED_CONTROL.id], open_only=True)
    there = [one.id for one in every if one.value("item") == measured.item]
    if there:
        dossier = there[-1]
    else:
        begun: dict[str, Value] = {"item": measured.item, "owner": _OWNER, "first-due": again}
        dossier = desk.open(RECORDED_CONTROL.id, BEGIN, SERVICE, begun).dossier.id
    fields: dict[str, Value] = {
        "done-on": today.isoformat(),
        "evidence": f"{measured.said.zh} {measured.said.en}"[:MOST_LINE],
        "file": measured.report,
        "next-due": again,
    }
    what = MEASURED_GOOD if measured.is_good else MEASURED_BAD
    seen = desk.act(dossier, what, SERVICE, fields)
    return Entered(dossier, seen.dossier.acts[-1].position)
