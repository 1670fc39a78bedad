"""Opening the planes of a data folder: by the one that writes them, by the many that read them.

Readers look once a second whether the files they have mapped are still those that lie there.
Whoever puts others in their place waits longer than that before the first act is acknowledged.
"""

import time
from pathlib import Path
from typing import Final

from chengnuo.adapters.planes.files import HEADER, PlanesDamagedError, blank_header
from chengnuo.adapters.planes.place import check_owned, identity_of, name, named_by
from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.base.errors import ChengnuoError
from chengnuo.ports.planes import Meant

LOOKED_EVERY_S: Final = 1.0
_FIRST = Meant(register="", law="")


def open_to_write(data: Path, folder: Path) -> PlaneWriter:
    """Open the planes of a data folder, making what is not there; the log is opened already.

    Args:
        data: The data folder.
        folder: Where its planes lie.

    Raises:
        PlanesLockedError: Another process writes them; nothing was changed.
        PlanesUnavailableError: The folder cannot be written, or others can write to it.

    """
    identity = identity_of(data)
    replaces = named_by(data) is not None and not (folder / HEADER).exists()
    try:
        writer = PlaneWriter(folder, meant=_FIRST, lanes=(), capacity=0, identity=identity)
    except PlanesDamagedError:
        check_owned(folder)
        blank_header(folder)
        writer = PlaneWriter(folder, meant=_FIRST, lanes=(), capacity=0, identity=identity)
    try:
        name(data, folder)
        if replaces:
            time.sleep(1.5 * LOOKED_EVERY_S)
    except BaseException:
        writer.close()
        raise
    return writer


def open_to_read(data: Path) -> PlaneReader | None:
    """Return the planes of a data folder; None if there are none that can be used."""
    folder = named_by(data)
    if folder is None:
        return None
    try:
        check_owned(folder, by=data.stat().st_uid)
        reader = PlaneReader(folder)
    except (ChengnuoError, OSError):
        return None
    return reader if reader.identity == identity_of(data) else None
