"""A register as a folder of YAML files in the operator's own git.

Every `*.yaml` and `*.yml` below the folder is read, hidden ones apart, in the order of their
names. Sizes are looked at before a file is opened.
"""

from collections.abc import Iterator
from pathlib import Path

from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.base.text import Text
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.tree import Node, Place
from chengnuo.ports.register_source import RegisterFiles

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_FILES = 50_000
_SUFFIXES = {".yaml", ".yml"}


class RegisterFolder:
    """Reads a register's files from a folder, or from one file."""

    def read(self, folder: Path) -> RegisterFiles:
        """Read every file; what cannot be read becomes a problem at its first line."""
        trees: list[Node] = []
        problems: list[Problem] = []
        files = list(register_files(folder))
        if not files or len(files) > MAX_FILES:
            return RegisterFiles((), (_no_register(folder, len(files)),))
        for file in files:
            shown = file.relative_to(folder).as_posix() if file != folder else file.name
            found = _read_file(file, shown)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                trees.append(found)
        return RegisterFiles(trees, problems)


def register_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a register in their order; the one file where there is no folder."""
    if folder.is_file():
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in _SUFFIXES and not path.is_dir() and not hidden:
            yield path


def _read_file(file: Path, shown: str) -> Node | Problem:
    place = Place(shown, 1)
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            return _too_large(place, size)
        content = file.read_bytes()
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
