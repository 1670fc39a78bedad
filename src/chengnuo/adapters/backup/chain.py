"""A chain of backups: a first one and those made since, each held to the one before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.backup.archive import Put, read_through
from chengnuo.ports.backup_errors import BackupChainError, BackupDamagedError
from chengnuo.ports.backups import (
    Lock,
    Manifest,
    Member,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A backup of a chain that was read through.

    Attributes:
        file: Where it is.
        given: Its number among the files as they were given.
        manifest: What it says of itself.

    """

    file: Path
    given: int
    manifest: Manifest


def read_chain(files: Sequence[Path], lock: Lock, put: Callable[[Path, int], Put]) -> list[Link]:
    """Read backups through and return them in their order.

    Args:
        files: In any order.
        lock: What opens them.
        put: Returns what takes the files of a backup, by its number as given.

    Raises:
        BackupKeyError: The key is not theirs.
        BackupDamagedError: One is not what was written.
        BackupChainError: They are no chain.

    """
    read = [
        Link(file, number, read_through(file, lock, put(file, number)))
        for number, file in enumerate(files)
    ]
    links = sorted(read, key=lambda one: one.manifest.number)
    if not links:
        raise BackupChainError("none was given")
    for number, one in enumerate(links):
        before = links[number - 1].manifest if number else None
        _hold_to(one, number, before)
    for one in links[1:]:
        _hold_members(one, [link.manifest for link in links])
    return links


def _hold_to(one: Link, number: int, before: Manifest | None) -> None:
    manifest, name = one.manifest, one.file.name
    if manifest.number != number:
        what = f"`{name}` is number {manifest.number} of its chain; number {number} is missing"
        raise BackupChainError(what)
    if manifest.since != ("" if before is None else before.id):
        raise BackupChainError(f"`{name}` was made since another backup than the one before it")
    if before is not None and manifest.position < before.position:
        raise BackupChainError(f"`{name}` reaches less far than the one before it")


def _hold_members(one: Link, manifests: Sequence[Manifest]) -> None:
    """Hold the files that earlier backups have to what those say of them."""
    held = [{member.path: member for member in manifest.members} for manifest in manifests]
    for member in one.manifest.members:
        if member.within > one.manifest.number:
            raise BackupDamagedError(one.file.name, "its manifest names a backup after it")
        there = held[member.within].get(member.path)
        if there is None or (there.within, there.sha256) != (member.within, member.sha256):
            what = f"`{member.path}` is not in the backup that its manifest names"
            raise BackupDamagedError(one.file.name, what)


def member_of(manifest: Manifest, path: str) -> Member | None:
    """Return what a manifest says of a file; None if it has none by that path."""
    return next((one for one in manifest.members if one.path == path), None)
