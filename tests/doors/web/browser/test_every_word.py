"""Every page says everything in the language it is asked for, and is light on first view."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.houses import EXAMPLES
from tests.doors.web.browser.places import BY_ITSELF, LEADS
from tests.doors.web.browser.shots_house import ShotsHouse, every_place, shots_house
from tests.doors.web.browser.tabs import Tab, tab_of

pytestmark = pytest.mark.real

MOST_BYTES = 100_000
LONG = frozenset({"/centre/rules"})
"""The rules say all that the law asks for in one page; only packed they are below the limit."""
MOST_TRIPS = 3
"""The page, what it asks for, and what that asks for."""
_SAID = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const own = "textarea, code, kbd, pre, samp, .hash, script, style, [hidden], [lang], bdi";
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    const apart = one.closest(own);
    if (apart && apart !== document.documentElement) continue;
    if (node.data.trim()) found.push(node.data.trim());
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if (one.closest("[lang]") !== document.documentElement) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (one.getAttribute(name)) found.push(one.getAttribute(name));
  }
  for (const one of document.querySelectorAll("input[type=submit], input[type=button]"))
    if (one.value) found.push(one.value);
  found.push(document.title);
  return found;
}
"""
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]+(?:[ -][A-Za-z'’]+)*")
_NO_WORDS = re.compile(
    r"`[^`]*`|\bchengnuo(?: -{0,2}[a-z][a-z-]*)+|\b[0-9a-f]{8,}\b|\b[A-Z]+(?:-[A-Z0-9]+)+\b"
    r"|\b[a-z0-9]+(?:-[a-z0-9]+)+\b(?: → \w+)?|\S*[/_=@.]\S*"
)
"""Commands, hashes and ids."""
_KNOWN = """
ADSL AES API APK App Android CSV CPU Chengnuo DEX DNS DSSE Docker Ed25519 GB GPC GPS HAR HTML HTTP
HTTPS ID IDFA IMEI IMSI IP IPv JPEG JSON JSONL JWT MAC MB MD5 OAID OAuth OpenID PDF PIPL PNG QR RFC
Markdown MARKDOWN SDK SHA SIM SMS SQL SVG TLS UTC UUID URL USB WebP WebView WiFi Fi Wi XLSX XML
YAML ZIP iOS in-toto APP SQLite HarmonyOS XAPK APKS APKM AAB MiB KiB GiB vkey Cookie ISO CN Sec
MySQL PostgreSQL Redis forever sha256sum sha sum
English
"""
KNOWN = frozenset(_KNOWN.split())
"""Names and abbreviations that are said so in Chinese too."""


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShotsHouse]:
    """The house in which every page has something to say."""
    with shots_house(tmp_path_factory.mktemp("words")) as house:
        yield house


@cache
def own_words(lang: str) -> frozenset[str]:
    """Return what the operator of the sample wrote and a page in a language may show as it is.

    Runs of Chinese and single words; of a text that is there in both languages only its own.
    """
    texts: list[str] = []

    def walk(tree: Any) -> None:  # noqa: ANN401  what YAML holds
        if isinstance(tree, dict):
            both = "zh" in tree and "en" in tree
            for name, value in tree.items():
                if not both or name == lang:
                    walk(value)
        elif isinstance(tree, list):
            for value in tree:
                walk(value)
        else:
            texts.append(str(tree))

    for file in sorted(Path(EXAMPLES / "shop" / "register").rglob("*.yaml")):
        walk(yaml.safe_load(file.read_text("utf-8")))
    whole = "\n".join(texts)
    return frozenset(_CHINESE.findall(whole)) | frozenset(re.findall(r"[A-Za-z'’]+", whole))


def opened(tab: Tab, house: ShotsHouse, path: str, lang: str) -> Page:
    tab.prepare(Eyes(lang=lang), house.house.address, house.state_of(path))
    answer = tab.page.goto(f"{house.house.address}{path}?lang={lang}")
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"
    led = urlsplit(tab.page.url).path
    assert led in {path, LEADS.get(path, {}).get(lang)}, f"{path} led to {tab.page.url}"
    return tab.page


def in_chinese(text: str) -> list[str]:
    """Return the Chinese of a text that is neither the operator's own nor a quoted name."""
    rest = re.sub(r"《[^》]*》", "", text)
    return [one for one in _CHINESE.findall(rest) if one not in own_words("en")]


def in_english(text: str) -> list[str]:
    """Return the English of a text that is neither the operator's own nor said so in Chinese."""
    rest = re.sub(_NO_WORDS, " ", text)
    said = KNOWN | own_words("zh")
    return [
        words
        for words in _WORDS.findall(rest)
        if any(one not in said for one in re.split(r"[ -]", words))
    ]


@pytest.mark.parametrize("path", [one for one in every_place() if one != BY_ITSELF])
def test_nothing_is_left_untranslated(browser: Browser, pictured: ShotsHouse, path: str) -> None:
    with tab_of(browser, scripts=True) as tab:
        said = opened(tab, pictured, path, "en").evaluate(_SAID)
        left = {text: found for text in said if (found := in_chinese(text))}
        assert left == {}, "in an English page"
        said = opened(tab, pictured, path, "zh").evaluate(_SAID)
        left = {text: found for text in said if (found := in_english(text))}
        assert left == {}, "in a Chinese page"


def test_what_is_untranslated_is_found(browser: Browser, pictured: ShotsHouse) -> None:
    assert in_chinese("Requests 未译出的话") == ["未译出的话"]
    assert in_chinese("《个人信息保护法》 Art. 15") == []
    assert in_english("请求 was refused") == ["was refused"]
    assert in_english("用 SDK 读取 IMEI") == []
    with tab_of(browser, scripts=True) as tab:
        for path in ("/centre/contact", "/console", "/console/rights"):
            said = opened(tab, pictured, path, "zh").evaluate(_SAID)
            assert sum(map(bool, map(in_chinese, said))) > len(said) / 2, path
            said = opened(tab, pictured, path, "en").evaluate(_SAID)
            assert sum(map(bool, map(in_english, said))) > len(said) / 2, path


@pytest.mark.parametrize("path", every_place())
def test_a_first_view_is_light(browser: Browser, pictured: ShotsHouse, path: str) -> None:
    sizes: dict[str, float] = {}
    depth: dict[str, int] = {}

    def asked(event: dict[str, Any]) -> None:
        url, initiator = event["request"]["url"], event["initiator"]
        if not url.startswith("data:"):
            depth[url] = depth.get(initiator.get("url", ""), 0) + 1
            names[event["requestId"]] = url

    def came(event: dict[str, Any]) -> None:
        if event["requestId"] in names:
            sizes[names[event["requestId"]]] = event["encodedDataLength"]

    names: dict[str, str] = {}
    with tab_of(browser, scripts=True) as tab:
        session = tab.page.context.new_cdp_session(tab.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", asked)
        session.on("Network.loadingFinished", came)
        page = opened(tab, pictured, path, "zh")
        page.wait_for_load_state("networkidle")
        session.detach()
        unpacked = len(page.content().encode())
    assert len(sizes) == len(names)
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert (unpacked <= MOST_BYTES) is (path not in LONG), unpacked
    assert max(depth.values()) <= MOST_TRIPS, depth
