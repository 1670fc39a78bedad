"""Clearing away what has expired: sessions, codes, links, used tokens, old failures."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import (
    ENTRY_CODE,
    INDIVIDUAL_SESSION,
    LINK,
    SIGN_IN_FAILURE,
    SIGN_IN_FLOW,
    STAFF_SESSION,
    USED_TOKEN,
)
from chengnuo.base.instant import to_us
from chengnuo.ports.clock import Clock

_FAILURES_KEPT = timedelta(days=1)
_USED_TOKENS_KEPT = timedelta(hours=1)
"""Longer than a token lives, so that no clock difference lets one in again."""


@dataclass(frozen=True, slots=True)
class SqlSweep:
    """Deletes expired rows in one transaction."""

    database: Database
    clock: Clock

    def __call__(self) -> None:
        """Delete what has expired by now."""
        now = self.clock.now()
        past = to_us(now)
        with self.database.write() as connection:
            for statement in (
                delete(STAFF_SESSION).where(STAFF_SESSION.c.expires_at <= past),
                delete(SIGN_IN_FLOW).where(SIGN_IN_FLOW.c.expires_at <= past),
                delete(LINK).where(LINK.c.expires_at <= past),
                delete(ENTRY_CODE).where(ENTRY_CODE.c.expires_at <= past),
                delete(INDIVIDUAL_SESSION).where(INDIVIDUAL_SESSION.c.session_expires_at <= past),
                delete(USED_TOKEN).where(USED_TOKEN.c.expires_at <= to_us(now - _USED_TOKENS_KEPT)),
                delete(SIGN_IN_FAILURE).where(
                    SIGN_IN_FAILURE.c.last_at <= to_us(now - _FAILURES_KEPT)
                ),
            ):
                connection.execute(statement)
