"""Rows of the consent tables, to and from the values of the domain."""

from typing import Any

from sqlalchemy import Row

from chengnuo.adapters.sql.database import DatabaseDamagedError
from chengnuo.base.digest import Digest
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.consent.what_follows import FollowKind, FollowState, FollowUp
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.consent_form import ConsentForm


def act_columns(entry: Entry) -> dict[str, object]:
    """Return the columns of an act."""
    event, guardian = entry.event, entry.guardian
    return {
        "position": event.position,
        "person": event.alias,
        "at": event.at,
        "item": event.item,
        "act": event.act.value,
        "fingerprint": event.fingerprint,
        "form": event.form.value,
        "by_guardian": event.by_guardian,
        "until": event.until,
        "notice": entry.notice,
        "lang": entry.lang,
        "surface": entry.surface,
        "steps": entry.steps,
        "relation": None if guardian is None else guardian.relation,
        "method": None if guardian is None else guardian.method,
        "guardian": None if guardian is None else guardian.who,
        "reason": entry.reason,
        "prompt": entry.prompt,
        "register": entry.register,
        "law": entry.law,
    }


def entry_of(row: Row[Any]) -> Entry:
    """Return the act of a row.

    Raises:
        DatabaseDamagedError: It says what no act is.

    """
    try:
        return _entry(row)
    except ValueError as error:
        raise DatabaseDamagedError from error


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        event=ConsentEvent(
            position=row.position,
            at=row.at,
            alias=row.person,
            item=ConsentItemId(row.item),
            act=Act(row.act),
            fingerprint=Digest(row.fingerprint),
            form=ConsentForm(row.form),
            by_guardian=row.by_guardian,
            until=row.until,
        ),
        notice=row.notice,
        lang=row.lang,
        surface=row.surface,
        steps=row.steps,
        guardian=None
        if row.relation is None
        else Guardian(relation=row.relation, method=row.method, who=row.guardian or ""),
        reason=row.reason,
        prompt=row.prompt,
        register=row.register,
        law=row.law,
    )


def merge_of(row: Row[Any]) -> Merge:
    """Return the merge of a row."""
    return Merge(position=row.position, at=row.at, one=row.one, other=row.other)


def setting_of(row: Row[Any]) -> Setting:
    """Return the setting of a row."""
    return Setting(
        position=row.position, at=row.at, alias=row.person, what=row.what, allows=row.allows
    )


def follow_up_columns(one: FollowUp) -> dict[str, object]:
    """Return the columns of something that follows from a withdrawal."""
    return {
        "withdrawal": one.withdrawal,
        "kind": one.kind.value,
        "recipient": one.recipient,
        "person": one.person,
        "item": one.item,
        "due": one.due,
        "state": one.state.value,
        "done_at": one.done_at,
        "done": one.done,
    }


def follow_up_of(row: Row[Any]) -> FollowUp:
    """Return what a row says follows from a withdrawal."""
    return FollowUp(
        withdrawal=row.withdrawal,
        person=row.person,
        item=ConsentItemId(row.item),
        kind=FollowKind(row.kind),
        recipient=row.recipient,
        due=row.due,
        state=FollowState(row.state),
        done_at=row.done_at,
        done=row.done,
    )
