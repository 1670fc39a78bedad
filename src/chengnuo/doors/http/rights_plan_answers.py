"""What programs are told about a plan, as JSON; the only place of its wire names.

A plan counts rows and names tables, columns and duties; no value of any row is in it.
"""

from datetime import datetime

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.rights.plan import (
    ColumnAction,
    Kept,
    Plan,
    Problem,
    Referrers,
    Refusal,
    Step,
    StorePlan,
)
from chengnuo.doors.http.answers import Words


class _Camel(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An answer."""


class KeptBody(_Camel, frozen=True):
    """Something that stays under a duty; `until` is null while its event has not come about."""

    duty: str
    until: datetime | None


class ColumnBody(_Camel, frozen=True):
    """What happens to one column of rows that stay."""

    column: str
    category: str | None
    fate: str
    kept: KeptBody | None
    instead_of: str


class ReferrersBody(_Camel, frozen=True):
    """Rows that refer to the rows of a step, the individual's own and others'."""

    table: str
    columns: tuple[str, ...]
    mine: int
    others: int


class StepBody(_Camel, frozen=True):
    """What happens to one group of rows of one table."""

    table: str
    group: str
    belongs: str
    rows: int
    fate: str
    columns: tuple[ColumnBody, ...]
    referrers: tuple[ReferrersBody, ...]
    why: Words | None


class HindranceBody(_Camel, frozen=True):
    """What stands against running in a store, or has to be known before."""

    kind: str
    table: str
    column: str
    blocks: bool
    what: Words


class StorePlanBody(_Camel, frozen=True):
    """What happens in one store, as one transaction."""

    store: str
    name: Words
    schema_digest: str
    blocked: bool
    by_hand: bool
    steps: tuple[StepBody, ...]
    problems: tuple[HindranceBody, ...]


class RefusalBody(_Camel, frozen=True):
    """Something that is asked for and not done, why, and on what that rests."""

    code: str
    articles: tuple[str, ...]
    what: Words
    why: Words


class ToldBody(_Camel, frozen=True):
    """A party outside that has to be told."""

    recipient: str
    name: Words
    kind: str
    categories: tuple[str, ...]


class PlanBody(_Camel, frozen=True):
    """What would be done with whose rows in which store, what not, and why."""

    register_version: str
    law_version: str
    at: datetime
    rows: int
    blocked: bool
    stores: tuple[StorePlanBody, ...]
    outside: tuple[ToldBody, ...]
    refusals: tuple[RefusalBody, ...]
    kept: tuple[KeptBody, ...]
    basis: tuple[str, ...]


def words(text: Text) -> Words:
    """Return a text in wire form."""
    return Words(zh=text.zh, en=text.en)


def plan_body(plan: Plan) -> PlanBody:
    """Return a plan."""
    return PlanBody(
        register_version=plan.register,
        law_version=plan.law,
        at=plan.at,
        rows=plan.rows,
        blocked=plan.is_blocked,
        stores=tuple(map(_store, plan.stores)),
        outside=tuple(
            ToldBody(
                recipient=one.recipient,
                name=words(one.name),
                kind=one.kind,
                categories=one.categories,
            )
            for one in plan.outside
        ),
        refusals=tuple(map(refusal_body, plan.refusals)),
        kept=tuple(map(kept_body, plan.kept)),
        basis=plan.basis,
    )


def _store(one: StorePlan) -> StorePlanBody:
    return StorePlanBody(
        store=one.store,
        name=words(one.name),
        schema_digest=one.schema,
        blocked=one.is_blocked,
        by_hand=one.by_hand,
        steps=tuple(map(_step, one.steps)),
        problems=tuple(map(_problem, one.problems)),
    )


def _step(one: Step) -> StepBody:
    return StepBody(
        table=one.table,
        group=one.group,
        belongs=one.belongs.value,
        rows=one.rows,
        fate=one.fate.value,
        columns=tuple(map(_column, one.columns)),
        referrers=tuple(map(_referrers, one.referrers)),
        why=None if one.why is None else words(one.why),
    )


def _column(one: ColumnAction) -> ColumnBody:
    return ColumnBody(
        column=one.column,
        category=one.category,
        fate=one.fate.value,
        kept=None if one.kept is None else kept_body(one.kept),
        instead_of=one.instead_of,
    )


def _referrers(one: Referrers) -> ReferrersBody:
    return ReferrersBody(table=one.table, columns=one.columns, mine=one.mine, others=one.others)


def _problem(one: Problem) -> HindranceBody:
    return HindranceBody(
        kind=one.kind.value,
        table=one.table,
        column=one.column,
        blocks=one.blocks,
        what=words(one.what),
    )


def refusal_body(one: Refusal) -> RefusalBody:
    """Return something that is not done."""
    return RefusalBody(
        code=one.code, articles=one.articles, what=words(one.what), why=words(one.why)
    )


def kept_body(one: Kept) -> KeptBody:
    """Return something that stays."""
    return KeptBody(duty=one.duty, until=one.until)
