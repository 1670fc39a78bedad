"""Signed statements: DSSE envelopes around in-toto Statements.

DSSE v1 (secure-systems-lab, protocol): what is signed is the type and the bytes of the payload, so
nothing has to be parsed before a signature is checked. in-toto Statement v1 (in-toto attestation
framework, spec v1): `subject` names each thing with its digests, `predicateType` says what the
predicate holds. Signatures are Ed25519; `keyid` is the signer's public key as a vkey.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.note import ED25519, Verify, VKey, VKeyMalformedError, from_base64

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
MOST_ENVELOPE_BYTES = 1 << 20
MOST_SIGNATURES = 16


class EnvelopeMalformedError(InvalidInputError):
    """Some bytes are no DSSE envelope around an in-toto Statement of the type expected."""

    code = "envelope-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a signed statement: {what}")
        self.what = what


class _Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a statement is about; what else may stand there is not read."""

    name: str
    digest: dict[str, str]


class _Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    type: str = msgspec.field(name="_type")
    subject: list[_Subject]
    predicate_type: str = msgspec.field(name="predicateType")
    predicate: msgspec.Raw


class _Signature(msgspec.Struct, frozen=True, kw_only=True):
    keyid: str = ""
    sig: str


class _Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    payload: str
    payload_type: str = msgspec.field(name="payloadType")
    signatures: list[_Signature]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement whose envelope was read; nothing is verified by reading.

    Attributes:
        payload: The bytes that are signed.
        subject: Name and SHA-256 of each thing, the latter empty where none is given.
        predicate: Its predicate, as JSON.
        signatures: `keyid` and signature of each, at least one.

    """

    payload: bytes
    subject: tuple[tuple[str, str], ...]
    predicate: bytes
    signatures: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the payload."""
        return sha256(self.payload).hexdigest()

    def is_signed_by(self, vkey: str, verify: Verify) -> bool:
        """Tell whether a signature names a key and fits it; a text that is no key never does."""
        try:
            key = VKey.parse(vkey)
        except VKeyMalformedError:
            return False
        if key.algorithm != ED25519:
            return False
        message = signed_bytes(self.payload)
        own = [signature for keyid, signature in self.signatures if keyid == vkey]
        return bool(own) and all(verify(key.public_key, one, message) for one in own)


def payload_of(subject: Sequence[tuple[str, str]], predicate_type: str, predicate: Tree) -> bytes:
    """Return the payload of a statement, canonical JSON.

    Args:
        subject: Name and SHA-256 of each thing.
        predicate_type: A URI.
        predicate: What is said.

    """
    return canonical_json(
        {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in subject],
            "predicateType": predicate_type,
            "predicate": predicate,
        }
    )


def signed_bytes(payload: bytes) -> bytes:
    """Return what is signed: DSSE's pre-authentication encoding.

    >>> signed_bytes(b"{}")
    b'DSSEv1 28 application/vnd.in-toto+json 2 {}'

    """
    head = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} "
    return head.encode() + payload


def envelope(payload: bytes, *, vkey: str, signature: bytes) -> bytes:
    """Return the envelope of a payload that one key signed."""
    return envelope_of(payload, [(vkey, signature)])


def envelope_of(payload: bytes, signed: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the envelope of a payload, with each key that signed and its signature."""
    return canonical_json(
        {
            "payload": b64encode(payload).decode("ascii"),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [
                {"keyid": vkey, "sig": b64encode(signature).decode("ascii")}
                for vkey, signature in signed
            ],
        }
    )


def read_envelope(written: bytes, predicate_type: str) -> Statement:
    """Return the statement of an envelope; its signatures are not checked yet.

    Raises:
        EnvelopeMalformedError: It is not such an envelope.

    """
    if len(written) > MOST_ENVELOPE_BYTES:
        raise EnvelopeMalformedError(f"it is over {MOST_ENVELOPE_BYTES} bytes")
    try:
        outer = msgspec.json.decode(written, type=ready(_Envelope))
        payload = from_base64(outer.payload)
        if payload is None or outer.payload_type != PAYLOAD_TYPE:
            raise EnvelopeMalformedError("its payload has a wrong form")
        inner = msgspec.json.decode(payload, type=ready(_Statement))
        json.loads(payload, object_pairs_hook=_no_member_twice)
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError) as error:
        raise EnvelopeMalformedError("it has not the members expected") from error
    signatures = [(one.keyid, from_base64(one.sig)) for one in outer.signatures]
    read = tuple((keyid, sig) for keyid, sig in signatures if sig is not None)
    if not 0 < len(read) == len(signatures) <= MOST_SIGNATURES:
        raise EnvelopeMalformedError("its signatures have a wrong form")
    if inner.type != STATEMENT or inner.predicate_type != predicate_type:
        raise EnvelopeMalformedError("it is a statement of another type")
    return Statement(
        payload=payload,
        subject=tuple((one.name, one.digest.get("sha256", "")) for one in inner.subject),
        predicate=bytes(inner.predicate),
        signatures=read,
    )


def statement_type(written: bytes) -> str:
    """Return the `predicateType` that an envelope carries; empty where it is none.

    >>> statement_type(b"{}")
    ''

    """
    try:
        outer = msgspec.json.decode(written[: MOST_ENVELOPE_BYTES + 1], type=ready(_Envelope))
        payload = from_base64(outer.payload) or b""
        return msgspec.json.decode(payload, type=ready(_Statement)).predicate_type
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return ""


def _no_member_twice(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member stands twice")
