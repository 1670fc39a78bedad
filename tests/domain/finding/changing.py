"""Change one thing in a register and leave the rest alone."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from chengnuo.domain.register.kinds import KIND_BY_NAME
from chengnuo.domain.register.model import Register

_STEP = re.compile(r"(\w+)|\[(\d+)\]")


class Change(NamedTuple):
    """A field of a row and its new value; a function is given the old value.

    `row` is `kind id`, `path` as in findings; an empty path stands for the whole row. A row whose
    new value is None is taken out.
    """

    row: str
    path: str
    value: Any


def changed(register: Register, *changes: Change) -> Register:
    """Return a register with changes made, one after the other."""
    for change in changes:
        register = _one(register, change)
    return register


def _one(register: Register, change: Change) -> Register:
    kind_name, _, row_id = change.row.partition(" ")
    kind = KIND_BY_NAME[kind_name]
    steps = [name or int(index) for name, index in _STEP.findall(change.path)]
    if kind_name == "handler":
        return dataclasses.replace(register, handler=_put(register.handler, steps, change.value))
    rows = {getattr(row, kind_name): row for row in getattr(register, kind.plural)}
    if row_id not in rows:
        rows[row_id] = change.value
    else:
        rows[row_id] = _put(rows[row_id], steps, change.value)
    kept = tuple(row for _, row in sorted(rows.items()) if row is not None)
    return dataclasses.replace(register, **{kind.plural: kept})


def _put(old: object, steps: list[str | int], value: object) -> object:
    if not steps:
        return value(old) if callable(value) else value
    step, *rest = steps
    if isinstance(step, int):
        return (*old[:step], _put(old[step], rest, value), *old[step + 1 :])
    name = "from_" if step == "from" else step
    return dataclasses.replace(old, **{name: _put(getattr(old, name), rest, value)})


def one(row: str, path: str, value: object) -> tuple[Change, ...]:
    """Return a single change."""
    return (Change(row, path, value),)


def added(*more: object) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return the function that puts more at the end of a list."""
    return lambda old: (*old, *more)
