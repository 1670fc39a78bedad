"""Objects of a JSON text one by one, in bounded memory: of an array, or one after another.

A log of 300 MB is never held whole. Objects at a depth are cut out by their braces, outside of
texts, and each is decoded by itself: one that is damaged or too large is lost alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import msgspec

MOST_BYTES: Final = 32 << 20
"""Size of one object, and of one text outside of objects; what is larger ends the reading."""
_CHUNK: Final = 1 << 20
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]"]', re.DOTALL)
_OPENING: Final = frozenset((b"{", b"["))


@dataclass(frozen=True, slots=True)
class Cut:
    """An object, or why it could not be read.

    Attributes:
        tree: The object; None where it could not be read.
        why: What is wrong with it; empty where nothing is.

    """

    tree: dict[str, object] | None
    why: str = ""


def objects(source: BinaryIO, *, within: int) -> Iterator[Cut]:  # noqa: C901 (one loop over signs)
    """Yield the objects that begin inside so many brackets, in the order of the text.

    Args:
        source: The text, in UTF-8.
        within: How many `{` and `[` are open where an object begins: 0 for one after another, 1
            for an array, 3 for an array in an object in an object.

    """
    depth, waiting = 0, b""
    while True:
        more = source.read(_CHUNK)
        data = waiting + more
        begin, end = -1, 0
        for token in _TOKEN.finditer(data):
            sign = token.group()
            if sign == b'"' and more:
                break  # the piece ends in the middle of a text
            end = token.end()
            if sign in _OPENING:
                if depth == within and sign == b"{":
                    begin = token.start()
                depth += 1
            elif not sign.startswith(b'"'):
                depth = max(depth - 1, 0)
                if depth == within and begin >= 0:
                    yield decoded(data[begin:end])
                    begin = -1
        if begin >= 0:  # its braces are counted again with the next piece
            depth, end = within, begin
        waiting = data[end:]
        if not more:
            if begin >= 0:
                yield Cut(None, "the file ends in the middle of an object")
            return
        if len(waiting) > MOST_BYTES:
            yield Cut(None, "an object or text is larger than is read")
            return


def decoded(data: bytes | str) -> Cut:
    """Return one object; text around it is an error."""
    try:
        tree = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return Cut(None, f"no JSON that can be read: {type(error).__name__}")
    return Cut(tree) if isinstance(tree, dict) else Cut(None, "no object")
