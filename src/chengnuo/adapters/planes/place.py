"""Where the planes of an installation lie: a folder of memory that its data folder names.

The data folder keeps the path, so that whoever opens the log finds the planes, whatever settings
it was started with. Planes say of which data folder they are, by its place on the file system: a
copy of the folder does not use, nor outdate, the planes of the first. A folder that others could
have made or can write to is refused.
"""

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final

from chengnuo.adapters.planes.files import PlanesUnavailableError
from chengnuo.adapters.planes.header import header_of, outdate
from chengnuo.base.errors import ChengnuoError

MEMORY: Final = Path("/dev/shm")  # noqa: S108  shared memory, in a folder that is ours alone
_NAMED: Final = "planes.path"
_IDENTITY: Final = 32


def identity_of(data: Path) -> str:
    """Return what tells a data folder from every other on this machine."""
    found = data.stat()
    return sha256(f"{found.st_dev} {found.st_ino}".encode()).hexdigest()[:_IDENTITY]


def folder_by_default(data: Path) -> Path:
    """Return the folder of memory for a data folder; beside the log where there is no memory."""
    if MEMORY.is_dir():
        return MEMORY / f"chengnuo-{os.geteuid()}-{identity_of(data)[:16]}"
    return data / "planes"


def named_by(data: Path) -> Path | None:
    """Return where the planes of a data folder are said to lie."""
    try:
        said = (data / _NAMED).read_text("utf-8").strip()
    except OSError:
        return None
    return Path(said) if said else None


def name(data: Path, folder: Path) -> None:
    """Say where the planes of a data folder lie, in one step.

    Raises:
        PlanesUnavailableError: The data folder cannot be written.

    """
    if named_by(data) == folder:
        return
    try:
        aside = data / f"{_NAMED}.new"
        aside.write_text(f"{folder}\n", "utf-8")
        aside.replace(data / _NAMED)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "the data folder") from error


def outdate_planes_of(data: Path) -> None:
    """Say that the planes of a data folder may be behind; call it with the log opened to write.

    Planes that cannot be read as such are relied on by nobody.

    Raises:
        PlanesUnavailableError: They are there, and cannot be written.

    """
    folder = named_by(data)
    if folder is None:
        return
    try:
        is_ours = header_of(folder).identity == identity_of(data)
    except ChengnuoError:
        return
    if is_ours:
        outdate(folder)


def check_owned(folder: Path, *, by: int | None = None) -> None:
    """Refuse a folder that is not its owner's alone to write.

    Args:
        folder: The folder of the planes.
        by: Who owns it; None for whoever runs this process.

    Raises:
        PlanesUnavailableError: It is not there, no folder, or somebody else's.

    """
    try:
        found = folder.lstat()
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it is not there") from error
    owner = os.geteuid() if by is None else by
    if not stat.S_ISDIR(found.st_mode):
        raise PlanesUnavailableError("its place is no folder")
    if found.st_uid != owner or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PlanesUnavailableError("others than its owner can write to its folder")
