"""Checkpoints: what the log says of itself, under its signature (C2SP tlog-checkpoint).

The text is origin, size, root and, in a checkpoint of ours, the root of the map of chain heads
(`docs/formats/evidence.md`). Further lines of a foreign log are kept as they are. A checkpoint is
worth nothing before its signature has been checked with a key that is trusted.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.log_keys import LogKey
from chengnuo.domain.evidence.note import Note, Verify, from_base64
from chengnuo.engines.merkle.hashing import HASH_BYTES

_MAP_WORD = "chengnuo-map"
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_MOST_SIZE = 2**63 - 1
_LEAST_LINES = 3


class CheckpointMalformedError(InvalidInputError):
    """The text of a note is not a checkpoint."""

    code = "checkpoint-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a checkpoint: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a log says of itself.

    Attributes:
        origin: Name of the log.
        size: Leaves of the tree.
        root: Its root, 32 bytes.
        map_root: Root of the map of chain heads, 32 bytes; None for a log that has none.
        extensions: Further lines, without newlines.

    """

    origin: str
    size: int
    root: bytes
    map_root: bytes | None = None
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint of the text of a note.

        Raises:
            CheckpointMalformedError: It is none.

        """
        *lines, rest = text.split("\n")
        if rest or len(lines) < _LEAST_LINES or not all(lines):
            raise CheckpointMalformedError("expected at least three lines, none of them empty")
        origin, size, root, *extensions = lines
        if not _SIZE.fullmatch(size) or int(size) > _MOST_SIZE:
            raise CheckpointMalformedError("its size is not a decimal number without leading zero")
        map_root = None
        if extensions and _is_map_line(extensions[0]):
            map_root = _hash(extensions.pop(0).partition(" ")[2], "its map root")
        if any(_is_map_line(line) for line in extensions):
            raise CheckpointMalformedError("the line of its map is not the fourth and only one")
        return cls(
            origin=origin,
            size=int(size),
            root=_hash(root, "its root"),
            map_root=map_root,
            extensions=tuple(extensions),
        )

    def text(self) -> str:
        """Return the text that is signed."""
        lines = [self.origin, str(self.size), b64encode(self.root).decode("ascii")]
        if self.map_root is not None:
            lines.append(f"{_MAP_WORD} {b64encode(self.map_root).decode('ascii')}")
        return "".join(f"{line}\n" for line in (*lines, *self.extensions))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCheckpoint:
    """A checkpoint and the note that carries it."""

    checkpoint: Checkpoint
    note: Note

    @classmethod
    def parse(cls, written: str | bytes) -> Self:
        """Return the checkpoint of a note; its signatures are not checked.

        Raises:
            NoteMalformedError: It is no note.
            CheckpointMalformedError: Its text is no checkpoint.

        """
        note = Note.parse(written)
        return cls(checkpoint=Checkpoint.parse(note.text), note=note)

    @property
    def text(self) -> str:
        """The whole note."""
        return self.note.written

    def stamped(self) -> bytes:
        """Return the bytes whose SHA-256 is stamped: the note with the log's own lines only."""
        return self.note.of_name(self.checkpoint.origin).written.encode()


def is_signed(signed: SignedCheckpoint, trusted: Sequence[LogKey], verify: Verify) -> bool:
    """Tell whether a checkpoint bears a trusted signature of its log, and no wrong one.

    The keys are those of `trusted_keys`; one that does not sign for this size does not count.
    """
    found = signed.note.checked([key.vkey for key in trusted], verify)
    names = {key.vkey.name for key in trusted}
    in_force = {key.vkey for key in trusted if key.signs(signed.checkpoint.size)}
    return (
        found.sound and names == {signed.checkpoint.origin} and not in_force.isdisjoint(found.good)
    )


def is_fork(one: Checkpoint, other: Checkpoint) -> bool:
    """Tell whether two checkpoints of one log cannot both be true.

    They are of one size and differ in the root of the tree or, where both say it, of the map.
    Proof of misbehaviour only if both bear a signature of the log.
    """
    if (one.origin, one.size) != (other.origin, other.size):
        return False
    maps = {one.map_root, other.map_root} - {None}
    return one.root != other.root or len(maps) > 1


def _is_map_line(line: str) -> bool:
    return line.partition(" ")[0] == _MAP_WORD


def _hash(encoded: str, what: str) -> bytes:
    found = from_base64(encoded)
    if found is None or len(found) != HASH_BYTES:
        raise CheckpointMalformedError(f"{what} is not {HASH_BYTES} bytes in base64")
    return found
