"""What is defined is named by the glossary: handler, entrusted party, individual, staff."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.house.sources import PARTS, modules, name_of, tree_of

# Words that mean the opposite, or nothing, to a reader of the law.
BANNED = frozenset({"processor", "controller", "user", "users", "datasubject"})
LETTERS = re.compile("|".join("[^a-z]*".join(word) for word in sorted(BANNED)))
WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


def defined(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every name that a module defines, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno


def wrong(name: str) -> bool:
    """Tell whether a name holds a word that the glossary bans."""
    words = [part.lower() for part in WORDS.findall(name)]
    pairs = {first + second for first, second in pairwise(words)}
    # The browser's own header is called so by everybody; a trigger's value comes from the design.
    if "useragent" in pairs or "useraction" in pairs:
        return False
    return not BANNED.isdisjoint([*words, *pairs])


def may_hold(text: str) -> bool:
    """Tell whether a text may hold a banned word: letters of one, whatever else stands between."""
    return LETTERS.search(text.lower()) is not None


@pytest.mark.parametrize("part", PARTS)
def test_no_name_is_against_the_glossary(part: str) -> None:
    assert [
        (name_of(module), line, name)
        for module in modules(part)
        if may_hold(module.read_text(encoding="utf-8"))
        for name, line in defined(tree_of(module))
        if wrong(name)
    ] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UserAccount", True),
        ("data_subject", True),
        ("current_user_id", True),
        ("PIProcessor", True),
        ("user_agent", False),
        ("used_in", False),
        ("PIHandler", False),
    ],
)
def test_banned_words_are_seen_in_names(name: str, *, expected: bool) -> None:
    assert wrong(name) is expected
    assert may_hold(f"def {name}() -> None: ...") >= expected
