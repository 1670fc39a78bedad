"""The published board from its folder, without a server: read, printed, verified."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.axe import violations
from tests.doors.service_kit import start
from tests.doors.web.browser.houses import EXAMPLES
from tests.doors.web.browser.looks import fits, walk
from tests.doors.web.browser.tabs import text_twice_as_large, zoomed
from tests.doors.web.browser.visits import Visitor

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real
VERIFY = Path(__file__).parents[4] / "verifier" / "web" / "verify.html"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board of the faulty register, which has rows of most statuses."""
    data = tmp_path_factory.mktemp("board") / "data"
    kit = start(data, register=str(EXAMPLES / "faulty" / "register"))
    kit.run_controls()
    kit.service.services.evidence.log.publish()
    kit.service.close()
    out = data.parent / "promises"
    assert run(Program(), ["board", "publish", str(out), "--data", str(data)]) == 1
    return out


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may load nothing but files, and may not complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("file:", "data:", "blob:")) else faults.append(asked.url)
        ),
    )
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "en.html"])
def test_the_page_is_for_everybody(folder: Path, page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((folder / name).as_uri())
    assert violations(page) == []
    walk(page)
    fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    with text_twice_as_large(page):
        assert page.evaluate(SIDEWAYS) <= 0
    with zoomed(page, 4):
        assert page.evaluate(SIDEWAYS) <= 0
    for row in page.locator("details").all():
        row.evaluate("one => { one.open = true }")
    assert violations(page) == []
    fits(page)


def test_what_is_folded_is_on_paper(folder: Path, page: Page) -> None:
    page.goto((folder / "index.html").as_uri())
    first = page.locator(".controls li").first
    assert not first.is_visible()
    page.emulate_media(media="print")
    assert first.is_visible()
    assert not page.locator("header a").is_visible()


def test_a_status_is_a_shape_and_a_word_so_that_grey_tells_it_too(folder: Path, page: Page) -> None:
    page.goto((folder / "index.html").as_uri())
    said = page.locator(".row .status").evaluate_all(
        "all => all.map((one) => [one.querySelector('use').getAttribute('href'), one.innerText])"
    )
    pairs = {(shape, word) for shape, word in said}
    assert len(pairs) == len({shape for shape, _ in pairs}) == len({word for _, word in pairs}) >= 3


def test_the_badge_says_its_words_to_a_screen_reader(folder: Path, page: Page) -> None:
    page.goto((folder / "badge.svg").as_uri())
    assert "不通过" in page.locator("svg > title").text_content()


def chosen(page: Page, files: dict[str, bytes], key: str) -> str:
    """What the page that verifies says of files that are chosen together."""
    page.locator("#key").evaluate("(field, value) => { field.value = value }", key)
    page.evaluate("document.getElementById('result').removeAttribute('data-code')")
    page.set_input_files(
        "#picker",
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
            for name, data in files.items()
        ],
    )
    page.wait_for_selector("#result[data-code]")
    return str(page.locator("#result").get_attribute("data-code"))


def test_the_browser_verifies_the_folder_and_finds_a_changed_byte_of_any_file(
    folder: Path, page: Page
) -> None:
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    key = json.loads(files["board.json"])["log"]["vkey"]
    page.goto((folder / "verify.html").as_uri())  # the copy that came along
    assert chosen(page, files, key) == "beside-whole"
    assert violations(page) == []
    page.goto(VERIFY.as_uri())  # one from elsewhere
    for name in sorted(files):
        data = bytearray(files[name])
        data[len(data) // 2] ^= 1
        assert chosen(page, {**files, name: bytes(data)}, key) != "beside-whole", name
    some = dict(sorted(files.items())[:4])
    assert chosen(page, some, key) == "missing"
    proof = next(name for name in files if name.startswith("proof-"))
    assert chosen(page, {proof: files[proof]}, key) == "inclusion"


def test_it_is_published_in_the_console_and_read_by_anybody(
    faulty: Visitor, browser: Browser
) -> None:
    with faulty.at("/console/board/publish") as page:
        page.get_by_role("button", name="公布", exact=True).click()
        page.wait_for_load_state()
        assert page.locator("main img").evaluate("one => one.naturalWidth") > 100
        assert violations(page) == []
    with Visitor(browser=browser, house=faulty.house).at("/centre") as page:
        assert page.locator("nav a[href='/centre/promises']").count() >= 1
    with Visitor(browser=browser, house=faulty.house).at("/centre/promises") as page:
        assert page.url.endswith("/centre/promises/index.html")
        assert violations(page) == []
        page.locator("details summary").first.click()
        fits(page)
