"""The stand-alone page: built as committed, and saying in the browser what the command says."""

import json
import runpy
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from tests.verifier import board_kit, maker
from tests.verifier import test_audit_packs as audit
from tests.verifier import test_boards as boards
from tests.verifier import test_folders as folders
from tests.verifier import test_merged_proofs as merged
from tests.verifier import test_shards as shards
from tests.verifier.asking import Asker
from tests.verifier.maker import START, Json, Signer, make, records, tag_of, write
from tests.verifier.test_proof_attacks import ABSENT, COMPLETE, INCLUSION, absence, edited, nameless

WEB = Path(__file__).parents[2] / "verifier" / "web"
PAGE = WEB / "verify.html"
FIRST = Signer("first")
MADE = make(records(40))
SECOND = 1_000_000
WINDOW = (tag_of("甲"), START + 20 * SECOND, START + 28 * SECOND)

pytestmark = [pytest.mark.real, pytest.mark.needs("chromium")]


class Visit:
    """The page, opened from its file; `asked` lists every address it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.goto(PAGE.as_uri())

    def __call__(
        self, what: object, name: str = "paper.json", key: str | None = FIRST.vkey
    ) -> tuple[str, str]:
        data = what if isinstance(what, bytes) else maker.canonical(what)
        self.page.locator("#key").evaluate("(field, value) => { field.value = value }", key or "")
        self.page.evaluate("document.getElementById('result').removeAttribute('data-code')")
        self.page.set_input_files(
            "#picker", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )
        self.page.wait_for_selector("#result[data-code]")
        result = self.page.locator("#result")
        return str(result.get_attribute("data-verdict")), str(result.get_attribute("data-code"))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context.new_page())
    yield visit
    local = [url for url in visit.asked if not url.startswith(("file:", "data:", "blob:"))]
    assert (local, visit.faults) == ([], [])
    context.close()


PACK = maker.evidence_file(MADE.complete(tag_of("甲")), [MADE.receipt(4)])
GOOD: dict[str, tuple[object, str]] = {
    "inclusion": (MADE.inclusion(3, 7), "inclusion"),
    "complete": (MADE.complete(tag_of("丙")), "complete"),
    "nobody's": (MADE.complete(tag_of("无")), "complete"),
    "merged": (merged.MADE.complete(tag_of("乙")), "complete"),
    "absent of merged": (merged.window("乙", "r-8"), "absent"),
    "absent": (
        MADE.absent(tag_of("甲"), START + 20 * SECOND, START + 35 * SECOND, recipient="r-9"),
        "absent",
    ),
    "receipt": (MADE.receipt(4), "receipt-whole"),
    "evidence file": (PACK, "evidence-whole"),
    "attestation": (maker.attestation()[1], "attested"),
    "shards": (shards.above(*map(shards.seen, shards.SHARDS)), "inclusion"),
    "shards, one missing": (shards.above(shards.seen(shards.SHARDS[1])), "inclusion"),
    "audit pack": (audit.pack(audit.signed(audit.parts())), "audit-whole"),
    "audit pack, not recorded": (
        audit.pack(audit.signed(audit.parts(), recorded=False)),
        "audit-signed",
    ),
}


def test_the_committed_page_is_what_the_build_makes() -> None:
    built = runpy.run_path(str(WEB / "build.py"))["page"]()
    assert PAGE.read_text("utf-8") == built


def test_the_policy_lets_nothing_but_the_pinned_script_and_style_run() -> None:
    text = PAGE.read_text("utf-8")
    assert text.count("<script") == text.count("<style") == 1
    for part in ("script", "style"):
        body = text.split(f"<{part}>")[1].split(f"</{part}>")[0]
        assert f"{part}-src 'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in text
    assert "default-src 'none'" in text
    assert "unsafe" not in text.split("<style>")[0]


@pytest.mark.parametrize("name", GOOD)
def test_the_page_finds_what_the_command_finds(visit: Visit, ask: Asker, name: str) -> None:
    paper, code = GOOD[name]
    said = ask(paper, "--key", FIRST.vkey)
    assert visit(paper) == (said.verdict, said.code)
    assert said.code == code
    told = visit.page.locator("#result").inner_text()
    assert said.messages[0]["zh"].split("（")[0].split("在 1764")[0] in told
    shown = visit.page.locator("#result").inner_text()
    told = [one for one in said.messages if one["code"].startswith(("seen", "shards"))]
    assert all(one["zh"] in shown for one in told)
    assert visit.page.locator("svg.seal").is_visible()


@pytest.mark.parametrize("files", [audit.began, audit.unsaid], ids=["began", "unsaid"])
def test_what_an_operator_left_unsaid_is_said_by_the_page_too(
    visit: Visit, ask: Asker, files: Callable[[], audit.Files]
) -> None:
    told = ask(audit.pack(files()), "--key", FIRST.vkey)
    assert visit(audit.pack(files()))[1] == told.code
    shown = visit.page.locator("#result").inner_text()
    said = [one for one in told.messages if one["code"] in {"log-began", "not-complete"}]
    assert said
    assert all(str(one["zh"]) in shown for one in said)


@pytest.mark.parametrize("change", [pytest.param(one[1], id=one[0]) for one in audit.FORGED])
def test_the_page_refuses_the_audit_packs_that_the_command_refuses(
    visit: Visit, ask: Asker, change: Callable[[], audit.Files]
) -> None:
    pack = audit.pack(change())
    said = ask(pack, "--key", FIRST.vkey)
    assert visit(pack) == (said.verdict, said.code)
    assert not visit.page.locator("svg.seal").is_visible()


def test_files_chosen_with_the_attestation_over_them_are_held_to_it(visit: Visit) -> None:
    files = {"index.html": b"<p>", "board.json": b"{}"}
    for change, code in (({}, "beside-whole"), ({"index.html": b"<b>"}, "damaged")):
        assert chosen(visit, folders.signed(files) | change) == code


def chosen(visit: Visit, files: dict[str, bytes]) -> str | None:
    """Choose files at once, and return the code of the answer."""
    visit.page.locator("#key").evaluate("(f, v) => { f.value = v }", FIRST.vkey)
    visit.page.evaluate("document.getElementById('result').removeAttribute('data-code')")
    visit.page.set_input_files(
        "#picker", [{"name": name, "mimeType": "", "buffer": data} for name, data in files.items()]
    )
    visit.page.wait_for_selector("#result[data-code]")
    return visit.page.locator("#result").get_attribute("data-code")


def test_the_page_tells_how_a_board_stands_and_refuses_other_rows(visit: Visit) -> None:
    for made, code, words in (
        (folders.board_folder(), "beside-whole", "不通过 1 项，过时 0 项，尚无证据 1 项"),
        (folders.board_folder("2019-12-31"), "beside-whole", "这份承诺板已经过时"),
        (folders.board_folder(other={"rows": []}), "board", "与所签的不同"),
    ):
        assert chosen(visit, made) == code
        assert words in visit.page.locator("#result").inner_text()


def test_the_page_says_of_every_lying_board_what_the_command_says(
    visit: Visit, ask: Asker, tmp_path: Path
) -> None:
    assert chosen(visit, board_kit.folder()) == "beside-whole"
    assert "其中 2 项检查的记录内容没有公开" in visit.page.locator("#result").inner_text()
    for number, (name, files, code) in enumerate(boards.CASES):
        said = ask(write(tmp_path / str(number), files), "--key", FIRST.vkey)
        assert chosen(visit, files) == said.code == code, name


def test_the_page_refuses_what_the_command_refuses(visit: Visit, ask: Asker) -> None:
    wrong: list[object] = [edited(MADE.inclusion(3), change) for _, change, _ in INCLUSION]
    wrong += [edited(MADE.complete(tag_of("甲")), change) for _, change, _ in COMPLETE]
    wrong += [edited(absence(recipient="r-9"), change) for _, change, _ in ABSENT]
    wrong += [
        MADE.receipt(4) | {name: "x"}
        for name in ("dct:identifier", "chengnuo:at", "chengnuo:record")
    ]
    wrong += [
        absence(recipient="r-2"),
        *(nameless(person).absent(*WINDOW, recipient="r-9") for person in ("甲", None)),
        MADE.absent(tag_of("乙"), START, START + 39 * SECOND, recipient="r-7"),
        merged.window("甲", "r-9"),
        merged.window("甲", "r-7"),
        *(merged.without(merged.MADE.complete(tag_of("甲")), at) for at in (1, 2)),
        *(merged.without(merged.window("甲", "r-8"), at) for at in (1, 2, 3)),
        merged.with_another(merged.MADE.complete(tag_of("甲"))),
        merged.short_of_a_merge(merged.window("乙", "r-8")),
        merged.torn().complete(tag_of("甲")),
    ]
    wrong += [
        shards.above(shards.seen(shards.SHARDS[0], size=11)),
        shards.above(shards.seen(shards.SHARDS[0], note={"text": "no checkpoint"})),
        PACK[:-30],
        maker.pack({"manifest.json": bytes(5_000_000)}),
        maker.pack({"tool.exe": b""}),
    ]
    wrong += [maker.evidence_file(MADE.complete(tag_of("甲")), late={"notices/n-1.html": b"<p>"})]
    wrong += [
        maker.attestation(signer=Signer("stranger"))[1],
        b"",
        b"{",
        b"[1.5]",
        b'{"claim":1,"claim":2}',
        b"[" * 9000,
    ]
    _, paper = maker.attestation()
    wrong += [paper | {"payload": maker.b64(maker.canonical(maker.statement(result="fail")))}]
    for at, one in enumerate(wrong):
        said = ask(one, "--key", FIRST.vkey)
        assert said.status, at
        assert visit(one) == (said.verdict, said.code), at
        assert not visit.page.locator("svg.seal").is_visible()


def test_without_a_pinned_key_the_page_says_where_the_key_is_from(visit: Visit) -> None:
    assert visit(MADE.receipt(4), key=None) == ("proved", "receipt-whole")
    assert FIRST.vkey in visit.page.locator("#remarks").inner_text()


def test_a_browser_without_ed25519_never_says_proved(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )
    assert Visit(page)(MADE.receipt(4)) == ("undecided", "no-ed25519")
    context.close()


def test_pasted_text_is_verified_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(json.dumps(MADE.inclusion(3)))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result[data-code=inclusion]")
    assert page.evaluate("document.activeElement.id") == "result"


def test_a_dropped_file_is_verified(visit: Visit) -> None:
    transfer = visit.page.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], 'r')); return d }",
        json.dumps(MADE.receipt(4)),
    )
    visit.page.dispatch_event("#zone", "drop", {"dataTransfer": transfer})
    visit.page.wait_for_selector("#result[data-code=receipt-whole]")


def test_what_a_file_says_is_shown_as_text(visit: Visit) -> None:
    paper: Json = {
        **MADE.complete(tag_of("甲")),
        "erased": [{"on": START, "under": "<img src=x onerror=alert(1)>", "from": 1, "to": 2}],
    }
    visit(paper)
    assert "<img" in visit.page.locator("#remarks").inner_text()
    assert visit.page.locator("#remarks img").count() == 0


@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [(1280, "light", "zh"), (390, "light", "zh"), (390, "dark", "en"), (320, "light", "en")],
)
def test_the_page_fits_and_is_looked_at(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["dark", "light"], lang: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    visit = Visit(context.new_page())
    if lang == "en":
        visit.page.locator("#lang").click()
    for name, paper in (
        ("good", MADE.receipt(4)),
        ("bad", edited(MADE.inclusion(3), INCLUSION[2][1])),
        ("open", absence(recipient="r-2")),
    ):
        visit(paper, key=None)
        overflow = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0
        visit.page.screenshot(path=str(tmp_path / f"{name}.png"), full_page=True)
    assert visit.page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]
    context.close()


@pytest.mark.parametrize(
    ("what", "advice"),
    [
        pytest.param(MADE.receipt(4), "", id="nothing to do about a good one"),
        pytest.param(MADE.receipt(4) | {"chengnuo:at": "x"}, "refused", id="refused"),
        pytest.param(b"\x89PNG", "unusable", id="a foreign file"),
    ],
)
def test_the_page_says_what_to_do_next(visit: Visit, what: object, advice: str) -> None:
    visit(what)
    shown = visit.page.locator("#result [data-for]:visible")
    assert [one.get_attribute("data-for") for one in shown.all()] == ([advice] if advice else [])
    assert visit.page.locator("#noted").is_visible() is not bool(advice)


def test_the_page_opens_in_the_language_it_is_asked_for(visit: Visit) -> None:
    assert visit.page.locator("html").get_attribute("lang") == "zh-CN"
    visit.page.goto(f"{PAGE.as_uri()}?lang=en")
    assert visit.page.locator("html").get_attribute("lang") == "en"
    assert visit.page.locator("h1").inner_text() == "Verify a receipt or evidence"
