"""The leaf: what stands in the log of one record, and in no form anybody could trace back.

Canonical JSON (RFC 8785) of a closed set of members; `docs/formats/evidence.md` is the text this
module keeps to. Every value is an id, a hash, a number or a version, so that the fast encoder's
output is canonical: members are declared in sorted order and no string needs escaping.
"""

import re
from hashlib import sha256

import msgspec

from chengnuo.base.errors import IntegrityError, InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.kinds import Kind

LEAF_VERSION = 1
MOST_LEAF_BYTES = 0xFFFF
"""A leaf must fit an entry bundle, which gives its length in two bytes (C2SP tlog-tiles)."""

_TEXT = re.compile(r"[!#-\[\]-~]{1,200}")
_HEX = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("activity", "item", "law", "recipient", "register")
_MOST_INTEGER = 2**53 - 1


class LeafMalformedError(IntegrityError):
    """Some bytes are not a leaf of a version that this program knows."""

    code = "leaf-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"the entry is not a leaf of version {LEAF_VERSION}: {what}")
        self.what = what


class RowIdError(InvalidInputError):
    """An id that a leaf shall name holds characters that no id has."""

    code = "evidence-row-id"

    def __init__(self, member: str) -> None:
        super().__init__(
            f"`{member}` of the record holds something no id has; expected up to 200 printable"
            " ASCII characters without quotes and backslashes"
        )
        self.member = member


class SecondChain(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The second chain of a record that joins two aliases of one individual."""

    prev: str = ""
    seq: int = 0
    tag: str = ""


class Leaf(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One leaf; an empty text or a missing object is a member left out.

    Attributes:
        activity: Row of the register it speaks of, as are `item` and `recipient`.
        also: A second chain it belongs to.
        at: Effective instant, microseconds since 1970 UTC.
        kind: Value of `Kind`.
        law: Version of the law catalogue.
        payload: SHA-256 of the sealed payload, in hex.
        prev: Leaf hash of the record before in its chain, in hex.
        register: Version of the register.
        seq: Number in its chain, from 1.
        tag: Whose chain, in hex.
        v: Version of the leaf.

    """

    activity: str = ""
    also: SecondChain | None = None
    at: int = 0
    item: str = ""
    kind: str = ""
    law: str = ""
    payload: str = ""
    prev: str = ""
    recipient: str = ""
    register: str = ""
    seq: int = 0
    tag: str = ""
    v: int = 0


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(ready(Leaf))
encode_leaf = _ENCODER.encode
"""Returns the canonical JSON of a `Leaf` whose texts have been checked."""


def leaf_tag(proof_key: bytes) -> bytes:
    """Return the LeafTag, 32 bytes, of the individual with this proof key."""
    return sha256(b"chengnuo leaf tag v1\n" + proof_key).digest()


def open_tag(kind: Kind) -> bytes:
    """Return the tag, 32 bytes, of the open chain: records of a kind about no one individual."""
    return sha256(b"chengnuo open chain v1\n" + kind.value.encode("ascii")).digest()


def check_row_ids(**members: str) -> None:
    """Check the texts that shall stand in a leaf.

    Raises:
        RowIdError: One holds a character that would need escaping, or is too long.

    """
    for name, text in members.items():
        if text and not _TEXT.fullmatch(text):
            raise RowIdError(name)


def read_leaf(entry: bytes) -> Leaf:
    """Return the leaf of an entry, checked to be in canonical form.

    Raises:
        LeafMalformedError: It is not JSON, has an unknown version, kind or member, a hash of a
            wrong form, or is written in another way than the canonical one.

    """
    try:
        leaf = _DECODER.decode(entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LeafMalformedError("not JSON of its members") from error
    if leaf.v != LEAF_VERSION:
        raise LeafMalformedError(f"version `{leaf.v}`")
    if leaf.kind not in _KINDS:
        raise LeafMalformedError("unknown kind")
    if not (_is_link(leaf.tag, leaf.seq, leaf.prev) and _HEX.fullmatch(leaf.payload)):
        raise LeafMalformedError("a hash or a sequence number has a wrong form")
    if leaf.also is not None and not _is_link(leaf.also.tag, leaf.also.seq, leaf.also.prev):
        raise LeafMalformedError("the second chain has a wrong form")
    if not 0 < leaf.at <= _MOST_INTEGER:
        raise LeafMalformedError("the instant is out of range")
    if any(text and not _TEXT.fullmatch(text) for text in (getattr(leaf, n) for n in _TEXTS)):
        raise LeafMalformedError("an id holds something no id has")
    if encode_leaf(leaf) != entry:
        raise LeafMalformedError("not in canonical form")
    return leaf


_KINDS = frozenset(kind.value for kind in Kind)


def _is_link(tag: str, seq: int, prev: str) -> bool:
    first = seq == 1 and not prev
    later = 1 < seq <= _MOST_INTEGER and _HEX.fullmatch(prev) is not None
    return _HEX.fullmatch(tag) is not None and (first or later)
