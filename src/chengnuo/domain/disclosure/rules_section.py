"""A part of the processing rules: a title, a place to link to, and what it says."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.document import Block, Heading
from chengnuo.domain.disclosure.saying import fill

_DIGITS = "零一二三四五六七八九"
_TEN = 10


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a rules document, before it has its number."""

    anchor: str
    title: Text
    blocks: tuple[Block, ...]


def numbered_sections(sections: tuple[Section, ...]) -> tuple[Block, ...]:
    """Return sections as blocks, each under a heading with its number; empty ones left out."""
    found: list[Block] = []
    number = 0
    for section in sections:
        if not section.blocks:
            continue
        number += 1
        title = fill(
            "{zh}、{title}",
            "{en}. {title}",
            zh=chinese_number(number),
            en=number,
            title=section.title,
        )
        found.append(Heading(1, section.anchor, title))
        found.extend(section.blocks)
    return tuple(found)


def sub_heading(anchor: str, number: int, title: Text) -> Heading:
    """Return a heading of level 2 with its number: `（一）收货地址`, `(1) Address`."""
    return Heading(
        2,
        anchor,
        fill(
            "（{zh}）{title}", "({en}) {title}", zh=chinese_number(number), en=number, title=title
        ),
    )


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals, in digits beyond.

    >>> [chinese_number(each) for each in (3, 10, 12, 20, 45, 120)]
    ['三', '十', '十二', '二十', '四十五', '120']

    """
    tens, ones = divmod(number, _TEN)
    if tens >= _TEN:
        return str(number)
    if tens == 0:
        return _DIGITS[ones]
    head = "" if tens == 1 else _DIGITS[tens]
    return f"{head}十{_DIGITS[ones] if ones else ''}"
