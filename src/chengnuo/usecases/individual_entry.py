"""How an individual comes in: the operator's token, a one-time code, a session.

The operator's back end posts a token it has signed and gets a code that lives for one minute;
the app opens the centre with the code; the code becomes a session of the browser. The token is
never in an address, and works once. A code that comes by a link may be somebody else's, who wants
to be told what another person writes: a browser that has not seen its person before asks whether
it was they who opened the centre, unless an app says that it did. People are known by a person
key; the account id stays sealed with the session, because the operator's stores know nobody by
anything else, and goes with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chengnuo.domain.evidence.shard import OtherShardError
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import (
    IndividualStore,
    IndividualToken,
    PersonKey,
    TokenReader,
    Visitor,
)
from chengnuo.ports.secrets import Tokens

CODE_LIFE = timedelta(minutes=1)
SESSION_LIFE = timedelta(minutes=30)
UNHURRIED_LIFE = timedelta(hours=2)
"""Of a session in the version for elders: nobody is thrown out while still reading (WCAG 2.2.1)."""

PERSON = "person"
"""What the names of individuals are keyed for."""
_MARK = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCode:
    """A code to open the centre with, once, before `expires_at`."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A session just opened: the cookie's token, and who it is."""

    token: str
    visitor: Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualEntry:
    """The use cases of coming and going.

    Attributes:
        reader: Reads the operator's tokens.
        store: Keeps codes and sessions.
        tokens: Makes and hashes secrets.
        clock: Tells now.
        arrived: Told of whoever comes in.

    """

    reader: TokenReader
    store: IndividualStore
    tokens: Tokens
    clock: Clock
    arrived: Callable[[Visitor], None]

    def exchange(self, token: str) -> EntryCode:
        """Use up a token and return a one-time code.

        Raises:
            TokenRefusedError: One leaf for each reason.
            KeysUnavailableError: The issuer's keys cannot be read.

        """
        now = self.clock.now()
        said = self.reader.read(token, now)
        code = self.tokens.fresh()
        expires_at = now + CODE_LIFE
        self.store.admit(
            token_id=self.tokens.hashed(f"{said.issuer}\n{said.token_id}"),
            token_expires_at=said.expires_at,
            code=code.hashed,
            code_expires_at=expires_at,
            visitor=self._visitor(said, now),
        )
        return EntryCode(code=code.plain, expires_at=expires_at)

    def enter(self, code: str) -> Entered:
        """Use up a code and open a session.

        Raises:
            EntryCodeError: The code is unknown, used or too old.

        """
        token = self.tokens.fresh()
        visitor = self.store.enter(self.tokens.hashed(code), token.hashed, at=self.clock.now())
        self.arrived(visitor)
        return Entered(token=token.plain, visitor=visitor)

    def mark(self, visitor: Visitor) -> str:
        """Return by what a browser knows again who came in, and for whom; tells nobody else."""
        return self.tokens.keyed("came-in", f"{visitor.person}\n{visitor.guardian or ''}")[:_MARK]

    def resume(self, token: str, *, unhurried: bool = False) -> Visitor | None:
        """Return who a cookie's session belongs to, or None.

        Args:
            token: Of the cookie.
            unhurried: Let the session last `UNHURRIED_LIFE` from its start.

        """
        session = self.tokens.hashed(token)
        found = self.store.visitor(session, self.clock.now())
        if found is None or not unhurried:
            return found
        until = found.since + UNHURRIED_LIFE
        if found.expires_at < until:
            self.store.prolong(session, until)
            found = replace(found, expires_at=until)
        return found

    def leave(self, token: str) -> None:
        """End a session."""
        self.store.leave(self.tokens.hashed(token))

    def _visitor(self, said: IndividualToken, now: datetime) -> Visitor:
        return Visitor(
            person=self._person(said.subject),
            app=said.audience,
            guardian=None if said.guardian is None else self._person(said.guardian),
            birth_date=said.birth_date,
            authenticated_at=said.authenticated_at,
            since=now,
            expires_at=now + SESSION_LIFE,
            account=said.subject,
        )

    def _person(self, account: str) -> PersonKey:
        return person_key(self.tokens, account)


def person_key(tokens: Tokens, account: str) -> PersonKey:
    """Return the key under which an individual is known here, from the operator's account id."""
    return PersonKey(tokens.keyed(PERSON, account))


def person_here(tokens: Tokens, account: str) -> PersonKey | None:
    """Return the key of an individual, or None if they belong to another shard."""
    try:
        return person_key(tokens, account)
    except OtherShardError:
        return None
