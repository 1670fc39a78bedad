"""The index of a copy: from the plan and the rows that were kept for it."""

from collections.abc import Sequence
from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.recipient_words import contact_lines
from chengnuo.domain.disclosure.saying import both
from chengnuo.domain.rights.explaining import Explainer, Explanation
from chengnuo.domain.rights.export_contents import (
    ExportIndex,
    NotIncluded,
    TableIndexed,
    not_included,
)
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import TransferAsked
from chengnuo.domain.rights.transfer_conditions import is_movable
from chengnuo.ports.rights_exports import TableKept

_STAYS = Text(
    "不是基于同意或者合同收集的，依法不在转移之列",
    "it rests neither on consent nor on a contract, so that it is not moved",
)


def index_of(
    plan: Plan, explainer: Explainer, tables: Sequence[TableKept], *, masked: bool
) -> ExportIndex:
    """Return the index of what was gathered for a plan."""
    register = explainer.register
    names: set[str] = set()
    indexed: list[TableIndexed] = []
    stays: list[Explanation] = []
    is_transfer = isinstance(plan.request.asked, TransferAsked)
    for kept in tables:
        explained = explainer.table(kept.store, kept.table, kept.columns)
        if is_transfer:
            movable = tuple(filter(is_movable, explained.columns))
            stays += [one for one in explained.columns if one not in movable and one.category]
            explained = replace(explained, columns=movable)
        name = _name(kept, names)
        indexed.append(
            TableIndexed(
                name=name,
                explained=explained,
                rows=kept.rows if explained.columns else 0,
                withheld=kept.withheld,
            )
        )
    return ExportIndex(
        export=plan.request.id,
        handler=both(register.handler.name),
        contacts=contact_lines(register.handler.contacts),
        register=plan.register,
        law=plan.law,
        at=plan.at,
        tables=tuple(indexed),
        masked=masked,
        not_included=(
            *not_included(plan, explainer, tuple(indexed)),
            *dict.fromkeys(NotIncluded(what=one.name, why=_STAYS) for one in stays),
        ),
    )


def _name(kept: TableKept, names: set[str]) -> str:
    """Return a name for a table in an archive: plain letters, and none twice."""
    plain = "".join(
        one if one.isascii() and (one.isalnum() or one in "._-") else "_"
        for one in f"{kept.store}.{kept.table}"
    )
    name, number = plain, 1
    while name in names:
        number += 1
        name = f"{plain}~{number}"
    names.add(name)
    return name
