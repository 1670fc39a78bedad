"""Links between pages lead somewhere."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.docs.markdown import ROOT, links, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_resolves(page: Path) -> None:
    dead = []
    for link in links(page):
        target, _, _ = link.partition("#")
        if "://" in target or target.startswith("mailto:") or not target:
            continue
        if not (page.parent / unquote(target)).exists():
            dead.append(link)
    assert not dead


def test_links_are_found_outside_fences_only(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[a](b.md)\n```md\n[c](d.md)\n```\n![e](f.png)\n", encoding="utf-8")
    assert links(page) == ["b.md", "f.png"]
