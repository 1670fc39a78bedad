"""`TransferInbox` and `TransferOutbox` in folders; everything in them is sealed.

An offer is a folder: `state`, sealed by the installation, and `part-NNNN`, sealed by the sender
under the key of the transfer, grown piece by piece. A transfer on the sender's side is one file.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.exports.folder import SealedPart
from chengnuo.adapters.exports.gathering import unavailable
from chengnuo.adapters.exports.sealed_stream import SealedReader
from chengnuo.base.shapes import ready
from chengnuo.ports.secrets import Sealer
from chengnuo.ports.transfers import Incoming, Outgoing, TransferUnknownError

_STATE = "state"
_ID = re.compile(r"[A-Za-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderInbox:
    """`TransferInbox` below one folder."""

    root: Path
    sealer: Sealer

    @contextmanager
    def locked(self, offer: str) -> Iterator[None]:
        """See `TransferInbox.locked`."""
        folder = _checked(self.root, offer)
        if not folder.exists():
            raise TransferUnknownError
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def save(self, incoming: Incoming) -> None:
        """See `TransferInbox.save`."""
        folder = _checked(self.root, incoming.offer)
        sealed = self.sealer.seal(msgspec.json.encode(incoming), context=_context(incoming.offer))
        try:
            is_new = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            RealFiles().replace(folder / _STATE, sealed)
            if is_new:
                RealFiles().sync_paths([folder / _STATE])
        except OSError as error:
            raise unavailable(error) from error

    def find(self, offer: str) -> Incoming | None:
        """See `TransferInbox.find`."""
        sealed = RealFiles().read(_checked(self.root, offer) / _STATE)
        if sealed is None:
            return None
        return msgspec.json.decode(
            self.sealer.unseal(sealed, context=_context(offer)), type=ready(Incoming)
        )

    def received(self, offer: str, part: int) -> int:
        """See `TransferInbox.received`."""
        path = self._part(offer, part)
        return path.stat().st_size if path.exists() else 0

    def add(self, offer: str, part: int, data: bytes) -> int:
        """See `TransferInbox.add`."""
        path = self._part(offer, part)
        try:
            is_new = not path.exists()
            with path.open("ab") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                RealFiles().sync_paths([path])
        except OSError as error:
            raise unavailable(error) from error
        return self.received(offer, part)

    def drop(self, offer: str, part: int) -> None:
        """See `TransferInbox.drop`."""
        self._part(offer, part).unlink(missing_ok=True)

    def open(self, offer: str, part: int, key: bytes, name: str, sha256: str) -> SealedPart:
        """See `TransferInbox.open`."""
        reader = SealedReader(self._part(offer, part), key, name)
        return SealedPart(name, reader.size, sha256, reader)

    def offers(self) -> tuple[str, ...]:
        """See `TransferInbox.offers`."""
        return tuple(filter(_ID.fullmatch, RealFiles().names(self.root)))

    def destroy(self, offer: str) -> None:
        """See `TransferInbox.destroy`."""
        folder = _checked(self.root, offer)
        (folder / _STATE).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def _part(self, offer: str, part: int) -> Path:
        return _checked(self.root, offer) / f"part-{part:04}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderOutbox:
    """`TransferOutbox` in one folder."""

    root: Path
    sealer: Sealer

    def save(self, outgoing: Outgoing) -> None:
        """See `TransferOutbox.save`."""
        path = _checked(self.root, outgoing.request)
        written = msgspec.json.encode(outgoing)
        sealed = self.sealer.seal(written, context=_context(outgoing.request))
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            RealFiles().replace(path, sealed)
        except OSError as error:
            raise unavailable(error) from error

    def find(self, request: str) -> Outgoing | None:
        """See `TransferOutbox.find`."""
        sealed = RealFiles().read(_checked(self.root, request))
        if sealed is None:
            return None
        opened = self.sealer.unseal(sealed, context=_context(request))
        return msgspec.json.decode(opened, type=ready(Outgoing))

    def destroy(self, request: str) -> None:
        """See `TransferOutbox.destroy`."""
        _checked(self.root, request).unlink(missing_ok=True)


def _checked(root: Path, name: str) -> Path:
    if _ID.fullmatch(name) is None:
        raise TransferUnknownError
    return root / name


def _context(name: str) -> str:
    return f"rights transfer {name}"
