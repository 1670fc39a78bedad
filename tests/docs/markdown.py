"""What the documentation's tests read in a Markdown page: its fences, links and headings."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
SHELLS = frozenset({"sh", "bash", "console", "shell"})

_MARK = re.compile(r"<!-- (.+?) -->")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
_ROW = re.compile(r"^ *\|", re.MULTILINE)
_ITEM = re.compile(r"^ *(?:[-*+]|\d{1,2}\.) ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fenced block: where it begins, its language, the comment above it, its lines."""

    page: Path
    line: int
    language: str
    mark: str
    lines: tuple[str, ...]


def pages() -> list[Path]:
    """Return every page of the documentation and the papers at the top."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md")])


def fences(page: Path) -> Iterator[Fence]:
    """Yield the fenced blocks of a page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start: int | None = None
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith("```"):
            continue
        if start is None:
            start = number
            continue
        above = _MARK.fullmatch(lines[start - 2].strip()) if start > 1 else None
        yield Fence(
            page=page,
            line=start,
            language=lines[start - 1].strip().strip("`").split(" ")[0],
            mark=above[1] if above else "",
            lines=tuple(lines[start : number - 1]),
        )
        start = None
    assert start is None, f"{page}:{start}: a fence is not closed"


def without_fences(page: Path) -> str:
    """Return a page's text with its fenced blocks blanked."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for fence in fences(page):
        end = fence.line + len(fence.lines) + 1
        lines[fence.line - 1 : end] = [""] * (end - fence.line + 1)
    return "\n".join(lines)


def links(page: Path) -> list[str]:
    """Return what a page links to, pictures too."""
    return _LINK.findall(without_fences(page))


def shape(page: Path) -> Counter[str]:
    """Return how much there is in a page: headings per level, rows, items, fences per language.

    A translation that leaves something out has another shape; one that has the same shape can
    still say less.
    """
    text = without_fences(page)
    return Counter(
        {
            **Counter(_HEADING.findall(text)),
            "rows": len(_ROW.findall(text)),
            "items": len(_ITEM.findall(text)),
            **Counter(f"``` {fence.language}" for fence in fences(page)),
        }
    )
