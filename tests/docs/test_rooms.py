"""Every room has one page, across all floors, whole in both languages; the list names it."""

import re
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, links, shape

ROOMS = ROOT / "docs" / "rooms"
CHINESE = ROOT / "docs" / "zh" / "rooms"
DOMAIN = ROOT / "src" / "chengnuo" / "domain"
NAMES = sorted(["law", *(init.parent.name for init in DOMAIN.glob("*/__init__.py"))])
PAGES = sorted(page.name for page in ROOMS.glob("*.md"))


@pytest.mark.parametrize("room", NAMES)
def test_a_room_has_its_page(room: str) -> None:
    page = ROOMS / f"{room}.md"
    assert page.is_file()
    assert len(page.read_text(encoding="utf-8").split()) > 60


def test_the_list_of_rooms_names_every_page() -> None:
    others = {page.name for page in ROOMS.glob("*.md")} - {"index.md"}
    assert others <= set(links(ROOMS / "index.md"))


def test_the_chinese_list_of_rooms_names_every_page() -> None:
    table = re.findall(r"^\| \[\w+\]\((\w+\.md)\)", (ROOMS / "index.md").read_text(), re.MULTILINE)
    assert len(table) > 20
    assert sorted(page.name for page in CHINESE.glob("*.md")) == PAGES
    assert {*PAGES} - {"index.md"} <= {*links(CHINESE / "index.md")}
    assert {*table, "index.md", "journeys.md"} == {*PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_in_chinese(name: str) -> None:
    english, chinese = ROOMS / name, CHINESE / name
    assert shape(chinese) == shape(english)
    assert f"../../rooms/{name}" in links(chinese)
    assert f"../zh/rooms/{name}" in links(english)


def test_what_a_translation_leaves_out_shows_in_its_shape(tmp_path: Path) -> None:
    whole = "# A\n\n## B\n\n- c\n  - d\n\n1. e\n\n| f |\n|---|\n| g |\n\n```sh\n# - |\n```\n"
    page = tmp_path / "page.md"
    page.write_text(whole, encoding="utf-8")
    assert shape(page) == {"#": 1, "##": 1, "items": 3, "rows": 3, "``` sh": 1}
    for left_out in ("## B\n", "  - d\n", "1. e\n", "| g |\n", "```sh\n# - |\n```\n"):
        page.write_text(whole.replace(left_out, ""), encoding="utf-8")
        assert shape(page) != {"#": 1, "##": 1, "items": 3, "rows": 3, "``` sh": 1}, left_out
