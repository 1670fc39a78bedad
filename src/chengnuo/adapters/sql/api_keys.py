"""API keys, in SQLite: a row for each key, one for each secret's hash, one for each open act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA, from_us_or_none
from chengnuo.adapters.sql.spoken import Lesser
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.api_keys import (
    ApiKey,
    ApiKeyId,
    ApiKeyTakenError,
    ApiScope,
    KeyAct,
    NewAct,
    UnknownApiKeyError,
)
from chengnuo.ports.secrets import TokenHash

API_KEY = Table(
    "api_key",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("scopes", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("recipient", Text, nullable=False, server_default=""),
)

API_KEY_SECRET = Table(
    "api_key_secret",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("key", String(40), ForeignKey("api_key.id"), nullable=False),
    Column("valid_until", BigInteger),
    Index("api_key_secret_key", "key"),
)

API_KEY_ACT = Table(
    "api_key_act",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("act", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("by", String(24), nullable=False),
)


@dataclass(frozen=True, slots=True)
class SqlApiKeys:
    """`ApiKeyStore` over SQLite."""

    database: Database

    def add(self, key: ApiKey, secret: TokenHash, act: NewAct) -> None:
        """See `ApiKeyStore.add`."""
        with self.database.write() as connection:
            try:
                connection.execute(
                    insert(API_KEY).values(
                        id=key.id,
                        scopes=" ".join(sorted(key.scopes)),
                        made_at=to_us(key.made_at),
                        expires_at=None if key.expires_at is None else to_us(key.expires_at),
                        recipient=key.recipient,
                    )
                )
            except IntegrityError as error:
                raise ApiKeyTakenError from error
            connection.execute(insert(API_KEY_SECRET).values(hash=secret, key=key.id))
            _note(connection, key.id, act)

    def keys(self) -> tuple[ApiKey, ...]:
        """See `ApiKeyStore.keys`."""
        with self.database.read() as connection:
            rows = connection.execute(_KEYS.order_by(API_KEY.c.id)).all()
        return tuple(_key(row) for row in rows)

    def find(self, secret: TokenHash, at: datetime) -> ApiKey | None:
        """See `ApiKeyStore.find`."""
        valid = or_(
            API_KEY_SECRET.c.valid_until.is_(None), API_KEY_SECRET.c.valid_until > to_us(at)
        )
        of_secret = select(API_KEY_SECRET.c.key).where(API_KEY_SECRET.c.hash == secret, valid)
        with self.database.read() as connection:
            row = connection.execute(
                _KEYS.where(API_KEY.c.id == of_secret.scalar_subquery())
            ).one_or_none()
        return None if row is None else _key(row)

    def rotate(
        self, key: ApiKeyId, secret: TokenHash, act: NewAct, *, at: datetime, old_until: datetime
    ) -> None:
        """See `ApiKeyStore.rotate`."""
        until = to_us(old_until)
        mine = API_KEY_SECRET.c.key == key
        with self.database.write() as connection:
            _hold_in_force(connection, key)
            connection.execute(
                delete(API_KEY_SECRET).where(mine, API_KEY_SECRET.c.valid_until <= to_us(at))
            )
            connection.execute(
                update(API_KEY_SECRET)
                .where(mine)
                .values(
                    valid_until=Lesser(func.coalesce(API_KEY_SECRET.c.valid_until, until), until)
                )
            )
            connection.execute(insert(API_KEY_SECRET).values(hash=secret, key=key))
            _note(connection, key, act)

    def revoke(self, key: ApiKeyId, act: NewAct, *, at: datetime) -> None:
        """See `ApiKeyStore.revoke`."""
        with self.database.write() as connection:
            _hold_in_force(connection, key)
            connection.execute(delete(API_KEY_SECRET).where(API_KEY_SECRET.c.key == key))
            connection.execute(
                update(API_KEY).where(API_KEY.c.id == key).values(revoked_at=to_us(at))
            )
            _note(connection, key, act)

    def waiting(self) -> tuple[KeyAct, ...]:
        """See `ApiKeyStore.waiting`."""
        with self.database.read() as connection:
            rows = connection.execute(select(API_KEY_ACT).order_by(API_KEY_ACT.c.number)).all()
        return tuple(
            KeyAct(
                number=row.number,
                act=row.act,
                key=ApiKeyId(row.key),
                detail=row.detail,
                by=row.by,
            )
            for row in rows
        )

    def is_recorded(self, number: int) -> None:
        """See `ApiKeyStore.is_recorded`."""
        with self.database.write() as connection:
            connection.execute(delete(API_KEY_ACT).where(API_KEY_ACT.c.number == number))


_SECRETS = (
    select(func.count())
    .select_from(API_KEY_SECRET)
    .where(API_KEY_SECRET.c.key == API_KEY.c.id)
    .correlate(API_KEY)
    .scalar_subquery()
)
_KEYS = select(API_KEY, _SECRETS.label("secrets"))


def _hold_in_force(connection: Connection, key: ApiKeyId) -> None:
    found = connection.execute(
        select(API_KEY.c.id).where(API_KEY.c.id == key, API_KEY.c.revoked_at.is_(None))
    ).one_or_none()
    if found is None:
        raise UnknownApiKeyError


def _note(connection: Connection, key: ApiKeyId, act: NewAct) -> None:
    connection.execute(
        insert(API_KEY_ACT).values(act=act.act, key=key, detail=act.detail, by=act.by)
    )


def _key(row: Row[Any]) -> ApiKey:
    known = set(ApiScope)
    return ApiKey(
        id=ApiKeyId(row.id),
        scopes=frozenset(ApiScope(one) for one in row.scopes.split() if one in known),
        made_at=from_us(row.made_at),
        expires_at=from_us_or_none(row.expires_at),
        revoked_at=from_us_or_none(row.revoked_at),
        secrets=row.secrets,
        recipient=row.recipient,
    )
