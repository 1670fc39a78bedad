"""API keys: made, listed, rotated with an overlap, revoked, and held to their scope.

A key is shown once and kept as a hash. A key in the wild can be told from other secrets by its
beginning. Every act upon a key is recorded as configuration: at once by the process that writes
the evidence log, else by that process at the next look.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.shapes import KEBAB
from chengnuo.ports.api_keys import (
    OF_RECIPIENTS,
    ApiKey,
    ApiKeyId,
    ApiKeyStore,
    ApiScope,
    NewAct,
    UnknownApiKeyError,
)
from chengnuo.ports.clock import Clock
from chengnuo.ports.secrets import TokenHash, Tokens
from chengnuo.usecases.evidence.recording import Recorder

PREFIX = "chengnuo_"
MOST_OVERLAP = timedelta(days=30)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_LONGEST = 200
_REMEMBERED = timedelta(seconds=1)
_MOST_REMEMBERED = 1000


class ApiKeyNameError(InvalidInputError):
    """The name of a key has another form than expected."""

    code = "api-key-name"

    def __init__(self) -> None:
        super().__init__("a key's name is 1 to 40 of a-z, 0-9 and `-`; expected one as `orders`")


class ApiKeyTermsError(InvalidInputError):
    """A key was to have no scope, or an end or overlap that makes no sense."""

    code = "api-key-terms"

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"the key's {what} is not what it can be; expected {expected}")
        self.what = what


class ApiKeyRefusedError(InvalidInputError):
    """No key was given, or one that is not in force; which of the two is not told."""

    code = "api-key-refused"

    def __init__(self) -> None:
        super().__init__("expected `Authorization: Bearer` with an API key that is in force")


class ApiScopeError(InvalidInputError):
    """The key is not for this."""

    code = "api-scope"

    def __init__(self, scope: ApiScope) -> None:
        super().__init__(f"the key lacks the scope `{scope}`")
        self.scope = scope


@dataclass(frozen=True, slots=True)
class FreshKey:
    """A key just made or rotated; `secret` is shown once."""

    key: ApiKeyId
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeys:
    """The use cases around keys.

    Attributes:
        store: Keeps them.
        tokens: Makes secrets.
        clock: Tells now.
        recorder: Records acts; None in a process that writes no log.

    """

    store: ApiKeyStore
    tokens: Tokens
    clock: Clock
    recorder: Recorder | None = None
    _known: dict[TokenHash, tuple[datetime, ApiKey]] = field(default_factory=dict)
    _recording: Lock = field(default_factory=Lock)

    def make(
        self,
        name: str,
        scopes: frozenset[ApiScope],
        *,
        by: str,
        lasts: timedelta | None = None,
        recipient: str = "",
    ) -> FreshKey:
        """Make a key.

        Args:
            name: Its name; never used again for another key.
            scopes: What it is for.
            by: An account id, or `cli`.
            lasts: After how long it ends; None for no end.
            recipient: Recipient of the register that it belongs to; empty for the operator's own.

        Raises:
            ApiKeyNameError: The name has a wrong form.
            ApiKeyTermsError: There is no scope, one that is not for recipients, the recipient is no
                id, or it would end at once.
            ApiKeyTakenError: There is a key of that name.

        """
        if _NAME.fullmatch(name) is None:
            raise ApiKeyNameError
        if not scopes:
            raise ApiKeyTermsError("scope", "at least one")
        if recipient and (len(recipient) > _LONGEST or not re.fullmatch(KEBAB.regex, recipient)):
            raise ApiKeyTermsError("recipient", "an id as in the register, `cloud-logs`")
        if recipient and not scopes <= OF_RECIPIENTS:
            raise ApiKeyTermsError("scope", f"of a recipient: {', '.join(sorted(OF_RECIPIENTS))}")
        if lasts is not None and lasts <= timedelta():
            raise ApiKeyTermsError("end", "a day or more from now")
        now = self.clock.now()
        secret, hashed = self._fresh()
        detail = " ".join(sorted(scopes)) + (f" for {recipient}" if recipient else "")
        self.store.add(
            ApiKey(
                id=ApiKeyId(name),
                scopes=scopes,
                made_at=now,
                expires_at=None if lasts is None else now + lasts,
                recipient=recipient,
            ),
            hashed,
            NewAct(act="api-key-made", detail=detail, by=by),
        )
        self.record_acts()
        return FreshKey(ApiKeyId(name), secret)

    def all(self) -> tuple[ApiKey, ...]:
        """Return every key there ever was, by name, without its secret."""
        return self.store.keys()

    def rotate(self, name: str, *, by: str, overlap: timedelta) -> FreshKey:
        """Give a key another secret; the old one goes on for the overlap.

        Raises:
            ApiKeyTermsError: The overlap is negative or over thirty days.
            UnknownApiKeyError: There is no such key in force.

        """
        if not timedelta() <= overlap <= MOST_OVERLAP:
            raise ApiKeyTermsError("overlap", f"0 to {MOST_OVERLAP.days} days")
        now = self.clock.now()
        key = self._in_force(name, now)
        secret, hashed = self._fresh()
        act = NewAct(act="api-key-rotated", detail=f"overlap {overlap}", by=by)
        self.store.rotate(key.id, hashed, act, at=now, old_until=now + overlap)
        self._known.clear()
        self.record_acts()
        return FreshKey(key.id, secret)

    def revoke(self, name: str, *, by: str) -> None:
        """End a key now; a process that just used it may do so for one more second.

        Raises:
            UnknownApiKeyError: There is no such key in force.

        """
        act = NewAct(act="api-key-revoked", detail="all secrets", by=by)
        self.store.revoke(ApiKeyId(name), act, at=self.clock.now())
        self._known.clear()
        self.record_acts()

    def knows(self, given: str) -> bool:
        """Tell whether a secret was looked up just now, so that checking it waits for nothing."""
        known = self._known.get(self.tokens.hashed(given))
        return known is not None and self._is_fresh(known[0], self.clock.now())

    def check(self, given: str, scope: ApiScope) -> ApiKey:
        """Return the key that a secret belongs to, if it is in force and for this.

        A key that was just looked up is not looked up again for one second.

        Raises:
            ApiKeyRefusedError: There is no such key, or it is not in force.
            ApiScopeError: It is not for this.

        """
        if not given.startswith(PREFIX) or len(given) > _LONGEST:
            raise ApiKeyRefusedError
        hashed = self.tokens.hashed(given)
        known = self._known.get(hashed)
        now = self.clock.now()
        if known is not None and self._is_fresh(known[0], now):
            key = known[1]
        else:
            found = self.store.find(hashed, now)
            self._known.pop(hashed, None)
            if found is None:
                raise ApiKeyRefusedError
            key = found
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[hashed] = (now, key)
            self.record_acts()
        if not key.is_in_force(now):
            raise ApiKeyRefusedError
        if scope not in key.scopes:
            raise ApiScopeError(scope)
        return key

    def record_acts(self) -> bool:
        """Record the acts that wait, if this process can; tells whether none is left."""
        if self.recorder is None:
            return not self.store.waiting()
        with self._recording:
            for act in self.store.waiting():
                self.recorder.record(
                    Kind.CONFIGURATION,
                    {
                        "what": act.act,
                        "detail": f"{act.key}: {act.detail}",
                        "by": act.by,
                        "single_person": True,
                    },
                )
                self.store.is_recorded(act.number)
        return True

    @staticmethod
    def _is_fresh(then: datetime, now: datetime) -> bool:
        return timedelta() <= now - then < _REMEMBERED

    def _in_force(self, name: str, now: datetime) -> ApiKey:
        found = next((key for key in self.all() if key.id == name), None)
        if found is None or not found.is_in_force(now):
            raise UnknownApiKeyError
        return found

    def _fresh(self) -> tuple[str, TokenHash]:
        secret = PREFIX + self.tokens.fresh().plain
        return secret, self.tokens.hashed(secret)
