"""Take pictures of every page at 390 and 1280 px, in both languages, light and dark, to look at.

Run `python -m tests.doors.web.browser.shots` in the project's folder; the pictures go to
`.shots/`, which git does not keep. With `--readme` the two pictures of the README are taken.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import EXAMPLES, House, earlier_register, serving, staff_state
from tests.doors.web.browser.places import PAGES
from tests.doors.web.browser.visits import Visitor
from tests.plugins.tools import found

ROOT = Path(__file__).parents[4]
SHOTS = ROOT / ".shots"
LOOKS = (
    Eyes(width=390),
    Eyes(width=1280),
    Eyes(width=1280, lang="en"),
    Eyes(width=1280, scheme="dark"),
    Eyes(width=1280, media="print"),
)
README = (("/centre/recipients", "centre.png"), ("/console/register", "console.png"))


def main() -> None:
    """Serve the sample shop and take the pictures."""
    readme = "--readme" in sys.argv
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        browser = playwright.chromium.launch(
            executable_path=found("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with serving(earlier_register(folder / "earlier"), folder / "data"):
            pass
        with serving(EXAMPLES / "shop" / "register", folder / "data") as house:
            visitor = admin(browser, house, folder)
            if readme:
                picture_for_readme(visitor)
            else:
                picture_everything(visitor)
        browser.close()


def admin(browser: Browser, house: House, folder: Path) -> Visitor:
    """The admin of the console, who may see every page."""
    state = staff_state(browser, house, folder / "state.json")
    return Visitor(browser=browser, house=house, state=state)


def picture_everything(visitor: Visitor) -> None:
    """Take every page in every look."""
    SHOTS.mkdir(exist_ok=True)
    for path in PAGES:
        name = re.sub(r"[^a-z0-9-]+", "_", path.strip("/"))
        for eyes in LOOKS:
            file = SHOTS / f"{name}-{eyes.width}-{eyes.lang}-{eyes.scheme}-{eyes.media}.png"
            with visitor.at(path, eyes) as page:
                page.screenshot(path=file, full_page=True)


def picture_for_readme(visitor: Visitor) -> None:
    """Take what a newcomer sees of the centre and of the console."""
    for path, file in README:
        with visitor.at(path, Eyes(width=1280, height=800)) as page:
            page.screenshot(path=ROOT / "docs" / "img" / file)


if __name__ == "__main__":
    main()
