"""What an individual sees of their records: told as one would tell them, each with its receipt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import RULES, Kind
from chengnuo.domain.evidence.receipt import Receipt
from chengnuo.domain.evidence.receipt_view import Facts, ReceiptView, short_id
from chengnuo.doors.texts import moment
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.page_parts import Empty, Fact, Row, Section, Table, Words, said
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Record
from chengnuo.usecases.evidence.desk import OwnLeaf

PAGE_SIZE = 50
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsPage:
    """The records about an individual.

    Attributes:
        count: How many there are.
        table: Some of them, newest first.
        older: The way on, or empty.

    """

    count: int
    table: Table
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """One receipt, to be read.

    Attributes:
        title: What happened.
        short: The number that people quote.
        erased: When and why the content was deleted, or empty.
        qr: The code as an SVG element, or None.
        code: Its text.
        file: Where the file is, or empty.
        sections: What was recorded, and what it was about.
        shows: What the receipt shows.
        not_shown: What it does not.
        remarks: What is to be known besides.
        how: How to verify it.

    """

    title: str
    short: str
    erased: str
    qr: Markup | None
    code: str
    file: str
    sections: tuple[Section, ...]
    shows: tuple[str, ...]
    not_shown: tuple[str, ...]
    remarks: tuple[str, ...]
    vkeys: tuple[str, ...]


def receipts_page(
    say: RecordWords,
    leaf: OwnLeaf,
    erasures: Sequence[Erasure],
) -> ReceiptsPage:
    """Return the list.

    Args:
        say: Words of records.
        leaf: Some of the records about the individual, newest first.
        erasures: What was destroyed of their keys.

    """
    shown = leaf.records
    heads = ("event", "when", "number")
    return ReceiptsPage(
        count=leaf.total,
        table=Table(
            caption=say.t("centre.receipts.name"),
            heads=tuple(say.t(f"centre.receipts.{head}") for head in heads),
            rows=tuple(_row(say, record, erasures) for record in shown),
            empty=Empty(
                name=say.t("centre.receipts.empty"), text=say.t("centre.receipts.empty-text")
            ),
        ),
        older=f"/centre/receipts?before={shown[-1].position}" if leaf.more else "",
    )


def receipt_page(
    say: RecordWords, receipt: Receipt, view: ReceiptView, *, qr: str, vkeys: Sequence[str]
) -> ReceiptPage:
    """Return a receipt as a page: what a person asks first, then what the log needs.

    Args:
        say: Words of records.
        receipt: The receipt.
        view: What is shown of it.
        qr: Its code as SVG.
        vkeys: Public keys of the log that are in force.

    """
    leaf = receipt.leaf
    in_log = view.facts[: len(view.facts) - len(receipt.facts)]
    sections = [_recorded(say, receipt)]
    if view.terms:
        sections.append(_section(say, "terms", view.terms))
    sections.append(_section(say, "in-log", in_log))
    return ReceiptPage(
        title=say.told(leaf),
        short=view.short_id,
        erased="",
        qr=Markup(qr),  # noqa: S704  made by us of the record's name and a hash
        code=view.code,
        file=f"/centre/receipts/{receipt.index}/receipt.json",
        sections=tuple(sections),
        shows=_lines(say, view.shows),
        not_shown=_lines(say, view.not_shown),
        remarks=_lines(say, view.remarks),
        vkeys=tuple(vkeys),
    )


def erased_page(say: RecordWords, record: Record, erasures: Sequence[Erasure]) -> ReceiptPage:
    """Return what is left to show of a record whose content was deleted."""
    leaf = record.leaf
    hashed = leaf_hash(record.entry)
    facts = (
        Fact(name=say.t("evidence.when"), value=say.instant(leaf.at)),
        Fact(name=say.t("evidence.leaf-hash"), value=(Words(text=hashed.hex(), hash=True),)),
        Fact(name=say.t("evidence.tag"), value=(Words(text=leaf.tag, hash=True),)),
        Fact(name=say.t("evidence.chain"), value=said(say.t("evidence.seq", n=f"{leaf.seq:,}"))),
    )
    return ReceiptPage(
        title=say.told(leaf),
        short=short_id(record.position, hashed),
        erased=_erased(say, record, erasures) or say.t("evidence.erased-key-gone"),
        qr=None,
        code="",
        file="",
        sections=(Section(anchor="recorded", name=say.t("centre.receipts.recorded"), facts=facts),),
        shows=(),
        not_shown=(),
        remarks=(),
        vkeys=(),
    )


def _row(say: RecordWords, record: Record, erasures: Sequence[Erasure]) -> Row:
    number = short_id(record.position, leaf_hash(record.entry))
    erased = _erased(say, record, erasures)
    what = Words(
        text=say.told(record.leaf),
        href=f"/centre/receipts/{record.position}",
        notes=(erased,) if erased else (),
    )
    return Row(
        cells=(
            (what,),
            said(say.instant(record.leaf.at)[0].text),
            (Words(text=number, code=True),),
        )
    )


def _erased(say: RecordWords, record: Record, erasures: Sequence[Erasure]) -> str:
    """Return when and why the content of a record was deleted, or nothing."""
    key = RULES[Kind(record.leaf.kind)].personal
    for erasure in erasures:
        if erasure.key is key and record.position < erasure.position:
            under = say.duty(erasure.under)
            return say.t("evidence.erased-on", day=moment(erasure.at), under=under)
    return ""


def _recorded(say: RecordWords, receipt: Receipt) -> Section:
    """Return what happened, in the words of the register in force."""
    leaf = receipt.leaf
    facts = [Fact(name=say.t("evidence.when"), value=said(say.instant(leaf.at)[0].text))]
    if leaf.activity:
        facts.append(
            Fact(name=say.t("centre.receipts.for"), value=said(say.activity(leaf.activity)))
        )
    if leaf.recipient:
        facts.append(
            Fact(name=say.t("centre.receipts.to"), value=said(say.recipient(leaf.recipient)))
        )
    payload = receipt.proof.disclosed[0].payload
    facts += say.payload(Kind(leaf.kind), payload, personal=receipt.is_personal)
    return Section(anchor="recorded", name=say.t("centre.receipts.recorded"), facts=tuple(facts))


def _section(say: RecordWords, name: str, facts: Facts) -> Section:
    return Section(
        anchor=name,
        name=say.t(f"centre.receipts.{name}"),
        facts=tuple(_fact(say, label, value) for label, value in facts),
    )


def _fact(say: RecordWords, label: Text, value: Text) -> Fact:
    text = value.in_lang(say.lang)
    is_hash = _HASH.fullmatch(text) is not None
    return Fact(name=label.in_lang(say.lang), value=(Words(text=text, hash=is_hash),))


def _lines(say: RecordWords, texts: Sequence[Text]) -> tuple[str, ...]:
    return tuple(text.in_lang(say.lang) for text in texts)
