"""Receipts made without a log: one record, one tree of size 1, keys that are always the same."""

from collections.abc import Mapping
from hashlib import sha256

from tests.domain.evidence.keys_kit import ORIGIN, Pair, endorsed

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.disclosure.consent_terms import consent_terms
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf, encode_leaf, leaf_tag, open_tag
from chengnuo.domain.evidence.note import Note
from chengnuo.domain.evidence.proof import Claim, Disclosure, Proof, RecordProof
from chengnuo.domain.evidence.receipt import Receipt
from chengnuo.domain.evidence.schemas import payload_bytes
from chengnuo.domain.evidence.sealed import seal_open
from chengnuo.domain.register.model import Register
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.catalogue import Catalogue

AT = 1_764_313_000_000_001
TAG = leaf_tag(b"\x07" * 32).hex()
ITEM = "nearby/sensitive:PI-LOC-PRECISE"
_KEY = Pair(name=ORIGIN, word="receipts")
_SALT = b"\x05" * 32


def plain_receipt(
    kind: Kind, values: Mapping[str, Tree], *, personal: bool = True, item: str = "", at: int = AT
) -> Receipt:
    """Return the receipt of the only record of a log, without terms."""
    payload = payload_bytes(kind, values, personal=personal)
    sealed = seal_open(_SALT, payload)
    leaf = Leaf(
        activity=item.partition("/")[0],
        at=at,
        item=item,
        kind=kind.value,
        payload=sha256(sealed).hexdigest(),
        register="ab" * 32,
        seq=1,
        tag=TAG if personal else open_tag(kind).hex(),
        v=1,
    )
    entry = encode_leaf(leaf)
    root = leaf_hash(entry)
    text = Checkpoint(origin=ORIGIN, size=1, root=root, map_root=bytes(32)).text()
    note = Note(text=text, signatures=(_KEY.line(text),))
    disclosure = Disclosure(leaf_hash=root, payload=payload, salt=_SALT, sealed=sealed)
    proof = Proof(
        claim=Claim.INCLUSION,
        checkpoint=SignedCheckpoint.parse(note.written),
        keys=endorsed(_KEY),
        records=(RecordProof(index=0, entry=entry, path=()),),
        disclosed=(disclosure,),
    )
    return Receipt(proof=proof, as_of=at)


def consent_values(register: Register, catalogue: Catalogue, item: str) -> dict[str, Tree]:
    """Return the payload of a consent to an item, in Chinese."""
    found = matter_of(register, catalogue, item).item
    return {
        "form": found.form.value,
        "fingerprint": found.fingerprint,
        "notice": notice_of(register, catalogue, item, Lang.ZH).digest,
        "lang": "zh",
        "surface": "android",
        "steps": 2,
    }


def consent_receipt(
    register: Register,
    catalogue: Catalogue,
    item: str = ITEM,
    *,
    kind: Kind = Kind.CONSENT_GIVEN,
    more: Mapping[str, Tree] | None = None,
) -> Receipt:
    """Return the receipt of a consent record, with its terms."""
    values = consent_values(register, catalogue, item) | dict(more or {})
    plain = plain_receipt(kind, values, item=item)
    matter = matter_of(register, catalogue, item)
    notice = notice_of(register, catalogue, item, Lang.ZH)
    terms = consent_terms(matter, notice, named=notice.digest)
    return Receipt(proof=plain.proof, as_of=plain.as_of, terms=terms)
