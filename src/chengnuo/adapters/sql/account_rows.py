"""Rows of accounts and links: read into values, added, changed, used up."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chengnuo.adapters.sql.schema import ACCOUNT, LINK, from_us_or_none
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.accounts import (
    Account,
    AccountId,
    ExternalIdentity,
    LastAdminError,
    LinkRefusedError,
    NameTakenError,
    Role,
    UnknownAccountError,
)
from chengnuo.ports.secrets import TokenHash

ACCOUNT_COLUMNS = (
    ACCOUNT.c.id,
    ACCOUNT.c.name,
    ACCOUNT.c.role,
    ACCOUNT.c.enabled,
    ACCOUNT.c.created_at,
    ACCOUNT.c.last_sign_in_at,
    ACCOUNT.c.password_hash.is_not(None).label("has_password"),
    ACCOUNT.c.totp_sealed.is_not(None).label("has_totp"),
    ACCOUNT.c.issuer,
    ACCOUNT.c.subject,
)


def account_of(row: Row[Any]) -> Account:
    """Return the account in a row of `ACCOUNT_COLUMNS`."""
    identity = None
    if row.issuer is not None:
        identity = ExternalIdentity(issuer=row.issuer, subject=row.subject)
    return Account(
        id=AccountId(row.id),
        name=row.name,
        role=Role(row.role),
        enabled=row.enabled,
        created_at=from_us(row.created_at),
        last_sign_in_at=from_us_or_none(row.last_sign_in_at),
        has_password=bool(row.has_password),
        has_totp=bool(row.has_totp),
        identity=identity,
    )


def insert_account(connection: Connection, account: Account, password_hash: str | None) -> None:
    """Add a row.

    Raises:
        NameTakenError: The name or the identity is in use.

    """
    taken = select(exists().where(ACCOUNT.c.name == account.name))
    if connection.execute(taken).scalar_one():
        raise NameTakenError
    identity = account.identity
    position = select(func.coalesce(func.max(ACCOUNT.c.position), 0) + 1).scalar_subquery()
    try:
        connection.execute(
            insert(ACCOUNT).values(
                id=account.id,
                position=position,
                name=account.name,
                role=account.role.value,
                enabled=account.enabled,
                created_at=to_us(account.created_at),
                password_hash=password_hash,
                totp_last_step=0,
                issuer=None if identity is None else identity.issuer,
                subject=None if identity is None else identity.subject,
            )
        )
    except IntegrityError as error:
        raise NameTakenError from error


def update_account(connection: Connection, account: AccountId, **values: object) -> None:
    """Change columns of a row.

    Raises:
        UnknownAccountError: There is none of this id.

    """
    changed = connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(**values))
    if changed.rowcount != 1:
        raise UnknownAccountError


def keep_an_admin(connection: Connection) -> None:
    """Undo the transaction if it leaves nobody who looks after accounts.

    Raises:
        LastAdminError: No enabled admin is left.

    """
    admin = select(exists().where(ACCOUNT.c.enabled, ACCOUNT.c.role == Role.ADMIN.value))
    if not connection.execute(admin).scalar_one():
        raise LastAdminError


def use_link(connection: Connection, token: TokenHash, at: datetime) -> Row[Any, Any]:
    """Take a link out for good; the transaction puts it back if what follows fails.

    Raises:
        LinkRefusedError: The link is unknown, used or expired.

    """
    statement = (
        delete(LINK)
        .where(LINK.c.token == token, LINK.c.expires_at > to_us(at))
        .returning(LINK.c.kind, LINK.c.account)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise LinkRefusedError
    return row
