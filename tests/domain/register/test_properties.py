"""What holds for every register: it reads back, equals differ in nothing, differences are whole."""

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.registers import law, registers

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.canonical import tree_of_register, version_of
from chengnuo.domain.register.change_words import changes_in_words, consent_in_words
from chengnuo.domain.register.diff import apply, diff
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import Problem, RegisterRefusedError
from chengnuo.domain.register.reading import read_register, read_tree
from chengnuo.domain.register.tree import Place, tree_of


@given(registers())
def test_what_is_written_reads_back_and_does_not_differ_from_itself(register: Register) -> None:
    again = read_tree(tree_of_register(register), catalogue=law()).register
    assert again == register
    assert version_of(again) == version_of(register)
    change = diff(register, register, catalogue=law())
    assert not change
    assert change.consent == ()


@given(registers(), registers())
def test_a_difference_applied_to_the_old_gives_the_new_and_can_be_said(
    before: Register, after: Register
) -> None:
    """One test for both: making the registers costs more than looking at them."""
    change = diff(before, after, catalogue=law())
    applied = apply(change, tree_of_register(before))
    assert read_tree(applied, catalogue=law()).register == after
    assert bool(change) is (version_of(before) != version_of(after))
    said = [words.what for words in changes_in_words(change)]
    said += [consent_in_words(item) for item in change.consent]
    assert len(said) == len(change.added) + len(change.removed) + len(change.changed) + len(
        change.consent
    )
    assert all(text.zh and text.en for text in said)


KEYS = st.sampled_from(
    ["handler", "app", "apps", "activities", "activity", "name", "items", "zh", "stores", "x"]
)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda child: st.lists(child, max_size=4) | st.dictionaries(KEYS, child, max_size=5),
    max_leaves=20,
)


def refusal(tree: Tree) -> tuple[Problem, ...]:
    try:
        read_register([tree_of(tree, Place("x.yaml", 1))], catalogue=law())
    except RegisterRefusedError as refused:
        return refused.problems
    return ()


@given(TREES)
def test_no_tree_crashes_the_reader(tree: Tree) -> None:
    problems = refusal(tree)
    assert problems, "no tree that this makes is a whole register"
    assert all("\n" not in str(problem) for problem in problems)
