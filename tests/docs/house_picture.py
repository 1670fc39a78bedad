"""The pictures of the house, drawn from the imports of the program itself.

Each floor, or room of the domain, is a box; a line leaves it and comes down to whatever it imports.
Which floor lies above which is what import-linter is told.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.docs.markdown import ROOT

from chengnuo.engines.drawing.parts import GAP, WIDE, Box, Drawing, Label, Mark, rect
from chengnuo.engines.drawing.scale import wide_of
from chengnuo.engines.drawing.svg import svg_alone

PACKAGE = ROOT / "src" / "chengnuo"
_IMPORT = re.compile(r"^\s*(?:from|import) (chengnuo(?:\.\w+)+)", re.MULTILINE)
_LOW, _BETWEEN, _LANE, _EDGE, _HEAD = 44, 14, 20, 2, 6
_STEP, _LINE, _TEXT_AT = 9, 19, 124
_ROW = re.compile(r"^\| \[(\w+)\]\(\w+\.md\) \| (.+) \|$", re.MULTILINE)
_CEILING = (
    "A box imports whatever its line comes down to, beside what lies in it. No line goes up: "
    "the check of the floors would fail."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Boxes from the roof down with what lies in each, and who imports whom."""

    boxes: Mapping[str, str]
    arrows: frozenset[tuple[str, str]]


def layers(name: str) -> list[str]:
    """Return what import-linter is told of a contract, from the top down."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (found,) = (
        contract["layers"]
        for contract in told["tool"]["importlinter"]["contracts"]
        if contract["name"] == name
    )
    return [one.strip("() ") for layer in found for one in layer.split("|")]


def _place(module: str, inside: str) -> str | None:
    """Return which part of a package a module is in or is."""
    start = f"{inside}."
    return module.removeprefix(start).split(".")[0] if module.startswith(start) else None


def arrows(inside: str) -> frozenset[tuple[str, str]]:
    """Return who imports whom among the parts of a package."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        here = _place(module, inside)
        for wanted in _IMPORT.findall(path.read_text(encoding="utf-8")):
            there = _place(wanted, inside)
            if here and there and here != there:
                found.add((here, there))
    return frozenset(found)


def _rooms_in(folder: Path) -> str:
    rooms = sorted(init.parent.name for init in folder.glob("*/__init__.py"))
    return ", ".join(rooms)


def floors() -> House:
    """Return the floors of the program."""
    names = layers("Floors: arrows go down")
    boxes = {name: _rooms_in(PACKAGE / name) for name in names}
    known = frozenset((a, b) for a, b in arrows("chengnuo") if a in boxes and b in boxes)
    return House(boxes=boxes, arrows=known)


def rooms() -> House:
    """Return the rooms of the domain."""
    there = {init.parent.name for init in (PACKAGE / "domain").glob("*/__init__.py")}
    names = [name for name in layers("Rooms of the domain") if name in there]
    page = (ROOT / "docs" / "rooms" / "index.md").read_text(encoding="utf-8")
    holds = dict(_ROW.findall(page))
    boxes = {name: holds[name] for name in names}
    return House(boxes=boxes, arrows=arrows("chengnuo.domain"))


def picture(house: House, *, key: str, title: str) -> str:
    """Return the picture of a house."""
    box = _laid(house)
    words = f"{_CEILING} {told(house)}"
    return svg_alone(Drawing(key=key, title=title, words=words, wide=box, narrow=box)) + "\n"


def told(house: House) -> str:
    """Return the arrows of a house in words."""
    below = {
        name: [one for one in house.boxes if (name, one) in house.arrows] for name in house.boxes
    }
    return " ".join(f"{name} imports {', '.join(found)}." for name, found in below.items() if found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a box lies, the lines of words in it, and who comes down to it."""

    top: int
    high: int
    lines: tuple[str, ...]
    callers: tuple[str, ...]


def _places(house: House, wide: int) -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    top = _EDGE
    for name, text in house.boxes.items():
        lines = tuple(_wrapped(text, wide - _TEXT_AT - GAP))
        callers = tuple(one for one in house.boxes if (one, name) in house.arrows)
        high = max(_LOW, _LINE * len(lines) + 14, _STEP * len(callers) + 24)
        found[name] = _Place(top=top, high=high, lines=lines, callers=callers)
        top += high + _BETWEEN
    return found


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and wide_of(f"{line} {word}") > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def _laid(house: House) -> Box:
    sources = [name for name in house.boxes if any(a == name for a, _ in house.arrows)]
    wide = WIDE - _LANE * (len(sources) + 1)
    places = _places(house, wide)
    marks: list[Mark] = []
    labels: list[Label] = []
    for name, place in places.items():
        marks.append(Mark("box", rect(_EDGE, place.top, wide - _EDGE, place.high)))
        middle = place.top + place.high / 2 + 5
        labels.append(Label(_EDGE + GAP * 2, middle, name, sort="name"))
        first = middle - _LINE * (len(place.lines) - 1) / 2
        labels += [
            Label(_TEXT_AT, first + _LINE * number, line) for number, line in enumerate(place.lines)
        ]
    for lane, source in enumerate(sources):
        marks += _line(source, wide + _LANE * (lane + 1), wide, places)
    last = list(places.values())[-1]
    return Box(WIDE, last.top + last.high + _EDGE, tuple(marks), tuple(labels))


def _line(source: str, lane: int, edge: int, places: Mapping[str, _Place]) -> Sequence[Mark]:
    """Return the line that leaves a box and comes to each box it imports."""
    leaves = places[source].top + places[source].high - 8
    path, heads = [f"M{edge} {leaves}H{lane}"], []
    for place in places.values():
        if source in place.callers:
            y = place.top + 8 + _STEP * place.callers.index(source)
            path.append(f"M{lane} {leaves}V{y}H{edge + _HEAD}")
            heads.append(f"M{edge} {y}l{_HEAD} -3.5v7z")
    return Mark("way", "".join(path)), Mark("box-full", "".join(heads))
