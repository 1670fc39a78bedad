"""What a policy is made of, whatever format it came in: one plain text, and the blocks of it.

The plain text is what people read, without tags. A block is a part of it by its offsets, so that
whatever is found later can be quoted and shown in place. Offsets count characters of that text.
"""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's grid.

    A cell that spans rows or columns stands at each place that it covers, with the same offsets.

    Attributes:
        text: Its text, spaces at the ends removed.
        start: Where it begins in the plain text.
        end: Where it ends.

    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block.

    Attributes:
        kind: What it is.
        level: Of a heading, 1 to 9, 1 the highest; of an item, how deep the list is, 1 the
            outermost; else 0.
        start: Where it begins in the plain text.
        end: Where it ends.
        rows: Of a table, its rows of cells, by columns; a short row ends early. Else empty.
        heading_rows: Of a table, how many of its first rows are marked as headings in the file.
        bold: Whether all of it is bold: such a line may be a heading.

    """

    kind: BlockKind
    level: int
    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...] = ()
    heading_rows: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one row of a table.

    Attributes:
        text: The sentence, spaces at the ends removed: the plain text from `start` to `end`.
        start: Where it begins in the plain text.
        end: Where it ends.
        headings: The headings above it, the highest first, without their numbers.
        block: Index of its block among the document's blocks.

    """

    text: str
    start: int
    end: int
    headings: tuple[str, ...]
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockText:
    """A document as its plain text and its blocks.

    Attributes:
        text: What people read.
        blocks: Its blocks, by where they begin; they do not overlap.

    """

    text: str
    blocks: tuple[Block, ...]

    def text_of(self, block: Block) -> str:
        """Return the text of a block."""
        return self.text[block.start : block.end]
