"""Text that is known by its place alone, as on a page of a PDF: runs of signs, lines, ruled lines.

All places are in points, counted from the left upper corner of the page as people see it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_SAME_LINE = 0.45
"""Baselines this near, in heights of the text, are of one line."""
_WORD_GAP = 0.15
_BACK = -0.7
"""Signs may begin this far, in heights of the text, before the last one ends: brackets do."""
_CHINESE = "\u2e80"
"""Signs from here on stand without blanks between them."""
_QUOTES = "“”‘’…—·"
_ALWAYS_APART = 0.8
"""A gap this wide, in heights of the text, stands between two things."""


@dataclass(frozen=True, slots=True)
class Run:
    """Signs that follow one another on a line without a gap.

    Attributes:
        text: The signs; no blanks at the ends.
        left: Where they begin.
        right: Where they end.
        base: The baseline.
        size: Height of the text.
        bold: Whether the font is bold.

    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: across if `top` is `bottom`, else down.

    Attributes:
        left: Where it begins.
        top: How high it begins.
        right: Where it ends.
        bottom: How low it ends.
        is_drawn: Whether it is seen; else it is where a page cuts off a table.

    """

    left: float
    top: float
    right: float
    bottom: float
    is_drawn: bool = True

    @property
    def is_across(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    Attributes:
        runs: Its text, in the order in which it was written.
        rules: Its ruled lines.

    """

    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, from left to right."""

    runs: tuple[Run, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(run.right for run in self.runs)

    @property
    def base(self) -> float:
        """Its baseline."""
        return self.runs[0].base

    @property
    def size(self) -> float:
        """Height of its text."""
        return max(run.size for run in self.runs)

    @property
    def text(self) -> str:
        """Its words; a gap is one blank."""
        return "".join(_spaced(self.runs))

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.runs)


def _spaced(runs: Iterable[Run]) -> Iterator[str]:
    before: Run | None = None
    for run in runs:
        if before is not None and is_apart(before, run):
            yield " "
        yield run.text
        before = run


def is_apart(before: Run, run: Run) -> bool:
    """Tell whether two runs of a line are words apart; Chinese signs have no blanks."""
    gap = run.left - before.right
    both = all(is_chinese(one) or one in _QUOTES for one in (before.text[-1], run.text[0]))
    return gap > _ALWAYS_APART * run.size if both else abs(gap) > _WORD_GAP * run.size


def is_chinese(sign: str) -> bool:
    """Tell whether a sign stands without blanks beside it, as Chinese signs and stops do."""
    return sign >= _CHINESE


def parted(before: str, after: str) -> str:
    """Return what stands between two parts of a line that was broken: a blank, but in Chinese."""
    return "" if is_chinese(before[-1:]) or is_chinese(after[:1]) else " "


def lines_as_written(runs: Iterable[Run]) -> list[Line]:
    """Return the lines of runs in the order in which they were written.

    What was written one after another on one baseline, further to the right each, is one line.
    """
    lines: list[list[Run]] = []
    for run in runs:
        last = lines[-1][-1] if lines else None
        if last is not None and is_level(last, run) and run.left >= last.left:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [Line(tuple(one)) for one in lines]


def lines_as_placed(runs: Iterable[Run]) -> list[Line]:
    """Return the lines of runs from top to bottom, each from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: (each.base, each.left)):
        if lines and is_level(lines[-1][0], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [Line(tuple(sorted(one, key=lambda each: each.left))) for one in lines]


def is_level(one: Run, other: Run) -> bool:
    """Tell whether two runs stand on one line."""
    return abs(one.base - other.base) <= _SAME_LINE * min(one.size, other.size)


def pieces_of(line: Line, gap: float) -> list[Line]:
    """Return the parts of a line between gaps that may be gaps between columns.

    Args:
        line: The line.
        gap: How wide such a gap is at least, in heights of the text. Runs that overlap are two.

    """
    parts: list[list[Run]] = []
    for run in line.runs:
        last = parts[-1][-1] if parts else None
        is_near = last is not None and _BACK < (run.left - last.right) / run.size < gap
        if is_near:
            parts[-1].append(run)
        else:
            parts.append([run])
    return [Line(tuple(one)) for one in parts]
