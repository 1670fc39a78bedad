"""Guardians: what a child asks one for, who states a relation, how it ends (PIPL Art. 31).

Each act is one strict record (`guardianship`) in the child's chain, in force on return; with the
end of a relation what was given under it ends in the same stroke, all or nothing.
"""

import hashlib
import json
from collections.abc import Callable, Sequence

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.guardians import (
    TAG_SIGNS,
    GuardianAsking,
    GuardianRelation,
    Speaker,
    askings_of,
    refused_by_another,
    relations_of,
    settings_about,
)
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.age import AgeBand
from chengnuo.ports.consents import Kept
from chengnuo.ports.evidence_log import Draft, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import KIND_OF, REASON_OF, Recorded, guardian_words
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.refusals import (
    GuardianRelationEndedError,
    NoGuardianRelationError,
    NotAGuardianError,
    NothingAskedError,
    OtherGuardianRefusedError,
)
from chengnuo.usecases.consent.state import standing_in
from chengnuo.usecases.consent.taking_in import (
    ASKED_FOR,
    ASKING_WITHDRAWN,
    RELATION_ENDED,
    STATED,
)
from chengnuo.usecases.evidence.recording import Rows

FOURTEEN, GUARDIAN_IS_MINOR = "fourteen", "guardian-is-minor"


def guardian_tag(guardian: PersonKey) -> str:
    """Return what tells one guardian from another in a child's record.

    It is made from a key that is keyed itself, so that no account id can be tried against it.
    """
    return hashlib.sha256(f"guardian\n{guardian}".encode()).hexdigest()[:TAG_SIGNS]


def relations(keeper: ConsentKeeper, child: PersonKey) -> dict[str, GuardianRelation]:
    """Return every guardian of a child, by their tag."""
    return relations_of(keeper.kept(child).settings)


def askings(keeper: ConsentKeeper, child: PersonKey) -> tuple[GuardianAsking, ...]:
    """Return what waits for a guardian of a child, the oldest first."""
    kept = keeper.kept(child)
    return askings_of(kept.settings, kept.entries)


def stated_words(keeper: ConsentKeeper, relation: GuardianRelation) -> Guardian | None:
    """Return relation and method as they were stated; None if the record cannot be read."""
    if relation.stated < 0:
        return None
    record = keeper.recorder.log.record(Position(relation.stated))
    payload = keeper.recorder.payloads.opened(record).payload
    if payload is None:
        return None
    said = json.loads(payload)
    return Guardian(
        relation=said.get("relation", ""), method=said.get("method", ""), who=relation.tag
    )


def about_another(reader: PersonKey | None) -> Callable[[Kind, bytes], bool]:
    """Return what tells whether a record is kept back from whoever looks at a child's records.

    A guardian is told nothing of another: not how they are related, how that was made sure of,
    nor which of several they are. The child sees all of it.

    Args:
        reader: The guardian who looks; None if the individuals themselves do.

    """
    tag = None if reader is None else guardian_tag(reader)

    def is_about_another(kind: Kind, payload: bytes) -> bool:
        if tag is None:
            return False
        values = json.loads(payload)
        said = values.get("guardian")
        if kind is Kind.GUARDIANSHIP and "who" in values:
            said = values
        return isinstance(said, dict) and said.get("who", "") != tag

    return is_about_another


def ask(keeper: ConsentKeeper, child: PersonKey, item: ConsentItemId) -> Recorded:
    """Record that a child asks a guardian; one that waits already is returned."""
    with keeper.lock:
        for one in askings(keeper, child):
            if one.item == item:
                return Recorded(position=Position(one.position), at=from_us(one.since))
        return _recorded(keeper, [_asked(keeper, child, item, ASKED_FOR)])


def withdraw_asking(keeper: ConsentKeeper, child: PersonKey, item: ConsentItemId) -> Recorded:
    """Record that a child takes an asking back.

    Raises:
        NothingAskedError: Nothing of the sort waits.

    """
    with keeper.lock:
        if not any(one.item == item for one in askings(keeper, child)):
            raise NothingAskedError(item)
        return _recorded(keeper, [_asked(keeper, child, item, ASKING_WITHDRAWN)])


def state_relation(
    keeper: ConsentKeeper, child: PersonKey, guardian: Guardian, speaker: Speaker
) -> Recorded:
    """Record that somebody is a child's guardian, how related and how that was made sure of.

    Raises:
        GuardianRelationEndedError: It was ended by a word that this one does not outweigh.
        PayloadRefusedError: Relation or method is not one plain word.

    """
    with keeper.lock:
        known = relations(keeper, child).get(guardian.who)
        if known is not None and not known.may_be_stated_by(speaker):
            raise GuardianRelationEndedError
        return _recorded(keeper, [statement(keeper, child, guardian, speaker)])


def statement(
    keeper: ConsentKeeper, child: PersonKey, guardian: Guardian, speaker: Speaker
) -> Draft:
    """Return the record of a relation, to be appended with what is done under it."""
    words = guardian_words(Kind.GUARDIANSHIP, guardian)
    values = {"state": STATED, "by": speaker.value, **words}
    return keeper.recorder.draft(Kind.GUARDIANSHIP, values, person=child)


