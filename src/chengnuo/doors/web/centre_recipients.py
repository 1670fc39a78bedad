"""谁拿到了我的信息 (list 2): who gets what, why, how and where; when last; and how to stop it.

Stopping a provision that rests on consent is withdrawing that consent; any other is refused or
restricted by request (PIPL Arts. 15, 44; 524 action, item 2.2).
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.joint_words import shared_out
from chengnuo.domain.disclosure.recipient_words import ROLE
from chengnuo.domain.disclosure.saying import both, joined_texts
from chengnuo.domain.disclosure.sharing_list import OTHERS, SDK, SharingRow, sharing_list
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.doors.web.centre_items import (
    ActView,
    ItemsPage,
    ItemView,
    PartView,
    group,
    items_page,
    words_of,
)
from chengnuo.doors.web.centre_rights_words import PATH
from chengnuo.doors.web.page_parts import Fact, Words, said
from chengnuo.doors.web.register_words import Speaker

Standing: TypeAlias = Mapping[RecipientId, int]
"""Position of the consent in force to a provision, by recipient."""


def recipients_page(
    say: Speaker, declared: Declared, used: Used | None, standing: Standing
) -> ItemsPage:
    """Return list 2.

    Args:
        say: Says things in one language.
        declared: The app.
        used: How often the information of whoever has come in was given; None for anybody else.
        standing: Which provisions they have agreed to.

    """
    by_name: dict[RecipientId, list[SharingRow]] = {}
    for row in sharing_list(declared):
        by_name.setdefault(row.recipient, []).append(row)
    items = _Items(say, declared, used, standing)
    groups = [
        group(
            say,
            anchor,
            title,
            (items.item(rows) for rows in by_name.values() if rows[0].is_sdk is is_sdk),
        )
        for title, anchor, is_sdk in ((SDK, "sdk", True), (OTHERS, "others", False))
    ]
    shown = (one for one in groups if one.items)
    return items_page(say, "recipients", declared.facts, shown, used)


class _Items:
    def __init__(
        self, say: Speaker, declared: Declared, used: Used | None, standing: Standing
    ) -> None:
        self._say = say
        self._declared = declared
        self._used = used
        self._standing = standing

    def item(self, rows: list[SharingRow]) -> ItemView:
        say, row = self._say, rows[0]
        name = say.text(row.name)
        together: dict[tuple[object, ...], list[SharingRow]] = {}
        for one in rows:
            together.setdefault(one.categories, []).append(one)
        abroad = (say.t("centre.items.abroad"),) if row.is_overseas else ()
        return ItemView(
            anchor=row.recipient,
            name=name,
            sensitive=False,
            tags=(say.text(ROLE[row.role]), *abroad),
            line=say.text(row.purpose),
            facts=tuple(self._facts(row)),
            parts=tuple(self._part(each, rows) for each in together.values()),
            acts=() if self._used is None else (self._stop(row, name),),
        )

    def _facts(self, row: SharingRow) -> Iterator[Fact]:
        say = self._say
        yield self._fact("place", row.place)
        yield self._fact("way", row.share_mode)
        yield self._fact("handles", row.method)
        yield self._fact("reach", row.contact)
        if row.versions:
            yield Fact(name=say.t("centre.items.versions"), value=said(say.joined(row.versions)))
        if row.rules_url:
            link = Words(text=say.t("centre.items.rules"), href=row.rules_url)
            yield Fact(name=say.t("centre.items.rules-name"), value=(link,))
        if row.role is RecipientRole.JOINT:
            recipient = self._declared.register.recipient_by_id[row.recipient]
            shares = words_of(tuple(shared_out(self._declared, recipient)), say.lang)
            if shares:
                yield Fact(name=say.t("centre.items.shares"), value=shares)

    def _part(self, rows: list[SharingRow], everything: list[SharingRow]) -> PartView:
        say, row = self._say, rows[0]
        scenes = tuple(
            Words(text=say.text(one)) for one in dict.fromkeys(each.scene for each in rows)
        )
        kinds = tuple(
            Words(
                text=say.text(self._declared.name_of(kind)),
                sensitive=kind in row.sensitive,
            )
            for kind in row.categories
        )
        facts = [Fact(name=say.t("centre.items.what"), value=kinds)]
        permissions = joined_texts(dict.fromkeys(x for one in rows for x in one.permissions))
        if any(one.permissions for one in rows):
            facts.append(self._fact("permissions", permissions))
        if self._used is not None:
            cell = self._used.given(
                row.recipient,
                [one.activity for one in rows],
                [one.activity for one in everything],
            )
            facts.append(
                Fact(name=say.t("centre.items.times-given"), value=words_of(cell, say.lang))
            )
        return PartView(
            name="",
            facts=(Fact(name=say.t("centre.items.scene"), value=scenes), *facts),
        )

    def _stop(self, row: SharingRow, name: str) -> ActView:
        position = self._standing.get(row.recipient)
        href = (
            f"{PATH}/restrict?what=refuse&target=recipient:{row.recipient}"
            if position is None
            else f"/centre/consents#consent-{position}"
        )
        words = self._say.t("centre.items.stop")
        return ActView(
            href=href, name=words, what=self._say.t("centre.items.act-what", act=words, what=name)
        )

    def _fact(self, key: str, text: Text) -> Fact:
        return Fact(name=self._say.t(f"centre.items.{key}"), value=said(self._say.text(both(text))))
