"""The records of the last days, looked up for the controls over records.

Each record is held to the register version that it names: what that version gives as a notice,
which form its item needs, which consents a permitted use rests on, which texts were accepted that
day. What is not kept any more is passed on as unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.consent.asking import USUAL_WAIT
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.setting import SWITCH, Setting
from chengnuo.domain.consent.what_follows import FollowKind
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import case_of, needed_items
from chengnuo.domain.decision.request import State
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError, notice_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.consent_records import (
    ActSeen,
    ConsentRecords,
    FollowSeen,
    NoticeSeen,
    PermitSeen,
    Resting,
)
from chengnuo.domain.finding.live import PERIOD_DAYS
from chengnuo.domain.individual.standing import Individual
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import after, civil_date
from chengnuo.ports.consent_figures import ConsentFigures
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.uses import UseSeen
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.consent.acts import BY_INDIVIDUAL, UNDO
from chengnuo.usecases.consent.checking import asked_for
from chengnuo.usecases.consent.counting import DAY_US, UseCounter
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.recorded_question import question_of
from chengnuo.usecases.register_desk import Desk

MOST_RECORDS = 50_000
"""Acts, and uses, that are looked at in one go: the newest, of the same time for both."""
_MOST_COUNTED = 20 * MOST_RECORDS
"""Records that are counted before a look at the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsSeen:
    """Looks records up.

    Attributes:
        figures: The acts.
        counter: The uses.
        consents: Names, histories, follow-ups.
        desk: The kept register versions.

    """

    figures: ConsentFigures
    counter: UseCounter
    consents: ConsentDesk
    desk: Desk

    def of_period(self, now: int) -> ConsentRecords:
        """Return the records of the days before an instant (microseconds since 1970).

        Raises:
            UnavailableError: They cannot be read now.

        """
        since = now - PERIOD_DAYS * DAY_US
        counted = self.counter.catch_up(most=_MOST_COUNTED)
        entries = self.figures.acts(since, limit=MOST_RECORDS)[::-1]
        uses = self.counter.store.rows(
            since, kinds=(Kind.DECISION.value, Kind.NOTICE_SHOWN.value), limit=MOST_RECORDS
        )
        late = self.consents.follow_ups(due_at=from_us(now), limit=MOST_RECORDS)
        follow_ups = self.consents.follow_ups(since=from_us(since), limit=MOST_RECORDS)
        full, begins = MOST_RECORDS in {len(entries), len(uses), len(late), len(follow_ups)}, since
        if len(entries) == MOST_RECORDS:
            begins = max(begins, entries[0].event.at)
        if len(uses) == MOST_RECORDS:
            begins = max(begins, uses[-1].at)
        entries = tuple(one for one in entries if one.event.at >= begins)
        uses = tuple(one for one in uses if one.at >= begins)
        look = _Look(self)
        return ConsentRecords(
            since=begins,
            until=now,
            acts=tuple(look.acts(entries)),
            permits=tuple(look.permits([one for one in uses if one.outcome == "permit"])),
            notices=tuple(look.notices(uses)),
            starts=look.starts(uses),
            follow_ups=tuple(
                FollowSeen(
                    withdrawal=one.withdrawal,
                    stops=one.kind is FollowKind.STOP,
                    due=one.due,
                    done_at=one.done_at,
                )
                for one in dict.fromkeys((*late, *follow_ups))
            ),
            behind=counted.behind,
            too_many=full,
        )


