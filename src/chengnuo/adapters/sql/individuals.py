"""Used token ids, entry codes and sessions of individuals, in SQLite."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import (
    ENTRY_CODE,
    INDIVIDUAL_SESSION,
    USED_TOKEN,
    from_us_or_none,
)
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.individuals import EntryCodeError, PersonKey, TokenUsedError, Visitor
from chengnuo.ports.secrets import Sealer, TokenHash

_NAMES = (
    "person",
    "app",
    "guardian",
    "birth_date",
    "authenticated_at",
    "since",
    "session_expires_at",
    "account",
)


@dataclass(frozen=True, slots=True)
class SqlIndividuals:
    """`IndividualStore` over SQLite."""

    database: Database
    sealer: Sealer

    def admit(
        self,
        *,
        token_id: TokenHash,
        token_expires_at: datetime,
        code: TokenHash,
        code_expires_at: datetime,
        visitor: Visitor,
    ) -> None:
        """See `IndividualStore.admit`."""
        with self.database.write() as connection:
            try:
                connection.execute(
                    insert(USED_TOKEN).values(token_id=token_id, expires_at=to_us(token_expires_at))
                )
            except IntegrityError as error:
                raise TokenUsedError from error
            connection.execute(
                insert(ENTRY_CODE).values(
                    code=code, expires_at=to_us(code_expires_at), **self._columns(visitor)
                )
            )

    def enter(self, code: TokenHash, session: TokenHash, *, at: datetime) -> Visitor:
        """See `IndividualStore.enter`."""
        statement = (
            delete(ENTRY_CODE)
            .where(ENTRY_CODE.c.code == code, ENTRY_CODE.c.expires_at > to_us(at))
            .returning(*(ENTRY_CODE.c[name] for name in _NAMES))
        )
        with self.database.write() as connection:
            row = connection.execute(statement).one_or_none()
            if row is None:
                raise EntryCodeError
            visitor = self._visitor(row)
            connection.execute(
                insert(INDIVIDUAL_SESSION).values(token=session, **self._columns(visitor))
            )
        return visitor

    def visitor(self, session: TokenHash, at: datetime) -> Visitor | None:
        """See `IndividualStore.visitor`."""
        query = select(INDIVIDUAL_SESSION).where(
            INDIVIDUAL_SESSION.c.token == session,
            INDIVIDUAL_SESSION.c.session_expires_at > to_us(at),
        )
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else self._visitor(row)

    def prolong(self, session: TokenHash, until: datetime) -> None:
        """See `IndividualStore.prolong`."""
        with self.database.write() as connection:
            connection.execute(
                update(INDIVIDUAL_SESSION)
                .where(INDIVIDUAL_SESSION.c.token == session)
                .values(session_expires_at=to_us(until))
            )

    def leave(self, session: TokenHash) -> None:
        """See `IndividualStore.leave`."""
        with self.database.write() as connection:
            connection.execute(
                delete(INDIVIDUAL_SESSION).where(INDIVIDUAL_SESSION.c.token == session)
            )

    def _columns(self, visitor: Visitor) -> dict[str, object]:
        born, proved = visitor.birth_date, visitor.authenticated_at
        account = visitor.account.encode()
        return {
            "person": visitor.person,
            "app": visitor.app,
            "guardian": visitor.guardian,
            "birth_date": None if born is None else born.isoformat(),
            "authenticated_at": None if proved is None else to_us(proved),
            "since": to_us(visitor.since),
            "session_expires_at": to_us(visitor.expires_at),
            "account": self.sealer.seal(account, context=_of(visitor.person)) if account else None,
        }

    def _visitor(self, row: Row[Any]) -> Visitor:
        account = row.account
        return Visitor(
            person=PersonKey(row.person),
            app=row.app,
            guardian=None if row.guardian is None else PersonKey(row.guardian),
            birth_date=None if row.birth_date is None else date.fromisoformat(row.birth_date),
            authenticated_at=from_us_or_none(row.authenticated_at),
            since=from_us(row.since),
            expires_at=from_us(row.session_expires_at),
            account=""
            if account is None
            else self.sealer.unseal(account, context=_of(row.person)).decode(),
        )


def _of(person: str) -> str:
    return f"session of {person}"
