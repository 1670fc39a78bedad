"""The constant pool of one class file (JVMS 4.4)."""

import re
from enum import IntEnum
from struct import Struct
from typing import Final

from chengnuo.engines.classfile.cursor import MalformedError


class Tag(IntEnum):
    """What an entry is (JVMS table 4.4-A)."""

    NOTHING = 0
    """Entry 0, the second place of a `long` or `double`, or an entry that is damaged."""
    UTF8 = 1
    INTEGER = 3
    FLOAT = 4
    LONG = 5
    DOUBLE = 6
    CLASS = 7
    STRING = 8
    FIELD = 9
    METHOD = 10
    INTERFACE_METHOD = 11
    NAME_AND_TYPE = 12
    METHOD_HANDLE = 15
    METHOD_TYPE = 16
    DYNAMIC = 17
    INVOKE_DYNAMIC = 18
    MODULE = 19
    PACKAGE = 20


_TWO: Final = Struct(">HH").unpack_from
FIRST_ENTRY: Final = 10
"""Where the first entry begins: after magic, versions and the count."""
_SIZES: Final = {
    Tag.INTEGER: 5,
    Tag.FLOAT: 5,
    Tag.LONG: 9,
    Tag.DOUBLE: 9,
    Tag.CLASS: 3,
    Tag.STRING: 3,
    Tag.FIELD: 5,
    Tag.METHOD: 5,
    Tag.INTERFACE_METHOD: 5,
    Tag.NAME_AND_TYPE: 5,
    Tag.METHOD_HANDLE: 4,
    Tag.METHOD_TYPE: 3,
    Tag.DYNAMIC: 5,
    Tag.INVOKE_DYNAMIC: 5,
    Tag.MODULE: 3,
    Tag.PACKAGE: 3,
}
_BYTES: Final = [_SIZES.get(Tag(tag), 0) if tag in list(Tag) else 0 for tag in range(256)]
_VALUE: Final = rb"\[{0,255}(?:[BCDFIJSZ]|L[^;\[]+;)"
FIELD_DESCRIPTOR: Final = re.compile(_VALUE)
METHOD_DESCRIPTOR: Final = re.compile(rb"\((?:" + _VALUE + rb")*\)(?:V|" + _VALUE + rb")")
_CLASS_NAME: Final = re.compile(rb"[^;\[.]+")


class ConstantPool:
    """Entries of one class file, looked up when they are asked for.

    Args:
        data: The class file, of at least `FIRST_ENTRY` bytes.

    Attributes:
        tags: `(count,)`, the `Tag` of each entry.
        places: `(count,)`, where what follows its tag begins.
        end: Where the pool ends.

    Raises:
        MalformedError: An entry is of no kind, or the entries do not fit into the file.

    """

    __slots__ = ("_texts", "data", "end", "places", "tags")

    def __init__(self, data: bytes) -> None:
        count = data[8] << 8 | data[9]
        size = len(data)
        tags, places = bytearray(count), [0] * count
        place, entry, sizes = FIRST_ENTRY, 1, _BYTES
        while entry < count:
            if place + 3 > size:
                message = f"entry {entry} of its constant pool is beyond its end"
                raise MalformedError(message)
            tag = data[place]
            tags[entry], places[entry] = tag, place + 1
            if tag == 1:
                place += 3 + (data[place + 1] << 8 | data[place + 2])
            elif sizes[tag]:
                place += sizes[tag]
                entry += tag in _TWO_ENTRIES
            else:
                message = f"entry {entry} of its constant pool is of no kind ({tag})"
                raise MalformedError(message)
            entry += 1
        if place > size or entry > max(count, 1):
            message = "its constant pool does not end within it"
            raise MalformedError(message)
        self.data, self.tags, self.places, self.end = data, tags, places, place
        self._texts: dict[int, bytes] = {}

    def u2(self, entry: int, offset: int = 0) -> int:
        """Return a number of two bytes of an entry that is known to be there."""
        place = self.places[entry] + offset
        return self.data[place] << 8 | self.data[place + 1]

    def two(self, entry: int) -> tuple[int, int]:
        """Return the two numbers of two bytes of an entry that is known to be there."""
        first, second = _TWO(self.data, self.places[entry])
        return first, second

    def u4(self, entry: int, offset: int = 0) -> int:
        """Return a signed number of four bytes of an entry that is known to be there."""
        place = self.places[entry] + offset
        return int.from_bytes(self.data[place : place + 4], "big", signed=True)

    def u8(self, entry: int) -> int:
        """Return a signed number of eight bytes of an entry that is known to be there."""
        place = self.places[entry]
        return int.from_bytes(self.data[place : place + 8], "big", signed=True)

    def checked(self, entry: int, tag: Tag) -> int:
        """Return an entry that is of a kind.

        Raises:
            MalformedError: It is not.

        """
        if entry >= len(self.tags) or self.tags[entry] != tag:
            message = f"entry {entry} of its constant pool is no {tag.name}"
            raise MalformedError(message)
        return entry

    def utf8(self, entry: int) -> bytes:
        """Return a text, modified UTF-8.

        Raises:
            MalformedError: The entry is none.

        """
        text = self._texts.get(entry)
        if text is None:
            place = self.places[self.checked(entry, Tag.UTF8)]
            size = self.data[place] << 8 | self.data[place + 1]
            text = self._texts[entry] = self.data[place + 2 : place + 2 + size]
        return text

    def class_name(self, entry: int) -> bytes:
        """Return the name of a class, or the descriptor of an array, as they stand in the file.

        Raises:
            MalformedError: The entry is none.

        """
        return self.utf8(self.u2(self.checked(entry, Tag.CLASS)))

    def type(self, entry: int) -> bytes:
        """Return the descriptor of a class or array.

        Raises:
            MalformedError: The entry is none, or its name is no name.

        """
        name = self.class_name(entry)
        if name[:1] == b"[" and FIELD_DESCRIPTOR.fullmatch(name):
            return name
        if not _CLASS_NAME.fullmatch(name):
            message = f"entry {entry} of its constant pool does not name a class"
            raise MalformedError(message)
        return b"L%b;" % name

    def name_and_type(self, entry: int) -> tuple[bytes, bytes]:
        """Return a name and a descriptor, which may be of a field or a method.

        Raises:
            MalformedError: The entry is none.

        """
        name, descriptor = self.two(self.checked(entry, Tag.NAME_AND_TYPE))
        return self.utf8(name), self.utf8(descriptor)


_TWO_ENTRIES: Final = frozenset({Tag.LONG, Tag.DOUBLE})
