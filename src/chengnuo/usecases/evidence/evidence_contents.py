"""What goes into an evidence file beside its proof: receipts, notices, register versions."""

import json
from collections.abc import Mapping, Sequence

from chengnuo.base.canonical import Tree
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import RULES, Kind
from chengnuo.domain.evidence.proof import Proof
from chengnuo.domain.evidence.receipt import receipt_bytes
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import Record
from chengnuo.usecases.evidence.receipts import Receipts


class EvidenceContents:
    """Gathers the files of one evidence file, in memory.

    Attributes:
        files: Content by name.
        registers: Versions of which the public part is there, in the order met.
        missing: Versions that records name and the archive does not hold.
        notices: How many notices there are.

    """

    def __init__(self, receipts: Receipts) -> None:
        """Take what makes receipts."""
        self._receipts = receipts
        self.files: dict[str, bytes] = {}
        self.registers: list[str] = []
        self.missing: list[str] = []
        self.notices = 0

    def add_receipts(self, records: Sequence[Record], under: SignedCheckpoint) -> None:
        """Add a receipt for each record, all under one checkpoint."""
        for record in records:
            receipt = self._receipts.receipt(record.position, under=under)
            name = f"receipts/{record.position:010d}-{record.leaf.kind}.json"
            self.files[name] = receipt_bytes(receipt)

    def add_notices(self, records: Sequence[Record], proof: Proof) -> None:
        """Add each notice that a disclosed payload names, as it was."""
        payloads = {one.leaf_hash: one.payload for one in proof.disclosed}
        for record in records:
            payload = payloads.get(leaf_hash(record.entry))
            if payload is None or record.leaf.kind not in _WITH_NOTICE:
                continue
            values = _read(payload)
            name = f"notices/{values.get('notice')}.json"
            if name in self.files:
                continue
            notice = self._receipts.notice_named(record.leaf, values)
            if notice is not None:
                self.files[name] = notice.data
                self.files[f"notices/{notice.digest}.txt"] = notice.text.encode()
                self.notices += 1

    def add_registers(self, records: Sequence[Record]) -> None:
        """Add the public part of each register version that records name.

        The bytes are those of `register.json` as it is published, so that its hash can be found
        among the files of the record of that publication.
        """
        for version in dict.fromkeys(record.leaf.register for record in records):
            register = self._receipts.register(version)
            if register is not None:
                data = canonical_bytes(public_part(register)) + b"\n"
                self.files[f"notices/registers/{version}.json"] = data
                self.registers.append(version)
            elif version:
                self.missing.append(version)


def _read(payload: bytes) -> Mapping[str, Tree]:
    values: Mapping[str, Tree] = json.loads(payload)
    return values


def with_receipts(records: Sequence[Record], proof: Proof) -> list[Record]:
    """Return the records that get receipts of their own: of a strict kind, with payload shown."""
    shown = {one.leaf_hash for one in proof.disclosed}
    return [
        record
        for record in records
        if RULES[Kind(record.leaf.kind)].strict and leaf_hash(record.entry) in shown
    ]


_WITH_NOTICE = frozenset(
    {
        Kind.NOTICE_SHOWN.value,
        Kind.CONSENT_GIVEN.value,
        Kind.CONSENT_REFUSED.value,
        Kind.CONSENT_WITHDRAWN.value,
    }
)
