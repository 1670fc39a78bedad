"""The law catalogue, ready to use: from its files, or from a compiled copy of them.

Reading 400 kB of YAML strictly takes most of a second. So the catalogue is kept once more as
MessagePack in a cache folder, named by the SHA-256 of the files and the form of the values, and
headed by its own SHA-256. A copy of other files has another name and a damaged one does not fit
its head; both are made anew. Writing is by rename, so many may do it at once; where nothing can
be written (a read-only place) the files are read each time.

No YAML is loaded here: `read` is handed in by who wires it, and called only when needed.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

import msgspec

from chengnuo.law.catalogue import Catalogue

COMPILED_FORM = 1
"""Raise it when a type of the catalogue changes; a test says when."""

_KEPT_COPIES = 4
_DIGEST_BYTES = 32

ReadFiles: TypeAlias = Callable[[Mapping[str, bytes], str], Catalogue]


def law_folder() -> Traversable:
    """Return the folder of the law files, wherever the package is installed."""
    return files("chengnuo").joinpath("knowledge", "law")


def law_files(folder: Traversable) -> dict[str, bytes]:
    """Return the content of each law file by name, in the order of the names."""
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return {name: folder.joinpath(name).read_bytes() for name in names}


def digest_of(content: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of the law files: of their names and contents, in order."""
    digest = hashlib.sha256()
    for name, data in sorted(content.items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def load_catalogue(
    read: ReadFiles, *, cache_folder: Path | None, folder: Traversable | None = None
) -> Catalogue:
    """Return the catalogue of the law files.

    Args:
        read: Reads the files strictly (`law_source.read_catalogue`).
        cache_folder: Where compiled copies are kept, made if missing; only its owner should be
            able to write to it. None reads the files each time.
        folder: The folder of the law files; the package's own if None.

    Raises:
        WrongLawFilesError: From `read`, when the files do not make a catalogue.

    """
    content = law_files(law_folder() if folder is None else folder)
    digest = digest_of(content)
    if cache_folder is None:
        return read(content, digest)
    copy = cache_folder / f"law-{COMPILED_FORM}-{digest}.msgpack"
    catalogue = _compiled(copy)
    if catalogue is None or catalogue.version.digest != digest:
        catalogue = read(content, digest)
        _keep(copy, catalogue)
    return catalogue


def _compiled(copy: Path) -> Catalogue | None:
    """Return what a compiled copy holds; None if there is none or it is damaged."""
    try:
        data = copy.read_bytes()
    except OSError:
        return None
    head, body = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != head:
        return None
    try:
        return msgspec.msgpack.decode(body, type=Catalogue)
    except msgspec.DecodeError:
        return None


def _keep(copy: Path, catalogue: Catalogue) -> None:
    """Write a compiled copy if the place allows it; being without one is only slower."""
    body = msgspec.msgpack.encode(catalogue)
    with suppress(OSError):
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=copy.parent, prefix=".law-")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(hashlib.sha256(body).digest() + body)
            Path(temporary).replace(copy)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _forget_old_copies(copy.parent)


def _forget_old_copies(folder: Path) -> None:
    copies = sorted(folder.glob("law-*.msgpack"), key=lambda each: each.stat().st_mtime)
    for old in copies[:-_KEPT_COPIES]:
        old.unlink(missing_ok=True)
