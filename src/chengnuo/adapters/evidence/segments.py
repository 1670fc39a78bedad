"""The segments: the write-ahead log itself, a row of prepared files that batches are written into.

A segment is really written with zeros before it is used, so that making a batch durable costs one
fdatasync and no change of the file's shape. The writer ends at the last whole batch. What a lost
power left behind it is set aside and zeroed at the next opening, and said; a batch that is not
whole although a whole one follows it is damage, and nothing is changed.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import RLock
from time import sleep

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

SEGMENT_BYTES = 16 << 20
_TITLE = b"chengnuo log segment 1\n\0"
_HEADER_BYTES = 64
_SUFFIX = ".seg"
_NEXT = "next.prepared"
_KEPT_BATCHES = 64
_KEPT_SEGMENTS = 64
_SCAN_BYTES = 1 << 20
_TRIES = 5
_TRY_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What opening did to the end of the log.

    Attributes:
        position: Where the log ends.
        set_aside: Name of the file that holds what stood behind; empty if nothing did.
        bytes: How much that was.

    """

    position: int
    set_aside: str
    bytes: int


class _Segment:
    """Where the batches of one segment are."""

    __slots__ = ("end", "firsts", "offsets", "stop")

    def __init__(self, first: int) -> None:
        self.firsts: list[int] = []
        self.offsets: list[int] = []
        self.end = _HEADER_BYTES
        self.stop = first  # position after the last record


