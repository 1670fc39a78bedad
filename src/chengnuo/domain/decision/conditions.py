"""What of an answer depends on the individual, for one request: conditions that can be sifted by.

Where many people are asked about, whatever holds for all of them is worked out once: rules that
look at register, law and day fail for everybody or for nobody. What is left are conditions on one
individual, each with the ruling that it makes. Somebody of whom none holds is permitted. They are
found by asking the checks of the reference about people who differ in one thing, so no rule is
written down twice; a store that turns them into its own language is held to the reference by
generated cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import Case, case_of, needed_items
from chengnuo.domain.decision.checks import CHECKS
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.decision.reference import CONSENT_RULES, NOT_GIVEN, REFUSED
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import ConsentItem, ConsentItemId
from chengnuo.domain.register.ids import ActivityId, SwitchId
from chengnuo.law.age import GUARDIAN_CONSENT_BELOW_YEARS, AgeBand, first_birth_date_below
from chengnuo.law.consent_form import ConsentForm


@dataclass(frozen=True, slots=True)
class AccountIs:
    """The account stands so."""

    state: AccountState


@dataclass(frozen=True, slots=True)
class IsRestricted:
    """Handling is restricted to storing and protecting."""


@dataclass(frozen=True, slots=True)
class IsSuppressed:
    """Data of theirs were deleted."""


@dataclass(frozen=True, slots=True)
class IsChild:
    """A guardian has to consent for them, or need not."""

    yes: bool = True


@dataclass(frozen=True, slots=True)
class IsOff:
    """A switch is off; who never set it has what the register says."""

    switch: SwitchId
    default_on: bool


@dataclass(frozen=True, slots=True)
class Objects:
    """They refused the handling of their public information for an activity."""

    activity: ActivityId


@dataclass(frozen=True, slots=True)
class Lacks:
    """No consent to an item can be relied on.

    Attributes:
        item: The item.
        by_guardian: Whether a guardian has to have given it.
        refused: Whether it was refused or withdrawn; else nobody gave it, or it ended.

    """

    item: ConsentItemId
    by_guardian: bool
    refused: bool


Test = AccountIs | IsRestricted | IsSuppressed | IsChild | IsOff | Objects | Lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What stands in the way of whoever all tests hold of.

    Attributes:
        ruling: The rule that fails.
        tests: All have to hold.
        asks: Whether asking for consent is the way out, as far as this goes.

    """

    ruling: Ruling
    tests: tuple[Test, ...]
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a consent to an item has to be.

    Attributes:
        item: The item.
        fingerprints: Those that count.
        forms: Those that are enough.

    """

    item: ConsentItemId
    fingerprints: frozenset[str]
    forms: frozenset[ConsentForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Everything that an answer depends on, for one request on one day.

    Attributes:
        always: Rulings that stand in everybody's way.
        some: What stands in the way of some.
        wanted: The consents spoken of.
        child_from: Who was born on this day or later is a child under fourteen.
        child_if_unknown: Whether somebody of unknown age is taken for a child.

    """

    always: tuple[Ruling, ...]
    some: tuple[Condition, ...]
    wanted: tuple[Wanted, ...]
    child_from: date
    child_if_unknown: bool

    def outcome(self, holding: tuple[Condition, ...]) -> Outcome:
        """Return the outcome for somebody of whom some conditions hold."""
        if self.always or any(not one.asks for one in holding):
            return Outcome.REFUSE
        return Outcome.ASK if holding else Outcome.PERMIT


