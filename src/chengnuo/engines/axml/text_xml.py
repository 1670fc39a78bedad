"""XML documents kept as text, as libraries of Android (AAR) keep their manifest.

Read by expat without entities, external or its own, and without a document type: a manifest has
no use for them, and they are how a small text becomes a large one or reads another file.
"""

import re
from xml.parsers import expat

from chengnuo.engines.axml.attribute_id import ANDROID, RESOURCE_IDS
from chengnuo.engines.axml.element import (
    Attribute,
    Document,
    Reference,
    ResourceFormatError,
    Value,
)
from chengnuo.engines.axml.tree_builder import TreeBuilder

TEXT_BYTES = 16 << 20
BETWEEN = "\n"
"""Between namespace and name; no character of either."""
REFERENCE = re.compile(r"([@?])\+?(?:[\w.]+:)?([a-z]+/[\w.]+)")
WORDS = {"true": True, "false": False}


def text_xml(data: bytes, where: str) -> Document:
    """Read a document.

    Args:
        data: The whole file.
        where: Its name, for damages.

    Raises:
        ResourceFormatError: It is too large, declares a document type, or is not well formed
            before its first element; what is damaged later is said in the document.

    """
    if len(data) > TEXT_BYTES:
        raise ResourceFormatError(f"`{where}` is a text of {len(data)} bytes")
    tree = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=BETWEEN)

    def start(tag: str, attributes: list[str]) -> None:
        namespace, _, name = tag.rpartition(BETWEEN)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        tree.start(
            name,
            namespace,
            tuple(_attribute(key, value) for key, value in pairs),
            parser.CurrentLineNumber,
        )

    def end(_tag: str) -> None:
        tree.end()

    def refuse(*_declared: object) -> None:
        raise ResourceFormatError(f"`{where}` declares a document type")

    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003  takes no name
    except (expat.ExpatError, ValueError, LookupError) as error:
        if not tree.has_elements:
            raise ResourceFormatError(f"`{where}` is no well-formed text") from error
        tree.odd("the text is not well formed to its end")
    return tree.document(where)


def typed(text: str) -> Value:
    """Return the value that a compiler makes of a text, numbers left as texts."""
    match = REFERENCE.fullmatch(text)
    if match:
        return Reference(name=match[2], is_theme=match[1] == "?")
    return WORDS.get(text, text)


def _attribute(key: str, text: str) -> Attribute:
    namespace, _, name = key.rpartition(BETWEEN)
    return Attribute(
        name=name,
        namespace=namespace,
        resource_id=RESOURCE_IDS.get(name, 0) if namespace == ANDROID else 0,
        value=typed(text),
    )
