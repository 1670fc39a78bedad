"""Register versions, in SQLite."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import REGISTER_VERSION
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.versions import (
    ArchiveDamagedError,
    RegisterVersion,
    UnknownVersionError,
)

_SHORTEST_PREFIX = 7
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class SqlVersions:
    """`VersionArchive` over SQLite."""

    database: Database

    def add(  # noqa: PLR0913  one row has these columns
        self, data: bytes, *, signature: bytes, public_key: bytes, at: datetime, by: str, note: str
    ) -> RegisterVersion:
        """See `VersionArchive.add`."""
        version = sha256_hex(data)
        newest = func.coalesce(func.max(REGISTER_VERSION.c.position), 0)
        with self.database.write() as connection:
            query = select(REGISTER_VERSION).where(REGISTER_VERSION.c.id == version)
            row = connection.execute(query).one_or_none()
            if row is None:
                connection.execute(
                    insert(REGISTER_VERSION).values(
                        position=select(newest + 1).scalar_subquery(),
                        id=version,
                        data=data,
                        signature=signature,
                        public_key=public_key,
                        at=to_us(at),
                        by=by,
                        note=note,
                    )
                )
                row = connection.execute(query).one()
        return _version(row)

    def versions(self) -> tuple[RegisterVersion, ...]:
        """See `VersionArchive.versions`."""
        query = select(REGISTER_VERSION).order_by(REGISTER_VERSION.c.position.desc())
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(_version(row) for row in rows)

    def version(self, id_or_prefix: str) -> RegisterVersion:
        """See `VersionArchive.version`."""
        if len(id_or_prefix) < _SHORTEST_PREFIX or not set(id_or_prefix) <= _HEX:
            raise UnknownVersionError(id_or_prefix)
        query = (
            select(REGISTER_VERSION).where(REGISTER_VERSION.c.id.startswith(id_or_prefix)).limit(2)
        )
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        if len(rows) != 1:
            raise UnknownVersionError(id_or_prefix)
        return _version(rows[0])

    def latest(self) -> RegisterVersion | None:
        """See `VersionArchive.latest`."""
        query = select(REGISTER_VERSION).order_by(REGISTER_VERSION.c.position.desc()).limit(1)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _version(row)


def _version(row: Row[Any]) -> RegisterVersion:
    if sha256_hex(row.data) != row.id:
        raise ArchiveDamagedError(row.id, "bytes")
    return RegisterVersion(
        id=Digest(row.id),
        data=row.data,
        signature=row.signature,
        public_key=row.public_key,
        at=from_us(row.at),
        by=row.by,
        note=row.note,
        position=row.position,
    )
