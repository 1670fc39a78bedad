"""A policy from a web page: what people read of it, with headings, lists and tables.

No scripts, styles or tags; the address of a link stands in brackets after its words. No part of a
page is looked at twice and nothing is called by itself, so that a page is read in time in
proportion to it, however deep or broken it is.
"""

import re
from html import unescape
from typing import Final

from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.engines.policy.writing import BlockWriter

_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "title"})
_ENDS = {name: re.compile(rf"</{name}\b[^>]*>?", re.IGNORECASE) for name in sorted(_UNSEEN)}
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,63})((?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}')*)>"
)
"""No part of it can hold another `<`, so that a page is read in time in proportion to it."""
_ATTRIBUTE = r"(?:^|\s)%s\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_HREF = re.compile(_ATTRIBUTE % "href", re.IGNORECASE)
_SPANS = {name: re.compile(_ATTRIBUTE % name, re.IGNORECASE) for name in ("colspan", "rowspan")}
_DIGITS = 4
_BOLD = frozenset({"b", "strong", "th"})
_ONE_LINE = frozenset(
    {"a", "abbr", "b", "code", "em", "font", "i", "label", "mark", "s", "small", "span", "strong"}
    | {"sub", "sup", "u"}
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_ITEMS = frozenset({"li", "dt", "dd"})


def page_blocks(written: str) -> BlockText:
    r"""Return what people read of a page.

    What nobody sees and is not closed hides the rest of the page, as in a browser, but for a title.

    >>> page_blocks('<p>See <a href="https://a.example/p">rules</a>.</p><p>Bye</p>').text
    'See rules (https://a.example/p).\nBye'

    """
    return _Page(written).read()


class _Page:
    """One reading of a page."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.out = BlockWriter()
        self.unclosed: set[str] = set()
        self.address = ""
        self.after_term = False
        self.bold = 0
        self.depth = 0

    def read(self) -> BlockText:
        written, at = self.written, 0
        while (found := written.find("<", at)) >= 0:
            self._say(written[at:found])
            if written.startswith(("<!", "<?"), found):
                end = "-->" if written.startswith("<!--", found) else ">"
                at = _after(written, end, found)
                continue
            tag = _TAG.match(written, found)
            if tag is None:
                self._say("<")
                at = found + 1
                continue
            at, name, closes = tag.end(), tag.group(2).lower(), bool(tag.group(1))
            if name in _UNSEEN and not closes and name not in self.unclosed:
                closed = _ENDS[name].search(written, at)
                if closed is not None:
                    at = closed.end()
                elif name == "title":
                    self.unclosed.add(name)
                else:
                    return self.out.finished()
            self._tag(name, tag.group(3), closes=closes)
        self._say(written[at:])
        return self.out.finished()

    def _say(self, text: str) -> None:
        if text and not (self.after_term and text.isspace()):
            self.out.add(unescape(text), bold=self.bold > 0)

    def _tag(self, name: str, attributes: str, *, closes: bool) -> None:
        """Take a tag; a term and what is said of it (`dt`, `dd`) are one line."""
        if name == "dt" and closes:
            self.after_term = True
            return
        if name == "a":
            if closes and self.address:
                self.out.add(f" ({self.address})", bold=self.bold > 0)
            self.address = "" if closes else _address(attributes)
        elif name == "dd" and self.after_term:
            self.out.add("：")
        elif name not in _ONE_LINE:
            self.out.end_line()
        self._form(name, attributes, closes=closes)
        if name not in _ONE_LINE:
            self.after_term = False

    def _form(self, name: str, attributes: str, *, closes: bool) -> None:
        """Take what a tag says of the form of the text."""
        if name in _BOLD:
            self.bold = max(0, self.bold + (-1 if closes else 1))
        if name in _LISTS:
            self.depth = max(0, self.depth + (-1 if closes else 1))
        elif name in _HEADINGS and not closes:
            self.out.begin(BlockKind.HEADING, _HEADINGS[name])
        elif name in _ITEMS and not closes and not self.after_term:
            self.out.begin(BlockKind.ITEM, min(max(self.depth, 1), 9))
        elif name in {"table", "tr", "td", "th"}:
            self._table(name, attributes, closes=closes)

    def _table(self, name: str, attributes: str, *, closes: bool) -> None:
        if name == "table":
            self.bold = 0
            if closes:
                self.out.end_table()
            else:
                self.out.begin_table()
        elif name == "tr":
            self.out.end_cell()
            if not closes:
                self.bold = 0
                self.out.begin_row()
        elif closes:
            self.out.end_cell()
        else:
            self.bold = int(name == "th")
            self.out.begin_cell(
                rows=_number(attributes, "rowspan"),
                columns=_number(attributes, "colspan"),
                heading=name == "th",
            )


def _after(written: str, end: str, at: int) -> int:
    found = written.find(end, at)
    return len(written) if found < 0 else found + len(end)


def _given(found: re.Match[str] | None) -> str:
    return "" if found is None else unescape(next(filter(None, found.groups()), "")).strip()


def _address(attributes: str) -> str:
    address = _given(_HREF.search(attributes))
    return address if address.startswith(("https://", "http://")) else ""


def _number(attributes: str, name: str) -> int:
    said = _given(_SPANS[name].search(attributes))
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 1
