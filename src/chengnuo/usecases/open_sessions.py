"""The open sessions of one's own account: to see them, and to end those that one does not know.

A session goes by a number made of what is kept of its token, which opens nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.ports.clock import Clock
from chengnuo.ports.secrets import TokenHash, Tokens
from chengnuo.ports.sessions import SessionRow, SessionStore, StaffSession, Stage
from chengnuo.usecases.sign_in_rules import IDLE_LIMIT

_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session that can be used.

    Attributes:
        number: What it goes by.
        opened_at: When it was opened.
        seen_at: When it was used last, to the minute.
        is_this: It is the one that asks.

    """

    number: str
    opened_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSessions:
    """The use cases on one's own sessions."""

    sessions: SessionStore
    tokens: Tokens
    clock: Clock

    def of(self, session: StaffSession) -> tuple[OpenSession, ...]:
        """Return the sessions of the account that are signed in, the newest first."""
        return tuple(
            OpenSession(
                number=self._number(row.token),
                opened_at=row.opened_at,
                seen_at=row.seen_at,
                is_this=row.token == session.row.token,
            )
            for row in self._rows(session)
        )

    def end(self, session: StaffSession, number: str) -> None:
        """End one of them; a number that none goes by ends nothing."""
        for row in self._rows(session):
            if self._number(row.token) == number:
                self.sessions.close(row.token)

    def end_others(self, session: StaffSession) -> None:
        """End all but the one that asks."""
        self.sessions.close_all(session.account.id, but=session.row.token)

    def _rows(self, session: StaffSession) -> tuple[SessionRow, ...]:
        now = self.clock.now()
        rows = self.sessions.of(session.account.id, at=now)
        return tuple(
            row for row in rows if row.stage is Stage.FULL and now - row.seen_at < IDLE_LIMIT
        )

    def _number(self, token: TokenHash) -> str:
        return self.tokens.hashed(token)[:_DIGITS]
