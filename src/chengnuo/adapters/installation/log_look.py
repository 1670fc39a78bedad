"""How far an evidence log has come, read beside whoever writes it and without a trace.

The projection is opened as a file that nobody changes while nobody does, so that not even
SQLite's files of a reader come to lie beside it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.index import FILE_NAME
from chengnuo.adapters.evidence.index_progress import COLUMNS, Progress, from_row
from chengnuo.adapters.evidence.kept_batches import batches_in
from chengnuo.adapters.evidence.log_keys import LOG_JSON, read_log_keys
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.reading import WAL
from chengnuo.adapters.evidence.writer_lock import writer_of
from chengnuo.adapters.sqlite.database import looked_at
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.leaf import read_leaf
from chengnuo.ports.evidence_log import LogDamagedError
from chengnuo.ports.installation import LogLook


def look_at_log(place: Place) -> LogLook:
    """Return how far a log has come.

    Raises:
        LogDamagedError: Something kept is not what was written.

    """
    if not (place.public / LOG_JSON).exists():
        return LogLook(there=False)
    files = RealFiles()
    origin = read_log_keys(files, place.public).origin
    elsewhere = None if place.elsewhere is None else place.elsewhere.batches
    writer = writer_of(place.folder)
    # Checkpoints of a shared log are made by the host that writes it. Read before the records, so
    # that none is over more than are seen.
    is_here = elsewhere is None or writer is not None
    progress = _progress(place.folder / FILE_NAME) if is_here else None
    with closing(batches_in(place.folder / WAL, files, origin, elsewhere)) as batches:
        batches.look()
        size = batches.size
        last = None if size == 0 else read_leaf(batches.row(size - 1).entry)
    at = None if progress is None else progress.signed_at
    return LogLook(
        there=True,
        size=size,
        published=size if progress is None else progress.size,
        checkpoint_at=None if at is None else from_us(at),
        last_at=None if last is None else from_us(last.at),
        writer=f"process {writer}" if writer else "",
    )


def _progress(path: Path) -> Progress:
    if not path.exists():
        raise LogDamagedError(path.name, "it is not there; the writer makes it anew")
    try:
        with closing(looked_at(path)) as database:
            row = database.execute(f"SELECT {COLUMNS} FROM progress").fetchone()  # noqa: S608  ours
    except sqlite3.DatabaseError as error:
        raise LogDamagedError(path.name, "it is no projection of a log") from error
    if row is None:
        raise LogDamagedError(path.name, "it is empty")
    return from_row(row, path.name)
