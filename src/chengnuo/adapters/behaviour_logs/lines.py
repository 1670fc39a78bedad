"""Lines of a log as text, numbered, in bounded memory and whatever they are encoded in."""

from collections.abc import Iterator
from typing import BinaryIO, Final

LONGEST: Final = 4 << 20
"""Bytes of one line; what is longer comes in parts."""


def lines(source: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield the number of each line from 1, and the line without its end."""
    number = 0
    while line := source.readline(LONGEST):
        number += 1
        yield number, text_of(line).rstrip("\r\n")


def text_of(data: bytes) -> str:
    """Return bytes as text: UTF-8, else GB18030, whose damage is shown as a sign."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
