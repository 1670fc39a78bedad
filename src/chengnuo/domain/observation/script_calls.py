"""Calls of scripts in a shell by which personal information is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True)
class ScriptCall:
    """A call of a script.

    Attributes:
        text: How it is written.
        categories: What it reads, the main one first.
        permissions: Permissions that guard it.

    """

    text: str
    categories: tuple[CategoryId, ...]
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptCalls:
    """The rows, by how each is written."""

    by_text: Mapping[str, ScriptCall]


def script_calls(calls: Iterable[ScriptCall]) -> ScriptCalls:
    """Return the table of some rows; texts are unique."""
    return ScriptCalls({each.text: each for each in calls})
