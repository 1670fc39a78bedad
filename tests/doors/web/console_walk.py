"""Reads the console's pages as a test does: figures, how many rows stand where they lead, reds."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from tests.doors.browser_kit import Browser

FIGURE = re.compile(r'<a href="([^"]*)" data-figure="([^"]*)"')
ROWS = re.compile(r'data-rows="([0-9,]+)"')
RED = re.compile(r'<div class="red sheet" data-red>.*?</dl>\n</div>', re.DOTALL)


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
