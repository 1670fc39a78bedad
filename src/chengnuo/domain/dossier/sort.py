"""A sort of dossier as a table: its states, the acts that lead from one to the next, its clocks.

Everything that is done about a matter of duty (a complaint, an incident, an assessment) is an act.
A sort says who may do which act in which state, what is said in it, and by when; pages, forms,
the API and the rights of each role are made from it, so that they cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import FieldSort, Value
from chengnuo.domain.dossier.party import Party
from chengnuo.law.ids import DutyId, FigureId

NOT_OPENED = ""
"""The state before the first act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSort:
    """A state.

    Attributes:
        id: In kebab-case.
        text: What people call it.
        final: Whether the matter is at its end; acts after it do not move it, but may reopen it.

    """

    id: str
    text: Text
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSort:
    """Something that is done in a dossier.

    Attributes:
        what: Its id in kebab-case.
        text: What the button says.
        by: Who may do it.
        after: States in which it may be done; `NOT_OPENED` for what opens a dossier.
        to: State it leads to; None leaves the state as it is.
        fields: What is said in it.
        not_by_author_of: Acts whose author must be another person, once there are two (four eyes).
        shown: Whether the individual concerned sees it.
        hint: What follows from it; shown before it is done.
        check: Says why it cannot be done as given, or None.

    """

    what: str
    text: Text
    by: frozenset[Party]
    after: frozenset[str]
    to: str | None = None
    fields: tuple[FieldSort, ...] = ()
    not_by_author_of: frozenset[str] = frozenset()
    shown: bool = False
    hint: Text | None = None
    check: Callable[[Dossier | None, Mapping[str, Value]], Text | None] | None = None

    @property
    def opens(self) -> bool:
        """Tell whether it opens a dossier."""
        return NOT_OPENED in self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSort:
    """A deadline that an act sets running.

    Attributes:
        id: In kebab-case.
        text: What has to be done.
        figure: The figure of the catalogue that says by when; None where a field of the starting
            act does.
        until_field: That field: the last day.
        starts: Acts that set it running; a later one sets it running anew.
        stops: Acts that end it.
        from_field: Field of the starting act that holds the day or instant it counts from; empty
            for the instant of the act.
        moved_by: Acts that say an earlier one in that field, and move the start back to it.
        extended_by: Acts that allow the same length once more.
        runs: Tells whether it runs at all in a dossier.
        open_until: Returns the first day among several that run at once; None once none is left.

    """

    id: str
    text: Text
    starts: frozenset[str]
    stops: frozenset[str]
    figure: FigureId | None = None
    until_field: str = ""
    from_field: str = ""
    moved_by: frozenset[str] = frozenset()
    extended_by: frozenset[str] = frozenset()
    runs: Callable[[Dossier], bool] | None = None
    open_until: Callable[[Dossier], date | None] | None = None


class StepWhen(StrEnum):
    """At which point of a deadline the service steps in."""

    HALF = "half"
    """Half of its working days, or of its hours, are over."""
    LAST_DAY = "last-day"
    """Its last day has begun."""
    OVERDUE = "overdue"
    """It has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSort:
    """A step up to the next office that the service takes by itself, once for each running clock.

    Attributes:
        when: At which point.
        clock: Id of the deadline.
        to: The office that has to look now, as the act says it.
        unless: Acts after which it is not taken.

    """

    when: StepWhen
    clock: str
    to: str
    unless: frozenset[str] = frozenset()


class Concerns(StrEnum):
    """Whom a dossier is about."""

    NOBODY = "nobody"
    ONE = "one"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSort:
    """A sort of dossier.

    Attributes:
        id: In kebab-case; stands in every record.
        prefix: Two letters that ids of its dossiers begin with.
        path: What the address of its list ends with.
        text: What people call one of them.
        lead: What it is for.
        rests_on: Duties it serves.
        states: Its states.
        acts: What can be done in it.
        clocks: Its deadlines.
        steps: What the service does by itself as they run out, the mildest first.
        concerns: Whom it is about.
        title_from: Field of the opening act that tells it from others; empty for none.
        reads: Who of the staff may read it.
        by_key: Whether programs with a key may see and act in it.
        kept: How long its private fields are kept after its end; None for no end.

    """

    id: str
    prefix: str
    path: str
    text: Text
    lead: Text
    rests_on: tuple[DutyId, ...]
    states: tuple[StateSort, ...]
    acts: tuple[ActSort, ...]
    clocks: tuple[ClockSort, ...] = ()
    steps: tuple[StepSort, ...] = ()
    concerns: Concerns = Concerns.NOBODY
    title_from: str = ""
    reads: frozenset[Party] = field(
        default_factory=lambda: frozenset({Party.STAFF, Party.REVIEWER, Party.AUDITOR})
    )
    by_key: bool = True
    kept: Period | None = None

    def act(self, what: str) -> ActSort | None:
        """Return an act by its id, or None."""
        return next((act for act in self.acts if act.what == what), None)

    def state(self, state: str) -> StateSort:
        """Return a state that the sort has."""
        return next(one for one in self.states if one.id == state)

    def open_acts(self, state: str, party: Party) -> tuple[ActSort, ...]:
        """Return what somebody may do in a state, in the order of the table."""
        return tuple(act for act in self.acts if state in act.after and party in act.by)
