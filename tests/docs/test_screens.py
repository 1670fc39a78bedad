"""Every page of the service has its pictures in the documentation, and they stay small."""

import re
from pathlib import Path

import pytest
from tests.doors.web.browser.shots import SCREENS, name_of
from tests.doors.web.browser.shots_house import every_place
from tests.doors.web.browser.shots_page import Shown, screens_page

PAGE = SCREENS.parent / "screens.md"
MOST_BYTES = 12_000_000


@pytest.mark.parametrize("path", every_place())
def test_a_page_is_shown_wide_and_narrow(path: str) -> None:
    text = PAGE.read_text("utf-8")
    assert f"\n`{path}`\n" in text, "run `make shots`"
    for width in (1280, 390):
        assert f"(screens/{name_of(path)}-{width}.webp)" in text
        assert (SCREENS / f"{name_of(path)}-{width}.webp").read_bytes()[8:12] == b"WEBP"


def test_nothing_is_kept_that_is_not_shown_and_all_stays_small() -> None:
    shown = set(re.findall(r"screens/([^)]+)\)", PAGE.read_text("utf-8")))
    kept = {file.name: file.stat().st_size for file in SCREENS.iterdir()}
    assert set(kept) == shown
    assert sum(kept.values()) <= MOST_BYTES


def test_names_of_pages_are_distinct() -> None:
    names = [name_of(path) for path in every_place()]
    assert len(set(names)) == len(names)


def test_a_page_is_listed_under_its_part_with_what_it_says() -> None:
    shown = [
        Shown(path="/console", name="console", zh=("今日", "要做的事"), en=("Today", "[a] <b>")),
        Shown(path="/centre", name="centre", zh=("首页", ""), en=("Home", "")),
    ]
    page = screens_page(shown)
    assert page.index("个人信息中心") < page.index("### 首页 · Home") < page.index("## 控制台")
    assert "\\[a\\] &lt;b>" in page
    assert Path("screens/console-390.webp").name in page
