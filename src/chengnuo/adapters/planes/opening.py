"""Opening the planes of a data folder: by the one that writes them, by the many that read them.

Readers look once a second whether the files they have mapped are still those that lie there.
Whoever puts others in their place waits longer than that before the first act is acknowledged.
"""

import logging
import time
from pathlib import Path
from typing import Final

from chengnuo.adapters.planes.files import (
    HEADER,
    PlanesDamagedError,
    PlanesUnavailableError,
    blank_header,
)
from chengnuo.adapters.planes.place import check_owned, identity_of, name, named_by
from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.adapters.planes.snapshot import Label, open_snapshot, restore, write_snapshot
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.base.errors import ChengnuoError
from chengnuo.ports.planes import Mark, Meant

LOG = logging.getLogger("chengnuo.planes")
SNAPSHOT: Final = "planes.snapshot"
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
        _take_snapshot(data, writer)
    except BaseException:
        writer.close()
        raise
    return writer


def keep_snapshot(data: Path, writer: PlaneWriter, *, made: int) -> None:
    """Keep current planes in the data folder, for a start at which their memory is gone.

    Only who stops in good order keeps one, and the next start takes it away: what the operator
    says of individuals is not in the log, so nothing could bring an older one level.

    Args:
        data: The data folder.
        writer: The planes; nobody writes them any more.
        made: The instant, microseconds since 1970.

    Raises:
        PlanesUnavailableError: It cannot be written; there is none then.

    """
    if writer.mark is not Mark.CURRENT:
        return
    label = Label(
        meant=writer.meant,
        reached=writer.reached_to,
        day=writer.good,
        made=made,
        identity=identity_of(data),
    )
    write_snapshot(data / SNAPSHOT, writer.planes, label)


def _take_snapshot(data: Path, writer: PlaneWriter) -> None:
    """Begin planes that hold nothing with the snapshot that there may be, and take that away."""
    path = data / SNAPSHOT
    if not path.exists():
        return
    try:
        found = open_snapshot(path) if writer.mark is Mark.RAW else None
        if found is not None and found.label.identity == identity_of(data):
            writer.empty(found.label.meant, found.planes.lanes)
            restore(writer, found)
            writer.marked(Mark.BEHIND)
    except (PlanesDamagedError, PlanesUnavailableError) as error:
        LOG.warning("the snapshot of the planes is passed over: %s", error.code)
        writer.marked(Mark.RAW)
    path.unlink()


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
