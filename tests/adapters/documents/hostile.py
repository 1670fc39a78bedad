"""A document whose every text tries to be something else than text."""

from datetime import date

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.document import (
    Choices,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Span,
    Table,
    bullets,
    cell,
    code,
    lines,
    link,
    notice_box,
    numbered,
    paragraph,
    sensitive,
    strong,
)

HOSTILE = (
    "=1+1",
    '=HYPERLINK("https://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "*重* _要_ `码` # 题",
    '#eval("1+1") $x^2$ #strong[b]',
    "a | b",
    "1. 不是列表",
    "&amp; &lt;",
    "C:\\路径\\n",
    "https://not-a-link.example",
)


def same(words: str) -> Text:
    return Text(words, words)


def hostile_document() -> Document:
    """Every hostile text in every place where a text can stand."""
    blocks: list[object] = []
    for number, words in enumerate(HOSTILE):
        text = same(words)
        blocks.extend(
            (
                Heading(1 + number % 3, f"part-{number}", text),
                paragraph(text, strong(text), sensitive(text), code(words)),
                bullets([text, text]),
                numbered([text]),
                notice_box(text, text),
                Choices(text, (text, text)),
                Table(
                    text,
                    (Column(text), Column(text)),
                    (
                        (cell(text), lines((text, sensitive(text)))),
                        (cell(link(text, "javascript:alert(1)")), ()),
                    ),
                ),
            )
        )
    return document(*blocks)


def document(*blocks: object) -> Document:
    """A document of the given blocks."""
    return Document(
        id="sample",
        kind=DocumentKind.COLLECTION_LIST,
        title=Text("示例清单", "Sample list"),
        facts=Facts(
            handler=Text("示例 <b>公司</b>", "Example & Co."),
            app=Text("示例应用", "Example app"),
            register="ab" * 32,
            law="2026-11 · 0123",
            updated=date(2026, 10, 1),
            effective=date(2026, 10, 8),
        ),
        blocks=tuple(blocks),  # type: ignore[arg-type]  # blocks of every kind
    )


def linked(address: str) -> Document:
    """A document with one link."""
    return document(paragraph(Span(Text("链接", "Link"), link=address)))
