"""The plan of a request as a page shows it: problems first, refusals, then store by store.

Tables and columns, never a value: whose values they are stands nowhere on a page of plans.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.rights.plan import (
    ColumnAction,
    ColumnFate,
    Plan,
    Problem,
    Refusal,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.doors.web.console_mends import with_mend
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
    Fact,
    Mend,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)

_FATES = {
    RowFate.READ: StatusKind.NONE,
    RowFate.DELETE: StatusKind.WARN,
    RowFate.CHANGE: StatusKind.MILD,
    RowFate.KEEP: StatusKind.NOTE,
}
_PLAIN = (ColumnFate.READ,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """Something that stands against a plan, with what would mend it."""

    status: Status
    where: Words
    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """Something that is refused, with its articles."""

    what: str
    why: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreView:
    """What happens in one store, step by step.

    Attributes:
        anchor: Its place on the page.
        name: What people call it, linked to its row of the register.
        status: Whether it can be begun.
        lead: In words, how it runs.
        steps: Its steps in order.

    """

    anchor: str
    name: Words
    status: Status
    lead: str
    steps: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan.

    Attributes:
        facts: For what it was made, and what it comes to.
        basis: The duties that it carries out.
        problems: What blocks comes first.
        refusals: What is refused as a whole.
        stores: The stores in order.
        outside: Who is told.

    """

    facts: tuple[Fact, ...]
    basis: tuple[Citation, ...]
    problems: tuple[ProblemView, ...]
    refusals: tuple[RefusalView, ...]
    stores: tuple[StoreView, ...]
    outside: Table


def plan_view(say: RightsWords, plan: Plan, mend: Mend) -> PlanView:
    """Return a plan, and what mends its request where something blocks it."""
    problems = [(store, problem) for store in plan.stores for problem in store.problems]
    problems.sort(key=lambda pair: not pair[1].blocks)
    return PlanView(
        facts=tuple(_facts(say, plan)),
        basis=tuple(say.cited(duty) for duty in plan.basis),
        problems=tuple(_problem(say, store, problem, mend) for store, problem in problems),
        refusals=tuple(refusal_view(say, one) for one in plan.refusals),
        stores=tuple(_store(say, place, store, mend) for place, store in enumerate(plan.stores, 1)),
        outside=_outside(say, plan),
    )


def refusal_view(say: RightsWords, refusal: Refusal) -> RefusalView:
    """Return something that is refused."""
    return RefusalView(
        what=say.text(refusal.what),
        why=say.text(refusal.why),
        citations=tuple(say.cited(article) for article in refusal.articles),
    )


def _facts(say: RightsWords, plan: Plan) -> Iterator[Fact]:
    def fact(name: str, value: Cell) -> Fact:
        return Fact(name=say.t(f"console.rights.plan.{name}"), value=value)

    yield fact("made", said(say.when(plan.at)))
    yield fact("rows", said(f"{plan.rows:,}"))
    fates = [
        (fate, sum(step.rows for store in plan.stores for step in store.steps if step.fate is fate))
        for fate in RowFate
    ]
    yield fact(
        "fates",
        tuple(
            Words(text=say.t(f"console.rights.sum.{fate}", n=f"{rows:,}"))
            for fate, rows in fates
            if rows
        )
        or said(say.t("word.none")),
    )
    if plan.kept:
        yield fact("kept", tuple(Words(text=say.kept(one)) for one in plan.kept))
    yield fact("register", (Words(text=plan.register, hash=True),))
    yield fact("law", (Words(text=plan.law, code=True),))


def _problem(say: RightsWords, store: StorePlan, problem: Problem, mend: Mend) -> ProblemView:
    kind = StatusKind.GRAVE if problem.blocks else StatusKind.NOTE
    word = say.t("console.rights.blocks" if problem.blocks else "console.rights.to-know")
    return ProblemView(
        status=with_mend(Status(kind=kind, word=word), mend),
        where=say.store(store.store, store.name),
        place=".".join(part for part in (problem.table, problem.column) if part),
        text=say.text(problem.what),
    )


