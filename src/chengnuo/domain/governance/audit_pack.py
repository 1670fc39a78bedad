"""What an audit pack holds: parts of rows, each with the records of the log that it rests on.

A part says how it was looked for, so that one without rows is an answer, too. Its rows hold no
personal information: ids, days, counts, choices and hashes alone. What people read of a part is
made of what its JSON holds and of nothing else. Format: `docs/formats/audit-pack.md`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Heading,
    Table,
    cell,
    code,
    paragraph,
)

PREDICATE = "urn:chengnuo:audit-pack:1"
PART, HEAD = "chengnuo-audit-part/1", "chengnuo-audit-head/1"
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
            "columns": [
                {"name": one.name, **_both(one.text), "width": one.weight} for one in self.columns
            ],
            "records": [{"index": at, "leaf": leaves[at]} for at in sorted({*self.records})],
            "rows": [dict(zip(names, map(_tree, row), strict=True)) for row in self.rows],
        }

    def blocks(self, most: int) -> Iterable[Block]:
        """Yield the part as a chapter with at most so many rows."""
        number, _, _ = self.id.partition("-")
        yield Heading(1, self.id, Text(f"{number} {self.title.zh}", f"{number} {_en(self.title)}"))
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
        count = len(self.rows)
        yield Table(Text(f"{count} 行", f"rows: {count}"), columns, rows)


NOTHING_FOUND = Text("期间内没有这样的内容。", "There is nothing of this kind in the period.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What the head of a pack says.

    Attributes:
        handler: Whose it is.
        start: First instant of the period, microseconds since 1970.
        end: Last instant that the pack speaks of.
        period: First and last civil day, as `2026-10-01..2026-12-31`.
        origin: Name of the log.
        records: How many records of the period there are.
        law: Version of the law catalogue, as it is shown.
        program: Name and version of each program that made what people read.
        parts: The parts, in the order of their ids.
        papers: Working papers: ids of the audits.
        versions: Versions of the register that were in force in the period, the oldest first.

    """

    handler: Text
    start: int
    end: int
    period: str
    origin: str
    records: int
    law: str
    program: str
    parts: Sequence[PackPart] = ()
    papers: Sequence[str] = ()
    versions: Sequence[str] = ()

    @property
    def complete(self) -> tuple[str, ...]:
        """Kinds of which the parts leave out no record of the period."""
        return tuple(sorted({kind for one in self.parts for kind in one.complete}))

    def tree(self) -> Tree:
        """Return what stands in `head.json`: all but the parts, which have files of their own."""
        return {
            "type": HEAD,
            "handler": _both(self.handler),
            "from": self.start,
            "to": self.end,
            "period": self.period,
            "origin": self.origin,
            "records": self.records,
            "law": self.law,
            "program": self.program,
            "papers": list(self.papers),
            "versions": list(self.versions),
        }


def _tree(value: Value) -> Tree:
    return _both(value) if isinstance(value, Text) else value


def _both(text: Text) -> Mapping[str, Tree]:
    return {"zh": text.zh, "en": _en(text)}


def _en(text: Text) -> str:
    return text.in_lang(Lang.EN)


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\+08:00")
"""An instant in Beijing time; the heading of its column says so."""
_HASH, _GROUP = re.compile("[0-9a-f]{64}"), 16
_YES, _NO = Text("是", "yes"), Text("否", "no")


def _cell(value: Value) -> Cell:
    if isinstance(value, bool):
        return cell(_YES if value else _NO)
    if isinstance(value, Text):
        return cell(value)
    if value is None or value == "":
        return ()
    found = _MOMENT.fullmatch(str(value))
    return cell(code(str(value) if found is None else f"{found[1]} {found[2]}"))


def _paper_cell(value: Value) -> Cell:
    """Return a cell of a page: a hash in groups, so that its lines can break."""
    if isinstance(value, str) and _HASH.fullmatch(value):
        return _cell(" ".join(value[at : at + _GROUP] for at in range(0, len(value), _GROUP)))
    return _cell(value)
