"""What the system makes and calls because code shows a layout: views, fragments, click handlers.

Android developer documentation, "Layouts" and `LayoutInflater`: an element whose name has a dot is
a class of that name, made by its constructor with a context and attributes; `<view class>`,
`<fragment android:name>` and `FragmentContainerView` name theirs in an attribute; `android:onClick`
names a method of the activity that takes the view. Only layouts that are asked for are read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from chengnuo.engines.archive.package import File, Package
from chengnuo.engines.axml.element import Document, Element, Reference, Value
from chengnuo.engines.axml.resources import Resources
from chengnuo.engines.program.framework import Screen
from chengnuo.engines.program.mutf8 import bytes_of

NESTED = 20
"""Layouts inside layouts."""
_LAYOUT = "layout/"
_HOLDERS = frozenset({"fragment", "androidx.fragment.app.FragmentContainerView"})


@dataclass(frozen=True, slots=True)
class Inflating:
    """Tells what is in the layouts of a package; what was read is kept.

    Attributes:
        package: The package.
        resources: Its tables.
        read: Reads an XML file of it; None for one that cannot be read.

    """

    package: Package
    resources: Resources
    read: Callable[[File], Document | None]
    _screens: dict[int, Screen | None] = field(default_factory=dict, repr=False)
    _files: dict[str, File] = field(default_factory=dict, repr=False)

    def screen(self, number: int) -> Screen | None:
        """Return what a layout makes, by its resource id; None if it is none, or makes nothing."""
        if number not in self._screens:
            self._screens[number] = self._found(number)
        return self._screens[number]

    def _found(self, number: int) -> Screen | None:
        if not self.resources.name(number).startswith(_LAYOUT):
            return None
        classes: dict[str, None] = {}
        handlers: dict[str, None] = {}
        for element in self._elements(number, ()):
            named = _class_of(element)
            if "." in named:
                classes[named] = None
            handler = _text(element.android("onClick"))
            if handler and not handler.startswith("@"):
                handlers[handler] = None
        if not classes and not handlers:
            return None
        return Screen(
            classes=tuple(bytes_of(f"L{one.replace('.', '/')};") for one in classes),
            handlers=tuple(bytes_of(one) for one in handlers),
        )

    def _elements(self, number: int, within: tuple[int, ...]) -> Iterator[Element]:
        """Yield the elements of a layout in every form of it, those of included ones too."""
        if number in within or len(within) > NESTED:
            return
        for path in self.resources.files(number):
            file = self._file(path)
            document = self.read(file) if file is not None else None
            waiting = [document.root] if document is not None and document.root is not None else []
            while waiting:
                element = waiting.pop()
                yield element
                waiting.extend(reversed(element.children))
                included = element.plain("layout") or element.android("layout")
                if isinstance(included, Reference):
                    yield from self._elements(included.resource_id, (*within, number))

    def _file(self, path: str) -> File | None:
        if not self._files:
            for file in self.package.files:
                if file.entry is not None:
                    inner = file.entry.name
                    self._files.setdefault(inner, file)
                    # A module of an app bundle has its resources in a folder of its own.
                    self._files.setdefault(inner.partition("/")[2], file)
        return self._files.get(path)


def _class_of(element: Element) -> str:
    """Return the class that an element makes; without a dot if it is one of the system."""
    if element.name == "view":
        return _text(element.plain("class"))
    if element.name in _HOLDERS:
        return _text(element.android("name")) or _text(element.plain("class"))
    return element.name


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""
