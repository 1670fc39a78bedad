"""A register as a folder of YAML files in the operator's own git.

Every `*.yaml` and `*.yml` below the folder is read, hidden ones apart, in the order of their
names. Sizes are looked at before a file is opened. While several files are being changed together,
what is read is what they said before, or what they say afterwards, never some of each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.register_putting import pending, still
from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.base.text import Text
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.tree import Node, Place
from chengnuo.ports.register_source import RegisterFiles

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_FILES = 50_000
_SUFFIXES = {".yaml", ".yml"}
_LOOKS = 5
"""So often a folder is read that is being changed meanwhile."""


class RegisterFolder:
    """Reads a register's files from a folder, or from one file."""

    def read(self, folder: Path) -> RegisterFiles:
        """Read every file; what cannot be read becomes a problem at its first line."""
        if not folder.exists():
            return RegisterFiles((), (_no_register(folder, 0),))
        with still(folder):
            return _read_moving(folder)


def _read_moving(folder: Path) -> RegisterFiles:
    """Read a folder that may be changed meanwhile, again while it is."""
    for _ in range(_LOOKS - 1):
        before, found = _stamp(folder), _read(folder)
        if _stamp(folder) == before:
            return found
    return _read(folder)


def _stamp(folder: Path) -> list[tuple[str, int, int, int]]:
    """Return what is another once a file of the register was changed, by whatever means."""
    found = [("", folder.stat().st_mtime_ns, 0, 0)]
    for file in register_files(folder):
        try:
            state = file.path.stat()
        except OSError:
            found.append((file.name, 0, 0, 0))
        else:
            found.append((file.name, state.st_mtime_ns, state.st_ino, state.st_size))
    return found


def _read(folder: Path) -> RegisterFiles:
    trees: list[Node] = []
    problems: list[Problem] = []
    files = list(register_files(folder))
    if not files or len(files) > MAX_FILES:
        return RegisterFiles((), (_no_register(folder, len(files)),))
    for file in files:
        found = _read_file(file)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            trees.append(found)
    return RegisterFiles(trees, problems)


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file of a register: its name below the folder, where it is, what it shall say already.

    `pending` is what a change that was made says of it, where a stop kept it from the file.
    """

    name: str
    path: Path
    pending: bytes | None = None

    def content(self) -> bytes:
        """Return what it says.

        Raises:
            OSError: It cannot be read.

        """
        return self.path.read_bytes() if self.pending is None else self.pending


def register_files(folder: Path) -> Iterator[RegisterFile]:
    """Yield the files of a register in their order; the one file where there is no folder."""
    if folder.is_file():
        yield RegisterFile(folder.name, folder)
        return
    over = pending(folder)
    for path in sorted({*folder.rglob("*"), *(folder / name for name in over)}):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        shown = name.as_posix()
        gone = shown in over and over[shown] is None
        if path.suffix in _SUFFIXES and not path.is_dir() and not hidden and not gone:
            yield RegisterFile(shown, path, over.get(shown))


def _read_file(file: RegisterFile) -> Node | Problem:
    shown = file.name
    place = Place(shown, 1)
    try:
        size = file.path.stat().st_size if file.pending is None else len(file.pending)
        if size > MAX_FILE_BYTES:
            return _too_large(place, size)
        content = file.content()
    except OSError as error:
        return Problem(
            code=ProblemCode.UNREADABLE,
            place=place,
            where="",
            given=error.strerror or "OSError",
            expected=Text("可以读取的文件", "a file that can be read"),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(
            code=ProblemCode.NOT_UTF8,
            place=Place(shown, line),
            where="",
            given=f"0x{content[error.start]:02X}",
            expected=Text("UTF-8 编码的文字", "text in UTF-8"),
        )
    return parse_yaml(text, shown)


def _too_large(place: Place, size: int) -> Problem:
    limit = MAX_FILE_BYTES // 1024**2
    return Problem(
        code=ProblemCode.TOO_LARGE,
        place=place,
        where="",
        given=f"{size // 1024**2} MB",
        expected=Text(f"每个文件不超过 {limit} MB", f"at most {limit} MB a file"),
    )


def _no_register(folder: Path, count: int) -> Problem:
    return Problem(
        code=ProblemCode.NO_REGISTER if count == 0 else ProblemCode.TOO_LARGE,
        place=Place(folder.name or ".", 1),
        where="",
        given=f"{count} *.yaml",
        expected=Text(
            f"含有 1 至 {MAX_FILES} 个 YAML 文件的登记簿文件夹",
            f"a register folder with 1 to {MAX_FILES} YAML files",
        ),
    )
