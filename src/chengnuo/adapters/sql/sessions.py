"""Sessions of staff, and sign-ins under way at the identity provider, in SQLite."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from chengnuo.adapters.sql.account_rows import ACCOUNT_COLUMNS, account_of
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import ACCOUNT, SIGN_IN_FLOW, STAFF_SESSION
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.secrets import TokenHash
from chengnuo.ports.sessions import SessionRow, SignInFlow, StaffSession, Stage


@dataclass(frozen=True, slots=True)
class SqlSessions:
    """`SessionStore` over SQLite."""

    database: Database

    def open(self, row: SessionRow) -> None:
        """See `SessionStore.open`."""
        with self.database.write() as connection:
            connection.execute(
                insert(STAFF_SESSION).values(
                    token=row.token,
                    account=row.account,
                    stage=row.stage.value,
                    opened_at=to_us(row.opened_at),
                    seen_at=to_us(row.seen_at),
                    expires_at=to_us(row.expires_at),
                    pending_totp=row.pending_totp,
                    tries=row.tries,
                )
            )

    def session(self, token: TokenHash) -> StaffSession | None:
        """See `SessionStore.session`."""
        query = (
            select(
                *ACCOUNT_COLUMNS,
                STAFF_SESSION.c.stage,
                STAFF_SESSION.c.opened_at,
                STAFF_SESSION.c.seen_at,
                STAFF_SESSION.c.expires_at,
                STAFF_SESSION.c.pending_totp,
                STAFF_SESSION.c.tries,
            )
            .join(STAFF_SESSION, STAFF_SESSION.c.account == ACCOUNT.c.id)
            .where(STAFF_SESSION.c.token == token, ACCOUNT.c.enabled)
        )
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        account = account_of(row)
        return StaffSession(row=_session_row(token, account.id, row), account=account)

    def seen(self, token: TokenHash, at: datetime) -> None:
        """See `SessionStore.seen`."""
        self._change(token, seen_at=to_us(at))

    def count_try(self, token: TokenHash) -> int:
        """See `SessionStore.count_try`."""
        statement = (
            update(STAFF_SESSION)
            .where(STAFF_SESSION.c.token == token)
            .values(tries=STAFF_SESSION.c.tries + 1)
            .returning(STAFF_SESSION.c.tries)
        )
        with self.database.write() as connection:
            tries = connection.execute(statement).scalar_one_or_none()
        return 0 if tries is None else tries

    def set_pending_totp(self, token: TokenHash, sealed: bytes) -> None:
        """See `SessionStore.set_pending_totp`."""
        self._change(token, pending_totp=sealed)

    def close(self, token: TokenHash) -> None:
        """See `SessionStore.close`."""
        with self.database.write() as connection:
            connection.execute(delete(STAFF_SESSION).where(STAFF_SESSION.c.token == token))

    def close_all(self, account: AccountId, *, but: TokenHash | None = None) -> None:
        """See `SessionStore.close_all`."""
        statement = delete(STAFF_SESSION).where(STAFF_SESSION.c.account == account)
        if but is not None:
            statement = statement.where(STAFF_SESSION.c.token != but)
        with self.database.write() as connection:
            connection.execute(statement)

    def of(self, account: AccountId, *, at: datetime) -> tuple[SessionRow, ...]:
        """See `SessionStore.of`."""
        query = (
            select(STAFF_SESSION)
            .where(STAFF_SESSION.c.account == account, STAFF_SESSION.c.expires_at > to_us(at))
            .order_by(STAFF_SESSION.c.opened_at.desc(), STAFF_SESSION.c.token)
        )
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(_session_row(TokenHash(row.token), account, row) for row in rows)

    def _change(self, token: TokenHash, **values: object) -> None:
        with self.database.write() as connection:
            connection.execute(
                update(STAFF_SESSION).where(STAFF_SESSION.c.token == token).values(**values)
            )


def _session_row(token: TokenHash, account: AccountId, row: Row[Any]) -> SessionRow:
    return SessionRow(
        token=token,
        account=account,
        stage=Stage(row.stage),
        opened_at=from_us(row.opened_at),
        seen_at=from_us(row.seen_at),
        expires_at=from_us(row.expires_at),
        pending_totp=row.pending_totp,
        tries=row.tries,
    )


@dataclass(frozen=True, slots=True)
class SqlSignInFlows:
    """`SignInFlowStore` over SQLite."""

    database: Database

    def begin(self, flow: SignInFlow) -> None:
        """See `SignInFlowStore.begin`."""
        with self.database.write() as connection:
            connection.execute(
                insert(SIGN_IN_FLOW).values(
                    state=flow.state,
                    browser=flow.browser,
                    nonce=flow.nonce,
                    verifier=flow.verifier,
                    expires_at=to_us(flow.expires_at),
                )
            )

    def take(self, state: TokenHash, browser: TokenHash, at: datetime) -> SignInFlow | None:
        """See `SignInFlowStore.take`."""
        statement = (
            delete(SIGN_IN_FLOW)
            .where(
                SIGN_IN_FLOW.c.state == state,
                SIGN_IN_FLOW.c.browser == browser,
                SIGN_IN_FLOW.c.expires_at > to_us(at),
            )
            .returning(SIGN_IN_FLOW.c.nonce, SIGN_IN_FLOW.c.verifier, SIGN_IN_FLOW.c.expires_at)
        )
        with self.database.write() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        return SignInFlow(
            state=state,
            browser=browser,
            nonce=row.nonce,
            verifier=row.verifier,
            expires_at=from_us(row.expires_at),
        )
