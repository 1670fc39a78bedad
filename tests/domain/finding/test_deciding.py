"""Each field of the register belongs to one question; questions stand in the order of risk."""

from datetime import date
from pathlib import Path

import pytest

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.deciding import Deciding, deciding, topic_of, topics_of
from chengnuo.domain.finding.deciding_topics import TOPICS, Risk
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.register.kinds import KINDS, RowRef, rows
from chengnuo.domain.register.row_remark import RowRemark
from chengnuo.domain.register.shapes import fields_of
from chengnuo.domain.register.tree import Place
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.registers import Registers

ON = date(2026, 11, 30)
EXAMPLES = Path(__file__).parents[3] / "examples"


def registers(catalogue: Catalogue) -> Registers:
    return Registers(source=RegisterFolder(), catalogue=catalogue, clock=SystemClock())


def of(name: str, catalogue: Catalogue, remarks: dict[RowRef, tuple[RowRemark, ...]]) -> Deciding:
    folder = EXAMPLES / name / "register"
    register = registers(catalogue).load(folder, on=ON).register
    return deciding(register, check(register, catalogue, ON).findings, remarks, catalogue)


def test_every_field_belongs_to_one_question_and_every_question_names_fields_there_are() -> None:
    for kind in KINDS:
        names = {one.key for one in fields_of(kind.model)}
        told = [field for topic in topics_of(kind.name) for field in topic.fields]
        assert len(told) == len(set(told)), kind.name
        assert set(told) <= names, kind.name
        if topics_of(kind.name)[0] in TOPICS:
            assert set(told) == names, kind.name


def test_every_question_cites_a_duty_of_the_catalogue(catalogue: Catalogue) -> None:
    for topic in TOPICS:
        assert topic.duties
        for duty in topic.duties:
            assert catalogue.duty(duty).id == duty


def test_the_sample_shop_has_nothing_to_decide(catalogue: Catalogue) -> None:
    found = of("shop", catalogue, {})
    assert found.open == ()
    assert found.decided == len(found.every) > 0


def test_every_open_finding_is_against_one_question_and_the_gravest_come_first(
    catalogue: Catalogue,
) -> None:
    found = of("faulty", catalogue, {})
    folder = EXAMPLES / "faulty" / "register"
    register = registers(catalogue).load(folder, on=ON).register
    wanted = sorted(one.id for one in check(register, catalogue, ON).open_findings)
    assert sorted(one.id for each in found.every for one in each.findings) == wanted
    ranks = [one.risk.rank for one in found.every]
    assert ranks == sorted(ranks)
    for one in found.open:
        grave = any(each.severity is Severity.CRITICAL for each in one.findings)
        assert (one.risk is Risk.PROHIBITED) == (grave or one.topic.risk is Risk.PROHIBITED)
    assert sum(found.counts().values()) == len(found.open)


@pytest.mark.parametrize(
    ("line", "opened"),
    [
        ("待补：basis、minors_under_14：核对", {"basis", "minors"}),
        ("to be completed: retention, stores: how long", {"retention"}),
        ("来源：政策", set()),
    ],
)
def test_a_line_that_asks_opens_the_questions_of_its_fields(
    line: str, opened: set[str], catalogue: Catalogue
) -> None:
    folder = EXAMPLES / "shop" / "register"
    register = registers(catalogue).load(folder, on=ON).register
    row = next(ref for ref in rows(register) if ref.kind == "activity")
    found = of("shop", catalogue, {row: (RowRemark(Place("a.yaml", 1), line),)})
    assert {one.topic.id for one in found.open} == opened
    assert all(one.row == row and one.is_only_asked for one in found.open)
    assert found.decided == len(found.every) - len(opened)


def test_what_no_question_names_goes_to_the_last_one_of_its_kind() -> None:
    assert topic_of("activity", "").id == "basis"
    assert topic_of("app", "").id == "whole"
    assert topic_of("store", "tables[0].columns").id == "row"
