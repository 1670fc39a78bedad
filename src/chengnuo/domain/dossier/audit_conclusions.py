"""What was concluded of each item of an audit: the last word on an item counts.

Pure: a fold over the acts of the dossier.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_items.all_items import items_for
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import Choice

ITEM = "item"
"""The act that concludes an item."""
OTHER = "other"
"""An item that is not in the list."""
CONFORMS, PARTLY, DOES_NOT, NOT_APPLICABLE = "conforms", "partly", "does-not", "not-applicable"
FAULTY = frozenset({PARTLY, DOES_NOT})

RESULTS = (
    Choice(CONFORMS, Text("符合", "Conforms")),
    Choice(PARTLY, Text("部分符合", "Conforms in part")),
    Choice(DOES_NOT, Text("不符合", "Does not conform")),
    Choice(NOT_APPLICABLE, Text("不适用", "Does not apply")),
)
OPEN_TEXT = Text("待审计", "Open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What was said of an item.

    Attributes:
        item: Its id, or `other` with what was named.
        act: The act that said it.

    """

    item: str
    act: Act

    @property
    def result(self) -> str:
        """The result, as the act says it."""
        return self.said("result")

    @property
    def is_faulty(self) -> bool:
        """Tell whether something has to be mended."""
        return self.result in FAULTY

    def said(self, name: str) -> str:
        """Return a field of the act; empty where it was not said."""
        found = self.act.fields.get(name)
        return found if isinstance(found, str) else ""


def conclusions(dossier: Dossier) -> Mapping[str, Conclusion]:
    """Return the last conclusion on each item, the item that was concluded first first.

    Items of one's own stand under `other:` and what they were called.
    """
    found = dict[str, Conclusion]()
    for act in dossier.acts:
        item = act.fields.get("item")
        if act.what != ITEM or not isinstance(item, str):
            continue
        named = f"{OTHER}:{act.fields.get('duty', '')}" if item == OTHER else item
        found[named] = Conclusion(item=item, act=act)
    return found


def open_items(dossier: Dossier) -> tuple[AuditItem, ...]:
    """Return the items that nobody concluded yet."""
    done = conclusions(dossier)
    return tuple(one for one in items_for(str(dossier.value("kind"))) if one.id not in done)


def faulty(dossier: Dossier) -> tuple[Conclusion, ...]:
    """Return the conclusions that something has to be mended."""
    return tuple(one for one in conclusions(dossier).values() if one.is_faulty)