class Segments:
    """The segments of a log in a folder. Several threads may read while one writes."""

    def __init__(
        self, folder: Path, origin: str, files: FileSystem, *, segment_bytes: int = SEGMENT_BYTES
    ) -> None:
        """Look at what is there; `recover` must be called before the first write."""
        self._folder = folder
        self._origin = sha256(origin.encode()).digest()
        self._files = files
        self._segment_bytes = segment_bytes
        self._lock = RLock()
        self._firsts = self._listed()
        self._open: OrderedDict[int, File] = OrderedDict()
        self._maps: OrderedDict[int, _Segment] = OrderedDict()
        self._batches: OrderedDict[tuple[int, int], list[Row]] = OrderedDict()
        self._write_file: File | None = None
        self._size = 0
        self._spoiled = 0  # up to where a write that failed may have left something
        self._writes = False
        self.unsure = False
        """Whether a sync failed: what the disk holds is then known only by reading it anew."""

    @property
    def size(self) -> int:
        """How many records are durable."""
        return self._size

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            for file in self._open.values():
                file.close()
            self._open.clear()
            if self._write_file is not None:
                self._write_file.close()
                self._write_file = None

    def look(self) -> None:
        """Find where the log ends, changing nothing; for a reader beside a writer."""
        with self._lock:
            self._maps.clear()
            self._firsts = self._listed()
            if self._firsts:
                self._refuse_gap()
                self._close(self._firsts[-1])  # an empty one may have made way for a larger one
                self._size, _ = self._walk(self._firsts[-1])

    def refresh(self) -> None:
        """Look again, unless this is the writer, who knows."""
        if not self._writes:
            self.look()

    def recover(self, *, least: int = 0) -> Recovered:
        """Find the end of the log, set aside what stands behind it, and get ready to write.

        Args:
            least: Records that were durable for certain, because something was signed over them.

        Raises:
            LogDamagedError: A batch is not whole although a whole one follows it, or although
                it was durable; nothing was changed.
            OSError: The files cannot be read or written.

        """
        with self._lock:
            self._writes = True
            if not self._firsts:
                return Recovered(position=0, set_aside="", bytes=0)
            self._refuse_gap()
            first = self._firsts[-1]
            self._size, segment = self._walk(first)
            file = self._files.open(self._path(first), write=True)
            self._write_file = file
            behind = _last_nonzero(file, segment.end)
            if behind == segment.end:
                return Recovered(position=self._size, set_aside="", bytes=0)
            torn = file.read(segment.end, behind - segment.end)
            if self._size < least:
                raise self._damaged(first, segment.end, self._size)
            self._refuse_damage(first, segment.end, torn)
            name = f"torn-{self._size:020d}"
            self._files.replace(self._folder / name, torn)
            file.write(segment.end, bytes(len(torn)))
            file.sync()
            return Recovered(position=self._size, set_aside=name, bytes=len(torn))

    def _refuse_damage(self, first: int, offset: int, torn: bytes) -> None:
        """A lost power tears only the last batch; whole batches behind it mean something else."""
        start = torn.find(MAGIC, 1)
        while start >= 0:
            head = read_head(torn[start:])
            if head is not None and head.first >= self._size and is_whole(torn[start:], head):
                raise self._damaged(first, offset, self._size)
            start = torn.find(MAGIC, start + 1)

    def append(self, batch: bytes, count: int) -> None:
        """Make a batch durable; on return it is.

        Args:
            batch: The bytes, whose first position is `size`.
            count: How many records it holds.

        Raises:
            OSError: It is not; `size` stays, and the next batch takes its place.

        """
        with self._lock:
            segment = self._maps.get(self._firsts[-1]) if self._firsts else None
            file = self._write_file
            if segment is None or file is None or self._is_full(file, segment, len(batch)):
                file, segment = self._begin(len(batch))
            offset = segment.end
        end = offset + len(batch)
        try:
            file.write(offset, batch)
            if self._spoiled > end:
                file.write(end, bytes(self._spoiled - end))
        except OSError:
            self._spoiled = max(self._spoiled, end)
            raise
        try:
            file.sync()
        except OSError:
            self.unsure = True
            raise
        with self._lock:
            segment.firsts.append(self._size)
            segment.offsets.append(offset)
            segment.end = end
            segment.stop += count
            self._size += count
            self._spoiled = 0

    def prepare(self) -> bool:
        """Make the next segment ready once the present one is half full; True if it did.

        Raises:
            OSError: It cannot be made now.

        """
        with self._lock:
            if not self._firsts or _NEXT in self._files.names(self._folder):
                return False
            if self._maps[self._firsts[-1]].end < self._segment_bytes // 2:
                return False
        part = self._folder / f"{_NEXT}.part"
        self._files.create(part, self._segment_bytes).close()
        with self._lock:  # `_begin` may be making one under that very name
            if _NEXT in self._files.names(self._folder):
                self._files.remove(part)
                return False
            self._files.rename(part, self._folder / _NEXT)
        return True

    def row(self, position: int) -> Row:
        """Return the record at a position below `size`.

        Raises:
            LogDamagedError: Its batch is not what was written.

        """
        with self._lock:
            begins, rows = self._batch_of(position)
            return rows[position - begins]

    def batches(self, start: int) -> Iterator[tuple[int, list[Row]]]:
        """Yield `(first position, records)` from a position to the end, checked.

        Raises:
            LogDamagedError: A batch is not what was written.

        """
        at = start
        while at < self._size:
            with self._lock:
                begins, rows = self._batch_of(at)
            yield at, rows[at - begins :]
            at = begins + len(rows)

    def check(self) -> Iterator[tuple[str, str]]:
        """Yield `(file, what is wrong)` of every segment, reading all of it."""
        for number, first in enumerate(self._firsts):
            following = self._firsts[number + 1 : number + 2]
            try:
                end, segment = self._walk(first)
                if following and end != following[0]:
                    yield self._named(first), f"it ends at record {end}; {following[0]} follows"
                elif self._stands_behind(first, segment, last=not following):
                    what = f"there is something behind its end at byte {segment.end}"
                    yield self._named(first), what
            except LogDamagedError as error:
                yield error.file, error.what
        if not self._is_prepared():
            yield f"wal/{_NEXT}", "it is not the empty segment that was prepared"

    def _stands_behind(self, first: int, segment: _Segment, *, last: bool) -> bool:
        """Tell whether something stands behind a segment's end and is no batch on its way."""
        for number in range(_TRIES if last else 1):
            if _last_nonzero(self._file(first), segment.end) == segment.end:
                return False
            if number:
                sleep(_TRY_S)
            end = segment.end
            _, segment = self._walk(first)
            if segment.end != end:
                return False
        return True

    def _is_prepared(self) -> bool:
        try:
            file = self._files.open(self._folder / _NEXT, write=False)
        except FileNotFoundError:
            return True
        try:
            head = file.read(0, _HEADER_BYTES)
            empty = not any(head) or (head.startswith(_TITLE) and head.endswith(self._origin))
            return empty and _last_nonzero(file, _HEADER_BYTES) == _HEADER_BYTES
        finally:
            file.close()

    def _listed(self) -> list[int]:
        names = [
            name.removesuffix(_SUFFIX)
            for name in self._files.names(self._folder)
            if name.endswith(_SUFFIX)
        ]
        return sorted(int(name) for name in names if name.isdecimal())

    def _refuse_gap(self) -> None:
        if self._firsts[0] != 0:
            raise LogDamagedError(self._named(0), "it is not there, although later ones are")

    def _batch_of(self, position: int) -> tuple[int, list[Row]]:
        """Return the batch that holds a record: its first position and its records."""
        first = self._firsts[max(0, bisect_right(self._firsts, position) - 1)]
        segment = self._segment(first)
        if not first <= position < segment.stop:
            raise LogDamagedError(
                self._named(first), f"it ends at record {segment.stop}; {position} was written"
            )
        place = bisect_right(segment.firsts, position) - 1
        return segment.firsts[place], self._rows(first, segment, place)

    def _named(self, first: int) -> str:
        return f"wal/{self._path(first).name}"

    def _damaged(self, first: int, offset: int, position: int) -> LogDamagedError:
        return LogDamagedError(
            self._named(first),
            f"the batch at byte {offset} is not what was written (record {position})",
        )

    def _is_full(self, file: File, segment: _Segment, needed: int) -> bool:
        return segment.end + needed > file.size()

    def _begin(self, needed: int) -> tuple[File, _Segment]:
        """Take the prepared segment, or make one, and write into it from now on."""
        first = self._size
        self._clean_end()
        file = self._prepared(max(self._segment_bytes, needed + _HEADER_BYTES))
        try:
            file.write(0, _TITLE + first.to_bytes(8, "big") + self._origin)
            file.sync()
            self._files.rename(self._folder / _NEXT, self._path(first))
        except OSError:
            file.close()
            raise
        if self._firsts and self._firsts[-1] == first:
            self._firsts.pop()  # an empty segment that was too small for this batch
            self._close(first)
        if self._write_file is not None:
            self._write_file.close()
        self._write_file = file
        self._firsts.append(first)
        segment = _Segment(first)
        self._keep(first, segment)
        return file, segment

    def _prepared(self, size: int) -> File:
        """Return the prepared segment if it is there and large enough, else a new one."""
        path = self._folder / _NEXT
        if _NEXT in self._files.names(self._folder):
            file = self._files.open(path, write=True)
            if file.size() >= size:
                return file
            file.close()  # making it was cut short, or the batch is large
        return self._files.create(path, size)

    def _clean_end(self) -> None:
        """Zero what a write that failed has left behind the end of the present segment."""
        if self._spoiled and self._write_file is not None:
            end = self._maps[self._firsts[-1]].end
            self._write_file.write(end, bytes(self._spoiled - end))
            self._write_file.sync()
        self._spoiled = 0

    def _rows(self, first: int, segment: _Segment, place: int) -> list[Row]:
        key = (first, place)
        rows = self._batches.get(key)
        if rows is not None:
            self._batches.move_to_end(key)
            return rows
        offset = segment.offsets[place]
        file = self._file(first)
        head = read_head(file.read(offset, HEAD_BYTES))
        data = b"" if head is None else file.read(offset, HEAD_BYTES + head.body_bytes)
        if head is None or head.first != segment.firsts[place] or not is_whole(data, head):
            raise self._damaged(first, offset, segment.firsts[place])
        rows = rows_of(data, head)
        self._batches[key] = rows
        if len(self._batches) > _KEPT_BATCHES:
            self._batches.popitem(last=False)
        return rows

    def _segment(self, first: int) -> _Segment:
        segment = self._maps.get(first)
        if segment is None:
            _, segment = self._walk(first)
        elif first != self._firsts[-1]:
            self._maps.move_to_end(first, last=True)
            self._maps.move_to_end(self._firsts[-1], last=True)
        return segment

    def _walk(self, first: int) -> tuple[int, _Segment]:
        """Read a segment through, each batch checked; return where it ends."""
        file = self._file(first)
        header = file.read(0, _HEADER_BYTES)
        if header != _TITLE + first.to_bytes(8, "big") + self._origin:
            name = self._named(first)
            raise LogDamagedError(name, "its header is not that of this log and position")
        segment = _Segment(first)
        at = first
        while True:
            head = read_head(file.read(segment.end, HEAD_BYTES))
            if head is None or head.first != at or not _read_whole(file, segment.end, head):
                break
            segment.firsts.append(at)
            segment.offsets.append(segment.end)
            segment.end += HEAD_BYTES + head.body_bytes
            at += head.records
        segment.stop = at
        self._keep(first, segment)
        return at, segment

    def _keep(self, first: int, segment: _Segment) -> None:
        self._maps[first] = segment
        while len(self._maps) > _KEPT_SEGMENTS:
            oldest = next(one for one in self._maps if one != self._firsts[-1])
            del self._maps[oldest]

    def _file(self, first: int) -> File:
        file = self._open.get(first)
        if file is None:
            file = self._files.open(self._path(first), write=False)
            self._open[first] = file
            if len(self._open) > _KEPT_SEGMENTS:
                self._open.popitem(last=False)[1].close()
        else:
            self._open.move_to_end(first)
        return file

    def _close(self, first: int) -> None:
        file = self._open.pop(first, None)
        if file is not None:
            file.close()

    def _path(self, first: int) -> Path:
        return self._folder / f"{first:020d}{_SUFFIX}"


def _read_whole(file: File, offset: int, head: Head) -> bool:
    return is_whole(file.read(offset, HEAD_BYTES + head.body_bytes), head)


def _last_nonzero(file: File, start: int) -> int:
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
