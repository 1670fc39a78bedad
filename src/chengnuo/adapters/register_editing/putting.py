"""One file of a register's folder put in its place: whole, or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from chengnuo.ports.register_target import RegisterNotWrittenError


def inside(folder: Path, name: str) -> Path:
    """Return a file of the folder.

    Raises:
        RegisterNotWrittenError: It would stand somewhere else.

    """
    if folder.is_file():
        if name != folder.name:
            raise RegisterNotWrittenError(folder.name, name)
        return folder
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise RegisterNotWrittenError(folder.name, "outside of the folder")
    return target


def content_of(target: Path) -> bytes | None:
    """Return what a file holds; None where there is none.

    Raises:
        RegisterNotWrittenError: It cannot be read.

    """
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RegisterNotWrittenError(target.name, error.strerror or "OSError") from error


def put(target: Path, content: bytes) -> None:
    """Put a file in its place whole; it keeps the mode of the one before."""
    target.parent.mkdir(exist_ok=True)
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    number, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o666 & ~_umask() if mode is None else mode)
        Path(beside).rename(target)
    except OSError:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def sync(folder: Path) -> None:
    """Make a folder's list of files durable."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
