"""Code that no directory tells of: before the first entry, between entries, behind the archive.

An APK that begins with a DEX file is one for the old runtime and an archive for the installer
(CVE-2017-13156); code in a comment or behind the end is read by the app itself. Padding for
alignment and data descriptors stand between entries too, so only what begins a file counts.
Build tools fill larger holes with local headers that have no name; those count as padding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.signing import block_start

SHORTEST = 32
"""Bytes; a shorter gap holds neither code nor an archive."""
PER_GAP = 20
# After the mark of a local header: 22 bytes up to the length of its name, which is not 0.
MARKS = re.compile(rb"dex\n\d\d\d\0|PK\x03\x04(?=.{22}(?!\0\0))|\x7fELF", re.DOTALL)
NAMES = {b"d": "dex", b"P": "zip", b"\x7f": "elf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """The beginning of a file where no entry is.

    Attributes:
        where: `before the archive`, `between entries`, `in the comment` or `behind the archive`.
        what: `dex`, `zip` or `elf`.
        offset: In the archive.

    """

    where: str
    what: str
    offset: int


def hidden_in(archive: Archive) -> tuple[Hidden, ...]:
    """Return the files that begin in bytes which belong to no entry, in the order of the bytes."""
    return tuple(
        Hidden(where=where, what=NAMES[match[0][:1]], offset=start + match.start())
        for where, start, end in _gaps(archive)
        if end - start >= SHORTEST
        for match, _ in zip(MARKS.finditer(archive.buffer[start:end]), range(PER_GAP), strict=False)
    )


def _gaps(archive: Archive) -> Iterator[tuple[str, int, int]]:
    """Yield the stretches of bytes that belong to no entry."""
    directory = archive.directory
    first, reach = True, 0
    for entry in sorted(directory.entries, key=lambda one: one.offset):
        at = archive.data_at(entry)
        if at < 0:
            continue
        if entry.offset > reach:
            yield "before the archive" if first else "between entries", reach, entry.offset
        first = False
        reach = max(reach, at + entry.compressed)
    if (block := block_start(archive)) > reach:
        yield "between entries", reach, block
    yield "in the comment", *directory.comment
    yield "behind the archive", directory.comment[1], len(archive.buffer)
