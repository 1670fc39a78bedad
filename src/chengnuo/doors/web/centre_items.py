"""What the two lists show in the centre: items in groups, each with what there is to know of it.

The lists as they are published, with every column, are the files; here one sees every item at a
glance and opens the one that one wants to know more of.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Cell as DocumentCell
from chengnuo.domain.disclosure.document import Facts, NoticeBox
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.domain.disclosure.used import Used, note_of
from chengnuo.doors.web.page_parts import Fact, Words
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One use of an item.

    Attributes:
        name: What for.
        facts: When, how, on what basis, how long.

    """

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """Something to do about an item.

    Attributes:
        href: Where it is done.
        name: Words on the button.
        what: The same with the name of the item, for whoever hears the page.

    """

    href: str
    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item of a list.

    Attributes:
        anchor: Its place on the page.
        name: What it is called.
        sensitive: Whether it is sensitive personal information.
        tags: What is to be known at a glance.
        line: What it is for, or how often it was used, in a line.
        facts: What is so whatever it is used for.
        parts: Its uses.
        acts: What one can do about it.

    """

    anchor: str
    name: str
    sensitive: bool
    tags: tuple[str, ...]
    line: str
    facts: tuple[Fact, ...]
    parts: tuple[PartView, ...]
    acts: tuple[ActView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """Items that belong together.

    Attributes:
        anchor: Its place on the page.
        name: What they are.
        count: How many, in words.
        items: The items.

    """

    anchor: str
    name: str
    count: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsPage:
    """One of the two lists.

    Attributes:
        name: What a person calls it.
        term: What the law calls it.
        lead: What it is.
        how: What a person who came in finds here beside; empty for anybody else.
        notes: What one has to know to read the numbers.
        notes_title: Heading of these.
        groups: The items.
        empty: What to say where there is none.
        files: The files that the whole list can be had as.
        apps: One link an app, where there are several.
        beside: Pages that belong with this one.
        handler: Who seals it.
        lines: Since when it applies, and when it was last changed.
        version: Version of the register.

    """

    name: str
    term: str
    lead: str
    how: str
    notes: tuple[str, ...]
    notes_title: str
    groups: tuple[ItemGroup, ...]
    empty: str
    files: tuple[Link, ...] = ()
    apps: tuple[Link, ...] = ()
    beside: tuple[Link, ...] = ()
    handler: str
    lines: tuple[str, ...]
    version: str


def items_page(
    say: Speaker, paper: str, facts: Facts, groups: Iterable[ItemGroup], used: Used | None
) -> ItemsPage:
    """Return the page of a list, `information` or `recipients`."""
    box = None if used is None else note_of(used)
    return ItemsPage(
        name=say.t(f"centre.{paper}.name"),
        term=say.t(f"centre.{paper}.term"),
        lead=say.t(f"centre.{paper}.lead"),
        how=say.t(f"centre.{paper}.how") if used is not None else "",
        notes=() if box is None else tuple(_lines(box, say.lang)),
        notes_title="" if box is None else say.text(box.title),
        groups=tuple(groups),
        empty=say.t(f"centre.{paper}.none"),
        handler=say.text(facts.handler),
        lines=(
            say.t("centre.effective", day=say.text(day_in_words(facts.effective))),
            say.t("centre.updated", day=say.text(day_in_words(facts.updated))),
        ),
        version=facts.register,
    )


def group(say: Speaker, anchor: str, name: Text, items: Iterable[ItemView]) -> ItemGroup:
    """Return items under one heading."""
    found = tuple(items)
    count = say.t("centre.items.count", n=len(found))
    return ItemGroup(anchor=anchor, name=say.text(name), count=count, items=found)


def words_of(cell: DocumentCell, lang: Lang) -> tuple[Words, ...]:
    """Return a cell of a document as pieces of text."""
    return tuple(Words(text="".join(piece.text.in_lang(lang) for piece in line)) for line in cell)


def _lines(box: NoticeBox, lang: Lang) -> Iterable[str]:
    return ("".join(piece.text.in_lang(lang) for piece in line) for line in box.lines)
