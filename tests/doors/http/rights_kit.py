"""A desk for requests that keeps them in memory and moves them by the real table of stages.

A test holds it to the methods of the real desk, by name and by parameter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tests.usecases.rights.seen_kit import AT, DUE, REQUEST, TASK, line, seen

from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.identity import Why
from chengnuo.domain.rights.machine import Event, Stage, after
from chengnuo.domain.rights.plan import (
    Belongs,
    ColumnAction,
    ColumnFate,
    Kept,
    Plan,
    Problem,
    ProblemKind,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.domain.rights.request import Asked, RequestId, RightsRequest
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Account
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_exports import ExportStream, NoSuchExportError
from chengnuo.usecases.rights.conditions import ConditionSeen
from chengnuo.usecases.rights.refusals import (
    IdentityNotProvedError,
    NoSuchRightsRequestError,
    NoSuchRightsTaskError,
    RightsAmbiguousError,
    RightsNoMatchError,
)
from chengnuo.usecases.rights.seen import Asker, RequestLine, RequestSeen, TaskSeen
from chengnuo.usecases.rights.swept import SweepResult

ERASED = "account-that-was-erased"
NOTICE = "nt-1"
CODE = "ABCDE-FGHJK-LMNPQ-RSTUV"
STEPS = (
    Step(
        table="orders",
        group="kept",
        belongs=Belongs.ALONE,
        rows=3,
        fate=RowFate.CHANGE,
        columns=(
            ColumnAction(column="note", category=CategoryId("free-text"), fate=ColumnFate.NULL),
            ColumnAction(
                column="paid",
                category=None,
                fate=ColumnFate.KEEP,
                kept=Kept(duty="ECL-31", until=AT),
            ),
        ),
        why=Text("交易记录须保存三年", "records of trade are kept for three years"),
    ),
    Step(table="people", group="all", belongs=Belongs.ALONE, rows=1, fate=RowFate.DELETE),
)


def plan_of(request: RightsRequest, *problems: Problem) -> Plan:
    """Return a plan over one store."""
    store = StorePlan(
        store="shop-db",
        name=Text("商城库", "shop database"),
        schema="ab" * 32,
        steps=STEPS,
        problems=problems,
    )
    return Plan(
        request=request,
        register="cd" * 32,
        law="2026-11",
        at=AT,
        stores=(store,),
        basis=("PIPL-47",),
    )


BLOCKED = Problem(
    kind=ProblemKind.NOT_NULL,
    table="orders",
    column="note",
    blocks=True,
    what=Text("该列不能为空", "the column takes no NULL"),
)


class Taken:
    """A file to take home of a few bytes."""

    name, content = "copy.zip", bytes(range(200))
    size, sha256 = len(content), sha256_hex(content)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        for at in range(start, stop, 7):
            yield self.content[at : min(at + 7, stop)]


FOUND, FOUND_BY = "found-0001", {IdentifierKind.PHONE: "100"}
"""Whom the kept desk finds, and by what."""


@dataclass
class KeptHere:
    """Does what `RightsDesk` says of each of its methods that programs use."""

    kept: dict[RequestId, tuple[RequestSeen, Asker]] = field(default_factory=dict)
    told: set[RequestId] = field(default_factory=set)
    fresh: Stage = Stage.NEEDS_PLAN
    problems: tuple[Problem, ...] = ()
    done: set[str] = field(default_factory=set)
    marked: dict[str, RequestId] = field(default_factory=dict)
    moves: int = 0
    swept: SweepResult = field(default_factory=SweepResult)

    def find(self, given: Mapping[IdentifierKind, str]) -> str:
        if "ambiguous" in given.values():
            raise RightsAmbiguousError(None)
        if given != FOUND_BY:
            raise RightsNoMatchError(IdentifierKind.EMAIL)
        return FOUND

    def open(self, asker: Asker, right: Right, asked: Asked, *, mark: str = "") -> RequestSeen:
        if mark in self.marked:
            return self.kept[self.marked[mark]][0]
        for one, who in self.kept.values():
            same = (one.request.right, one.request.asked, who.person) == (
                right,
                asked,
                asker.person,
            )
            if same and not one.stage.is_final:
                return one
        number = len(self.kept)
        request = replace(
            REQUEST,
            id=RequestId(f"rq-{'abcdefghijklmnopqrst'[number]}{'a' * 19}"),
            right=right,
            asked=asked,
            person=asker.person,
            by=asker.by,
            surface=asker.surface,
        )
        made = seen(self.fresh, request=request)
        self.kept[request.id] = made, asker
        if mark:
            self.marked[mark] = request.id
        return made

    def prove(self, request: RequestId, asker: Asker) -> RequestSeen:
        self.own(request, asker.person)
        if asker.authenticated_at is None:
            raise IdentityNotProvedError(Why.NOT_RECENT)
        return self.move(request, Event.PROVED)

    def mine(
        self, person: PersonKey, *, limit: int | None = None, skip: int = 0
    ) -> tuple[RequestLine, ...]:
        found = tuple(
            line(one.days_left, one.stage, one.request.id)
            for one, who in self.kept.values()
            if who.person == person
        )
        return found[skip : None if limit is None else skip + limit]

    def own(self, request: RequestId, person: PersonKey) -> RequestSeen:
        found = self.seen(request)
        if found.request.person != person:
            raise NoSuchRightsRequestError
        return found

    def take_back(self, request: RequestId, person: PersonKey) -> RequestSeen:
        self.own(request, person)
        return self.move(request, Event.TAKEN_BACK)

    def preview(self, asker: Asker, right: Right, asked: Asked) -> Plan:
        request = replace(REQUEST, right=right, asked=asked, person=asker.person)
        return plan_of(request, *self.problems)

    def queue(  # noqa: PLR0913  as of the real one
        self,
        stage: Stage | None = None,
        *,
        overdue: bool = False,
        limit: int = 200,
        skip: int = 0,
        right: str = "",
        by: str = "",
    ) -> tuple[RequestLine, ...]:
        found = [
            line(one.days_left, one.stage, one.request.id)
            for one, _ in self.kept.values()
            if (one.stage is stage if stage else not one.stage.is_final)
            and (not overdue or one.days_left < 0)
            and right in {"", one.request.right}
            and by in {"", one.request.by}
        ]
        return tuple(found[skip : skip + limit])

    def seen(self, request: RequestId) -> RequestSeen:
        if request not in self.kept:
            raise NoSuchRightsRequestError
        return self.kept[request][0]

    def tasks(self, *, open_only: bool = True) -> tuple[TaskSeen, ...]:
        one = replace(TASK, done_at=AT if TASK.id in self.done else None)
        return () if open_only and one.done_at else (one,)

    def task_done(self, task: str, by: Account, note: str) -> RequestSeen:
        assert by.name in {"api", "cli"}
        assert isinstance(note, str)
        if task != TASK.id or task in self.done:
            raise NoSuchRightsTaskError
        self.done.add(task)
        return next(iter(self.kept.values()))[0]

    def release(self, request: RequestId, by: Account) -> RequestSeen:
        assert by.name == "cli"
        return self.move(request, Event.RELEASED)

    def acknowledge(self, notice: str) -> RequestSeen:
        if notice != NOTICE:
            raise NoSuchRightsTaskError
        return next(iter(self.kept.values()))[0]

    def cancellation_conditions(self, asker: Asker) -> tuple[ConditionSeen, ...]:
        assert asker.account
        return (ConditionSeen(what=Text("没有未完成的订单", "no open orders"), met=None),)

    def may_create_account(self, account: str) -> bool:
        return account != ERASED

    def start_afresh(self, asker: Asker) -> bool:
        return asker.account == ERASED

    def file(self, request: RequestId, asker: Asker, part: int) -> ExportStream:
        self.own(request, asker.person)
        if asker.authenticated_at is None:
            raise IdentityNotProvedError(Why.NOT_RECENT)
        if part != 1:
            raise NoSuchExportError
        return Taken()

    def code(self, request: RequestId, asker: Asker) -> str:
        self.own(request, asker.person)
        if asker.authenticated_at is None:
            raise IdentityNotProvedError(Why.NOT_RECENT)
        if request in self.told:
            raise NoSuchExportError
        self.told.add(request)
        return CODE

    def work(self, *, limit: int = 20) -> int:
        assert limit
        self.moves -= 1
        return max(0, self.moves + 1)

    def sweep(self) -> SweepResult:
        return self.swept

    def move(self, request: RequestId, event: Event) -> RequestSeen:
        one, who = self.kept[request]
        moved = replace(one, stage=after(one.stage, event), due=DUE)
        self.kept[request] = moved, who
        return moved
