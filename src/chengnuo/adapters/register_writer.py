"""A register written as a folder of YAML files: `<kind>/<id>.yaml`, one row each.

All or nothing: everything is written beside the folder first and put in its place by renaming.
Only an empty folder is written to; one that holds a register and nothing else may be replaced
when that is asked for, and anything else in it keeps it from being touched.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from chengnuo.adapters.register_yaml import yaml_of_row
from chengnuo.base.text import Text
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.kinds import HANDLER, KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.ports.register_target import FolderNotEmptyError, RegisterNotWrittenError

_SUFFIXES = frozenset({".yaml", ".yml"})


class RegisterWriter:
    """Writes registers to folders."""

    def hold_free(self, folder: Path) -> None:
        """Refuse a folder that holds something; see the port."""
        _refuse_what_is_in_the_way(folder.resolve(), replace=False)

    def write(
        self,
        register: Register,
        folder: Path,
        *,
        remarks: Mapping[RowRef, Sequence[Text]],
        replace: bool,
    ) -> Sequence[Path]:
        """Write every row to its own file, or nothing; see the port."""
        folder = folder.resolve()
        _refuse_what_is_in_the_way(folder, replace=replace)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
        except OSError as error:
            raise RegisterNotWrittenError(folder.name, error.strerror or "OSError") from error
        try:
            written = list(_write_files(register, beside, remarks))
            beside.chmod(folder.stat().st_mode if folder.exists() else 0o777 & ~_umask())
            _put_in_place(beside, folder)
        except OSError as error:
            raise RegisterNotWrittenError(folder.name, error.strerror or "OSError") from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return sorted(written)


def _refuse_what_is_in_the_way(folder: Path, *, replace: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderNotEmptyError(folder.name, folder.name)
    for path in sorted(folder.rglob("*")):
        of_a_register = path.is_dir() or path.suffix in _SUFFIXES
        hidden = path.name.startswith(".") or path.is_symlink()
        if not replace or hidden or not of_a_register:
            raise FolderNotEmptyError(folder.name, path.relative_to(folder).as_posix())


def _write_files(
    register: Register, folder: Path, remarks: Mapping[RowRef, Sequence[Text]]
) -> Iterator[Path]:
    for ref, row in rows(register).items():
        name = file_of(ref)
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        content = _remarks(remarks.get(ref, ())) + yaml_of_row(write(row))
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield name


def file_of(ref: RowRef) -> Path:
    """Return where a row stands below a folder with one file a row."""
    if ref.kind == HANDLER.name:
        return Path(f"{HANDLER.plural}.yaml")
    return Path(KIND_BY_NAME[ref.kind].plural) / f"{ref.id}.yaml"


def _remarks(lines: Sequence[Text]) -> str:
    said = [line.zh if line.en is None else f"{line.zh} · {line.en}" for line in lines]
    return "".join(f"# {' '.join(one.split())}\n" for one in said)


def _put_in_place(made: Path, folder: Path) -> None:
    """Rename what was made to its place; what stood there goes only when the new one stands."""
    if not folder.exists():
        made.rename(folder)
        return
    old = made.with_name(f"{made.name}-old")
    folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        with suppress(OSError):
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
