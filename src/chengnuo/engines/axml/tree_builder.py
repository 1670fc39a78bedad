"""Builds the tree of a document out of starts and ends, within bounds, and mends what is open."""

from dataclasses import dataclass, field

from chengnuo.engines.axml.element import (
    DEPTH,
    ELEMENTS,
    Attribute,
    Document,
    Element,
    ResourceFormatError,
)
from chengnuo.engines.program.unit import Damage


@dataclass(slots=True, kw_only=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    namespace: str
    attributes: tuple[Attribute, ...]
    line: int
    children: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def closed(self) -> Element:
        """Return it with what came into it."""
        return Element(
            name=self.name,
            namespace=self.namespace,
            attributes=self.attributes,
            children=tuple(self.children),
            text="".join(self.text),
            line=self.line,
        )


class TreeBuilder:
    """Takes starts, texts and ends in the order of the document."""

    def __init__(self) -> None:
        """Begin an empty document."""
        self._open: list[_Open] = []
        self._root: Element | None = None
        self._too_deep = 0
        self._count = 0
        self._said: dict[str, int] = {}

    @property
    def has_elements(self) -> bool:
        """Tell whether any element was opened."""
        return self._count > 0

    def start(
        self, name: str, namespace: str, attributes: tuple[Attribute, ...], line: int
    ) -> bool:
        """Open an element, and tell whether it counts: not beyond the bounds or behind the root."""
        self._count += 1
        if self._too_deep or len(self._open) >= DEPTH or self._count > ELEMENTS:
            self._too_deep += 1
            self.odd("elements beyond the bounds were left out")
        elif self._root is not None:
            self._too_deep += 1
            self.odd("elements behind the root were left out")
        else:
            self._open.append(
                _Open(name=name, namespace=namespace, attributes=attributes, line=line)
            )
        return not self._too_deep

    def text(self, text: str) -> None:
        """Add character data to the element that is open."""
        if self._open and not self._too_deep:
            self._open[-1].text.append(text)

    def end(self) -> None:
        """Close the element opened last."""
        if self._too_deep:
            self._too_deep -= 1
        elif self._open:
            self._close()
        else:
            self.odd("an end without a start")

    def odd(self, why: str) -> None:
        """Note something odd; the same is counted, not repeated."""
        self._said[why] = self._said.get(why, 0) + 1

    def document(self, where: str) -> Document:
        """Return the document; elements left open are closed and said.

        Raises:
            ResourceFormatError: There is no element.

        """
        if self._open:
            self.odd("elements are not closed")
        while self._open:
            self._close()
        if self._root is None:
            raise ResourceFormatError(f"`{where}` has no element")
        damages = tuple(
            Damage(where=where, why=why if count == 1 else f"{why} ({count} times)")
            for why, count in self._said.items()
        )
        return Document(root=self._root, damages=damages)

    def _close(self) -> None:
        element = self._open.pop().closed()
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
