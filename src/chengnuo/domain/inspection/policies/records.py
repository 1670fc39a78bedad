"""The rows that a policy gives in a form: tables, and lines of the form `key：value`.

Both are records: what stands under which column. A record that names a third party is of that
party; any other that lists information says what is collected.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from chengnuo.domain.inspection.policies.lexicon import Lexicon
from chengnuo.domain.observation.policy import ReadFrom, Said
from chengnuo.domain.observation.policy_words import PolicyColumn
from chengnuo.engines.policy.blocks import Block, BlockKind, BlockText
from chengnuo.engines.policy.enumerating import key_of
from chengnuo.engines.policy.sections import Headed

_MOST_HEAD_ROWS = 3
_COLON = re.compile("[:：]")
_NAME_OF_SDK = re.compile(
    r"(?=.{0,40}SDK)[^。；;，,：:]{2,48}(?:[（(][^（）()]{1,60}[）)])?", re.IGNORECASE
)
_ANY_SDK = re.compile(
    r"第三方\s*SDK|SDK\s*(?:清单|列表|目录|名称)|如下|以下|说明|third-party", re.IGNORECASE
)
"""Words of a heading above many SDKs, not of the name of one."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is said under which column, and the headings above."""

    read_from: ReadFrom
    headings: tuple[str, ...]
    said: dict[PolicyColumn, list[Said]] = field(default_factory=dict)
    title: Said | None = None

    def one(self, *columns: PolicyColumn) -> Said | None:
        """Return what is said first under the first of some columns that says something."""
        return next((self.said[each][0] for each in columns if self.said.get(each)), None)

    def all(self, column: PolicyColumn) -> tuple[Said, ...]:
        """Return all that is said under a column."""
        return tuple(self.said.get(column, ()))

    def add(self, column: PolicyColumn, said: Said) -> None:
        """Add what is said under a column."""
        if said.words.strip() not in {"", "—", "-", "/", "无", "–"}:
            self.said.setdefault(column, []).append(said)


def records_of(document: BlockText, found: Headed, lexicon: Lexicon) -> Iterator[Record]:
    """Yield the records of a document, by place."""
    title: Said | None = None
    placed = enumerate(document.blocks)
    runs = groupby(placed, key=lambda each: _form_of(each[1], found.titles[each[0]], each[0]))
    for (is_form, _), run in runs:
        blocks = [*run]
        at, first = blocks[0]
        if found.titles[at]:
            title = Said(found.titles[at], first.end - len(found.titles[at]), first.end)
        elif is_form is BlockKind.TABLE:
            yield from _table(first, found.paths[at], lexicon)
        else:
            yield from _lines(document, [one for _, one in blocks], found.paths[at], title, lexicon)


def _form_of(block: Block, title: str, at: int) -> tuple[BlockKind, int]:
    """Return what a run of blocks has in common: each heading and table is a run by itself."""
    if title or block.kind is BlockKind.TABLE:
        return (BlockKind.HEADING if title else BlockKind.TABLE), at
    return BlockKind.ITEM, -1


def _table(block: Block, headings: tuple[str, ...], lexicon: Lexicon) -> Iterator[Record]:
    depth, columns = _heads(block, lexicon)
    if sum(one is not None for one in columns) < 2:  # noqa: PLR2004  a table of facts has two
        return
    for row in block.rows[depth:]:
        record = Record(ReadFrom.TABLE, headings)
        for column, cell in zip(columns, row, strict=False):
            if column is not None:
                record.add(column, Said(cell.text, cell.start, cell.end))
        if record.said and len({(cell.start, cell.end) for cell in row}) > 1:
            yield record


def _heads(block: Block, lexicon: Lexicon) -> tuple[int, list[PolicyColumn | None]]:
    """Return how many rows head a table, and what each column tells."""
    best: tuple[int, list[PolicyColumn | None]] = (0, [])
    most = max(block.heading_rows, 1)
    for depth, row in enumerate(block.rows[: min(most + 1, _MOST_HEAD_ROWS)]):
        columns = [lexicon.column_of(cell.text) if cell.text else None for cell in row]
        if sum(one is not None for one in columns) > sum(one is not None for one in best[1]):
            best = (depth + 1, columns)
    return best


def _lines(
    document: BlockText,
    blocks: list[Block],
    headings: tuple[str, ...],
    title: Said | None,
    lexicon: Lexicon,
) -> Iterator[Record]:
    """Yield the records of lines that follow one another.

    A record ends where its first key comes again, and where two lines have no colon.
    """
    record = Record(ReadFrom.LINES, headings, title=title)
    first: PolicyColumn | None = None
    without = 0
    for block in blocks:
        key = key_of(document.text, block.start, block.end)
        column = None
        if key is not None:
            column = lexicon.column_of_key(document.text[block.start : key[0]])
        text = document.text_of(block)
        if column is None and is_name_of_sdk(text):
            yield from _whole(record)
            record, first, without = Record(ReadFrom.LINES, headings), PolicyColumn.RECIPIENT, 0
            record.add(first, Said(text, block.start, block.end))
            continue
        without = 0 if _COLON.search(document.text, block.start, block.end) else without + 1
        if without > 1 or (column is not None and column is first):
            yield from _whole(record)
            record, first = Record(ReadFrom.LINES, headings, title=title), None
        if column is not None and key is not None:
            first = first or column
            record.add(column, Said(document.text[key[1] : block.end], key[1], block.end))
    yield from _whole(record)


def is_name_of_sdk(line: str) -> bool:
    """Tell whether a line is the name of one SDK and nothing else."""
    return _NAME_OF_SDK.fullmatch(line) is not None and _ANY_SDK.search(line) is None


def _whole(record: Record) -> Iterator[Record]:
    title = record.title
    if (
        title is not None
        and PolicyColumn.RECIPIENT not in record.said
        and is_name_of_sdk(title.words)
    ):
        record.add(PolicyColumn.RECIPIENT, title)
    if len(record.said) > 1:
        yield record
