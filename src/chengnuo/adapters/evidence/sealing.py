"""From drafts to records: keys, sealed payloads, leaves and the links of each chain.

The tight loop of the log. It changes nothing that lasts: what it found out about chains is handed
back, and counts only once the batch is durable.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengnuo.adapters.evidence.batch import pack_link
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.kinds import RULES, KeyClass, Kind
from chengnuo.domain.evidence.leaf import (
    LEAF_VERSION,
    MOST_LEAF_BYTES,
    Leaf,
    SecondChain,
    check_row_ids,
    encode_leaf,
    leaf_tag,
    open_tag,
)
from chengnuo.domain.evidence.sealed import NONCE_BYTES, SALT_BYTES
from chengnuo.engines.merkle.sparse_map import Entry
from chengnuo.ports.evidence_keys import KeyVault, PersonKeys
from chengnuo.ports.evidence_log import Draft
from chengnuo.ports.individuals import PersonKey

MOST_PAYLOAD_BYTES = 1 << 20
MOST_DRAFTS = 65_536
MOST_TOGETHER_BYTES = 256 << 20
_MOST_REMEMBERED = 65_536
_MOST_CIPHERS = 8_192  # OpenSSL keeps each in 2.5 KB; making one takes as long as using it
_RANDOM_BYTES = SALT_BYTES + NONCE_BYTES
# A named tuple's own constructor takes about as long as hashing a leaf.
_entry = partial(tuple.__new__, Entry)


class DraftRefusedError(InvalidInputError):
    """A record cannot be recorded as it was given."""

    code = "record-refused"

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(f"a record of kind `{kind}` was refused: {what}")
        self.kind = kind
        self.what = what


class _Rule(NamedTuple):
    """What sealing must know of a kind, made ready for use."""

    text: str
    bound: bytes
    content: bool
    tag: bytes
    tag_hex: str


class _Sealer(NamedTuple):
    """An individual's keys and the tag of their chain."""

    ordinal: int
    tag: bytes
    tag_hex: str
    content: bytes | None
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBatch:
    """Records ready to be written.

    Attributes:
        links: How each record hangs together with others; see `batch.pack_link`.
        entries: The leaves.
        sealed: The sealed payloads.
        hashes: The leaf hashes, one after the other.
        heads: The new head of each chain that grew.

    """

    links: list[bytes]
    entries: list[bytes]
    sealed: list[bytes]
    hashes: bytes
    heads: dict[bytes, Entry]


