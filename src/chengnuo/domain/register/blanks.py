"""The places of a row where a draft knew nothing: what is to be written there, and writing it.

A text that still carries the mark, a day or a number that cannot be true, a period without end.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.canonical import Tree
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.codec import leaves
from chengnuo.domain.register.draft import MARK, UNKNOWN_COUNT, UNKNOWN_COUNTRY, UNKNOWN_DAY
from chengnuo.domain.register.scalars import FOREVER, Keep
from chengnuo.domain.register.shapes import fields_of, shape_of

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class BlankKind(StrEnum):
    """What a blank takes."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    PERIOD = "period"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One place where nothing is known.

    Attributes:
        path: Where, as `items[0].if_refused`.
        kind: What it takes.
        asked: What the draft asks for there; empty where it only holds what cannot be true.

    """

    path: str
    kind: BlankKind
    asked: str = ""


def blanks_of(tree: Tree) -> Iterator[Blank]:
    """Yield the blanks of a row, in its order.

    Args:
        tree: The row as `codec.write` gives it.

    """
    for path, leaf in leaves(tree):
        if isinstance(leaf, str) and leaf.startswith(MARK.zh):
            asked = leaf.removeprefix(MARK.zh)
            yield Blank(path=path.removesuffix(".zh"), kind=BlankKind.TEXT, asked=asked)
        elif leaf == UNKNOWN_DAY.isoformat():
            yield Blank(path=path, kind=BlankKind.DAY)
        elif leaf == FOREVER:
            yield Blank(path=path, kind=BlankKind.PERIOD)
        elif leaf == UNKNOWN_COUNTRY:
            yield Blank(path=path, kind=BlankKind.COUNTRY)
        elif leaf == UNKNOWN_COUNT and not isinstance(leaf, bool):
            yield Blank(path=path, kind=BlankKind.COUNT)


def missing_of(model: type, tree: Tree, paths: Iterable[str]) -> Iterator[Blank]:
    """Yield the blanks of fields that are not written at all, where one word or text fits.

    Args:
        model: Type of the row.
        tree: The row.
        paths: The fields, as findings name them.

    """
    there = [path for path, _ in leaves(tree)]
    for path in dict.fromkeys(paths):
        if _is_there(path, there):
            continue
        for one in (path, f"{path}.{_ALONE}"):
            kind = _takes(model, one)
            if kind is not None:
                yield Blank(path=one, kind=kind)
                break


def _is_there(path: str, there: Iterable[str]) -> bool:
    return any(one == path or one.startswith((f"{path}.", f"{path}[")) for one in there)


def _takes(model: type, path: str) -> BlankKind | None:
    """Return what a field takes; None if it takes more than one word or text."""
    around: type = model
    steps = [name for name, _ in _STEP.findall(path) if name]
    for step in steps:
        found = next((one for one in fields_of(around) if one.key == step), None)
        if found is None:
            return None
        shape = shape_of(found.hint)
        if step == steps[-1]:
            return None if shape.is_list else _KINDS.get(shape.bare)
        while shape.is_list:
            shape = shape_of(shape.member)
        if not shape.is_row:
            return None
        around = shape.bare
    return None


_ALONE = "next"
"""The part of a row that is worth writing by itself: when the next audit is."""
_KINDS = {
    Text: BlankKind.TEXT,
    str: BlankKind.TEXT,
    int: BlankKind.COUNT,
    date: BlankKind.DAY,
    Keep: BlankKind.PERIOD,
    Period: BlankKind.PERIOD,
}


def everywhere(path: str) -> str:
    """Return a path that is the same for all members of a list.

    >>> everywhere("items[2].if_refused")
    'items[].if_refused'

    """
    return re.sub(r"\[\d+\]", "[]", path)


def filled(tree: Tree, blanks: Iterable[Blank], given: Mapping[str, str | Text]) -> Tree:
    """Return a row with blanks filled in; what was left empty is taken out.

    Args:
        tree: The row.
        blanks: Its blanks that were shown.
        given: What was written, by path; a text stands in both languages.

    """
    made = deepcopy(tree)
    for blank in blanks:
        words = given.get(blank.path, "")
        if isinstance(words, Text):
            _put(made, blank.path, {"zh": words.zh, "en": words.en} if words.en else words.zh)
            continue
        said = words.strip()
        value: Tree = said
        if blank.kind is BlankKind.COUNT and said.isdecimal():
            value = int(said)
        _put(made, blank.path, value if said else None)
    return made


def _put(tree: Tree, path: str, value: Tree | None) -> None:
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    around: Tree = tree
    for step in steps[:-1]:
        if isinstance(around, dict) and isinstance(step, str) and value is not None:
            around.setdefault(step, {})
        if isinstance(around, dict) and step not in around:
            return
        around = around[step]  # type: ignore[index]  # the path came from this tree
    last = steps[-1]
    if isinstance(around, dict) and isinstance(last, str):
        if value is None:
            around.pop(last, None)
        else:
            around[last] = value
    elif isinstance(around, list) and isinstance(last, int) and value is not None:
        around[last] = value
