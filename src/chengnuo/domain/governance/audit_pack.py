"""What an audit pack holds: parts of rows, each with the records of the log that it rests on.

A part says how it was looked for, so that one without rows is an answer, too. Its rows hold no
personal information: ids, days, counts, choices and hashes alone. Format:
`docs/formats/audit-pack.md`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Table,
    cell,
    code,
    paragraph,
)

PREDICATE = "urn:chengnuo:audit-pack:1"
PART = "chengnuo-audit-part/1"
MOST_ON_PAPER, MOST_ON_SHEET = 200, 20_000
"""Rows of a part in the PDF and in the workbook; the JSON has all of them."""

Value: TypeAlias = Text | str | int | bool | None


@dataclass(frozen=True, slots=True)
class PackColumn:
    """A column: its member in JSON, its heading, and its share of the width."""

    name: str
    text: Text
    weight: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPart:
    """One part.

    Attributes:
        id: Its name in file names, as `05-rights`.
        title: Its title.
        looked: How it was looked for, and what no row means.
        columns: Its columns.
        rows: Its rows, each with one value for each column.
        records: Positions of the records that it rests on.
        complete: Kinds of which no record of the period is left out.

    """

    id: str
    title: Text
    looked: Text
    columns: tuple[PackColumn, ...]
    rows: Sequence[tuple[Value, ...]] = ()
    records: Sequence[int] = ()
    complete: tuple[str, ...] = ()

    def tree(self, leaves: Mapping[int, str]) -> Tree:
        """Return the part as JSON.

        Args:
            leaves: SHA-256 of the leaf at each position that the part rests on.

        """
        names = [column.name for column in self.columns]
        return {
            "type": PART,
            "id": self.id,
            "title": _both(self.title),
            "looked": _both(self.looked),
            "complete": list(self.complete),
            "records": [{"index": at, "leaf": leaves[at]} for at in sorted({*self.records})],
            "rows": [dict(zip(names, map(_tree, row), strict=True)) for row in self.rows],
        }

    def document(self, facts: Facts) -> Document:
        """Return the part as a document of its own, as far as a sheet has rows."""
        return Document(
            id=self.id,
            kind=DocumentKind.AUDIT_PACK,
            title=self.title,
            facts=facts,
            blocks=tuple(self.blocks(MOST_ON_SHEET)),
        )

    def blocks(self, most: int) -> Iterable[Block]:
        """Yield the part as a chapter with at most so many rows."""
        yield Heading(1, self.id, self.title)
        yield paragraph(self.looked)
        if not self.rows:
            yield paragraph(NOTHING_FOUND)
            return
        if len(self.rows) > most:
            yield paragraph(
                Text(
                    f"共 {len(self.rows)} 行，这里列出前 {most} 行；全部在 {self.id}.json 中。",
                    f"{len(self.rows)} rows, of which the first {most} stand here;"
                    f" {self.id}.json has all of them.",
                )
            )
        columns = tuple(Column(one.text, one.weight) for one in self.columns)
        shown = _paper_cell if most == MOST_ON_PAPER else _cell
        rows = tuple(tuple(map(shown, row)) for row in self.rows[:most])
        yield Table(self.title, columns, rows)


NOTHING_FOUND = Text("期间内没有这样的内容。", "There is nothing of this kind in the period.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What the head of a pack says.

    Attributes:
        handler: Whose it is.
        start: First instant of the period, microseconds since 1970.
        end: Last instant.
        period: As people wrote it.
        origin: Name of the log.
        records: How many records of the period there are.
        parts: The parts, each with how many rows it has.
        complete: Kinds of which the parts leave out no record.
        papers: Working papers: ids of the audits.
        versions: Versions of the register that were in force in the period.

    """

    handler: Text
    start: int
    end: int
    period: str
    origin: str
    records: int
    parts: Sequence[tuple[PackPart, int]] = ()
    complete: Sequence[str] = ()
    papers: Sequence[str] = ()
    versions: Sequence[str] = field(default=())


def _tree(value: Value) -> Tree:
    return _both(value) if isinstance(value, Text) else value


def _both(text: Text) -> Mapping[str, Tree]:
    return {"zh": text.zh, "en": text.in_lang(Lang.EN)}


_HASH, _GROUP = re.compile("[0-9a-f]{64}"), 16
_YES, _NO = Text("是", "yes"), Text("否", "no")


def _cell(value: Value) -> Cell:
    if isinstance(value, bool):
        return cell(_YES if value else _NO)
    if isinstance(value, Text):
        return cell(value)
    return () if value is None or value == "" else cell(code(str(value)))


def _paper_cell(value: Value) -> Cell:
    """Return a cell of a page: a hash in groups, so that its lines can break."""
    if isinstance(value, str) and _HASH.fullmatch(value):
        return _cell(" ".join(value[at : at + _GROUP] for at in range(0, len(value), _GROUP)))
    return _cell(value)
