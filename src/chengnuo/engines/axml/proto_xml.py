"""XML in protobuf form, as app bundles keep it (aapt2's `Resources.proto`: `XmlNode`)."""

from chengnuo.engines.axml import wire
from chengnuo.engines.axml.attribute_id import ANDROID, NAMES, RESOURCE_IDS
from chengnuo.engines.axml.element import Attribute, Document, ResourceFormatError, Value
from chengnuo.engines.axml.proto_item import item_of
from chengnuo.engines.axml.tree_builder import TreeBuilder

ELEMENT, TEXT, SOURCE = 1, 2, 3
NAMESPACE, NAME, ATTRIBUTE, CHILD = 2, 3, 4, 5
VALUE, RESOURCE_ID, COMPILED = 3, 5, 6
ID_BITS = (1 << 32) - 1


def proto_xml(data: bytes, where: str) -> Document:
    """Read a document.

    Args:
        data: The whole file.
        where: Its name, for damages.

    Raises:
        ResourceFormatError: It is no such message, or holds no element.

    """
    tree = TreeBuilder()
    # None closes the element that was opened last.
    waiting: list[memoryview | None] = [memoryview(data)]
    while waiting:
        node = waiting.pop()
        if node is None:
            tree.end()
            continue
        try:
            children = _node(node, tree)
        except ResourceFormatError:
            if not tree.has_elements:
                raise
            tree.odd("a part of the document is cut off")
            continue
        if children is not None:
            waiting.append(None)
            waiting.extend(reversed(children))
    return tree.document(where)


def _node(message: memoryview, tree: TreeBuilder) -> list[memoryview] | None:
    """Open the element of a node and return its children; a text has none."""
    element: memoryview | None = None
    line = 0
    for number, _, contents in wire.fields(message):
        if number == ELEMENT:
            element = contents
        elif number == TEXT:
            tree.text(wire.text(contents))
        elif number == SOURCE:
            line = wire.number_of(contents, 1) & ID_BITS
    return None if element is None else _element(element, line, tree)


def _element(message: memoryview, line: int, tree: TreeBuilder) -> list[memoryview]:
    """Open an element and return its children; none where it is out of bounds."""
    name, namespace = "", ""
    attributes: list[Attribute] = []
    children: list[memoryview] = []
    for number, _, contents in wire.fields(message):
        if number == NAME:
            name = wire.text(contents)
        elif number == NAMESPACE:
            namespace = wire.text(contents)
        elif number == ATTRIBUTE:
            attributes.append(_attribute(contents))
        elif number == CHILD:
            children.append(contents)
    return children if tree.start(name, namespace, tuple(attributes), line) else []


def _attribute(message: memoryview) -> Attribute:
    name, namespace, resource_id = "", "", 0
    value: Value = ""
    compiled: Value | None = None
    for number, found, contents in wire.fields(message):
        if number == 1:
            namespace = wire.text(contents)
        elif number == 2:  # noqa: PLR2004  XmlAttribute.name
            name = wire.text(contents)
        elif number == VALUE:
            value = wire.text(contents)
        elif number == RESOURCE_ID:
            resource_id = found & ID_BITS
        elif number == COMPILED:
            compiled = item_of(contents)
    if not resource_id and namespace == ANDROID:
        resource_id = RESOURCE_IDS.get(name, 0)
    return Attribute(
        name=NAMES.get(resource_id) or name,
        namespace=namespace,
        resource_id=resource_id,
        value=value if compiled is None else compiled,
    )
