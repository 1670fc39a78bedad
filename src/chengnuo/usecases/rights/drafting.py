"""From what a survey found to a plan, for each right that touches stores (PIPL Arts. 45 to 47)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.rights.data_map import BY_HAND, MappedTable
from chengnuo.domain.rights.plan import Outside, Plan, Problem, Refusal, Step, StorePlan
from chengnuo.domain.rights.planning import (
    changed_categories,
    outside,
    read_step,
    refusals_of_deletion,
    table_words,
)
from chengnuo.domain.rights.request import (
    EVERYTHING,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    ReadAsked,
    RightsRequest,
    Scope,
    TransferAsked,
)
from chengnuo.domain.rights.scoping import reach
from chengnuo.domain.rights.words import RefusalCode, refusal
from chengnuo.law.rights import Right
from chengnuo.ports.rights_scratch import Scratch
from chengnuo.usecases.rights.correcting import correction
from chengnuo.usecases.rights.deleting import deletion, store_steps
from chengnuo.usecases.rights.looking import Looked
from chengnuo.usecases.rights.planner_values import Surroundings

_BASIS: dict[Right, tuple[str, ...]] = {
    Right.ACCESS: ("PIPL-45",),
    Right.COPY: ("PIPL-45",),
    Right.TRANSFER: ("PIPL-45",),
    Right.CORRECT: ("PIPL-46",),
    Right.SUPPLEMENT: ("PIPL-46",),
    Right.DELETE: ("PIPL-47",),
    Right.CANCEL_ACCOUNT: ("PIPL-47", "191-6.1"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a plan is made of, before it is put together by store.

    Attributes:
        steps: By store.
        problems: By store, besides those of the look.
        refusals: What is refused.
        outside: Who is told.

    """

    steps: Mapping[str, tuple[Step, ...]]
    problems: Mapping[str, tuple[Problem, ...]]
    refusals: tuple[Refusal, ...] = ()
    outside: tuple[Outside, ...] = ()


def draft_of(  # noqa: PLR0913  all that a plan rests on
    request: RightsRequest,
    looked: Looked,
    scratch: Scratch,
    around: Surroundings,
    *,
    at: datetime,
    read: Mapping[int, frozenset[str]],
) -> Draft:
    """Return what becomes of what was found.

    Args:
        request: What is asked.
        looked: The stores.
        scratch: What was found.
        around: What else the plan rests on.
        at: Instant of the plan.
        read: Columns to be shown, by number of the table, where the request is to read.

    """
    match request.asked:
        case CorrectionAsked(changes=changes):
            return _correction(looked, scratch, changes, around)
        case ReadAsked() | TransferAsked():
            return _copy(looked, scratch, around, at, read)
        case _:
            return _deletion(looked, scratch, _scope(request), around, at)


def stopped(problems: Mapping[str, Problem]) -> Draft:
    """Return the draft of a survey that did not come to its end."""
    return Draft(steps={}, problems={store: (one,) for store, one in problems.items()})


def whole(
    request: RightsRequest, around: Surroundings, at: datetime, looked: Looked, draft: Draft
) -> Plan:
    """Put a plan together, store by store in the order of the register.

    That nothing is there is said only where every store was looked at.
    """
    plan = Plan(
        request=request,
        register=around.version,
        law=str(around.law.version),
        at=at,
        stores=tuple(
            StorePlan(
                store=store.store,
                name=store.name,
                schema=looked.schemas[store.store].digest if store.store in looked.schemas else "",
                steps=draft.steps.get(store.store, ()),
                problems=(
                    *looked.problems.get(store.store, ()),
                    *draft.problems.get(store.store, ()),
                ),
                by_hand=store.kind in BY_HAND,
            )
            for store in around.register.stores
            if store.tables or store.kind in BY_HAND
        ),
        outside=draft.outside,
        refusals=draft.refusals,
        basis=_BASIS.get(request.right, ()),
    )
    if not plan.is_blocked:
        return plan
    sure = tuple(one for one in plan.refusals if one.code != RefusalCode.NOTHING_THERE)
    return replace(plan, refusals=sure)


def read_scope(
    request: RightsRequest, looked: Looked, around: Surroundings, at: datetime
) -> dict[int, frozenset[str]]:
    """Return the columns that a request to read is about; nothing of what has to stay secret."""
    scope = _scope(request)
    return {
        table.number: frozenset()
        if _is_secret(table, around, at)
        else reach(table, around.register, scope, ()).columns
        for table in _tables(looked)
    }


def _scope(request: RightsRequest) -> Scope:
    match request.asked:
        case ReadAsked(scope=scope) | TransferAsked(scope=scope) | DeletionAsked(scope=scope):
            return scope
        case _:
            return EVERYTHING


def _tables(looked: Looked) -> Iterator[MappedTable]:
    return (one for one in looked.data.reached() if one.store in looked.sources)


def _is_secret(table: MappedTable, around: Surroundings, at: datetime) -> bool:
    return any(one.secret and one.holds(table.name, at) for one in around.holds)


def _copy(
    looked: Looked,
    scratch: Scratch,
    around: Surroundings,
    at: datetime,
    read: Mapping[int, frozenset[str]],
) -> Draft:
    steps: dict[str, tuple[Step, ...]] = {}
    secret: dict[str, Refusal] = {}
    for table in _tables(looked):
        kinds = scratch.kinds(table.number)
        if kinds and _is_secret(table, around, at):
            secret[table.name] = refusal(RefusalCode.SECRET_BY_LAW, table_words(table))
        elif read[table.number]:
            steps[table.store] = (
                *steps.get(table.store, ()),
                *(read_step(table, kind, count, read[table.number]) for kind, count in kinds),
            )
    nothing = () if steps or secret else (_NOTHING,)
    return Draft(steps=steps, problems={}, refusals=(*secret.values(), *nothing))


_NOTHING = refusal(RefusalCode.NOTHING_THERE, Text("您的个人信息", "your personal information"))


def _deletion(
    looked: Looked, scratch: Scratch, scope: Scope, around: Surroundings, at: datetime
) -> Draft:
    found = deletion(looked, scratch, scope, around, at)
    steps: dict[str, tuple[Step, ...]] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for store in looked.sources:
        steps[store], problems[store] = store_steps(looked, found, store)
    held = [
        one.reason
        for one in around.holds
        if any(one.holds(rows.table.name, at) for rows in found.rows)
    ]
    every = [step for one in steps.values() for step in one]
    return Draft(
        steps=steps,
        problems=problems,
        refusals=tuple(refusals_of_deletion(found.rows, found.reaches, held)),
        # A notice names categories; it would ask others to delete more than one label.
        outside=()
        if scope.label is not None
        else outside(around.register, scope, "delete", changed_categories(every, found.rows)),
    )


def _correction(
    looked: Looked, scratch: Scratch, changes: Sequence[ColumnChange], around: Surroundings
) -> Draft:
    steps: dict[str, tuple[Step, ...]] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    refused: list[Refusal] = []
    for one in correction(looked, scratch, changes):
        if one.refusal is not None:
            refused.append(one.refusal)
        if one.step is not None:
            steps[one.store] = (*steps.get(one.store, ()), one.step)
            problems[one.store] = (*problems.get(one.store, ()), *one.problems)
    every = [step for one in steps.values() for step in one]
    return Draft(
        steps=steps,
        problems=problems,
        refusals=tuple(refused),
        outside=outside(around.register, EVERYTHING, "correct", changed_categories(every, ())),
    )
