"""From records of the log to changes of the state of consent; the one way in, live or replayed.

Records that nobody can read any more, because the proof key is destroyed, change nothing: of
such a person nothing is kept, and nothing of theirs counts.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.guardians import ASKED, Speaker, relation_setting
from chengnuo.domain.consent.setting import (
    LABEL,
    LABEL_BACK,
    LABELS,
    MACHINE_ONLY,
    PUBLIC_INFORMATION,
    RESTRICTION,
    SWITCH,
    Setting,
)
from chengnuo.domain.consent.what_follows import FollowKind, what_follows
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.model import Register
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.rights import Right
from chengnuo.ports.consents import (
    ActKept,
    Change,
    DeletionSeen,
    FollowUpDone,
    Forgotten,
    MergeKept,
    SettingKept,
)
from chengnuo.ports.evidence_log import LogReader, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.acts import REASON_OF

IN_FORCE, ENDED = "in-force", "ended"
RECEIVED, CLEARED = "received", "cleared"
ASKED_FOR, ASKING_WITHDRAWN = "asked", "asking-withdrawn"
STATED, RELATION_ENDED = "stated", "ended"
LABEL_REQUEST = "label-"
LABEL_DELETED, LABEL_CAME_BACK = "label-deleted", "label-came-back"
WITHDRAWAL = "withdrawal-"
DONE: dict[FollowKind, str] = {
    FollowKind.STOP: "stopped",
    FollowKind.TELL: "recipient-told",
    FollowKind.DELETE: "deleted",
}
_KIND_DONE = {state: kind for kind, state in DONE.items()}
_ACTS: dict[str, Act] = {
    Kind.CONSENT_GIVEN.value: Act.GIVE,
    Kind.CONSENT_REFUSED.value: Act.REFUSE,
    Kind.CONSENT_WITHDRAWN.value: Act.WITHDRAW,
}
_FORMS = {form.value: form for form in ConsentForm}
_ENDS = {reason: act for act, reason in REASON_OF.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a record changes.

    Attributes:
        change: The change.
        persons: Individuals concerned, with their ordinals; only the first may be new.

    """

    change: Change
    persons: tuple[tuple[PersonKey, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingIn:
    """Reads records.

    Attributes:
        log: The log.
        payloads: Opens payloads.
        register_of: Returns the register of a kept version; None if it is not kept.

    """

    log: LogReader
    payloads: Payloads
    register_of: Callable[[str], Register | None]

    def taken(self, record: Record) -> Taken | None:
        """Return what a record changes; None if nothing.

        Raises:
            PayloadDamagedError: Its payload is not what was written.

        """
        kind = record.leaf.kind
        if not record.ordinal or kind not in _SPOKEN_OF:
            return None
        person = self.payloads.person(record)
        if kind == Kind.ALIASES_MERGED.value:
            return self._merge(record, person)
        if kind == Kind.DELETION.value:
            if person is None:
                return Taken(change=Forgotten(ordinal=record.ordinal))
            known = ((person, record.ordinal),)
            return Taken(change=DeletionSeen(person=person), persons=known)
        opened = None if person is None else self.payloads.opened(record).payload
        if person is None or opened is None:
            return None
        change = self._change(record, person, json.loads(opened))
        return None if change is None else Taken(change=change, persons=((person, record.ordinal),))

    def _change(self, record: Record, person: PersonKey, said: Mapping[str, Tree]) -> Change | None:
        if record.leaf.kind == Kind.SWITCH_SET.value:
            return _setting(record, person, f"{SWITCH}{said['switch']}", allows=bool(said["on"]))
        if record.leaf.kind == Kind.GUARDIANSHIP.value:
            return _guardianship(record, person, said)
        if record.leaf.kind == Kind.REQUEST_STATE.value:
            return _request(record, person, said)
        entry = _entry(record, person, said)
        if entry.event.act is not Act.WITHDRAW:
            return ActKept(entry=entry)
        event = entry.event
        return ActKept(
            entry=entry,
            follow_ups=what_follows(
                event.item,
                self.register_of(record.leaf.register),
                person=person,
                withdrawal=event.position,
                at=event.at,
            ),
        )

    def _merge(self, record: Record, person: PersonKey | None) -> Taken | None:
        """Return a merge; the second name is found through an earlier record of its chain."""
        found = self._second(record)
        other = None if found is None else self.payloads.person(found)
        persons = [(person, record.ordinal)] if person is not None else []
        if found is not None and other is not None:
            persons.append((other, found.ordinal))
        if not persons:
            return None
        merge = Merge(
            position=record.position, at=record.leaf.at, one=person or "", other=other or ""
        )
        return Taken(change=MergeKept(merge=merge), persons=tuple(persons))

    def _second(self, record: Record) -> Record | None:
        """Return the newest record that is in the second chain of a merge by its own right."""
        tag = "" if record.leaf.also is None else record.leaf.also.tag
        before = record.also_before
        while before is not None:
            found = self.log.record(before)
            if found.leaf.tag == tag:
                return found
            before = found.also_before
        return None


def _entry(record: Record, person: PersonKey, said: Mapping[str, Tree]) -> Entry:
    leaf, guardian, expires = record.leaf, said.get("guardian"), said.get("expires")
    reason = str(said.get("reason", ""))
    return Entry(
        event=ConsentEvent(
            position=record.position,
            at=leaf.at,
            alias=person,
            item=ConsentItemId(leaf.item),
            act=_ACTS.get(leaf.kind) or _ENDS.get(reason, Act.EXPIRE),
            fingerprint=Digest(str(said["fingerprint"])),
            form=_FORMS.get(str(said["form"]), ConsentForm.GENERAL),
            by_guardian=guardian is not None,
            until=None if expires is None else to_us(datetime.fromisoformat(str(expires))),
        ),
        notice=str(said.get("notice", "")),
        lang=str(said.get("lang", "")),
        surface=str(said.get("surface", "")),
        steps=int(str(said.get("steps", 0))),
        guardian=_guardian(guardian),
        reason=reason,
        prompt=str(said.get("prompt", "")),
        register=leaf.register,
        law=leaf.law,
    )


def _guardian(said: Tree) -> Guardian | None:
    if not isinstance(said, Mapping):
        return None
    relation, method, who = (str(said.get(name, "")) for name in ("relation", "method", "who"))
    return Guardian(relation=relation, method=method, who=who)


def _guardianship(record: Record, person: PersonKey, said: Mapping[str, Tree]) -> SettingKept:
    """Return what is said of a guardian, or what a child asks one for or asks no more."""
    state = str(said["state"])
    if state in {ASKED_FOR, ASKING_WITHDRAWN}:
        what = f"{ASKED}{record.leaf.item}"
        return _setting(record, person, what, allows=state == ASKING_WITHDRAWN)
    what = relation_setting(str(said["who"]), Speaker(str(said["by"])))
    return _setting(record, person, what, allows=state == STATED)


def _setting(record: Record, person: PersonKey, what: str, *, allows: bool) -> SettingKept:
    return SettingKept(
        setting=Setting(
            position=record.position, at=record.leaf.at, alias=person, what=what, allows=allows
        )
    )


def _request(record: Record, person: PersonKey, said: Mapping[str, Tree]) -> Change | None:
    """Return what a state of a request changes here: something set, or a follow-up done."""
    right, state, request = str(said["right"]), str(said["state"]), str(said["request"])
    for what, allows in _set_by(right, state, request, record.leaf.activity):
        return _setting(record, person, what, allows=allows)
    number = request.removeprefix(WITHDRAWAL)
    if request != number and number.isdecimal() and state in _KIND_DONE:
        return FollowUpDone(
            person=person,
            withdrawal=int(number),
            kind=_KIND_DONE[state],
            recipient=record.leaf.recipient,
            at=record.leaf.at,
            position=record.position,
        )
    return None


def _set_by(right: str, state: str, request: str, activity: str) -> Iterator[tuple[str, bool]]:
    """Yield what a state sets, if anything, and whether it allows.

    Restriction, objection, refusal of machines, labels to be cleared or cleared, or one of them.
    """
    if state in {IN_FORCE, ENDED}:
        if right == Right.RESTRICT.value:
            yield RESTRICTION, state == ENDED
        elif right == Right.REFUSE.value and activity:
            yield f"{PUBLIC_INFORMATION}{activity}", state == ENDED
        elif right == Right.REFUSE_AUTOMATED.value:
            yield f"{MACHINE_ONLY}{activity}", state == ENDED
    elif right == Right.DELETE.value:
        if activity and state in {RECEIVED, CLEARED}:
            yield f"{LABELS}{activity}", state == CLEARED
        elif state in _ONE_LABEL:
            yield f"{_ONE_LABEL[state]}{request.removeprefix(LABEL_REQUEST)}", False


_ONE_LABEL = {LABEL_DELETED: LABEL, LABEL_CAME_BACK: LABEL_BACK}
_SPOKEN_OF = frozenset(
    {
        *_ACTS,
        Kind.CONSENT_ENDED.value,
        Kind.SWITCH_SET.value,
        Kind.GUARDIANSHIP.value,
        Kind.REQUEST_STATE.value,
        Kind.ALIASES_MERGED.value,
        Kind.DELETION.value,
    }
)
