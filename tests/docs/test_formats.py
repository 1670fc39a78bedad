"""Every page on a format is whole in Chinese with the same code, and the front page leads to it."""

import re

import pytest
from tests.docs.markdown import ROOT, links, shape

FORMATS = ROOT / "docs" / "formats"
CHINESE = ROOT / "docs" / "zh" / "formats"
NAMES = sorted(page.name for page in FORMATS.glob("*.md"))
_CODE = re.compile(r"`[^`\n]+`")


def test_there_is_a_chinese_page_for_each_and_the_front_page_leads_there() -> None:
    assert sorted(page.name for page in CHINESE.glob("*.md")) == NAMES
    front = links(ROOT / "docs" / "zh" / "index.md")
    assert [name for name in NAMES if f"formats/{name}" not in front] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_in_chinese(name: str) -> None:
    english, chinese = FORMATS / name, CHINESE / name
    assert shape(chinese) == shape(english)
    assert f"../../formats/{name}" in links(chinese)
    assert f"../zh/formats/{name}" in links(english)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_and_formula_of_a_page_stands_in_the_chinese_one(name: str) -> None:
    english, chinese = (
        set(_CODE.findall((folder / name).read_text(encoding="utf-8")))
        for folder in (FORMATS, CHINESE)
    )
    assert english - chinese == set()
