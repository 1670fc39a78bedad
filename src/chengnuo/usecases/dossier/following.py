"""What the report of an audit sets going: a remedy for every item that does not conform.

Each is opened under a key of its own, so that a stop in between leaves none out and makes none
twice: the sweep opens what is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_conclusions import OTHER, Conclusion, faulty
from chengnuo.domain.dossier.audit_items.all_items import ITEMS
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import MOST_LINE, Value
from chengnuo.domain.dossier.sorts.audit import AUDIT, REPORT
from chengnuo.domain.dossier.sorts.remedy import OPEN, REMEDY


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A dossier that another one sets going.

    Attributes:
        sort: Its sort.
        what: The act that opens it.
        fields: What is said in it.
        key: What tells it from others.

    """

    sort: str
    what: str
    fields: Mapping[str, Value]
    key: str


def following(dossier: Dossier) -> Iterator[Following]:
    """Yield the dossiers that one sets going as it stands."""
    if dossier.sort != AUDIT.id or dossier.last(REPORT) is None:
        return
    for one in faulty(dossier):
        yield Following(
            sort=REMEDY.id,
            what=OPEN,
            fields={
                "title": title_of(one).zh[:MOST_LINE],
                "source": dossier.id,
                "item": one.item,
                "what": one.said("finding"),
                "due": one.said("due"),
            },
            key=remedy_key(dossier, one),
        )


def remedy_key(audit: Dossier, one: Conclusion) -> str:
    """Return the key under which the remedy of an item is opened."""
    return f"remedy:{audit.id}:{one.act.number}"


def title_of(one: Conclusion) -> Text:
    """Return what an item is called; one beyond the list by what it is held to."""
    if one.item == OTHER or one.item not in ITEMS:
        return Text(one.said("duty"), one.said("duty"))
    return ITEMS[one.item].text
