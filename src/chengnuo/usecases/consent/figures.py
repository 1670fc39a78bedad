"""Consent and decisions in numbers, and what a register change would ask of whom."""

from collections import Counter
from collections.abc import Mapping
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
from chengnuo.domain.register.diff import ConsentChange, ConsentChangeKind, RegisterDiff, diff
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date, start_of
from chengnuo.ports.clock import Clock
from chengnuo.ports.consent_figures import ConsentFigures
from chengnuo.ports.uses import BatchSum, DecidedFor, DecisionSum, UseSeen
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.consent.day_figures import (
    DayFigures,
    by_days,
    number_of,
    standing_by_days,
)
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.renewing import Difference
from chengnuo.usecases.register_desk import Desk

_DECISIONS = (Kind.DECISION.value,)
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
class Overview:
    """Consent and decisions over a period.

    Attributes:
        first: First civil day.
        last: Last civil day.
        items: By item, those with anything to show.
        days: Every day: given, refused, withdrawn.
        standing: How many consents stood at the end of every day.
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
    standing: tuple[tuple[date, int], ...]
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
        start = number_of(first)
        by_day = {(one.day, one.act): one.records for one in self.store.by_day(start, item=item)}
        outcomes = ("permit", "ask", "refuse")
        decided = {(day, outcome): count for day, outcome, count in uses.by_day(since)}
        return Overview(
            first=first,
            last=last,
            items=self._items(start, since),
            days=by_days(first, days, by_day, [act.value for act in acts]),
            standing=standing_by_days(first, days, by_day, self.store.standing(start, item=item)),
            decided=uses.decided(since),
            decision_days=by_days(first, days, decided, outcomes),
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

    def acts_in_all(self, days: int, *, item: str, act: str, day: date | None) -> int:
        """Return how many acts `acts` has in all."""
        first = civil_date(self.clock.now()) - timedelta(days=days - 1)
        wanted = None if day is None else number_of(day)
        return sum(
            one.records
            for one in self.store.by_day(number_of(day or first), item=item)
            if act in {"", one.act} and wanted in {None, one.day}
        )

    def decisions(  # noqa: PLR0913  what a page of rows is narrowed by
        self,
        days: int,
        *,
        outcome: str,
        rule: str,
        activity: str = "",
        before: int | None,
        limit: int,
    ) -> tuple[UseSeen, ...]:
        """Return decisions about one individual or in batches, newest first."""
        return self.counter.store.rows(
            self._since(days),
            kinds=_DECISIONS,
            outcome=outcome,
            rule=rule,
            activity=activity,
            before=before,
            limit=limit,
        )

    def decisions_in_all(
        self, days: int, *, outcome: str = "", rule: str = "", activity: str = ""
    ) -> int:
        """Return how many decisions `decisions` has in all."""
        return self.counter.store.count(
            self._since(days), kinds=_DECISIONS, outcome=outcome, rule=rule, activity=activity
        )

    def decided_for(self, days: int) -> tuple[DecidedFor, ...]:
        """Return how decisions came out in the last days, activity by activity."""
        self.counter.catch_up()
        return self.counter.store.decided_for(self._since(days))

    def batches(self, days: int, *, kind: Kind) -> BatchSum:
        """Return what the batches of a kind add up to in the last days."""
        return self.counter.store.batches(self._since(days), kind=kind.value)

    def used(self, days: int) -> dict[tuple[str, str], int]:
        """Return how often each activity, and each recipient in it, was used in the last days."""
        self.counter.catch_up()
        sums = self.counter.store.by_activity(self._since(days))
        return {(one.activity, one.recipient): one.count for one in sums}

    def change(self, version: str) -> tuple[AskedOf, ...]:
        """Return what the register in force becoming a kept one would ask of whom.

        Raises:
            UnknownVersionError: No such version.
            NoRegisterError: No register is in force.

        """
        return self.change_to(self.desk.register_of(version).register)

    def change_to(
        self, register: Register, known: RegisterDiff | None = None
    ) -> tuple[AskedOf, ...]:
        """Return what the register in force becoming another would ask of whom.

        Args:
            register: The other.
            known: What differs, where that is known.

        Raises:
            NoRegisterError: No register is in force.

        """
        book, after = self.consents.book(), self._book(register)
        change = known or diff(book.register, register, catalogue=self.desk.catalogue)
        held = self._held() if change.consent else {}
        return tuple(_asked_of(one, book, after, held) for one in change.consent)

    def due(self) -> tuple[Due, ...]:
        """Return the items that have to be asked anew already, with how many, most first."""
        accepted, held = self.consents.book().accepted, self._held()
        people: Counter[ConsentItemId] = Counter()
        for (item, text), count in held.items():
            if item in accepted and text not in accepted[item]:
                people[item] += count
        found = (Due(item=item, people=count) for item, count in people.items())
        return tuple(sorted(found, key=lambda one: (-one.people, one.item)))

    def _held(self) -> dict[tuple[ConsentItemId, str], int]:
        """Return how many hold which text of which item, joined names taken together."""
        at = to_us(self.clock.now())
        found = self.store.holders(at)
        held = Counter({(ConsentItemId(item), text): n for (item, text), n in found.alone.items()})
        groups = {self.consents.names_of(person): person for person in found.joined}
        for person in groups.values():
            for item, entry in self.consents.standing_of(person).items():
                until = entry.event.until
                if entry.event.act is Act.GIVE and (until is None or until > at):
                    held[item, entry.event.fingerprint] += 1
        return held

    def _items(self, first: int, since: int) -> tuple[ItemFigures, ...]:
        asked = self.store.asked(since)
        people: dict[tuple[str, str], int] = {}
        ended: Counter[str] = Counter()
        for one in self.store.by_item(first):
            people[one.item, one.act] = one.people
            if one.act in _ENDS:
                ended[one.item] += one.records
        items = sorted({*asked, *(item for item, _ in people)})
        return tuple(
            ItemFigures(
                item=item,
                asked=asked.get(item, 0),
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


def _asked_of(
    change: ConsentChange, book: Book, after: Book, held: Mapping[tuple[ConsentItemId, str], int]
) -> AskedOf:
    lapsed = book.accepted.get(change.id, frozenset()) - after.accepted.get(change.id, frozenset())
    renewed = change.kind is ConsentChangeKind.RENEWED
    return AskedOf(
        change=change,
        people=sum(held.get((change.id, text), 0) for text in lapsed),
        differences=_differences(change, book, after) if renewed else (),
    )


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
