"""The state of consent, in SQLite."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, delete, false, func, or_, select, union
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.consent_changes import apply_change, joined, meet, person_with
from chengnuo.adapters.sql.consent_days import ConsentDays
from chengnuo.adapters.sql.consent_rows import (
    entry_of,
    follow_up_of,
    setting_of,
)
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import (
    CONSENT_ACT,
    CONSENT_DAY,
    CONSENT_FOLLOW_UP,
    CONSENT_MERGE,
    CONSENT_PERSON,
    CONSENT_SETTING,
    CONSENT_STATE,
    INDIVIDUAL,
)
from chengnuo.adapters.sql.sifting import SqlSifter
from chengnuo.adapters.sql.spoken import Greater, begins
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.consent.what_follows import FollowKind, FollowState, FollowUp
from chengnuo.domain.decision.conditions import Conditions
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.age import AgeBand
from chengnuo.ports.consents import (
    Change,
    Kept,
    KnownOfIndividual,
)
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.sifting import Sifted

_PLACE_OF_KIND = {kind.value: place for place, kind in enumerate(FollowKind)}
_PAGE = 10_000
# Not whose an ordinal is: only so is somebody found whose key was destroyed meanwhile.
_PROJECTED = (
    CONSENT_ACT,
    CONSENT_DAY,
    CONSENT_MERGE,
    CONSENT_SETTING,
    CONSENT_FOLLOW_UP,
    CONSENT_STATE,
)


@dataclass(frozen=True, slots=True)
class SqlConsents:
    """`ConsentStore` over SQLite."""

    database: Database

    def position(self) -> int:
        """See `ConsentStore.position`."""
        with self.database.read() as connection:
            return connection.execute(select(CONSENT_STATE.c.position)).scalar() or 0

    def apply(
        self,
        changes: Sequence[Change],
        *,
        ordinals: Sequence[tuple[PersonKey, int]],
        position: int,
    ) -> None:
        """See `ConsentStore.apply`."""
        days = ConsentDays()
        with self.database.write() as connection:
            for person, ordinal in ordinals:
                meet(connection, person, ordinal, days)
            for change in changes:
                apply_change(connection, change, days)
            days.write(connection)
            moved = insert(CONSENT_STATE).values(id=1, position=position)
            connection.execute(
                moved.on_conflict_do_update(
                    index_elements=[CONSENT_STATE.c.id],
                    set_={"position": Greater(CONSENT_STATE.c.position, moved.excluded.position)},
                )
            )

    def reset(self) -> None:
        """See `ConsentStore.reset`."""
        with self.database.write() as connection:
            for table in _PROJECTED:
                connection.execute(delete(table))

    def of(self, person: PersonKey) -> Kept:
        """See `ConsentStore.of`."""
        with self.database.read() as connection:
            names, merges = joined(connection, person)
            acts = connection.execute(
                select(CONSENT_ACT)
                .where(CONSENT_ACT.c.person.in_(names))
                .order_by(CONSENT_ACT.c.position)
            ).all()
            settings = connection.execute(
                select(CONSENT_SETTING)
                .where(CONSENT_SETTING.c.person.in_(names))
                .order_by(CONSENT_SETTING.c.position)
            ).all()
            known = connection.execute(
                select(INDIVIDUAL).where(INDIVIDUAL.c.person.in_(names))
            ).all()
        return Kept(
            names=names,
            entries=tuple(entry_of(row) for row in acts),
            merges=tuple(sorted(merges, key=lambda one: one.position)),
            settings=tuple(setting_of(row) for row in settings),
            known=tuple(
                KnownOfIndividual(
                    birth_date=None
                    if row.birth_date is None
                    else date.fromisoformat(row.birth_date),
                    account=None if row.account is None else AccountState(row.account),
                )
                for row in known
            ),
        )

    def know(self, person: PersonKey, known: KnownOfIndividual) -> None:
        """See `ConsentStore.know`."""
        given: dict[str, object] = {}
        if known.birth_date is not None:
            given["birth_date"] = known.birth_date.isoformat()
        if known.account is not None:
            given["account"] = known.account.value
        if not given:
            return
        statement = insert(INDIVIDUAL).values(person=person, **given)
        is_new = or_(*(INDIVIDUAL.c[name].is_distinct_from(value) for name, value in given.items()))
        with self.database.write() as connection:
            said = connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[INDIVIDUAL.c.person], set_=given, where=is_new
                )
            )
            if said.rowcount:  # most of what is said is said at every visit
                self.database.note_said(connection, person)

    def answered(self, names: frozenset[PersonKey], prompt: str, item: ConsentItemId) -> int | None:
        """See `ConsentStore.answered`."""
        query = select(func.min(CONSENT_ACT.c.position)).where(
            CONSENT_ACT.c.person.in_(names),
            CONSENT_ACT.c.item == item,
            CONSENT_ACT.c.prompt == prompt,
        )
        with self.database.read() as connection:
            return connection.execute(query).scalar()

    def running_out(self, at: int, *, limit: int, after: int = -1) -> tuple[Entry, ...]:
        """See `ConsentStore.running_out`."""
        return self._newest_given(CONSENT_ACT.c.until <= at, limit=limit, after=after)

    def given_otherwise(
        self, accepted: Mapping[ConsentItemId, frozenset[str]], *, limit: int, after: int = -1
    ) -> tuple[Entry, ...]:
        """See `ConsentStore.given_otherwise`."""
        others = [
            and_(CONSENT_ACT.c.item == item, CONSENT_ACT.c.fingerprint.not_in(fingerprints))
            for item, fingerprints in accepted.items()
        ]
        return self._newest_given(or_(false(), *others), limit=limit, after=after)

    def _newest_given(
        self, where: ColumnElement[bool], *, limit: int, after: int
    ) -> tuple[Entry, ...]:
        """Return consents after which nothing was done to the item under the same name."""
        later = CONSENT_ACT.alias("later")
        query = (
            select(CONSENT_ACT)
            .where(
                where,
                CONSENT_ACT.c.act == Act.GIVE.value,
                CONSENT_ACT.c.position > after,
                ~select(later.c.position)
                .where(
                    later.c.person == CONSENT_ACT.c.person,
                    later.c.item == CONSENT_ACT.c.item,
                    later.c.position > CONSENT_ACT.c.position,
                )
                .exists(),
            )
            .order_by(CONSENT_ACT.c.position)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(entry_of(row) for row in connection.execute(query))

    def follow_ups(
        self,
        persons: frozenset[PersonKey] | None,
        *,
        due: int | None = None,
        since: int | None = None,
        limit: int = 10_000,
    ) -> tuple[FollowUp, ...]:
        """See `ConsentStore.follow_ups`."""
        table = CONSENT_FOLLOW_UP
        kinds = case(_PLACE_OF_KIND, value=table.c.kind)
        order = (table.c.due, table.c.withdrawal, kinds, table.c.recipient)
        query = select(table).order_by(*order).limit(limit)
        if persons is not None:
            query = query.where(table.c.person.in_(persons))
        if due is not None:
            query = query.where(table.c.state == FollowState.OPEN.value, table.c.due <= due)
        if since is not None:
            stands = [FollowState.OPEN.value, FollowState.DONE.value]
            query = query.where(table.c.state.in_(stands), table.c.due >= since)
        with self.database.read() as connection:
            return tuple(follow_up_of(row) for row in connection.execute(query))

    def sift(
        self,
        people: Sequence[PersonKey],
        conditions: Conditions,
        *,
        at: int,
        age: AgeBand = AgeBand.UNKNOWN,
        account: AccountState = AccountState.GUEST,
    ) -> Sifted:
        """See `Sifter.sift`."""
        return SqlSifter(self.database).sift(people, conditions, at=at, age=age, account=account)

    def ordinal(self, person: PersonKey) -> int | None:
        """See `ConsentStore.ordinal`."""
        query = select(CONSENT_PERSON.c.ordinal).where(CONSENT_PERSON.c.person == person)
        with self.database.read() as connection:
            return connection.execute(query).scalar()

    def person(self, ordinal: int) -> PersonKey | None:
        """See `ConsentStore.person`."""
        with self.database.read() as connection:
            return person_with(connection, ordinal)

    def how_many(self) -> int:
        """See `ConsentStore.how_many`."""
        query = select(func.count()).select_from(CONSENT_PERSON)
        with self.database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def everyone(self) -> Iterator[tuple[PersonKey, int]]:
        """See `ConsentStore.everyone`."""
        last = 0
        while True:
            query = (
                select(CONSENT_PERSON.c.person, CONSENT_PERSON.c.ordinal)
                .where(CONSENT_PERSON.c.ordinal > last)
                .order_by(CONSENT_PERSON.c.ordinal)
                .limit(_PAGE)
            )
            with self.database.read() as connection:
                rows = connection.execute(query).all()
            for person, ordinal in rows:
                last = ordinal
                yield PersonKey(person), ordinal
            if len(rows) < _PAGE:
                return

    def names(self) -> Iterator[PersonKey]:
        """See `ConsentStore.names`."""
        named = (CONSENT_PERSON.c.person, INDIVIDUAL.c.person, CONSENT_MERGE.c.one)
        every = union(*map(select, (*named, CONSENT_MERGE.c.other))).subquery()
        (name,) = every.c
        last = ""  # which stands for a name that was forgotten
        while True:
            query = select(name).where(name > last).order_by(name).limit(_PAGE)
            with self.database.read() as connection:
                found = connection.execute(query).scalars().all()
            for last in found:
                yield PersonKey(last)
            if len(found) < _PAGE:
                return

    def born_between(self, first: date, before: date) -> tuple[PersonKey, ...]:
        """See `ConsentStore.born_between`."""
        query = select(INDIVIDUAL.c.person).where(
            INDIVIDUAL.c.birth_date >= first.isoformat(),
            INDIVIDUAL.c.birth_date < before.isoformat(),
        )
        with self.database.read() as connection:
            return tuple(PersonKey(person) for person in connection.execute(query).scalars())

    def is_born_since(self, first: date) -> bool:
        """See `ConsentStore.is_born_since`."""
        query = select(INDIVIDUAL.c.person).where(INDIVIDUAL.c.birth_date >= first.isoformat())
        with self.database.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def settings_under(self, prefix: str, *, limit: int) -> tuple[Setting, ...]:
        """See `ConsentStore.settings_under`."""
        query = (
            select(CONSENT_SETTING)
            .where(begins(CONSENT_SETTING.c.what, prefix))
            .order_by(CONSENT_SETTING.c.position.desc())
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(setting_of(row) for row in connection.execute(query))

    def acted_on(
        self, items: Collection[ConsentItemId], settings: Collection[str]
    ) -> Iterator[PersonKey]:
        """See `ConsentStore.acted_on`."""
        last = ""
        while True:
            acts = select(CONSENT_ACT.c.person).where(CONSENT_ACT.c.item.in_(items))
            sets = select(CONSENT_SETTING.c.person).where(CONSENT_SETTING.c.what.in_(settings))
            both = union(acts, sets).subquery()
            query = select(both.c.person).where(both.c.person > last).order_by(both.c.person)
            with self.database.read() as connection:
                found = connection.execute(query.limit(_PAGE)).scalars().all()
            yield from (PersonKey(person) for person in found)
            if len(found) < _PAGE:
                return
            last = found[-1]

    def with_deletion(self) -> tuple[tuple[PersonKey, int], ...]:
        """See `ConsentStore.with_deletion`."""
        query = select(CONSENT_PERSON.c.person, CONSENT_PERSON.c.ordinal).where(
            CONSENT_PERSON.c.deletion
        )
        with self.database.read() as connection:
            return tuple((PersonKey(row[0]), row[1]) for row in connection.execute(query))
