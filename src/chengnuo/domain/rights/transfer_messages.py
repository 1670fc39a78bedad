"""What two handlers say to each other: the offer, the manifest, the receipt.

The receiver's offer goes through the individual's own hands, so that neither handler has to know
the other before. It is signed by the key that will sign the receipt, names the key under which the
content is encrypted, and carries a code that counts once. Format: `docs/formats/transfer.md`.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.dsse import MOST_ENVELOPE_BYTES, Statement
from chengnuo.domain.evidence.note import KEY_BYTES, from_base64
from chengnuo.domain.rights.transfer_envelope import TransferMessageError

OFFER = "urn:chengnuo:rights-transfer-offer:1"
MANIFEST = "urn:chengnuo:rights-transfer:1"
RECEIPT = "urn:chengnuo:rights-transfer-receipt:1"
OFFER_BEGINS = "cnoffer1."
MOST_PARTS = 1_000
_Id = Annotated[str, msgspec.Meta(pattern=r"^to-[a-z2-7]{20}$")]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{20,100}$")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
_Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class TransferOfferError(InvalidInputError):
    """A text is not an offer that a receiving handler made."""

    code = "transfer-offer"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not an offer of a receiving handler: {what}")
        self.what = what


class Offer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a receiver offers.

    Attributes:
        id: Its id.
        address: Base address of the receiver's service.
        name: Name of the receiving handler.
        vkey: Key that signs offer and receipt.
        box: X25519 key, base64, to encrypt to.
        code: Counts once; whoever has it may send.
        expires: Until when.
        most_bytes: How much is taken.
        formats: In which formats.

    """

    id: _Id
    address: Annotated[str, msgspec.Meta(min_length=8, max_length=300)]
    name: _Name
    vkey: _Name
    box: Annotated[str, msgspec.Meta(max_length=60)]
    code: _Code
    expires: Annotated[datetime, msgspec.Meta(tz=True)]
    most_bytes: _Count
    formats: list[Annotated[str, msgspec.Meta(max_length=20)]]

    @property
    def box_key(self) -> bytes:
        """The 32 bytes of `box`.

        Raises:
            TransferOfferError: It has another form.

        """
        return _box_key(self.box, TransferOfferError)


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of the content; its digest stands in the subject of the manifest.

    Attributes:
        name: Name of the file.
        size: Bytes of it.
        header: Header of its sealed stream, base64.

    """

    name: _Name
    size: _Count
    header: Annotated[str, msgspec.Meta(max_length=60)]


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sender says it sends.

    Attributes:
        offer: Id of the offer.
        name: Name of the sending handler.
        vkey: Key that signs it.
        box: X25519 key made for this transfer alone, base64.
        parts: The parts, in order.

    """

    offer: _Id
    name: _Name
    vkey: _Name
    box: Annotated[str, msgspec.Meta(max_length=60)]
    parts: Annotated[list[Part], msgspec.Meta(min_length=1, max_length=MOST_PARTS)]

    @property
    def box_key(self) -> bytes:
        """The 32 bytes of `box`.

        Raises:
            TransferMessageError: It has another form.

        """
        return _box_key(self.box, TransferMessageError)


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the receiver says it has.

    Attributes:
        offer: Id of the offer.
        manifest: SHA-256 of the payload of the manifest.
        vkey: Key that signs it.
        received: When all of it had been checked and kept.

    """

    offer: _Id
    manifest: _Hex
    vkey: _Name
    received: Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRead:
    """A manifest with the digests of its parts."""

    manifest: Manifest
    digests: tuple[str, ...]


_DIGEST = re.compile(r"[0-9a-f]{64}")
_Kind = TypeVar("_Kind", Manifest, Receipt)


def tree_of(message: Offer | Manifest | Receipt) -> Tree:
    """Return a message as a tree for canonical JSON."""
    tree: Tree = msgspec.to_builtins(message)
    return tree


def offer_text(written: bytes) -> str:
    """Return the text of an offer's envelope that the individual carries over."""
    return OFFER_BEGINS + urlsafe_b64encode(written).decode("ascii").rstrip("=")


def offer_bytes(text: str) -> bytes:
    """Return the envelope of an offer's text.

    Raises:
        TransferOfferError: It has another form.

    """
    clean = "".join(text.split())
    if not clean.startswith(OFFER_BEGINS) or len(clean) > MOST_ENVELOPE_BYTES:
        raise TransferOfferError(f"it does not begin with `{OFFER_BEGINS}`, or is too long")
    body = clean.removeprefix(OFFER_BEGINS)
    try:
        return urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (Base64Error, ValueError) as error:
        raise TransferOfferError("it was cut off or changed on the way") from error


def read_offer(statement: Statement) -> Offer:
    """Return the offer of a statement.

    Raises:
        TransferOfferError: It has another form.

    """
    try:
        offer = msgspec.json.decode(statement.predicate, type=ready(Offer))
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise TransferOfferError("it has not the members expected") from error
    if statement.subject:
        raise TransferOfferError("it has not the members expected")
    offer.box_key  # noqa: B018  its form is checked
    return offer


def read_manifest(statement: Statement) -> ManifestRead:
    """Return the manifest of a statement.

    Raises:
        TransferMessageError: It has another form, or its parts are not its subject.

    """
    manifest = _read(statement, Manifest)
    names = [part.name for part in manifest.parts]
    if names != [name for name, _ in statement.subject] or len(set(names)) != len(names):
        raise TransferMessageError("its parts are not those of its subject")
    digests = tuple(digest for _, digest in statement.subject)
    if any(_DIGEST.fullmatch(digest) is None for digest in digests):
        raise TransferMessageError("a digest is not a SHA-256")
    manifest.box_key  # noqa: B018  its form is checked
    return ManifestRead(manifest=manifest, digests=digests)


def read_receipt(statement: Statement) -> Receipt:
    """Return the receipt of a statement.

    Raises:
        TransferMessageError: It has another form.

    """
    return _read(statement, Receipt)


def _read(statement: Statement, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.json.decode(statement.predicate, type=ready(kind))
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise TransferMessageError("its predicate has not the members expected") from error


def _box_key(text: str, refused: "type[TransferOfferError | TransferMessageError]") -> bytes:
    key = from_base64(text)
    if key is None or len(key) != KEY_BYTES:
        raise refused("its X25519 key is not 32 bytes in base64")
    return key
