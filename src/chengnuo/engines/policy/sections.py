"""Which lines of a policy are headings, and which headings stand above each block.

A format may say what is a heading. Most policies only number or embolden them: 第一章, 一、,
（一）, 1., 1.1, (1). A numbered line is a heading if it is short and no sentence. Headings of one
way of numbering are of one rank; a heading ends those above it that rank as high or lower.
"""

import re
from dataclasses import dataclass

from chengnuo.engines.policy.blocks import Block, BlockKind, BlockText

LONGEST_HEADING = 40
"""Width of the longest line that is a heading by its number, in Chinese characters."""

_WAYS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (20, re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}[章部编篇]分?[：:、.\s]*")),
    (21, re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}[节条][：:、.\s]*")),
    (22, re.compile(r"(?:(?:Part|Section|Article)\s+[\dIVX]{1,5}|[IVX]{1,5}\.)[：:.\s]*")),
    (23, re.compile(r"[一二三四五六七八九十]{1,3}[、.\uff0e：:\s]\s*")),
    (24, re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)][、.：:]?\s*")),
    (29, re.compile(r"[（(]\s*(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\s*[）)][、.：:]?\s*")),
    (28, re.compile(r"(?:\d{1,2}|[a-zA-Z])[）)][、.：:]?\s*")),
    (30, re.compile(r"[①-⑳❶-❿]\s*")),
)
_DECIMAL = re.compile(r"(\d{1,2}(?:[.\uff0e]\d{1,2}){0,4})(?:[、.\uff0e：:]\s*|\s+|(?=[^\d.\s]))")
_DECIMAL_RANK = 25
_BOLD_RANK = 31
_BRACKETED = re.compile(r"【([^【】]{1,40})】")
_ENDS = ("。", "；", "，", "、", ",", ";", "！", "？", "!", "：", ":")
_INSIDE = re.compile(r"[：。]")
_LEADER = re.compile(r"[.…·\s]{6,}\d*$")
"""The dots of a table of contents."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A document's blocks with the headings above each.

    Attributes:
        paths: For each block, the headings above it, the highest first, without their numbers; a
            heading's own are those above it.
        titles: For each block its words as a heading without the number; empty if it is none.

    """

    paths: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]


def headed(document: BlockText) -> Headed:
    """Return the headings of a document."""
    paths: list[tuple[str, ...]] = []
    titles: list[str] = []
    above: list[tuple[int, str]] = []
    for block in document.blocks:
        found = _heading(block, document.text_of(block))
        if found is not None:
            while above and above[-1][0] >= found[0]:
                above.pop()
        paths.append(tuple(title for _, title in above))
        titles.append("" if found is None else found[1])
        if found is not None:
            above.append(found)
    return Headed(tuple(paths), tuple(titles))


def _heading(block: Block, text: str) -> tuple[int, str] | None:
    """Return rank and words of a heading; the lower the rank, the higher it stands."""
    if block.kind is BlockKind.HEADING:
        return block.level, number_of(text)[1] or text
    if block.kind is BlockKind.TABLE or not _may_be_heading(text):
        return None
    rank, words = number_of(text)
    if rank:
        return (rank, words) if words and not words.isdigit() else None
    boxed = _BRACKETED.fullmatch(text)
    if boxed is not None:
        return _BOLD_RANK, boxed.group(1)
    return (_BOLD_RANK, words) if block.bold and block.kind is not BlockKind.ITEM else None


def _may_be_heading(text: str) -> bool:
    is_short = _width(text) <= 2 * LONGEST_HEADING
    return is_short and not (text.endswith(_ENDS) or _INSIDE.search(text) or _LEADER.search(text))


def number_of(text: str) -> tuple[int, str]:
    """Return the rank of a line's number, 0 for none, and the line without it.

    >>> number_of("1.2 我们如何收集")
    (26, '我们如何收集')
    >>> number_of("（一）注册")
    (24, '注册')

    """
    for rank, way in _WAYS:
        found = way.match(text)
        if found is not None:
            return rank, text[found.end() :].strip()
    decimal = _DECIMAL.match(text)
    if decimal is None:
        return 0, text.strip()
    dots = len(re.findall(r"[.\uff0e]", decimal.group(1)))
    rest = text[decimal.end() :].strip()
    # 2022年, 15个工作日, 24小时: a figure of the sentence, no number of a heading.
    if not dots and decimal.end() == decimal.end(1) and rest[:1] in "年月日天个小时分秒%位种项周岁":
        return 0, text.strip()
    return _DECIMAL_RANK + min(dots, 2), rest


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)
