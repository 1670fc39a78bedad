"""Which columns a request is about, and which of them other lawful activities still need.

A request about some activities reaches only the tables that they keep and the categories that they
handle there. What an activity that was not asked about needs, and may still rely on its legal
basis for, is left alone (PIPL Arts. 13, 47 para. 1). A request about everything reaches everything.
"""

from collections.abc import Collection
from dataclasses import dataclass

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.data_map import MappedTable
from chengnuo.domain.rights.request import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a request reaches in one table.

    Attributes:
        columns: Columns that it is about and nothing else needs.
        needed: Columns that it is about and another activity needs.

    """

    columns: frozenset[str]
    needed: frozenset[str] = frozenset()


def concerned(register: Register, scope: Scope) -> tuple[ProcessingActivity, ...]:
    """Return the activities that a request is about."""
    return tuple(
        one
        for one in register.activities
        if (not scope.activities or one.activity in scope.activities)
        and (not scope.categories or set(scope.categories).intersection(one.categories))
    )


def reach(
    table: MappedTable, register: Register, scope: Scope, standing: Collection[ActivityId]
) -> Reach:
    """Return what a request reaches in a table.

    Args:
        table: A declared personal table.
        register: The register in force.
        scope: What the request is about.
        standing: Activities whose legal basis stands for this individual.

    """
    declared = table.declared.columns if table.declared else ()
    if scope.label is not None and table.name != scope.label.table:
        return Reach(columns=frozenset())
    if not scope.activities and not scope.categories:
        return Reach(columns=frozenset(one.column for one in declared))
    asked = [one for one in concerned(register, scope) if table.name in one.stores]
    ids = {one.activity for one in concerned(register, scope)}
    others = [
        one
        for one in register.activities
        if one.activity in standing and one.activity not in ids and table.name in one.stores
    ]
    handled = {category for one in asked for category in one.categories}
    if scope.categories:
        handled &= set(scope.categories)
    needed = {category for one in others for category in one.categories}
    ties = _ties(table)
    plain = [one for one in declared if one.column not in ties]
    about = {one.column for one in plain if one.category in handled}
    kept = {one.column for one in plain if one.column in about and one.category in needed}
    free = about - kept
    if plain and len(free) == len(plain) and not others:
        free |= {one.column for one in declared}
    return Reach(columns=frozenset(free), needed=frozenset(kept))


def _ties(table: MappedTable) -> frozenset[str]:
    """Columns that only say whose a row is and what it hangs on: they go with the row."""
    declared = table.declared
    references = declared.references if declared else ()
    return frozenset(
        {
            *table.identity,
            *table.schema.key,
            *(name for one in references for name in one.columns),
            *(name for one in references for name in (one.when_column,) if name),
            *(name for key in table.schema.foreign_keys for name in key.columns),
        }
    )
