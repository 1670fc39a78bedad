"""The forms in which a value of a store is shown: to a program, to a person, and masked.

What is sensitive is shown masked until the individual has proved once more who they are (GB/T
35273 8.1 asks for a check before access; NDR Art. 23 for convenient means). A mask never shows
more than the first three and last four characters, and never more than half of a text.
"""

import base64
import math
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.explaining import TableExplained
from chengnuo.domain.rights.values import Value

Plain = str | int | float | bool | None
"""A value as JSON holds it."""

MOST_EXACT = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 8259 section 6)."""
_STAR = "*"
_HEAD, _TAIL = 3, 4
_LONG = 11
_BYTES = Text("（{count} 字节）", "({count} bytes)")
_YES, _NO = Text("是", "yes"), Text("否", "no")


def plain(value: Value) -> Plain:
    """Return a value as JSON holds it.

    Instants, dates and times are ISO 8601, bytes base64, decimals and identifiers their text; so
    are integers beyond 53 bits and numbers that are not finite.

    >>> plain(Decimal("1.50")), plain(b"ab"), plain(2**60), plain(float("inf"))
    ('1.50', 'YWI=', '1152921504606846976', 'inf')

    """
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) <= MOST_EXACT else str(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)


def in_text(value: Value) -> str:
    """Return a value as a table of text holds it; nothing is an empty text.

    >>> in_text(True), in_text(None), in_text(1.5)
    ('true', '', '1.5')

    """
    found = plain(value)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    return found if isinstance(found, str) else repr(found)


def in_words(value: Value, lang: Lang) -> str:
    """Return a value as a page shows it; bytes are counted, not spelled out."""
    match value:
        case bool():
            return (_YES if value else _NO).in_lang(lang)
        case bytes():
            return _BYTES.in_lang(lang).format(count=len(value))
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return in_text(value)


def shown(row: tuple[Value, ...], explained: TableExplained) -> tuple[Value, ...]:
    """Return a row with its sensitive values masked."""
    return tuple(
        masked(value) if column.sensitive else value
        for value, column in zip(row, explained.columns, strict=True)
    )


def masked(value: Value) -> Value:
    """Return a value with what would tell it hidden; None stays None.

    >>> masked("13800000000"), masked("张三"), masked("张"), masked(b"abc")
    ('138****0000', '张*', '*', '***')
    >>> masked(date(1890, 1, 2)), masked(None)
    ('***', None)

    """
    if value is None:
        return None
    if not isinstance(value, str):
        return _STAR * 3
    length = len(value)
    if length >= _LONG:
        return value[:_HEAD] + _STAR * (length - _HEAD - _TAIL) + value[-_TAIL:]
    shown = min(length // 2, _HEAD)
    return value[:shown] + _STAR * (length - shown)
