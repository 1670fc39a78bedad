"""Batches read lately, within a bound of bytes: a batch may hold one record or thousands."""

from collections import OrderedDict
from collections.abc import Callable

from chengnuo.adapters.evidence.batch import Row

_MOST_BYTES = 64 << 20
_ROW_BYTES = 240  # of Python's own objects


class BatchCache:
    """The records of batches by segment and place; not safe for several threads by itself."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        """Keep so many bytes at the most, and always the batch asked for last."""
        self._most = most_bytes
        self._rows: OrderedDict[tuple[int, int], tuple[int, list[Row]]] = OrderedDict()
        self.held = 0
        """Bytes that are held."""

    def rows(self, segment: int, place: int, read: Callable[[], list[Row]]) -> list[Row]:
        """Return a batch, read if it is not held."""
        key = (segment, place)
        found = self._rows.get(key)
        if found is not None:
            self._rows.move_to_end(key)
            return found[1]
        rows = read()
        size = sum(len(row.entry) + len(row.sealed) + _ROW_BYTES for row in rows)
        self._rows[key] = size, rows
        self.held += size
        while self.held > self._most and len(self._rows) > 1:
            self.held -= self._rows.popitem(last=False)[1][0]
        return rows
