"""Text files of records: their encoding, their compression and their lines, kept as they are.

A file is UTF-8 throughout, or it is taken as GB 18030, which also reads GBK and GB 2312. Delimiters
and line ends are looked for as bytes: neither encoding uses theirs inside a longer character.
"""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NamedTuple, cast

from chengnuo.adapters.connectors.files_forms import MOST_RECORD_BYTES, FormError

BOM = codecs.BOM_UTF8
_CHUNK = 256 * 1024
_GZIP = b"\x1f\x8b"
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Line(NamedTuple):
    """One line: its text as bytes, and what ends it."""

    text: bytes
    end: bytes


@contextmanager
def unpacked(file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the bytes of a file, uncompressed, from the beginning; may be sought to 0.

    Raises:
        FormError: It is damaged.

    """
    file.seek(0)
    packed = file.read(2) == _GZIP
    file.seek(0)
    try:
        if packed:
            with gzip.GzipFile(fileobj=file, mode="rb") as inner:
                yield cast("BinaryIO", inner)
        else:
            yield file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FormError("the compressed file is damaged") from error


@contextmanager
def packed_like(file: BinaryIO, to: BinaryIO) -> Iterator[BinaryIO]:
    """Yield where to write so that `to` is compressed if `file` is."""
    file.seek(0)
    if file.read(2) != _GZIP:
        yield to
        return
    with gzip.GzipFile(filename="", fileobj=to, mode="wb", mtime=0) as outer:
        yield cast("BinaryIO", outer)


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a file, which is read once for it and left at its beginning.

    Raises:
        FormError: It is in an encoding that cannot be read line by line.

    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = True
    found = "utf-8"
    try:
        while chunk := file.read(_CHUNK):
            if first and chunk.startswith(_WIDE_BOMS):
                raise FormError("UTF-16 is not read; expected UTF-8 or GB 18030")
            first = False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = "gb18030"
    file.seek(0)
    return found


def text_of(data: bytes, encoding: str) -> str:
    """Return bytes as text.

    Raises:
        FormError: They are not in the encoding.

    """
    with suppress(UnicodeDecodeError):  # it would carry the line along
        return data.decode(encoding)
    raise FormError("neither UTF-8 nor GB 18030")


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """Yield the lines of a file; a line may end in LF or CR LF, the last in nothing.

    Raises:
        FormError: A line is too long.

    """
    while raw := file.readline(MOST_RECORD_BYTES + 1):
        if len(raw) > MOST_RECORD_BYTES:
            raise FormError(f"a line is over {MOST_RECORD_BYTES} bytes")
        end = b"\r\n" if raw.endswith(b"\r\n") else b"\n" if raw.endswith(b"\n") else b""
        yield Line(raw[: len(raw) - len(end)], end)
