"""What dossiers say of themselves, as the controls over them see it; nobody is named."""

from dataclasses import dataclass
from datetime import date

from chengnuo.base.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LateClock:
    """A deadline that was or is missed.

    Attributes:
        text: What has to be done.
        due: Last day; None where it is due at once or within hours.
        met: Whether it was done since.

    """

    text: Text
    due: date | None
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSeen:
    """One dossier of a period, or one that is open.

    Attributes:
        dossier: Its id.
        sort: Id of its sort.
        state: Id of its state.
        state_text: What that is called.
        opened: Civil day on which it was opened.
        cause: What a complaint is about, as it was mapped last; empty for other sorts.
        activity: Activity of the register that it is about; empty for none.
        clocks: How many deadlines it has.
        late: Those that were or are missed.

    """

    dossier: str
    sort: str
    state: str
    state_text: Text
    opened: date
    cause: str = ""
    activity: str = ""
    clocks: int = 0
    late: tuple[LateClock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSeen:
    """An impact assessment of the register, beside its approval in the log.

    Attributes:
        assessment: Id of its row.
        done: Day on which the register says that it was signed off.
        dossier: Dossier in which it was approved; empty for none.
        approved: Civil day of the first approval, by the log; None for none.

    """

    assessment: str
    done: date
    dossier: str = ""
    approved: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecords:
    """The dossiers of a period and those that are open.

    Attributes:
        dossiers: The newest first.
        assessments: The impact assessments of the register in force.
        too_many: Whether there are more than are looked at in one go.

    """

    dossiers: tuple[DossierSeen, ...]
    assessments: tuple[AssessmentSeen, ...] = ()
    too_many: bool = False
