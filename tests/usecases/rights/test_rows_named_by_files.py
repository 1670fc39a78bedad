"""The look afterwards over tables in files, where a row that was changed has another name."""

import json
from collections.abc import Callable
from dataclasses import replace
from os import urandom
from pathlib import Path

import pytest
from tests.adapters.connectors.files_kit import files_store
from tests.usecases.rights.shop_kit import AT, sample_register

from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.domain.register.store import Column, StoreKind, Table, WhenDeleted
from chengnuo.domain.rights.plan import Plan, RowFate
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    Ground,
    RequestId,
    RightsRequest,
)
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.planner_values import Surroundings

NAME = CategoryId("PI-BASIC-NAME")


def column(name: str, fate: WhenDeleted, *, correctable: bool = False) -> Column:
    return Column(column=name, category=NAME, when_deleted=fate, correctable=correctable)


def table(name: str) -> Table:
    return Table(
        table=name,
        identity=("account",),
        not_personal=("tin",),
        columns=(
            column("account", WhenDeleted.KEEP),
            column("receiver", WhenDeleted.MASK, correctable=True),
            column("nickname", WhenDeleted.ANONYMISE, correctable=True),
            column("note", WhenDeleted.NULL),
        ),
    )


CSV = "orders/*.csv"
JSONL = "orders/*.jsonl"
GONE = "left/*.csv"
EVERYTHING = DeletionAsked(ground=Ground.UNLAWFUL)


class Yard:
    """A folder of orders in one form of file, and what plans over it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder / "files", name
        self.file = self.folder / name.replace("*", "one")
        left = Table(
            table=GONE,
            identity=("account",),
            columns=(column("account", WhenDeleted.DELETE_ROW),),
            not_personal=("tin",),
        )
        store = files_store(table(name), left)
        register, catalogue = sample_register()
        self.around = Surroundings(
            register=replace(register, stores=(store,)), version="0" * 64, law=catalogue
        )
        self.planner = Planner(
            sources=ConnectedStores(
                (store,),
                {"SAMPLE_FILES": self.folder.as_uri()},
                {StoreKind.FILES: FilesSource},
            ),
            scratches=SqliteScratches(folder / "scratch"),
            random=urandom,
        )
        self.put(
            ("1", "甲", "jia", "n", "5"),
            ("2", "乙", "yi", "n", "1"),
            ("1", "丙", "bing", "n", "7"),
        )
        self.left("1,4", "2,4")

    def put(self, *rows: tuple[str, str, str, str, str]) -> None:
        names = ("account", "receiver", "nickname", "note", "tin")
        if self.name == CSV:
            lines = [",".join(one) for one in (names, *rows)]
        else:
            lines = [json.dumps(dict(zip(names, one, strict=True))) for one in rows]
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def left(self, *rows: str) -> None:
        (self.folder / "left").mkdir(exist_ok=True)
        text = "\n".join(("account,tin", *rows)) + "\n"
        (self.folder / "left" / "one.csv").write_text(text, encoding="utf-8")

    def plan(self, right: Right, asked: Asked) -> Plan:
        request = RightsRequest(
            id=RequestId("rq-yard"),
            right=right,
            person="somebody",
            by=AskedBy.INDIVIDUAL,
            app="",
            surface="api",
            received=AT,
            asked=asked,
        )
        return self.planner.plan(request, "1", AT, self.around)

    def carry_out(self, plan: Plan) -> tuple[int, int]:
        (store,) = plan.stores
        done = self.planner.carry_out(plan, store, account="1")
        return done.deleted, done.changed

    def residue(self, plan: Plan) -> tuple[int, tuple[str, ...]]:
        (found,) = self.planner.residue(plan, "1", AT, self.around)
        return found.rows, found.tables

    def replace(self, before: str, after: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert before in text
        self.file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture(params=[CSV, JSONL])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Yard:
    return Yard(tmp_path, request.param)


def own_of(yard: Yard) -> str:
    """Return one value that a row got of its own."""
    text = yard.file.read_text(encoding="utf-8")
    begin = text.index("anon-")
    return text[begin : begin + len("anon-") + 16]


def test_rows_as_the_plan_leaves_them_are_no_residue(yard: Yard) -> None:
    plan = yard.plan(Right.DELETE, EVERYTHING)
    fates = {step.table: (step.fate, step.rows) for step in plan.stores[0].steps}
    assert fates == {yard.name: (RowFate.CHANGE, 2), GONE: (RowFate.DELETE, 1)}
    assert yard.carry_out(plan) == (1, 2)
    assert yard.residue(plan) == (0, ())
    yard.left("2,4", "2,5")
    assert yard.residue(plan) == (0, ())


def test_before_it_is_carried_out_all_of_it_is_residue(yard: Yard) -> None:
    plan = yard.plan(Right.DELETE, EVERYTHING)
    assert yard.residue(plan) == (3, tuple(sorted((yard.name, GONE))))


SPOILT: dict[str, Callable[[Yard], None]] = {
    "a masked value is another": lambda yard: yard.replace("***", "甲"),
    "a value of its own is of no row of the plan": lambda yard: yard.replace(
        own_of(yard), "anon-0000000000000000"
    ),
    "a value of its own is not that of an anonymised one": lambda yard: yard.replace(
        own_of(yard), "jia"
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_row_that_is_not_as_the_plan_leaves_it_is_residue(
    yard: Yard, spoil: Callable[[Yard], None]
) -> None:
    plan = yard.plan(Right.DELETE, EVERYTHING)
    yard.carry_out(plan)
    spoil(yard)
    assert yard.residue(plan) == (1, (yard.name,))


def test_a_row_that_came_in_since_is_residue_also_where_others_moved_up(yard: Yard) -> None:
    plan = yard.plan(Right.DELETE, EVERYTHING)
    yard.carry_out(plan)
    yard.left("1,9", "2,4")
    assert yard.residue(plan) == (1, (GONE,))


def correction(yard: Yard, *changes: tuple[str, str]) -> Plan:
    """Return the plan that corrects columns of the one row that is left of the account."""
    yard.put(("2", "乙", "yi", "n", "1"), ("1", "丙", "bing", "n", "7"))
    asked = CorrectionAsked(
        changes=tuple(
            ColumnChange(table=f"uploads.{yard.name}", row="", column=name, value=value)
            for name, value in changes
        )
    )
    plan = yard.plan(Right.CORRECT, asked)
    assert plan.refusals == ()
    return plan


def test_a_correction_that_stands_is_no_residue_and_one_that_was_undone_is(yard: Yard) -> None:
    plan = correction(yard, ("receiver", "丁"))
    assert yard.residue(plan) == (1, (yard.name,))
    assert yard.carry_out(plan) == (0, 1)
    assert yard.residue(plan) == (0, ())
    yard.put(("1", "丁", "bing", "n", "7"))  # the row moved up
    assert yard.residue(plan) == (0, ())
    yard.put(("1", "戊", "bing", "n", "7"))
    assert yard.residue(plan) == (1, (yard.name,))


def test_two_corrections_of_one_row_both_stand(yard: Yard) -> None:
    plan = correction(yard, ("receiver", "丁"), ("nickname", "ding"))
    assert yard.carry_out(plan) == (0, 2)
    assert yard.residue(plan) == (0, ())
    text = yard.file.read_text(encoding="utf-8")
    assert "ding" in text
    assert "bing" not in text
