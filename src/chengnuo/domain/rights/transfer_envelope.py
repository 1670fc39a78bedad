"""Signed statements between two handlers: DSSE envelopes around in-toto Statements.

DSSE v1 (secure-systems-lab): what is signed is the type and the bytes of the payload, so nothing
has to be parsed before the signature is checked. in-toto Statement v1: a subject with digests and a
predicate. One signature, Ed25519, by the key that the predicate names as a vkey.
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.note import ED25519, Verify, VKey, VKeyMalformedError, from_base64

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
MOST_ENVELOPE_BYTES = 1 << 20


class TransferMessageError(InvalidInputError):
    """A message between handlers has a wrong form."""

    code = "transfer-message"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a message about a transfer: {what}")
        self.what = what


class TransferSignatureError(InvalidInputError):
    """A message between handlers is not signed by the key it has to be signed by."""

    code = "transfer-signature"

    def __init__(self) -> None:
        super().__init__("the message is not signed by the key that it names or that was expected")


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a statement is about."""

    name: str
    digest: dict[str, str]


class _Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    type: str = msgspec.field(name="_type")
    subject: list[Subject]
    predicate_type: str = msgspec.field(name="predicateType")
    predicate: msgspec.Raw


class _Signature(msgspec.Struct, frozen=True, kw_only=True):
    keyid: str
    sig: str


class _Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    payload: str
    payload_type: str = msgspec.field(name="payloadType")
    signatures: list[_Signature]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement whose envelope was read; signed by `keyid` once `checked` says so.

    Attributes:
        payload: The bytes that are signed.
        subject: Name and SHA-256 of each thing.
        predicate_type: What kind of statement it is.
        predicate: Its predicate, as JSON.
        keyid: The vkey that the signature names.
        signature: The signature.

    """

    payload: bytes
    subject: tuple[tuple[str, str], ...]
    predicate_type: str
    predicate: bytes
    keyid: str
    signature: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the payload."""
        return sha256(self.payload).hexdigest()

    def checked(self, vkey: str, verify: Verify) -> None:
        """Hold the signature to a key.

        Raises:
            TransferSignatureError: It names another key, or does not fit.

        """
        try:
            key = VKey.parse(vkey)
        except VKeyMalformedError as error:
            raise TransferSignatureError from error
        fits = self.keyid == vkey and key.algorithm == ED25519
        if not fits or not verify(key.public_key, self.signature, signed_bytes(self.payload)):
            raise TransferSignatureError


def payload_of(subject: tuple[tuple[str, str], ...], predicate_type: str, predicate: Tree) -> bytes:
    """Return the payload of a statement, canonical JSON."""
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
    """Return the envelope of a signed payload."""
    return canonical_json(
        {
            "payload": b64encode(payload).decode("ascii"),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [{"keyid": vkey, "sig": b64encode(signature).decode("ascii")}],
        }
    )


def read_envelope(written: bytes, predicate_type: str) -> Statement:
    """Return the statement of an envelope; its signature is not checked yet.

    Raises:
        TransferMessageError: It is not such an envelope.

    """
    if len(written) > MOST_ENVELOPE_BYTES:
        raise TransferMessageError(f"it is over {MOST_ENVELOPE_BYTES} bytes")
    try:
        outer = msgspec.json.decode(written, type=_Envelope)
        payload = from_base64(outer.payload)
        if payload is None or len(outer.signatures) != 1 or outer.payload_type != PAYLOAD_TYPE:
            raise TransferMessageError("its payload or signatures have a wrong form")
        inner = msgspec.json.decode(payload, type=_Statement)
        json.loads(payload, object_pairs_hook=_no_member_twice)
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError) as error:
        raise TransferMessageError("it has not the members expected") from error
    signature = from_base64(outer.signatures[0].sig)
    if inner.type != STATEMENT or inner.predicate_type != predicate_type or signature is None:
        raise TransferMessageError("it is a statement of another type")
    return Statement(
        payload=payload,
        subject=tuple((one.name, one.digest.get("sha256", "")) for one in inner.subject),
        predicate_type=inner.predicate_type,
        predicate=bytes(inner.predicate),
        keyid=outer.signatures[0].keyid,
        signature=signature,
    )


def _no_member_twice(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member stands twice")
