"""What would happen, in plain words and before anything is sent (PIPL Arts. 17 and 50).

Counted are rows, never shown are values. What stays is said with its reason and its end, what is
refused with its articles, and whatever stands in the way is not passed over.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.rights.plan import Belongs, Plan, RowFate, Step, StorePlan
from chengnuo.doors.web.centre_rights_words import RefusalView, RightsSpeaker
from chengnuo.doors.web.page_parts import Cell, Empty, Row, Table, Words, said
from chengnuo.law.rights import Right

_CORRECTING = frozenset({Right.CORRECT, Right.SUPPLEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """What would happen.

    Attributes:
        lead: How much was found.
        rows: What happens to what.
        kept: What stays, under which duty, until when.
        told: Who outside is told what.
        refusals: What is refused.
        notes: What stands in the way, or is done by hand.

    """

    lead: str
    rows: Table
    kept: tuple[Cell, ...]
    told: tuple[str, ...]
    refusals: tuple[RefusalView, ...]
    notes: tuple[str, ...]


def preview_of(say: RightsSpeaker, plan: Plan) -> PreviewView:
    """Return a plan in plain words."""
    heads = ("what", "rows", "fate")
    return PreviewView(
        lead=say.t("centre.rights.preview.lead", n=f"{plan.rows:,}"),
        rows=Table(
            caption=say.t("centre.rights.preview.title"),
            heads=tuple(say.t(f"centre.rights.preview.{head}") for head in heads),
            rows=tuple(_rows(say, plan)),
            empty=Empty(
                name=say.t("centre.rights.preview.nothing"),
                text=say.t("centre.rights.preview.nothing-text"),
            ),
            numbers=(1,),
        ),
        kept=tuple(say.kept(one) for one in plan.kept),
        told=tuple(
            say.t(f"centre.rights.tell.{one.kind}", name=say.text(one.name)) for one in plan.outside
        ),
        refusals=tuple(say.refusal(one) for one in plan.refusals),
        notes=tuple(_notes(say, plan)),
    )


def _rows(say: RightsSpeaker, plan: Plan) -> Iterator[Row]:
    for store in plan.stores:
        counted: Counter[tuple[str, Cell]] = Counter()
        for step in store.steps:
            counted[_table(say, store, step), _fate(say, plan, step)] += step.rows
        for (table, fate), rows in counted.items():
            yield Row(cells=(said(table, say.text(store.name)), said(f"{rows:,}"), fate))


def _table(say: RightsSpeaker, store: StorePlan, step: Step) -> str:
    known = say.register.store_by_id.get(StoreId(store.store))
    tables = () if known is None else known.tables
    holds = next((one.holds for one in tables if one.table == step.table), None)
    return say.text(holds) or step.table


def _fate(say: RightsSpeaker, plan: Plan, step: Step) -> Cell:
    word: str = step.fate
    if step.fate is RowFate.CHANGE and plan.request.right in _CORRECTING:
        word = "correct"
    notes = [say.text(step.why)]
    changes = step.fate is not RowFate.READ
    if changes and step.belongs is not Belongs.ALONE and not notes[0]:
        notes.append(say.t(f"centre.rights.belongs.{step.belongs}"))
    return (
        Words(
            text=say.t(f"centre.rights.fate.{word}"), notes=tuple(note for note in notes if note)
        ),
    )


def _notes(say: RightsSpeaker, plan: Plan) -> Iterator[str]:
    for store in plan.stores:
        if store.is_blocked:
            yield say.t("centre.rights.preview.blocked", store=say.text(store.name))
        elif store.by_hand:
            yield say.t("centre.rights.preview.by-hand", store=say.text(store.name))
