"""Boxes that are ticked: which views are some, whether one is from the start, what stands beside.

A box without a text of its own has its label beside it, after it or before it; which of both is
told by the boxes around it. A style may tick a box (Android developer documentation, "Styles").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.layouts import Layouts, View
from chengnuo.engines.axml.attribute_id import RESOURCE_IDS
from chengnuo.engines.axml.element import Reference, Value
from chengnuo.engines.axml.resources import Resources
from chengnuo.engines.axml.table import Bag
from chengnuo.engines.program.hierarchy import Hierarchy
from chengnuo.engines.program.mutf8 import text_of

_NAMED = (
    "checkbox",
    "radiobutton",
    "togglebutton",
    "compoundbutton",
    "checkedtextview",
    "checkable",
    "switch",
    "switchcompat",
    "chip",
)
_NOT_NAMED = ("switcher", "group", "chipbar", "listener")
_LEVELS = 3
"""How many views around a box are looked at for its label."""
_MOST_BESIDE = 200
"""Views around a box; with more of them none is looked at for its label."""
_STYLES = 20
"""Styles above one that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box on a screen.

    Attributes:
        view: The box.
        screen: File of the screen, which may include the box's own.
        label: What stands in it or beside it, in all languages.
        ids: Its id and those of what stands beside it.
        ticked: Whether it is from the start.

    """

    view: View
    screen: str
    label: tuple[str, ...]
    ids: tuple[int, ...]
    ticked: bool


def boxes_of(layouts: Layouts, hierarchy: Hierarchy) -> Iterator[Box]:
    """Yield the boxes of every screen, in the order of the screens and in theirs."""
    for file, root in layouts.screens.items():
        waiting: list[tuple[View, tuple[View, ...]]] = [(root, ())]
        while waiting:
            view, above = waiting.pop()
            waiting.extend((child, (*above, view)) for child in reversed(view.children))
            if is_box(view.class_name, hierarchy):
                yield Box(
                    view=view,
                    screen=file,
                    label=_label(view, above, layouts, hierarchy),
                    ids=_ids(view, above, hierarchy),
                    ticked=is_ticked(view, above, layouts.resources),
                )


def is_box(class_name: str, hierarchy: Hierarchy) -> bool:
    """Tell whether a class of views, as a layout names it, is a box that is ticked or not."""
    return _sounds(class_name) or is_box_type(hierarchy, f"L{class_name.replace('.', '/')};")


def is_box_type(hierarchy: Hierarchy, descriptor: str) -> bool:
    """Tell whether a type, or one above it, is a box that is ticked or not.

    What is above a type of the system is not known, so that its name tells.
    """
    of = hierarchy.program.type_id(descriptor)
    if of < 0:
        return False
    above = (hierarchy.program.types[one] for one in hierarchy.types_above(of).tolist())
    return any(_sounds(text_of(one.removesuffix(b";"))) for one in above)


def _sounds(name: str) -> bool:
    simple = name.replace("/", ".").rpartition(".")[2].lower()
    return simple.endswith(_NAMED) or (
        any(one in simple for one in _NAMED) and not any(one in simple for one in _NOT_NAMED)
    )


def is_ticked(view: View, above: tuple[View, ...], resources: Resources) -> bool:
    """Tell whether a box is ticked by its attributes, its style or the group that it is in."""
    element = view.element
    said = element.android("checked")
    if said is None and element.name.endswith("Preference"):
        said = element.android("defaultValue")
    if said is None:
        said = next((one.value for one in element.attributes if _says_ticked(one.name)), None)
    if said is not None:
        return _is_true(said, resources)
    if _ticked_by_group(view, above):
        return True
    style = element.plain("style")
    return isinstance(style, Reference) and _ticked_by_style(style.resource_id, resources)


def _says_ticked(name: str) -> bool:
    return name.lower().replace("_", "").endswith(("ischecked", "defaultchecked", "checked"))


def _is_true(value: Value, resources: Resources) -> bool:
    found = resources.plain(value)
    return found is True or (isinstance(found, str) and found.lower() == "true")


def _ticked_by_group(view: View, above: tuple[View, ...]) -> bool:
    if not above or not view.id:
        return False
    chosen = above[-1].element.android("checkedButton")
    return isinstance(chosen, Reference) and chosen.resource_id == view.id


def _ticked_by_style(style: int, resources: Resources) -> bool:
    for _ in range(_STYLES):
        rows = [row for table in resources.tables for row in table.rows(style)]
        bags = [row.value for row in rows if isinstance(row.value, Bag)]
        items = (item for bag in bags for item in bag.items)
        found = [one.value for one in items if one.key == RESOURCE_IDS["checked"]]
        if found:
            return _is_true(found[0], resources)
        style = next((bag.parent for bag in bags if bag.parent), 0)
        if not style:
            return False
    return False


def _label(
    view: View, above: tuple[View, ...], layouts: Layouts, hierarchy: Hierarchy
) -> tuple[str, ...]:
    """Return the texts of a box, or of what stands beside it."""
    found = layouts.texts(view)
    inner = view
    for outer in reversed(above[-_LEVELS:]):
        if found:
            break
        found = _beside(inner, outer, layouts, hierarchy)
        inner = outer
        if len(outer.children) > 1:  # whatever stands farther away is no label
            break
    return found


def _ids(view: View, above: tuple[View, ...], hierarchy: Hierarchy) -> tuple[int, ...]:
    """Return the id of a box, and those beside it where it is the only box."""
    beside = above[-1].children if above else (view,)
    if len(beside) > _MOST_BESIDE or sum(is_box(one.class_name, hierarchy) for one in beside) > 1:
        beside = (view,)
    return tuple(sorted({one.id for one in beside if one.id}))


def _beside(inner: View, outer: View, layouts: Layouts, hierarchy: Hierarchy) -> tuple[str, ...]:
    """Return the texts between a view and the boxes before and after it in the view around it."""
    if len(outer.children) > _MOST_BESIDE:
        return ()
    groups: list[list[str]] = [[]]
    mine = 0
    for child in outer.children:
        if child is inner:
            mine = len(groups)
            groups.append([])
        elif any(is_box(one.class_name, hierarchy) for one in child.all()):
            groups.append([])
        else:
            groups[-1] += [text for one in child.all() for text in layouts.texts(one)]
    before, after = (groups[mine - 1], groups[mine]) if mine else ([], [])
    if groups[-1] and not groups[0]:
        return tuple(after)
    if groups[0] and not groups[-1]:
        return tuple(before)
    return (*after, *before)
