"""Consents over HTTP: what stands for an individual, and handing in what they did.

Every act is durable and in force when its receipt is returned. After silence the same may be handed
in again: what had been recorded comes back as `repeated`, and nothing is recorded twice.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.questions import Account, QuestionTimeError

Act = Literal["give", "refuse", "withdraw"]
FollowKind = Literal["stop", "tell", "delete"]


class Guardian(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A guardian who acted for a child: how related, and how that was made sure of.

    With `account`, the operator's account id, one guardian is told from another.
    """

    relation: str
    method: str
    account: str | None = None


class GuardianKept(msgspec.Struct, frozen=True):
    """A guardian as an act names them: by nothing that tells who they are."""

    relation: str
    method: str


class Reply(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What an individual said to a prompt.

    Attributes:
        person: The operator's account id.
        item: Consent item.
        act: What they said.
        app: App that asked.
        notice: Hash of the notice shown, as `/v1/prompts` gave it.
        fingerprint: Fingerprint of the item as shown, likewise.
        surface: Where, one word, as `android`.
        prompt: Id of this one prompt.
        asked_at: When it was shown, aware.
        lang: Language of the notice, `zh` or `en`.
        steps: Steps that it took.
        guardian: The guardian who acted for a child.
        until: When a consent for a time ends, aware.

    """

    person: str
    item: str
    act: Act
    app: str
    notice: str
    fingerprint: str
    surface: str
    prompt: str
    asked_at: datetime
    lang: str
    steps: int
    guardian: Guardian | None = None
    until: datetime | None = None


class Receipt(msgspec.Struct, frozen=True):
    """An act that is durable and in force; `position` is that of its record."""

    position: int
    at: datetime
    repeated: bool = False


class ActKept(msgspec.Struct, frozen=True, rename="camel"):
    """One act on a consent item, with what its record binds it to."""

    item: str
    act: str
    position: int
    at: datetime
    form: str = ""
    fingerprint: str = ""
    notice: str = ""
    lang: str = ""
    surface: str = ""
    steps: int = 0
    prompt: str = ""
    reason: str = ""
    guardian: GuardianKept | None = None
    until: datetime | None = None
    register_version: str = ""
    law_version: str = ""


class May(msgspec.Struct, frozen=True, rename="camel"):
    """Whether an item may be asked for now, why or why not, and from when on."""

    may: bool
    why: str
    not_before: datetime | None = None


class Words(msgspec.Struct, frozen=True):
    """A text in Chinese, and in English where somebody wrote it."""

    zh: str
    en: str | None = None


class Difference(msgspec.Struct, frozen=True):
    """One part of what was agreed to that has changed."""

    what: Words
    before: Words
    after: Words


class Renewal(msgspec.Struct, frozen=True):
    """Why an item has to be agreed to anew."""

    item: str
    differences: tuple[Difference, ...] = ()


class Consent(msgspec.Struct, frozen=True, rename="camel"):
    """How one consent item stands; what the register does not ask any more has no `activity`."""

    item: str
    in_force: bool
    asked: bool
    activity: str | None = None
    app: str | None = None
    kind: str | None = None
    about: str | None = None
    form: str | None = None
    fingerprint: str | None = None
    needs_guardian: bool = False
    standing: ActKept | None = None
    asking: May | None = None
    renewal: Renewal | None = None


class Switch(msgspec.Struct, frozen=True, rename="camel"):
    """How one switch stands."""

    switch: str
    app: str
    on: bool
    default_on: bool
    position: int | None = None
    at: datetime | None = None


class Individual(msgspec.Struct, frozen=True, rename="camel"):
    """What is so about an individual."""

    age: str
    account: str
    restricted: bool
    suppressed: bool
    objects_to: tuple[str, ...] = ()


class Consents(msgspec.Struct, frozen=True, rename="camel"):
    """All that stands for one individual; `person_key` is how follow-ups name them."""

    person_key: str
    at: datetime
    register_version: str
    log_position: int
    individual: Individual
    consents: tuple[Consent, ...]
    switches: tuple[Switch, ...]


class FollowUp(msgspec.Struct, frozen=True, rename="camel"):
    """Something that follows from a withdrawal."""

    withdrawal: int
    person_key: str
    item: str
    kind: str
    due: datetime
    state: str
    recipient: str = ""
    done: int | None = None
    done_at: datetime | None = None


class _Switches(msgspec.Struct, frozen=True):
    switches: tuple[Switch, ...]


class _History(msgspec.Struct, frozen=True):
    acts: tuple[ActKept, ...]


class _FollowUps(msgspec.Struct, frozen=True, rename="camel"):
    follow_ups: tuple[FollowUp, ...]


class _Known(msgspec.Struct, frozen=True):
    individual: Individual


class ConsentClient:
    """Asks and hands in, through a client whose key has `consent:read` or `consent:write`.

    Every method raises `ServiceRefusedError` where the service does not take what was sent, and
    `ServiceSilentError` where there is no answer; an act may have been recorded then.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def of(self, person: str, *, app: str | None = None) -> Consents:
        """Return all that stands for an individual; `app` leaves out other apps."""
        return self._client.post("/v1/consents:list", _given(person=person, app=app), Consents)

    def history(self, person: str) -> tuple[ActKept, ...]:
        """Return every act on consent items, newest first."""
        return self._client.post("/v1/consents:history", {"person": person}, _History).acts

    def switches(self, person: str, *, app: str | None = None) -> tuple[Switch, ...]:
        """Return every switch and how it stands; `app` leaves out other apps."""
        body = _given(person=person, app=app)
        return self._client.post("/v1/consents:switches", body, _Switches).switches

    def may_ask(self, person: str, item: str, *, started: bool = False) -> May:
        """Tell whether an individual may be asked for an item now."""
        body = {"person": person, "item": item, "started": started}
        return self._client.post("/v1/consents:may-ask", body, May)

    def answer(self, reply: Reply) -> Receipt:
        """Hand in what an individual said to a prompt.

        Raises:
            QuestionTimeError: An instant has no time zone.

        """
        for at in (reply.asked_at, reply.until):
            if at is not None and at.utcoffset() is None:
                raise QuestionTimeError
        return self._client.post("/v1/consents", reply, Receipt)

    def withdraw(
        self,
        person: str,
        item: str,
        *,
        surface: str,
        steps: int = 1,
        guardian: Guardian | None = None,
    ) -> Receipt:
        """Withdraw a consent."""
        body = _given(person=person, item=item, surface=surface, steps=steps, guardian=guardian)
        return self._client.post("/v1/consents:withdraw", body, Receipt)

    def used(self, person: str, item: str) -> Receipt:
        """Say that the one use was made that a consent was for; that ends it."""
        return self._client.post("/v1/consents:used", {"person": person, "item": item}, Receipt)

    def undo(
        self, person: str, withdrawal: int, *, surface: str, guardian: Guardian | None = None
    ) -> Receipt:
        """Undo a withdrawal of the last ten minutes."""
        body = _given(person=person, withdrawal=withdrawal, surface=surface, guardian=guardian)
        return self._client.post("/v1/consents:undo", body, Receipt)

    def set_switch(
        self, person: str, switch: str, *, on: bool, surface: str, app: str | None = None
    ) -> Receipt:
        """Set a switch."""
        body = _given(person=person, switch=switch, on=on, surface=surface, app=app)
        return self._client.post("/v1/consents:switch", body, Receipt)

    def restrict(self, person: str, *, on: bool) -> Receipt:
        """Restrict handling to storing and protecting (PIPL Art. 44), or end that."""
        return self._client.post("/v1/consents:restrict", {"person": person, "on": on}, Receipt)

    def object_to(self, person: str, activity: str, *, on: bool = True) -> Receipt:
        """Object to the handling of public information (PIPL Art. 27), or end that."""
        body = {"person": person, "activity": activity, "on": on}
        return self._client.post("/v1/consents:object", body, Receipt)

    def merge(self, person: str, other: str, *, method: str) -> Receipt:
        """Join two account ids of one individual."""
        body = {"person": person, "other": other, "method": method}
        return self._client.post("/v1/consents:merge", body, Receipt)

    def follow_ups(self, person: str | None = None, *, limit: int = 1000) -> Sequence[FollowUp]:
        """Return what follows from withdrawals: all of one individual, or what is due of all."""
        body = _given(person=person, limit=limit)
        return self._client.post("/v1/consents:follow-ups", body, _FollowUps).follow_ups

    def acknowledge(
        self, withdrawal: int, kind: FollowKind, *, person_key: str, recipient: str = ""
    ) -> Receipt:
        """Say that something that follows from a withdrawal was done."""
        body = _given(
            withdrawal=withdrawal, kind=kind, personKey=person_key, recipient=recipient or None
        )
        return self._client.post("/v1/consents:acknowledge", body, Receipt)

    def know(
        self, person: str, *, birth_date: date | None = None, account: Account | None = None
    ) -> Individual:
        """Say what the operator knows of an individual; it is no evidence."""
        body = _given(person=person, birthDate=birth_date, account=account)
        return self._client.post("/v1/consents:know", body, _Known).individual


def _given(**members: object) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}
