"""Public keys of a token issuer: a JWK set (RFC 7517) from a file or an address.

Only Ed25519 and P-256 keys are taken, each for its own algorithm, found by `kid`. A set from an
address is kept for ten minutes; an unknown `kid` makes it be fetched again, at most twice a
minute, and a set that cannot be fetched again stays in use for an hour.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import ClassVar
from urllib.parse import urlsplit

from jwt import PyJWK
from jwt.exceptions import PyJWKError, PyJWTError

from chengnuo.base.errors import InvalidInputError

FRESH_FOR = timedelta(minutes=10)
USABLE_FOR = timedelta(hours=1)
_AGAIN_AFTER = timedelta(seconds=30)
_LIMIT_BYTES = 65536
_TIMEOUT_S = 5.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ALGORITHMS = {("OKP", "Ed25519"): "EdDSA", ("EC", "P-256"): "ES256", ("RSA", None): "RS256"}


class KeySetError(InvalidInputError):
    """A JWK set is not reachable where it should be, or is not a JWK set."""

    code: ClassVar[str] = "key-set"

    def __init__(self, what: str) -> None:
        super().__init__(f"the key set is not usable: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicJwk:
    """One public key, and the one algorithm it is for."""

    algorithm: str
    key: PyJWK


def parse_key_set(document: bytes, *, algorithms: frozenset[str]) -> Mapping[str, PublicJwk]:
    """Return the usable keys of a JWK set by `kid`; others are left out.

    Raises:
        KeySetError: It is not a JWK set.

    """
    try:
        parsed = json.loads(document)
        members = parsed["keys"]
        if not isinstance(members, list):
            raise KeySetError("no-keys")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise KeySetError("not-a-key-set") from error
    keys: dict[str, PublicJwk] = {}
    for member in members:
        if not isinstance(member, dict) or member.get("use", "sig") != "sig":
            continue
        kid = member.get("kid")
        algorithm = _algorithm(member)
        if not isinstance(kid, str) or algorithm not in algorithms:
            continue
        try:
            keys[kid] = PublicJwk(algorithm=algorithm, key=PyJWK(member, algorithm))
        except (PyJWKError, PyJWTError, ValueError, TypeError):
            continue
    return keys


def _algorithm(member: Mapping[str, object]) -> str:
    kind, curve = member.get("kty"), member.get("crv")
    if not isinstance(kind, str) or not isinstance(curve, str | None):
        return ""
    algorithm = _ALGORITHMS.get((kind, None if kind == "RSA" else curve), "")
    return algorithm if member.get("alg", algorithm) == algorithm else ""


def fetch(address: str) -> bytes:
    """Return what an address gives, within limits of size and time and without redirects.

    Raises:
        KeySetError: The address is plain http to another machine, or does not answer well.

    """
    # Megabytes, which a service that asks nobody does not need.
    import httpx

    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise KeySetError("not-https")
    body = bytearray()
    try:
        with httpx.stream("GET", address, timeout=_TIMEOUT_S, follow_redirects=False) as answer:
            if answer.status_code != httpx.codes.OK:
                raise KeySetError(f"status-{answer.status_code}")
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _LIMIT_BYTES:
                    raise KeySetError("too-large")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise KeySetError("no-answer") from error
    return bytes(body)


def read_source(source: str) -> bytes:
    """Return the bytes of a file or an address.

    Raises:
        KeySetError: They cannot be had.

    """
    if "://" in source:
        return fetch(source)
    try:
        return Path(source).read_bytes()[: _LIMIT_BYTES + 1]
    except OSError as error:
        raise KeySetError("no-file") from error


class KeySet:
    """A JWK set that is fetched again when it is old or lacks a key."""

    def __init__(self, load: Callable[[], bytes], *, algorithms: frozenset[str]) -> None:
        """Use a way to load the set, and the algorithms that are taken."""
        self._load = load
        self._algorithms = algorithms
        self._lock = Lock()
        self._keys: Mapping[str, PublicJwk] = {}
        self._loaded_at: datetime | None = None
        self._tried_at: datetime | None = None

    def key(self, kid: str, at: datetime) -> PublicJwk | None:
        """Return the key of an id, or None if the issuer publishes none.

        Raises:
            KeySetError: The set cannot be loaded and what is at hand is too old.

        """
        with self._lock:
            self._refresh(at, missing=kid not in self._keys)
            return self._keys.get(kid)

    def only_key(self, at: datetime) -> PublicJwk | None:
        """Return the issuer's key if it publishes exactly one, for tokens that name none.

        Raises:
            KeySetError: The set cannot be loaded and what is at hand is too old.

        """
        with self._lock:
            self._refresh(at, missing=not self._keys)
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None

    def _refresh(self, at: datetime, *, missing: bool) -> None:
        stale = self._loaded_at is None or at - self._loaded_at >= FRESH_FOR
        if (stale or missing) and self._may_try(at):
            self._tried_at = at
            self._reload(at)
        if self._loaded_at is None or at - self._loaded_at >= USABLE_FOR:
            raise KeySetError("not-loaded")

    def _may_try(self, at: datetime) -> bool:
        return self._tried_at is None or at - self._tried_at >= _AGAIN_AFTER

    def _reload(self, at: datetime) -> None:
        try:
            self._keys = parse_key_set(self._load(), algorithms=self._algorithms)
        except KeySetError:
            if self._loaded_at is None or at - self._loaded_at >= USABLE_FOR:
                raise
        else:
            self._loaded_at = at
