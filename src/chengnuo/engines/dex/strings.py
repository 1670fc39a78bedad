"""The strings of a DEX file ("string_id_item", "string_data_item").

A string is its length in UTF-16 units (ULEB128), its bytes (modified UTF-8), and a NUL. The bytes
are kept as they are; the length is not needed to find the end.
"""

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.dex.limits import Limits
from chengnuo.engines.dex.source import Source
from chengnuo.engines.program.damages import Damages

LENGTH_BYTES = 5
"""A ULEB128 number of 32 bits has at most so many bytes."""


def _text_starts(source: Source, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the bytes begin, after the length; the end of the file where it has no end."""
    size = len(source.octets)
    at = np.minimum(offsets, size)
    going = np.flatnonzero(at < size)
    for _ in range(LENGTH_BYTES):
        more = source.octets[at[going]] >= 0x80  # noqa: PLR2004 - continuation bit
        at[going] += 1
        going = going[more & (at[going] < size)]
        if not len(going):
            return at
    at[going] = size
    return at


def _ends_one_by_one(source: Source, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of the next NUL of each start, or -1; every byte is looked at once."""
    ends = np.full(len(starts), -1, np.int64)
    last_start = last_end = -1
    order = np.argsort(starts, kind="stable")
    for place, start in zip(order.tolist(), starts[order].tolist(), strict=True):
        if not last_start <= start <= last_end:
            if last_end < 0 <= last_start:
                break  # no NUL after the start before, so none after this one
            last_end = source.data.find(b"\0", start)
        last_start = start
        ends[place] = last_end
    return ends


def _ends(source: Source, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of the next NUL of each start, or -1 where there is none."""
    first = int(starts.min())
    last_end = source.data.find(b"\0", int(starts.max()))
    region = source.octets[first : last_end + 1 if last_end >= 0 else len(source.octets)]
    if np.count_nonzero(region == 0) > 4 * len(starts) + 4096:  # other data lies in between
        return _ends_one_by_one(source, starts)
    nuls = np.append(np.flatnonzero(region == 0) + first, -1)
    return nuls[np.searchsorted(nuls[:-1], starts)]


def read_strings(
    source: Source, offsets: NDArray[np.uint32], limits: Limits, damages: Damages
) -> list[bytes]:
    """Return every string; one that cannot be read is empty and a damage."""
    if not len(offsets):
        return []
    starts = _text_starts(source, offsets.astype(np.int64))
    ends = _ends(source, starts)
    good = ends >= 0
    lengths = np.where(good, ends - starts, 0)
    good &= np.cumsum(lengths) <= min(limits.text_bytes, 2 * len(source.data))
    if not good.all():
        damages.add_each(
            np.flatnonzero(~good),
            "string {}".format,
            "lies outside the file, has no end, or is over the limit",
        )
        starts = np.where(good, starts, 0)
        ends = np.where(good, ends, 0)
    return list(map(source.data.__getitem__, map(slice, starts.tolist(), ends.tolist())))
