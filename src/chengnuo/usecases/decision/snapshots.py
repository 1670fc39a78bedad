"""Making a snapshot: the answers that the service would give about a list of people, until an end.

Every answer is by the state at one position of the log, exactly. What can change by itself before
the end (a consent that runs out, a route or an agreement that lapses, a birthday) is looked at:
the answer written is the first on the way that does not permit. One that permits all the way has
the reasons of its beginning and the duties of every instant on the way, for a birthday may change
either. A consent for one use is not counted at all, because nobody offline can see that it was
used.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Decision, Duty
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.snapshot_file import (
    MOST_ANSWERS,
    Content,
    Written,
    packed,
    packed_row,
    pseudonym,
    question_text,
    snapshot_bytes,
    written,
)
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.method import Operation
from chengnuo.law.civil import civil_date, end_of
from chengnuo.law.consent_form import ConsentForm
from chengnuo.ports.clock import Clock
from chengnuo.ports.consents import Seen
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.secrets import Signer
from chengnuo.usecases.decision.answering import NOTHING_STATED, Stated
from chengnuo.usecases.decision.books import Books

LONGEST = timedelta(days=31)


class SnapshotTermsError(InvalidInputError):
    """A snapshot was to have an end, an app or answers that it cannot have."""

    code = "snapshot-terms"

    def __init__(self, what: str) -> None:
        super().__init__(f"the snapshot cannot be made: {what}")
        self.what = what


class StatesAt(Protocol):
    """Tells what was so about individuals by the first records of the log."""

    def seen(self) -> Seen:
        """Return how far the log goes."""
        ...

    def state_before(self, person: PersonKey, at: int, *, position: int | None = None) -> State:
        """Return what was so at an instant by the first `position` records.

        Raises:
            UnavailableError: The log cannot be read.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotMaker:
    """Makes snapshots.

    Attributes:
        books: Opens the book of the register in force.
        states: Tells what was so about individuals.
        clock: Tells now.
        signer: Signs with the installation's key.

    """

    books: Books
    states: StatesAt
    clock: Clock
    signer: Signer

    def make(
        self,
        people: Iterable[tuple[str, PersonKey]],
        *,
        app: AppId,
        until: datetime,
        key: bytes,
        stated: Stated = NOTHING_STATED,
    ) -> bytes:
        """Return a snapshot about people.

        Args:
            people: Account ids with the keys under which they are known.
            app: For which app; the questions are those of its activities.
            until: When it ends, aware.
            key: Key of the pseudonyms, 32 random bytes used for this snapshot only.
            stated: What the caller says of everybody, where nothing else is known.

        Raises:
            NaiveInstantError: `until` has no time zone.
            SnapshotTermsError: The end is past or over a month away, the register has no such
                app, or there are too many different answers.
            UnavailableError: The log cannot be read.

        """
        seen = self.states.seen()
        now = max(to_us(self.clock.now()), seen.at)
        civil_date(until, field="until")
        end = to_us(until)
        if not now < end <= now + LONGEST // timedelta(microseconds=1):
            raise SnapshotTermsError(f"expected an end within {LONGEST.days} days from now")
        opened = self.books.on(civil_date(from_us(now)))
        questions = questions_of(opened.book, app)
        if not questions:
            raise SnapshotTermsError("the register has no activity of that app")
        at_most = _at_most(opened.book)
        texts = {question_text(one, at_most): one for one in questions}
        asked = [texts[text] for text in sorted(texts)]
        answers: dict[Written, int] = {}
        rows: dict[bytes, int] = {}
        pairs: dict[bytes, int] = {}
        named = {pseudonym(key, account): person for account, person in people}
        for name, person in sorted(named.items()):  # so that one list makes one file
            found = self._answers(person, asked, seen=seen, now=now, end=end, stated=stated)
            numbers = tuple(answers.setdefault(written(one), len(answers)) for one in found)
            if len(answers) > MOST_ANSWERS:
                raise SnapshotTermsError("there are over 65,536 different answers")
            pairs[name] = rows.setdefault(packed_row(numbers), len(rows))
        content = Content(
            app=app,
            register=opened.register,
            law=opened.law,
            position=seen.position,
            made=now,
            until=end,
            at_most=tuple(sorted(at_most.items())),
            questions=tuple(sorted(texts)),
            answers=tuple(answers),
            rows=tuple(rows),
            people=packed(pairs),
        )
        return snapshot_bytes(content, self.signer.sign)

    def _answers(  # noqa: PLR0913  what one person's row is made of
        self,
        person: PersonKey,
        asked: list[Request],
        *,
        seen: Seen,
        now: int,
        end: int,
        stated: Stated,
    ) -> list[Decision]:
        first = self._state(person, now, seen, stated)
        changes = [now, *_turns(first, now, end)]
        pieces = [(at, self._state(person, at, seen, stated)) for at in changes]
        return [self._worst(request, pieces) for request in asked]

    def _worst(self, request: Request, pieces: list[tuple[int, State]]) -> Decision:
        """Return the first answer on the way to the end that does not permit.

        If all permit: the first, with the duties of all.
        """
        first: Decision | None = None
        duties: dict[Duty, None] = {}
        for at, state in pieces:
            found = self.books.on(civil_date(from_us(at))).decide(request, state, at)
            if not found.permits:
                return found
            first = found if first is None else first
            duties.update(dict.fromkeys(found.duties))
        if first is None:
            raise SnapshotTermsError("there is no instant to answer for")
        return replace(first, duties=tuple(duties))

    def _state(self, person: PersonKey, at: int, seen: Seen, stated: Stated) -> State:
        state = self.states.state_before(person, at, position=seen.position)
        lasting = {
            item: act
            for item, act in state.consents.items()
            if act.form is not ConsentForm.ONE_TIME
        }
        return stated.completed(replace(state, consents=lasting))


