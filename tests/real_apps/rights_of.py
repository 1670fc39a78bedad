"""Somebody's rights in a copy of an application: planned, carried out, looked at again."""

from collections import defaultdict
from datetime import UTC, datetime
from os import urandom
from pathlib import Path
from typing import TYPE_CHECKING

from tests.real_apps.applications import Database

from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    DeletionAsked,
    Ground,
    ReadAsked,
    RequestId,
    RightsRequest,
)
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.planner import Planner, RowPage, Surroundings
from chengnuo.wiring.program import Program

if TYPE_CHECKING:
    from chengnuo.domain.rights.values import Value

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


class Taken:
    """Takes the rows of a copy."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
        self.columns: dict[str, tuple[str, ...]] = {}

    def take(self, page: RowPage) -> None:
        """See `RowTaker.take`."""
        self.columns[page.table] = page.columns
        self.rows[page.table] += map(tuple, page.rows)


class Acting:
    """What is done for one account in one application."""

    def __init__(self, application: Database, account: str, scratch: Path) -> None:
        self.account = account
        self.around = Surroundings(
            register=application.register, version="0" * 64, law=Program().catalogue()
        )
        self.planner = Planner(
            sources=application.stores(), scratches=SqliteScratches(scratch), random=urandom
        )

    def plan_to_read(self, taken: Taken) -> Plan:
        """Return the plan of a copy; its rows are taken."""
        return self.planner.plan(
            _request(Right.COPY, ReadAsked()), self.account, AT, self.around, taker=taken
        )

    def plan_to_delete(self) -> Plan:
        """Return the plan of a deletion of everything."""
        return self.planner.plan(
            _request(Right.DELETE, DeletionAsked(ground=Ground.OTHER_LAW)),
            self.account,
            AT,
            self.around,
        )

    def carry_out(self, plan: Plan) -> int:
        """Carry a plan out in every store; return how many rows the stores counted."""
        done = [self.planner.carry_out(plan, one, account=self.account) for one in plan.stores]
        return sum(one.deleted + one.changed for one in done)

    def residue(self, plan: Plan) -> int:
        """Return how many rows are found that should not be there."""
        found = self.planner.residue(plan, self.account, AT, self.around)
        return sum(one.rows for one in found)


def _request(right: Right, asked: Asked) -> RightsRequest:
    return RightsRequest(
        id=RequestId("rq-" + "a" * 20),
        right=right,
        person="0" * 64,
        by=AskedBy.INDIVIDUAL,
        app="demo",
        surface="centre",
        received=AT,
        asked=asked,
    )
