"""The look afterwards: nothing should be there that the plan says is gone.

By the keys of the plan, and afresh from the account: a row that the first survey did not know is
residue as well, because it belongs to somebody whose information should be gone.
"""

from collections import Counter
from contextlib import suppress

from chengnuo.domain.rights.data_map import MappedTable
from chengnuo.domain.rights.plan import Plan, RowFate
from chengnuo.domain.rights.request import CancellationAsked, DeletionAsked
from chengnuo.domain.rights.schema import OF_CONNECTOR
from chengnuo.ports.record_source import MOST_VALUES
from chengnuo.ports.rights_scratch import Scratch
from chengnuo.usecases.rights.carrying_out import Carrying
from chengnuo.usecases.rights.looking import Looked
from chengnuo.usecases.rights.planner_values import Residue
from chengnuo.usecases.rights.survey import Survey, TooManyRowsError


def look_again(plan: Plan, looked: Looked, scratch: Scratch, survey: Survey) -> tuple[Residue, ...]:
    """Return what is found that should not be there, store by store.

    Args:
        plan: The plan that was carried out.
        looked: The stores as they are now.
        scratch: What was found for the plan.
        survey: A fresh survey, not begun.

    """
    fresh: dict[str, Counter[str]] = {}
    if isinstance(plan.request.asked, DeletionAsked | CancellationAsked):
        with suppress(TooManyRowsError):  # what was found until then is residue enough
            survey.find()
        fresh = _unknown(plan, looked, scratch, survey.scratch)
    found = []
    for store in plan.stores:
        if store.store not in looked.sources:
            continue
        wrong = Counter(fresh.get(store.store, {}))
        if any(one.fate in {RowFate.DELETE, RowFate.CHANGE} for one in store.steps):
            carrying = Carrying(
                plan=plan,
                store=store,
                schema=looked.schemas[store.store],
                source=looked.sources[store.store],
                scratch=scratch,
                beat=survey.beat,
            )
            for table, count in carrying.wrong():
                wrong[table] += count
        found.append(Residue(store=store.store, rows=wrong.total(), tables=tuple(sorted(+wrong))))
    return tuple(found)


def _unknown(
    plan: Plan, looked: Looked, before: Scratch, after: Scratch
) -> dict[str, Counter[str]]:
    """Return how many rows are found now that were not found for the plan.

    Where a connector names rows by all they hold, a changed row has another name: there as many
    rows may be as the plan lets stay, and no more.
    """
    unknown: dict[str, Counter[str]] = {}
    for table in looked.data.reached():
        number = int(before.recall(f"table:{table.name}") or -1)
        if table.schema.key[0].startswith(OF_CONNECTOR):
            there = sum(count for _, count in after.kinds(table.number))
            if there > (stays := _staying(plan, table)):
                unknown.setdefault(table.store, Counter())[table.schema.table] = there - stays
            continue
        for kind, _ in after.kinds(table.number):
            mark = 0
            while True:
                keys, last = after.keys(table.number, kind, mark, MOST_VALUES)
                if last == mark:
                    break
                mark = last
                count = len(keys) - len(before.known(number, keys))
                if count:
                    unknown.setdefault(table.store, Counter())[table.schema.table] += count
    return unknown


def _staying(plan: Plan, table: MappedTable) -> int:
    return sum(
        step.rows
        for store in plan.stores
        if store.store == table.store
        for step in store.steps
        if step.table == table.schema.table and step.fate is not RowFate.DELETE and not step.cuts
    )
