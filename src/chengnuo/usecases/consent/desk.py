"""What individuals say to each consent item and what they set: recorded, in force, followed up.

Every act is one strict evidence record, bound to item, fingerprint, form, notice, surface, steps
and guardian; it is in force when the call returns. What does not fit what was asked is refused
with a reason, and nothing is recorded.
"""

from datetime import date, datetime, timedelta

from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import FollowKind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.usecases.consent import answering, ending, following, labels, one_label, setting
from chengnuo.usecases.consent.acts import Recorded, Shown
from chengnuo.usecases.consent.answering import Acting
from chengnuo.usecases.consent.guardians import end_of_minor_guardian, refuse_no_guardian
from chengnuo.usecases.consent.labels import LabelRequest
from chengnuo.usecases.consent.reading import ConsentReading

_LOOKS_BACK = timedelta(days=31)


class ConsentDesk(ConsentReading):
    """The use cases around consent."""

    def answer(  # noqa: PLR0913  who, what, how, after what
        self,
        person: PersonKey,
        item: ConsentItemId,
        act: Act,
        shown: Shown,
        *,
        guardian: Guardian | None = None,
        by: PersonKey | None = None,
        until: datetime | None = None,
    ) -> Recorded:
        """Record the answer to a prompt.

        Args:
            person: Whose consent it is.
            item: Consent item.
            act: `GIVE`, `REFUSE` or `WITHDRAW`.
            shown: What was shown before.
            guardian: The guardian who acts for a child; None if the individual does.
            by: Who that guardian is, where they are told from others by a tag.
            until: When a consent for a time ends, aware; a consent for one use ends within a day.

        Raises:
            NoSuchConsentItemError: The register asks for no such consent.
            OtherAppError: The item belongs to another app.
            OtherVersionError: Something else was shown than what is asked now.
            PromptAnsweredError: The prompt was answered before.
            PromptLateError: It was shown too long ago.
            PromptFromFutureError: It is said to have been shown later than now.
            NaiveInstantError: An instant has no time zone.
            EndPastError: The consent would have ended already.
            GuardianNeededError: A child acts alone.
            GuardianNotNeededError: A guardian acts for somebody who decides alone.
            NotAGuardianError: The guardian is the child, a minor, or not who the tag says.
            NothingToWithdrawError: There is no consent to withdraw.
            PayloadRefusedError: Surface, steps, prompt or guardian have a wrong form.

        """
        return answering.answer(self._acting(person, guardian, by), item, act, shown, until=until)

    def withdraw(  # noqa: PLR0913  who, what, where, by whom
        self,
        person: PersonKey,
        item: ConsentItemId,
        *,
        surface: str,
        steps: int,
        guardian: Guardian | None = None,
        by: PersonKey | None = None,
    ) -> Recorded:
        """Withdraw a consent, whatever the register asks by now; in force on return.

        Raises:
            NothingToWithdrawError: There is no consent to withdraw.
            NotAGuardianError: See `answer`.

        """
        return answering.withdraw(
            self._acting(person, guardian, by), item, surface=surface, steps=steps
        )

    def undo(
        self,
        person: PersonKey,
        position: int,
        *,
        surface: str,
        guardian: Guardian | None = None,
        by: PersonKey | None = None,
    ) -> Recorded:
        """Undo a withdrawal of the last ten minutes: a new consent on the same text.

        Raises:
            UndoNotPossibleError: The record is no withdrawal of theirs that still stands.
            UndoTooLateError: It is ten minutes old.
            OtherVersionError: The register does not accept that text any more.
            GuardianNeededError: A child acts alone.
            NotAGuardianError: See `answer`.

        """
        return answering.undo(self._acting(person, guardian, by), position, surface=surface)

    def set_switch(
        self,
        person: PersonKey,
        switch: SwitchId,
        *,
        on: bool,
        surface: str,
        app: AppId | None = None,
    ) -> Recorded:
        """Set a switch.

        Args:
            person: Whose.
            switch: Which.
            on: Whether it is on now.
            surface: Where, one word.
            app: App from which they come; None not to look.

        Raises:
            NoSuchSwitchError: The register, or that app, has no such switch.

        """
        register = self.book().register
        return setting.set_switch(
            self._keeper, register, person, switch, on=on, surface=surface, app=app
        )

    def names(self, person: PersonKey) -> frozenset[PersonKey]:
        """Return all keys under which somebody is known."""
        return self._keeper.kept(person).names | {person}

    def merge(self, person: PersonKey, other: PersonKey, *, method: str) -> Recorded:
        """Join two names of one individual, with one record in both chains; a no stays a no.

        Names that are joined already are left so, and the merge that stands is returned.

        Raises:
            SameIndividualError: Both names are the same.

        """
        return setting.merge(self._keeper, person, other, method=method)

    def restrict(self, person: PersonKey, *, on: bool) -> Recorded:
        """Restrict handling to storing and protecting (PIPL Art. 44), or end that."""
        return setting.restrict(self._keeper, person, on=on)

    def object_to(self, person: PersonKey, activity: ActivityId, *, on: bool = True) -> Recorded:
        """Object to handling one's public information (PIPL Art. 27), or end that.

        Raises:
            NoSuchActivityError: The register has no such activity.

        """
        return setting.object_to(self._keeper, self.book().register, person, activity, on=on)

    def refuse_machine_only(
        self, person: PersonKey, activity: ActivityId | None = None, *, on: bool = True
    ) -> Recorded:
        """Refuse decisions of major effect by machine alone, or end that (PIPL Art. 24 para. 3).

        Nothing else is restricted by it: a person may decide, on the same information. Without an
        activity it is said of all.

        Raises:
            NoSuchActivityError: The register has no such activity.

        """
        register = self.book().register
        return setting.refuse_machine_only(self._keeper, register, person, activity, on=on)

    def clear_labels(
        self, person: PersonKey, activity: ActivityId, *, app: AppId | None = None
    ) -> Recorded:
        """Ask for the personal labels of an activity to be cleared; one that waits is returned.

        Args:
            person: Whose.
            activity: Which activity uses them.
            app: App from which they come; None not to look.

        Raises:
            NoSuchActivityError: The register, or that app, has no activity that uses labels so.

        """
        register = self.book().register
        return labels.ask_to_clear(self._keeper, register, person, activity, app=app)

    def labels_cleared(self, person: PersonKey, activity: ActivityId) -> Recorded:
        """Record that the operator's systems have cleared the labels of an activity.

        Raises:
            NoLabelRequestError: No such request is open.

        """
        return labels.acknowledge_cleared(self._keeper, person, activity)

    def delete_label(self, person: PersonKey, key: str) -> Recorded:
        """Record that an individual deleted one label, by its keyed name; once while it stays so.

        See `one_label.label_key`.
        """
        return one_label.delete_label(self._keeper, person, key)

    def label_came_back(self, person: PersonKey, key: str) -> Recorded | None:
        """Record that a label is there again that had been deleted; None if it had not been."""
        return one_label.label_came_back(self._keeper, person, key)

    def label_requests(self, person: PersonKey) -> tuple[LabelRequest, ...]:
        """Return the newest request to clear labels for each activity."""
        return labels.label_requests(self._keeper, person)

    def know(
        self,
        person: PersonKey,
        *,
        birth_date: date | None = None,
        account: AccountState | None = None,
    ) -> None:
        """Keep what the operator says of somebody; None leaves what is known.

        Raises:
            BirthDateInFutureError: The birth date is after today.

        """
        self._keeper.know(person, KnownOfIndividual(birth_date=birth_date, account=account))

    def arrived(self, visitor: Visitor) -> None:
        """Keep what the operator's token says of somebody who comes in.

        From fourteen on, what a guardian agreed to for them ends, and they are asked themselves.
        Who looks at their choices after cancelling does not open the account again by that.

        Raises:
            NotAGuardianError: The guardian that the token names is the child, or a minor.

        """
        if visitor.guardian is not None:
            refuse_no_guardian(self._keeper, visitor.person, visitor.guardian, vouched=True)
        state = self.state_of(visitor.person, self._keeper.now())
        is_gone = state.individual.account is AccountState.CANCELLED
        account = None if is_gone else AccountState.ACTIVE
        self.told(visitor.person, birth_date=visitor.birth_date, account=account)

    def told(
        self,
        person: PersonKey,
        *,
        birth_date: date | None = None,
        account: AccountState | None = None,
    ) -> tuple[Recorded, ...]:
        """Keep what the operator says of somebody; at fourteen what guardians gave is handed over.

        Who turns out to be a minor is nobody's guardian: what they gave as one ends. Returned are
        the ends of what guardians gave; mostly none.

        Raises:
            BirthDateInFutureError: The birth date is after today.

        """
        self.know(person, birth_date=birth_date, account=account)
        age = self.state_of(person, self._keeper.now()).individual.age
        if age.is_minor:
            end_of_minor_guardian(self._keeper, person)
        return () if age in {AgeBand.UNKNOWN, AgeBand.UNDER_14} else self.hand_over(person)

    def hand_over(self, person: PersonKey) -> tuple[Recorded, ...]:
        """End what guardians gave; see `ending.hand_over`."""
        return ending.hand_over(self._keeper, person)

    def hand_over_grown(self) -> int:
        """Hand over what guardians gave to whoever turned fourteen since the last look.

        The first look goes back a month; a day is looked at once. Whoever comes in, or of whom the
        operator tells something, is handed over at once anyway.
        """
        today = civil_date(self._keeper.clock.now())
        since = self._grown_on or today - _LOOKS_BACK
        grown = ending.hand_over_grown(self._keeper, since, today) if since < today else 0
        self._grown_on = today
        return grown

    def supersede_all(self, *, limit: int = 100) -> int:
        """End consents to a text that is not accepted any more; return how many were found.

        A register and a day for which nothing was left to end are not looked at again.
        """
        if self._desk.current() is None:
            return 0
        book = self.book()
        if book is self._superseded:
            return 0
        ended = ending.supersede_all(self._keeper, book, limit=limit)
        if ended < limit:
            self._superseded = book
        return ended

    def expire(self, person: PersonKey, item: ConsentItemId, *, used: bool = False) -> Recorded:
        """End a consent whose time is over, or whose one use was made; see `ending.expire`."""
        return ending.expire(self._keeper, person, item, used=used)

    def end_what_is_over(self) -> None:
        """End what is over for everybody: consents for a time, and what guardians gave, at 14."""
        self.expire_due()
        self.hand_over_grown()

    def expire_due(self, *, limit: int = 1000) -> int:
        """End the consents of everybody whose time is over; return how many."""
        return ending.expire_due(self._keeper, limit=limit)

    def acknowledge(
        self, person: PersonKey, withdrawal: int, kind: FollowKind, *, recipient: str = ""
    ) -> Recorded:
        """Record that something that follows from a withdrawal was done.

        Raises:
            NoSuchFollowUpError: Nothing of the sort follows, or it was done or called off.
            FollowUpNotDueError: The withdrawal can still be undone.

        """
        return following.acknowledge(self._keeper, person, withdrawal, kind, recipient=recipient)

    def _acting(self, person: PersonKey, guardian: Guardian | None, by: PersonKey | None) -> Acting:
        return Acting(
            keeper=self._keeper, book=self.book(), person=person, guardian=guardian, by=by
        )