def end_relation(
    keeper: ConsentKeeper, child: PersonKey, tag: str, speaker: Speaker, *, reason: str
) -> tuple[Recorded, ...]:
    """Record that a relation is over, and end what was given under it.

    Returns:
        The end of the relation, then of each consent.

    Raises:
        NoGuardianRelationError: The child has no such guardian, or has one no longer by this word.

    """
    with keeper.lock:
        known = relations(keeper, child).get(tag)
        given = _given_under(keeper, child, {tag})
        if (known is None and not given) or (known is not None and speaker in known.ended_by):
            raise NoGuardianRelationError
        drafts = [
            _over(keeper, child, tag, speaker, reason),
            *(ended(keeper, entry, Act.GUARDIAN_ENDED) for entry in given),
        ]
        return _all_recorded(keeper, drafts)


def over_at_fourteen(keeper: ConsentKeeper, person: PersonKey) -> list[Draft]:
    """Return the ends of every relation that stands, once nobody needs a guardian any more."""
    return [
        _over(keeper, person, one.tag, Speaker.CHILD, FOURTEEN)
        for one in relations(keeper, person).values()
        if one.stands
    ]


def end_of_minor_guardian(keeper: ConsentKeeper, guardian: PersonKey) -> None:
    """End every relation of a guardian who turns out to be a minor."""
    tag = guardian_tag(guardian)
    keeper.ready()
    for child in sorted(set(keeper.store.acted_on((), settings_about(tag)))):
        with keeper.lock:
            known = relations(keeper, child).get(tag)
            if known is not None and Speaker.OPERATOR not in known.ended_by:
                end_relation(keeper, child, tag, Speaker.OPERATOR, reason=GUARDIAN_IS_MINOR)


def refuse_no_guardian(
    keeper: ConsentKeeper, child: PersonKey, guardian: PersonKey, *, vouched: bool
) -> None:
    """Refuse somebody who cannot be a child's guardian.

    Args:
        keeper: The state.
        child: The child.
        guardian: Who is to act.
        vouched: Whether the operator says that they are the guardian; then an unknown age is left
            to the operator. With a code of the child's alone it is a no.

    Raises:
        NotAGuardianError: The child under another name, a minor, or of unknown age.

    """
    now = keeper.now()
    age = keeper.state_of(guardian, now).individual.age
    is_grown = age is AgeBand.ADULT or (vouched and age is AgeBand.UNKNOWN)
    if guardian in keeper.kept(child).names or not is_grown:
        raise NotAGuardianError


def refuse_disputed(kept: Kept, item: ConsentItemId, guardian: Guardian) -> None:
    """Refuse a yes of one guardian while another's no stands, or one by nobody's guardian.

    Raises:
        GuardianRelationEndedError: The relation is over.
        OtherGuardianRefusedError: Another guardian of the child said no.

    """
    known = relations_of(kept.settings)
    relation = known.get(guardian.who)
    if relation is not None and not relation.stands:
        raise GuardianRelationEndedError
    if refused_by_another(kept.entries, known, item, guardian.who):
        raise OtherGuardianRefusedError(item)


def ended(keeper: ConsentKeeper, entry: Entry, act: Act) -> Draft:
    """Return the record that a consent has ended without being withdrawn."""
    event = entry.event
    values = {
        "form": event.form.value,
        "fingerprint": event.fingerprint,
        "reason": REASON_OF[act],
        "consent": event.position,
    }
    rows = Rows(activity=event.item.partition("/")[0], item=event.item)
    person = PersonKey(event.alias)
    return keeper.recorder.draft(KIND_OF[act], values, person=person, rows=rows)


def _given_under(keeper: ConsentKeeper, child: PersonKey, tags: set[str]) -> list[Entry]:
    stands = standing_in(keeper.kept(child), keeper.now()).values()
    found = (entry for entry in stands if entry.event.act is Act.GIVE)
    return [one for one in found if one.guardian is not None and one.guardian.who in tags]


def _asked(keeper: ConsentKeeper, child: PersonKey, item: ConsentItemId, state: str) -> Draft:
    values = {"state": state, "by": Speaker.CHILD.value}
    rows = Rows(activity=item.partition("/")[0], item=item)
    return keeper.recorder.draft(Kind.GUARDIANSHIP, values, person=child, rows=rows)


def _over(
    keeper: ConsentKeeper, child: PersonKey, tag: str, speaker: Speaker, reason: str
) -> Draft:
    values = {"state": RELATION_ENDED, "by": speaker.value, "who": tag, "reason": reason}
    return keeper.recorder.draft(Kind.GUARDIANSHIP, values, person=child)


def _recorded(keeper: ConsentKeeper, drafts: Sequence[Draft]) -> Recorded:
    return _all_recorded(keeper, drafts)[-1]


def _all_recorded(keeper: ConsentKeeper, drafts: Sequence[Draft]) -> tuple[Recorded, ...]:
    appended = keeper.record(drafts)
    return tuple(
        Recorded(position=Position(appended.first + number), at=from_us(appended.at))
        for number in range(len(drafts))
    )
