"""Change notes have the name and the form that their README asks for."""

import re
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT

NOTES = sorted(path for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|fixed|security)\.md")


@pytest.mark.parametrize("note", NOTES, ids=lambda path: path.name)
def test_a_note_is_one_sentence_under_a_fitting_name(note: Path) -> None:
    assert NAME.fullmatch(note.name)
    text = note.read_text(encoding="utf-8")
    assert text.endswith((".\n", "。\n"))
    assert "\n\n" not in text
    assert re.findall(r"[.!?] [A-Z]", text) == []
