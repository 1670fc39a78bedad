"""Publications in a folder that any web server can serve.

    OUT/index.html, index.en.html, style.css, manifest.json    what leads to all of it
    OUT/current/…                                              the publication that holds now
    OUT/archive/<publication>/…                                every publication, for good

A publication is written into a hidden folder beside its place and then renamed, so it is there
whole or not at all. `current` is exchanged by renaming too; what a crash leaves half exchanged
is put right the next time.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chengnuo.ports.publication_place import (
    PlaceTakenError,
    PublicationDamagedError,
    PublicationExistsError,
    PublicationNotWrittenError,
)

ARCHIVE, CURRENT, MANIFEST = "archive", "current", "manifest.json"
_STAGING = ".chengnuo-new-"
_REPLACED = ".chengnuo-old"


@dataclass(frozen=True, slots=True)
class PublicationFolder:
    """Keeps publications in a folder; made when the first one is kept."""

    folder: Path

    def publications(self) -> dict[str, bytes]:
        """Return the manifest of every kept publication by its name."""
        self._refuse_other_things()
        archive = self.folder / ARCHIVE
        found: dict[str, bytes] = {}
        if archive.is_dir():
            for each in sorted(archive.iterdir()):
                if not each.name.startswith("."):
                    found[each.name] = self.read(each.name, MANIFEST)
        return found

    def read(self, publication: str, path: str) -> bytes:
        """Return a file of a kept publication."""
        place = self.folder / ARCHIVE / publication / path
        try:
            return place.read_bytes()
        except OSError as error:
            raise PublicationDamagedError(publication, f"`{path}` cannot be read") from error

    def keep(self, publication: str, files: Mapping[str, bytes]) -> None:
        """Keep a publication for good, whole or not at all."""
        with self._writing():
            archive = self.folder / ARCHIVE
            archive.mkdir(parents=True, exist_ok=True)
            self._forget_unfinished()
            place = archive / publication
            if place.exists():
                raise PublicationExistsError(publication)
            with self._staging() as staging:
                for path, data in files.items():
                    _write(staging / path, data)
                staging.rename(place)

    def show(self, publication: str, top: Mapping[str, bytes]) -> None:
        """Make a kept publication the current one, with the pages above it."""
        with self._writing():
            self._forget_unfinished()
            kept, current = self.folder / ARCHIVE / publication, self.folder / CURRENT
            if not _same_files(kept, current):
                with self._staging() as staging:
                    shutil.copytree(kept, staging, dirs_exist_ok=True)
                    replaced = self.folder / _REPLACED
                    if current.exists():
                        current.rename(replaced)
                    staging.rename(current)
                    shutil.rmtree(replaced, ignore_errors=True)
            for name, data in top.items():
                _replace(self.folder / name, data)

    def _refuse_other_things(self) -> None:
        if not self.folder.exists():
            return
        names = {each.name for each in self.folder.iterdir() if not each.name.startswith(".")}
        if names and ARCHIVE not in names:
            raise PlaceTakenError(min(names))

    def _forget_unfinished(self) -> None:
        for each in self.folder.glob(f"{_STAGING}*"):
            shutil.rmtree(each, ignore_errors=True)
        replaced, current = self.folder / _REPLACED, self.folder / CURRENT
        if replaced.exists():
            if current.exists():
                shutil.rmtree(replaced, ignore_errors=True)
            else:
                replaced.rename(current)

    @contextmanager
    def _staging(self) -> Iterator[Path]:
        staging = self.folder / f"{_STAGING}{secrets.token_hex(8)}"
        staging.mkdir(parents=True)
        try:
            yield staging
        finally:
            if staging.exists():
                shutil.rmtree(staging, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PublicationNotWrittenError(error.strerror or "input/output error") from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())


def _replace(path: Path, data: bytes) -> None:
    if path.is_file() and path.read_bytes() == data:
        return
    new = path.with_name(f"{_STAGING}{path.name}")
    _write(new, data)
    new.replace(path)


def _same_files(one: Path, other: Path) -> bool:
    """Tell whether two folders are one publication: the manifest names all the rest."""
    mine, theirs = one / MANIFEST, other / MANIFEST
    return theirs.is_file() and mine.read_bytes() == theirs.read_bytes()
