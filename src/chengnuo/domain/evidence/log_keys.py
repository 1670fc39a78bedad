"""The keys a log has had, oldest first: `log.json` (`docs/formats/evidence.md`).

A key is endorsed by the one before it, so who relies on one key can rely on all that follow it.
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Self

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import IntegrityError, InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.note import (
    ED25519,
    SIGNATURE_BYTES,
    Verify,
    VKey,
    VKeyMalformedError,
    from_base64,
)

_MOST_KEYS_BYTES = 64 * 1024
_VERSION = 1


class LogKeysMalformedError(InvalidInputError):
    """Some bytes are not the list of a log's keys."""

    code = "log-keys-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a log's list of keys: {what}")
        self.what = what


class LogKeyUnknownError(InvalidInputError):
    """The key that is relied on is not among those of the log."""

    code = "log-key-unknown"

    def __init__(self, origin: str, vkey: VKey) -> None:
        super().__init__(f"key `{vkey}` is not one of log `{origin}`")
        self.origin = origin
        self.vkey = vkey


class LogKeyNotEndorsedError(IntegrityError):
    """A key of the log does not bear the signature of the key before it."""

    code = "log-key-not-endorsed"

    def __init__(self, origin: str, vkey: VKey) -> None:
        super().__init__(f"key `{vkey}` of log `{origin}` is not endorsed by the key before it")
        self.origin = origin
        self.vkey = vkey


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKey:
    """A key of a log and the sizes it signs for.

    Attributes:
        vkey: The public key.
        since: Size of the log when the key was made: the first that it signs.
        until: The last size that it signs; None while it is in force.
        endorsement: Signature of the key before over `endorsement_message`; None for the first.

    """

    vkey: VKey
    since: int
    until: int | None
    endorsement: bytes | None

    def signs(self, size: int) -> bool:
        """Tell whether a checkpoint of a size may bear this key's signature alone."""
        return self.since <= size and (self.until is None or size <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKeys:
    """All keys a log has had, oldest first, as `log.json` gives them."""

    origin: str
    keys: tuple[LogKey, ...]

    @classmethod
    def parse(cls, written: str | bytes) -> Self:
        """Return the keys of the text of `log.json`.

        Raises:
            LogKeysMalformedError: It is not such a list, or the list cannot be one log's.

        """
        if len(written) > _MOST_KEYS_BYTES:
            raise LogKeysMalformedError(f"it is over {_MOST_KEYS_BYTES} bytes")
        try:
            wire = msgspec.json.decode(written, type=ready(_WireKeys))
            json.loads(written, object_pairs_hook=_no_member_twice)
        except (msgspec.MsgspecError, UnicodeError, ValueError) as error:
            raise LogKeysMalformedError("it has not the members expected") from error
        if wire.v != _VERSION:
            raise LogKeysMalformedError(f"its version is {wire.v}; expected {_VERSION}")
        found = cls(origin=wire.origin, keys=tuple(_key(one) for one in wire.keys))
        found.check()
        return found

    def check(self) -> None:
        """Hold the list to what one log's keys can be; no signature is checked.

        Raises:
            LogKeysMalformedError: It breaks a rule.

        """
        if not self.keys:
            raise LogKeysMalformedError("it names no key")
        if len({key.vkey for key in self.keys}) != len(self.keys):
            raise LogKeysMalformedError("it names a key twice")
        if self.keys[-1].until is not None:
            raise LogKeysMalformedError("no key is in force")
        start = 0
        for number, key in enumerate(self.keys):
            if (key.vkey.name, key.vkey.algorithm) != (self.origin, ED25519):
                raise LogKeysMalformedError("a key is not an Ed25519 key by the name of the log")
            if key.since < start or (number == 0 and key.since) or not _follows(key):
                raise LogKeysMalformedError("its sizes do not ascend from 0")
            if (key.endorsement is None) != (number == 0):
                raise LogKeysMalformedError("all keys but the first need an endorsement")
            start = key.since

    @property
    def in_force(self) -> tuple[LogKey, ...]:
        """The keys that sign now, oldest first."""
        return tuple(key for key in self.keys if key.until is None)

    def keys_tree(self) -> list[Tree]:
        """Return the list of keys as it stands in `log.json` and in proofs."""
        return [
            {
                "endorsement": None if key.endorsement is None else _base64(key.endorsement),
                "from": key.since,
                "until": key.until,
                "vkey": str(key.vkey),
            }
            for key in self.keys
        ]

    def text(self) -> str:
        """Return the text of `log.json`, canonical JSON."""
        tree: Tree = {"keys": self.keys_tree(), "origin": self.origin, "v": _VERSION}
        return canonical_json(tree).decode()


class _WireKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    endorsement: str | None
    since: int = msgspec.field(name="from")
    until: int | None
    vkey: str


class _WireKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    keys: list[_WireKey]
    origin: str
    v: int


def endorsement_message(origin: str, vkey: VKey) -> bytes:
    """Return what a key signs to endorse the key after it."""
    return f"chengnuo log key v1\n{origin}\n{vkey}\n".encode()


def trusted_keys(keys: LogKeys, pinned: VKey | None, verify: Verify) -> tuple[LogKey, ...]:
    """Return the keys that may be relied on, oldest first.

    A key vouches for the one after it, never for the one before; so what is trusted is the key
    relied on and all that follow.

    Args:
        keys: The keys of the log.
        pinned: The key known from elsewhere; None to rely on the first.
        verify: Checks one signature.

    Raises:
        LogKeyUnknownError: The pinned key is not among them.
        LogKeyNotEndorsedError: An endorsement is wrong, be it of a key before the pinned one.

    """
    for before, key in zip(keys.keys, keys.keys[1:], strict=False):
        message = endorsement_message(keys.origin, key.vkey)
        if not verify(before.vkey.public_key, key.endorsement or b"", message):
            raise LogKeyNotEndorsedError(keys.origin, key.vkey)
    if pinned is None:
        return keys.keys
    for number, key in enumerate(keys.keys):
        if key.vkey == pinned:
            return keys.keys[number:]
    raise LogKeyUnknownError(keys.origin, pinned)


def _key(wire: _WireKey) -> LogKey:
    endorsement = None if wire.endorsement is None else from_base64(wire.endorsement)
    if wire.endorsement is not None and len(endorsement or b"") != SIGNATURE_BYTES:
        raise LogKeysMalformedError(f"an endorsement is not {SIGNATURE_BYTES} bytes in base64")
    try:
        vkey = VKey.parse(wire.vkey)
    except VKeyMalformedError as error:
        raise LogKeysMalformedError("a key is not a vkey") from error
    return LogKey(vkey=vkey, since=wire.since, until=wire.until, endorsement=endorsement)


def _follows(key: LogKey) -> bool:
    return key.until is None or key.since <= key.until


def _no_member_twice(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member stands twice")


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
