"""Cosigned and stamped checkpoints as files beside the log, and proof of misbehaviour.

`log/stamps/SIZE.note` and `.tsr` are public; `misbehaviour/` holds what contradicts the log.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT
from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.evidence.reading import PUBLIC
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint, is_fork
from chengnuo.ports.evidence_log import LogDamagedError

_STAMPS = "stamps"
_MISBEHAVIOUR = "misbehaviour"
_SHORT = 12


@dataclass(frozen=True, slots=True)
class FileStamps:
    """`StampStore` over the folder of a log."""

    folder: Path
    files: FileSystem

    @property
    def _stamps(self) -> Path:
        return self.folder / PUBLIC / _STAMPS

    def newest(self) -> SignedCheckpoint | None:
        """See `StampStore.newest`."""
        sizes = self._sizes(".note")
        return self._note(sizes[-1]) if sizes else None

    def kept(self) -> tuple[SignedCheckpoint, ...]:
        """See `StampStore.kept`."""
        return tuple(self._note(size) for size in self._sizes(".note"))

    def keep_note(self, signed: SignedCheckpoint) -> None:
        """See `StampStore.keep_note`."""
        self._stamps.mkdir(parents=True, exist_ok=True)
        path = self._stamps / f"{signed.checkpoint.size}.note"
        if path.exists():
            before = self._note(signed.checkpoint.size)
            if is_fork(before.checkpoint, signed.checkpoint):
                self.keep_misbehaviour(before, "the log signed two checkpoints of one size")
        self.files.replace(path, signed.text.encode())

    def keep_stamp(self, signed: SignedCheckpoint, response: bytes) -> None:
        """See `StampStore.keep_stamp`."""
        self.keep_note(signed)
        self.files.replace(self._stamps / f"{signed.checkpoint.size}.tsr", response)

    def stamped(self) -> tuple[tuple[SignedCheckpoint, bytes], ...]:
        """See `StampStore.stamped`."""
        found: list[tuple[SignedCheckpoint, bytes]] = []
        for size in self._sizes(".tsr"):
            response = self.files.read(self._stamps / f"{size}.tsr")
            if response is not None:
                found.append((self._note(size), response))
        return tuple(found)

    def keep_misbehaviour(self, other: SignedCheckpoint, what: str) -> None:
        """See `StampStore.keep_misbehaviour`."""
        own = self.files.read(self.folder / PUBLIC / CHECKPOINT) or b""
        held = f"{what}\n\n--- kept by somebody ---\n{other.text}\n--- of this log ---\n".encode()
        content = held + own
        name = f"{other.checkpoint.size}-{sha256(content).hexdigest()[:_SHORT]}.txt"
        (self.folder / _MISBEHAVIOUR).mkdir(parents=True, exist_ok=True)
        self.files.replace(self.folder / _MISBEHAVIOUR / name, content)

    def misbehaviour(self) -> tuple[str, ...]:
        """See `StampStore.misbehaviour`."""
        return tuple(self.files.names(self.folder / _MISBEHAVIOUR))

    def _sizes(self, suffix: str) -> list[int]:
        names = self.files.names(self._stamps)
        stems = (name.removesuffix(suffix) for name in names if name.endswith(suffix))
        return sorted(int(stem) for stem in stems if stem.isdecimal())

    def _note(self, size: int) -> SignedCheckpoint:
        name = f"{_STAMPS}/{size}.note"
        data = self.files.read(self.folder / PUBLIC / name)
        if data is None:
            raise LogDamagedError(name, "it is not there")
        try:
            return SignedCheckpoint.parse(data)
        except InvalidInputError as error:
            raise LogDamagedError(name, str(error)) from error
