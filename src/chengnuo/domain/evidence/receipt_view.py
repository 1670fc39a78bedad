"""A receipt to be read: what a page or a PDF renders, and the text of its QR code.

The code carries the record's URN and, after `#`, its leaf hash. With the paper alone somebody can
name the record to the operator; a verifier who has the log, or a proof asked for later, can tell
whether the log still holds exactly this leaf. It holds no personal information.
"""

from dataclasses import dataclass
from datetime import timedelta

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt import Receipt
from chengnuo.domain.evidence.receipt_words import HOW_TO_VERIFY, KIND_WORDS, SHOWS

SHORT_HASH = 8
_EIGHT_HOURS = timedelta(hours=8)

Facts = tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """What is shown of a receipt.

    Attributes:
        title: What was done.
        short_id: Index and the first digits of the leaf hash, as `48213-7c1f90ab`; to be quoted.
        code: Text of the QR code.
        facts: When, where in the log, and what was recorded.
        terms: What the consent was about; empty for other records.
        remarks: What the reader must know besides.
        shows: What the receipt shows.
        not_shown: What it does not.
        how: How to verify it.

    """

    title: Text
    short_id: str
    code: str
    facts: Facts
    terms: Facts
    remarks: tuple[Text, ...]
    shows: tuple[Text, ...]
    not_shown: tuple[Text, ...]
    how: Text


def receipt_view(receipt: Receipt) -> ReceiptView:
    """Return a receipt as it is shown."""
    leaf = receipt.leaf
    head: list[tuple[Text, Text]] = [
        (Text("时间", "When"), _time(leaf.at)),
        (Text("编号", "Number"), _same(receipt.identifier)),
        (Text("叶哈希", "Leaf hash"), _same(receipt.leaf_hash.hex())),
        (Text("链标识", "Tag of the chain"), _same(leaf.tag)),
        (Text("链中序号", "Number in the chain"), _same(str(leaf.seq))),
    ]
    rows = {
        "item": Text("同意事项", "Consent item"),
        "activity": Text("处理活动", "Processing activity"),
        "recipient": Text("接收方", "Recipient"),
        "register": Text("登记簿版本", "Register version"),
        "law": Text("法规目录版本", "Law catalogue"),
    }
    for name, label in rows.items():
        value: str = getattr(leaf, name)
        if value:
            head.append((label, _same(value)))
    return ReceiptView(
        title=KIND_WORDS[Kind(leaf.kind)],
        short_id=short_id(receipt.index, receipt.leaf_hash),
        code=receipt_code(receipt),
        facts=(*head, *receipt.facts),
        terms=() if receipt.terms is None else receipt.terms.facts,
        remarks=receipt.remarks,
        shows=SHOWS,
        not_shown=receipt.not_shown,
        how=HOW_TO_VERIFY,
    )


def short_id(index: int, leaf_hash: bytes) -> str:
    """Return the form of a record's name that people quote.

    >>> short_id(48213, bytes.fromhex("7c1f90ab" + "00" * 28))
    '48213-7c1f90ab'

    """
    return f"{index}-{leaf_hash.hex()[:SHORT_HASH]}"


def receipt_code(receipt: Receipt) -> str:
    """Return the text of the QR code: `urn:chengnuo:<origin>:<index>#<leaf hash in hex>`."""
    return f"{receipt.identifier}#{receipt.leaf_hash.hex()}"


def _same(words: str) -> Text:
    return Text(words, words)


def _time(us: int) -> Text:
    local = from_us(us) + _EIGHT_HOURS
    return _same(f"{local:%Y-%m-%d %H:%M:%S} +08:00")
