"""What programs are told about consents, as JSON; the only place of its wire names."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.consent.asking import Asking
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.what_follows import FollowUp
from chengnuo.domain.individual.standing import Individual
from chengnuo.doors.consent_bodies import GuardianBody
from chengnuo.doors.http.answers import Words
from chengnuo.ports.consents import Seen
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.overview import ItemStanding, Overview, SwitchStanding
from chengnuo.usecases.consent.renewing import Renewal
from chengnuo.usecases.consent.repeating import Once


class _Camel(msgspec.Struct, frozen=True, rename="camel"):
    """An answer."""


class ReceiptBody(_Camel, frozen=True):
    """An act that is durable and in force.

    Attributes:
        position: Position of its record in the log.
        at: Its effective instant.
        repeated: Whether it had been recorded before; then nothing was recorded now.

    """

    position: int
    at: datetime
    repeated: bool = False


class ActBody(_Camel, frozen=True):
    """One act on a consent item, with what its record binds it to."""

    item: str
    act: str
    position: int
    at: datetime
    form: str
    fingerprint: str
    notice: str
    lang: str
    surface: str
    steps: int
    prompt: str
    reason: str
    guardian: GuardianBody | None
    until: datetime | None
    register_version: str
    law_version: str


class MayBody(_Camel, frozen=True):
    """Whether an item may be asked for now, why or why not, and if need be from when on."""

    may: bool
    why: str
    not_before: datetime | None


class DifferenceBody(_Camel, frozen=True):
    """One part of what was agreed to that has changed, old beside new."""

    what: Words
    before: Words
    after: Words


class RenewalBody(_Camel, frozen=True):
    """Why an item has to be agreed to anew; without differences only the form has changed."""

    item: str
    differences: tuple[DifferenceBody, ...]


class ConsentBody(_Camel, frozen=True):
    """How one consent item stands.

    Attributes:
        asked: Whether the register in force still asks for it; if not, what it asks is null.
        standing: The act that stands; null if there was none.
        in_force: Whether that is a consent that may be relied on.
        asking: Whether they may be asked now, unasked.
        renewal: What has changed since they agreed, if it has to be asked anew.

    """

    item: str
    asked: bool
    activity: str | None
    app: str | None
    kind: str | None
    about: str | None
    form: str | None
    fingerprint: str | None
    in_force: bool
    needs_guardian: bool
    standing: ActBody | None
    asking: MayBody | None
    renewal: RenewalBody | None


class IndividualBody(_Camel, frozen=True):
    """What is so about an individual."""

    age: str
    account: str
    restricted: bool
    suppressed: bool
    objects_to: tuple[str, ...]


class SwitchStandingBody(_Camel, frozen=True):
    """How one switch stands; position and instant of the newest act, null if never set."""

    switch: str
    app: str
    on: bool
    default_on: bool
    position: int | None
    at: datetime | None


class ConsentsBody(_Camel, frozen=True):
    """All that stands for one individual.

    Attributes:
        person_key: The key under which they are known here; follow-ups name it.
        at: Instant that it counts for.
        log_position: How many records of the log it takes into account at least.

    """

    person_key: str
    at: datetime
    register_version: str
    log_position: int
    individual: IndividualBody
    consents: tuple[ConsentBody, ...]
    switches: tuple[SwitchStandingBody, ...]


class HistoryBody(_Camel, frozen=True):
    """Every act on consent items under all their names, newest first."""

    acts: tuple[ActBody, ...]


class SwitchesBody(_Camel, frozen=True):
    """Every switch."""

    switches: tuple[SwitchStandingBody, ...]


class FollowUpBody(_Camel, frozen=True):
    """Something that follows from a withdrawal."""

    withdrawal: int
    person_key: str
    item: str
    kind: str
    recipient: str
    due: datetime
    state: str
    done: int | None
    done_at: datetime | None


class FollowUpsBody(_Camel, frozen=True):
    """What follows from withdrawals, soonest due first."""

    follow_ups: tuple[FollowUpBody, ...]


class KnownBody(_Camel, frozen=True):
    """What is so about an individual now, and the ends of what guardians had given."""

    individual: IndividualBody
    handed_over: tuple[ReceiptBody, ...]


def receipt_body(once: Once) -> ReceiptBody:
    """Return a receipt."""
    recorded = once.recorded
    return ReceiptBody(position=recorded.position, at=recorded.at, repeated=once.repeated)


def consents_body(
    overview: Overview, person: PersonKey, *, register: str, seen: Seen
) -> ConsentsBody:
    """Return all that stands for somebody."""
    return ConsentsBody(
        person_key=person,
        at=from_us(overview.at),
        register_version=register,
        log_position=seen.position,
        individual=individual_body(overview.individual, overview.objects_to),
        consents=tuple(map(_consent, overview.items)),
        switches=tuple(map(switch_body, overview.switches)),
    )


def individual_body(individual: Individual, objects_to: Iterable[str]) -> IndividualBody:
    """Return what is so about somebody."""
    return IndividualBody(
        age=individual.age.value,
        account=individual.account.value,
        restricted=individual.restricted,
        suppressed=individual.suppressed,
        objects_to=tuple(sorted(objects_to)),
    )


def act_body(entry: Entry) -> ActBody:
    """Return an act with what it is bound to; not under which name it was done."""
    event, guardian = entry.event, entry.guardian
    return ActBody(
        item=event.item,
        act=event.act.value,
        position=event.position,
        at=from_us(event.at),
        form=event.form.value,
        fingerprint=event.fingerprint,
        notice=entry.notice,
        lang=entry.lang,
        surface=entry.surface,
        steps=entry.steps,
        prompt=entry.prompt,
        reason=entry.reason,
        guardian=None
        if guardian is None
        else GuardianBody(relation=guardian.relation, method=guardian.method),
        until=None if event.until is None else from_us(event.until),
        register_version=entry.register,
        law_version=entry.law,
    )


def may_body(asking: Asking) -> MayBody:
    """Return whether something may be asked."""
    before = asking.not_before
    return MayBody(
        may=asking.may,
        why=asking.why.value,
        not_before=None if before is None else from_us(before),
    )


def switch_body(one: SwitchStanding) -> SwitchStandingBody:
    """Return how a switch stands."""
    setting = one.setting
    return SwitchStandingBody(
        switch=one.switch,
        app=one.app,
        on=one.is_on,
        default_on=one.default_on,
        position=None if setting is None else setting.position,
        at=None if setting is None else from_us(setting.at),
    )


def follow_up_body(one: FollowUp) -> FollowUpBody:
    """Return something that follows from a withdrawal."""
    return FollowUpBody(
        withdrawal=one.withdrawal,
        person_key=one.person,
        item=one.item,
        kind=one.kind.value,
        recipient=one.recipient,
        due=from_us(one.due),
        state=one.state.value,
        done=one.done,
        done_at=None if one.done_at is None else from_us(one.done_at),
    )


def _consent(one: ItemStanding) -> ConsentBody:
    item = one.item
    return ConsentBody(
        item=one.id,
        asked=item is not None,
        activity=None if item is None else item.activity,
        app=one.app,
        kind=None if item is None else item.kind.value,
        about=None if item is None else item.about,
        form=None if item is None else item.form.value,
        fingerprint=None if item is None else item.fingerprint,
        in_force=one.in_force,
        needs_guardian=one.needs_guardian,
        standing=None if one.entry is None else act_body(one.entry),
        asking=None if one.asking is None else may_body(one.asking),
        renewal=None if one.renewal is None else _renewal(one.renewal),
    )


def _renewal(renewal: Renewal) -> RenewalBody:
    return RenewalBody(
        item=renewal.item.id,
        differences=tuple(
            DifferenceBody(
                what=_words(one.what), before=_words(one.before), after=_words(one.after)
            )
            for one in renewal.differences
        ),
    )


def _words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)
