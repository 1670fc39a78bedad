"""The record browser: a page of records, and one record with its proof.

Neither shows a payload; that takes a reason, and the reading is recorded before anything is shown.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.proof import Proof
from chengnuo.doors.web.evidence_words import SHORT_TAG, RecordWords, sealed_under
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import Opened, Position, Record
from chengnuo.usecases.evidence.desk import Browsed

_PATH = "/console/evidence/records"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A kind to choose."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsPage:
    """A page of records.

    Attributes:
        kinds: Kinds to choose from, all of them first.
        kind: The one chosen, or empty.
        table: The records.
        newest: The way back to the newest, or empty.
        older: The way on, or empty.

    """

    kinds: tuple[Choice, ...]
    kind: str
    table: Table
    newest: str
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a payload is read.

    Attributes:
        opened: The payload, once the reading is recorded.
        reason: What was written as reason, if it was refused.
        error: Why it was refused, or empty.

    """

    opened: Opened | None
    reason: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """One record.

    Attributes:
        title: Its kind and number.
        position: Its number.
        sections: Leaf and proof.
        payload: Its fields, once they are shown.
        payload_words: What there is to say of the payload otherwise.
        recorded: Whether the reading has just been recorded.
        form: Whether to offer the form that asks for a reason.
        reason: What was written there.
        error: What was wrong with it.

    """

    title: str
    position: int
    sections: tuple[Section, ...]
    payload: tuple[Fact, ...]
    payload_words: str
    recorded: bool
    form: bool
    reason: str
    error: str


def records_page(
    say: RecordWords, browsed: Browsed, kind: Kind | None, *, before: Position | None
) -> RecordsPage:
    """Return a page of records, newest first."""
    chosen = "" if kind is None else kind.value
    heads = ("position", "what", "when", "chain", "rows")
    none = "none-left" if browsed.more is None else "none-found"
    return RecordsPage(
        kinds=(
            Choice(value="", name=say.t("evidence.all-kinds")),
            *(Choice(value=each.value, name=say.kind(each)) for each in Kind),
        ),
        kind=chosen,
        table=Table(
            caption=say.t("evidence.records"),
            heads=tuple(say.t(f"evidence.{head}") for head in heads),
            rows=tuple(_row(say, record) for record in browsed.records),
            empty=Empty(
                name=say.t(f"evidence.{none}"),
                text=say.t(f"evidence.{none}-text"),
                href="/console/evidence",
                act=say.t("nav.evidence"),
            ),
        ),
        newest="" if before is None else _href(chosen, None),
        older="" if browsed.more is None else _href(chosen, browsed.more),
    )


def record_page(
    say: RecordWords, record: Record, proof: Proof | None, reading: Reading
) -> RecordPage:
    """Return the page of one record.

    Args:
        say: Words of records.
        record: The record.
        proof: That it is in the log; None while no checkpoint reaches it.
        reading: Whether its payload is read.

    """
    kind, personal = Kind(record.leaf.kind), record.ordinal > 0
    erased = proof.erased if proof is not None else ()
    shown: tuple[Fact, ...] = ()
    words = ""
    if reading.opened is not None and reading.opened.payload is not None:
        shown = say.payload(kind, reading.opened.payload, personal=personal)
    elif erased:
        words = say.erased(erased[0])
    elif reading.opened is not None:
        words = say.t("evidence.erased-key-gone")
    return RecordPage(
        title=say.t("evidence.record-title", n=f"{record.position:,}", kind=say.kind(kind)),
        position=record.position,
        sections=(_leaf(say, record), _inclusion(say, proof)),
        payload=shown,
        payload_words=words,
        recorded=reading.opened is not None,
        form=reading.opened is None and not erased,
        reason=reading.reason,
        error=reading.error,
    )


