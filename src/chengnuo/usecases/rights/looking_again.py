"""The look afterwards: nothing should be there that the plan says is gone.

By the keys of the plan, and afresh from the account: a row that the first survey did not know is
residue as well, because it belongs to somebody whose information should be gone.
"""

from collections import Counter
from contextlib import suppress

from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import CancellationAsked, CorrectionAsked, DeletionAsked
from chengnuo.ports.rights_scratch import Scratch
from chengnuo.usecases.rights.carrying_out import Carrying, key_pages
from chengnuo.usecases.rights.looking import Looked
from chengnuo.usecases.rights.looking_at_named import NamedRows, is_named_by_connector
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
    asked = plan.request.asked
    erases = isinstance(asked, DeletionAsked | CancellationAsked)
    named = [table for table in looked.data.reached() if is_named_by_connector(table)]
    fresh: dict[str, Counter[str]] = {}
    if erases or (isinstance(asked, CorrectionAsked) and named):
        with suppress(TooManyRowsError):  # what was found until then is residue enough
            survey.find()
    if erases:
        fresh = _unknown(looked, scratch, survey.scratch)
    found = []
    for store in plan.stores:
        if store.store not in looked.sources:
            continue
        wrong = Counter(fresh.get(store.store, {}))
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
        for one in named:
            if one.store == store.store:
                rows = NamedRows(carrying, one, survey)
                wrong[one.schema.table] += rows.of_deletion() if erases else rows.of_correction()
        found.append(Residue(store=store.store, rows=wrong.total(), tables=tuple(sorted(+wrong))))
    return tuple(found)


def _unknown(looked: Looked, before: Scratch, after: Scratch) -> dict[str, Counter[str]]:
    """Return how many rows are found now that were not found for the plan, by store and table.

    Tables whose connector names the rows are looked at by `NamedRows`.
    """
    unknown: dict[str, Counter[str]] = {}
    for table in looked.data.reached():
        if is_named_by_connector(table):
            continue
        number = int(before.recall(f"table:{table.name}") or -1)
        for kind, _ in after.kinds(table.number):
            for keys in key_pages(after, table.number, kind):
                count = len(keys) - len(before.known(number, keys))
                if count:
                    unknown.setdefault(table.store, Counter())[table.schema.table] += count
    return unknown
