"""One segment of the log: its name, its header, where its batches are, what stands behind them."""

import re
from hashlib import sha256
from pathlib import Path

from chengnuo.adapters.evidence.batch import (
    HEAD_BYTES,
    MAGIC,
    Head,
    Row,
    is_whole,
    read_head,
    rows_of,
)
from chengnuo.adapters.evidence.file_system import File, FileSystem
from chengnuo.ports.evidence_log import LogDamagedError

TITLE = b"chengnuo log segment 1\n\0"
HEADER_BYTES = 64
PREPARED = "next.prepared"
"""Name of the segment that is ready to be the next."""
_SUFFIX = ".seg"
TORN = "torn-"
_TORN = re.compile(TORN + r"\d{20}-([0-9a-f]{16})")
_SCAN_BYTES = 1 << 20


class Segment:
    """Where the batches of one segment are.

    Attributes:
        firsts: Position of the first record of each batch.
        offsets: Where each batch begins.
        end: Where the last one ends.
        stop: Position after the last record.

    """

    __slots__ = ("end", "firsts", "offsets", "stop")

    def __init__(self, first: int) -> None:
        self.firsts: list[int] = []
        self.offsets: list[int] = []
        self.end = HEADER_BYTES
        self.stop = first

    def forget_last(self) -> None:
        """Forget the last batch: it may be written again, where its sync failed."""
        if self.firsts:
            self.stop, self.end = self.firsts.pop(), self.offsets.pop()


def segment_name(first: int) -> str:
    """Return the name of the segment whose first record has a position."""
    return f"{first:020d}{_SUFFIX}"


def named(first: int) -> str:
    """Return how a segment is named to people."""
    return f"wal/{segment_name(first)}"


def torn_name(size: int, torn: bytes) -> str:
    """Return the name under which what stood behind the end of a log is set aside."""
    return f"{TORN}{size:020d}-{sha256(torn).hexdigest()[:16]}"


def wrong_with_torn(name: str, data: bytes | None) -> str:
    """Return what is wrong with a file that was set aside; nothing if it is as it was."""
    found = _TORN.fullmatch(name)
    if found is None or data is None:
        return "it has no name that something set aside is given"
    same = sha256(data).hexdigest().startswith(found[1])
    return "" if same else "it is not what was set aside"


def header(first: int, origin: str) -> bytes:
    """Return the header of a segment of a log."""
    return TITLE + first.to_bytes(8, "big") + sha256(origin.encode()).digest()


def listed(files: FileSystem, folder: Path) -> list[int]:
    """Return the first positions of the segments in a folder, ascending."""
    names = [name.removesuffix(_SUFFIX) for name in files.names(folder) if name.endswith(_SUFFIX)]
    return sorted(int(name) for name in names if name.isdecimal())


def refuse_gap(firsts: list[int]) -> None:
    """Refuse segments that do not begin with the first record.

    Raises:
        LogDamagedError: They do not.

    """
    if firsts[0] != 0:
        raise LogDamagedError(named(0), "it is not there, although later ones are")


def read_through(file: File, first: int, origin: str, known: Segment | None = None) -> Segment:
    """Read a segment, each batch checked, up to the last whole one.

    Args:
        file: The file.
        first: Position of its first record.
        origin: Origin of the log.
        known: What was read of it before; reading goes on with its last batch.

    Raises:
        LogDamagedError: Its header is not that of this log and position.

    """
    if file.read(0, HEADER_BYTES) != header(first, origin):
        raise LogDamagedError(named(first), "its header is not that of this log and position")
    segment = Segment(first) if known is None else known
    segment.forget_last()
    while True:
        head = read_head(file.read(segment.end, HEAD_BYTES))
        if head is None or head.first != segment.stop or not _is_whole(file, segment.end, head):
            return segment
        segment.firsts.append(segment.stop)
        segment.offsets.append(segment.end)
        segment.end += HEAD_BYTES + head.body_bytes
        segment.stop += head.records


def read_batch(file: File, first: int, segment: Segment, place: int) -> list[Row]:
    """Return the records of a batch of a segment.

    Raises:
        LogDamagedError: They are not what was written.

    """
    offset = segment.offsets[place]
    head = read_head(file.read(offset, HEAD_BYTES))
    data = b"" if head is None else file.read(offset, HEAD_BYTES + head.body_bytes)
    if head is None or head.first != segment.firsts[place] or not is_whole(data, head):
        raise damaged(first, offset, segment.firsts[place])
    return rows_of(data, head)


def refuse_whole_behind(torn: bytes, first: int, segment: Segment) -> None:
    """Refuse whole batches behind the end: a lost power tears only the last batch.

    Raises:
        LogDamagedError: There is one.

    """
    start = torn.find(MAGIC, 1)
    while start >= 0:
        head = read_head(torn[start : start + HEAD_BYTES])
        if (
            head is not None
            and head.first >= segment.stop
            and is_whole(torn[start : start + HEAD_BYTES + head.body_bytes], head)
        ):
            raise damaged(first, segment.end, segment.stop)
        start = torn.find(MAGIC, start + 1)


def damaged(first: int, offset: int, position: int) -> LogDamagedError:
    """Return the error that names a batch which is not what was written."""
    what = f"the batch at byte {offset} is not what was written (record {position})"
    return LogDamagedError(named(first), what)


def last_nonzero(file: File, start: int) -> int:
    """Return where the bytes of a file from `start` on end, not counting zeros."""
    end = start
    offset = start
    while True:
        part = file.read(offset, _SCAN_BYTES)
        if not part:
            return end
        kept = len(part.rstrip(b"\0"))
        if kept:
            end = offset + kept
        offset += len(part)


def _is_whole(file: File, offset: int, head: Head) -> bool:
    return is_whole(file.read(offset, HEAD_BYTES + head.body_bytes), head)
