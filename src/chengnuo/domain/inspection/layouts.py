"""Layouts of a package as trees of views, what each shows, and which files stand inside others.

Android developer documentation, "Layouts": `<include layout="@layout/x">` stands for the views of
another file, `<merge>` for views without a parent of their own. Texts are those of every
language: which one an individual sees is not known.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chengnuo.engines.archive.package import File, Package
from chengnuo.engines.axml.element import Document, Element, Reference, Value
from chengnuo.engines.axml.resources import Resources

LAYOUT_TYPES = ("layout", "xml")
"""Types of resources that hold screens: layouts, and screens of settings."""
DEPTH = 60
"""Levels of views, those of included files counted; Android draws far fewer."""
MOST_VIEWS = 20_000
"""Views of one screen with all that it includes."""
MOST_IN_ALL = 500_000
"""Views of all screens; files that include each other could make any number of them."""
_PLACES = re.compile(r"(?:.*/)?res/(?:layout|xml)[^/]*/[^/]+\.xml")
_SAID = frozenset(
    {"text", "hint", "title", "summary", "contentDescription", "textOn", "textOff", "label"}
)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One view of a screen.

    Attributes:
        file: The file that declares it.
        element: Its element.
        children: Views in it, in their order; those of an included file stand in its place.

    """

    file: str
    element: Element
    children: tuple["View", ...]

    def all(self) -> Iterator["View"]:
        """Yield this view and all below it, each before its children."""
        waiting = [self]
        while waiting:
            view = waiting.pop()
            yield view
            waiting.extend(reversed(view.children))

    @property
    def class_name(self) -> str:
        """Class as the file writes it; `<view class="a.B">` names it in an attribute."""
        named = self.element.plain("class") if self.element.name == "view" else None
        return named if isinstance(named, str) else self.element.name

    @property
    def id(self) -> int:
        """Resource id, 0 for none."""
        value = self.element.android("id")
        return value.resource_id if isinstance(value, Reference) else 0


@dataclass(frozen=True, slots=True)
class Layouts:
    """The screens of a package.

    Attributes:
        resources: Tables that values are looked up in.
        screens: Root of each file of a screen, by its name.
        files: Names of the files of each resource id.

    """

    resources: Resources
    screens: Mapping[str, View]
    files: Mapping[int, tuple[str, ...]]
    _texts: dict[Value, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _by_id: dict[int, list[tuple[View, str]]] = field(default_factory=dict, repr=False)
    _whole: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def texts(self, view: View) -> tuple[str, ...]:
        """Return what a view itself shows, in all languages."""
        found: dict[str, None] = {}
        for one in view.element.attributes:
            if isinstance(one.value, Reference) or one.name in _SAID:
                found.update(dict.fromkeys(self._texts_of(one.value)))
        return tuple(found)

    def _texts_of(self, value: Value) -> tuple[str, ...]:
        if value not in self._texts:
            self._texts[value] = self._told(value)
        return self._texts[value]

    def _told(self, value: Value) -> tuple[str, ...]:
        if isinstance(value, Reference):
            name = value.name or self.resources.name(value.resource_id)
            if not name.startswith("string/"):
                return ()
        return tuple(dict.fromkeys(one.text for one in self.resources.texts(value) if one.text))

    def screen_texts(self, file: str) -> tuple[str, ...]:
        """Return everything that a screen shows, in all languages."""
        if file not in self._whole:
            views = self.screens[file].all() if file in self.screens else iter(())
            texts = (text for view in views for text in self.texts(view))
            self._whole[file] = tuple(dict.fromkeys(texts))
        return self._whole[file]

    def with_id(self, resource_id: int) -> list[tuple[View, str]]:
        """Return the views of an id, each with the screen that it is on."""
        if not self._by_id:
            self._by_id[0] = []
            for file, root in self.screens.items():
                for view in root.all():
                    if view.id:
                        self._by_id.setdefault(view.id, []).append((view, file))
        return self._by_id.get(resource_id, [])


def layouts_of(
    package: Package, resources: Resources, documents: Iterator[tuple[File, Document]]
) -> Layouts:
    """Return the screens of a package.

    Args:
        package: The package.
        resources: Its tables.
        documents: Files of it that may be screens, read.

    """
    roots = {file.name: document.root for file, document in documents}
    by_entry: dict[str, list[str]] = {}
    for file in package.files:
        if file.name in roots and file.entry is not None:
            by_entry.setdefault(_in_module(file.entry.name), []).append(file.name)
    files = {
        number: tuple(name for path in resources.files(number) for name in by_entry.get(path, ()))
        for kind in LAYOUT_TYPES
        for number in resources.ids(kind)
    }
    building = _Building(roots, files)
    screens = {name: building.view(name, root) for name, root in roots.items()}
    return Layouts(resources, screens, files)


def screen_files(package: Package, resources: Resources) -> tuple[File, ...]:
    """Return the files that may be screens, in the order of the package."""
    paths = {
        path
        for kind in LAYOUT_TYPES
        for number in resources.ids(kind)
        for path in resources.files(number)
    }
    return tuple(
        file
        for file in package.files
        if file.entry is not None
        and (_in_module(file.entry.name) in paths or _PLACES.fullmatch(file.entry.name))
    )


def _in_module(name: str) -> str:
    """Return the path in its module, as a table of resources writes it."""
    module, _, path = name.partition("/")
    return path if module != "res" and path.startswith("res/") else name


@dataclass(slots=True)
class _Building:
    """Puts included files into their places.

    Attributes:
        roots: Root element of each file.
        files: Names of the files of each resource id.
        left: Views that one screen may still have.
        in_all: Views that all screens may still have.

    """

    roots: Mapping[str, Element]
    files: Mapping[int, tuple[str, ...]]
    left: int = 0
    in_all: int = MOST_IN_ALL

    def view(self, file: str, root: Element) -> View:
        """Return a file as a tree of views."""
        most = min(MOST_VIEWS, self.in_all)
        self.left = most
        found = self._view(file, root, (file,))
        self.in_all -= most - max(self.left, 0)
        return found

    def _view(self, file: str, element: Element, within: tuple[str, ...], depth: int = 0) -> View:
        children: list[View] = []
        for child in element.children if depth < DEPTH else ():
            self.left -= 1
            if self.left < 0:
                break
            if child.name == "include":
                children += self._included(child, within, depth + 1)
            else:
                children.append(self._view(file, child, within, depth + 1))
        return View(file, element, tuple(children))

    def _included(self, element: Element, within: tuple[str, ...], depth: int) -> Iterator[View]:
        """Yield what an `include` stands for; a file inside itself is left out."""
        named = element.plain("layout") or element.android("layout")
        number = named.resource_id if isinstance(named, Reference) else 0
        for name in self.files.get(number, ())[:1]:
            if name not in within:
                found = self._view(name, self.roots[name], (*within, name), depth)
                if found.element.name == "merge":
                    yield from found.children
                else:
                    yield found
