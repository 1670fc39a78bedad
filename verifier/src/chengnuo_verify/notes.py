"""Signed checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature), and whom they bind."""

import re
from argparse import Namespace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengnuo_verify.reading import MOST_INTEGER, PATTERNS, Place, ensure, fit
from chengnuo_verify.trees import digest


class Key:
    """A public key as a vkey writes it: of a log, or (kind 4) of a witness."""

    def __init__(self, vkey: str, kind: bytes = b"\x01") -> None:
        form = r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})"
        found = ensure(re.fullmatch(form, vkey), "key-form", vkey)
        self.vkey, self.name, data = vkey, found[1], fit(found[3], "base64", vkey)
        self.ident = digest(self.name.encode("utf-8", "replace"), b"\n", data)[:4]
        ensure(data[:1] == kind and self.ident.hex() == found[2], "key-form", vkey)
        self.public = Ed25519PublicKey.from_public_bytes(data[1:])

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Tell whether a signature over a message is of this key."""
        try:
            self.public.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class Note:
    """A checkpoint as it says, nothing checked; `lines` are of name, key id and signature."""

    def __init__(self, data: bytes | None, where: str) -> None:
        self.whole = (data or b"")[: 1 << 16].decode("utf-8", "replace")
        found = ensure(PATTERNS["note"].fullmatch(self.whole), "checkpoint-form", where)
        ensure(self.whole.encode() == data, "checkpoint-form", where)
        self.message, self.origin, self.size = found[1].encode(), found[2], int(found[3])
        self.root, self.map = fit(found[4], "hash", where), fit(found[5], "hash", where)
        lines = [line.split(" ")[1:] for line in found[6].splitlines()]
        read = [(name, fit(one, "base64", where)) for name, one in lines]
        self.lines = [(name, one[:4], one[4:]) for name, one in read]


class Trust:
    """What the one who asks relies on: keys, an origin, witnesses, kept checkpoints."""

    def __init__(self, args: Namespace) -> None:
        self.pinned, self.trusted = [Key(key) for key in args.key], {*args.key}
        self.witnesses = [Key(key, b"\x04") for key in args.witness]
        ensure((args.quorum or "0").isdecimal(), "form", "--quorum")
        self.origin, self.quorum = args.origin, int(args.quorum or len(args.witness))
        self.kept = [(one.rpartition("/")[2], Note(Place(one).read(), one)) for one in args.since]
        self.listed = {key.ident: (key, 0, MOST_INTEGER) for key in self.pinned}

    def learn(self, keys: list[Any], origin: str, where: str) -> None:
        """Take the keys a file lists, oldest first; trusted is what a trusted key endorsed."""
        ensure(keys, "key-list", where)
        before, start = None, 0
        for one in keys:
            key, since, mark = Key(one["vkey"]), one["from"], one["endorsement"]
            end = MOST_INTEGER if one["until"] is None else one["until"]
            ensure(key.name == origin and start <= since <= end, "key-list", where)
            message = f"chengnuo log key v1\n{origin}\n{key.vkey}\n".encode()
            good = before.signed(mark or b"", message) if before else mark is None and since == 0
            ensure(good, "endorsement", where)
            self.pinned = self.pinned or [key]
            endorsed = before.vkey in self.trusted if before else not self.trusted
            self.trusted |= {key.vkey} if endorsed else set()
            self.listed[key.ident], before, start = (key, since, end), key, since

    def check(self, note: Note, where: str) -> None:
        """Refuse a checkpoint that is not signed, not witnessed, or contradicts a kept one."""
        expected, seen = self.pinned[0].name if self.origin is None else self.origin, set()
        for name, one in [(where, note), *self.kept]:
            ensure(one.origin == expected, "swapped", name, found=one.origin, expected=expected)
            in_force = False
            for _, ident, signature in (line for line in one.lines if line[0] == one.origin):
                ensure(ident in self.listed, "re-signed", name)
                key, since, end = self.listed[ident]
                ensure(key.signed(signature, one.message), "signature", name)
                in_force |= key.vkey in self.trusted and since <= one.size <= end
            ensure(in_force, "re-signed", name)
            agree = (one.root, one.map) == (note.root, note.map) or one.size != note.size
            ensure(agree, "forked", name, size=one.size, notes=f"{one.whole}\n{note.whole}")
        for key in self.witnesses:
            for signature in (line[2] for line in note.lines if line[:2] == (key.name, key.ident)):
                time = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[:8])
                seen |= {key.vkey} if key.signed(signature[8:], time + note.message) else set()
        ensure(len(seen) >= self.quorum, "quorum", where, found=len(seen), expected=self.quorum)
        self.kept.append((where, note))
