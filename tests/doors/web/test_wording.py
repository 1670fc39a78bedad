"""Every text of the pages stands in both languages; every text asked for is there."""

import re
from importlib.resources import files

import pytest

from chengnuo.base.text import Lang
from chengnuo.doors.web.rendering import environment
from chengnuo.doors.web.wording import texts, wording

PLACE = re.compile(r"\{([a-z_]+)\}")
ASKED = re.compile(r"""\bt\(\s*["']([a-z0-9.-]+)["']\s*[,)]""")
HAN = re.compile(r"[\u4e00-\u9fff]")
WEB = files("chengnuo.doors.web")


def sources() -> dict[str, str]:
    """Templates and views by name; both ask for texts by key."""
    loader = environment().loader
    assert loader is not None
    found = {
        name: loader.get_source(environment(), name)[0] for name in environment().list_templates()
    }
    found |= {
        entry.name: entry.read_text("utf-8")
        for entry in WEB.iterdir()
        if entry.name.endswith(".py")
    }
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert set(texts(Lang.ZH)) == set(texts(Lang.EN))


@pytest.mark.parametrize("key", sorted(texts(Lang.ZH)))
def test_both_languages_fill_the_same_places(key: str) -> None:
    chinese, english = texts(Lang.ZH)[key], texts(Lang.EN)[key]
    assert set(PLACE.findall(chinese)) == set(PLACE.findall(english))
    assert chinese.strip()
    assert english.strip()
    assert not HAN.search(english) or "「" in english or "诺" in english


@pytest.mark.parametrize("name", sorted(sources()))
def test_every_text_that_a_page_asks_for_is_there(name: str) -> None:
    asked = set(ASKED.findall(sources()[name]))
    assert asked <= set(texts(Lang.ZH))


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording(Lang.ZH)("no.such.key")


def test_templates_hold_no_inline_style_or_script() -> None:
    offenders = [
        name
        for name, source in sources().items()
        if not name.endswith(
            (".py", "public/board.html")
        )  # it stands by itself, pinned by its hash
        and re.search(r"""\sstyle=|<style|<script(?! src)|\son[a-z]+=["']""", source)
    ]
    assert offenders == []


def test_leads_are_short_sentences() -> None:
    leads = [text for key, text in texts(Lang.ZH).items() if key.endswith((".lead", ".what"))]
    sentences = [s for lead in leads for s in re.split(r"[。！？；]", lead) if s.strip()]
    if sentences:
        assert sum(map(len, sentences)) / len(sentences) <= 30
