"""Compiled copies of what data files hold: the same value, without reading the files again.

Reading YAML strictly takes most of a second. So the value is kept once more as MessagePack in a
cache folder, named by the SHA-256 of the files and the form of the values, and headed by its own
SHA-256. A copy of other files has another name and a damaged one does not fit its head; both are
made anew. Writing is by rename, so many may do it at once; where nothing can be written (a
read-only place) the files are read each time.

No YAML is loaded here: `read` is handed in, and called only when needed.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from chengnuo.base.shapes import ready

T = TypeVar("T")

_KEPT_COPIES = 4
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledKind(Generic[T]):
    """One sort of value that is kept compiled.

    Attributes:
        name: First word of the names of its copies.
        form: Number of the form of its types; another form has another name.
        type_: Its type.
        digest: Gives the digest of the files that a value was made of.

    """

    name: str
    form: int
    type_: type[T]
    digest: Callable[[T], str]


def knowledge_folder(name: str) -> Traversable:
    """Return one of the folders of data files, wherever the package is installed."""
    return files("chengnuo").joinpath("knowledge", name)


def yaml_files(folder: Traversable) -> dict[str, bytes]:
    """Return the content of each YAML file by name, in the order of the names."""
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return {name: folder.joinpath(name).read_bytes() for name in names}


def digest_of(content: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of some files: of their names and contents, in order."""
    digest = hashlib.sha256()
    for name, data in sorted(content.items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def load_compiled(
    kind: CompiledKind[T],
    read: Callable[[], T],
    *,
    digest: str,
    cache_folder: Path | None,
    mark: str = "",
) -> T:
    """Return the value of some files, from its copy where there is a good one.

    Args:
        kind: What sort of value.
        read: Reads the files.
        digest: SHA-256 of the files.
        cache_folder: Where compiled copies are kept, made if missing; only its owner should be
            able to write to it. None reads the files each time.
        mark: What else the value depends on; part of the name of the copy.

    """
    if cache_folder is None:
        return read()
    copy = cache_folder / f"{kind.name}-{kind.form}-{mark}{digest}.msgpack"
    value = _compiled(copy, kind.type_)
    if value is None or kind.digest(value) != digest:
        value = read()
        _keep(copy, value, kind.name)
    return value


def _compiled(copy: Path, type_: type[T]) -> T | None:
    """Return what a compiled copy holds; None if there is none or it is damaged."""
    try:
        data = copy.read_bytes()
    except OSError:
        return None
    head, body = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != head:
        return None
    try:
        return msgspec.msgpack.decode(body, type=ready(type_))
    except msgspec.DecodeError:
        return None


def _keep(copy: Path, value: object, name: str) -> None:
    """Write a compiled copy if the place allows it; being without one is only slower."""
    body = msgspec.msgpack.encode(value)
    with suppress(OSError):
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=copy.parent, prefix=f".{name}-")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(hashlib.sha256(body).digest() + body)
            Path(temporary).replace(copy)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _forget_old_copies(copy.parent, name)


def _forget_old_copies(folder: Path, name: str) -> None:
    copies = sorted(folder.glob(f"{name}-*.msgpack"), key=lambda each: each.stat().st_mtime)
    for old in copies[:-_KEPT_COPIES]:
        old.unlink(missing_ok=True)
