"""The chapters of a long document: folded one by one, so that its contents fit on a screen or two.

A chapter of the rules can be longer than a phone's screen fifty times over. What is folded is in
the page all the same: found by whoever searches it, opened by a link to it, whole on paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.domain.disclosure.document import Block, Heading

_DEEPEST = 2
"""Level of the headings that are folded within a chapter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of a document under its heading.

    Attributes:
        heading: What it is under.
        blocks: What stands before its first part.
        parts: Its own parts, each folded too; none where it has fewer than two.

    """

    heading: Heading
    blocks: tuple[Block, ...]
    parts: tuple["Chapter", ...]


def chapters_of(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Chapter, ...]]:
    """Return what stands before the first chapter, and the chapters in their order.

    Every block is in exactly one of them, in the order of the document; a heading that opens a
    chapter is that chapter's heading.
    """
    return _split(blocks, level=1)


def _split(blocks: Sequence[Block], *, level: int) -> tuple[tuple[Block, ...], tuple[Chapter, ...]]:
    starts = [place for place, one in enumerate(blocks) if _opens(one, level)]
    if level > _DEEPEST or not starts:
        return tuple(blocks), ()
    return tuple(blocks[: starts[0]]), tuple(_chapters(blocks, starts, level=level))


def _chapters(blocks: Sequence[Block], starts: list[int], *, level: int) -> Iterator[Chapter]:
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading, inside = blocks[start], blocks[start + 1 : end]
        assert isinstance(heading, Heading)  # noqa: S101  as `_opens` told
        before, parts = _split(inside, level=level + 1)
        if len(parts) == 1:
            yield Chapter(heading=heading, blocks=tuple(inside), parts=())
        else:
            yield Chapter(heading=heading, blocks=before, parts=parts)


def _opens(block: Block, level: int) -> bool:
    return isinstance(block, Heading) and block.level == level
