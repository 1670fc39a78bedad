"""Consent counted over everybody, in SQLite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select, union

from chengnuo.adapters.sql.consent_days import standing_before
from chengnuo.adapters.sql.consent_rows import entry_of, setting_of
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import CONSENT_ACT, CONSENT_DAY, CONSENT_MERGE, CONSENT_SETTING
from chengnuo.adapters.sql.spoken import begins
from chengnuo.adapters.sql.uses_schema import USE_PERSON, USE_RECORD
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.consent_figures import STANDING, ActSum, DaySum, Holders
from chengnuo.ports.individuals import PersonKey

_ANSWERS = (Act.GIVE.value, Act.REFUSE.value)
_STRICT = tuple(act.value for act in Act if act.strictness)


@dataclass(frozen=True, slots=True)
class SqlConsentFigures:
    """`ConsentFigures` over SQLite."""

    database: Database

    def by_item(self, since: int) -> tuple[ActSum, ...]:
        """See `ConsentFigures.by_item`."""
        table = CONSENT_DAY.c
        query = (
            select(table.item, table.act, func.sum(table.records), func.sum(table.people))
            .where(table.day >= since, table.act != STANDING)
            .group_by(table.item, table.act)
            .order_by(table.item)
        )
        with self.database.read() as connection:
            return tuple(
                ActSum(item=row[0], act=row[1], records=int(row[2]), people=int(row[3]))
                for row in connection.execute(query)
                if row[2] or row[3]
            )

    def by_day(self, since: int, *, item: str = "") -> tuple[DaySum, ...]:
        """See `ConsentFigures.by_day`."""
        table = CONSENT_DAY.c
        query = select(table.day, table.act, func.sum(table.records)).where(table.day >= since)
        if item:
            query = query.where(table.item == item)
        with self.database.read() as connection:
            return tuple(
                DaySum(day=int(row[0]), act=row[1], records=int(row[2]))
                for row in connection.execute(
                    query.group_by(table.day, table.act).order_by(table.day)
                )
                if row[2]
            )

    def asked(self, since: int) -> Mapping[str, int]:
        """See `ConsentFigures.asked`."""
        acts, uses = CONSENT_ACT.c, USE_RECORD.c
        answered = select(acts.item, acts.person).where(acts.at >= since, acts.act.in_(_ANSWERS))
        shown = (
            select(uses.item, USE_PERSON.c.person)
            .join(USE_PERSON, USE_PERSON.c.ordinal == uses.ordinal)
            .where(uses.kind == Kind.NOTICE_SHOWN.value, uses.at >= since, uses.item != "")
        )
        both = union(answered, shown).subquery().c
        query = select(both.item, func.count()).group_by(both.item)
        with self.database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def standing(self, before: int, *, item: str = "") -> int:
        """See `ConsentFigures.standing`."""
        with self.database.read() as connection:
            return standing_before(connection, before, item)

    def acts(  # noqa: PLR0913  what a page of rows is narrowed by
        self,
        since: int,
        *,
        until: int | None = None,
        item: str = "",
        act: str = "",
        before: int | None = None,
        limit: int,
    ) -> tuple[Entry, ...]:
        """See `ConsentFigures.acts`."""
        table = CONSENT_ACT
        query = select(table).where(table.c.at >= since)
        if until is not None:
            query = query.where(table.c.at < until)
        if item:
            query = query.where(table.c.item == item)
        if act:
            query = query.where(table.c.act == act)
        if before is not None:
            query = query.where(table.c.position < before)
        query = query.order_by(table.c.position.desc()).limit(limit)
        with self.database.read() as connection:
            return tuple(entry_of(row) for row in connection.execute(query))

    def at(self, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See `ConsentFigures.at`."""
        found: list[Entry] = []
        with self.database.read() as connection:
            for start in range(0, len(positions), 500):
                part = positions[start : start + 500]
                query = select(CONSENT_ACT).where(CONSENT_ACT.c.position.in_(part))
                found += [entry_of(row) for row in connection.execute(query)]
        return tuple(found)

    def settings(self, prefix: str, limit: int) -> tuple[Setting, ...]:
        """See `ConsentFigures.settings`."""
        table = CONSENT_SETTING
        query = (
            select(table)
            .where(begins(table.c.what, prefix))
            .order_by(table.c.position)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(setting_of(row) for row in connection.execute(query))

    def holders(self, at: int) -> Holders:
        """See `ConsentFigures.holders`."""
        table, later = CONSENT_ACT, CONSENT_ACT.alias("later")
        stands = ~exists().where(
            later.c.person == table.c.person,
            later.c.item == table.c.item,
            or_(
                later.c.at > table.c.at,
                and_(later.c.at == table.c.at, later.c.act.in_(_STRICT)),
                and_(later.c.at == table.c.at, later.c.position > table.c.position),
            ),
        )
        is_joined = exists().where(
            or_(CONSENT_MERGE.c.one == table.c.person, CONSENT_MERGE.c.other == table.c.person)
        )
        gives = (
            table.c.act == Act.GIVE.value,
            or_(table.c.until.is_(None), table.c.until > at),
            stands,
        )
        of = (table.c.item, table.c.fingerprint)
        with self.database.read() as connection:
            alone = connection.execute(
                select(*of, func.count()).where(*gives, ~is_joined).group_by(*of)
            ).all()
            joined = connection.execute(
                select(table.c.person).where(*gives, is_joined).distinct()
            ).scalars()
            return Holders(
                alone={(row[0], row[1]): row[2] for row in alone},
                joined=tuple(PersonKey(one) for one in joined),
            )
