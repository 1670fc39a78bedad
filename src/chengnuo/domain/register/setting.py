"""One value of a row set by its path as it is written: `activity.a.retention.keep=P15D`.

A path is the kind of row, its id, and the field as places and findings have it. What is typed is
read by the type of the field: a list of words with commas, a part or a list of parts as JSON.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef
from chengnuo.domain.register.shapes import Shape, fields_of, shape_of

_WRITTEN = re.compile(
    r"(?P<kind>[a-z_]+)\.(?P<id>[a-z0-9-]+)\.(?P<path>[a-z0-9_.\[\]]+)=(?P<value>.*)", re.DOTALL
)
_STEP = re.compile(r"([a-z][a-z0-9_]*)|\[(\d{1,4})\]")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_FLAGS = {"true": True, "false": False}


class NoSuchFieldError(InvalidInputError):
    """What is set is no field of a row."""

    code = "register-no-such-field"

    def __init__(self, written: str) -> None:
        super().__init__(
            f"`{written[:120]}` sets no field; expected `KIND.ID.FIELD=VALUE`, "
            "as `activity.nearby-stores.retention.keep=P30D`"
        )
        self.written = written


@dataclass(frozen=True, slots=True)
class Setting:
    """A value for a field.

    Attributes:
        row: The row.
        steps: Keys, and numbers of members of lists, from the row to the field.
        value: What was typed; empty to leave the field out.
        written: All of it.

    """

    row: RowRef
    steps: tuple[str | int, ...]
    value: str
    written: str


def setting_of(written: str) -> Setting:
    """Read `KIND.ID.FIELD=VALUE`.

    Raises:
        NoSuchFieldError: It has another form.

    """
    found = _WRITTEN.fullmatch(written)
    if found is None or found["kind"] not in KIND_BY_NAME:
        raise NoSuchFieldError(written)
    steps = tuple(key or int(number) for key, number in _STEP.findall(found["path"]))
    return Setting(RowRef(found["kind"], found["id"]), steps, found["value"], written)


def with_value(row: Mapping[str, Tree], setting: Setting) -> dict[str, Tree]:
    """Return a row in which a field says something else; whether it may is not looked at.

    Raises:
        NoSuchFieldError: Its kind has no such field.

    """
    model = KIND_BY_NAME[setting.row.kind].model
    found = _put(shape_of(model), dict(row), setting.steps, setting)
    return cast("dict[str, Tree]", found)


def _put(shape: Shape, tree: Tree, steps: tuple[str | int, ...], setting: Setting) -> Tree:
    if not steps:
        return _value(shape, setting.value)
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        members = list(tree) if isinstance(tree, list) else []
        if not shape.is_list or step > len(members):
            raise NoSuchFieldError(setting.written)
        there = members[step] if step < len(members) else None
        new = _put(shape_of(shape.member), there, rest, setting)
        members[step : step + 1] = [] if new is None else [new]
        return cast("Tree", members)
    hints: dict[str, Any] = {}
    if shape.bare is Text:
        hints = {"zh": str, "en": str}
        tree = {"zh": tree} if isinstance(tree, str) else tree
    elif shape.is_row:
        hints = {one.key: one.hint for one in fields_of(shape.bare)}
    if step not in hints:
        raise NoSuchFieldError(setting.written)
    found = dict(tree) if isinstance(tree, dict) else {}
    new = _put(shape_of(hints[step]), found.get(step), rest, setting)
    if new is None:
        found.pop(step, None)
    else:
        found[step] = new
    return found


def _value(shape: Shape, text: str) -> Tree:
    if not text:
        return None
    if (shape.is_list or shape.is_row) and text[0] in "[{":
        return _json(text)
    if shape.is_list:
        member = shape_of(shape.member)
        return [_value(member, one.strip()) for one in text.split(",") if one.strip()]
    if shape.bare is bool:
        return _FLAGS.get(text, text)
    if shape.bare is int and _INTEGER.fullmatch(text):
        return int(text)
    return text


def _json(text: str) -> Tree:
    """Return what JSON says; what is none stays as it was typed, so that the reader refuses it."""
    try:
        return cast("Tree", json.loads(text))
    except (ValueError, RecursionError):
        return text
