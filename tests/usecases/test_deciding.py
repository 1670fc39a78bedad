"""Deciding: what is written goes into the operator's own file, and nothing else keeps it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.data_folder import DataFolder, open_data_folder
from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_remarks import RegisterRemarks
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Text
from chengnuo.domain.inspection.answers import Answers
from chengnuo.domain.inspection.draft_answers import draft_from_answers
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId
from chengnuo.ports.register_target import RegisterNotWrittenError
from chengnuo.usecases.deciding import (
    Decider,
    NotOnlyAskedError,
    UnknownQuestionError,
    WrongAnswerError,
)
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.versions import Versions

RETENTION = "activity.account.retention"
MINORS = "activity.account.minors"


class House:
    """A drafted register in a folder, served."""

    def __init__(self, tmp_path: Path, catalogue: Catalogue, data: DataFolder) -> None:
        self.folder = tmp_path / "register"
        answers = Answers(app="示例", types=(AppTypeId("NPI-06"),), accounts=True)
        draft = draft_from_answers(answers, catalogue)
        remarks = {row: tuple(Text(one.zh) for one in each) for row, each in draft.remarks.items()}
        RegisterWriter().write(draft.register, self.folder, remarks=remarks, replace=False)
        clock = StandingClock()
        self.desk = Desk(
            registers=Registers(source=RegisterFolder(), catalogue=catalogue, clock=clock),
            versions=Versions(archive=data.versions, signer=data.keys.signer, clock=clock),
            folder=self.folder,
        )
        self.desk.open()
        self.decider = Decider(desk=self.desk, remarks=RegisterRemarks(), editor=FolderEditor())

    @property
    def account(self) -> str:
        return (self.folder / "activities" / "account.yaml").read_text("utf-8")

    def is_open(self, key: str) -> bool:
        found = self.decider.all().one(key)
        assert found is not None
        return found.is_open


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[House]:
    data = open_data_folder(tmp_path / "data", signing_key_file=None, clock=StandingClock())
    yield House(tmp_path, catalogue, data)
    data.close()


def test_a_confirmed_question_is_decided_and_only_its_line_changes(house: House) -> None:
    before, decided = house.account, house.decider.all().decided
    house.decider.confirm([MINORS], by="somebody")
    assert house.account == before.replace("basis、minors_under_14：", "basis：")
    assert not house.is_open(MINORS)
    assert house.is_open("activity.account.basis")
    assert house.decider.all().decided == decided + 1
    house.decider.confirm(["activity.account.basis"], by="somebody")
    assert "basis：" not in house.account


def test_several_are_confirmed_at_once_or_none(house: House) -> None:
    others = [f"activity.{one}.minors" for one in ("account", "basic-name", "prop-payinfo")]
    before = house.account
    with pytest.raises(NotOnlyAskedError):
        house.decider.confirm([*others, RETENTION], by="somebody")
    assert house.account == before
    house.decider.confirm(others, by="somebody")
    assert not any(house.is_open(one) for one in others)


def test_what_is_missing_is_written_into_the_row(house: House) -> None:
    found = house.decider.all().one(RETENTION)
    assert found is not None
    assert [one.path for one in house.decider.blanks(found)] == ["retention.keep", "retention.why"]
    given = {"retention.keep": "P1Y", "retention.why": "注销之后不再需要"}
    house.decider.answer(RETENTION, given, by="somebody")
    assert not house.is_open(RETENTION)
    kept = house.desk.served.register.activity_by_id
    retention = kept[next(one for one in kept if one == "account")].retention
    assert str(retention.keep) == "P1Y"
    assert retention.why == Text("注销之后不再需要")
    assert "retention、stores" not in house.account


def test_an_answer_that_gives_no_register_changes_nothing(house: House) -> None:
    before, version = house.account, house.desk.served.version
    with pytest.raises(WrongAnswerError) as refused:
        house.decider.answer(RETENTION, {"retention.keep": "for a while"}, by="somebody")
    assert refused.value.problems[0].where == "activity account · retention.keep"
    with pytest.raises(WrongAnswerError):
        house.decider.answer(RETENTION, {"retention.keep": ""}, by="somebody")
    assert (house.account, house.desk.served.version) == (before, version)


def test_an_unknown_question_is_refused(house: House) -> None:
    with pytest.raises(UnknownQuestionError):
        house.decider.confirm(["activity.nobody.minors"], by="somebody")


def test_every_open_question_can_be_decided_here_or_in_the_form_of_its_row(house: House) -> None:
    for one in house.decider.all().open:
        blanks = house.decider.blanks(one)
        assert blanks or one.is_only_asked or one.field, one.key


def test_without_a_folder_nothing_asks_and_nothing_can_be_written(house: House) -> None:
    house.desk.folder = None
    bare = Decider(desk=house.desk, remarks=RegisterRemarks(), editor=FolderEditor())
    assert not bare.is_editable
    assert all(one.findings for one in bare.all().open)
    with pytest.raises(NotOnlyAskedError):
        bare.answer(RETENTION, {}, by="somebody")


def alike(house: House) -> list[str]:
    """Return questions that one answer may be given to, about rows in files of their own."""
    by_topic: dict[str, list[str]] = {}
    for one in house.decider.all().open:
        blanks = house.decider.blanks(one)
        if one.is_alike and any(blank.path == "retention.keep" for blank in blanks):
            by_topic.setdefault(one.topic.id, []).append(one.key)
    return max(by_topic.values(), key=len)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*.yaml")}


def test_one_answer_is_written_into_every_row_at_once(house: House) -> None:
    keys = alike(house)
    assert len(keys) > 1
    before = files_in(house.folder)
    given = {"retention.keep": "P1Y", "retention.why": "不再需要"}
    house.decider.answer_together(keys, given, by="somebody")
    after = files_in(house.folder)
    assert len([name for name in after if after[name] != before[name]]) == len(keys)
    assert not any(house.is_open(key) for key in keys)


def test_where_one_row_cannot_be_written_none_is(house: House, tmp_path: Path) -> None:
    keys = alike(house)
    last = house.decider.all().one(keys[-1])
    assert last is not None
    file = house.folder / "activities" / f"{last.row.id}.yaml"
    outside = tmp_path / "outside.yaml"
    file.rename(outside)
    file.symlink_to(outside)
    before, version = files_in(house.folder), house.desk.served.version
    given = {"retention.keep": "P1Y", "retention.why": "不再需要"}
    with pytest.raises(RegisterNotWrittenError):
        house.decider.answer_together(keys, given, by="somebody")
    assert (files_in(house.folder), house.desk.served.version) == (before, version)
    assert all(house.is_open(key) for key in keys)
