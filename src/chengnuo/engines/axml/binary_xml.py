"""Compiled XML documents of Android (`ResXMLTree` of ResourceTypes.h), as the platform reads them.

The type of the outermost chunk is not looked at, unknown chunks are stepped over, the size of an
attribute is the one that its element tells: manifests are made to fail readers that expect what
the build tools write, and still have to work on a phone.
"""

from struct import Struct

from chengnuo.engines.axml import chunk as chunks
from chengnuo.engines.axml.attribute_id import NAMES
from chengnuo.engines.axml.chunk import HEADER, Chunk
from chengnuo.engines.axml.element import Attribute, Document, ResourceFormatError
from chengnuo.engines.axml.res_value import STRING, value_of
from chengnuo.engines.axml.string_pool import NO_STRING, StringPool
from chengnuo.engines.axml.tree_builder import TreeBuilder

NODE = Struct("<2I")
START = Struct("<2I3H")
ATTRIBUTE = Struct("<3I2x2BI")
INDEX = Struct("<I")
IDS = 1 << 16
"""Attributes with an id in one document; there are about 2,000 public ones."""


def binary_xml(data: bytes, where: str) -> Document:
    """Read a compiled document.

    Args:
        data: The whole file.
        where: Its name, for damages.

    Raises:
        ResourceFormatError: It is no chunk, or holds no element.

    """
    if len(data) < HEADER.size:
        raise ResourceFormatError(f"`{where}` is too short")
    _, header, size = HEADER.unpack_from(data, 0)
    if header < HEADER.size:
        raise ResourceFormatError(f"`{where}` is no compiled document")
    tree = TreeBuilder()
    end = min(size, len(data))
    if size != len(data):
        tree.odd("its size is not that of the file")
    reader = _Reader(data, tree)
    last = header
    for chunk in chunks.chunks(data, header, end):
        reader.take(chunk)
        last = chunk.end
    if last < end:
        tree.odd("bytes at its end are no chunk")
    return tree.document(where)


class _Reader:
    """Takes the chunks of one document."""

    def __init__(self, data: bytes, tree: TreeBuilder) -> None:
        self._data = data
        self._tree = tree
        self._pool = StringPool(data, None)
        self._has_pool = False
        self._ids: tuple[int, ...] = ()

    def take(self, chunk: Chunk) -> None:
        """Take the next chunk."""
        if chunk.type == chunks.XML_START_ELEMENT:
            self._start(chunk)
        elif chunk.type == chunks.XML_END_ELEMENT:
            self._tree.end()
        elif chunk.type == chunks.XML_CDATA:
            begins = chunk.at + chunk.header
            if begins + INDEX.size <= chunk.end:
                self._tree.text(self._string(INDEX.unpack_from(self._data, begins)[0]))
        elif chunk.type == chunks.STRING_POOL and not self._has_pool:
            self._pool = StringPool(self._data, chunk)
            self._has_pool = True
        elif chunk.type == chunks.XML_RESOURCE_MAP:
            count = min((chunk.size - chunk.header) // INDEX.size, IDS)
            self._ids = Struct(f"<{count}I").unpack_from(self._data, chunk.at + chunk.header)

    def _start(self, chunk: Chunk) -> None:
        begins = chunk.at + chunk.header
        if chunk.header < HEADER.size + NODE.size or begins + START.size > chunk.end:
            self._tree.odd("an element is cut off")
            self._tree.start("", "", (), 0)
            return
        line, _ = NODE.unpack_from(self._data, chunk.at + HEADER.size)
        namespace, name, first, step, count = START.unpack_from(self._data, begins)
        fit = max(0, chunk.end - begins - first) // step if step >= ATTRIBUTE.size else 0
        if count > fit:
            self._tree.odd("attributes are cut off")
        self._tree.start(
            self._string(name),
            self._string(namespace),
            tuple(self._attribute(begins + first + step * i) for i in range(min(count, fit))),
            line,
        )

    def _attribute(self, at: int) -> Attribute:
        namespace, name, raw, _, kind, data = ATTRIBUTE.unpack_from(self._data, at)
        number = self._ids[name] if name < len(self._ids) else 0
        if kind == STRING and data == NO_STRING:
            data = raw
        return Attribute(
            name=NAMES.get(number) or self._string(name),
            namespace=self._string(namespace),
            resource_id=number,
            value=value_of(kind, data, self._pool),
        )

    def _string(self, index: int) -> str:
        text = self._pool.get(index)
        if text is None:
            if index != NO_STRING:
                self._tree.odd("a name or text is not in its pool")
            return ""
        return text
