"""Where the batches of a log are kept: the segments of a folder, or the rows of a database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from chengnuo.adapters.evidence.batch import Row
from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.evidence.segments import Recovered, Segments
from chengnuo.domain.evidence.leaf import read_leaf


class KeptBatches(Protocol):
    """The records of a log in batches. Several threads may read while one writes."""

    origin: str
    unsure: bool
    """Whether a write was not confirmed: what is durable is then known only by reading anew."""

    @property
    def size(self) -> int:
        """How many records are durable."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...

    def look(self) -> None:
        """Find where the log ends, changing nothing.

        Raises:
            LogDamagedError: It is not this log, or records are missing.

        """
        ...

    def refresh(self) -> None:
        """Look again, unless this is the writer, who knows."""
        ...

    def recover(self, *, least: int = 0) -> Recovered:
        """Find the end of the log, set aside what stands behind it, and get ready to write.

        Args:
            least: Records that were durable for certain, because something was signed over them.

        Raises:
            LogDamagedError: Something durable is not what was written; nothing was changed.
            OSError: What is kept cannot be read or written.

        """
        ...

    def append(self, batch: bytes, count: int) -> None:
        """Make a batch durable, whose first position is `size`; on return it is.

        Raises:
            OSError: It is not; `size` stays, and the next batch takes its place.

        """
        ...

    def prepare(self) -> bool:
        """Make room ahead; True if it did.

        Raises:
            OSError: It cannot be made now.

        """
        ...

    def row(self, position: int) -> Row:
        """Return the record at a position below `size`.

        Raises:
            LogDamagedError: Its batch is not what was written.

        """
        ...

    def batches(self, start: int) -> Iterator[tuple[int, list[Row]]]:
        """Yield `(first position, records)` from a position to the end, checked.

        Raises:
            LogDamagedError: A batch is not what was written.

        """
        ...


BatchesOf = Callable[[str], KeptBatches]
"""Returns the batches of a log by its name, where they are not in its folder."""


def batches_in(
    folder: Path, files: FileSystem, origin: str, elsewhere: BatchesOf | None
) -> KeptBatches:
    """Return the batches of a log: the segments in a folder, unless they are elsewhere."""
    return Segments(folder, origin, files) if elsewhere is None else elsewhere(origin)


def last_instant(batches: KeptBatches) -> int:
    """Return the instant of the newest record, microseconds; 0 before the first."""
    return read_leaf(batches.row(batches.size - 1).entry).at if batches.size else 0
