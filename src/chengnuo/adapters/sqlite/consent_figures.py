"""Consent counted over everybody, in SQLite."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_, select

from chengnuo.adapters.sqlite.consent_rows import entry_of, setting_of
from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.schema import CONSENT_ACT, CONSENT_MERGE, CONSENT_SETTING
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.setting import Setting
from chengnuo.ports.consent_figures import ActSum, DaySum, Holders
from chengnuo.ports.individuals import PersonKey

_DAY_US = 86_400_000_000
_EAST_US = 8 * 3_600_000_000
_ANSWERS = (Act.GIVE.value, Act.REFUSE.value)
_STRICT = tuple(act.value for act in Act if act.strictness)


@dataclass(frozen=True, slots=True)
class SqliteConsentFigures:
    """`ConsentFigures` over SQLite."""

    database: Database

    def by_item(self, since: int) -> tuple[ActSum, ...]:
        """See `ConsentFigures.by_item`."""
        table = CONSENT_ACT
        query = (
            select(table.c.item, table.c.act, func.count(), func.count(distinct(table.c.person)))
            .where(table.c.at >= since)
            .group_by(table.c.item, table.c.act)
            .order_by(table.c.item)
        )
        with self.database.read() as connection:
            return tuple(
                ActSum(item=row[0], act=row[1], records=row[2], people=row[3])
                for row in connection.execute(query)
            )

    def by_day(self, since: int, *, item: str = "") -> tuple[DaySum, ...]:
        """See `ConsentFigures.by_day`."""
        table = CONSENT_ACT
        day = (table.c.at + _EAST_US) // _DAY_US
        query = select(day, table.c.act, func.count()).where(table.c.at >= since)
        if item:
            query = query.where(table.c.item == item)
        with self.database.read() as connection:
            return tuple(
                DaySum(day=int(row[0]), act=row[1], records=row[2])
                for row in connection.execute(query.group_by(day, table.c.act).order_by(day))
            )

    def answered(self, since: int) -> tuple[tuple[str, PersonKey], ...]:
        """See `ConsentFigures.answered`."""
        table = CONSENT_ACT
        query = (
            select(table.c.item, table.c.person)
            .where(table.c.at >= since, table.c.act.in_(_ANSWERS))
            .distinct()
        )
        with self.database.read() as connection:
            return tuple((row[0], PersonKey(row[1])) for row in connection.execute(query))

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

    def holders(self, item: str, fingerprints: Sequence[str], at: int) -> Holders:
        """See `ConsentFigures.holders`."""
        return self._holders(item, CONSENT_ACT.c.fingerprint.in_(fingerprints), at)

    def holding_other(self, item: str, fingerprints: Sequence[str], at: int) -> Holders:
        """See `ConsentFigures.holding_other`."""
        return self._holders(item, CONSENT_ACT.c.fingerprint.not_in(fingerprints), at)

    def settings(self, prefix: str, limit: int) -> tuple[Setting, ...]:
        """See `ConsentFigures.settings`."""
        table = CONSENT_SETTING
        query = (
            select(table)
            .where(table.c.what.startswith(prefix))
            .order_by(table.c.position)
            .limit(limit)
        )
        with self.database.read() as connection:
            return tuple(setting_of(row) for row in connection.execute(query))

    def _holders(self, item: str, text: ColumnElement[bool], at: int) -> Holders:
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
            table.c.item == item,
            table.c.act == Act.GIVE.value,
            text,
            or_(table.c.until.is_(None), table.c.until > at),
            stands,
        )
        with self.database.read() as connection:
            alone = connection.execute(
                select(func.count(distinct(table.c.person))).where(*gives, ~is_joined)
            ).scalar()
            joined = connection.execute(
                select(table.c.person).where(*gives, is_joined).distinct()
            ).scalars()
            return Holders(alone=alone or 0, joined=tuple(PersonKey(one) for one in joined))
