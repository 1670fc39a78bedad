"""The line that is shown as a permission, or a sensitive item, is asked for (191号文 2.3).

It says what for, what is used, and what happens otherwise: by the way that the register names,
else by what the law grants (PIPL Art. 16).
"""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.permission_words import AskedPermission
from chengnuo.law.catalogue import Catalogue


class Asking(Enum):
    """What the individual is asked: to allow something, or to give it."""

    ALLOW = "allow"
    GIVE = "give"


_LINES: Final = {
    Asking.ALLOW: Text(
        "为了“{purpose}”，需要使用{asked}权限",
        "For “{purpose}” this needs the permission: {asked}",
    ),
    Asking.GIVE: Text("为了“{purpose}”，需要收集{asked}", "For “{purpose}” this collects: {asked}"),
}
_ACTS: Final = {
    Asking.ALLOW: Text("不允许", "allowing it"),
    Asking.GIVE: Text("不提供", "giving it"),
}
_ANYWAY: Final = Text("；{act}不影响其他功能。", "; everything else works without {act}.")
_WAYS: Final = Text("；{act}时：{ways}。", "; without {act}: {ways}.")
_BETWEEN: Final = {Lang.ZH: "；", Lang.EN: "; "}


def asking_line(
    activity: ProcessingActivity, asked: Text, items: Iterable[PIItem], asking: Asking
) -> Text:
    """Return the line for what one activity asks for.

    Args:
        activity: What it is for.
        asked: What is asked for, as people call it.
        items: Items behind it; what is said to happen without them, the line says.
        asking: Whether it is allowed or given.

    """
    ways = tuple(dict.fromkeys(one.if_refused for one in items if one.if_refused is not None))

    def said(lang: Lang) -> str:
        act = _ACTS[asking].in_lang(lang)
        line = (
            _LINES[asking]
            .in_lang(lang)
            .format(purpose=activity.purpose.in_lang(lang), asked=asked.in_lang(lang))
        )
        if not ways:
            return line + _ANYWAY.in_lang(lang).format(act=act)
        named = _BETWEEN[lang].join(one.in_lang(lang) for one in ways)
        return line + _WAYS.in_lang(lang).format(act=act, ways=named)

    return Text(said(Lang.ZH), said(Lang.EN))


def items_behind(
    activity: ProcessingActivity, asked: Iterable[AskedPermission], law: Catalogue
) -> tuple[PIItem, ...]:
    """Return the items that permissions yield by the catalogue, all of them if none is known."""
    names = {each.name.removeprefix("android.permission.") for each in asked}
    behind = tuple(
        item
        for item in activity.items
        if names.intersection(law.category(item.category).android_permissions)
    )
    return behind or activity.items
