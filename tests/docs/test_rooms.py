"""Every room has one page, across all floors, and the list of rooms names it."""

import re

import pytest
from tests.docs.markdown import ROOT, links

ROOMS = ROOT / "docs" / "rooms"
DOMAIN = ROOT / "src" / "chengnuo" / "domain"
NAMES = sorted(["law", *(init.parent.name for init in DOMAIN.glob("*/__init__.py"))])


@pytest.mark.parametrize("room", NAMES)
def test_a_room_has_its_page(room: str) -> None:
    page = ROOMS / f"{room}.md"
    assert page.is_file()
    assert len(page.read_text(encoding="utf-8").split()) > 60


def test_the_list_of_rooms_names_every_page() -> None:
    others = {page.name for page in ROOMS.glob("*.md")} - {"index.md"}
    assert others <= set(links(ROOMS / "index.md"))


def test_every_page_of_a_room_has_its_overview_in_chinese() -> None:
    chinese = ROOT / "docs" / "zh" / "rooms"
    table = re.findall(r"^\| \[\w+\]\((\w+\.md)\)", (ROOMS / "index.md").read_text(), re.MULTILINE)
    assert len(table) > 20
    assert {one.name for one in chinese.glob("*.md")} == {"index.md", *table}
    assert set(table) <= set(links(chinese / "index.md"))
    for page in chinese.glob("*.md"):
        assert f"../../rooms/{page.name}" in links(page)
        assert f"../zh/rooms/{page.name}" in links(ROOMS / page.name)
