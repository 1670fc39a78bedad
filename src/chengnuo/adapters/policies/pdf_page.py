"""What stands where on a page of a PDF: runs of text and ruled lines (ISO 32000-2, 8 and 9).

Positions are those that people see: the page turned as it is shown, from its left upper corner.
Text that runs in another direction than most of the page, as a watermark does, is left out.
"""

from collections.abc import Iterator

from pypdf import PageObject

from chengnuo.adapters.policies.pdf_drawing import QUARTERS, Drawing, Fonts, Signs
from chengnuo.adapters.policies.pdf_matrix import Box, Matrix, moved
from chengnuo.engines.policy.placed import Page, Rule, Run


class PageReader:
    """Reads the pages of one file; each font once."""

    def __init__(self) -> None:
        self._fonts: Fonts = {}

    def page(self, page: PageObject) -> Page:
        """Return what stands where on a page."""
        drawing = Drawing(page, self._fonts)
        drawing.draw()
        most = drawing.most
        runs = [one for one in drawing.runs if one.direction == most]
        turn = QUARTERS[most]
        rules = [_placed(turn, box) for box in drawing.paths.boxes]
        left, low, right, high = map(float, page.mediabox)
        whole = _placed(turn, (left, low, right, high))
        return _from_corner(runs, rules, whole.left, whole.bottom)


def _from_corner(runs: list[Signs], rules: list[Rule], left: float, top: float) -> Page:
    placed = [
        Run(text, one.x - left, one.right - left, top - one.y, one.size, one.bold)
        for one in runs
        if (text := one.text.strip()) and one.size > 0
    ]
    return Page(
        runs=tuple(_once(placed)),
        rules=tuple(
            Rule(one.left - left, top - one.bottom, one.right - left, top - one.top)
            for one in rules
        ),
    )


def _once(runs: list[Run]) -> Iterator[Run]:
    """Yield runs without those that are written twice at one place, to look bold."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        spot = (run.text, round(run.left / run.size), round(2 * run.base / run.size))
        if spot not in seen:
            seen.add(spot)
            yield run


def _placed(turn: Matrix, box: Box) -> Rule:
    one, other = moved(turn, box[0], box[1]), moved(turn, box[2], box[3])
    left, right = sorted((one[0], other[0]))
    low, high = sorted((one[1], other[1]))
    return Rule(left, low, right, high)
