"""The manifest of a backup: canonical JSON, the same bytes for the same content and moment."""

import re
from hashlib import sha256
from typing import Annotated

import msgspec

from chengnuo.base.canonical import canonical_json
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.shapes import ready
from chengnuo.ports.backup_errors import BackupDamagedError
from chengnuo.ports.backups import Manifest, Member

FORMAT = "chengnuo-backup-1"
_PART = r"(?!\.{1,2}(/|$))[^/\x00-\x1f\\]+"
_PATH = re.compile(rf"{_PART}(/{_PART})*")
_Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]


class _Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    path: str
    size: _Count
    mode: Annotated[int, msgspec.Meta(ge=0, le=0o777)]
    sha256: _Digest
    within: _Count


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    number: _Count
    since: str
    origin: str
    position: _Count
    epoch: _Count
    schema: str
    program: str
    made_at: _Count
    members: list[_Member]


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return a manifest as it stands in a backup; its `id` is the hash of these bytes."""
    return canonical_json(
        {
            "format": FORMAT,
            "number": manifest.number,
            "since": manifest.since,
            "origin": manifest.origin,
            "position": manifest.position,
            "epoch": manifest.epoch,
            "schema": manifest.schema,
            "program": manifest.program,
            "made_at": to_us(manifest.made_at),
            "members": [
                {
                    "path": one.path,
                    "size": one.size,
                    "mode": one.mode,
                    "sha256": one.sha256,
                    "within": one.within,
                }
                for one in manifest.members
            ],
        }
    )


def is_path(path: str) -> bool:
    """Tell whether a path stays within the folder that it is taken from."""
    return _PATH.fullmatch(path) is not None


def read_manifest(data: bytes, file: str) -> Manifest:
    """Return the manifest of a backup.

    Raises:
        BackupDamagedError: It is none, or names something outside of a data folder.

    """
    try:
        read = msgspec.json.decode(data, type=ready(_Manifest))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupDamagedError(file, "its manifest is none of this program") from error
    if read.format != FORMAT:
        raise BackupDamagedError(file, "its manifest is of another format")
    paths = [one.path for one in read.members]
    if len(set(paths)) != len(paths) or not all(map(is_path, paths)):
        raise BackupDamagedError(file, "its manifest names a file that no data folder has")
    return Manifest(
        id=sha256(data).hexdigest(),
        number=read.number,
        since=read.since,
        origin=read.origin,
        position=read.position,
        epoch=read.epoch,
        schema=read.schema,
        program=read.program,
        made_at=from_us(read.made_at),
        members=tuple(
            Member(
                path=one.path, size=one.size, mode=one.mode, sha256=one.sha256, within=one.within
            )
            for one in read.members
        ),
    )
