"""The lessons of an incident: each has a number and a day, and is open until it is carried out."""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.dossier.dossier import Dossier

LEARN, LEARNT = "learn", "learnt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What has to change after an incident.

    Attributes:
        number: From 1, in the order in which they were entered.
        due: By when.
        activity: Activity of the register that it is about; empty for none.
        root_cause: Sort of cause; empty where none was said.
        is_open: Whether nobody said yet that it was carried out.

    """

    number: int
    due: date
    activity: str = ""
    root_cause: str = ""
    is_open: bool = True


def lessons_of(dossier: Dossier) -> tuple[Lesson, ...]:
    """Return the lessons of an incident.

    What was carried out names its number; where it names none it is the first that was open then.
    """
    found: list[Lesson] = []
    closed: set[int] = set()
    for act in dossier.acts:
        if act.what == LEARN:
            found.append(
                Lesson(
                    number=len(found) + 1,
                    due=date.fromisoformat(str(act.fields["due"])),
                    activity=str(act.fields.get("activity", "")),
                    root_cause=str(act.fields.get("root-cause", "")),
                )
            )
        elif act.what == LEARNT:
            named = act.fields.get("lesson-number")
            still = [one.number for one in found if one.number not in closed]
            closed.add(named if isinstance(named, int) else min(still, default=0))
    return tuple(
        Lesson(
            number=one.number,
            due=one.due,
            activity=one.activity,
            root_cause=one.root_cause,
            is_open=one.number not in closed,
        )
        for one in found
    )


def first_open_day(dossier: Dossier) -> date | None:
    """Return by when the next lesson has to be carried out; None once all are."""
    return min((one.due for one in lessons_of(dossier) if one.is_open), default=None)
