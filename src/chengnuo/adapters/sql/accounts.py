"""Staff accounts, their credentials, one-time links and failed sign-ins, in SQLite."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from chengnuo.adapters.sql.account_rows import (
    ACCOUNT_COLUMNS,
    account_of,
    insert_account,
    keep_an_admin,
    update_account,
    use_link,
)
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import (
    ACCOUNT,
    ACCOUNT_EVENT,
    LINK,
    RECOVERY_CODE,
    SIGN_IN_FAILURE,
    from_us_or_none,
)
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.accounts import (
    Account,
    AccountEvent,
    AccountId,
    Credentials,
    ExternalIdentity,
    Link,
    LinkKind,
    LinkRefusedError,
    Role,
    UnknownAccountError,
)
from chengnuo.ports.secrets import TokenHash
from chengnuo.ports.sign_in_failures import Failures


@dataclass(frozen=True, slots=True)
class SqlAccounts:
    """`AccountStore` and `FailureStore` over SQLite."""

    database: Database

    def add(self, account: Account, *, password_hash: str | None) -> None:
        """See `AccountStore.add`."""
        with self.database.write() as connection:
            insert_account(connection, account, password_hash)

    def account(self, account: AccountId) -> Account:
        """See `AccountStore.account`."""
        found = self._one(ACCOUNT.c.id == account)
        if found is None:
            raise UnknownAccountError
        return found

    def by_name(self, name: str) -> Account | None:
        """See `AccountStore.by_name`."""
        return self._one(ACCOUNT.c.name == name.lower())

    def by_identity(self, identity: ExternalIdentity) -> Account | None:
        """See `AccountStore.by_identity`."""
        return self._one(
            (ACCOUNT.c.issuer == identity.issuer) & (ACCOUNT.c.subject == identity.subject)
        )

    def accounts(self) -> tuple[Account, ...]:
        """See `AccountStore.accounts`."""
        query = select(*ACCOUNT_COLUMNS).order_by(ACCOUNT.c.position)
        with self.database.read() as connection:
            return tuple(account_of(row) for row in connection.execute(query))

    def enabled_count(self) -> int:
        """See `AccountStore.enabled_count`."""
        query = select(func.count()).select_from(ACCOUNT).where(ACCOUNT.c.enabled)
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def credentials(self, account: AccountId) -> Credentials:
        """See `AccountStore.credentials`."""
        query = select(
            ACCOUNT.c.password_hash, ACCOUNT.c.totp_sealed, ACCOUNT.c.totp_last_step
        ).where(ACCOUNT.c.id == account)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownAccountError
        return Credentials(
            password_hash=row.password_hash,
            totp_sealed=row.totp_sealed,
            totp_last_step=row.totp_last_step,
        )

    def set_role(self, account: AccountId, role: Role) -> None:
        """See `AccountStore.set_role`."""
        with self.database.write() as connection:
            update_account(connection, account, role=role.value)
            keep_an_admin(connection)

    def set_enabled(self, account: AccountId, *, enabled: bool) -> None:
        """See `AccountStore.set_enabled`."""
        with self.database.write() as connection:
            update_account(connection, account, enabled=enabled)
            keep_an_admin(connection)

    def set_password(self, account: AccountId, password_hash: str) -> None:
        """See `AccountStore.set_password`."""
        with self.database.write() as connection:
            update_account(connection, account, password_hash=password_hash)

    def set_totp(
        self, account: AccountId, sealed: bytes | None, *, recovery: tuple[TokenHash, ...]
    ) -> None:
        """See `AccountStore.set_totp`."""
        with self.database.write() as connection:
            update_account(connection, account, totp_sealed=sealed, totp_last_step=0)
            connection.execute(delete(RECOVERY_CODE).where(RECOVERY_CODE.c.account == account))
            if recovery:
                connection.execute(
                    insert(RECOVERY_CODE), [{"account": account, "code": code} for code in recovery]
                )

    def reseal_totp(self, account: AccountId, sealed: bytes, *, was: bytes) -> None:
        """See `AccountStore.reseal_totp`."""
        statement = (
            update(ACCOUNT)
            .where(ACCOUNT.c.id == account, ACCOUNT.c.totp_sealed == was)
            .values(totp_sealed=sealed)
        )
        with self.database.write() as connection:
            connection.execute(statement)

    def accept_totp_step(self, account: AccountId, step: int) -> bool:
        """See `AccountStore.accept_totp_step`."""
        statement = (
            update(ACCOUNT)
            .where(ACCOUNT.c.id == account, ACCOUNT.c.totp_last_step < step)
            .values(totp_last_step=step)
        )
        with self.database.write() as connection:
            return connection.execute(statement).rowcount == 1

    def use_recovery(self, account: AccountId, code: TokenHash) -> bool:
        """See `AccountStore.use_recovery`."""
        statement = delete(RECOVERY_CODE).where(
            RECOVERY_CODE.c.account == account, RECOVERY_CODE.c.code == code
        )
        with self.database.write() as connection:
            return connection.execute(statement).rowcount == 1

    def recovery_left(self, account: AccountId) -> int:
        """See `AccountStore.recovery_left`."""
        query = (
            select(func.count())
            .select_from(RECOVERY_CODE)
            .where(RECOVERY_CODE.c.account == account)
        )
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def signed_in(self, account: AccountId, at: datetime) -> None:
        """See `AccountStore.signed_in`."""
        with self.database.write() as connection:
            update_account(connection, account, last_sign_in_at=to_us(at))

    def add_link(self, link: Link) -> None:
        """See `AccountStore.add_link`."""
        with self.database.write() as connection:
            connection.execute(
                insert(LINK).values(
                    token=link.token,
                    kind=link.kind.value,
                    role=link.role.value,
                    account=link.account,
                    created_by=link.created_by,
                    expires_at=to_us(link.expires_at),
                )
            )

    def link(self, token: TokenHash, at: datetime) -> Link | None:
        """See `AccountStore.link`."""
        query = select(LINK).where(LINK.c.token == token, LINK.c.expires_at > to_us(at))
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Link(
            token=TokenHash(row.token),
            kind=LinkKind(row.kind),
            role=Role(row.role),
            account=None if row.account is None else AccountId(row.account),
            created_by=None if row.created_by is None else AccountId(row.created_by),
            expires_at=from_us(row.expires_at),
        )

    def redeem_new_account(
        self, token: TokenHash, account: Account, *, password_hash: str, at: datetime
    ) -> None:
        """See `AccountStore.redeem_new_account`."""
        with self.database.write() as connection:
            link = use_link(connection, token, at)
            if (
                link.kind == LinkKind.FIRST_ADMIN
                and connection.execute(select(exists().select_from(ACCOUNT))).scalar_one()
            ):
                raise LinkRefusedError
            insert_account(connection, account, password_hash)

    def redeem_new_password(
        self, token: TokenHash, *, password_hash: str, at: datetime
    ) -> AccountId:
        """See `AccountStore.redeem_new_password`."""
        with self.database.write() as connection:
            link = use_link(connection, token, at)
            if link.account is None:
                raise LinkRefusedError
            account = AccountId(link.account)
            update_account(connection, account, password_hash=password_hash)
            return account

    def record(self, event: AccountEvent) -> None:
        """See `AccountStore.record`."""
        with self.database.write() as connection:
            connection.execute(
                insert(ACCOUNT_EVENT).values(
                    at=to_us(event.at),
                    act=event.act,
                    actor=event.actor,
                    account=event.account,
                    detail=event.detail,
                    single_person=event.single_person,
                )
            )

    def events(self, *, newest: int, account: AccountId | None = None) -> tuple[AccountEvent, ...]:
        """See `AccountStore.events`."""
        query = select(ACCOUNT_EVENT).order_by(ACCOUNT_EVENT.c.position.desc()).limit(newest)
        if account is not None:
            query = query.where(ACCOUNT_EVENT.c.account == account)
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            AccountEvent(
                at=from_us(row.at),
                act=row.act,
                actor=None if row.actor is None else AccountId(row.actor),
                account=None if row.account is None else AccountId(row.account),
                detail=row.detail,
                single_person=row.single_person,
            )
            for row in rows
        )

    def failures(self, name_key: str) -> Failures:
        """See `FailureStore.failures`."""
        query = select(
            SIGN_IN_FAILURE.c.count.label("in_a_row"), SIGN_IN_FAILURE.c.locked_until
        ).where(SIGN_IN_FAILURE.c.name_key == name_key)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return Failures(count=0, locked_until=None)
        return Failures(count=row.in_a_row, locked_until=from_us_or_none(row.locked_until))

    def failed(self, name_key: str, *, at: datetime, locked_until: datetime | None) -> None:
        """See `FailureStore.failed`."""
        lock = None if locked_until is None else to_us(locked_until)
        values = {"last_at": to_us(at), "locked_until": lock}
        statement = insert_or(SIGN_IN_FAILURE).values(name_key=name_key, count=1, **values)
        statement = statement.on_conflict_do_update(
            index_elements=["name_key"],
            set_={"count": SIGN_IN_FAILURE.c.count + 1, **values},
        )
        with self.database.write() as connection:
            connection.execute(statement)

    def succeeded(self, name_key: str) -> None:
        """See `FailureStore.succeeded`."""
        statement = delete(SIGN_IN_FAILURE).where(SIGN_IN_FAILURE.c.name_key == name_key)
        with self.database.write() as connection:
            connection.execute(statement)

    def _one(self, condition: Any) -> Account | None:  # noqa: ANN401  a column expression
        with self.database.read() as connection:
            row = connection.execute(select(*ACCOUNT_COLUMNS).where(condition)).one_or_none()
        return None if row is None else account_of(row)
