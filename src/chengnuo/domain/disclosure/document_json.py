"""Reading a document back from its JSON file (`chengnuo-document`, version 1), in its language.

A text of it stands in both languages of what is read: only its own is ever shown.
"""

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    BulletList,
    Cell,
    Choices,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Line,
    NoticeBox,
    NumberedList,
    Paragraph,
    Span,
    Table,
)


class _Span(msgspec.Struct, frozen=True):
    text: str
    strong: bool = False
    sensitive: bool = False
    code: bool = False
    link: str | None = None


_Line: TypeAlias = tuple[_Span, ...]


class _Heading(msgspec.Struct, frozen=True, tag_field="type", tag="heading"):
    level: int
    anchor: str
    text: str


class _Paragraph(msgspec.Struct, frozen=True, tag_field="type", tag="paragraph"):
    line: _Line


class _Bullets(msgspec.Struct, frozen=True, tag_field="type", tag="bullets"):
    items: tuple[_Line, ...]


class _Numbered(msgspec.Struct, frozen=True, tag_field="type", tag="numbered"):
    items: tuple[_Line, ...]


class _Column(msgspec.Struct, frozen=True):
    text: str
    weight: int


class _Table(msgspec.Struct, frozen=True, tag_field="type", tag="table"):
    caption: str
    columns: tuple[_Column, ...]
    rows: tuple[tuple[tuple[_Line, ...], ...], ...]


class _Notice(msgspec.Struct, frozen=True, tag_field="type", tag="notice"):
    title: str
    lines: tuple[_Line, ...]


class _Choices(msgspec.Struct, frozen=True, tag_field="type", tag="choices"):
    box: str | None
    buttons: tuple[str, ...]


_Block: TypeAlias = _Heading | _Paragraph | _Bullets | _Numbered | _Table | _Notice | _Choices


class _Facts(msgspec.Struct, frozen=True):
    handler: str
    app: str
    register: str
    law: str
    updated: date
    effective: date


class _File(msgspec.Struct, frozen=True):
    format: Literal["chengnuo-document"]
    version: Literal[1]
    id: str
    kind: DocumentKind
    lang: Literal["zh-CN", "en"]
    title: str
    facts: _Facts
    blocks: tuple[_Block, ...]


_READ = msgspec.json.Decoder(ready(_File))


def read_document(data: bytes) -> tuple[Document, Lang] | None:
    """Return the document that a file holds and its language; None for anything else."""
    try:
        read = _READ.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    facts = read.facts
    document = Document(
        id=read.id,
        kind=read.kind,
        title=_same(read.title),
        facts=Facts(
            handler=_same(facts.handler),
            app=_same(facts.app),
            register=facts.register,
            law=facts.law,
            updated=facts.updated,
            effective=facts.effective,
        ),
        blocks=tuple(map(_block, read.blocks)),
    )
    return document, Lang.EN if read.lang == "en" else Lang.ZH


def _block(read: _Block) -> Block:
    block: Block
    match read:
        case _Heading():
            block = Heading(read.level, read.anchor, _same(read.text))
        case _Paragraph():
            block = Paragraph(_line(read.line))
        case _Bullets():
            block = BulletList(tuple(map(_line, read.items)))
        case _Numbered():
            block = NumberedList(tuple(map(_line, read.items)))
        case _Table():
            columns = tuple(Column(_same(one.text), one.weight) for one in read.columns)
            rows = tuple(tuple(map(_cell, row)) for row in read.rows)
            block = Table(_same(read.caption), columns, rows)
        case _Notice():
            block = NoticeBox(_same(read.title), tuple(map(_line, read.lines)))
        case _Choices():
            box = None if read.box is None else _same(read.box)
            block = Choices(box, tuple(map(_same, read.buttons)))
    return block


def _cell(lines: tuple[_Line, ...]) -> Cell:
    return tuple(map(_line, lines))


def _line(spans: _Line) -> Line:
    return tuple(
        Span(
            _same(one.text),
            strong=one.strong,
            sensitive=one.sensitive,
            link=one.link,
            code=one.code,
        )
        for one in spans
    )


def _same(text: str) -> Text:
    return Text(text, text)
