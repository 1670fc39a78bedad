"""The log of a backup, held to what was signed over it; and a log ended at an earlier record."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from chengnuo.adapters.evidence.batch import Row, pack, pack_link
from chengnuo.adapters.evidence.checkpoint_file import read_checkpoint
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.one_segment import read_batch, read_through, segment_name
from chengnuo.adapters.evidence.reading import PUBLIC, WAL
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.adapters.keys import is_signature
from chengnuo.domain.evidence.checkpoint import is_signed
from chengnuo.domain.evidence.leaf import read_leaf
from chengnuo.domain.evidence.log_keys import trusted_keys
from chengnuo.domain.evidence.note import VKey
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.tiles import RightEdge
from chengnuo.ports.evidence_log import LogDamagedError

CHECKPOINT = f"{PUBLIC}/checkpoint"


class HeldLog:
    """The records of a log in a folder as a backup brings it: segments, keys, checkpoint."""

    def __init__(self, folder: Path, origin: str, *, vkey: str) -> None:
        """Look at a log.

        Args:
            folder: The folder `evidence`.
            origin: Name of the log.
            vkey: A key to hold it to; empty for the first of the list within.

        Raises:
            VKeyMalformedError: It is no key.
            LogKeyUnknownError: It is no key of this log.
            LogKeyNotEndorsedError: A key of the log does not follow from the one before.
            LogDamagedError: Something is not what was written.
            NoLogError: The list of keys is missing.

        """
        files = RealFiles()
        keys = read_log_keys(files, folder / PUBLIC)
        if keys.origin != origin:
            raise LogDamagedError(f"{PUBLIC}/log.json", f"it is not of log `{origin}`")
        self.keys = keys
        self._trusted = trusted_keys(keys, VKey.parse(vkey) if vkey else None, is_signature)
        self._signed = read_checkpoint(files, folder / PUBLIC)
        self._segments = Segments(folder / WAL, origin, files)
        self._segments.look()

    @property
    def size(self) -> int:
        """Records of the log."""
        return self._segments.size

    @property
    def signed(self) -> int:
        """Records under its checkpoint; 0 without one."""
        return 0 if self._signed is None else self._signed.checkpoint.size

    def position_at(self, instant: int) -> int:
        """Return how many records there are up to an instant, that one included."""
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if read_leaf(self._segments.row(middle).entry).at <= instant:
                low = middle + 1
            else:
                high = middle
        return low

    def problems(self, reached: int) -> Iterator[tuple[str, str]]:
        """Read all records and yield what is wrong with them.

        Args:
            reached: How many records there must be.

        Raises:
            LogDamagedError: A record is not what was written.

        """
        if self.size != reached:
            yield WAL, f"it ends at record {self.size}; the manifest says {reached}"
        signed = self._signed
        if signed is None:
            return
        size = signed.checkpoint.size
        if size > self.size:
            yield CHECKPOINT, f"it speaks of {size} records; the log holds {self.size}"
            return
        if not is_signed(signed, self._trusted, is_signature):
            yield CHECKPOINT, "it bears no good signature of a key of the log"
        root = self._root(size)
        if root != signed.checkpoint.root:
            yield CHECKPOINT, "its root is not that of these records"

    def close(self) -> None:
        """Close the files."""
        self._segments.close()

    def _root(self, size: int) -> bytes:
        """Return the root of the first records; reads all of them."""
        edge = RightEdge()
        for first, rows in self._segments.batches(0):
            hashes = [leaf_hash(row.entry) for row in rows]
            under = hashes[: max(0, size - first)]
            if under:
                for _ in edge.extend(b"".join(under)):
                    pass
        return edge.root()


def end_log(folder: Path, origin: str, position: int) -> None:
    """Let a log that nobody has open end after so many records, whatever followed.

    Args:
        folder: The folder `evidence`.
        origin: Name of the log.
        position: From 1 up to its size.

    Raises:
        LogDamagedError: A batch is not what was written.

    """
    files = RealFiles()
    wal = folder / WAL
    firsts = sorted(int(name.removesuffix(".seg")) for name in files.names(wal))
    for first in firsts:
        if first >= position:
            files.remove(wal / segment_name(first))
    first = max(one for one in firsts if one < position)
    path = wal / segment_name(first)
    with closing(files.open(path, write=False)) as file:
        segment = read_through(file, first, origin)
        place = max(at for at, begins in enumerate(segment.firsts) if begins < position)
        begins, offset = segment.firsts[place], segment.offsets[place]
        rows = read_batch(file, first, segment, place)[: position - begins]
        head = file.read(0, offset)
    files.replace(path, head + _packed(begins, rows))
    files.sync_paths([path])


def _packed(first: int, rows: list[Row]) -> bytes:
    links = [
        pack_link(len(row.entry), len(row.sealed), row.ordinal, row.before, row.also)
        for row in rows
    ]
    return pack(first, links, [row.entry for row in rows], [row.sealed for row in rows])
