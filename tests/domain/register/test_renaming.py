"""Another id for a row: everything that refers to it follows, and nothing else changes."""

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.registers import law, registers

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.canonical import tree_of_register, version_of
from chengnuo.domain.register.kinds import RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_tree
from chengnuo.domain.register.renaming import renamed
from chengnuo.domain.register.row_edit import with_rows

NEW = "another-id-of-its-own"


def after(register: Register, row: RowRef, to: str) -> Register:
    tree = with_rows(tree_of_register(register), renamed(register, row, to))
    return read_tree(tree, catalogue=law()).register


def words_of(tree: Tree) -> list[str]:
    """Return every word of a tree, by itself."""
    if isinstance(tree, dict):
        return [word for one in tree.values() for word in words_of(one)]
    if isinstance(tree, list):
        return [word for one in tree for word in words_of(one)]
    return [tree] if isinstance(tree, str) else []


@given(registers(), st.data())
def test_a_register_holds_with_another_id_and_comes_back_with_the_old_one(
    register: Register, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(sorted(rows(register))))
    there = after(register, row, NEW)
    assert RowRef(row.kind, NEW) in rows(there)
    assert row not in rows(there)
    assert len(rows(there)) == len(rows(register))
    back = after(there, RowRef(row.kind, NEW), row.id)
    assert version_of(back) == version_of(register)


@given(registers(), st.data())
def test_only_words_that_name_the_row_change(register: Register, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(sorted(rows(register))))
    before = sorted(words_of(tree_of_register(register)))
    now = sorted(words_of(tree_of_register(after(register, row, NEW))))
    gone, new = list(before), list(now)
    for word in now:
        if word in gone:
            gone.remove(word)
            new.remove(word)
    assert all(one == row.id or one.startswith(f"{row.id}.") for one in gone)
    assert all(one == NEW or one.startswith(f"{NEW}.") for one in new)


@given(registers())
def test_a_row_that_there_is_not_changes_nothing(register: Register) -> None:
    assert renamed(register, RowRef("store", NEW), "x") == {}
