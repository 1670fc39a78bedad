"""Signed checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature), and whom they bind."""

import re
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengnuo_verify.reading import MOST_INTEGER, PATTERNS, ensure, fit


class Key(NamedTuple):
    """A public key as a vkey gives it."""

    name: str
    ident: bytes
    public: bytes
    vkey: str

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Tell whether a signature over a message is of this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def read_key(vkey: str, kind: bytes = b"\x01") -> Key:
    """Return the key of a vkey: of a log, or (kind 4) of a witness."""
    found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})", vkey)
    name, ident, public = found.groups() if found else ("", "", "")
    data = fit(public, "base64", vkey)
    named = sha256(name.encode("utf-8", "replace") + b"\n" + data).digest()[:4]
    ensure(data[:1] == kind and ident == named.hex(), "key-form", vkey)
    return Key(name, named, data[1:], vkey)


class Note(NamedTuple):
    """A checkpoint as it says; a line is name, key id and signature."""

    whole: str
    message: bytes
    origin: str
    size: int
    root: bytes
    map: bytes
    lines: list[tuple[str, bytes, bytes]]

    def against(self, other: "Note") -> dict[str, Any]:
        """Return what is to be kept of two signed checkpoints that contradict each other."""
        return {"size": self.size, "notes": f"{self.whole}\n{other.whole}"}


def read_note(data: bytes | None, where: str) -> Note:
    """Return a checkpoint of this format, its signatures not yet checked."""
    found = PATTERNS["note"].fullmatch((data or b"")[: 1 << 16].decode("utf-8", "replace"))
    parts = found.groups() if found and found[0].encode() == data else ()
    ensure(parts, "checkpoint-form", where)
    message, origin, size, root, heads, signatures = parts
    words = [line.split(" ") for line in signatures.splitlines()]
    lines = [(name, fit(signature, "base64", where)) for _, name, signature in words]
    signed = [(name, one[:4], one[4:]) for name, one in lines]
    whole = f"{message}\n{signatures}"
    tree, map_ = (fit(one, "hash", where) for one in (root, heads))
    return Note(whole, message.encode(), origin, int(size), tree, map_, signed)


class Trust:
    """What the one who asks relies on: keys, an origin, witnesses, kept checkpoints."""

    def __init__(self, keys: list[str], origin: str | None, witnesses: list[str]) -> None:
        self.pinned, self.origin, self.trusted = [read_key(key) for key in keys], origin, set(keys)
        self.witnesses = [read_key(key, b"\x04") for key in witnesses]
        self.quorum = len(witnesses)
        self.kept: list[tuple[str, Note]] = []
        self.listed = {key.ident: (key, 0, MOST_INTEGER) for key in self.pinned}

    def learn(self, keys: list[Any], origin: str, where: str) -> None:
        """Take the keys a file lists, oldest first; trusted is what a trusted key endorsed."""
        ensure(keys, "key-list", where)
        before, start = None, 0
        for one in keys:
            key, since, mark = read_key(one["vkey"]), one["from"], one["endorsement"]
            end = MOST_INTEGER if one["until"] is None else one["until"]
            ensure(key.name == origin and start <= since <= end, "key-list", where)
            message = f"chengnuo log key v1\n{origin}\n{key.vkey}\n".encode()
            good = before.signed(mark or b"", message) if before else mark is None and since == 0
            ensure(good, "endorsement", where)
            if not self.pinned:
                self.pinned, self.trusted = [key], {key.vkey}
            self.trusted |= {key.vkey} if before and before.vkey in self.trusted else set()
            self.listed[key.ident] = (key, since, end)
            before, start = key, since

    def check(self, note: Note, where: str) -> None:
        """Refuse a checkpoint that is not signed, not witnessed, or contradicts a kept one."""
        for name, one in [(where, note), *self.kept]:
            self._check_signed(one, name)
        seen = {key for key in self.witnesses for line in note.lines if _cosigned(key, line, note)}
        ensure(len(seen) >= self.quorum, "quorum", where, found=len(seen), expected=self.quorum)
        for name, kept in self.kept:
            agree = kept.size != note.size or (kept.root, kept.map) == (note.root, note.map)
            ensure(agree, "forked", name, **kept.against(note))
        self.kept.append((where, note))

    def _check_signed(self, note: Note, where: str) -> None:
        expected = self.origin or (self.pinned[0].name if self.pinned else note.origin)
        ensure(note.origin == expected, "swapped", where, found=note.origin, expected=expected)
        in_force = False
        for _, ident, signature in (line for line in note.lines if line[0] == note.origin):
            ensure(ident in self.listed, "re-signed", where)
            key, since, end = self.listed[ident]
            ensure(key.signed(signature, note.message), "signature", where)
            in_force |= key.vkey in self.trusted and since <= note.size <= end
        ensure(in_force, "re-signed", where)


def _cosigned(key: Key, line: tuple[str, bytes, bytes], note: Note) -> bool:
    time = b"cosignature/v1\ntime %d\n" % int.from_bytes(line[2][:8])
    return line[:2] == key[:2] and key.signed(line[2][8:], time + note.message)
