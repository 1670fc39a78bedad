"""Rows as pages to read and to print: 500 to a page, each with its way on and back."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, count, islice

from chengnuo.adapters.exports.page_parts import frame, table
from chengnuo.adapters.exports.zip_stream import Member
from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.explaining import TableExplained
from chengnuo.domain.rights.showing import in_words
from chengnuo.ports.rights_pages import Row

PAGE_ROWS = 500
_BACK = Text("上一页", "Previous page")
_ON = Text("下一页", "Next page")
_HOME = Text("目录", "Contents")
_PLACE = Text("翻页", "Pages")


def html_pages(name: str, explained: TableExplained, rows: Iterable[Row]) -> Iterator[Member]:
    """Yield the pages of one slice of a table, `html/<name>-0001.html` and on.

    Each page has to be written before the next one is asked for.
    """
    left = iter(rows)
    first = next(left, None)
    for number in count(1):
        own = (
            islice(left, PAGE_ROWS)
            if first is None
            else chain((first,), islice(left, PAGE_ROWS - 1))
        )
        # Whether there is a page after this one is known once its rows are written.
        follower: list[Row] = []
        yield Member(
            name=page_name(name, number),
            chunks=_page(name, explained, own, left, follower, number),
        )
        if not follower:
            return
        first = follower[0]


def page_name(name: str, number: int) -> str:
    """Return the name of a page in the archive."""
    return f"html/{name}-{number:04}.html"


def heads_of(explained: TableExplained, lang: Lang) -> tuple[str, ...]:
    """Return the heads of a table: what a column is called, and its own name."""
    return tuple(
        one.column if one.category is None else f"{one.name.in_lang(lang)} ({one.column})"
        for one in explained.columns
    )


def _page(  # noqa: PLR0913, PLR0917  what is shown, what follows, and where it stands
    name: str,
    explained: TableExplained,
    own: Iterable[Row],
    left: Iterator[Row],
    follower: list[Row],
    number: int,
) -> Iterator[bytes]:
    lang = Lang.ZH
    title = explained.holds.in_lang(lang)
    heads = heads_of(explained, lang)

    def body() -> Iterator[str]:
        yield f'<article class="doc" lang="zh-CN">\n<h1>{escape(title)}</h1>\n'
        cells = ([in_words(value, lang) for value in row] for row in own)
        yield from table(title, heads, cells)
        after = next(left, None)
        if after is not None:
            follower.append(after)
        yield from _ways(name, number, more=after is not None)
        yield "</article>\n"

    for piece in frame(f"{title} · {number}", lang, "../", body()):
        yield piece.encode("utf-8", "replace")


def _ways(name: str, number: int, *, more: bool) -> Iterator[str]:
    links = [("../index.html", _HOME)]
    if number > 1:
        links.append((page_name(name, number - 1).removeprefix("html/"), _BACK))
    if more:
        links.append((page_name(name, number + 1).removeprefix("html/"), _ON))
    label = f"{_PLACE.zh} {_PLACE.en}"
    yield f'<nav aria-label="{label}"><ul>\n'
    for address, text in links:
        words = f'{text.zh} <span lang="en">{text.en}</span>'
        yield f'<li><a href="{escape(address)}">{words}</a></li>\n'
    yield "</ul></nav>\n"
