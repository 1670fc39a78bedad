"""Reads the console's pages as a test does: figures, how many rows stand where they lead, reds."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urljoin

from tests.doors.browser_kit import Browser

from chengnuo.doors.web.console_map import entries

FIGURE = re.compile(r'<a href="([^"]*)" data-figure="([^"]*)"')
ROWS = re.compile(r'data-rows="([0-9,]+)"')
RED = re.compile(r'<div class="red sheet" data-red>.*?</dl>\n</div>', re.DOTALL)
REDS = re.compile(r"<(?:div|details) [^>]*data-red>.*?</dl>", re.DOTALL)
"""What is red, at the head of a page or beside what is grave."""
A_SHAPE = 3
"""Pages of one shape that a walk takes."""


@dataclass(frozen=True, slots=True)
class FigureSeen:
    """A figure of a page: where it leads, and how many rows it says there are."""

    page: str
    href: str
    count: str


def figures_of(browser: Browser, page: str) -> list[FigureSeen]:
    """Return the figures of a page that lead somewhere."""
    text = browser.get(page).text
    return [
        FigureSeen(page=page, href=html.unescape(href), count=count)
        for href, count in FIGURE.findall(text)
    ]


def rows_behind(browser: Browser, figure: FigureSeen) -> str:
    """Return how many rows the place that a figure leads to says it has."""
    place, _, anchor = urljoin(figure.page, figure.href).partition("#")
    answer = browser.get(place)
    assert answer.status_code == 200, (figure, answer.status_code)
    text = answer.text.partition("<main")[2]
    if anchor:
        found = re.search(rf'aria-labelledby="{re.escape(anchor)}" data-rows="([0-9,]+)"', text)
        assert found is not None, figure
        return found.group(1)
    return (ROWS.findall(text) or ["none"])[0]


def reds_of(text: str) -> list[str]:
    """Return what is red on a page, each with what belongs to it."""
    return RED.findall(text)


def graves_without_reds(text: str) -> list[str]:
    """Return what is grave on a page and has nothing beside it that says what mends it.

    What counts (a legend, the clocks of a dossier whose reds stand at its head) is left out as far
    as the head has as many.
    """
    main = text.partition("<main")[2]
    main = re.sub(r'<dl class="figures.*?</dl>', "", main, flags=re.DOTALL)
    spare = len(RED.findall(main))
    main = RED.sub("", main)
    bare = [
        found.group(1)
        for found in re.finditer(r'status-grave">.*?</svg>([^<]*)</span>', main, re.DOTALL)
        if "data-red" not in main[found.end() : found.end() + 600]
    ]
    return bare[spare:]


def walked(browser: Browser) -> dict[str, str]:
    """Return the pages of the console by address, some of each shape, as links lead to them."""
    entry = {one.href for one in entries()}
    found: dict[str, str] = {}
    todo, shapes = sorted(entry), Counter[str]()
    while todo:
        place = todo.pop(0)
        answer = browser.get(place)
        assert answer.status_code < 500, place
        if answer.status_code != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        found[place] = answer.text
        links = re.findall(r'href="(/console[^"#]*)', answer.text.partition("<main")[2])
        for link in dict.fromkeys(map(html.unescape, links)):
            shape = link if link in entry else re.sub(r"/[^/?]*[0-9-][^/?]*|=[^&]*", "/*", link)
            if link not in found and link not in todo and shapes[shape] < A_SHAPE:
                shapes[shape] += 1
                todo.append(link)
    return found


NUMBER = re.compile(
    r'<a class="row-link" href="([^"]+)">([0-9,]+)</a>'
    r'|<a href="([^"]+)"[^>]* data-(?:figure|opens)="([0-9,]+)"'
    r'|<li><a href="([^"]+)"[^>]*>[^<>]*?[^0-9<>,]([0-9,]+)</a></li>'
)
"""In a table; among the figures or in a legend; in a choice."""
OF_ONE = re.compile(r"/records/[0-9]+|days=[0-9]+$|year=[0-9]+$")
"""Ways whose number says which one it is, and not how many."""


def numbers_of(page: str, text: str) -> list[FigureSeen]:
    """Return the numbers of a page that open rows, wherever they stand."""
    found = ("".join(ways[::2]) for ways in NUMBER.findall(text.partition("<main")[2]))
    counts = ("".join(ways[1::2]) for ways in NUMBER.findall(text.partition("<main")[2]))
    return [
        FigureSeen(page=page, href=html.unescape(href), count=count)
        for href, count in zip(found, counts, strict=True)
        if OF_ONE.search(html.unescape(href)) is None
    ]
