"""我的信息 (list 1): kinds of information by group; each with its content, its uses and what to do.

For anybody: what is collected, for what, when, how, on what basis, how long. For whoever has come
in also what is kept of them, masked, how often it was used, and correcting, deleting and copying it
on the spot (PIPL Arts. 44 to 47; 524 action, item 2.1).
"""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.collection_list import CollectionRow, collection_list
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.method_words import basis_in_words
from chengnuo.domain.disclosure.saying import both
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.register.store import About
from chengnuo.doors.web.centre_items import (
    ActView,
    ItemGroup,
    ItemsPage,
    ItemView,
    PartView,
    group,
    items_page,
    words_of,
)
from chengnuo.doors.web.centre_own import OwnContent
from chengnuo.doors.web.centre_rights_words import PATH, REQUESTS
from chengnuo.doors.web.page_parts import Fact, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.ids import CategoryId

_ASK = {"correct": "", "delete": "category=", "copy": "category="}


def information_page(
    say: Speaker, declared: Declared, used: Used | None, own: OwnContent | None
) -> ItemsPage:
    """Return list 1.

    Args:
        say: Says things in one language.
        declared: The app.
        used: How often the information of whoever has come in was used; None for anybody else.
        own: What was looked up of it; None if nothing is kept.

    """
    return items_page(
        say, "information", declared.facts, _Items(say, declared, used, own).groups(), used
    )


class _Items:
    def __init__(
        self, say: Speaker, declared: Declared, used: Used | None, own: OwnContent | None
    ) -> None:
        self._say = say
        self._declared = declared
        self._used = used
        self._own = own
        self._tables = _correctable(say)

    def groups(self) -> Iterator[ItemGroup]:
        by_kind: dict[CategoryId, list[CollectionRow]] = {}
        for row in collection_list(self._declared):
            by_kind.setdefault(row.category, []).append(row)
        groups = dict.fromkeys(rows[0].group for rows in by_kind.values())
        for one in groups:
            name = both(self._declared.catalogue.groups[one].text)
            items = (self._item(rows) for rows in by_kind.values() if rows[0].group == one)
            yield group(self._say, f"group-{one.lower()}", name, items)

    def _item(self, rows: list[CollectionRow]) -> ItemView:
        say, kind = self._say, rows[0].category
        name = say.category(kind)
        marked = any(row.is_sensitive for row in rows)
        return ItemView(
            anchor=kind.lower(),
            name=name,
            sensitive=marked,
            tags=(say.t("word.sensitive"),) if marked else (),
            line=self._line(rows),
            facts=tuple(self._facts(kind)),
            parts=tuple(self._part(row) for row in rows),
            acts=() if self._used is None else tuple(self._acts(kind, name)),
        )

    def _line(self, rows: list[CollectionRow]) -> str:
        first = self._say.text(rows[0].purpose)
        if len(rows) == 1:
            return first
        return self._say.t("centre.items.for", what=first, n=len(rows))

    def _facts(self, kind: CategoryId) -> Iterator[Fact]:
        if self._used is None:
            return
        yield Fact(name=self._say.t("centre.items.content"), value=tuple(self._content(kind)))
        times = words_of(self._used.all_of(kind), self._say.lang)
        yield Fact(name=self._say.t("centre.items.times-all"), value=times)

    def _content(self, kind: CategoryId) -> Iterator[Words]:
        say, own = self._say, self._own
        if own is None:
            href = f"{PATH}/access?category={kind}"
            yield Words(text=say.t("centre.items.content-ask"), href=href)
            return
        values = own.values.get(kind, ())
        if not values:
            yield Words(text=say.t("centre.items.content-none"))
            return
        for value in values:
            yield Words(text=value)
        key = "content-masked" if own.masked else "content-all"
        yield Words(text=say.t(f"centre.items.{key}"), href=f"{REQUESTS}/{own.request}/content")

    def _part(self, row: CollectionRow) -> PartView:
        return PartView(name=self._say.text(row.purpose), facts=tuple(self._uses(row)))

    def _uses(self, row: CollectionRow) -> Iterator[Fact]:
        say = self._say
        yield self._fact("scene", row.scene)
        yield self._fact("method", row.method)
        yield self._fact("basis", basis_in_words(self._declared.activity_by_id[row.activity]))
        if self._used is not None and self._used.is_used(row.activity, row.category):
            cell = self._used.of(row.activity, row.category)
            yield Fact(name=say.t("centre.items.times"), value=words_of(cell, say.lang))
        yield self._fact("kept", row.retention)
        if row.if_refused is not None:
            yield self._fact("refused", row.if_refused)

    def _fact(self, key: str, text: Text) -> Fact:
        return Fact(name=self._say.t(f"centre.items.{key}"), value=said(self._say.text(text)))

    def _acts(self, kind: CategoryId, name: str) -> Iterator[ActView]:
        for act, query in _ASK.items():
            words = self._say.t(f"centre.items.{act}")
            asked = f"{query}{kind}" if query else self._tables.get(kind, "")
            yield ActView(
                href=f"{PATH}/{act}?{asked}" if asked else f"{PATH}/{act}",
                name=words,
                what=self._say.t("centre.items.act-what", act=words, what=name),
            )


def _correctable(say: Speaker) -> dict[CategoryId, str]:
    """Return the first table in which an individual may correct each kind, as a query."""
    found: dict[CategoryId, str] = {}
    for store in say.register.stores:
        for table in store.tables:
            for column in table.columns:
                if column.correctable and column.about is About.INDIVIDUAL and column.category:
                    found.setdefault(column.category, f"table={store.store}.{table.table}")
    return found
