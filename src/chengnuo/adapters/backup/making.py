"""Making a backup: one moment copied aside, compared with the backup before, written sealed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from shutil import rmtree
from stat import S_IMODE
from tempfile import TemporaryDirectory
from time import time

from chengnuo.adapters.backup.archive import ArchiveWriter
from chengnuo.adapters.backup.manifests import manifest_bytes, read_manifest
from chengnuo.adapters.backup.moment import copy_keys, copy_state, segments_to
from chengnuo.adapters.backup.parts import (
    CHECKPOINT,
    SEGMENTS,
    STATE,
    WORK,
    WRAPPED_KEYS,
    files_of,
)
from chengnuo.adapters.backup.sealed_file import written
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.sqlite.database import revisions_in
from chengnuo.ports.backup_errors import (
    BackupChainError,
    BackupNotMadeError,
    BackupPlaceError,
)
from chengnuo.ports.backups import (
    Lock,
    Made,
    Manifest,
    Member,
)
from chengnuo.ports.clock import Clock

MANIFEST_SUFFIX = ".manifest"
_SECRET = 0o600
_LEFT_S = 86_400.0


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to copy: where its content lies, and how much of it is copied."""

    path: str
    file: Path
    size: int
    mode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copied:
    """One moment: what was copied aside, and what is read where it lies."""

    position: int
    epoch: int
    schema: str
    sources: list[_Source] = field(repr=False)


def make(  # noqa: PLR0913  what a backup is made of
    place: Place,
    out: Path,
    *,
    lock: Lock,
    since: Path | None,
    exports: bool,
    clock: Clock,
    program: str,
) -> Made:
    """Make a backup; see `Backups.make`."""
    beside = out.with_name(out.name + MANIFEST_SUFFIX)
    for one in (out, beside):
        if one.exists():
            raise BackupPlaceError(one.name)
    origin = read_log_keys(RealFiles(), place.public).origin
    before = None if since is None else _earlier(since, origin)
    with _moment(place, origin, exports=exports) as copied, written(out, lock) as stream:
        archive = ArchiveWriter(stream)
        number = 0 if before is None else before.number + 1
        known = {} if before is None else {one.path: one for one in before.members}
        members = [_add(archive, one, known.get(one.path), number) for one in copied.sources]
        manifest = Manifest(
            id="",
            number=number,
            since="" if before is None else before.id,
            origin=origin,
            position=copied.position,
            epoch=copied.epoch,
            schema=copied.schema,
            program=program,
            made_at=clock.now(),
            members=tuple(members),
        )
        data = manifest_bytes(manifest)
        archive.finish(data)
    RealFiles().replace(beside, data)
    return Made(
        manifest=read_manifest(data, out.name),
        bytes=out.stat().st_size,
        held=sum(one.within == number for one in members),
    )


def _earlier(file: Path, origin: str) -> Manifest:
    try:
        before = read_manifest(file.read_bytes(), file.name)
    except OSError as error:
        raise BackupChainError(f"`{file.name}` cannot be read") from error
    if before.origin != origin:
        raise BackupChainError(f"`{file.name}` is of log `{before.origin}`, not of `{origin}`")
    return before


def _add(archive: ArchiveWriter, one: _Source, known: Member | None, number: int) -> Member:
    """Put a file in, unless the backups before have it, and return its line of the manifest."""
    try:
        with one.file.open("rb") as file:
            if known is not None and known.size == one.size and _digest(one) == known.sha256:
                digest, within = known.sha256, known.within
            else:
                digest = archive.add(one.path, file, size=one.size, mode=one.mode)
                within = number
    except OSError as error:
        raise BackupNotMadeError(error.strerror or "a file cannot be read") from error
    return Member(path=one.path, size=one.size, mode=one.mode, sha256=digest, within=within)


def _digest(one: _Source) -> str:
    with one.file.open("rb") as file:
        if one.size == os.fstat(file.fileno()).st_size:
            return file_digest(file, "sha256").hexdigest()
        return sha256(file.read(one.size)).hexdigest()


@contextmanager
def _moment(place: Place, origin: str, *, exports: bool) -> Iterator[_Copied]:
    """Yield one moment of a data folder; what was copied aside for it goes at the end."""
    data = place.data
    _clear_away(data)
    try:
        aside = TemporaryDirectory(prefix=WORK, dir=data)
    except OSError as error:
        raise BackupNotMadeError(error.strerror or "the data folder cannot be written") from error
    with aside as name:
        work = Path(name)
        signed = RealFiles().read(data / CHECKPOINT)  # first: what it covers is in the log
        state, keys = work / STATE, work / Path(WRAPPED_KEYS).name
        if (data / STATE).exists():
            copy_state(data / STATE, state)
        position, epoch = copy_keys(place, data / WRAPPED_KEYS, keys)
        sources = [_source(WRAPPED_KEYS, keys)]
        if state.exists():
            sources.append(_source(STATE, state))
        if signed is not None:
            (work / "checkpoint").write_bytes(signed)
            sources.append(_source(CHECKPOINT, work / "checkpoint"))
        for segment, size in segments_to(data / SEGMENTS, origin, position):
            path = f"{SEGMENTS}/{segment}"
            sources.append(_Source(path, data / path, size, _SECRET))
        sources += _plain(place, exports=exports)
        yield _Copied(
            position=position,
            epoch=epoch,
            schema=max(revisions_in(work) or [], default=""),
            sources=sorted(sources, key=lambda one: one.path),
        )


def _clear_away(data: Path) -> None:
    """Remove what a backup left that was cut short, a day ago or more: copies of people's data."""
    oldest = time() - _LEFT_S
    for left in data.glob(f"{WORK}*"):
        with suppress(OSError):
            if left.stat().st_mtime < oldest:
                rmtree(left)


def _plain(place: Place, *, exports: bool) -> Iterator[_Source]:
    """Yield the files that are read where they lie, the file of the epoch key never."""
    key = place.master_key_file
    secret = None if key is None else key.resolve()
    for path in files_of(place.data, exports=exports):
        file = place.data / path
        if secret is not None and _is_beside(file.resolve(), secret):
            continue
        try:
            state = file.stat()
        except FileNotFoundError:  # what waits to be fetched may go at any time
            continue
        yield _Source(path, file, state.st_size, S_IMODE(state.st_mode) & 0o777)


def _is_beside(file: Path, secret: Path) -> bool:
    """Tell whether a file is the one of the epoch key, or one that a change of it leaves."""
    return file.parent == secret.parent and file.name.startswith(secret.name)


def _source(path: str, file: Path) -> _Source:
    return _Source(path, file, file.stat().st_size, _SECRET)
