"""What the leaves of an audit pack tell by themselves: how many there are of what."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.governance.audit_pack import PackPart


class SeenLeaf(msgspec.Struct, frozen=True, gc=False):
    """What is counted of a leaf; its form was checked when it was written, and by the verifier."""

    at: int
    kind: str
    recipient: str = ""
    register: str = ""


class LeafCounts:
    """Counts leaves.

    Attributes:
        kinds: How many there are of each kind.
        registers: How many name each version of the register.
        recipients: How many provisions there were to each recipient.

    """

    def __init__(self) -> None:
        """Begin with none."""
        self.kinds, self.registers, self.recipients = Counter[str](), Counter[str](), Counter[str]()

    def add(self, entry: bytes, start: int, end: int) -> SeenLeaf | None:
        """Count the leaf of an entry and return it, or None if it is not of the period.

        Raises:
            msgspec.DecodeError: It is no leaf.

        """
        leaf = _SEEN.decode(entry)
        if not start <= leaf.at <= end:
            return None
        self.kinds[leaf.kind] += 1
        self.registers[leaf.register] += 1
        if leaf.kind == Kind.PROVISION:
            self.recipients[leaf.recipient] += 1
        return leaf

    def wrong_in(self, part: PackPart) -> Iterator[tuple[str, object, int]]:
        """Yield where a part says another number: the row, what it says, what the leaves tell."""
        if part.id not in _COUNTED:
            return
        key, said, of = _COUNTED[part.id]
        told = getattr(self, of)
        names = [column.name for column in part.columns]
        rows = [dict(zip(names, row, strict=True)) for row in part.rows]
        for row in rows:
            named = str(row.get(key))
            if row.get(said) != told[named]:
                yield named, row.get(said), told[named]
        if of == "kinds":
            for kind in sorted(told.keys() - {str(row.get(key)) for row in rows}):
                yield kind, None, told[kind]


_SEEN = msgspec.json.Decoder(ready(SeenLeaf))
_COUNTED = {
    "02-rules": ("version", "records", "registers"),
    "08-transfers": ("recipient", "provisions", "recipients"),
    "17-records": ("kind", "count", "kinds"),
}
"""Columns of parts that the leaves tell: what a row is about, what it counts, and of what."""
