"""The lines of the register's files that a change writes, as a page shows them."""

from dataclasses import dataclass

from chengnuo.base.errors import ChengnuoError, ConflictError, InvalidInputError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.web.register_words import Speaker
from chengnuo.ports.register_editing import FileEdit
from chengnuo.ports.register_target import RegisterNotWrittenError
from chengnuo.usecases.register_changes import RegisterChanges
from chengnuo.usecases.register_weighing import Patch, Weighed, unified

_SIGNS = {"+": "added", "-": "removed", "@": "place", "\\": "place"}
NOT_TOLD = (ConflictError, InvalidInputError, RegisterNotWrittenError)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """The lines of one file: which file, and each line with its sort.

    A sort is added, removed, place, or empty.
    """

    lead: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchView:
    """The lines of the files.

    Attributes:
        files: The files.
        why_not: Why the service does not write it itself, or empty.
        message: Message for the operator's own version control, or empty.
        href: Where it is downloaded, or empty.

    """

    files: tuple[FileView, ...]
    why_not: str
    message: str
    href: str


def patch_of(say: Speaker, changes: RegisterChanges, weighed: Weighed) -> tuple[Patch | None, str]:
    """Return what becomes of the files, or why that cannot be told."""
    if not weighed.is_sound:
        return None, ""
    try:
        return changes.patch(weighed), ""
    except NOT_TOLD as error:
        return None, _said(say, error)


def patch_view(say: Speaker, patch: Patch, href: str = "", message: str = "") -> PatchView:
    """Return what becomes of the files as a page shows it."""
    return PatchView(
        files=tuple(_file(say, edit) for edit in patch.edits),
        why_not=say.text(patch.why_not),
        message=message if patch.in_git and href else "",
        href=href,
    )


def _said(say: Speaker, error: ChengnuoError) -> str:
    return error_text(error.code, say.lang)


def _file(say: Speaker, edit: FileEdit) -> FileView:
    way = "file-new" if edit.before is None else "file-gone" if edit.after is None else "file-lead"
    return FileView(
        lead=say.t(f"reg-change.{way}", file=edit.name),
        lines=tuple(
            (_SIGNS.get(line[:1], ""), "".join(map(_visible, line)))
            for line in unified((edit,)).split("\n")
            if line and not line.startswith(("--- ", "+++ "))
        ),
    )


def _visible(sign: str) -> str:
    """Return a sign, or its number where it does not show."""
    return sign if sign.isprintable() or sign == "\t" else f"⟨U+{ord(sign):04X}⟩"
