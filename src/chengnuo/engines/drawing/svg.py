"""Drawings written as SVG: inline for a page, or as a file that stands alone (SVG 2)."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from chengnuo.engines.drawing.parts import Box, Drawing, Label, Mark, circle, px, rect
from chengnuo.engines.drawing.style import ALONE

_HATCHED = "bar-1"


def svg_lines(drawing: Drawing) -> Iterator[str]:
    """Yield both layouts of a drawing, for an element of the class `plot`.

    The title and the description stand in the first; the second names the same, hidden or not.
    """
    said = f'aria-labelledby="{drawing.key}-title {drawing.key}-words"'
    for size, box in (("wide", drawing.wide), ("narrow", drawing.narrow)):
        yield (
            f'<svg class="plot-{size}" viewBox="0 0 {box.width} {box.height}" role="img" {said}'
            ' focusable="false">'
        )
        if size == "wide":
            yield f'<title id="{drawing.key}-title">{escape(drawing.title)}</title>'
            yield f'<desc id="{drawing.key}-words">{escape(drawing.words)}</desc>'
        yield from _inside(box, f"{drawing.key}-{size}-hatch")
        yield "</svg>"


def svg_alone(drawing: Drawing) -> str:
    """Return the wide layout as a file that stands alone."""
    box = drawing.wide
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" width="{box.width}"'
        f' height="{box.height}" viewBox="0 0 {box.width} {box.height}">'
    )
    title = f"<title>{escape(drawing.title)}</title><desc>{escape(drawing.words)}</desc>"
    style = f"<style>{ALONE}</style>"
    return "\n".join((head, title, style, *_inside(box, "hatch"), "</svg>"))


def swatch(sort: str, key: str, *, is_round: bool = False) -> str:
    """Return a small piece of a sort of mark, for what is written beside it.

    Args:
        sort: The sort, as `bar-1`.
        key: Name that is unique on the page.
        is_round: Whether it is a circle.

    """
    path = circle(8, 8, 7) if is_round else rect(1, 1, 14, 14)
    marks = _inside(Box(16, 16, (Mark(sort, path),), ()), f"{key}-{sort}")
    return (
        '<svg class="plot-swatch" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{''.join(marks)}</svg>"
    )


def _inside(box: Box, hatch: str) -> Iterator[str]:
    if any(mark.sort == _HATCHED for mark in box.marks):
        yield (
            f'<defs><pattern id="{hatch}" width="5" height="5" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)"><path class="plot-hatch" d="M0 0V5"/></pattern></defs>'
        )
    for mark in box.marks:
        fill = f' fill="url(#{hatch})"' if mark.sort == _HATCHED else ""
        yield f'<path class="plot-{mark.sort}"{fill} d="{mark.path}"/>'
    for look, labels in groupby(sorted(box.labels, key=_look), key=_look):
        sort, down, anchor = look
        turned = " plot-down" if down else ""
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        yield f'<g class="plot-{sort}{turned}"{at}>{"".join(map(_label, labels))}</g>'


def _look(one: Label) -> tuple[str, bool, str]:
    return one.sort, one.down, one.anchor


def _label(one: Label) -> str:
    return f'<text x="{px(one.x)}" y="{px(one.y)}">{escape(one.text)}</text>'


def figure_lines(drawing: Drawing) -> Iterator[str]:
    """Yield a drawing as an element of a page of its own."""
    yield '<figure class="plot">'
    yield from svg_lines(drawing)
    yield "</figure>"
