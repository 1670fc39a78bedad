"""Checking the segments of a log: every byte of each, also of the part that is still empty."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import sleep

from chengnuo.adapters.evidence.file_system import File, FileSystem
from chengnuo.adapters.evidence.one_segment import (
    HEADER_BYTES,
    PREPARED,
    TITLE,
    TORN,
    Segment,
    header,
    last_nonzero,
    listed,
    named,
    read_through,
    segment_name,
    wrong_with_torn,
)
from chengnuo.ports.evidence_log import LogDamagedError

_TRIES = 25
_TRY_S = 0.02


def check_segments(files: FileSystem, folder: Path, origin: str) -> Iterator[tuple[str, str]]:
    """Yield `(file, what is wrong)` of every segment in a folder; a writer may be at work."""
    firsts = listed(files, folder)
    if firsts and firsts[0] != 0:
        yield named(0), "it is not there, although later ones are"
    for number, first in enumerate(firsts):
        following = firsts[number + 1 : number + 2]
        with closing(files.open(folder / segment_name(first), write=False)) as file:
            try:
                segment = read_through(file, first, origin)
            except LogDamagedError as error:
                yield error.file, error.what
                continue
            if following and segment.stop != following[0]:
                yield named(first), f"it ends at record {segment.stop}; {following[0]} follows"
            elif _stands_behind(file, first, segment, origin, last=not following):
                yield named(first), f"there is something behind its end at byte {segment.end}"
    if _is_misprepared(files, folder, origin):
        yield f"wal/{PREPARED}", "it is not the empty segment that was prepared"


def check_set_aside(files: FileSystem, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield `(file, what is wrong)` of every file that an opening has set aside in a folder."""
    for name in files.names(folder):
        if name.startswith(TORN):
            what = wrong_with_torn(name, files.read(folder / name))
            if what:
                yield f"wal/{name}", what


def _stands_behind(file: File, first: int, segment: Segment, origin: str, *, last: bool) -> bool:
    """Tell whether something stands behind a segment's end and is no batch on its way."""
    for number in range(_TRIES if last else 1):
        if last_nonzero(file, segment.end) == segment.end:
            return False
        if number:
            sleep(_TRY_S)
        if read_through(file, first, origin).end != segment.end:
            return False
    return True


def _is_misprepared(files: FileSystem, folder: Path, origin: str) -> bool:
    """Tell whether the prepared segment is none; one that was opened may have been taken since."""
    for number in range(_TRIES):
        if _is_prepared(files, folder, origin):
            return False
        if number:
            sleep(_TRY_S)
    return True


def _is_prepared(files: FileSystem, folder: Path, origin: str) -> bool:
    try:
        file = files.open(folder / PREPARED, write=False)
    except FileNotFoundError:
        return True
    with closing(file):
        head = file.read(0, HEADER_BYTES)
        rest = header(0, origin)[len(TITLE) + 8 :]
        empty = not any(head) or (head.startswith(TITLE) and head.endswith(rest))
        return empty and last_nonzero(file, HEADER_BYTES) == HEADER_BYTES
