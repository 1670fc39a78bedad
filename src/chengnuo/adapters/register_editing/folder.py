"""A register's folder, changed row by row in the operator's own style.

What a change does is worked out first and proved: what it makes is read back and has to say what
was meant, or nothing is offered. Writing is to a file beside it, put in its place by renaming.
"""

import os
import re
from pathlib import Path

from chengnuo.adapters.register_editing.files import (
    Found,
    RowFile,
    all_rows,
    found_rows,
    is_alone,
    is_of,
    layout_of,
    style_in,
)
from chengnuo.adapters.register_editing.lines import Splices, line_end, line_start, put_lines
from chengnuo.adapters.register_editing.merging import Merging
from chengnuo.adapters.register_editing.putting import content_of, inside, put, sync
from chengnuo.adapters.register_editing.spans import SpanSequence, spans_of
from chengnuo.adapters.register_editing.style import Style
from chengnuo.adapters.register_editing.writing import Writer
from chengnuo.adapters.register_folder import register_files
from chengnuo.adapters.register_writer import file_of
from chengnuo.adapters.register_yaml import yaml_of_row
from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.base.canonical import Tree
from chengnuo.domain.register.kinds import KIND_BY_NAME, Kind, RowRef
from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.shapes import KEBAB
from chengnuo.ports.register_editing import FileEdit, RegisterMovedError, RowNotEditableError
from chengnuo.ports.register_target import RegisterNotWrittenError


class FolderEditor:
    """Changes rows in a register's folder."""

    def edit(self, folder: Path, row: RowRef, after: Tree | None) -> FileEdit:
        """Work out a change; see the port."""
        kind = KIND_BY_NAME[row.kind]
        found = next(found_rows(folder, kind, row.id), None)
        if found is None:
            if after is None:
                raise RowNotEditableError(row)
            return _added(folder, kind, row, after)
        if after is None:
            return _taken_out(found, row)
        return _changed(found, kind, row, after)

    def alone(self, row: RowRef, before: Tree | None, after: Tree | None) -> FileEdit:
        """Return a change of a row as if it stood in a file of its own; see the port."""
        was, now = (
            None if one is None else yaml_of_row(one).encode("utf-8") for one in (before, after)
        )
        return FileEdit(file_of(row).as_posix(), was, now)

    def write(self, folder: Path, edit: FileEdit) -> None:
        """Write a change; see the port."""
        target = inside(folder, edit.name)
        if content_of(target) != edit.before:
            raise RegisterMovedError(edit.name)
        try:
            if edit.after is None:
                target.unlink()
            else:
                put(target, edit.after)
            sync(target.parent)
        except OSError as error:
            raise RegisterNotWrittenError(folder.name, error.strerror or "OSError") from error

    def is_writable(self, folder: Path) -> bool:
        """Tell whether the folder can be written to."""
        place = folder.parent if folder.is_file() else folder
        places = [place, *(one.parent for one in register_files(folder))]
        return all(os.access(one, os.W_OK | os.X_OK) for one in set(places))

    def is_git(self, folder: Path) -> bool:
        """Tell whether the folder is in a git work tree."""
        return any((one / ".git").exists() for one in (folder, *folder.resolve().parents))


def _changed(found: Found, kind: Kind, row: RowRef, after: Tree) -> FileEdit:
    file = found.file
    splices = Splices(file.text)
    merging = Merging(splices, Writer(style_in(file)))
    merging.value(found.node, kind.model, after, found.around)
    return _proved(file, splices.applied(), row, after)


def _taken_out(found: Found, row: RowRef) -> FileEdit:
    file, rows = found.file, found.rows
    if rows is None:
        if not is_alone(file.root):
            raise RowNotEditableError(row)
        return FileEdit(file.name, file.content, None)
    index = next(at for at, one in enumerate(rows.members) if one.node is found.node)
    splices = Splices(file.text)
    if len(rows.members) == 1:
        entry = next(one for one in file.root.entries if one.node is rows)
        splices.put(entry.colon, rows.end, " []")
    elif rows.flow:
        last = index == len(rows.members) - 1
        start = rows.members[index - 1].node.end if last else found.node.start
        stop = found.node.end if last else rows.members[index + 1].node.start
        splices.put(start, stop, "")
    else:
        dash = rows.members[index].dash or found.node.start
        splices.put(line_start(file.text, dash), line_end(file.text, found.node.end), "")
    return _proved(file, splices.applied(), row, None)


def _added(folder: Path, kind: Kind, row: RowRef, after: Tree) -> FileEdit:
    alone, listed, biggest = layout_of(folder, kind)
    if listed is not None:
        return _into_list(listed, kind, row, after)
    if biggest is not None and alone is None:
        return _as_new_list(biggest, kind, row, after)
    style = Style() if alone is None else style_in(alone)
    like = Path(f"{kind.plural}/_.yaml" if alone is None else alone.name)
    if alone is not None and not is_of(alone, kind):
        like = Path(kind.plural) / f"_{like.suffix}"
    if re.fullmatch(KEBAB.regex, row.id) is None:
        raise RowNotEditableError(row)
    name = like.with_name(f"{row.id}{like.suffix}").as_posix()
    if content_of(inside(folder, name)) is not None:
        raise RegisterMovedError(name)
    text = Writer(style).row(after, kind.model) + style.newline
    if all_rows(spans_of(text)).get(row) != after:
        raise RowNotEditableError(row)
    return FileEdit(name, None, text.encode("utf-8"))


def _into_list(file: RowFile, kind: Kind, row: RowRef, after: Tree) -> FileEdit:
    entry = file.root.entry(kind.plural)
    if entry is None or not isinstance(entry.node, SpanSequence):
        raise RowNotEditableError(row)
    rows, writer = entry.node, Writer(style_in(file))
    splices = Splices(file.text)
    if rows.flow and rows.members:
        written = f", {writer.inline(after, kind.model)}"
        splices.put(rows.members[-1].node.end, rows.members[-1].node.end, written)
    elif rows.members:
        lines = [writer.member(after, kind.model, rows.column)]
        place = line_end(file.text, rows.members[-1].node.end)
        put_lines(splices, place, ["", *lines] if writer.style.gap else lines, writer.style.newline)
    else:
        indent = writer.style.dash_offset
        written = writer.style.newline + writer.member(after, kind.model, indent)
        splices.put(entry.colon, rows.end, written)
    return _proved(file, splices.applied(), row, after)


def _as_new_list(file: RowFile, kind: Kind, row: RowRef, after: Tree) -> FileEdit:
    writer = Writer(style_in(file))
    splices = Splices(file.text)
    member = writer.member(after, kind.model, file.root.column + writer.style.dash_offset)
    lines = [f"{' ' * file.root.column}{writer.key(kind.plural)}", member]
    put_lines(splices, line_end(file.text, file.root.end), lines, writer.style.newline)
    return _proved(file, splices.applied(), row, after)


def _proved(file: RowFile, text: str, row: RowRef, after: Tree | None) -> FileEdit:
    """Return a change once what it makes says what was meant of the row, and the same of others.

    Raises:
        RowNotEditableError: It does not.

    """
    if isinstance(parse_yaml(text, file.name), Problem):
        raise RowNotEditableError(row)
    root = spans_of(text)
    before, now = all_rows(file.root), all_rows(root)
    before.pop(row, None)
    said = now.pop(row, None)
    if said != after or now != before:
        raise RowNotEditableError(row)
    return FileEdit(file.name, file.content, (file.bom + text).encode("utf-8"))
