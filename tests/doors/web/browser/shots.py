"""Take pictures of every page, to look at and for the documentation.

`python -m tests.doors.web.browser.shots` takes every page at 390 and 1280 px, in both languages,
light and dark, the centre in large text too, and on paper, into `.shots/`, which git does not keep.
With `--docs` it takes each page light, in Chinese, at both widths, into `docs/screens/`, and writes
the page that lists them. With `--readme` it takes the two pictures of the README.

The clock of the house stands still and ids are covered, so that a second run changes few bytes.
"""

import base64
import re
import sys
import tempfile
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.places import CENTRE, LEADS
from tests.doors.web.browser.shots_house import ShotsHouse, every_place, shots_house
from tests.doors.web.browser.shots_page import Shown, screens_page
from tests.doors.web.browser.tabs import Tab, tab_of
from tests.plugins.tools import found

ROOT = Path(__file__).parents[4]
SHOTS = ROOT / ".shots"
SCREENS = ROOT / "docs" / "screens"
LOOKS = (
    *(
        Eyes(width=width, lang=lang, scheme=scheme)
        for width in (390, 1280)
        for lang in ("zh", "en")
        for scheme in ("light", "dark")
    ),
    Eyes(width=1280, media="print"),
)
LARGE = (Eyes(width=390), Eyes(width=1280))
README = (("/centre", "centre.png"), ("/console/board", "console.png"))
_DOCS = (Eyes(width=1280, height=900), Eyes(width=390, height=844))
_MOST_HIGH = {1280: 1300, 390: 1200}
_QUALITY = 55
_LANGS = ("zh", "en")
_COVER = r"""
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const ids = new Map();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    node.data = node.data
      .replace(/\b([a-z]{2})-[a-z2-7]{10,24}\b/g, (id, kind) => {
        if (!ids.has(id)) ids.set(id, `${kind}-${String(ids.size + 1).padStart(4, "0")}`);
        return ids.get(id);
      })
      .replace(/127\.0\.0\.1:\d+/g, "chengnuo.example");
  }
  for (const one of document.querySelectorAll(".hash span")) {
    if (/^[0-9A-Za-z+/=_-]{8,}$/.test(one.textContent)) one.textContent = "0".repeat(16);
  }
}
"""


def main() -> None:
    """Serve the sample shop and take the pictures."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        sync_playwright() as playwright,
        shots_house(Path(temporary)) as house,
    ):
        browser = playwright.chromium.launch(
            executable_path=found("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with tab_of(browser, scripts=True) as tab:
            if "--readme" in sys.argv:
                picture_for_readme(tab, house)
            elif "--docs" in sys.argv:
                picture_for_docs(tab, house)
            else:
                picture_everything(tab, house, [one for one in sys.argv[1:] if one[0] == "/"])
        browser.close()


def opened(tab: Tab, house: ShotsHouse, path: str, eyes: Eyes, more: str = "") -> Page:
    """Open a page; it must be there."""
    tab.prepare(eyes, house.house.address, house.state_of(path))
    answer = tab.page.goto(f"{house.house.address}{path}?lang={eyes.lang}{more}")
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"
    led = urlsplit(tab.page.url).path
    assert led == LEADS.get(path, {}).get(eyes.lang, path), f"{path} led to {tab.page.url}"
    return tab.page


def name_of(path: str) -> str:
    """Return the name of a page's pictures."""
    return re.sub(r"[^a-z0-9-]+", "-", path.strip("/"))


def picture_everything(tab: Tab, house: ShotsHouse, wanted: Sequence[str]) -> None:
    """Take pages in every look; all of them if none is named."""
    SHOTS.mkdir(exist_ok=True)
    for path in wanted or every_place():
        for eyes in LOOKS:
            file = f"{name_of(path)}-{eyes.width}-{eyes.lang}-{eyes.scheme}-{eyes.media}.png"
            opened(tab, house, path, eyes).screenshot(path=SHOTS / file, full_page=True)
        for eyes in LARGE if path in CENTRE else ():
            page = opened(tab, house, path, eyes, "&size=large")
            file = f"{name_of(path)}-{eyes.width}-{eyes.lang}-large.png"
            page.screenshot(path=SHOTS / file, full_page=True)


def picture_for_docs(tab: Tab, house: ShotsHouse) -> None:
    """Take what the documentation shows, and write the page that lists it."""
    SCREENS.mkdir(exist_ok=True)
    shown = []
    for path in every_place():
        for eyes in _DOCS:
            page = opened(tab, house, path, eyes)
            page.evaluate(_COVER)
            (SCREENS / f"{name_of(path)}-{eyes.width}.webp").write_bytes(taken(page, eyes.width))
        said = {
            lang: said_first(page, f"{house.house.address}{path}?lang={lang}") for lang in _LANGS
        }
        shown.append(Shown(path=path, name=name_of(path), zh=said["zh"], en=said["en"]))
    kept = {f"{one.name}-{eyes.width}.webp" for one in shown for eyes in _DOCS}
    for file in SCREENS.iterdir():
        if file.name not in kept:
            file.unlink()
    (SCREENS.parent / "screens.md").write_text(screens_page(shown), "utf-8")
    size = sum(file.stat().st_size for file in SCREENS.iterdir())
    sys.stdout.write(f"{len(shown)} pages, {size / 1e6:.1f} MB\n")


def said_first(page: Page, address: str) -> tuple[str, str]:
    """Return the heading of a page and what it says first, without drawing it."""
    html = page.context.request.get(address).text()
    found = []
    for pattern in (r"<h1[^>]*>(.*?)</h1>", r'<p class="lead[^"]*"[^>]*>(.*?)</p>'):
        part = re.search(pattern, html, re.DOTALL)
        found.append(unescape(re.sub(r"<[^>]+>", "", part[1])).strip() if part else "")
    return found[0], found[1]


def taken(page: Page, width: int) -> bytes:
    """Return the upper part of a page as a WebP picture."""
    high = min(page.evaluate("document.documentElement.scrollHeight"), _MOST_HIGH[width])
    session = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "width": width, "height": high, "scale": 1}
    options = {"format": "webp", "quality": _QUALITY, "clip": clip, "captureBeyondViewport": True}
    picture = session.send("Page.captureScreenshot", options)
    session.detach()
    return base64.b64decode(picture["data"])


def picture_for_readme(tab: Tab, house: ShotsHouse) -> None:
    """Take what a newcomer sees of the centre and of the console."""
    for path, file in README:
        page = opened(tab, house, path, Eyes(width=1280, height=800))
        page.screenshot(path=ROOT / "docs" / "img" / file)


if __name__ == "__main__":
    main()
