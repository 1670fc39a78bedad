"""Dossiers in SQLite: acts as rows, open fields as canonical JSON, private ones sealed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, case, func, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.dossiers_schema import DOSSIER, DOSSIER_ACT
from chengnuo.base.canonical import canonical_json
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.ports.dossiers import DossierMovedError, Due, Kept, Said, Waiting
from chengnuo.ports.secrets import Sealer

_D, _A = DOSSIER.c, DOSSIER_ACT.c
_SEALED = select(_A.dossier).where(_A.sealed.is_not(None))
_FIELDS = msgspec.json.Decoder(dict[str, str | int | bool | tuple[str, ...]])


class _Private(msgspec.Struct, frozen=True):
    """What is sealed of an act."""

    salt: bytes
    fields: dict[str, str | int | bool | tuple[str, ...]]


def _no_private(_row: Row[Any]) -> Mapping[str, Value]:
    return {}


@dataclass(frozen=True, slots=True)
class SqlDossiers:
    """`DossierStore` over SQLite."""

    database: Database
    sealer: Sealer

    def add(self, dossier: Dossier, said: Said, kept: Kept, *, key: str) -> None:
        """See `DossierStore.add`."""
        head = {
            "id": dossier.id,
            "sort": dossier.sort,
            "person": dossier.person,
            "handed_in": key,
            "opened_at": to_us(dossier.opened_at),
        }
        with self.database.write() as connection:
            same = select(_D.id).where(_D.handed_in == key).limit(1)
            if key and connection.execute(same).first() is not None:  # by another process just now
                raise DossierMovedError
            connection.execute(insert(DOSSIER).values(**head, **_kept(kept)))
            self._add_act(connection, dossier.id, dossier.acts[0], said)

    def append(self, dossier: DossierId, act: Act, said: Said, kept: Kept) -> None:
        """See `DossierStore.append`."""
        try:
            with self.database.write() as connection:
                self._add_act(connection, dossier, act, said)
                connection.execute(update(DOSSIER).where(_D.id == dossier).values(**_kept(kept)))
        except IntegrityError as error:
            raise DossierMovedError from error

    def one(self, dossier: DossierId) -> Dossier | None:
        """See `DossierStore.one`."""
        return next(
            iter(self._in_order(select(_D.id).where(_D.id == dossier), self._private)), None
        )

    def by_key(self, key: str) -> DossierId | None:
        """See `DossierStore.by_key`."""
        with self.database.read() as connection:
            found = connection.execute(select(_D.id).where(_D.handed_in == key)).scalar()
        return None if found is None else DossierId(found)

    def of(
        self,
        persons: Sequence[str],
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        skip: int = 0,
        limit: int | None = None,
    ) -> tuple[Dossier, ...]:
        """See `DossierStore.of`."""
        wanted = select(_D.id).where(_D.person.in_(persons), _D.sort.in_(sorts))
        if open_only:
            wanted = wanted.where(_D.final_at.is_(None))
        order = (_D.opened_at.desc(), _D.id)
        return self._in_order(wanted.order_by(*order).limit(limit).offset(skip), self._private)

    def count_of(self, persons: Sequence[str], sorts: Sequence[str]) -> int:
        """See `DossierStore.count_of`."""
        query = select(func.count()).where(_D.person.in_(persons), _D.sort.in_(sorts))
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def every(  # noqa: PLR0913  which, and which part of them
        self,
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        since: datetime | None = None,
        due: tuple[datetime, datetime] | None = None,
        with_act: str = "",
        states: Sequence[tuple[str, str]] = (),
        skip: int = 0,
        limit: int = 10_000,
    ) -> tuple[Dossier, ...]:
        """See `DossierStore.every`."""
        wanted = select(_D.id, _D.due_at).where(*_wanted(sorts, due, states, open_only=open_only))
        if since is not None:
            wanted = wanted.where(_D.opened_at >= to_us(since))
        if with_act:
            wanted = wanted.where(_D.id.in_(select(_A.dossier).where(_A.what == with_act)))
        order = (_D.final_at.is_not(None), _D.due_at.is_(None), _D.due_at, _D.opened_at.desc())
        return self._in_order(wanted.order_by(*order, _D.id).limit(limit).offset(skip))

    def count(
        self,
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        due: tuple[datetime, datetime] | None = None,
        states: Sequence[tuple[str, str]] = (),
    ) -> int:
        """See `DossierStore.count`."""
        wanted = _wanted(sorts, due, states, open_only=open_only)
        with self.database.read() as connection:
            return connection.execute(select(func.count()).where(*wanted)).scalar_one()

    def on_the_board(
        self, sorts: Sequence[str], *, since: datetime, due_by: datetime, limit: int
    ) -> tuple[Dossier, ...]:
        """See `DossierStore.on_the_board`."""
        looked_at = (
            _D.final_at.is_(None) | (_D.opened_at >= to_us(since)) | (_D.due_at <= to_us(due_by))
        )
        wanted = select(_D.id).where(_D.sort.in_(sorts), looked_at)
        over = case((_D.due_at <= to_us(due_by), 1), else_=0).desc()
        return self._in_order(wanted.order_by(over, _D.opened_at.desc(), _D.id).limit(limit))

    def waiting(self, sorts: Sequence[str], *, due_by: datetime) -> Mapping[str, Waiting]:
        """See `DossierStore.waiting`."""
        query = (
            select(
                _D.sort,
                func.count().label("open"),
                func.count().filter(_D.due_at <= to_us(due_by)).label("due"),
            )
            .where(_D.sort.in_(sorts), _D.final_at.is_(None))
            .group_by(_D.sort)
        )
        with self.database.read() as connection:
            found = connection.execute(query).all()
        return {row.sort: Waiting(open=row.open, due=row.due) for row in found}

    def keep_due(self, due: Sequence[Due]) -> int:
        """See `DossierStore.keep_due`."""
        moved = 0
        for first in range(0, len(due), _PART):
            with self.database.write() as connection:
                moved += sum(
                    connection.execute(_moved(one)).rowcount for one in due[first : first + _PART]
                )
        return moved

    def unrecorded(self) -> tuple[DossierId, ...]:
        """See `DossierStore.unrecorded`."""
        query = select(_A.dossier).where(_A.position.is_(None)).distinct().order_by(_A.dossier)
        with self.database.read() as connection:
            return tuple(DossierId(row.dossier) for row in connection.execute(query))

    def recorded(self, dossier: DossierId, number: int, position: int) -> None:
        """See `DossierStore.recorded`."""
        one = update(DOSSIER_ACT).where(_A.dossier == dossier, _A.number == number)
        with self.database.write() as connection:
            connection.execute(one.values(position=position))

    def to_erase(self, sort: str, ended_before: datetime, *, limit: int) -> tuple[DossierId, ...]:
        """See `DossierStore.to_erase`."""
        query = select(_D.id).where(
            _D.sort == sort, _D.final_at < to_us(ended_before), _D.id.in_(_SEALED)
        )
        with self.database.read() as connection:
            return tuple(DossierId(row.id) for row in connection.execute(query.limit(limit)))

    def persons(self) -> tuple[str, ...]:
        """See `DossierStore.persons`."""
        query = select(_D.person).where(_D.person != "", _D.id.in_(_SEALED)).distinct()
        with self.database.read() as connection:
            return tuple(connection.execute(query.order_by(_D.person)).scalars())

    def of_erased(self, persons: Sequence[str]) -> tuple[DossierId, ...]:
        """See `DossierStore.of_erased`."""
        query = select(_D.id).where(_D.person.in_(persons), _D.id.in_(_SEALED))
        with self.database.read() as connection:
            return tuple(DossierId(row.id) for row in connection.execute(query))

    def erase(self, dossiers: Sequence[DossierId]) -> None:
        """See `DossierStore.erase`."""
        erased = update(DOSSIER_ACT).where(_A.dossier.in_(dossiers)).values(sealed=None)
        with self.database.write() as connection:
            connection.execute(erased)

    def _add_act(self, connection: Connection, dossier: DossierId, act: Act, said: Said) -> None:
        private = msgspec.json.encode(_Private(salt=said.salt, fields=dict(said.private)))
        connection.execute(
            insert(DOSSIER_ACT).values(
                dossier=dossier,
                number=act.number,
                what=act.what,
                by=act.by,
                party=act.party.value,
                at=to_us(act.at),
                single_person=act.single_person,
                fields=canonical_json(dict(act.fields)).decode(),
                digest=act.digest,
                sealed=self.sealer.seal(private, context=_context(dossier, act.number)),
                position=act.position,
            )
        )

    def _in_order(
        self,
        wanted: Any,  # noqa: ANN401  a statement
        private: Callable[[Row[Any]], Mapping[str, Value]] = _no_private,
    ) -> tuple[Dossier, ...]:
        with self.database.read() as connection:
            ids = [row.id for row in connection.execute(wanted)]
            rows = _in_parts(connection, ids)
        found = {one.id: one for one in _dossiers(rows, private)}
        return tuple(found[DossierId(one)] for one in ids)

    def _private(self, row: Row[Any]) -> Mapping[str, Value]:
        if row.sealed is None:
            return {}
        context = _context(row.dossier, row.number)
        opened = self.sealer.unseal(row.sealed, context=context)
        return msgspec.json.decode(opened, type=ready(_Private)).fields


def _wanted(
    sorts: Sequence[str],
    due: tuple[datetime, datetime] | None,
    states: Sequence[tuple[str, str]],
    *,
    open_only: bool,
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_D.sort.in_(sorts)]
    if open_only:
        found.append(_D.final_at.is_(None))
    if due is not None:
        found += [_D.due_at > to_us(due[0]), _D.due_at <= to_us(due[1])]
    if states:
        found.append(tuple_(_D.sort, _D.state).in_(states))
    return found


def _moved(due: Due) -> Any:  # noqa: ANN401  a statement of SQLAlchemy
    at = None if due.at is None else to_us(due.at)
    acts = select(func.count()).where(_A.dossier == due.dossier).scalar_subquery()
    wanted = (_D.id == due.dossier) & _D.due_at.is_distinct_from(at) & (acts == due.acts)
    return update(DOSSIER).where(wanted).values(due_at=at)


def _query() -> Any:  # noqa: ANN401  a statement of SQLAlchemy
    return select(DOSSIER_ACT, _D.sort, _D.person).join(DOSSIER, _D.id == _A.dossier)


_PART = 500
"""How many ids stand in one statement; SQLite takes 32,766."""


def _in_parts(connection: Connection, ids: Sequence[str]) -> list[Row[Any]]:
    found = list[Row[Any]]()
    for first in range(0, len(ids), _PART):
        part = _query().where(_D.id.in_(ids[first : first + _PART]))
        found.extend(connection.execute(part.order_by(_D.id, _A.number)))
    return found


def _dossiers(
    rows: Iterable[Row[Any]],
    private: Callable[[Row[Any]], Mapping[str, Value]] = _no_private,
) -> Iterable[Dossier]:
    for dossier, acts in groupby(rows, key=lambda row: row.dossier):
        some = list(acts)
        yield Dossier(
            id=DossierId(dossier),
            sort=some[0].sort,
            person=some[0].person,
            acts=tuple(_with(_act(row), private(row)) for row in some),
        )


def _with(act: Act, private: Mapping[str, Value]) -> Act:
    return replace(act, fields={**act.fields, **private}) if private else act


def _act(row: Row[Any]) -> Act:
    return Act(
        number=row.number,
        what=row.what,
        by=row.by,
        party=Party(row.party),
        at=from_us(row.at),
        single_person=row.single_person,
        fields=_FIELDS.decode(row.fields),
        digest=row.digest,
        position=row.position,
    )


def _kept(kept: Kept) -> dict[str, str | int | None]:
    return {
        "state": kept.state,
        "final_at": None if kept.final_at is None else to_us(kept.final_at),
        "due_at": None if kept.due_at is None else to_us(kept.due_at),
    }


def _context(dossier: str, number: int) -> str:
    return f"dossier:{dossier}:{number}"
