"""An XML document of a package as one tree, whichever of three forms it was kept in.

Compiled documents (binary XML, protobuf) carry typed values; in a text every value is a string,
but `@type/name` and `?type/name`, `true` and `false`, which compilers turn into the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from chengnuo.base.errors import InvalidInputError
from chengnuo.engines.axml.attribute_id import ANDROID, RESOURCE_IDS
from chengnuo.engines.program.unit import Damage

DEPTH = 100
"""Levels of elements; deeper ones are left out and said. Views of Android end long before."""
ELEMENTS = 500_000


class ResourceFormatError(InvalidInputError):
    """A manifest, layout or resource table cannot be read at all."""

    code = "resource-format"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; expected binary XML, protobuf or text of an Android package")
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A value that is another resource.

    Attributes:
        resource_id: 0 where only the name is known.
        name: As `string/app_name`, empty where only the id is known.
        is_theme: It names an attribute of the theme (`?attr/x`), not a resource.

    """

    resource_id: int = 0
    name: str = ""
    is_theme: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A value of a type that is not looked into: dimension, fraction, colour, float, nothing.

    Attributes:
        kind: Its `dataType` (`Res_value` of the resource format).
        data: Its 32 bits.

    """

    kind: int
    data: int


Value: TypeAlias = str | bool | int | Reference | Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute.

    Attributes:
        name: Its name, from its id where that is known.
        namespace: URI, empty for none.
        resource_id: 0 for none.
        value: Its value.

    """

    name: str
    namespace: str
    resource_id: int
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element.

    Attributes:
        name: Its tag.
        namespace: URI of the tag, empty for none.
        attributes: In the order of the document.
        children: Elements in it.
        text: Character data directly in it, joined.
        line: Line in the source that it was compiled from, 0 where that is not kept.

    """

    name: str
    namespace: str = ""
    attributes: tuple[Attribute, ...] = ()
    children: tuple["Element", ...] = ()
    text: str = ""
    line: int = 0

    def android(self, name: str) -> Value | None:
        """Return the value of an attribute of Android, looked up as Android does: by its id."""
        number = RESOURCE_IDS.get(name)
        for one in self.attributes:
            if number is None:
                if one.name == name and one.namespace == ANDROID:
                    return one.value
            elif one.resource_id == number:
                return one.value
        return None

    def plain(self, name: str) -> Value | None:
        """Return the value of an attribute that has no namespace, by its name."""
        for one in self.attributes:
            if one.name == name and not one.namespace and not one.resource_id:
                return one.value
        return None

    def under(self, name: str) -> Iterator["Element"]:
        """Yield the children with a tag, in their order."""
        return (child for child in self.children if child.name == name)

    def all(self) -> Iterator["Element"]:
        """Yield this element and all below it, each before its children."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document and what of it could not be read."""

    root: Element
    damages: tuple[Damage, ...] = ()
