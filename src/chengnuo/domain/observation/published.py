"""A file that is, or makes, a publication or a report to somebody else, and the fields in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Written: TypeAlias = "str | int | float | bool | list[Written] | dict[str, Written] | None"
"""A tree as JSON or YAML writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """What a file says, in one of three forms.

    Attributes:
        file: Its name as it was given.
        text: Its text: a template or a page; empty for the other forms.
        tree: What JSON or YAML holds.
        source: The text that a tree or table was read from, for places; empty for none.
        tables: Rows of each sheet or of a table, by name, the first row holding the names of
            the columns.

    """

    file: str
    text: str = ""
    tree: Written = None
    source: str = ""
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSeen:
    """A field that is given out.

    Attributes:
        name: Its name, with those around it: `winner.phone`.
        line: Line of the file, from 1; 0 where it has none.
        column: Column of that line, from 1; 0 where it has none.
        values: What is in it, as far as the file shows; none for a template.
        is_masked: Whether the file itself masks it, as by a filter of the template.

    """

    name: str
    line: int = 0
    column: int = 0
    values: tuple[str, ...] = ()
    is_masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFields:
    """What a file gives out.

    Attributes:
        file: Its name as it was given.
        fields: Its fields, in its order; a name may come twice.
        words: Its running words, without what a template fills in, line for line; empty for
            trees and tables.

    """

    file: str
    fields: tuple[FieldSeen, ...]
    words: str = ""