class _Look:
    """One run: what was looked up already is kept for it."""

    def __init__(self, seen: RecordsSeen) -> None:
        self._seen = seen
        self._books: dict[tuple[str, date], Book | None] = {}
        self._notices: dict[tuple[str, str, str], str | None] = {}
        self._names: dict[PersonKey, frozenset[PersonKey]] = {}
        self._people: dict[int, PersonKey | None] = {}
        self._settings: dict[PersonKey, Sequence[Setting]] = {}

    def acts(self, entries: Sequence[Entry]) -> Iterator[ActSeen]:
        """Yield acts, with the yes that a withdrawal took back where it is older."""
        given = {(one.event.alias, one.event.item) for one in entries if one.event.act is Act.GIVE}
        for one in entries:
            event = one.event
            if event.act is Act.WITHDRAW and (event.alias, event.item) not in given:
                before = self._given_before(one)
                if before is not None:
                    yield ActSeen(
                        position=before.event.position,
                        at=before.event.at,
                        who=event.alias,
                        item=event.item,
                        act=Act.GIVE.value,
                        notice_kept=self._notice_kept(before),
                        form_meets=self._form_meets(before),
                        steps=before.steps,
                        prompted=False,
                    )
            yield ActSeen(
                position=event.position,
                at=event.at,
                who=event.alias,
                item=event.item,
                act=event.act.value,
                notice_kept=self._notice_kept(one),
                form_meets=self._form_meets(one),
                steps=one.steps,
                prompted=bool(one.prompt) and not one.prompt.startswith(BY_INDIVIDUAL),
                is_undo=one.reason == UNDO,
                again_from=self._again_from(one),
            )

    def permits(self, rows: Sequence[UseSeen]) -> Iterator[PermitSeen]:
        """Yield permitted uses with the consents that they rested on."""
        named = {position for row in rows for position in row.consents}
        entries = {one.event.position: one for one in self._seen.figures.at(sorted(named))}
        for row in rows:
            yield self._permit(row, entries)

    def notices(self, rows: Sequence[UseSeen]) -> Iterator[NoticeSeen]:
        """Yield notices about items that were shown."""
        for row in rows:
            who = self._person(row.ordinal)
            if row.kind == Kind.NOTICE_SHOWN.value and row.item and who is not None:
                yield NoticeSeen(position=row.position, at=row.at, who=who, item=row.item)

    def starts(self, rows: Sequence[UseSeen]) -> dict[tuple[str, str], tuple[int, ...]]:
        """Return when somebody started an activity by themselves."""
        found: dict[tuple[str, str], list[int]] = {}
        for row in rows:
            who = self._person(row.ordinal) if row.started else None
            if who is not None:
                found.setdefault((who, row.activity), []).append(row.at)
        return {key: tuple(each) for key, each in found.items()}

    def _permit(
        self,
        row: UseSeen,
        entries: dict[int, Entry],
    ) -> PermitSeen:
        unknown = PermitSeen(position=row.position, activity=row.activity, rests_on=None)
        book = self._book(row.register, civil_date(from_us(row.at)))
        person = self._person(row.ordinal)
        if book is None or person is None or not row.request:
            return unknown
        request = question_of(row.request)
        activity = book.register.activity_by_id.get(request.activity)
        if activity is None:
            return unknown
        age = AgeBand(row.age) if row.age else AgeBand.UNKNOWN
        case = case_of(request, activity, State(individual=Individual(age=age)), book, row.at)
        names = self._names_of(person)
        own = [
            entries[one]
            for one in row.consents
            if one in entries and entries[one].event.alias in names
        ]
        rests_on: list[Resting] = []
        for item in needed_items(case):
            yes = [
                one
                for one in own
                if one.event.item == item.id
                and one.event.act is Act.GIVE
                and one.event.form.meets(item.form)
            ]
            accepted = book.accepted[item.id]
            rests_on.append(
                Resting(
                    item=item.id,
                    agreed=bool(yes),
                    accepted=any(one.event.fingerprint in accepted for one in yes),
                )
            )
        sensitive = set(case.categories) & book.sensitive(activity)
        return PermitSeen(
            position=row.position,
            activity=row.activity,
            rests_on=tuple(rests_on),
            markets=activity.purpose_kind.is_marketing and bool(sensitive),
            publishes=request.makes_public,
            switched_off=self._is_off(book.register, activity.activity, row),
        )

    def _is_off(
        self,
        register: Register,
        activity: ActivityId,
        row: UseSeen,
    ) -> bool | None:
        automated = register.activity_by_id[activity].automated
        if automated is None or automated.off_switch is None:
            return None
        switch = register.switch_by_id[automated.off_switch]
        person = self._person(row.ordinal)
        acts = () if person is None else self._settings_of(person)
        said = next(
            (
                one
                for one in acts
                if one.what == f"{SWITCH}{switch.switch}"
                and one.position < (row.seen or row.position)
            ),
            None,
        )
        return not (switch.default_on if said is None else said.allows)

    def _notice_kept(self, entry: Entry) -> bool | None:
        if not entry.notice:
            return True
        key = (entry.register, entry.event.item, entry.lang)
        if key not in self._notices:
            book = self._book(entry.register, civil_date(from_us(entry.event.at)))
            self._notices[key] = None if book is None else _notice(book, entry)
        found = self._notices[key]
        return None if found is None else found == entry.notice

    def _form_meets(self, entry: Entry) -> bool | None:
        book = self._book(entry.register, civil_date(from_us(entry.event.at)))
        if book is None:
            return None
        item = book.item_by_id.get(entry.event.item)
        return item is not None and entry.event.form.meets(item.form)

    def _again_from(self, entry: Entry) -> int | None:
        """Return from when on a no may be asked unasked, as its register version says."""
        event = entry.event
        if event.act not in {Act.REFUSE, Act.WITHDRAW}:
            return None
        book = self._book(entry.register, civil_date(from_us(event.at)))
        if book is None or event.item not in book.item_by_id:
            return None
        wait = asked_for(book, event.item).app.first_run.asks_again_after
        return after(event.at, wait or USUAL_WAIT)

    def _given_before(self, withdrawn: Entry) -> Entry | None:
        event = withdrawn.event
        return next(
            (
                one
                for one in self._seen.consents.history(PersonKey(event.alias))
                if one.event.act is Act.GIVE
                and one.event.item == event.item
                and one.event.position < event.position
                and one.reason != UNDO
            ),
            None,
        )

    def _book(self, version: str, day: date) -> Book | None:
        key = (version, day)
        if key not in self._books:
            self._books[key] = self._opened(version, day)
        return self._books[key]

    def _opened(self, version: str, day: date) -> Book | None:
        catalogue = self._seen.desk.catalogue
        try:
            register = self._seen.desk.register_of(version).register if version else None
        except UnknownVersionError:
            return None
        return None if register is None else Book(register=register, catalogue=catalogue, day=day)

    def _person(self, ordinal: int) -> PersonKey | None:
        if ordinal not in self._people:
            self._people[ordinal] = self._seen.counter.store.person(ordinal) if ordinal else None
        return self._people[ordinal]

    def _settings_of(self, person: PersonKey) -> Sequence[Setting]:
        if person not in self._settings:
            self._settings[person] = self._seen.consents.settings(person)
        return self._settings[person]

    def _names_of(self, person: PersonKey) -> frozenset[PersonKey]:
        if person not in self._names:
            self._names[person] = self._seen.consents.names_of(person)
        return self._names[person]


def _notice(book: Book, entry: Entry) -> str:
    """Return the hash of the notice that a register gives; empty if it gives none."""
    try:
        lang = Lang(entry.lang)
        return notice_of(book.register, book.catalogue, entry.event.item, lang).digest
    except (NoSuchConsentItemError, ValueError):
        return ""
