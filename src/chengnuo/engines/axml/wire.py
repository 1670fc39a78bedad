"""The wire format of protocol buffers: a message as its fields, nothing known of their meaning."""

from collections.abc import Iterator

from chengnuo.engines.axml.element import ResourceFormatError

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
FIXED = {FIXED64: 8, FIXED32: 4}
LONGEST_VARINT = 10
WORD = (1 << 64) - 1
NOTHING = memoryview(b"")


def fields(message: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Yield number, value and contents of each field of a message.

    The value of a field with contents is 0; the contents of a number are empty.

    Raises:
        ResourceFormatError: The message is cut off, or is none.

    """
    at, end = 0, len(message)
    while at < end:
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = _varint(message, at)
            yield number, value, NOTHING
            continue
        if kind == BYTES:
            length, at = _varint(message, at)
        elif kind in FIXED:
            length = FIXED[kind]
        else:
            raise ResourceFormatError(f"a field of a message has wire type {kind}")
        if length > end - at:
            raise ResourceFormatError("a field of a message is cut off")
        contents = message[at : at + length]
        at += length
        if kind == BYTES:
            yield number, 0, contents
        else:
            yield number, int.from_bytes(contents, "little"), NOTHING


def text(contents: memoryview) -> str:
    """Return a string of a message."""
    return bytes(contents).decode("utf-8", "replace")


def contents_of(message: memoryview, wanted: int) -> memoryview | None:
    """Return the contents of the last field of a number, None if it is not there."""
    found = None
    for number, _, contents in fields(message):
        if number == wanted:
            found = contents
    return found


def number_of(message: memoryview, wanted: int) -> int:
    """Return the value of the last field of a number, 0 if it is not there."""
    found = 0
    for number, value, _ in fields(message):
        if number == wanted:
            found = value
    return found


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for index, byte in enumerate(message[at : at + LONGEST_VARINT]):
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:  # noqa: PLR2004  the highest bit says that more follows
            return value & WORD, at + index + 1
    raise ResourceFormatError("a number of a message is cut off")
