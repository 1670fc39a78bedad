"""Rules about ways whose labels are more than the taps that are said (191号文 1.3, 292号文).

A way is written as the labels that are tapped one after another: `我 → 设置 → 隐私` are three taps
from the main screen. Menu levels count from the screen of one's own (`我`) or from the main screen,
so that a list on level 2 is at most three taps away. What the app really shows is not looked at.
"""

import re
from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, hit

_ARROW = re.compile(r"\s*(?:→|⇒|➔|»|->|=>|(?<=\s)[>](?=\s))\s*")


def labels_of(way: Text) -> tuple[str, ...]:
    """Return the labels that a way names, in their order; a channel outside the app is one."""
    return tuple(one for one in _ARROW.split(way.zh.strip()) if one)


def _longer(facts: Facts) -> Iterator[Hit]:
    for row, field, way, said in ways_of(facts):
        count = len(labels_of(way))
        if count > said:
            yield hit(row, field, way, key=field, count=count, said=said)


def ways_of(facts: Facts) -> Iterator[tuple[object, str, Text, int]]:
    """Yield the ways whose length is said, each with its row and field."""
    for app in facts.register.apps:
        access = app.access
        yield app, "access.rules_path", access.rules_path, access.rules_taps
        lists = (access.collection_list_path, access.sharing_list_path)
        for field, way in zip(("collection_list_path", "sharing_list_path"), lists, strict=True):
            yield app, f"access.{field}", way, access.lists_menu_level + 1
        for index, one in enumerate(app.rights):
            if one.taps is not None:
                yield app, f"rights[{index}].path", one.path, one.taps
    for switch in facts.register.switches:
        yield switch, "path", switch.path, switch.taps


RULES: tuple[Rule, ...] = (
    Rule(
        id="way-longer-than-said",
        duties=duties("191-1.3", "action524-2.1", "action524-2.2", "duty-5"),
        severity=Severity.LOW,
        title=Text("路径比登记的点击次数长", "Way longer than said"),
        message=Text(
            "{row} 的“{value}”要点 {count} 次，按登记最多 {said} 次。",
            "In {row} the way `{value}` takes {count} taps; by what is declared, at most {said}.",
        ),
        fix=Text(
            "在应用里数一遍，改正路径或点击次数、菜单级数。",
            "Count it in the app, and correct the way or the number.",
        ),
        check=_longer,
    ),
)
