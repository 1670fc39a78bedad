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
from pathlib import Path
from threading import RLock

from chengnuo.adapters.evidence.batch import Row
from chengnuo.adapters.evidence.batch_cache import BatchCache
from chengnuo.adapters.evidence.file_system import File, FileSystem
from chengnuo.adapters.evidence.one_segment import (
    HEADER_BYTES,
    PREPARED,
    Segment,
    damaged,
    header,
    last_nonzero,
    listed,
    named,
    read_batch,
    read_through,
    refuse_gap,
    refuse_whole_behind,
    segment_name,
    torn_name,
)
from chengnuo.ports.evidence_log import LogDamagedError

SEGMENT_BYTES = 16 << 20
_KEPT_SEGMENTS = 64


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


class Segments:
    """The segments of a log in a folder. Several threads may read while one writes."""

    def __init__(
        self, folder: Path, origin: str, files: FileSystem, *, segment_bytes: int = SEGMENT_BYTES
    ) -> None:
        """Look at what is there; `recover` must be called before the first write."""
        self._folder = folder
        self.origin = origin
        self._files = files
        self._segment_bytes = segment_bytes
        self._lock = RLock()
        self._firsts = listed(self._files, self._folder)
        self._open: OrderedDict[int, File] = OrderedDict()
        self._maps: OrderedDict[int, Segment] = OrderedDict()
        self._batches = BatchCache()
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
            self._firsts = listed(self._files, self._folder)
            if not self._firsts:
                return
            refuse_gap(self._firsts)
            last = self._firsts[-1]
            known = self._maps.pop(last, None)
            for first, held in [*self._maps.items()]:
                if held.stop == first or held.stop not in self._firsts:
                    del self._maps[first]  # it was the last, empty perhaps, and has grown since
                    self._close(first)
            if known is None or not known.firsts:
                self._close(last)  # an empty one may have made way for a larger one
            self._size = self._walk(last, known).stop

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
            refuse_gap(self._firsts)
            first = self._firsts[-1]
            segment = self._walk(first)
            self._size = segment.stop
            file = self._files.open(self._path(first), write=True)
            self._write_file = file
            behind = last_nonzero(file, segment.end)
            if self._size >= least:
                self._make_sure(first, segment, file)
            if behind == segment.end:
                return Recovered(position=self._size, set_aside="", bytes=0)
            torn = file.read(segment.end, behind - segment.end)
            if self._size < least:
                raise damaged(first, segment.end, self._size)
            refuse_whole_behind(torn, first, segment)
            name = torn_name(self._size, torn)
            self._files.replace(self._folder / name, torn)
            file.write(segment.end, bytes(len(torn)))
            file.sync()
            return Recovered(position=self._size, set_aside=name, bytes=len(torn))

    def _make_sure(self, first: int, segment: Segment, file: File) -> None:
        """Sync what was found: it may be in memory only, or be there after a sync that failed."""
        start = segment.offsets[-1] if segment.offsets else 0
        file.write(start, file.read(start, segment.end - start))  # what is clean is not synced
        file.sync()
        self._files.sync_paths([self._path(first)])

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
            if segment is None or file is None or segment.end + len(batch) > file.size():
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
            if not self._firsts or PREPARED in self._files.names(self._folder):
                return False
            if self._maps[self._firsts[-1]].end < self._segment_bytes // 2:
                return False
        part = self._folder / f"{PREPARED}.part"
        self._files.create(part, self._segment_bytes).close()
        with self._lock:  # `_begin` may be making one under that very name
            if PREPARED in self._files.names(self._folder):
                self._files.remove(part)
                return False
            self._files.rename(part, self._folder / PREPARED)
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

    def _batch_of(self, position: int) -> tuple[int, list[Row]]:
        """Return the batch that holds a record: its first position and its records."""
        first = self._firsts[max(0, bisect_right(self._firsts, position) - 1)]
        segment = self._segment(first)
        if not first <= position < segment.stop:
            raise LogDamagedError(
                named(first), f"it ends at record {segment.stop}; {position} was written"
            )
        place = bisect_right(segment.firsts, position) - 1
        return segment.firsts[place], self._rows(first, segment, place)

    def _begin(self, needed: int) -> tuple[File, Segment]:
        """Take the prepared segment, or make one, and write into it from now on."""
        first = self._size
        self._clean_end()
        file = self._prepared(max(self._segment_bytes, needed + HEADER_BYTES))
        try:
            file.write(0, header(first, self.origin))
            file.sync()
            self._files.rename(self._folder / PREPARED, self._path(first))
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
        segment = Segment(first)
        self._keep(first, segment)
        return file, segment

    def _prepared(self, size: int) -> File:
        """Return the prepared segment if it is there and large enough, else a new one."""
        path = self._folder / PREPARED
        if PREPARED in self._files.names(self._folder):
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

    def _rows(self, first: int, segment: Segment, place: int) -> list[Row]:
        return self._batches.rows(
            first, place, lambda: read_batch(self._file(first), first, segment, place)
        )

    def _segment(self, first: int) -> Segment:
        segment = self._maps.get(first)
        if segment is None:
            segment = self._walk(first)
        elif first != self._firsts[-1]:
            self._maps.move_to_end(first, last=True)
            self._maps.move_to_end(self._firsts[-1], last=True)
        return segment

    def _walk(self, first: int, known: Segment | None = None) -> Segment:
        segment = read_through(self._file(first), first, self.origin, known)
        self._keep(first, segment)
        return segment

    def _keep(self, first: int, segment: Segment) -> None:
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
        return self._folder / segment_name(first)
