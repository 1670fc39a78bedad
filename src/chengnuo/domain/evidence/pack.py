"""The ZIP of an evidence file: the same files give the same bytes, on any machine.

Entries are in name order, stored, of 1980-01-01, without anything of the machine that made them;
they are not deflated because compressors differ between builds (`docs/formats/evidence.md` allows
both). `manifest.json` names every other file with its SHA-256.
"""

import io
import zipfile
from collections.abc import Mapping

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex

MANIFEST = "manifest.json"
TYPE = "chengnuo-evidence/1"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of some files, with their manifest.

    Args:
        files: Content by name; `manifest.json` is added.

    """
    return zip_of({**files, MANIFEST: manifest_of(files, TYPE)})


def manifest_of(files: Mapping[str, bytes], type_: str) -> bytes:
    """Return what names every file with its SHA-256."""
    digests = {name: str(sha256_hex(data)) for name, data in files.items()}
    return canonical_json({"type": type_, "files": digests}) + b"\n"


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP that was made here, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(whole: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files, in the order of their names."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, whole[name])
    return written.getvalue()
