"""Ways of the register held to an app's package: each label of a menu stands in its own texts.

A way is the labels that are tapped one after another (`我 → 设置 → 隐私`). One that names a label
that the app nowhere shows leads nobody there (191号文 1.3; the lists: `action524-2.1`, `2.2`). How
deep lists and rules lie, the check of the register looks at. Labels of a page that comes from a
server are not in the package: such a finding asks a person to look.
"""

from collections.abc import Callable, Iterator, Sequence

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.rule import Hit, RuleWords, duties, hit
from chengnuo.domain.finding.rules.ways_said import labels_of, ways_of
from chengnuo.domain.finding.waivers import NO_WAIVERS

UNKNOWN = RuleWords(
    id="way-label-not-in-app",
    duties=duties("191-1.3", "action524-2.1", "action524-2.2", "duty-5"),
    severity=Severity.MEDIUM,
    title=Text("路径里的名称应用里没有", "Way with a label that the app does not have"),
    message=Text(
        "{row} 的路径“{way}”里有“{value}”，安装包的文字里找不到。",
        "In {row} the way `{way}` names `{value}`, which no text of the package has.",
    ),
    fix=Text(
        "在应用里走一遍，按界面上的名称改正路径；若是网页里的名称，人工核对后留存记录。",
        "Go the way in the app and write its own labels; where a web page shows it, look and keep "
        "a record.",
    ),
)
_LEADING = frozenset({"，", ",", "。", "；", "“", "”", "「", "」", '"', "（", "）"})
Shown = Callable[[Sequence[str]], Sequence[str]]
"""Returns those of some labels that the package shows."""


def way_findings(facts: Facts, shown: Shown) -> tuple[Finding, ...]:
    """Return the labels of ways that a package does not show."""
    named = [
        (row, field, way, label)
        for row, field, way, _ in ways_of(facts)
        for label in map(_plain, labels_of(way))
        if label
    ]
    known = set(shown(tuple(dict.fromkeys(label for *_, label in named))))
    made = findings_of(
        UNKNOWN,
        _hits([one for one in named if one[3] not in known]),
        catalogue=facts.catalogue,
        waivers=NO_WAIVERS,
    )
    return tuple(sorted(made, key=lambda one: one.order))


def _hits(missing: Sequence[tuple[object, str, Text, str]]) -> Iterator[Hit]:
    for row, field, way, label in missing:
        yield hit(row, field, label, key=label, way=way)


def _plain(label: str) -> str:
    """Return a label without the marks of quotation around it."""
    return "".join(sign for sign in label if sign not in _LEADING).strip()
