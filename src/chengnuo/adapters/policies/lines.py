r"""A policy from Markdown or plain text, line by line.

Of Markdown these count: `#` headings, lists, quotes, tables of pipes, bold, links, escapes, and the
tags in it; each other line is a paragraph. Plain text has lines only; what are headings among them
is told by their numbers later.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import zip_longest

from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.engines.policy.writing import BlockWriter

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_BULLET = re.compile(r"([ \t]*)[-*+•·●][ \t]+(.*)")
_QUOTE = re.compile(r"^(?: {0,3}+> ?+)++")
_DIVIDER = re.compile(r"[ \t]*+\|?+(?:[ \t]*+:?+-{3,}+:?+[ \t]*+\|?+)++[ \t]*+")
_RULER = re.compile(r"[ \t]*(?:={3,}|-{3,}|\*{3,}|_{3,}|`{3,}.*)[ \t]*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"!?\[([^\[\]]{0,2000})\]\((?:<([^<>]{0,4000})>|([^()\s]{0,4000}))\)")
_TAG = re.compile(
    r"</?(?:a|b|big|br|center|code|div|em|font|h[1-6]|i|mark|p|s|small|span|strong|sub|sup|u)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__|<strong>|<b>)(.+?)(?:\*\*|__|</strong>|</b>)", re.IGNORECASE)
_CODE = re.compile(r"`([^`]*)`")
_PIPE = re.compile(r"(?<!\\)\|")
_KEPT = "\ue000"
"""Stands for an escaped sign until marks are taken away; a private character, one for each sign."""


def plain_blocks(written: str) -> BlockText:
    """Return plain text, each line a paragraph."""
    out = BlockWriter()
    for line in written.splitlines():
        out.add(line)
        out.end_line()
    return out.finished()


def markdown_blocks(written: str) -> BlockText:
    r"""Return what people read of Markdown.

    >>> markdown_blocks("# 一\n\n- **手机号**：[规则](https://a.example)\n").text
    '一\n手机号：规则 (https://a.example)'

    """
    out = BlockWriter()
    lines = [*_rows_joined(_QUOTE.sub("", line, count=1) for line in written.splitlines())]
    in_table = False
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        if in_table and "|" in line:
            if not _DIVIDER.fullmatch(line):
                _row(out, line, heading=False)
            continue
        if in_table:
            out.end_table()
        in_table = "|" in line and "|" in after and _DIVIDER.fullmatch(after) is not None
        if in_table:
            out.begin_table()
            _row(out, line, heading=True)
        elif not _RULER.fullmatch(line):
            _line(out, line)
    return out.finished()


def _rows_joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, a row without a pipe before it joined with the line that its last cell is on."""
    waiting = ""
    for line in lines:
        whole = f"{waiting} {line.strip()}" if waiting and line.strip() else line
        is_open = whole.rstrip().endswith("|") and not whole.lstrip().startswith("|")
        if waiting and not line.strip():
            yield waiting
        waiting = whole.rstrip() if is_open else ""
        if not is_open:
            yield whole
    if waiting:
        yield waiting


def _row(out: BlockWriter, line: str, *, heading: bool) -> None:
    out.begin_row()
    inside = line.strip().removeprefix("|")
    for cell in _PIPE.split(inside.removesuffix("|")):
        out.begin_cell(heading=heading)
        for part in _BREAK.split(cell):
            _say(out, part)
            out.end_line()


def _line(out: BlockWriter, line: str) -> None:
    heading, bullet = _HEADING.fullmatch(line), _BULLET.fullmatch(line)
    if heading is not None:
        out.begin(BlockKind.HEADING, len(heading.group(1)))
        _say(out, heading.group(2).rstrip(" \t#"))
    elif bullet is not None:
        deep = len(bullet.group(1).expandtabs(4)) // 2
        out.begin(BlockKind.ITEM, min(deep + 1, 9))
        _say(out, bullet.group(2))
    else:
        for part in _BREAK.split(line):
            _say(out, part)
            out.end_line()
    out.end_line()


def _say(out: BlockWriter, written: str) -> None:
    """Say what a line says, the bold of it as such."""
    kept = _ESCAPED.sub(lambda found: chr(ord(_KEPT) + ord(found.group(1))), written)
    for text, bold in _by_weight(kept):
        plain = _TAG.sub("", _CODE.sub(r"\1", _LINK.sub(_link, text))).replace("**", "")
        out.add(unescape(plain).translate(_UNKEPT), bold=bold)


_UNKEPT = {ord(_KEPT) + at: chr(at) for at in range(0x21, 0x7F)}


def _by_weight(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _BOLD.finditer(text):
        yield text[at : found.start()], False
        yield found.group(2), True
        at = found.end()
    yield text[at:], False


def _link(found: re.Match[str]) -> str:
    words, address = found.group(1), found.group(2) or found.group(3) or ""
    is_shown = address.startswith(("https://", "http://")) and not found.group().startswith("!")
    return f"{words} ({address})" if is_shown and words != address else words
