"""One item of a compliance audit: what is looked at, what answers it, what people judge.

The subjects are those that the measures on compliance audits and their guide name; the words are
ours. What answers an item by itself is named by ids: rows of the pledge board (and with them the
controls and the findings), sorts of dossier, kinds of records in the evidence log.
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.law.ids import DutyId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditItem:
    """One item.

    Attributes:
        id: In kebab-case; stands in every record.
        text: Its subject.
        looks_at: What is looked at.
        judged: What nothing here can tell and a person has to judge.
        rests_on: The articles it is held to.
        rows: Rows of the pledge board whose controls answer it.
        sorts: Sorts of dossier that are evidence for it; `sort:value` takes those alone whose
            opening names that value.
        kinds: Kinds of records in the evidence log that are.
        absent_if: What the register declares none of where the item may not apply; empty where it
            always does.
        of_minors: Whether the yearly audit of minors' information looks at it.

    """

    id: str
    text: Text
    looks_at: Text
    judged: Text
    rests_on: tuple[DutyId, ...]
    rows: tuple[DutyId, ...] = ()
    sorts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    absent_if: str = ""
    of_minors: bool = False


def ids(*names: str) -> tuple[DutyId, ...]:
    """Return ids of duties."""
    return tuple(map(DutyId, names))
