"""Publishing a register: every document in both languages and all formats, kept for good.

The same register and the same law give the same bytes, so publishing again changes nothing.
Each publication says what changed since the one before, found from the public part of the
register that was published with it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from chengnuo.base.digest import Digest, sha256_hex, short
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document import Document
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.disclosure.publication import (
    INDEX,
    PublishedName,
    documents_of,
    index_document,
    path_of,
)
from chengnuo.domain.register.blanks import BlankKind, blanks_of
from chengnuo.domain.register.canonical import canonical_bytes, version_of
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.kinds import RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import RegisterRefusedError
from chengnuo.domain.register.reading import read_tree
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.documents import DocumentWriter, PublicationWriters
from chengnuo.ports.publication_place import PublicationDamagedError, PublicationPlace
from chengnuo.usecases.publication_manifest import (
    MANIFEST,
    Kept,
    manifest_of,
    read_manifest,
    top_manifest,
)

REGISTER = "register.json"

Documents = Mapping[AppId, tuple[Document, ...]]


class UnfinishedRegisterError(InvalidInputError):
    """People would read places that a draft left open; what is told has to be true and whole."""

    code = "register-unfinished"

    def __init__(self, places: tuple[tuple[RowRef, str], ...]) -> None:
        row, path = places[0]
        super().__init__(
            f"{len(places)} places that people read are still to be completed; first: "
            f"`{path}` of {row}"
        )
        self.places = places


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing came to.

    Attributes:
        kept: The publication that is current now.
        is_new: False if the same had been published before and nothing was changed.

    """

    kept: Kept
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The use case of publishing.

    Attributes:
        catalogue: The law catalogue.
        writers: What writes the files.

    """

    catalogue: Catalogue
    writers: PublicationWriters

    def publish(
        self,
        register: Register,
        place: PublicationPlace,
        *,
        on_file: Callable[[str], None] | None = None,
    ) -> Published:
        """Publish a register, or leave everything as it is if the same is published already.

        Args:
            register: The register.
            place: Where to; what it holds is kept.
            on_file: Called with the path of each file once it is made.

        Raises:
            UnfinishedRegisterError: A draft left places open that people would read
                (PIPL Art. 17: true, accurate and complete).
            PlaceTakenError: The place holds other things.
            PublicationDamagedError: The publication before is not what was published.
            PublicationNotWrittenError: The place cannot be written to.
            DocumentNotMadeError: A file could not be made; nothing is written.

        """
        left = tuple(_left_open(register))
        if left:
            raise UnfinishedRegisterError(left)
        kept = self.kept(place)
        latest = kept[-1] if kept else None
        version = Digest(version_of(register))
        if latest is not None and latest.register == version:
            again = self._by_id(kept, latest.before)
            files, _ = self._make(register, place, again, latest.id, latest.number, whole=False)
            if all(
                latest.files.get(path) == sha256_hex(data)
                for path, data in files.items()
                if path != MANIFEST
            ):
                self._show(place, kept, latest, register)
                return Published(kept=latest, is_new=False)
        taken = {one.id for one in kept}
        name = _free_name(short(version), taken)
        files, entry = self._make(
            register, place, latest, name, len(kept) + 1, whole=True, on_file=on_file
        )
        place.keep(name, files)
        self._show(place, (*kept, entry), entry, register)
        return Published(kept=entry, is_new=True)

    def kept(self, place: PublicationPlace) -> tuple[Kept, ...]:
        """Return the publications of a place, oldest first.

        Raises:
            PlaceTakenError: The place holds other things.
            PublicationDamagedError: A manifest is not one.

        """
        found = [read_manifest(name, data) for name, data in place.publications().items()]
        return tuple(sorted(found, key=lambda one: one.number))

    def _by_id(self, kept: tuple[Kept, ...], wanted: str | None) -> Kept | None:
        return next((one for one in kept if one.id == wanted), None)

    def _make(  # noqa: PLR0913  what names a publication, and where it comes from
        self,
        register: Register,
        place: PublicationPlace,
        before: Kept | None,
        name: str,
        number: int,
        *,
        whole: bool,
        on_file: Callable[[str], None] | None = None,
    ) -> tuple[dict[str, bytes], Kept]:
        old = None if before is None else self._register_of(place, before)
        documents = self._documents(register, before, old)
        files: dict[str, bytes] = dict(self.writers.beside)
        files[REGISTER] = canonical_bytes(public_part(register)) + b"\n"
        index = index_document(documents, suffixes=self._suffixes())
        for lang, writer in self.writers.index.items():
            files[INDEX[lang]] = writer.write(index, lang)
        for path, writer, document, lang in self._files(documents):
            if whole or writer.format not in self.writers.costly:
                files[path] = writer.write(document, lang)
                if on_file is not None:
                    on_file(path)
        entry = Kept(
            id=name,
            number=number,
            register=Digest(version_of(register)),
            law=str(self.catalogue.version),
            updated=index.facts.updated,
            effective=index.facts.effective,
            before=None if before is None else before.id,
            files={path: sha256_hex(files[path]) for path in sorted(files)},
        )
        files[MANIFEST] = manifest_of(entry)
        return files, entry

    def _documents(
        self, register: Register, before: Kept | None, old: Register | None
    ) -> Documents:
        return documents_of(
            register,
            self.catalogue,
            before=old,
            before_version=None if before is None else before.register,
        )

    def _register_of(self, place: PublicationPlace, kept: Kept) -> Register:
        """Return the public part that was published, and hold it to its digest."""
        data = place.read(kept.id, REGISTER)
        if sha256_hex(data) != kept.files.get(REGISTER):
            raise PublicationDamagedError(kept.id, f"`{REGISTER}` is not what was published")
        try:
            tree = json.loads(data)
            return read_tree(tree, catalogue=self.catalogue, name=REGISTER).register
        except (ValueError, RegisterRefusedError) as error:
            raise PublicationDamagedError(kept.id, f"`{REGISTER}` cannot be read") from error

    def _show(
        self,
        place: PublicationPlace,
        kept: tuple[Kept, ...],
        current: Kept,
        register: Register,
    ) -> None:
        """Put up the pages above the publications, which name the current one and the earlier."""
        before = self._by_id(kept, current.before)
        old = None if before is None else self._register_of(place, before)
        earlier = tuple(
            PublishedName(one.id, one.register, one.updated, one.effective)
            for one in reversed(kept)
            if one.id != current.id
        )
        index = index_document(
            self._documents(register, before, old),
            suffixes=self._suffixes(),
            base="current/",
            earlier=earlier,
        )
        top = dict(self.writers.beside)
        for lang, writer in self.writers.index.items():
            top[INDEX[lang]] = writer.write(index, lang)
        top[MANIFEST] = top_manifest(kept, current)
        place.show(current.id, top)

    def _files(self, documents: Documents) -> Iterator[tuple[str, DocumentWriter, Document, Lang]]:
        for app, each in documents.items():
            for document in each:
                for lang in Lang:
                    for writer in self.writers.documents.values():
                        yield path_of(app, lang, document, writer.suffix), writer, document, lang

    def _suffixes(self) -> dict[str, str]:
        return {name: writer.suffix for name, writer in self.writers.documents.items()}


def _left_open(register: Register) -> Iterator[tuple[RowRef, str]]:
    """Yield the places of the public part where a draft knew nothing and nobody wrote since."""
    for ref, row in rows(public_part(register)).items():
        for blank in blanks_of(write(row)):
            if blank.kind is not BlankKind.PERIOD:
                yield ref, blank.path


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
