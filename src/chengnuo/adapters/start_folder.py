"""The folder that a new operator begins in; nothing that is there is ever written over.

To what git already ignores there the data folder is added: keys must not be committed.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chengnuo.ports.start_place import StartNotWrittenError, StartPaths, StartState

_SETTINGS = """\
# 承诺的设置：在本文件夹运行 chengnuo serve --settings chengnuo.toml
# Settings of Chengnuo: in this folder run chengnuo serve --settings chengnuo.toml
register = "register"
data = "data"
"""
_IGNORED = """\
# 密钥、存证日志和数据库不进 git。 Keys, evidence log and database stay out of git.
data/
"""
_HALF_MADE = re.compile(r"\.(register|chengnuo\.toml|\.gitignore)-[a-z0-9_]{8}")
"""Names that the register and the files have while they are being written, beside their places."""
_ALREADY = frozenset({"data", "data/", "/data", "/data/"})


class StartFolder:
    """Looks into the folder, and writes what stands beside the register; see the port."""

    def paths(self, folder: Path) -> StartPaths:
        """Return where things are."""
        return StartPaths(
            register=folder / "register",
            settings=folder / "chengnuo.toml",
            data=folder / "data",
        )

    def state(self, folder: Path) -> StartState:
        """Tell what is there."""
        paths = self.paths(folder)
        register = paths.register
        return StartState(
            register=register.is_file() or (register.is_dir() and any(register.iterdir())),
            settings=paths.settings.exists(),
            data=paths.data.exists(),
        )

    def clear(self, folder: Path) -> None:
        """Remove what was left half made; see the port."""
        if not folder.is_dir():
            return
        for path in [one for one in folder.iterdir() if _HALF_MADE.fullmatch(one.name)]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def write_settings(self, folder: Path) -> Sequence[str]:
        """Write what is not there yet; see the port."""
        wanted = {self.paths(folder).settings: _SETTINGS, folder / ".gitignore": _IGNORED}
        missing = {path: text for path, text in wanted.items() if not path.exists()}
        try:
            for path, text in missing.items():
                _put(path, text)
            added = _ignore_too(folder / ".gitignore")
        except OSError as error:
            raise StartNotWrittenError(folder.name, error.strerror or "OSError") from error
        return [*(path.name for path in missing), *added]


def _ignore_too(file: Path) -> Sequence[str]:
    """Add the data folder to what git ignores where it is not; return the name of the file then."""
    said = file.read_text("utf-8", errors="replace")
    if _ALREADY & {line.strip() for line in said.splitlines()}:
        return ()
    with file.open("a", encoding="utf-8") as opened:
        opened.write(("" if not said or said.endswith("\n") else "\n") + _IGNORED)
    return (file.name,)


def _put(path: Path, text: str) -> None:
    """Write a file beside its place, then link it there: whole, and never over another."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        path.hardlink_to(beside)
    except FileExistsError:
        return
    finally:
        Path(beside).unlink(missing_ok=True)
