"""Whatever is grave on a page of the console has article, row, proof and fix, all of it links.

Every page is walked of a house in which much is wrong: the faulty register, requests that nobody
answered, dossiers that are late, a recorded drift.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import start
from tests.doors.web.console_walk import REDS, graves_without_reds, walked
from tests.doors.web.drift_kit import recorded
from tests.doors.web.open_requests import let_people_ask
from tests.duties.duty_kit import Duties

from chengnuo.ports.accounts import Role

FAULTY = Path(__file__).parents[3] / "examples" / "faulty" / "register"
SHOWN_AS_PUBLIC = "/console/board/publish/preview/"
"""The very file that the public reads, which leads to nothing in the console."""
LINK = re.compile(r'<a class="row-link" href="([^"]+)"')


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Every page of the faulty house by its address."""
    folder = tmp_path_factory.mktemp("faulty")
    kit = start(folder / "data", demo=True, register=str(FAULTY))
    duties = Duties(kit=kit, folder=folder)
    duties.browser(Role.REVIEWER)
    for sort in ("complaint", "incident", "minors-access", "filing"):
        duties.first(sort)
    let_people_ask(kit, 6)
    recorded(kit, 3, 4)
    kit.run_controls()
    kit.clock.pass_by(timedelta(days=40))
    duties.roles.clear()
    browser = staff_of(kit, Role.REVIEWER)
    found = walked(browser)
    for place in sorted(places_of(found) - set(found)):
        answer = browser.get(place)
        assert answer.status_code == 200, place
        found[place] = answer.text
    yield found
    kit.service.close()


def test_whatever_is_grave_says_what_mends_it(pages: Mapping[str, str]) -> None:
    bare = {
        page: found
        for page, text in pages.items()
        if not page.startswith(SHOWN_AS_PUBLIC) and (found := graves_without_reds(text))
    }
    assert bare == {}
    where = Counter(page.partition("?")[0] for page, text in pages.items() if REDS.search(text))
    kinds = (
        *("/console", "/console/board", "/console/findings", "/console/borders"),
        *("/console/rights", "/console/decide", "/console/releases/kits", "/console/complaints"),
        *("/console/dossiers", "/console/board/publish", "/console/board/duty-1"),
    )
    assert set(kinds) <= set(where)


def test_each_has_an_article_and_links_to_row_proof_and_fix(pages: Mapping[str, str]) -> None:
    seen = 0
    for page, text in pages.items():
        for red in REDS.findall(text):
            assert re.search(r'<p class="cite"><b>[^<]+</b>', red), page
            assert red.count("<dt>") == 3, page
            assert len(LINK.findall(red)) == 3, (page, red)
            seen += 1
    assert seen > 100


def test_every_link_of_them_leads_to_its_place(pages: Mapping[str, str]) -> None:
    missing = set()
    for page, text in pages.items():
        for link in links_of(text):
            place, _, anchor = link.partition("#")
            if anchor and f'id="{anchor}"' not in pages[place or page]:
                missing.add(link)
    assert missing == set()


def links_of(text: str) -> list[str]:
    """Return where what is red on a page leads."""
    return [html.unescape(link) for red in REDS.findall(text) for link in LINK.findall(red)]


def places_of(pages: Mapping[str, str]) -> set[str]:
    """Return the pages that it leads to."""
    return {link.partition("#")[0] for text in pages.values() for link in links_of(text)} - {""}


def test_every_picture_says_itself_and_has_its_table(pages: Mapping[str, str]) -> None:
    """Title and description as text, and beside it the same as a table or in words."""
    seen = set()
    for page, text in pages.items():
        main = text.partition("<main")[2]
        for picture in re.finditer(r'<svg[^>]*role="img"[^>]*>', main):
            if 'class="mark"' in picture[0]:
                continue
            (named,) = re.findall(r'aria-labelledby="([^"]+)"|aria-label="[^"]+"', picture[0])
            for one in named.split():
                assert re.search(rf'id="{re.escape(one)}"[^>]*>[^<]+<', text), (page, one)
            after = main[picture.end() :]
            assert "<table" in after or "<dl" in after or "<ul" in after, page
            seen.add(page.partition("?")[0])
    assert {"/console/rights", "/console/drift"} <= seen