def conditions_of(request: Request, book: Book) -> Conditions:
    """Return what the answer to a request depends on, on the day of a book."""
    activity = book.register.activity_by_id.get(request.activity)
    always: tuple[Ruling, ...] = ()
    some: tuple[Condition, ...] = ()
    wanted: dict[ConsentItemId, Wanted] = {}
    child_if_unknown = False
    if activity is None:
        always = (Ruling(Rule.ACTIVITY, "", "unknown"),)
    elif not request.only_deletes:  # which nothing stands in the way of (Art. 47)
        probe = _Probe(request, activity, book)
        always = tuple(probe.failing(probe.best))
        needed = {item.id: item for item in probe.needed}
        wanted = {item.id: _wanted(item, book) for item in needed.values()}
        some = (*probe.personal(frozenset(always)), *probe.consents())
        child_if_unknown = probe.case(_with_age(probe.best, AgeBand.UNKNOWN)).is_child
    return Conditions(
        always=always,
        some=some,
        wanted=tuple(wanted.values()),
        child_from=first_birth_date_below(GUARDIAN_CONSENT_BELOW_YEARS, book.day),
        child_if_unknown=child_if_unknown,
    )


@dataclass(frozen=True, slots=True)
class _Probe:
    """Asks the checks about people who differ from the best case in one thing."""

    request: Request
    activity: ProcessingActivity
    book: Book

    @property
    def best(self) -> State:
        """Somebody in whose way nothing of their own stands, but consents that are missing."""
        return State(
            individual=Individual(age=AgeBand.ADULT, account=AccountState.ACTIVE),
            switches={one.switch: True for one in self.book.register.switches},
        )

    @property
    def needed(self) -> Iterator[ConsentItem]:
        """The consents that an adult or a child may need."""
        for age in (AgeBand.ADULT, AgeBand.UNDER_14):
            yield from needed_items(self.case(_with_age(self.best, age)))

    def case(self, state: State) -> Case:
        """Return the case of somebody; the instant is of no account to checks."""
        return case_of(self.request, self.activity, state, self.book, 0)

    def failing(self, state: State) -> Iterator[Ruling]:
        """Yield the rulings that fail."""
        case = self.case(state)
        for check in CHECKS:
            yield from (ruling for ruling, holds in check(case) if not holds)

    def personal(self, always: frozenset[Ruling]) -> Iterator[Condition]:
        """Yield what stands in the way of whoever is worse off in one thing."""
        for test, state in self._worse():
            for ruling in self.failing(state):
                if ruling not in always:
                    yield Condition(ruling=ruling, tests=(test,))

    def consents(self) -> Iterator[Condition]:
        """Yield what stands in the way of whoever has not consented."""
        for age in (AgeBand.ADULT, AgeBand.UNDER_14):
            case = self.case(_with_age(self.best, age))
            for item in needed_items(case):
                for refused in (False, True):
                    why = REFUSED if refused else NOT_GIVEN
                    yield Condition(
                        ruling=Ruling(CONSENT_RULES[item.kind], item.id, why),
                        tests=(
                            IsChild(case.is_child),
                            Lacks(item.id, by_guardian=case.is_child, refused=refused),
                        ),
                        asks=not refused or self.request.started,
                    )

    def _worse(self) -> Iterator[tuple[Test, State]]:
        best = self.best
        individual = best.individual
        yield IsSuppressed(), replace(best, individual=replace(individual, suppressed=True))
        yield IsRestricted(), replace(best, individual=replace(individual, restricted=True))
        for account in AccountState:
            found = replace(best, individual=replace(individual, account=account))
            yield AccountIs(account), found
        yield IsChild(), _with_age(best, AgeBand.UNDER_14)
        objecting = frozenset({self.activity.activity})
        yield Objects(self.activity.activity), replace(best, objects_to=objecting)
        for one in self.book.register.switches:
            off = replace(best, switches=best.switches | {one.switch: False})
            yield IsOff(one.switch, one.default_on), off


def _with_age(state: State, age: AgeBand) -> State:
    return replace(state, individual=replace(state.individual, age=age))


def _wanted(item: ConsentItem, book: Book) -> Wanted:
    return Wanted(
        item=item.id,
        fingerprints=book.accepted[item.id],
        forms=frozenset(form for form in ConsentForm if form.meets(item.form)),
    )