def _row(say: RecordWords, record: Record) -> Row:
    leaf = record.leaf
    chain = say.t("evidence.of-one" if record.ordinal else "evidence.of-nobody")
    return Row(
        cells=(
            linked(f"{record.position:,}", f"{_PATH}/{record.position}"),
            said(say.kind(leaf.kind)),
            said(str(say.instant(leaf.at)[0].text)),
            said(say.t("evidence.seq", n=f"{leaf.seq:,}"), f"{chain} · {leaf.tag[:SHORT_TAG]}"),
            say.rows(leaf),
        )
    )


def _leaf(say: RecordWords, record: Record) -> Section:
    leaf = record.leaf
    personal = record.ordinal > 0
    key = sealed_under(Kind(leaf.kind), personal=personal)
    facts = [
        Fact(name=say.t("evidence.what"), value=said(say.kind(leaf.kind), leaf.kind)),
        Fact(name=say.t("evidence.when"), value=say.instant(leaf.at)),
        Fact(
            name=say.t("evidence.chain"),
            value=said(
                say.t("evidence.of-one" if personal else "evidence.of-nobody"),
                say.t("evidence.seq", n=f"{leaf.seq:,}"),
            ),
        ),
        Fact(name=say.t("evidence.tag"), value=_hash(leaf.tag)),
        Fact(
            name=say.t("evidence.prev"),
            value=_hash(leaf.prev) if leaf.prev else said(say.t("evidence.first-in-chain")),
        ),
    ]
    if record.before is not None:
        way = linked(f"{record.before:,}", f"{_PATH}/{record.before}")
        facts.append(Fact(name=say.t("evidence.before"), value=way))
    if leaf.also is not None:
        facts.append(Fact(name=say.t("evidence.also"), value=_hash(leaf.also.tag)))
    if leaf.register:
        facts.append(Fact(name=say.t("frame.register-version"), value=_hash(leaf.register)))
    if leaf.law:
        facts.append(Fact(name=say.t("evidence.law"), value=_hash(leaf.law)))
    facts += [
        Fact(name=say.t("evidence.rows"), value=say.rows(leaf)),
        Fact(name=say.t("evidence.sealed"), value=said(say.t(f"evidence.sealed-{key}"))),
        Fact(name=say.t("evidence.payload-hash"), value=_hash(leaf.payload)),
        Fact(name=say.t("evidence.leaf-hash"), value=_hash(leaf_hash(record.entry).hex())),
    ]
    return Section(
        anchor="leaf",
        name=say.t("evidence.leaf"),
        lead=say.t("evidence.leaf-text"),
        facts=tuple(facts),
    )


def _inclusion(say: RecordWords, proof: Proof | None) -> Section:
    if proof is None:
        return Section(
            anchor="proof",
            name=say.t("evidence.proof"),
            status=Status(kind=StatusKind.NONE, word=say.t("evidence.not-yet")),
            lead=say.t("evidence.not-yet-text"),
        )
    checkpoint = proof.checkpoint.checkpoint
    path = tuple(Words(text=node.hex(), hash=True) for node in proof.records[0].path)
    return Section(
        anchor="proof",
        name=say.t("evidence.proof"),
        status=Status(kind=StatusKind.SHOWN, word=say.t("evidence.included")),
        lead=say.t("evidence.included-text", n=f"{checkpoint.size:,}"),
        facts=(
            Fact(name=say.t("evidence.origin"), value=(Words(text=checkpoint.origin, code=True),)),
            Fact(name=say.t("evidence.size"), value=said(f"{checkpoint.size:,}")),
            Fact(name=say.t("evidence.root"), value=_hash(checkpoint.root.hex())),
            Fact(name=say.t("evidence.path"), value=path or said(say.t("word.none"))),
        ),
    )


def _hash(text: str) -> Cell:
    return (Words(text=text, hash=True),)


def _href(kind: str, before: int | None) -> str:
    asked = [("kind", kind)] if kind else []
    if before is not None:
        asked.append(("before", str(before)))
    return f"{_PATH}?{urlencode(asked)}" if asked else _PATH
