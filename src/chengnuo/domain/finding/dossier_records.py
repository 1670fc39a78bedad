"""What dossiers say of themselves, as the controls over them see it; nobody is named."""

from dataclasses import dataclass
from datetime import date

from chengnuo.base.text import Text
from chengnuo.domain.dossier.lessons import Lesson


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
        activity: The first activity of the register that names it; empty where none does.

    """

    assessment: str
    done: date
    dossier: str = ""
    approved: date | None = None
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSeen:
    """What was found last of one thing that people or a program look at.

    Attributes:
        dossier: Its dossier.
        item: What is looked at.
        state: Id of the state that it is in.
        on: Civil day of the last look, or of the decision that it does not apply.
        why: Why it does not apply; empty otherwise.
        stale: Whether it should have been looked at again by now.

    """

    dossier: str
    item: str
    state: str
    on: date
    why: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineSeen:
    """A month of the hotline, beside the targets of the catalogue.

    Attributes:
        dossier: The newest entry of it.
        first: First day of the month.
        mean_wait_s: Average wait in seconds.
        most_wait_s: What it may be at most.
        answered: Share of the calls that a person answered, from 0 to 1.
        more_than: What that has to exceed.

    """

    dossier: str
    first: date
    mean_wait_s: int
    most_wait_s: int
    answered: float
    more_than: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSeen:
    """An incident, or a drill of one, with its lessons.

    Attributes:
        dossier: Its id.
        opened: Civil day on which it was opened.
        lessons: What has to change after it.
        drill: Whether it is a drill.

    """

    dossier: str
    opened: date
    lessons: tuple[Lesson, ...]
    drill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecords:
    """The dossiers of a period and those that are open.

    Attributes:
        dossiers: The newest first.
        assessments: The impact assessments of the register in force.
        recorded: Things that people or a program look at, one each, as found last.
        hotline: The months of the hotline that are over and at most a quarter old.
        incidents: Incidents of the last year and those with lessons left, the newest first.
        on: Civil day of the look; None where no lesson is looked at.
        too_many: Whether there are more than are looked at in one go.

    """

    dossiers: tuple[DossierSeen, ...]
    assessments: tuple[AssessmentSeen, ...] = ()
    recorded: tuple[RecordedSeen, ...] = ()
    hotline: tuple[HotlineSeen, ...] = ()
    incidents: tuple[IncidentSeen, ...] = ()
    on: date | None = None
    too_many: bool = False
