"""Which of many people something may be done with now, and why not with the others.

The list is looked at batch by batch, so it may be of any length. What was decided is recorded, if
asked for, as one record: how many, how many permitted, and a root over every single outcome, from
which the outcome of one person can be shown later (RFC 9162 section 2.1).

Asking about each person is the meaning. Where the state is kept in a store that can sift, and
lacks nothing of the log, the store is asked about ten thousand at a time, which is the same and
many times as fast; whoever it cannot settle is asked about as everybody else would be.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol, TypeVar

from chengnuo.base.instant import from_us
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.conditions import Conditions, conditions_of
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.decision.outcome_leaf import outcome_leaf
from chengnuo.domain.decision.request import Request
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId, MatterKind
from chengnuo.domain.register.ids import RecipientId
from chengnuo.engines.merkle.tree import grow, root_of
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import CategoryId
from chengnuo.ports.batches import Standing
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.sifting import Sifted, Sifter
from chengnuo.usecases.decision.answering import NOTHING_STATED, Question, Stated
from chengnuo.usecases.decision.desk import MOST_ASKED, DecisionDesk, NotRecordedError
from chengnuo.usecases.evidence.recording import Rows

T = TypeVar("T")

SIFTED_AT_ONCE = 10_000
"""People whom the store is asked about in one statement."""
Pair = tuple[str, PersonKey]
"""An account id with the key under which the person is known."""


class SiftedState(Sifter, Protocol):
    """A kept state that can say whether anything of the log is missing in it."""

    def level(self) -> int | None:
        """Return how far the state goes if what comes after changes nothing in it, else None.

        Raises:
            UnavailableError: Log or state cannot be read.

        """
        ...

    def is_erased(self, person: PersonKey) -> bool:
        """Tell whether keys of somebody were destroyed; the store may know them no more."""
        ...


@dataclass(slots=True)
class Tally:
    """What came out, added up as it goes.

    Attributes:
        outcomes: How many of each.
        reasons: For those left out, how often each rule on each row stood in the way; somebody
            counts under every rule that did.
        size: How many were looked at.
        frontier: Complete subtrees over the outcomes so far.

    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[tuple[Outcome, Ruling]] = field(default_factory=Counter)
    size: int = 0
    frontier: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> str:
        """Root over the outcomes, in hex."""
        return root_of(self.frontier).hex()

    @property
    def permitted(self) -> int:
        """How many may be processed."""
        return self.outcomes[Outcome.PERMIT]

    def counted(self, standings: Iterable[Standing]) -> list[Outcome]:
        """Count why some are left out, and return the outcomes."""
        found = list(standings)
        for one in found:
            self.reasons.update((one.outcome, ruling) for ruling in one.by)
        return [one.outcome for one in found]

    def add(self, person: PersonKey, outcome: Outcome) -> None:
        """Take one outcome in."""
        self.outcomes[outcome] += 1
        for _ in grow(self.frontier, self.size, outcome_leaf(person, outcome)):
            pass
        self.size += 1


