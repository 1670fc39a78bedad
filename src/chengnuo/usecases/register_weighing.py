"""What a change of the register comes to: held to the register in force, and as lines of a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Generic, TypeVar

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.errors import ConflictError
from chengnuo.base.text import Text
from chengnuo.domain.register.diff import RegisterDiff
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.row_edit import Edits
from chengnuo.ports.register_editing import FileEdit

_Value = TypeVar("_Value")
_KEPT = 16


class Lately(Generic[_Value]):
    """The last few values that were worked out, each by what it was worked out from."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[tuple[object, ...], _Value] = {}

    def of(self, key: tuple[object, ...], make: Callable[[], _Value]) -> _Value:
        """Return the value of a key, worked out where it is not at hand."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = found
        return found


class RegisterFolderAheadError(ConflictError):
    """The folder holds something else than the version in force; writing would mix both up."""

    code = "register-folder-ahead"

    def __init__(self) -> None:
        super().__init__("the register's folder holds changes that are not in force; load it first")


class ReviewOutdatedError(ConflictError):
    """What was looked at is not what would be written now."""

    code = "register-review-outdated"

    def __init__(self) -> None:
        super().__init__("the register or its files changed since this was shown; look again")


class ChangeNotSoundError(ConflictError):
    """A change cannot be made: its row changed meanwhile, or the register would not hold."""

    code = "register-change-not-sound"

    def __init__(self) -> None:
        super().__init__("the change cannot be made on the register in force")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Changes held to the register in force.

    Attributes:
        edits: The changes.
        version: Version in force.
        before: What each row says now; None where there is none.
        after: What it would say; None where it goes.
        register: The register that would be; None where it would not hold.
        problems: Why not.
        clashes: The rows that say something else by now than when the changes were made.
        later: Whether another version came into force since.
        diff: What differs; None where the register would not hold.

    """

    edits: Edits
    version: Version
    before: Mapping[RowRef, Mapping[str, Tree] | None]
    after: Mapping[RowRef, Mapping[str, Tree] | None]
    register: Register | None
    problems: tuple[Problem, ...] = ()
    clashes: tuple[RowRef, ...] = ()
    later: bool = False
    diff: RegisterDiff | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether they can be made."""
        return self.register is not None and not self.clashes


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """What becomes of the operator's files.

    Attributes:
        edits: The files and their bytes.
        text: The unified difference.
        why_not: Why the service does not write it itself; None where it does.
        in_git: Whether the folder is in a git work tree.

    """

    edits: tuple[FileEdit, ...]
    text: str
    why_not: Text | None
    in_git: bool = False

    @property
    def digest(self) -> Digest:
        """SHA-256 of the difference."""
        return sha256_hex(self.text.encode("utf-8"))


NO_FOLDER = Text(
    "服务启动时没有给出登记簿文件夹，所以不能写回；补丁按每行一个文件给出。",
    "The service was started without a register folder, so nothing can be written; the patch is "
    "for one file a row.",
)
READ_ONLY = Text(
    "登记簿文件夹对本服务是只读的，请自己打上补丁再载入。",
    "The register's folder is read-only for the service; apply the patch and load it yourself.",
)


def unified(edits: Iterable[FileEdit]) -> str:
    """Return the difference of files as `patch -p1` and `git apply` take it."""
    return "".join(map(_unified, edits))


def _unified(edit: FileEdit) -> str:
    before, after = ([*_lines(one)] for one in (edit.before, edit.after))
    names = (
        "/dev/null" if edit.before is None else f"a/{edit.name}",
        "/dev/null" if edit.after is None else f"b/{edit.name}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(before, after, *names)
    )


def _lines(content: bytes | None) -> list[str]:
    text = "" if content is None else content.decode("utf-8")
    return [line + "\n" for line in text.split("\n")[:-1]] + (
        [text.rpartition("\n")[2]] if text and not text.endswith("\n") else []
    )
