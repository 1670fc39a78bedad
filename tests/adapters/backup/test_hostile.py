"""Whoever knows the public key can make a backup: what is in it is not believed."""

import io
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from chengnuo.adapters.backup.archive import MANIFEST, copied_to, digest_only, read_through
from chengnuo.adapters.backup.locks import new_pair
from chengnuo.adapters.backup.manifests import manifest_bytes
from chengnuo.adapters.backup.sealed_file import written
from chengnuo.adapters.evidence.restored import refuse_unswept
from chengnuo.base.instant import from_us
from chengnuo.ports.backup_errors import BackupDamagedError, NotSweptError
from chengnuo.ports.backups import (
    Lock,
    Manifest,
    Member,
)

CONTENT = b"content"
DIGEST = sha256(CONTENT).hexdigest()


class Maker:
    """Makes backups of anything."""

    def __init__(self, folder: Path) -> None:
        private, public = new_pair()
        self.private, self.public = folder / "restore.key", folder / "backup.pub"
        self.private.write_bytes(private)
        self.public.write_bytes(public)
        self.file = folder / "hostile"

    def put(self, *members: tuple[str, bytes, bytes], told: bytes | None = None) -> None:
        """Write members: path, content, type of a tar's member; and a manifest last."""
        self.file.unlink(missing_ok=True)
        with written(self.file, Lock(key=self.public)) as stream:
            packed = io.BytesIO()
            with tarfile.open(fileobj=packed, mode="w") as tar:
                for path, content, kind in members:
                    info = tarfile.TarInfo(path)
                    info.type, info.linkname = kind, "/etc/passwd"
                    info.size = len(content)
                    tar.addfile(info, io.BytesIO(content))
                if told is not None:
                    info = tarfile.TarInfo(MANIFEST)
                    info.size = len(told)
                    tar.addfile(info, io.BytesIO(told))
            stream.write(packed.getvalue())

    def opened(self, to: Path) -> Manifest:
        return read_through(self.file, Lock(key=self.private), copied_to(to, "hostile"))


def manifest(*paths: str, digest: str = DIGEST) -> bytes:
    return manifest_bytes(
        Manifest(
            id="",
            number=0,
            since="",
            origin="o",
            position=0,
            epoch=1,
            schema="",
            program="0",
            made_at=from_us(0),
            members=tuple(
                Member(path=path, size=7, mode=0o600, sha256=digest, within=0) for path in paths
            ),
        )
    )


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def test_a_plain_member_comes_out(maker: Maker, tmp_path: Path) -> None:
    maker.put(("keys/one", CONTENT, tarfile.REGTYPE), told=manifest("keys/one"))
    assert maker.opened(tmp_path / "to").members[0].sha256 == DIGEST
    assert (tmp_path / "to" / "keys" / "one").read_bytes() == CONTENT


@pytest.mark.parametrize(
    "path",
    ["../out", "/out", "a/../../out", "a//b", "a/./b", "..", "a\\b", "a\nb", "a/", "\x00a"],
)
def test_a_path_that_leads_out_is_refused(maker: Maker, tmp_path: Path, path: str) -> None:
    maker.put((path, CONTENT, tarfile.REGTYPE), told=manifest("keys/one"))
    to = tmp_path / "deep" / "to"
    with pytest.raises(BackupDamagedError):
        maker.opened(to)
    assert [one for one in tmp_path.rglob("*") if one.name.endswith("out")] == []
    with pytest.raises(BackupDamagedError):
        read_named(maker, path)


def read_named(maker: Maker, path: str) -> None:
    """Read a backup whose manifest names a path."""
    maker.put(("a", CONTENT, tarfile.REGTYPE), told=manifest(path))
    read_through(maker.file, Lock(key=maker.private), digest_only)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_what_is_no_plain_file_is_refused(maker: Maker, tmp_path: Path, kind: bytes) -> None:
    maker.put(("a", b"", kind), told=manifest())
    with pytest.raises(BackupDamagedError):
        maker.opened(tmp_path / "to")


def test_what_the_manifest_does_not_say_is_refused(maker: Maker, tmp_path: Path) -> None:
    one = ("a", CONTENT, tarfile.REGTYPE)
    for number, (members, told) in enumerate(
        [
            ([one], None),
            ([one], manifest()),
            ([one], manifest("a", "b")),
            ([one], manifest("a", digest="0" * 64)),
            ([one, one], manifest("a")),
            ([one], b"{}"),
            ([one], b"\xff"),
            ([one], manifest("a").replace(b"chengnuo-backup-1", b"chengnuo-backup-2")),
        ]
    ):
        maker.put(*members, told=told)
        with pytest.raises(BackupDamagedError):
            maker.opened(tmp_path / f"to-{number}")


def test_what_is_no_tar_is_refused(maker: Maker, tmp_path: Path) -> None:
    for content in (b"", b"x" * 600, bytes(2048)):
        maker.file.unlink(missing_ok=True)
        with written(maker.file, Lock(key=maker.public)) as stream:
            stream.write(content)
        with pytest.raises(BackupDamagedError):
            maker.opened(tmp_path / "to")


def test_a_folder_without_a_note_is_not_refused(tmp_path: Path) -> None:
    refuse_unswept(tmp_path)
    (tmp_path / "restored.json").touch()
    with pytest.raises(NotSweptError):
        refuse_unswept(tmp_path)
