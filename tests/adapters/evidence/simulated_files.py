"""A file system in memory that loses power.

Harsher than a real one: of what was written since the last sync of a file any subset of its
512-byte sectors survives, and of the changes of names since the last sync of a folder any subset
that keeps each rename whole. What `sync`, `create`, `replace` and `rename` promise is kept once
they have returned, and each consists of several steps between which the power may go. From then
on everything fails with `PowerLossError`; `survivor` is what the next start finds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import RLock

SECTOR_BYTES = 512


class PowerLossError(OSError):
    """The power is gone."""


def _no_crash() -> None:
    """Do nothing when the power goes."""


@dataclass
class _Node:
    """A file: what whoever reads it sees, and what is on the disk for certain."""

    live: bytearray
    durable: bytes = b""
    dirty: set[int] = field(default_factory=set)

    def write(self, offset: int, data: bytes) -> None:
        end = offset + len(data)
        if end > len(self.live):
            self.live.extend(bytes(end - len(self.live)))
        self.live[offset:end] = data
        self.dirty.update(range(offset // SECTOR_BYTES, (end - 1) // SECTOR_BYTES + 1))

    def sync(self) -> None:
        if self.dirty or len(self.durable) != len(self.live):
            self.durable = bytes(self.live)
            self.dirty.clear()

    def survivor(self, random: Random) -> "_Node":
        size = random.choice((len(self.durable), len(self.live)))
        kept = bytearray(self.durable[:size].ljust(size, b"\0"))
        for sector in sorted(self.dirty):
            start = sector * SECTOR_BYTES
            stop = min(start + SECTOR_BYTES, size)
            if start < stop and random.random() < random.choice((0.0, 0.5, 0.9)):
                kept[start:stop] = self.live[start:stop]
        return _Node(kept, bytes(kept))


@dataclass
class _Change:
    """A change of names: `old` goes (if any), `new` becomes a file (if any)."""

    folder: Path
    old: Path | None
    new: Path | None
    node: _Node | None


class SimulatedFile:
    """`File` of the simulation."""

    def __init__(self, files: "SimulatedFiles", node: _Node) -> None:
        self._files = files
        self.node = node

    def read(self, offset: int, count: int) -> bytes:
        with self._files.powered():
            return bytes(self.node.live[offset : offset + count])

    def write(self, offset: int, data: bytes) -> None:
        with self._files.step("write"):
            self.node.write(offset, data)

    def sync(self) -> None:
        with self._files.step("sync"):
            self.node.sync()

    def size(self) -> int:
        with self._files.powered():
            return len(self.node.live)

    def close(self) -> None:
        """Close; there is nothing to let go of."""


class SimulatedFiles:
    """`FileSystem` in memory. `crash_at` counts steps from 1; 0 never crashes."""

    def __init__(self, *, crash_at: int = 0, on_crash: Callable[[], None] = _no_crash) -> None:
        self._lock = RLock()
        self._live: dict[Path, _Node] = {}
        self._durable: dict[Path, _Node] = {}
        self._changes: list[_Change] = []
        self.crash_at = crash_at
        self.on_crash = on_crash
        self.is_off = False
        self.steps: list[str] = []
        self.replaced: list[tuple[Path, bytes]] = []
        """What was put in place by `replace`, durably or just before the power went."""

    def powered(self) -> RLock:
        """Return the lock, if there is power."""
        if self.is_off:
            raise PowerLossError
        return self._lock  # type: ignore[return-value]  # RLock is a function in its stub

    def step(self, what: str) -> RLock:
        """Count one step of something that lasts; the power may go instead."""
        with self._lock:
            if self.is_off:
                raise PowerLossError
            self.steps.append(what)
            if len(self.steps) == self.crash_at:
                self.is_off = True
                self.on_crash()
                raise PowerLossError
        return self._lock  # type: ignore[return-value]  # as above

    def survivor(self, seed: int) -> "SimulatedFiles":
        """Return what is left after the power went; other seeds leave something else."""
        random = Random(seed)
        names = dict(self._durable)
        for change in self._changes:
            if random.random() < random.choice((0.0, 0.5, 1.0)):
                _apply(names, change)
        left = SimulatedFiles()
        nodes = {id(node): node.survivor(random) for node in names.values()}
        left._live = {path: nodes[id(node)] for path, node in names.items()}
        left._durable = dict(left._live)
        return left

    def copied(self, *, without: Callable[[Path], bool]) -> "SimulatedFiles":
        """Return another file system with the same files, apart from some."""
        other = SimulatedFiles()
        for path, node in self._live.items():
            if not without(path):
                other._live[path] = _Node(bytearray(node.live), bytes(node.live))
        other._durable = dict(other._live)
        return other

    def all(self) -> dict[Path, bytes]:
        """Return every file with its bytes."""
        return {path: bytes(node.live) for path, node in sorted(self._live.items())}

    def open(self, path: Path, *, write: bool) -> SimulatedFile:
        del write
        with self.powered():
            if path not in self._live:
                raise FileNotFoundError(str(path))
            return SimulatedFile(self, self._live[path])

    def create(self, path: Path, size: int) -> SimulatedFile:
        node = _Node(bytearray())
        with self.step("create"):
            self._change(_Change(path.parent, None, path, node))
        with self.step("create-write"):
            node.write(0, bytes(size))
        with self.step("create-sync"):
            node.sync()
        return SimulatedFile(self, node)

    def read(self, path: Path) -> bytes | None:
        with self.powered():
            node = self._live.get(path)
            return None if node is None else bytes(node.live)

    def put(self, path: Path, data: bytes) -> None:
        node = _Node(bytearray())
        with self.step("put"):
            node.write(0, data)
            self._change(_Change(path.parent, None, path, node))

    def replace(self, path: Path, data: bytes) -> None:
        node = _Node(bytearray())
        with self.step("replace-write"):
            node.write(0, data)
        with self.step("replace-sync"):
            node.sync()
        with self.step("replace-rename"):
            self.replaced.append((path, data))
            self._change(_Change(path.parent, None, path, node))
        with self.step("replace-folder"):
            self._sync_folder(path.parent)

    def rename(self, old: Path, new: Path) -> None:
        with self.step("rename"):
            self._change(_Change(new.parent, old, new, self._live[old]))
        with self.step("rename-folder"):
            self._sync_folder(new.parent)

    def names(self, folder: Path) -> list[str]:
        with self.powered():
            depth = len(folder.parts)
            below = {path.parts[depth] for path in self._live if folder in path.parents}
            return sorted(below)

    def remove(self, path: Path) -> None:
        if path in self._live:
            with self.step("remove"):
                self._change(_Change(path.parent, path, None, None))

    def sync_paths(self, paths: list[Path]) -> None:
        for path in paths:
            with self.step("sync-path"):
                node = self._live.get(path)
                if node is not None:
                    node.sync()
        for folder in {path.parent for path in paths}:
            with self.step("sync-folder"):
                self._sync_folder(folder)

    def _change(self, change: _Change) -> None:
        _apply(self._live, change)
        self._changes.append(change)

    def _sync_folder(self, folder: Path) -> None:
        for change in self._changes:
            if change.folder == folder:
                _apply(self._durable, change)
        self._changes = [change for change in self._changes if change.folder != folder]


def _apply(names: dict[Path, _Node], change: _Change) -> None:
    if change.old is not None:
        names.pop(change.old, None)
    if change.new is not None and change.node is not None:
        names[change.new] = change.node
