"""The knowledge that text is searched with is read strictly, and from a compiled copy."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest

from chengnuo.adapters.compiled_copy import knowledge_folder, yaml_files
from chengnuo.adapters.text_knowledge import COMPILED_FORM, load_text_knowledge
from chengnuo.adapters.text_knowledge_source import WrongTextFilesError, read_text_knowledge
from chengnuo.base.digest import sha256_hex, short
from chengnuo.base.text import Text
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.text_knowledge import TextKind, TextKnowledge
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.catalogue import Catalogue

TYPES = (TextKnowledge, TextKind, KnowledgeVersion, Text)
FORM = (1, "93784939d879")
SHIPPED = yaml_files(knowledge_folder("text"))


def changed(change: Callable[[str], str]) -> dict[str, bytes]:
    """Return the shipped files with one change."""
    [(name, data)] = SHIPPED.items()
    text = data.decode()
    assert change(text) != text
    return {name: change(text).encode()}


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
