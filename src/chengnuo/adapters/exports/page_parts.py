"""The parts of HTML pages in a copy: a frame without scripts, and tables that read aloud well."""

from collections.abc import Iterable, Iterator
from html import escape

from chengnuo.adapters.documents.html import STYLE_NAME
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.saying import both

TAG = {Lang.ZH: "zh-CN", Lang.EN: "en"}


def frame(title: str, lang: Lang, up: str, body: Iterable[str]) -> Iterator[str]:
    """Yield a page.

    Args:
        title: Its title.
        lang: Its main language.
        up: From the page to the root of the archive: empty, or `../`.
        body: What stands in `main`.

    """
    yield (
        f'<!DOCTYPE html>\n<html lang="{TAG[lang]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'self' file:\">\n"
        f"<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{up}{STYLE_NAME}">\n</head>\n<body>\n<main>\n'
    )
    yield from body
    yield "</main>\n</body>\n</html>\n"


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a table; the texts are escaped here, the first cell of a row names it."""
    names = [escape(head) for head in heads]
    yield f'<table class="doc-table">\n<caption>{escape(caption)}</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in names)
    yield "</tr></thead>\n<tbody>\n"
    for row in rows:
        yield table_row(names, row)
    yield "</tbody>\n</table>\n"


def table_row(names: list[str], row: Iterable[str]) -> str:
    """Return one row; `names` are the heads, escaped already."""
    cells = [
        f'<td data-label="{name}"><div>{escape(cell)}</div></td>'
        for name, cell in zip(names, row, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


def said(texts: Iterable[Text], lang: Lang, nothing: Text) -> str:
    """Return texts in a row; the words for nothing where there is none."""
    found = [both(text).in_lang(lang) for text in texts]
    return ("；" if lang is Lang.ZH else "; ").join(found) or nothing.in_lang(lang)