def request_of(item: str, book: Book) -> Request:
    """Return the request that rests on a consent item.

    Raises:
        NoSuchConsentItemError: The register has no such item.

    """
    found = book.item_by_id.get(ConsentItemId(item))
    if found is None:
        raise NoSuchConsentItemError(item)
    activity = book.register.activity_by_id[found.activity]
    about = found.about or ""
    match found.kind:
        case MatterKind.SENSITIVE:
            return Request(activity=found.activity, categories=frozenset({CategoryId(about)}))
        case MatterKind.PROVISION | MatterKind.OVERSEAS:
            return Request(activity=found.activity, recipient=RecipientId(about))
        case MatterKind.PUBLICATION:
            return Request(activity=found.activity, publish=True)
        case MatterKind.PUBLIC_IMAGE:
            return Request(activity=found.activity, other_use=True)
        case MatterKind.MINORS:
            return Request(activity=found.activity)
        case MatterKind.GENERAL:
            plain = set(activity.categories) - book.sensitive(activity)
            return Request(activity=found.activity, categories=frozenset(plain))


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceDesk:
    """Filters lists.

    Attributes:
        desk: Decides about one person, and says what that means.
        state: Sifts many at once; None to ask about each.

    """

    desk: DecisionDesk
    state: SiftedState | None = None

    def permitted(
        self,
        batches: Iterable[Sequence[Pair]],
        request: Request,
        tally: Tally,
        *,
        stated: Stated = NOTHING_STATED,
    ) -> Iterator[list[str]]:
        """Yield the ids that may be processed, in their order, and count the others.

        Args:
            batches: Ids with the keys under which the people are known.
            request: What shall be done.
            tally: Counts; changed as it goes.
            stated: What the caller says of everybody, where nothing else is known.

        Raises:
            UnavailableError: State or register cannot be used; nothing more is yielded.

        """
        sifting = None if self.state is None else _Sifting(self, self.state, request, stated)
        for batch in batches:
            for start in range(0, len(batch), SIFTED_AT_ONCE):
                part = batch[start : start + SIFTED_AT_ONCE]
                outcomes = None if sifting is None else sifting.outcomes(part, tally)
                if outcomes is None:
                    outcomes = tally.counted(self.asked(part, request, stated))
                found: list[str] = []
                for (account, key), outcome in zip(part, outcomes, strict=True):
                    tally.add(key, outcome)
                    if outcome is Outcome.PERMIT:
                        found.append(account)
                yield found

    def standings(
        self,
        people: Iterable[PersonKey],
        request: Request,
        *,
        stated: Stated = NOTHING_STATED,
    ) -> Iterator[tuple[PersonKey, Standing]]:
        """Yield how each stands to a request, in their order.

        Args:
            people: Anybody; of somebody unknown nothing is known.
            request: What shall be done.
            stated: What the caller says of everybody, where nothing else is known.

        Raises:
            UnavailableError: State or register cannot be used; nothing more is yielded.

        """
        sifting = None if self.state is None else _Sifting(self, self.state, request, stated)
        given = iter(people)
        while part := [("", one) for one in islice(given, SIFTED_AT_ONCE)]:
            found = None if sifting is None else sifting.standings(part)
            if found is None:
                found = self.asked(part, request, stated)
            yield from zip((key for _, key in part), found, strict=True)

    def record(self, tally: Tally, request: Request, *, item: str = "") -> Position:
        """Record what was decided as one record, and return its position once it is durable.

        Raises:
            NotRecordedError: This process writes no log.
            LogUnavailableError: The disk refused; nothing was recorded.

        """
        recorder = self.desk.recorder
        if recorder is None:
            raise NotRecordedError
        draft = recorder.draft(
            Kind.DECISION,
            {"count": tally.size, "root": tally.root, "permitted": tally.permitted},
            rows=Rows(activity=request.activity, item=item, recipient=request.recipient or ""),
        )
        return recorder.log.append([draft]).first

    def asked(self, people: Sequence[Pair], request: Request, stated: Stated) -> list[Standing]:
        """Return how each stands, asked about one by one."""
        found: list[Standing] = []
        for start in range(0, len(people), MOST_ASKED):
            questions = [
                Question(person=key, request=request, stated=stated)
                for _, key in people[start : start + MOST_ASKED]
            ]
            for one in self.desk.decide_all(questions):
                decision = one.answer.decision
                by = () if decision.permits else decision.by
                found.append(Standing(outcome=decision.outcome, by=by))
        return found


@dataclass(slots=True)
class _Sifting:
    """Asks the store about many, for one request."""

    audience: AudienceDesk
    state: SiftedState
    request: Request
    stated: Stated
    _conditions: tuple[Book, Conditions] | None = None

    def outcomes(self, people: Sequence[Pair], tally: Tally) -> list[Outcome] | None:
        """Return the outcome for each, and count the reasons; None if the state lacks something."""
        gone = [self.state.is_erased(key) for _, key in people]
        sifted = self._sifted(people, gone)
        if sifted is None:
            return None
        found = _placed(sifted.outcomes, gone)
        asked = iter(tally.counted(self._asked(people, found)))
        tally.reasons.update(sifted.reasons)
        return [next(asked) if outcome is None else outcome for outcome in found]

    def standings(self, people: Sequence[Pair]) -> list[Standing] | None:
        """Return how each stands; None if the state lacks something."""
        gone = [self.state.is_erased(key) for _, key in people]
        sifted = self._sifted(people, gone)
        if sifted is None:
            return None
        both = zip(sifted.outcomes, sifted.by, strict=True)
        known = [None if outcome is None else Standing(outcome, by) for outcome, by in both]
        found = _placed(known, gone)
        asked = iter(self._asked(people, found))
        return [next(asked) if standing is None else standing for standing in found]

    def _sifted(self, people: Sequence[Pair], gone: Sequence[bool]) -> Sifted | None:
        """Return what the store says of those whose keys stand; None if it lacks something."""
        position = self.state.level()
        if position is None:
            return None
        desk = self.audience.desk
        now = desk.now(desk.states.seen())
        sifted = self.state.sift(
            [key for (_, key), is_gone in zip(people, gone, strict=True) if not is_gone],
            self._conditions_of(desk.books.on(civil_date(from_us(now))).book),
            at=now,
            age=self.stated.age or AgeBand.UNKNOWN,
            account=self.stated.account or AccountState.GUEST,
        )
        # Else it is being made anew.
        return None if sifted.position < position else sifted

    def _asked(self, people: Sequence[Pair], found: Sequence[object]) -> list[Standing]:
        """Return how those stand whom the store did not settle."""
        left = [pair for pair, one in zip(people, found, strict=True) if one is None]
        return self.audience.asked(left, self.request, self.stated)

    def _conditions_of(self, book: Book) -> Conditions:
        if self._conditions is None or self._conditions[0] is not book:
            self._conditions = (book, conditions_of(self.request, book))
        return self._conditions[1]


def _placed(settled: Iterable[T | None], gone: Sequence[bool]) -> list[T | None]:
    """Return what was settled of each; None of those who were left out."""
    each = iter(settled)
    return [None if is_gone else next(each) for is_gone in gone]
