"""Consent and decisions in numbers, and what a register change would ask of whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.base.instant import to_us
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.book import Book
from chengnuo.domain.disclosure.change_values import ValueWords
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.change_words import part_in_words
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.diff import ConsentChange, ConsentChangeKind
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date, start_of
from chengnuo.ports.clock import Clock
from chengnuo.ports.consent_figures import ConsentFigures, Holders
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import BatchSum, DecisionSum, UseSeen
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.renewing import Difference
from chengnuo.usecases.register_desk import Desk

_DAY_ONE = date(1970, 1, 1)
_ENDS = frozenset(
    act.value for act in (Act.EXPIRE, Act.SUPERSEDE, Act.HAND_OVER, Act.GUARDIAN_ENDED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """One item over a period, in names; a name may be in several columns.

    Attributes:
        item: Consent item.
        asked: To how many a notice was shown, or who answered.
        gave: How many agreed.
        refused: How many did not.
        withdrew: How many withdrew.
        ended: How many consents ended without anybody's doing.

    """

    item: str
    asked: int
    gave: int = 0
    refused: int = 0
    withdrew: int = 0
    ended: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """How many acts of each sort there were on a civil day."""

    day: date
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Consent and decisions over a period.

    Attributes:
        first: First civil day.
        last: Last civil day.
        items: By item, those with anything to show.
        days: Every day: given, refused, withdrawn.
        decided: Outcomes and rules of decisions about one individual.
        decision_days: Every day: permitted, asked, refused.
        batches: What batch decisions add up to.
        provided: What batch provisions add up to.
        behind: Records that are not counted yet.

    """

    first: date
    last: date
    items: tuple[ItemFigures, ...]
    days: tuple[DayFigures, ...]
    decided: tuple[DecisionSum, ...]
    decision_days: tuple[DayFigures, ...]
    batches: BatchSum
    provided: BatchSum
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """What a change asks, and of how many.

    Attributes:
        change: What becomes of the item.
        people: How many hold a consent that would not count any more.
        differences: Old and new in words; empty for an item that is new or asked no more.

    """

    change: ConsentChange
    people: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An item of the register in force, and how many hold consent only to an earlier text."""

    item: ConsentItemId
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts.

    Attributes:
        store: Counts acts.
        counter: Counts uses.
        consents: Folds what is joined.
        desk: The register in force and the kept versions.
        clock: Tells now.

    """

    store: ConsentFigures
    counter: UseCounter
    consents: ConsentDesk
    desk: Desk
    clock: Clock

    def overview(self, days: int, *, item: str = "") -> Overview:
        """Return the numbers of the last civil days, today among them.

        Args:
            days: How many.
            item: Only this item's acts by day; empty for all.

        Raises:
            UnavailableError: They cannot be read now.

        """
        counted = self.counter.catch_up()
        last = civil_date(self.clock.now())
        first = last - timedelta(days=days - 1)
        since = to_us(start_of(first))
        uses = self.counter.store
        acts = (Act.GIVE, Act.REFUSE, Act.WITHDRAW)
        by_day = {(one.day, one.act): one.records for one in self.store.by_day(since, item=item)}
        outcomes = ("permit", "ask", "refuse")
        decided = {(day, outcome): count for day, outcome, count in uses.by_day(since)}
        return Overview(
            first=first,
            last=last,
            items=self._items(since),
            days=_days(first, days, by_day, [act.value for act in acts]),
            decided=uses.decided(since),
            decision_days=_days(first, days, decided, outcomes),
            batches=uses.batches(since, kind=Kind.DECISION.value),
            provided=uses.batches(since, kind=Kind.PROVISION.value),
            behind=counted.behind,
        )

    def acts(  # noqa: PLR0913  what a page of rows is narrowed by
        self, days: int, *, item: str, act: str, day: date | None, before: int | None, limit: int
    ) -> tuple[Entry, ...]:
        """Return acts of the last days, or of one day, newest first."""
        since, until = self._since(days), None
        if day is not None:
            since = to_us(start_of(day))
            until = to_us(start_of(day + timedelta(days=1)))
        return self.store.acts(since, until=until, item=item, act=act, before=before, limit=limit)

    def decisions(
        self, days: int, *, outcome: str, rule: str, before: int | None, limit: int
    ) -> tuple[UseSeen, ...]:
        """Return decisions about one individual or in batches, newest first."""
        return self.counter.store.rows(
            self._since(days),
            kinds=(Kind.DECISION.value,),
            outcome=outcome,
            rule=rule,
            before=before,
            limit=limit,
        )

    def change(self, version: str) -> tuple[AskedOf, ...]:
        """Return what the register in force becoming a kept one would ask of whom.

        Raises:
            UnknownVersionError: No such version.
            NoRegisterError: No register is in force.

        """
        book = self.consents.book()
        after = self._book(self.desk.register_of(version).register)
        diff = self.desk.diff(self.desk.served.version, version)
        return tuple(self._asked_of(change, book, after) for change in diff.consent)

    def due(self) -> tuple[Due, ...]:
        """Return the items that have to be asked anew already, with how many, most first."""
        book = self.consents.book()
        at = to_us(self.clock.now())
        found = [
            Due(
                item=item,
                people=self._people(
                    item,
                    self.store.holding_other(item, sorted(accepted), at),
                    accepted,
                    at,
                    within=False,
                ),
            )
            for item, accepted in book.accepted.items()
        ]
        return tuple(sorted((one for one in found if one.people), key=lambda one: -one.people))

    def _asked_of(self, change: ConsentChange, book: Book, after: Book) -> AskedOf:
        lapsed = book.accepted.get(change.id, frozenset()) - after.accepted.get(
            change.id, frozenset()
        )
        at = to_us(self.clock.now())
        holders = self.store.holders(change.id, sorted(lapsed), at)
        people = self._people(change.id, holders, lapsed, at, within=True)
        renewed = change.kind is ConsentChangeKind.RENEWED
        return AskedOf(
            change=change,
            people=people,
            differences=_differences(change, book, after) if renewed else (),
        )

    def _people(
        self,
        item: ConsentItemId,
        found: Holders,
        texts: frozenset[str],
        at: int,
        *,
        within: bool,
    ) -> int:
        """Return how many hold a consent, names that are joined taken together."""
        groups = {self.consents.names_of(person): person for person in found.joined}
        return found.alone + sum(
            self._stands(person, item, texts, at, within=within) for person in groups.values()
        )

    def _stands(
        self,
        person: PersonKey,
        item: ConsentItemId,
        texts: frozenset[str],
        at: int,
        *,
        within: bool,
    ) -> bool:
        entry = self.consents.standing_of(person).get(item)
        if entry is None or entry.event.act is not Act.GIVE:
            return False
        until = entry.event.until
        return (entry.event.fingerprint in texts) is within and (until is None or until > at)

    def _items(self, since: int) -> tuple[ItemFigures, ...]:
        asked = set(self.store.answered(since)) | set(self.counter.store.shown(since))
        by_asked = Counter(item for item, _ in asked)
        people: dict[tuple[str, str], int] = {}
        ended: Counter[str] = Counter()
        for one in self.store.by_item(since):
            people[one.item, one.act] = one.people
            if one.act in _ENDS:
                ended[one.item] += one.records
        items = sorted({*by_asked, *(item for item, _ in people)})
        return tuple(
            ItemFigures(
                item=item,
                asked=by_asked[item],
                gave=people.get((item, Act.GIVE.value), 0),
                refused=people.get((item, Act.REFUSE.value), 0),
                withdrew=people.get((item, Act.WITHDRAW.value), 0),
                ended=ended[item],
            )
            for item in items
        )

    def _since(self, days: int) -> int:
        first = civil_date(self.clock.now()) - timedelta(days=days - 1)
        return to_us(start_of(first))

    def _book(self, register: Register) -> Book:
        day = civil_date(self.clock.now())
        return Book(register=register, catalogue=self.desk.catalogue, day=day)


def _differences(change: ConsentChange, book: Book, after: Book) -> tuple[Difference, ...]:
    then = ValueWords(book.register, book.catalogue)
    now = ValueWords(after.register, book.catalogue)
    found: list[Difference] = []
    for part, (before, new) in change.differs.items():
        was, now_is = before, new
        if isinstance(was, list) and isinstance(now_is, list):
            gone = [one for one in was if one not in now_is]
            come = [one for one in now_is if one not in was]
            was, now_is = (gone, come) if gone or come else (was, now_is)
        found.append(
            Difference(
                what=part_in_words(part), before=then.say(part, was), after=now.say(part, now_is)
            )
        )
    return tuple(found)


def _days(
    first: date, days: int, counts: dict[tuple[int, str], int], sorts: Sequence[str]
) -> tuple[DayFigures, ...]:
    start = (first - _DAY_ONE).days
    return tuple(
        DayFigures(
            day=first + timedelta(days=number),
            counts=tuple(counts.get((start + number, sort), 0) for sort in sorts),
        )
        for number in range(days)
    )
