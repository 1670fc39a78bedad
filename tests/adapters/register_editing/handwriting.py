"""Registers as operators write them by hand: many styles, comments everywhere.

Every line comes with the row and the top key it belongs to, so that a test can tell which lines a
change may touch. The writer knows nothing of the one that it is used to test.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.canonical import Tree

_SAFE = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z，。]*")
_TAKEN = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"}
_SPACED = re.compile(r"[\u4e00-\u9fffA-Za-z，。]+(?: [\u4e00-\u9fffA-Za-z，。]+)+")

Line = tuple[str, str]
"""What a line belongs to (`row/key`, or empty for a comment between), and the line."""


@dataclass(frozen=True, slots=True)
class Hand:
    """An operator's habits."""

    dice: random.Random
    step: int
    dash_offset: int
    dash_gap: int
    quote: str
    flow: float
    comments: float
    gaps: float
    keys_quoted: bool


def hands(seed: int) -> Hand:
    """Return somebody's habits."""
    dice = random.Random(seed)
    return Hand(
        dice=dice,
        step=dice.choice((2, 2, 4, 3)),
        dash_offset=dice.choice((0, 2, 4)),
        dash_gap=dice.choice((2, 2, 4)),
        quote=dice.choice("'\""),
        flow=dice.choice((0.0, 0.3, 0.9)),
        comments=dice.choice((0.0, 0.3)),
        gaps=dice.choice((0.0, 0.2)),
        keys_quoted=dice.random() < 0.15,
    )


def row_lines(hand: Hand, row: "dict[str, Tree]", tag: str, column: int = 0) -> list[Line]:
    """Write one row as a block mapping."""
    lines: list[Line] = []
    for number, (key, value) in enumerate(row.items()):
        mine = f"{tag}/{key}"
        if number:
            lines += [("", one) for one in _between(hand, column)]
        lines += [(mine, one) for one in _entry(hand, key, value, column)]
    return lines


def list_lines(hand: Hand, plural: str, rows: "dict[str, dict[str, Tree]]") -> list[Line]:
    """Write rows as one list under the plural key."""
    lines: list[Line] = [("", f"{_key(hand, plural)}")]
    for tag, row in rows.items():
        inner = hand.dash_offset + hand.dash_gap
        written = row_lines(hand, row, tag, inner)
        dash = " " * hand.dash_offset + "-" + " " * (hand.dash_gap - 1)
        lines.append((written[0][0], dash + written[0][1].lstrip(" ")))
        lines += written[1:]
        lines += [("", one) for one in _between(hand, hand.dash_offset)]
    return lines


def _between(hand: Hand, column: int) -> Iterator[str]:
    if hand.dice.random() < hand.gaps:
        yield ""
    if hand.dice.random() < hand.comments:
        yield " " * column + "# 说明：见内部规程 §3 “保存”, don't touch: [x]"


def _key(hand: Hand, key: str) -> str:
    return f'"{key}":' if hand.keys_quoted else f"{key}:"


def _entry(hand: Hand, key: str, value: Tree, column: int) -> list[str]:
    lead = " " * column + _key(hand, key)
    return _after(hand, lead, value, column, column + hand.step)


def _after(hand: Hand, lead: str, value: Tree, column: int, inner: int) -> list[str]:
    if isinstance(value, dict) and value and hand.dice.random() >= hand.flow:
        lines = [lead + _remark(hand)]
        for number, (key, one) in enumerate(value.items()):
            lines += _between(hand, inner) if number else ()
            lines += _entry(hand, key, one, inner)
        return lines
    if isinstance(value, list) and value and hand.dice.random() >= hand.flow:
        lines = [lead + _remark(hand)]
        at = column + hand.dash_offset
        for number, one in enumerate(value):
            lines += _between(hand, at) if number else ()
            lines += _member(hand, one, at)
        return lines
    if isinstance(value, (dict, list)):
        return _flow_lines(hand, lead, value, inner)
    return _scalar_lines(hand, lead, value, inner)


def _flow_lines(hand: Hand, lead: str, value: Tree, inner: int) -> list[str]:
    if hand.dice.random() < 0.2 and value:
        opened, closed = ("{", "}") if isinstance(value, dict) else ("[", "]")
        pad = " " * inner
        parts = (
            [f"{_key(hand, key)} {_flow(hand, one)}" for key, one in value.items()]
            if isinstance(value, dict)
            else [_flow(hand, one) for one in value]  # type: ignore[union-attr]  # a list
        )
        trailing = hand.dice.random() < 0.5
        body = [
            pad + part + ("," if trailing or number < len(parts) - 1 else "") + _remark(hand)
            for number, part in enumerate(parts)
        ]
        return [f"{lead} {opened}", *body, " " * max(inner - 1, 1) + closed]
    return [f"{lead} {_flow(hand, value)}{_remark(hand)}"]


def _member(hand: Hand, value: Tree, at: int) -> list[str]:
    lead = " " * at + "-"
    gap = " " * (hand.dash_gap - 1)
    if isinstance(value, dict) and value and hand.dice.random() >= hand.flow:
        inner = at + hand.dash_gap
        lines: list[str] = []
        for number, (key, one) in enumerate(value.items()):
            lines += _between(hand, inner) if number else ()
            lines += _entry(hand, key, one, inner)
        lines[0] = lead + gap + lines[0].lstrip(" ")
        return lines
    if isinstance(value, (dict, list)):
        return [f"{lead}{gap}{_flow(hand, value)}{_remark(hand)}"]
    return _scalar_lines(hand, lead + gap[1:], value, at + hand.dash_gap)


def _flow(hand: Hand, value: Tree) -> str:
    if isinstance(value, dict):
        pad = hand.dice.choice(("", " ")) if value else ""
        inside = ", ".join(f"{_key(hand, key)} {_flow(hand, one)}" for key, one in value.items())
        return "{" + pad + inside + pad + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(hand, one) for one in value) + "]"
    return _scalar(hand, value)


def _scalar_lines(hand: Hand, lead: str, value: Tree, inner: int) -> list[str]:
    indent = " " * inner
    if isinstance(value, str) and _SPACED.fullmatch(value) and hand.dice.random() < 0.6:
        words = value.split(" ")
        half = max(len(words) // 2, 1)
        first, second = " ".join(words[:half]), " ".join(words[half:])
        way = hand.dice.choice(("folded", "plain", "double"))
        if way == "folded":
            return [
                f"{lead} {hand.dice.choice(('>', '>-', '>+'))}",
                indent + first,
                indent + second,
            ]
        if way == "plain":
            return [f"{lead} {first}", indent + second]
        return [f'{lead} "{first}', indent + second + '"']
    if isinstance(value, str) and "\n" in value and _plain_lines(value):
        lines = [indent + one if one else "" for one in value.split("\n")]
        return [f"{lead} {hand.dice.choice(('|', '|-'))}", *lines]
    return [f"{lead} {_scalar(hand, value)}{_remark(hand)}"]


def _plain_lines(value: str) -> bool:
    return all(one == one.strip() and one.isprintable() for one in value.split("\n"))


def _scalar(hand: Hand, value: Tree) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    safe = _SAFE.fullmatch(text) and text.lower() not in _TAKEN
    if safe and hand.dice.random() < 0.6:
        return text
    if hand.quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return "".join(_shown(sign) for sign in json.dumps(text, ensure_ascii=False))


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"


def _remark(hand: Hand) -> str:
    return "  # 备注: see 'x'" if hand.dice.random() < hand.comments / 2 else ""
