"""A document in one language as a tree of JSON: what the JSON file holds and the PDF is set from.

Format `chengnuo-document`, version 1. Fields that say nothing are left out of a span; every
other field is always there. A new field may come at any time; one that is there keeps its
meaning for as long as the version stays.
"""

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    BulletList,
    Choices,
    Document,
    Heading,
    Line,
    NoticeBox,
    NumberedList,
    Paragraph,
    Span,
    Table,
)
from chengnuo.domain.disclosure.head import facts_in_words

FORMAT = "chengnuo-document"
VERSION = 1


def folded(text: Text, lang: Lang) -> str:
    """Return a text in a language as one line: any white space is one space."""
    return " ".join(text.in_lang(lang).split())


def tree_of_document(document: Document, lang: Lang) -> dict[str, Tree]:
    """Return a document in one language as a tree."""
    facts = document.facts
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": document.id,
        "kind": document.kind.value,
        "lang": "zh-CN" if lang is Lang.ZH else "en",
        "title": folded(document.title, lang),
        "facts": {
            "handler": folded(facts.handler, lang),
            "app": folded(facts.app, lang),
            "register": facts.register,
            "law": facts.law,
            "updated": facts.updated.isoformat(),
            "effective": facts.effective.isoformat(),
        },
        "head": [
            [folded(label, lang), folded(value, lang)] for label, value in facts_in_words(facts)
        ],
        "blocks": [tree_of_block(block, lang) for block in document.blocks],
    }


def tree_of_block(block: Block, lang: Lang) -> dict[str, Tree]:
    """Return one block in one language as a tree."""
    tree: dict[str, Tree]
    match block:
        case Heading(level=level, anchor=anchor, text=text):
            tree = {
                "type": "heading",
                "level": level,
                "anchor": anchor,
                "text": folded(text, lang),
            }
        case Paragraph(line=one):
            tree = {"type": "paragraph", "line": _line(one, lang)}
        case BulletList(items=items):
            tree = {"type": "bullets", "items": [_line(item, lang) for item in items]}
        case NumberedList(items=items):
            tree = {"type": "numbered", "items": [_line(item, lang) for item in items]}
        case Table():
            tree = _table(block, lang)
        case NoticeBox(title=title, lines=within):
            tree = {
                "type": "notice",
                "title": folded(title, lang),
                "lines": [_line(one, lang) for one in within],
            }
        case Choices(box=box, buttons=buttons):
            tree = {
                "type": "choices",
                "box": None if box is None else folded(box, lang),
                "buttons": [folded(button, lang) for button in buttons],
            }
    return tree


def _table(table: Table, lang: Lang) -> dict[str, Tree]:
    return {
        "type": "table",
        "caption": folded(table.caption, lang),
        "columns": [
            {"text": folded(column.text, lang), "weight": column.weight} for column in table.columns
        ],
        "rows": [[[_line(one, lang) for one in each] for each in row] for row in table.rows],
    }


def _line(line: Line, lang: Lang) -> list[Tree]:
    return [_span(span, lang) for span in line]


def _span(span: Span, lang: Lang) -> dict[str, Tree]:
    # A span keeps its own outer blanks: they stand between words of one line.
    text = span.text.in_lang(lang)
    kept = " ".join(text.split())
    if kept:
        kept = (" " if text[0].isspace() else "") + kept + (" " if text[-1].isspace() else "")
    tree: dict[str, Tree] = {"text": kept}
    if span.strong:
        tree["strong"] = True
    if span.sensitive:
        tree["sensitive"] = True
    if span.code:
        tree["code"] = True
    if span.link is not None:
        tree["link"] = span.link
    return tree