def questions_of(book: Book, app: AppId) -> tuple[Request, ...]:
    """Return what can be asked of a snapshot for an app.

    For each activity of the app: all it handles and each category, each recipient, publication and
    other use, and each registered operation; each of them also as just started by the individual,
    with a browser's signal, and with the frequency counted and within what is declared.
    """
    register = book.register
    return tuple(
        replace(request, started=started, gpc=gpc, recent=recent)
        for activity in register.activities
        if register.service_by_id[activity.service].app == app
        for request in uses_of(activity)
        for started in (False, True)
        for gpc in (False, True)
        for recent in ((None, 0) if activity.method.at_most else (None,))
    )


def uses_of(activity: ProcessingActivity) -> Iterator[Request]:
    """Yield each use of an activity once: all it handles, each category, recipient, operation."""
    whole = Request(activity=activity.activity)
    yield whole
    for operation in dict.fromkeys((*activity.method.operations, Operation.DELETE)):
        if operation is not Operation.USE:
            yield replace(whole, operation=operation)
    for category in activity.categories:
        yield replace(whole, categories=frozenset((category,)))
    for recipient in activity.recipients:
        yield replace(whole, recipient=recipient)
        yield replace(whole, recipient=recipient, operation=Operation.PROVIDE)
    if activity.disclosure is not None:
        yield replace(whole, publish=True)
    if activity.public_image is not None:
        yield replace(whole, other_use=True)


def _at_most(book: Book) -> dict[str, int]:
    return {
        one.activity: one.method.at_most.count
        for one in book.register.activities
        if one.method.at_most is not None
    }


def _turns(state: State, now: int, end: int) -> list[int]:
    """Return the instants before the end at which an answer may change by itself."""
    found = {
        act.until
        for act in state.consents.values()
        if act.until is not None and now < act.until < end
    }
    midnight = to_us(end_of(civil_date(from_us(now))))
    while midnight < end:
        found.add(midnight)
        midnight = to_us(end_of(civil_date(from_us(midnight))))
    return sorted(found)
