"""The badge: how many rows of the pledge board are shown, of how many, with what fails and the day.

It never says more than the board: what fails is always in it, and its ground is only as good as
the worst row. All rows that apply have to be shown for the good ground, and at least one.
"""

from collections.abc import Mapping
from unicodedata import east_asian_width

from chengnuo.base.text import Lang
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.public_board import PublicBoard
from chengnuo.doors.web.rendering import environment
from chengnuo.doors.web.wording import wording

_WIDE, _NARROW, _PAD = 13, 7, 9
_SHAPES: Mapping[str, str] = {"failing": "grave", "whole": "fine", "part": "none"}


def badge(board: PublicBoard, lang: Lang) -> bytes:
    """Return the badge of a board, SVG with its words as its name."""
    t, counts = wording(lang), board.counts()
    shown, failing = counts[RowStatus.SHOWN], counts[RowStatus.FAILING]
    applying = len(board.rows) - counts[RowStatus.NOT_APPLICABLE]
    day = board.on.isoformat()
    left = t("public.badge-name")
    right = t("public.badge-says", shown=shown, of=applying, failing=failing, on=day)
    widths = (_width(left), _width(right) + 20)
    kind = "failing" if failing else "whole" if 0 < shown == applying else "part"
    return (
        environment()
        .get_template("public/badge.svg")
        .render(
            name=f"{left} · {right}",
            left=left,
            right=right,
            widths=widths,
            kind=kind,
            shape=_SHAPES[kind],
        )
        .encode()
    )


def _width(text: str) -> int:
    return 2 * _PAD + sum(_WIDE if east_asian_width(one) in "WF" else _NARROW for one in text)
