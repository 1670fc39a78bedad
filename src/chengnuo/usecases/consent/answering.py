"""Answering a prompt, withdrawing, and undoing a withdrawal.

A yes or a no is bound to exactly what the register in force asks. A withdrawal is bound to what it
withdraws, also where the register asks something else by now or nothing any more: nothing may
stand in its way (PIPL Art. 15). Undoing it is a new consent on the same text.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chengnuo.base.digest import Digest
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.consent.guardians import Speaker
from chengnuo.domain.consent.what_follows import UNDO_FOR_US
from chengnuo.domain.decision.book import Book
from chengnuo.domain.evidence.forms import Form, fits
from chengnuo.domain.evidence.schemas import PayloadRefusedError
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.civil import instant_us
from chengnuo.law.consent_form import ConsentForm
from chengnuo.ports.consents import Kept
from chengnuo.ports.evidence_log import Draft, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import KIND_OF, UNDO, Recorded, Shown, said_in
from chengnuo.usecases.consent.checking import (
    Asked,
    asked_for,
    refuse_late,
    refuse_other_showing,
    refuse_wrong_guardian,
)
from chengnuo.usecases.consent.ending import standing_entries
from chengnuo.usecases.consent.guardians import (
    guardian_tag,
    refuse_disputed,
    refuse_no_guardian,
    relations,
    statement,
)
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.refusals import (
    EndPastError,
    NotAGuardianError,
    NothingToWithdrawError,
    OtherAppError,
    OtherVersionError,
    PromptAnsweredError,
    UndoNotPossibleError,
    UndoTooLateError,
)
from chengnuo.usecases.evidence.recording import Rows

ONE_TIME_LASTS_US = timedelta(hours=24) // timedelta(microseconds=1)
"""How long a consent for one use may wait for it, where nothing shorter is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, and with what in hand.

    Attributes:
        keeper: Records and keeps.
        book: The register in force.
        person: Whose consent it is.
        guardian: The guardian who acts for them; None if they do.
        by: Who that guardian is; None if the operator did not say.

    """

    keeper: ConsentKeeper
    book: Book
    person: PersonKey
    guardian: Guardian | None
    by: PersonKey | None = None


def answer(
    acting: Acting, item: ConsentItemId, act: Act, shown: Shown, *, until: datetime | None
) -> Recorded:
    """Record the answer to a prompt; see `ConsentDesk.answer`."""
    keeper = acting.keeper
    with keeper.lock:
        keeper.ready()
        _refuse_no_guardian(acting)
        now = keeper.now()
        refuse_no_prompt(act, shown.prompt)
        # By the clock alone, as whoever showed it: the log's instant may be ahead of every clock.
        refuse_late(item, shown, to_us(keeper.clock.now()))
        refuse_answered(keeper, acting.person, item, shown.prompt)
        if act is Act.WITHDRAW:
            return _withdraw_in(acting, item, shown)
        asked = asked_for(acting.book, item)
        refuse_other_showing(asked, shown)
        if act is Act.GIVE:
            age = keeper.state_of(acting.person, now).individual.age
            refuse_wrong_guardian(asked, age, acting.guardian)
            _refuse_disputed(acting, item)
        entry = Entry(
            event=_event(acting, asked, act, until=_end(asked, act, until, now)),
            notice=shown.notice,
            lang=shown.lang.value,
            surface=shown.surface,
            steps=shown.steps,
            guardian=acting.guardian,
            prompt=shown.prompt,
        )
        return _record(acting, entry)


def _withdraw_in(acting: Acting, item: ConsentItemId, shown: Shown) -> Recorded:
    """Record a withdrawal from a prompt, which may show another text than was agreed to."""
    if item in acting.book.item_by_id and asked_for(acting.book, item).app.app != shown.app:
        raise OtherAppError(item)
    return withdraw(acting, item, surface=shown.surface, steps=shown.steps, prompt=shown.prompt)


def withdraw(
    acting: Acting, item: ConsentItemId, *, surface: str, steps: int, prompt: str = ""
) -> Recorded:
    """Record a withdrawal; see `ConsentDesk.withdraw`."""
    keeper = acting.keeper
    with keeper.lock:
        keeper.ready()
        _refuse_no_guardian(acting)
        given = standing_entries(keeper, acting.person).get(item)
        if given is None or given.event.act is not Act.GIVE:
            raise NothingToWithdrawError(item)
        event = replace(
            given.event,
            alias=acting.person,
            act=Act.WITHDRAW,
            by_guardian=acting.guardian is not None,
            until=None,
        )
        entry = replace(
            given,
            event=event,
            surface=surface,
            steps=steps,
            guardian=acting.guardian,
            reason="",
            prompt=prompt,
        )
        return _record(acting, entry)


def undo(acting: Acting, position: int, *, surface: str) -> Recorded:
    """Record a new consent on the text of a withdrawal; see `ConsentDesk.undo`."""
    keeper, book = acting.keeper, acting.book
    with keeper.lock:
        keeper.ready()
        _refuse_no_guardian(acting)
        now = keeper.now()
        stands = standing_entries(keeper, acting.person)
        withdrawn = next((one for one in stands.values() if one.event.position == position), None)
        if withdrawn is None or withdrawn.event.act is not Act.WITHDRAW:
            raise UndoNotPossibleError(position)
        if now >= withdrawn.event.at + UNDO_FOR_US:
            raise UndoTooLateError(position)
        given = consent_before(keeper, acting.person, withdrawn)
        if given is None or (given.event.until is not None and given.event.until <= now):
            raise UndoNotPossibleError(position)
        asked = asked_for(book, given.event.item)
        if given.event.fingerprint not in book.accepted[asked.item.id]:
            raise OtherVersionError(asked.item.id, "fingerprint")
        if not given.event.form.meets(asked.item.form):
            raise OtherVersionError(asked.item.id, "form")
        age = keeper.state_of(acting.person, now).individual.age
        refuse_wrong_guardian(asked, age, acting.guardian)
        _refuse_disputed(acting, given.event.item)
        event = replace(given.event, alias=acting.person, by_guardian=acting.guardian is not None)
        entry = replace(
            given,
            event=event,
            surface=surface,
            steps=1,
            guardian=acting.guardian,
            reason=UNDO,
            prompt="",
        )
        return _record(acting, entry)


def consent_before(keeper: ConsentKeeper, person: PersonKey, ended: Entry) -> Entry | None:
    """Return the consent that an act withdrew or ended; None if it cannot be read any more."""
    return consent_before_in(keeper.kept(person), ended)


def consent_before_in(kept: Kept, ended: Entry) -> Entry | None:
    """Return the consent that an act withdrew or ended, by what was just read of somebody."""
    return next(
        (
            one
            for one in reversed(kept.entries)
            if one.event.act is Act.GIVE
            and one.event.position < ended.event.position
            and one.event.item == ended.event.item
            and one.event.fingerprint == ended.event.fingerprint
        ),
        None,
    )


def refuse_no_prompt(act: Act, prompt: str) -> None:
    """Refuse an answer that names no prompt, or names it in a way that no record can hold.

    Raises:
        PayloadRefusedError: It does.

    """
    if not fits(prompt, Form.ID):
        raise PayloadRefusedError(KIND_OF[act], "prompt", Form.ID.value)


def refuse_answered(
    keeper: ConsentKeeper, person: PersonKey, item: ConsentItemId, prompt: str
) -> None:
    """Refuse a second answer to one prompt, under whichever name of the individual.

    Raises:
        PromptAnsweredError: It was answered.

    """
    position = keeper.store.answered(keeper.kept(person).names, prompt, item)
    if position is not None:
        raise PromptAnsweredError(item, position)


def _end(asked: Asked, act: Act, until: datetime | None, now: int) -> int | None:
    """Return when a consent ends: as said, and one for a single use within a day.

    Raises:
        NaiveInstantError: The end has no time zone.
        EndPastError: It has passed.

    """
    if act is not Act.GIVE:
        return None
    end = None if until is None else instant_us(until, "until")
    if end is not None and end <= now:
        raise EndPastError(asked.item.id)
    if asked.item.form is ConsentForm.ONE_TIME:
        latest = now + ONE_TIME_LASTS_US
        return latest if end is None else min(end, latest)
    return end


def _event(acting: Acting, asked: Asked, act: Act, *, until: int | None) -> ConsentEvent:
    """Return an event that the log has not placed yet."""
    return ConsentEvent(
        position=-1,
        at=0,
        alias=acting.person,
        item=asked.item.id,
        act=act,
        fingerprint=Digest(asked.item.fingerprint),
        form=asked.item.form,
        by_guardian=acting.guardian is not None,
        until=until,
    )


def _record(acting: Acting, entry: Entry) -> Recorded:
    item = entry.event.item
    draft = acting.keeper.recorder.draft(
        KIND_OF[entry.event.act],
        said_in(entry),
        person=acting.person,
        rows=Rows(activity=item.partition("/")[0], item=item),
    )
    drafts = [*_first_stated(acting), draft]
    appended = acting.keeper.record(drafts)
    position = Position(appended.first + len(drafts) - 1)
    return Recorded(position=position, at=from_us(appended.at))


def _refuse_no_guardian(acting: Acting) -> None:
    """Refuse whoever acts as a guardian and cannot be one, or is told apart as somebody else.

    It is looked at with the lock held: who is found to be a minor meanwhile has either acted
    before that, and it ends, or acts no more.

    Raises:
        NotAGuardianError: The child under another name, a minor, or not who the tag says.

    """
    by, guardian = acting.by, acting.guardian
    if by is not None:
        refuse_no_guardian(acting.keeper, acting.person, by, vouched=True)
    if (guardian.who if guardian else "") != ("" if by is None else guardian_tag(by)):
        raise NotAGuardianError


def _refuse_disputed(acting: Acting, item: ConsentItemId) -> None:
    if acting.guardian is not None:
        refuse_disputed(acting.keeper.kept(acting.person), item, acting.guardian)


def _first_stated(acting: Acting) -> list[Draft]:
    """Return the statement of a relation that the operator's word brings with the first act."""
    guardian = acting.guardian
    if guardian is None or not guardian.who:
        return []
    if guardian.who in relations(acting.keeper, acting.person):
        return []
    return [statement(acting.keeper, acting.person, guardian, Speaker.OPERATOR)]
