"""The files of a register's folder as an editor sees them: where each row stands, and how."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chengnuo.adapters.register_editing.merging import Around, canonical_of
from chengnuo.adapters.register_editing.spans import (
    SpanMapping,
    SpanMember,
    SpanNode,
    SpanScalar,
    SpanSequence,
    spans_of,
)
from chengnuo.adapters.register_editing.style import Style, style_of
from chengnuo.adapters.register_folder import register_files
from chengnuo.adapters.register_putting import content_of, inside
from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.domain.register.kinds import HANDLER, KIND_BY_NAME, LISTS, Kind, RowRef
from chengnuo.domain.register.problems import Problem
from chengnuo.ports.register_editing import FileEdit

_BOM = "\ufeff"
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file of the register as it was read."""

    name: str
    content: bytes
    bom: str
    text: str
    root: SpanMapping


@dataclass(frozen=True, slots=True)
class Found:
    """Where a row is written; `rows` is the list that it stands in, None where it stands alone."""

    file: RowFile
    node: SpanNode
    rows: SpanSequence | None
    around: Around


class Contents:
    """What the files of a register's folder say, with changes that are not written yet."""

    def __init__(self, folder: Path, begun: Iterable[FileEdit] = ()) -> None:
        """Look at a folder.

        Args:
            folder: The register's folder, or its one file.
            begun: Changes that are made already.

        """
        self.folder = folder
        self._before: dict[str, bytes | None] = {
            one.name: one.content() for one in register_files(folder)
        }
        self._now = dict(self._before)
        for one in begun:
            self.put(one.name, one.after)

    def of(self, name: str) -> bytes | None:
        """Return what a file says; None where there is none."""
        if name not in self._before:
            self._before[name] = self._now[name] = content_of(inside(self.folder, name))
        return self._now[name]

    def put(self, name: str, content: bytes | None) -> None:
        """Note what a file shall say; None where it goes.

        Raises:
            RegisterNotWrittenError: It stands outside of the folder.

        """
        inside(self.folder, name)
        self.of(name)
        self._now[name] = content

    def edits(self) -> tuple[FileEdit, ...]:
        """Return what becomes of each file that changes."""
        return tuple(
            FileEdit(name, self._before[name], self._now[name])
            for name in sorted(self._now)
            if self._now[name] != self._before[name]
        )

    def files(self, holding: str = "") -> Iterator[RowFile]:
        """Yield the files that can be read, and that hold some words as they are.

        Taking a file apart takes a thousand times as long as looking for words in it.
        """
        words = holding.encode("utf-8")
        for name in sorted(self._now, key=lambda one: Path(one).parts):
            content = self._now[name]
            if content is None or words not in content:
                continue
            text = content.decode("utf-8")
            bom = _BOM if text.startswith(_BOM) else ""
            text = text.removeprefix(_BOM)
            root = None if isinstance(parse_yaml(text, name), Problem) else spans_of(text)
            if isinstance(root, SpanMapping):
                yield RowFile(name, content, bom, text, root)


def found_rows(contents: Contents, kind: Kind, row: str) -> Iterator[Found]:
    """Yield where a row is written; an id written in escapes is looked for if none is as it is."""
    found = list(_found_in(contents.files(row), kind, row))
    yield from found or _found_in(contents.files(_ESCAPE), kind, row)


def _found_in(files: Iterator[RowFile], kind: Kind, row: str) -> Iterator[Found]:
    for file in files:
        for node, rows, around in rows_of(file.root, kind):
            if isinstance(node, SpanMapping):
                name = node.entry(kind.name)
                if (
                    name is not None
                    and isinstance(name.node, SpanScalar)
                    and name.node.text.strip() == row
                ):
                    yield Found(file, node, rows, around)


def is_alone(root: SpanMapping) -> bool:
    """Tell whether a file is one row by itself; its first key names the kind."""
    first = root.entries[0]
    return first.key.text in KIND_BY_NAME and isinstance(first.node, SpanScalar)


def rows_of(
    root: SpanMapping, kind: Kind
) -> Iterator[tuple[SpanNode, SpanSequence | None, Around]]:
    """Yield the rows of a kind in a file, each with the list it is in and what it stands after."""
    first = root.entries[0]
    if is_alone(root):
        if first.key.text == kind.name:
            yield root, None, Around(root.start, root.column, "flow" if root.flow else "root")
        return
    listed = root.entry(kind.plural)
    if listed is None:
        return
    sort = "flow" if root.flow else "key"
    if kind is HANDLER:
        yield listed.node, None, Around(listed.colon, root.column, sort)
    elif isinstance(listed.node, SpanSequence):
        for one in listed.node.members:
            yield one.node, listed.node, _around(listed.node, one)


def _around(rows: SpanSequence, one: SpanMember) -> Around:
    head = one.node.start if one.dash is None else one.dash + 1
    return Around(head, rows.column, "flow" if rows.flow else "dash")


def layout_of(
    contents: Contents, kind: Kind
) -> tuple[RowFile | None, RowFile | None, RowFile | None]:
    """Return a file like those of a kind's rows, one with a list of them, and one with any list."""
    for file in contents.files(kind.plural):
        if not is_alone(file.root) and not file.root.flow:
            entry = file.root.entry(kind.plural)
            if entry is not None and isinstance(entry.node, SpanSequence):
                return None, file, file
    for file in contents.files(kind.name):
        if is_alone(file.root) and is_of(file, kind):
            return file, None, None
    any_list: RowFile | None = None
    for file in contents.files():
        if is_alone(file.root):
            return file, None, None
        if not file.root.flow and (any_list is None or len(file.text) > len(any_list.text)):
            any_list = file
    return None, None, any_list


def is_of(file: RowFile, kind: Kind) -> bool:
    """Tell whether a file of one row holds one of a kind."""
    return file.root.entries[0].key.text == kind.name


def all_rows(root: SpanNode) -> dict[RowRef, Any]:
    """Return what each row of a file says, as the register keeps it."""
    found: dict[RowRef, Any] = {}
    if not isinstance(root, SpanMapping):
        return found
    for kind in (HANDLER, *LISTS):
        for node, _, _ in rows_of(root, kind):
            name = node.entry(kind.name) if isinstance(node, SpanMapping) else None
            if name is not None and isinstance(name.node, SpanScalar):
                found[RowRef(kind.name, name.node.text.strip())] = canonical_of(node, kind.model)
    return found


def style_in(file: RowFile) -> Style:
    """Return how a file is written."""
    parts: list[tuple[SpanNode, Any]] = []
    if is_alone(file.root):
        parts.append((file.root, KIND_BY_NAME[file.root.entries[0].key.text].model))
    else:
        for kind in LISTS:
            entry = file.root.entry(kind.plural)
            if entry is not None:
                parts.append((entry.node, tuple[kind.model, ...]))  # type: ignore[name-defined]  # made as it runs
        handler = file.root.entry(HANDLER.name)
        if handler is not None:
            parts.append((handler.node, HANDLER.model))
    return style_of(file.text, parts)
