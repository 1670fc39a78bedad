"""A register's folder, changed row by row in the operator's own style.

What a change does is worked out first and proved: what it makes is read back and has to say what
was meant, or nothing is offered. Files are written all together or not at all.
"""

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from chengnuo.adapters.register_editing.files import (
    Contents,
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
from chengnuo.adapters.register_editing.spans import SpanSequence, spans_of
from chengnuo.adapters.register_editing.style import Style
from chengnuo.adapters.register_editing.writing import Writer
from chengnuo.adapters.register_folder import register_files
from chengnuo.adapters.register_putting import content_of, held, inside, put, settle
from chengnuo.adapters.register_writer import file_of
from chengnuo.adapters.register_yaml import yaml_of_row
from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.domain.register.kinds import KIND_BY_NAME, Kind, RowRef
from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.shapes import KEBAB
from chengnuo.ports.register_editing import FileEdit, RegisterMovedError, RowNotEditableError
from chengnuo.ports.register_target import RegisterNotWrittenError


class FolderEditor:
    """Changes rows in a register's folder."""

    def edit(
        self,
        folder: Path,
        changes: Mapping[RowRef, Tree | None],
        begun: Sequence[FileEdit] = (),
    ) -> tuple[FileEdit, ...]:
        """Work out changes of rows; see the port."""
        contents = Contents(folder, begun)
        for row, after in changes.items():
            kind = KIND_BY_NAME[row.kind]
            found = next(found_rows(contents, kind, row.id), None)
            if found is None and after is None:
                raise RowNotEditableError(row)
            if found is None:
                _add(contents, kind, row, after)
            elif after is None:
                _take_out(contents, found, row)
            else:
                _change(contents, found, row, after)
        return contents.edits()

    def alone(
        self, changes: Mapping[RowRef, tuple[Tree | None, Tree | None]]
    ) -> tuple[FileEdit, ...]:
        """Return changes of rows as if each stood in a file of its own; see the port."""
        edits: list[FileEdit] = []
        for row, (before, after) in changes.items():
            was, now = (
                None if one is None else yaml_of_row(one).encode("utf-8") for one in (before, after)
            )
            named = row if after is None else _named(row, after)
            if named != row and was is not None:
                edits.append(FileEdit(file_of(row).as_posix(), was, None))
                was = None
            edits.append(FileEdit(file_of(named).as_posix(), was, now))
        return tuple(sorted(edits, key=lambda one: one.name))

    def digest(self, folder: Path) -> Digest:
        """Return a digest of everything that the folder says; see the port."""
        try:
            said = [(one.name, sha256_hex(one.content())) for one in register_files(folder)]
        except OSError as error:
            raise RegisterNotWrittenError(folder.name, error.strerror or "OSError") from error
        return sha256_hex(canonical_json([list(one) for one in said]))

    def write(self, folder: Path, edits: Sequence[FileEdit]) -> None:
        """Write what was worked out; see the port."""
        try:
            with held(folder):
                settle(folder)
                for edit in edits:
                    if content_of(inside(folder, edit.name)) != edit.before:
                        raise RegisterMovedError(edit.name)
                put(folder, edits)
        except OSError as error:
            raise RegisterNotWrittenError(folder.name, error.strerror or "OSError") from error

    def settle(self, folder: Path) -> None:
        """Put in place what a stop left; see the port."""
        with suppress(OSError), held(folder):
            settle(folder)

    def is_writable(self, folder: Path) -> bool:
        """Tell whether the folder can be written to."""
        place = folder.parent if folder.is_file() else folder
        places = [place, *(one.path.parent for one in register_files(folder))]
        return all(os.access(one, os.W_OK | os.X_OK) for one in set(places))

    def is_git(self, folder: Path) -> bool:
        """Tell whether the folder is in a git work tree."""
        return any((one / ".git").exists() for one in (folder, *folder.resolve().parents))


def _named(row: RowRef, after: Tree) -> RowRef:
    """Return a row by the id that it has afterwards."""
    said = after.get(row.kind) if isinstance(after, dict) else None
    return RowRef(row.kind, said) if isinstance(said, str) else row


def _change(contents: Contents, found: Found, row: RowRef, after: Tree) -> None:
    file = found.file
    splices = Splices(file.text)
    merging = Merging(splices, Writer(style_in(file)))
    merging.value(found.node, KIND_BY_NAME[row.kind].model, after, found.around)
    content = _proved(file, splices.applied(), row, after)
    path, named = Path(file.name), _named(row, after)
    if named == row or not is_alone(file.root) or path.stem != row.id:
        contents.put(file.name, content)
        return
    contents.put(file.name, None)
    _put_new(contents, named, path.with_name(f"{named.id}{path.suffix}"), content)


def _put_new(contents: Contents, row: RowRef, path: Path, content: bytes) -> None:
    if re.fullmatch(KEBAB.regex, row.id) is None:
        raise RowNotEditableError(row)
    if contents.of(path.as_posix()) is not None:
        raise RegisterMovedError(path.as_posix())
    contents.put(path.as_posix(), content)


def _take_out(contents: Contents, found: Found, row: RowRef) -> None:
    file, rows = found.file, found.rows
    if rows is None:
        if not is_alone(file.root):
            raise RowNotEditableError(row)
        contents.put(file.name, None)
        return
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
    contents.put(file.name, _proved(file, splices.applied(), row, None))


def _add(contents: Contents, kind: Kind, row: RowRef, after: Tree) -> None:
    alone, listed, biggest = layout_of(contents, kind)
    if listed is not None:
        contents.put(listed.name, _into_list(listed, kind, row, after))
        return
    if biggest is not None and alone is None:
        contents.put(biggest.name, _as_new_list(biggest, kind, row, after))
        return
    style = Style() if alone is None else style_in(alone)
    like = Path(f"{kind.plural}/_.yaml" if alone is None else alone.name)
    if alone is not None and not is_of(alone, kind):
        like = Path(kind.plural) / f"_{like.suffix}"
    text = Writer(style).row(after, kind.model) + style.newline
    if all_rows(spans_of(text)).get(row) != after:
        raise RowNotEditableError(row)
    _put_new(contents, row, like.with_name(f"{row.id}{like.suffix}"), text.encode("utf-8"))


def _into_list(file: RowFile, kind: Kind, row: RowRef, after: Tree) -> bytes:
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


def _as_new_list(file: RowFile, kind: Kind, row: RowRef, after: Tree) -> bytes:
    writer = Writer(style_in(file))
    splices = Splices(file.text)
    member = writer.member(after, kind.model, file.root.column + writer.style.dash_offset)
    lines = [f"{' ' * file.root.column}{writer.key(kind.plural)}", member]
    put_lines(splices, line_end(file.text, file.root.end), lines, writer.style.newline)
    return _proved(file, splices.applied(), row, after)


def _proved(file: RowFile, text: str, row: RowRef, after: Tree | None) -> bytes:
    """Return a change once what it makes says what was meant of the row, and the same of others.

    Raises:
        RowNotEditableError: It does not.

    """
    if isinstance(parse_yaml(text, file.name), Problem):
        raise RowNotEditableError(row)
    root = spans_of(text)
    before, now = all_rows(file.root), all_rows(root)
    before.pop(row, None)
    said = now.pop(row if after is None else _named(row, after), None)
    if said != after or now != before:
        raise RowNotEditableError(row)
    return (file.bom + text).encode("utf-8")
