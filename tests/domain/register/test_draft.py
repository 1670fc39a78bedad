"""A draft's marks are found wherever they stand, and only there."""

from dataclasses import replace

from tests.domain.register.written import trees
from tests.strategies.registers import law

from chengnuo.base.text import Text
from chengnuo.domain.register.draft import is_to_complete, left_to_complete, to_complete
from chengnuo.domain.register.reading import read_register


def test_a_mark_is_found_with_its_row_and_field() -> None:
    register = read_register(trees(), catalogue=law()).register
    assert list(left_to_complete(register)) == []
    marked = to_complete(Text("投诉入口", "the way to complain"))
    complaints = replace(register.handler.complaints, path=marked)
    draft = replace(register, handler=replace(register.handler, complaints=complaints))
    ((ref, field, what),) = left_to_complete(draft)
    assert (str(ref), field, what) == ("handler demo-co", "complaints.path", Text("投诉入口"))


def test_a_text_loses_its_mark_by_being_written() -> None:
    assert is_to_complete(to_complete(Text("目的")))
    assert not is_to_complete(Text("待补货通知"))
    assert to_complete(Text("目的")) == Text("待补：目的")
