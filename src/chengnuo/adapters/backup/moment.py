"""One moment of an installation that goes on working: what is copied in which order, and why.

State first, then the keys of individuals, and the end of the log is what it was just before the
keys. So every record that is in the state is in the log, and every individual of a record has keys.
An erasure in between would be in the log and not in the keys, or half done in the keys: then they
are copied once more.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

from chengnuo.adapters.evidence.file_system import File, RealFiles
from chengnuo.adapters.evidence.key_vault_rows import SqliteKeyRows
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.one_segment import read_through, segment_name
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.reading import WAL
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import read_leaf
from chengnuo.ports.backup_errors import BackupNotMadeError

_QUIET_S = 60.0
_AGAIN_S = 0.2
_BUSY_S = 10.0


def copy_state(source: Path, target: Path) -> None:
    """Copy a SQLite database as of one moment, whoever writes meanwhile.

    Raises:
        BackupNotMadeError: It cannot be read, or the disk is full.

    """
    try:
        with (
            closing(sqlite3.connect(source, timeout=_BUSY_S)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "sqlite-error")
        raise BackupNotMadeError(f"the database says {name}") from error


def copy_keys(place: Place, source: Path, target: Path) -> tuple[int, int]:
    """Copy the wrapped keys in a moment without an erasure; returns where the log ended, the epoch.

    Raises:
        BackupNotMadeError: An erasure went on all the while.
        KeysDamagedError: The keys are not what was written.
        LogDamagedError: A record is not what was written.

    """
    until = monotonic() + _QUIET_S
    with closing(SqliteKeyRows(source)) as live, closing(_segments(place)) as segments:
        while True:
            segments.look()
            position = segments.size
            live.copy_to(target)
            epoch = _settled(target)
            segments.look()
            if epoch is not None and not _erased_since(segments, position):
                return position, epoch
            target.unlink()
            if monotonic() > until:
                raise BackupNotMadeError("people were erased all the while; ask again")
            sleep(_AGAIN_S)


def _segments(place: Place) -> Segments:
    files = RealFiles()
    return Segments(place.folder / WAL, read_log_keys(files, place.public).origin, files)


def _settled(copy: Path) -> int | None:
    """Return the epoch of a copy of the keys; None if an epoch change was under way."""
    with closing(SqliteKeyRows(copy)) as rows, rows.reading():
        if rows.is_empty():
            return 0
        state = rows.state()
        is_settled = state.wanted == state.made and not rows.behind(state.wanted, 0, 1)
        return state.made if is_settled or not rows.last_ordinal() else None


def _erased_since(segments: Segments, position: int) -> bool:
    return any(
        read_leaf(row.entry).kind == Kind.DELETION.value
        for _, rows in segments.batches(position)
        for row in rows
    )


def segments_to(folder: Path, origin: str, position: int) -> Iterator[tuple[str, int]]:
    """Yield the segments of a log up to a position, the end of a batch: name, bytes to copy.

    Raises:
        LogDamagedError: The last one is not of this log.

    """
    files = RealFiles()
    firsts = [
        int(name.removesuffix(".seg")) for name in files.names(folder) if name.endswith(".seg")
    ]
    needed = [first for first in sorted(firsts) if first < position]
    for first in needed[:-1]:
        yield segment_name(first), (folder / segment_name(first)).stat().st_size
    for first in needed[-1:]:
        with closing(files.open(folder / segment_name(first), write=False)) as file:
            yield segment_name(first), _end_of(file, first, origin, position)


def _end_of(file: File, first: int, origin: str, position: int) -> int:
    segment = read_through(file, first, origin)
    if position >= segment.stop:
        return segment.end
    return segment.offsets[bisect_right(segment.firsts, position - 1)]
