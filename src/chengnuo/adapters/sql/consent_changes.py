"""Changes of the state of consent, written to its tables."""

from collections.abc import Set as AbstractSet
from datetime import date

from sqlalchemy import Connection, Table, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.consent_days import ConsentDays
from chengnuo.adapters.sql.consent_rows import act_columns, follow_up_columns, merge_of
from chengnuo.adapters.sql.schema import (
    CONSENT_ACT,
    CONSENT_FOLLOW_UP,
    CONSENT_MERGE,
    CONSENT_PERSON,
    CONSENT_SETTING,
    INDIVIDUAL,
)
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act, Merge
from chengnuo.domain.consent.what_follows import FollowKind, FollowState
from chengnuo.ports.consents import (
    ActKept,
    Change,
    DeletionSeen,
    FollowUpDone,
    Forgotten,
    MergeKept,
    SettingKept,
)
from chengnuo.ports.individuals import PersonKey

_OF_A_PERSON = (CONSENT_ACT, CONSENT_SETTING, CONSENT_FOLLOW_UP, CONSENT_PERSON, INDIVIDUAL)


def meet(connection: Connection, person: PersonKey, ordinal: int, days: ConsentDays) -> None:
    """Keep whose an ordinal is; somebody with a new one has lost all that was under the old."""
    query = select(CONSENT_PERSON.c.ordinal).where(CONSENT_PERSON.c.person == person)
    known = connection.execute(query).scalar()
    if known == ordinal:
        return
    if known is not None:
        _forget(connection, known, days)
    _add(connection, CONSENT_PERSON, person=person, ordinal=ordinal, deletion=False)


def apply_change(connection: Connection, change: Change, days: ConsentDays) -> None:
    """Write one change, and count what it adds; writing it again changes nothing."""
    match change:
        case ActKept():
            days.add(connection, change)
            _keep_act(connection, change)
        case MergeKept():
            merge = change.merge
            _add(
                connection,
                CONSENT_MERGE,
                position=merge.position,
                at=merge.at,
                one=merge.one,
                other=merge.other,
            )
        case SettingKept():
            setting = change.setting
            _add(
                connection,
                CONSENT_SETTING,
                position=setting.position,
                person=setting.alias,
                at=setting.at,
                what=setting.what,
                allows=setting.allows,
            )
        case FollowUpDone():
            _done(connection, change)
        case DeletionSeen():
            connection.execute(
                update(CONSENT_PERSON)
                .where(CONSENT_PERSON.c.person == change.person)
                .values(deletion=True)
            )
        case Forgotten():
            _forget(connection, change.ordinal, days)


def _keep_act(connection: Connection, change: ActKept) -> None:
    event = change.entry.event
    _add(connection, CONSENT_ACT, **act_columns(change.entry))
    for follow_up in change.follow_ups:
        _add(connection, CONSENT_FOLLOW_UP, **follow_up_columns(follow_up))
    if event.act is Act.GIVE:
        _call_off(connection, change.entry)


def _call_off(connection: Connection, given: Entry) -> None:
    """Call off what follows from withdrawals of the item before a new yes and is not due yet."""
    event, table = given.event, CONSENT_FOLLOW_UP
    names, _ = joined(connection, PersonKey(event.alias), before=event.position)
    connection.execute(
        update(table)
        .where(
            table.c.person.in_(names),
            table.c.item == event.item,
            table.c.withdrawal < event.position,
            table.c.state == FollowState.OPEN.value,
            or_(table.c.due > event.at, table.c.kind == FollowKind.STOP.value),
        )
        .values(state=FollowState.CALLED_OFF.value)
    )


def _done(connection: Connection, done: FollowUpDone) -> None:
    table = CONSENT_FOLLOW_UP
    connection.execute(
        update(table)
        .where(
            table.c.withdrawal == done.withdrawal,
            table.c.kind == done.kind.value,
            table.c.recipient == done.recipient,
            table.c.state == FollowState.OPEN.value,
        )
        .values(state=FollowState.DONE.value, done_at=done.at, done=done.position)
    )


def _forget(connection: Connection, ordinal: int, days: ConsentDays) -> None:
    """Take away every row of somebody; a merge with them stays, without saying with whom."""
    person = person_with(connection, ordinal)
    if person is None:
        return
    _keep_protected(connection, person)
    days.take_off(connection, person)
    for table in _OF_A_PERSON:
        connection.execute(delete(table).where(table.c.person == person))
    for side in (CONSENT_MERGE.c.one, CONSENT_MERGE.c.other):
        connection.execute(update(CONSENT_MERGE).where(side == person).values({side.name: ""}))
    connection.execute(
        delete(CONSENT_MERGE).where(and_(CONSENT_MERGE.c.one == "", CONSENT_MERGE.c.other == ""))
    )


def _keep_protected(connection: Connection, gone: PersonKey) -> None:
    """Let nobody grow older because a name joined with theirs goes (PIPL Art. 31).

    Each other name takes over in which year the individual was born, as the last day of it: that
    protects at least as long as the date did, and the date itself is not kept. Once the operator
    says the birth date under the other name, that counts.
    """
    names, _ = joined(connection, gone)
    born = connection.execute(
        select(func.max(INDIVIDUAL.c.birth_date)).where(INDIVIDUAL.c.person.in_(names))
    ).scalar()
    if born is not None:
        _take_over(connection, names - {gone}, born)


def _take_over(connection: Connection, names: AbstractSet[PersonKey], born: str) -> None:
    last = date(date.fromisoformat(born).year, 12, 31).isoformat()
    column = INDIVIDUAL.c.birth_date
    for name in names:
        connection.execute(
            insert(INDIVIDUAL)
            .values(person=name, birth_date=last)
            .on_conflict_do_update(
                index_elements=[INDIVIDUAL.c.person],
                set_={"birth_date": last},
                where=or_(column.is_(None), column < born),
            )
        )


def person_with(connection: Connection, ordinal: int) -> PersonKey | None:
    """Return whose an ordinal is; None if nobody's that is kept."""
    query = select(CONSENT_PERSON.c.person).where(CONSENT_PERSON.c.ordinal == ordinal)
    found = connection.execute(query).scalar()
    return None if found is None else PersonKey(found)


def joined(
    connection: Connection, person: PersonKey, *, before: int | None = None
) -> tuple[frozenset[PersonKey], frozenset[Merge]]:
    """Return every name joined to one, directly or by others, and what joined them."""
    names, merges, todo = {person}, set[Merge](), {person}
    table = CONSENT_MERGE
    while todo:
        query = select(table).where(or_(table.c.one.in_(todo), table.c.other.in_(todo)))
        if before is not None:
            query = query.where(table.c.position < before)
        found = {merge_of(row) for row in connection.execute(query)}
        merges |= found
        ends = {PersonKey(name) for merge in found for name in (merge.one, merge.other) if name}
        todo = ends - names
        names |= todo
    return frozenset(names), frozenset(merges)


def _add(connection: Connection, table: Table, **columns: object) -> None:
    """Add a row unless it is there: taking a record in twice changes nothing."""
    connection.execute(insert(table).values(**columns).on_conflict_do_nothing())
