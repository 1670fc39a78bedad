"""YAML to trees: lines are kept, hostile text is refused before anything is built."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.yaml_tree import MAX_DEPTH, parse_yaml
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.tree import Mapping, Node, Scalar, Sequence


def plain(node: Node) -> object:
    """The node as plain data, every word a text."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(members=members):
            return [plain(member) for member in members]
        case Mapping(entries=entries):
            return {key.text: plain(value) for key, value in entries}


def problem(text: str) -> Problem:
    found = parse_yaml(text, "x.yaml")
    assert isinstance(found, Problem)
    return found


def test_lines_and_words_are_kept() -> None:
    tree = parse_yaml("a: 1\nb:\n  - c: NO\n    d: 'x'\n", "x.yaml")
    assert isinstance(tree, Mapping)
    assert plain(tree) == {"a": "1", "b": [{"c": "NO", "d": "x"}]}
    (_, listed) = tree.entries[1]
    assert isinstance(listed, Sequence)
    inner = listed.members[0]
    assert isinstance(inner, Mapping)
    assert [value.place.line for _, value in inner] == [3, 4]
    assert [isinstance(value, Scalar) and value.plain for _, value in inner] == [True, False]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("a: 1\n  b: 2\n", ProblemCode.BROKEN_YAML, 2, id="wrong indent"),
        pytest.param("a: [1, 2\nb: 3\n", ProblemCode.BROKEN_YAML, 2, id="open bracket"),
        pytest.param("a: &x 1\n", ProblemCode.ALIAS, 1, id="anchor"),
        pytest.param("a: 1\nb: *x\n", ProblemCode.ALIAS, 2, id="alias"),
        pytest.param("a: !!python/name:os.system x\n", ProblemCode.BROKEN_YAML, 1, id="tag"),
        pytest.param("a: 1\n---\nb: 2\n", ProblemCode.BROKEN_YAML, 2, id="two documents"),
        pytest.param("? [a]\n: 1\n", ProblemCode.BROKEN_YAML, 1, id="a list as a key"),
        pytest.param("", ProblemCode.EMPTY_FILE, 1, id="empty"),
        pytest.param("# only words\n", ProblemCode.EMPTY_FILE, 1, id="comments only"),
        pytest.param("a: 1\nb: x\x07y\n", ProblemCode.CONTROL_CHARACTER, 2, id="bell"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_at_its_line(
    text: str, code: ProblemCode, line: int
) -> None:
    found = problem(text)
    assert (found.code, found.place.line) == (code, line)
    assert "\n" not in str(found)


def test_depth_is_bounded() -> None:
    assert isinstance(parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.yaml"), Sequence)
    over = MAX_DEPTH + 1
    assert problem("[" * over + "]" * over).code is ProblemCode.TOO_DEEP
    assert problem("[" * 100_000).code in {ProblemCode.TOO_DEEP, ProblemCode.BROKEN_YAML}


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = problem("\n".join(lines))
    assert (found.code, found.place.line) == (ProblemCode.ALIAS, 1)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
TREES = st.recursive(
    WORDS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(WORDS, child, max_size=4),
    max_leaves=12,
)


@given(TREES.filter(lambda tree: isinstance(tree, dict | list)))
def test_what_is_dumped_reads_back(tree: object) -> None:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
            return True

    text = yaml.dump(tree, Dumper=Dumper, allow_unicode=True, default_style='"')
    found = parse_yaml(text, "x.yaml")
    assert not isinstance(found, Problem)
    assert plain(found) == tree


@given(st.text(max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    found = parse_yaml(text, "x.yaml")
    assert isinstance(found, Problem | Scalar | Sequence | Mapping)


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    found = parse_yaml(data.decode("utf-8", "replace"), "x.yaml")
    assert isinstance(found, Problem | Scalar | Sequence | Mapping)