def _store(say: RightsWords, place: int, store: StorePlan, mend: Mend) -> StoreView:
    heads = ("table", "rows", "belongs", "fate", "columns", "referrers")
    how = "by-hand" if store.by_hand else ("blocked" if store.is_blocked else "runs")
    kinds = {
        "by-hand": StatusKind.WARN,
        "blocked": StatusKind.GRAVE,
        "runs": StatusKind.FINE,
    }
    name = say.store(store.store, store.name)
    return StoreView(
        anchor=f"store-{place}",
        name=name,
        status=with_mend(Status(kind=kinds[how], word=say.t(f"console.rights.store-{how}")), mend),
        lead=say.t(f"console.rights.store-{how}-text"),
        steps=Table(
            caption=name.text,
            heads=tuple(say.t(f"console.rights.step.{head}") for head in heads),
            rows=tuple(_step(say, number, step) for number, step in enumerate(store.steps, 1)),
            empty=_no_steps(say, store),
            numbers=(1,),
        ),
    )


def _no_steps(say: RightsWords, store: StorePlan) -> Empty:
    key = "hand" if store.by_hand else "steps"
    return Empty(
        name=say.t(f"console.rights.no-{key}"),
        text=say.t(f"console.rights.no-{key}-text"),
        href="#acts",
        act=say.t("nav.rights"),
    )


def _step(say: RightsWords, number: int, step: Step) -> Row:
    return Row(
        cells=(
            said(f"{number}. `{step.table}`"),
            said(f"{step.rows:,}"),
            said(
                say.t(f"console.rights.belongs.{step.belongs}"),
                say.t(f"console.rights.belongs-text.{step.belongs}"),
            ),
            _fate(say, step),
            tuple(_columns(say, step)) or said("—"),
            tuple(_referrers(say, step)) or said("—"),
        )
    )


def _fate(say: RightsWords, step: Step) -> Cell:
    status = Status(kind=_FATES[step.fate], word=say.t(f"console.rights.fate.{step.fate}"))
    why = say.text(step.why)
    return (Words(status=status, notes=(why,) if why else ()),)


def _columns(say: RightsWords, step: Step) -> Iterator[Words]:
    plain = [one.column for one in step.columns if one.fate in _PLAIN and one.kept is None]
    if plain:
        yield Words(text="、".join(f"`{one}`" for one in plain), notes=(_read(say),))
    for one in step.columns:
        if one.column not in plain:
            yield _column(say, one)


def _read(say: RightsWords) -> str:
    return say.t(f"console.rights.column.{ColumnFate.READ}")


def _column(say: RightsWords, action: ColumnAction) -> Words:
    notes = [say.t(f"console.rights.column.{action.fate}"), say.category(action.category)]
    if action.kept is not None:
        notes.append(say.kept(action.kept))
    if action.instead_of:
        asked = say.t(f"when-deleted.{action.instead_of}")
        notes.append(say.t("console.rights.instead-of", what=asked))
    return Words(text=f"`{action.column}`", notes=tuple(note for note in notes if note))


def _referrers(say: RightsWords, step: Step) -> Iterator[Words]:
    for one in step.referrers:
        columns = "、".join(one.columns)
        counted = say.t("console.rights.referring", mine=f"{one.mine:,}", others=f"{one.others:,}")
        yield Words(text=f"`{one.table}`", notes=(columns, counted))


def _outside(say: RightsWords, plan: Plan) -> Table:
    heads = ("recipient", "to-do", "what")
    return Table(
        caption=say.t("console.rights.outside"),
        heads=tuple(say.t(f"console.rights.told.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    (Words(text=say.text(one.name), notes=(one.recipient,)),),
                    said(say.t(f"console.rights.tell.{one.kind}")),
                    tuple(Words(text=say.category(each)) for each in one.categories) or said("—"),
                )
            )
            for one in plan.outside
        ),
        empty=Empty(
            name=say.t("console.rights.nobody-told"),
            text=say.t("empty.request"),
            href="#acts",
            act=say.t("nav.rights"),
        ),
    )
