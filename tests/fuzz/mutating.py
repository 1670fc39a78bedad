"""Changes contents as an attacker or a bad disk does; the same seed makes the same change."""

import json
import struct
from collections.abc import Sequence
from copy import deepcopy
from random import Random
from typing import Any

WIDTHS = (1, 2, 2, 4, 4, 4, 8)
ORDERS: tuple[Any, ...] = ("little", "little", "big")
FEW = (1, 1, 1, 2, 2, 4, 12)
LONGEST = 1 << 16
"""Bytes that a changed content has at most, so that a round stays short."""

WORDS = (
    *("", "\ud800", "\0", "\u202e", "9" * 400, "x" * 5000, "\ufeff", "NaN", "-1", "../..", "'"),
    *("2026-02-30", "9999-12-31", "0000-00-00", "*a", "&a", "!!python/name:os", "a+b", "e\u0301"),
)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31 - 1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**400),
    *(1e308, float("inf"), float("nan"), -0.0, [], {}, [[]], {"": {}}, [None]),
    *WORDS,
)
PIECES = (
    *(b"\n\n", b"\0", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"[" * 3000, b'{"a":' * 1500),
    *(b"- " * 400, b"{" * 400, b"? " * 50, b"&a *a", b"<<: *a", b"--- ", b"%YAML 9.9\n", b"\t"),
    *(
        b"!!binary |\n",
        b"<a>" * 2000,
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"]]>",
        b"9" * 999,
    ),
    *(b"\xe2\x80\x94 ", b"=" * 8, b"1" * 5000, b"(" * 3000, b"not " * 2000, b"\r", b"\xef\xbb\xbf"),
)


def changed_bytes(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Return a content with bits turned, numbers made extreme, stretches moved or cut off."""
    out = bytearray(content)
    for _ in range(chance.choice(FEW)):
        if not out:
            break
        _change(out, others, chance)
    return bytes(out[:LONGEST])


def _change(out: bytearray, others: Sequence[bytes], chance: Random) -> None:
    at, draw = chance.randrange(len(out)), chance.randrange(20)
    if draw < 5:
        out[at] ^= 1 << chance.randrange(8)
    elif draw < 7:
        out[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    elif draw < 13:
        _number(out, at, chance)
    elif draw < 15:
        start, length = chance.randrange(len(out)), chance.randrange(1, 64)
        piece = out[start : start + length]
        out[at : at + chance.choice((0, len(piece)))] = piece
    elif draw < 16:
        del out[at : at + chance.choice((1, 2, 4, 8, chance.randrange(1, 200)))]
    elif draw < 17:
        out[at : at + 16] = bytes((chance.choice((0, 0xFF)),)) * len(out[at : at + 16])
    elif draw < 18:
        del out[at:]
    else:
        other = chance.choice(others)
        start = chance.randrange(len(other))
        length = chance.choice((4, 16, 64, len(other)))
        out[at : at + chance.choice((0, length))] = other[start : start + length]


def _number(out: bytearray, at: int, chance: Random) -> None:
    """Make what may be a count, a length or an offset extreme, or one off, or another place."""
    width, order = chance.choice(WIDTHS), chance.choice(ORDERS)
    if chance.random() < 0.7:
        at -= at % width
    if at + width > len(out):
        return
    now, most = int.from_bytes(out[at : at + width], order), (1 << 8 * width) - 1
    size = len(out)
    value = chance.choice(
        (
            *(0, 1, most, most >> 1, (most >> 1) + 1, most - 1, now + 1, now - 1, now * 2, -now),
            *(size, size - 1, size + 1, size - at, size - at - width, at, at + width, now << 8),
            *(0xFFFF, 0x10000, chance.randrange(size), chance.randrange(size)),
        )
    )
    out[at : at + width] = (value & most).to_bytes(width, order)


def changed_text(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Return a text with lines moved, and with what its readers stumble over put into it."""
    if chance.random() < 0.3:
        return changed_bytes(content, others, chance)
    lines = content.split(b"\n")
    for _ in range(chance.choice(FEW)):
        at = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                lines[at:at] = lines[at : at + chance.randrange(1, 4)]
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                other = chance.choice(others).split(b"\n")
                lines[at] = chance.choice(other)
            case 3:
                lines[at] = b" " * chance.randrange(5) + lines[at].lstrip()
            case _:
                piece = chance.choice((*PIECES, *(one.encode("utf-8", "replace") for one in WORDS)))
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + piece + lines[at][place + chance.randrange(6) :]
    return b"\n".join(lines)[:LONGEST]


def changed_json(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Return a JSON text of which values and members are others, absent, doubled or deep."""
    if chance.random() < 0.25:
        return changed_text(content, others, chance)
    tree = json.loads(content)
    try:
        for _ in range(chance.choice(FEW)):
            tree = _changed_tree(tree, chance)
        text = json.dumps(tree, ensure_ascii=chance.random() < 0.5, separators=(",", ":"))
    except RecursionError:  # deeper than this harness can write
        return b"[" * LONGEST
    return text.encode("utf-8", "surrogatepass")[:LONGEST]


def _changed_tree(tree: Any, chance: Random) -> Any:  # noqa: ANN401 (any JSON)
    """Change one value somewhere in a tree; the deeper, the likelier left as it is."""
    if not isinstance(tree, dict | list) or not tree or chance.random() < 0.1:
        return _odd(tree, chance)
    keys = list(tree) if isinstance(tree, dict) else range(len(tree))
    key = chance.choice(keys)
    draw = chance.randrange(10)
    if draw == 0:
        del tree[key]
    elif draw == 1 and isinstance(tree, list):
        tree.insert(key, tree[chance.choice(keys)])
    elif draw == 1:
        tree[chance.choice(WORDS)] = tree[key]
    else:
        tree[key] = _changed_tree(tree[key], chance)
    return tree


def _odd(value: Any, chance: Random) -> Any:  # noqa: ANN401 (any JSON)
    if isinstance(value, str) and chance.random() < 0.5:
        at = chance.randrange(len(value) + 1)
        return value[:at] + chance.choice(WORDS) + value[at + chance.randrange(3) :]
    if chance.random() < 0.04:
        deep: Any = value
        for _ in range(chance.choice((40, 300))):
            deep = [deep]
        return deep
    return deepcopy(chance.choice(ODD))  # what is put in may be changed in its turn


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries one after the other, each after its length, for inputs of several parts."""
    return b"".join(struct.pack(">H", len(one)) + one for one in entries)
