"""What programs hand in about consents, as JSON; the only place of its wire names.

The account id stands in the body and nowhere else: paths and queries end up in the logs of every
proxy on the way. Unknown members are an error, so that nothing misspelt is passed over.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from chengnuo.base.digest import Digest
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.what_follows import FollowKind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.decision_bodies import AccountText, Id
from chengnuo.usecases.consent.acts import Shown

MOST_ITEM = 250
MOST_LISTED = 1000
_MOST_STEPS = 1000

ItemText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_ITEM)]
Word = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
Hex = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Steps = Annotated[int, msgspec.Meta(ge=1, le=_MOST_STEPS)]
Position = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Aware = Annotated[datetime, msgspec.Meta(tz=True)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class GuardianBody(_Strict, frozen=True):
    """A guardian who acts for a child: how related, and how that was made sure of."""

    relation: Word
    method: Word

    def to_domain(self) -> Guardian:
        """Return the value the use case takes."""
        return Guardian(relation=self.relation, method=self.method)


class ActingGuardianBody(GuardianBody, frozen=True):
    """A guardian who acts, told apart from the child's other guardians by their account."""

    account: AccountText | None = None


class StateGuardianBody(_Strict, frozen=True):
    """A guardian whom the operator has made sure of; `method` says how."""

    person: AccountText
    guardian: AccountText
    relation: Word
    method: Word


class EndGuardianBody(_Strict, frozen=True):
    """The end of a guardian's relation, by the account or by `who` of the list of guardians."""

    person: AccountText
    reason: Word
    guardian: AccountText | None = None
    who: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")] | None = None


class AskGuardianBody(_Strict, frozen=True):
    """What a child asks a guardian for, or takes back."""

    person: AccountText
    item: ItemText
    back: bool = False


class WhoBody(_Strict, frozen=True):
    """Whom a question is about; `app` leaves out what other apps ask."""

    person: AccountText
    app: Id | None = None


class PersonBody(_Strict, frozen=True):
    """Whom a question is about."""

    person: AccountText


class MayAskBody(_Strict, frozen=True):
    """Whether somebody may be asked for an item now.

    Attributes:
        started: Whether they have just started the function themselves.

    """

    person: AccountText
    item: ItemText
    started: bool = False


class FollowUpsAskedBody(_Strict, frozen=True):
    """Whose follow-ups of withdrawals are wanted; left out, everybody's that are due now."""

    person: AccountText | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_LISTED)] = MOST_LISTED


class AnswerBody(_Strict, frozen=True):
    """The answer to a prompt.

    Attributes:
        act: What they said.
        app: App that asked.
        notice: Hash of the notice shown, as `/v1/prompts` gives it.
        fingerprint: Material fingerprint of the item as shown, likewise.
        lang: Language of the notice.
        surface: Where, one word, as `android`.
        steps: Steps that the answer took.
        prompt: Id of this one prompt; a second answer to it is refused, the same one found again.
        asked_at: When it was shown, with its zone.
        guardian: The guardian who acted for a child.
        until: When a consent for a time ends, with its zone.

    """

    person: AccountText
    item: ItemText
    act: Literal["give", "refuse", "withdraw"]
    app: Id
    notice: Hex
    fingerprint: Hex
    lang: Lang
    surface: Word
    steps: Steps
    prompt: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$")]
    asked_at: Aware
    guardian: ActingGuardianBody | None = None
    until: Aware | None = None

    def shown(self) -> Shown:
        """Return what was shown."""
        return Shown(
            app=AppId(self.app),
            notice=Digest(self.notice),
            fingerprint=Digest(self.fingerprint),
            lang=self.lang,
            surface=self.surface,
            steps=self.steps,
            prompt=self.prompt,
            asked_at=self.asked_at,
        )


class WithdrawBody(_Strict, frozen=True):
    """A withdrawal without a prompt."""

    person: AccountText
    item: ItemText
    surface: Word
    steps: Steps = 1
    guardian: ActingGuardianBody | None = None


class UsedBody(_Strict, frozen=True):
    """A consent for one use whose use was made."""

    person: AccountText
    item: ItemText


class UndoBody(_Strict, frozen=True):
    """The undoing of a withdrawal, which stands at a position of the log."""

    person: AccountText
    withdrawal: Position
    surface: Word
    guardian: ActingGuardianBody | None = None


class SwitchBody(_Strict, frozen=True):
    """A switch set."""

    person: AccountText
    switch: Id
    on: bool
    surface: Word
    app: Id | None = None


class RestrictBody(_Strict, frozen=True):
    """Handling restricted to storing and protecting (PIPL Art. 44), or not any more."""

    person: AccountText
    on: bool


class ObjectBody(_Strict, frozen=True):
    """An objection to the handling of public information (PIPL Art. 27), or its end."""

    person: AccountText
    activity: Id
    on: bool


class MergeBody(_Strict, frozen=True):
    """Two account ids found to be one individual's, and how that was found."""

    person: AccountText
    other: AccountText
    method: Word


class AcknowledgeBody(_Strict, frozen=True):
    """Something that follows from a withdrawal was done.

    Attributes:
        person: The account id; or, in its place, `person_key` as a follow-up gives it.
        withdrawal: Position of the withdrawal.
        kind: What was done.
        recipient: Who was told; left out where nobody had to be.

    """

    withdrawal: Position
    kind: FollowKind
    person: AccountText | None = None
    person_key: Hex | None = None
    recipient: Annotated[str, msgspec.Meta(max_length=120)] = ""


class KnowBody(_Strict, frozen=True):
    """What the operator knows of somebody; what is left out stays as it is known."""

    person: AccountText
    birth_date: date | None = None
    account: AccountState | None = None
