"""What pages are made of, as finished values: words, statuses, facts, tables and sections.

A view fills these from what a use case gave; a template sets them. Nothing here knows where a
value came from, and nothing in a template decides what to show.
"""

from dataclasses import dataclass
from enum import StrEnum


class StatusKind(StrEnum):
    """A status by its shape and colour; a word always stands beside it."""

    SHOWN = "shown"
    """Proved: a control ran and its result can be looked at. The seal."""
    GRAVE = "grave"
    WARN = "warn"
    MILD = "mild"
    NOTE = "note"
    FINE = "fine"
    """All is as it should be, without a proof being claimed."""
    NONE = "none"
    """Nothing is known, or nothing is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status: its kind gives shape and colour, the word says it.

    Attributes:
        kind: Its kind.
        word: Its word.
        mend: By which article it is wrong, where, with which proof, and what mends it; whatever
            is grave on a page of the console has one.

    """

    kind: StatusKind
    word: str
    mend: "Mend | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A piece of text with what belongs to it.

    Attributes:
        text: The text.
        href: Where it leads, if it is a link.
        notes: Further lines in small type.
        sensitive: Whether it names sensitive personal information, which is set in bold,
            underlined, and marked with the word.
        status: Shown in place of the text, with its shape.
        code: Whether it is an id or a name in code.
        hash: Whether it is a hash, set in four groups.

    """

    text: str = ""
    href: str = ""
    notes: tuple[str, ...] = ()
    sensitive: bool = False
    status: Status | None = None
    code: bool = False
    hash: bool = False


Cell = tuple[Words, ...]
"""What stands in one place of a table or behind one name: some pieces of text, each on its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what stands behind it."""

    name: str
    value: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What stands where there is nothing yet: that there is nothing, and what to do about it."""

    name: str = ""
    text: str = ""
    href: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; the first cell names it."""

    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption, its heads and what to say when it has no rows.

    Attributes:
        numbers: Positions of the columns that hold numbers and are set flush right.

    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: Empty = Empty()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page: a heading, then whatever of these it has, in this order.

    Attributes:
        more: Link to where the whole of it stands.

    """

    anchor: str
    name: str
    term: str = ""
    lead: str = ""
    status: Status | None = None
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    more: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article by its number, and our own summary of it."""

    label: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """All that is needed to mend what is wrong.

    Attributes:
        citation: By which article it is wrong.
        row: Where: a row of the register, or the matter itself.
        proof: The record that shows it.
        fix: What mends it, and where that is done.

    """

    citation: Citation
    row: Words
    proof: Words
    fix: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Red:
    """Something that is wrong, at the head of a page: its status says how to mend it.

    Attributes:
        status: How it stands.
        what: What is wrong.

    """

    status: Status
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that opens the rows behind it, or a measure that has none.

    Attributes:
        name: What is counted.
        count: How many.
        href: Where just so many rows are; empty for who may not see them.
        of: Out of how many, or empty.
        measure: Whether it counts no rows of a page: a share, or people, of whom no page has a
            list.

    """

    name: str
    count: str
    href: str = ""
    of: str = ""
    measure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What a pattern of a picture means.

    Attributes:
        sort: Which pattern, from 0.
        figure: Its name, how many, and the way to the rows.

    """

    sort: int
    figure: Figure


def said(text: str, *notes: str) -> Cell:
    """Return a cell of one piece of text with lines in small type under it."""
    return (Words(text=text, notes=tuple(note for note in notes if note)),)


def linked(text: str, href: str, *notes: str) -> Cell:
    """Return a cell of one link with lines in small type under it."""
    return (Words(text=text, href=href, notes=tuple(note for note in notes if note)),)