class Sealing:
    """Turns drafts into records."""

    def __init__(self, vault: KeyVault, head: Callable[[bytes], Entry | None]) -> None:
        """Use a vault's keys, and a look-up for the head of a chain."""
        self._vault = vault
        self._head = head
        self._people: dict[PersonKey, _Sealer] = {}
        self._ciphers: dict[bytes | None, AESGCM] = {}
        self._checked: set[str] = set()
        self._kinds = {kind: _rule(kind) for kind in Kind}

    def check(self, drafts: Sequence[Draft]) -> None:
        """Check drafts before they are queued.

        Raises:
            DraftRefusedError: A kind that always concerns an individual names none, or the other
                way round; a payload is too large; there are none, or too many for one batch.
            RowIdError: An id holds what no id has.

        """
        _check_amount(drafts)
        checked = self._checked
        for draft in drafts:
            rule = RULES[draft.kind]
            if draft.person is None and not rule.open:
                raise DraftRefusedError(draft.kind, "it must name the individual it concerns")
            if draft.person is not None and rule.personal is None:
                raise DraftRefusedError(draft.kind, "it never concerns one individual")
            if (draft.also is not None) != (draft.kind is Kind.ALIASES_MERGED):
                raise DraftRefusedError(draft.kind, "only a merge of aliases has a second chain")
            if draft.also is not None and draft.also == draft.person:
                raise DraftRefusedError(draft.kind, "an alias cannot be merged with itself")
            if len(draft.payload) > MOST_PAYLOAD_BYTES:
                raise DraftRefusedError(draft.kind, f"payload over {MOST_PAYLOAD_BYTES} bytes")
            ids = (draft.activity, draft.item, draft.recipient, draft.register, draft.law)
            if not checked.issuperset(ids):
                check_row_ids(
                    activity=draft.activity,
                    item=draft.item,
                    recipient=draft.recipient,
                    register=draft.register,
                    law=draft.law,
                )
                if len(checked) > _MOST_REMEMBERED:
                    checked.clear()
                checked.update(ids)

    def forget(self, persons: Iterable[PersonKey]) -> None:
        """Drop the keys of individuals from memory."""
        for person in persons:
            self._people.pop(person, None)
        self._ciphers.clear()

    def seal(self, first: int, at: int, drafts: Sequence[Draft]) -> SealedBatch:
        """Return the records of drafts, the first at a position, all at one instant.

        Raises:
            WrappedKeyError: A kept key does not open.
            KeyHolderError: The epoch key cannot be used.
            DatabaseError of the vault: New keys could not be kept.

        """
        people = self._ready(drafts)
        random = os.urandom(_RANDOM_BYTES * len(drafts))
        heads: dict[bytes, Entry] = {}
        links: list[bytes] = []
        entries: list[bytes] = []
        payloads: list[bytes] = []
        hashes: list[bytes] = []
        kinds, head, ciphers = self._kinds, self._head, self._ciphers
        for position, draft in enumerate(drafts, first):
            rule = kinds[draft.kind]
            start = _RANDOM_BYTES * (position - first)
            nonce_at = start + SALT_BYTES
            salted = random[start:nonce_at] + draft.payload
            committed = sha256(salted).digest()
            if draft.person is None:
                ordinal, tag, tag_hex = 0, rule.tag, rule.tag_hex
                sealed = committed + salted
            else:
                ordinal, tag, tag_hex, content, proof = people[draft.person]
                key = content if rule.content else proof
                cipher = ciphers.get(key) or self._cipher(key)
                nonce = random[nonce_at : nonce_at + NONCE_BYTES]
                closed = cipher.encrypt(nonce, salted, position.to_bytes(8, "big") + rule.bound)
                sealed = b"".join((committed, nonce, closed))
            before = heads.get(tag) or head(tag)
            seq, prev, prev_at = 1, "", 0
            if before is not None:
                seq, prev, prev_at = before[1] + 1, before[3].hex(), before[2] + 1
            also, other, also_before = None, b"", 0
            if draft.also is not None:
                other = people[draft.also].tag
                also, also_before = self._second(other, heads)
            entry = encode_leaf(
                Leaf(
                    draft.activity,
                    also,
                    at,
                    draft.item,
                    rule.text,
                    draft.law,
                    sha256(sealed).hexdigest(),
                    prev,
                    draft.recipient,
                    draft.register,
                    seq,
                    tag_hex,
                    LEAF_VERSION,
                )
            )
            hashed = sha256(b"\x00" + entry).digest()
            hashes.append(hashed)
            heads[tag] = _entry((tag, seq, position, hashed))
            if also is not None:
                heads[other] = Entry(other, also.seq, position, hashed)
            entries.append(entry)
            payloads.append(sealed)
            links.append(pack_link(len(entry), len(sealed), ordinal, prev_at, also_before))
        if max(map(len, entries)) > MOST_LEAF_BYTES:
            raise DraftRefusedError("any", "its leaf is too long")
        return SealedBatch(
            links=links, entries=entries, sealed=payloads, hashes=b"".join(hashes), heads=heads
        )

    def _cipher(self, key: bytes | None) -> AESGCM:
        if len(self._ciphers) >= _MOST_CIPHERS:
            self._ciphers.clear()
        if key is None:
            raise AssertionError  # `_ready` has seen to it
        self._ciphers[key] = made = AESGCM(key)
        return made

    def _second(self, tag: bytes, heads: Mapping[bytes, Entry]) -> tuple[SecondChain, int]:
        before = heads.get(tag) or self._head(tag)
        if before is None:
            return SecondChain(seq=1, tag=tag.hex()), 0
        link = SecondChain(prev=before.head.hex(), seq=before.seq + 1, tag=tag.hex())
        return link, before.position + 1

    def _ready(self, drafts: Sequence[Draft]) -> Mapping[PersonKey, _Sealer]:
        people, kinds = self._people, self._kinds
        missing: dict[PersonKey, bool] = {}
        for draft in drafts:
            person = draft.person
            if person is None:
                continue
            content = kinds[draft.kind].content
            known = people.get(person)
            if known is None or (content and known.content is None):
                missing[person] = content or missing.get(person, False)
            if draft.also is not None and draft.also not in people:
                missing.setdefault(draft.also, False)
        if missing:
            if len(people) + len(missing) > _MOST_REMEMBERED:
                self._trim({draft.person for draft in drafts} | {draft.also for draft in drafts})
            for content in (False, True):
                wanted = [person for person, needed in missing.items() if needed is content]
                if wanted:
                    for person, keys in self._vault.ready(wanted, content=content).items():
                        people[person] = _sealer(keys)
        return people

    def _trim(self, needed: set[PersonKey | None]) -> None:
        kept = {person: sealer for person, sealer in self._people.items() if person in needed}
        self._people.clear()
        self._people.update(kept)


def _sealer(keys: PersonKeys) -> _Sealer:
    tag = leaf_tag(keys.proof)
    return _Sealer(keys.ordinal, tag, tag.hex(), keys.content, keys.proof)


def _check_amount(drafts: Sequence[Draft]) -> None:
    """Refuse what would make a batch that cannot be read back: an empty one, or a huge one."""
    if not 0 < len(drafts) <= MOST_DRAFTS:
        raise DraftRefusedError("any", f"expected 1 to {MOST_DRAFTS} records at once")
    # So few cannot be over it, since each has its own limit.
    few = len(drafts) * MOST_PAYLOAD_BYTES <= MOST_TOGETHER_BYTES
    if not few and sum([len(draft.payload) for draft in drafts]) > MOST_TOGETHER_BYTES:
        raise DraftRefusedError("any", f"payloads over {MOST_TOGETHER_BYTES} bytes together")


def _rule(kind: Kind) -> _Rule:
    text, tag = kind.value, open_tag(kind)
    content = RULES[kind].personal is KeyClass.CONTENT
    return _Rule(text, text.encode(), content, tag, tag.hex())
