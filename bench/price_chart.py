"""The picture of how an audit of prices grows with rows and with attributes."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PICTURE = Path(__file__).parent.parent / "docs" / "img" / "price-audit-scaling.svg"
_WIDE, _HIGH, _LEFT, _TOP, _APART = 300, 190, 56, 46, 400
_STYLE = (
    "text{font:12px sans-serif;fill:#1b1d1f}.middle{text-anchor:middle}.end{text-anchor:end}"
    ".line{fill:none;stroke:#1b1d1f;stroke-width:2}.axis{stroke:#85827a}.dot{fill:#1b1d1f}"
    ".memory{stroke:#b3321f;stroke-dasharray:5 3}.memory-dot{fill:#b3321f}"
)


class Point(NamedTuple):
    """One audit: rows, attributes, seconds of processor time, megabytes."""

    rows: int
    attributes: int
    seconds: float
    megabytes: float


def drawn(points: Sequence[Point]) -> str:
    """Return the picture: by rows at the most usual number of attributes, and by attributes."""
    counts = [one.attributes for one in points]
    usual = max(set(counts), key=counts.count)
    by_rows = sorted(one for one in points if one.attributes == usual)
    rows = max(
        {one.rows for one in points},
        key=lambda many: len({one.attributes for one in points if one.rows == many}),
    )
    by_attributes = sorted(one for one in points if one.rows == rows)
    left = _panel(
        0,
        f"rows, {usual} attributes",
        [(f"{one.rows / 1e6:g} M", math.log10(one.rows), one) for one in by_rows],
    )
    right = _panel(
        _APART,
        f"attributes, {rows / 1e6:g} M rows",
        [(str(one.attributes), float(one.attributes), one) for one in by_attributes],
    )
    said = "; ".join(
        f"{one.rows:,} rows, {one.attributes} attributes: {one.seconds:.1f} s, "
        f"{one.megabytes:.0f} MB"
        for one in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _APART} 300" role="img">'
        f"<title>Processor time and memory of an audit. {said}</title><style>{_STYLE}</style>"
        f"{left}{right}</svg>\n"
    )


def _panel(at: int, title: str, shown: Sequence[tuple[str, float, Point]]) -> str:
    least, most = min(x for _, x, _ in shown), max(x for _, x, _ in shown)
    places = [
        at + _LEFT + 12 + (_WIDE - 24) * (x - least) / ((most - least) or 1) for _, x, _ in shown
    ]
    bottom = _TOP + _HIGH
    marks = [
        f'<path class="axis" d="M{at + _LEFT} {_TOP}V{bottom}H{at + _LEFT + _WIDE}" fill="none"/>',
        f'<text x="{at + _LEFT}" y="18">{title}</text>',
        f'<text x="{at + _LEFT}" y="34">line: µs of processor a quote; dashed: MB</text>',
    ]
    marks += [
        f'<text class="middle" x="{x:.1f}" y="{bottom + 18}">{label}</text>'
        for x, (label, _, _) in zip(places, shown, strict=True)
    ]
    times = [one.seconds / one.rows * 1e6 for _, _, one in shown]
    marks += _line(places, times, "line", "dot", -8)
    marks += _line(places, [one.megabytes for _, _, one in shown], "line memory", "memory-dot", 16)
    return "".join(marks)


def _line(
    places: Sequence[float], values: Sequence[float], line: str, dot: str, apart: int
) -> list[str]:
    """Return a line from zero up, each on a scale of its own, with its values beside it."""
    heights = [_TOP + _HIGH - (_HIGH - 24) * value / (max(values) * 1.1) for value in values]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(places, heights, strict=True))
    return [
        f'<path class="{line}" d="M{path}"/>',
        *(
            f'<circle class="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
            f'<text class="middle" x="{x:.1f}" y="{y + apart:.1f}">{value:.3g}</text>'
            for x, y, value in zip(places, heights, values, strict=True)
        ),
    ]
