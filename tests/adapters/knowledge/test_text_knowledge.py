"""The knowledge that text is searched with is read strictly, and from a compiled copy."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import get_type_hints

import msgspec
import numpy as np
import pytest

from chengnuo.adapters.compiled_copy import knowledge_folder, yaml_files
from chengnuo.adapters.name_weights import read_name_model
from chengnuo.adapters.text_knowledge import COMPILED_FORM, load_text_knowledge
from chengnuo.adapters.text_knowledge_source import WrongTextFilesError, read_text_knowledge
from chengnuo.base.digest import sha256_hex, short
from chengnuo.base.text import Text
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.text_knowledge import TextKind, TextKnowledge
from chengnuo.engines.text.divisions import Divisions
from chengnuo.engines.text.health import HealthWords
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.name_words import NameWords
from chengnuo.law.catalogue import Catalogue

TYPES = (TextKnowledge, TextKind, KnowledgeVersion, Text, NameWords, Divisions, HealthWords)
FORM = (3, "101f29f7f819")
SHIPPED = yaml_files(knowledge_folder("text"))


def changed(change: Callable[[str], str]) -> dict[str, bytes]:
    """Return the shipped files with one change."""
    text = SHIPPED["cues.yaml"].decode()
    assert change(text) != text
    return {**SHIPPED, "cues.yaml": change(text).encode()}


def test_every_kind_is_known(catalogue: Catalogue) -> None:
    known = read_text_knowledge(SHIPPED, "0" * 64, catalogue)
    assert {each.kind for each in known.kinds} == set(Kind)
    assert known.of(Kind.MOBILE).title == Text("手机号码", "mobile number")
    assert known.others
    cue = known.cues().before("手机号：", 4)
    assert cue is not None
    assert cue.kind is Kind.MOBILE


def test_the_form_number_is_raised_when_a_type_changes() -> None:
    """Where this fails: raise COMPILED_FORM, then put both new values here."""
    shape = [
        [
            type_.__qualname__,
            sorted((name, repr(hint)) for name, hint in get_type_hints(type_).items()),
        ]
        for type_ in TYPES
    ]
    assert all(dataclasses.is_dataclass(type_) for type_ in TYPES)
    assert (COMPILED_FORM, short(sha256_hex(msgspec.json.encode(shape)))) == FORM


def test_a_copy_gives_the_same_without_reading(tmp_path: Path, catalogue: Catalogue) -> None:
    first = load_text_knowledge(read_text_knowledge, catalogue, cache_folder=tmp_path)

    def never(*_: object) -> TextKnowledge:
        raise AssertionError

    assert load_text_knowledge(never, catalogue, cache_folder=tmp_path) == first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("kind: qq", "kind: icq"), "`icq`: no such kind"),
        (lambda text: text.replace("kind: qq", "kind: mobile"), "`mobile`: stands twice"),
        (lambda text: text.replace("kind: qq", "kind: icq"), "`qq`: is missing"),
        (lambda text: text.replace("PI-NETID-IP", "PI-NONE"), "no category `PI-NONE`"),
        (lambda text: text.replace("words: [qq,", "words: [qq, 邮编,"), "is of `qq` too"),
        (lambda text: text.replace("    title: {zh: QQ", "    titel: {zh: QQ"), "titel"),
        (lambda text: text + "- [", "cues.yaml:"),
    ],
)
def test_a_wrong_file_is_refused(
    change: Callable[[str], str], said: str, catalogue: Catalogue
) -> None:
    with pytest.raises(WrongTextFilesError) as error:
        read_text_knowledge(changed(change), "0" * 64, catalogue)
    assert said in " ".join(error.value.problems)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"more.yaml": b""}, "more.yaml: no such file"),
        ({"names.yaml": b"meta: 1"}, "names.yaml: "),
        ({"health.yaml": b"- ["}, "health.yaml: "),
        ({"divisions.yaml": b"\xff"}, "divisions.yaml: "),
    ],
)
def test_a_file_too_many_or_damaged_is_refused(
    files: dict[str, bytes], said: str, catalogue: Catalogue
) -> None:
    with pytest.raises(WrongTextFilesError) as error:
        read_text_knowledge({**SHIPPED, **files}, "0" * 64, catalogue)
    assert said in error.value.problems[0]


def test_a_file_that_is_missing_is_refused(catalogue: Catalogue) -> None:
    files = {name: data for name, data in SHIPPED.items() if name != "names.yaml"}
    with pytest.raises(WrongTextFilesError, match=r"names\.yaml: is missing"):
        read_text_knowledge(files, "0" * 64, catalogue)


def test_the_weights_of_names_are_whole_numbers_of_a_power_of_two() -> None:
    model = read_name_model()
    assert model.weights.dtype == np.int8
    assert len(model.weights).bit_count() == 1
    assert model.keyed < model.beside < model.bar
