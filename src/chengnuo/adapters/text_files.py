"""Text of files and of standard input, whatever it is encoded in, in bounded memory.

UTF-16 is told by its mark. Everything else is read line by line, as UTF-8 or, where a line is not,
as GB18030: logs that several programs write mix the two. A NUL says that it is no text.
"""

import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from chengnuo.ports.texts import NotTextError, TextUnreadableError

_CHUNK_BYTES: Final = 1 << 16
_LONGEST_LINE_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class TextFiles:
    """Reads text from files and standard input."""

    def pieces(self, file: Path | None) -> Iterator[str]:
        """Yield the text of a file, or of standard input if `None`, in pieces of whole lines.

        A line of more than a megabyte comes in parts.

        Raises:
            NotTextError: It is not text.
            TextUnreadableError: It cannot be read.

        """
        if file is None:
            yield from _decoded(sys.stdin.buffer, "-")
            return
        try:
            with file.open("rb") as opened:
                yield from _decoded(opened, file.name)
        except OSError as error:
            raise TextUnreadableError(file.name, error.strerror or "no reason given") from error


def _decoded(opened: BinaryIO, name: str) -> Iterator[str]:
    head = opened.read(_CHUNK_BYTES)
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        yield from _utf16(head, opened, name)
    else:
        yield from _lines(head.removeprefix(BOM_UTF8), opened, name)


def _utf16(head: bytes, source: BinaryIO, name: str) -> Iterator[str]:
    decoder = getincrementaldecoder("utf-16")()
    line, chunk = 1, head
    while True:
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise NotTextError(name, line) from error
        yield text
        line += text.count("\n")
        if not chunk:
            return
        chunk = source.read(_CHUNK_BYTES)


def _lines(head: bytes, source: BinaryIO, name: str) -> Iterator[str]:
    line, waiting = 1, head
    while waiting:
        more = source.read(_CHUNK_BYTES)
        end = waiting.rfind(b"\n") + 1
        if more and not end:
            if len(waiting) < _LONGEST_LINE_BYTES:
                waiting += more
                continue
            # No byte of a longer character of UTF-8 or GB18030 is a space, a comma or a quote.
            end = max(waiting.rfind(sign) for sign in (b" ", b",", b'"')) + 1
        whole = waiting[:end] if more and end else waiting
        yield _text(whole, name, line)
        line += whole.count(b"\n")
        waiting = waiting[len(whole) :] + more


def _text(lines: bytes, name: str, first: int) -> str:
    try:
        text = lines.decode("utf-8")
    except UnicodeDecodeError:
        text = "".join(
            _line(line, name, first + place)
            for place, line in enumerate(lines.splitlines(keepends=True))
        )
    if "\0" in text:
        raise NotTextError(name, first + text[: text.index("\0")].count("\n"))
    return text


def _line(line: bytes, name: str, number: int) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotTextError(name, number)
