"""What is published: which document stands on which page, and as which file it can be had.

Documents are derived from the register at every request; a file is written once for each
version, app, language and format, because writing a PDF takes longer than reading a page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.changes_note import changes_note
from chengnuo.domain.disclosure.collection_list import collection_document
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Document, DocumentKind
from chengnuo.domain.disclosure.service_figures import service_figures
from chengnuo.domain.disclosure.sharing_list import sharing_document
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.dossier.service_figures import ServiceFigures
from chengnuo.domain.register.ids import AppId, Version
from chengnuo.domain.register.model import Register
from chengnuo.doors.web.rendering import Link
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.register_desk import Desk, Served

_FILES_KEPT = 64
PAPERS: Mapping[str, DocumentKind] = {
    "information": DocumentKind.COLLECTION_LIST,
    "recipients": DocumentKind.SHARING_LIST,
    "rules": DocumentKind.PROCESSING_RULES,
    "summary": DocumentKind.SUMMARY_TABLE,
    "responsibility": DocumentKind.RESPONSIBILITY,
    "minors": DocumentKind.MINORS_RULES,
    "first-run": DocumentKind.FIRST_RUN_NOTICE,
    "moments": DocumentKind.JUST_IN_TIME,
    "prompts": DocumentKind.SEPARATE_CONSENTS,
}
"""The published documents by the page on which they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A document as a file."""

    content: bytes
    media_type: str
    name: str


class Papers:
    """Gives the documents of a register, and their files."""

    def __init__(
        self,
        desk: Desk,
        writers: Sequence[DocumentWriter],
        used_by: Callable[[PersonKey], Used],
    ) -> None:
        """Take the desk that knows the registers, a writer for each format, and what counts."""
        self._desk = desk
        self._used_by = used_by
        self._writers = {writer.format: writer for writer in writers}
        self._written = lru_cache(maxsize=_FILES_KEPT)(self._write)

    @property
    def served(self) -> Served | None:
        """What is served now."""
        return self._desk.current()

    def document(self, paper: str, register: Register, app: AppId) -> Document:
        """Return a document; `paper` is a key of `PAPERS`."""
        return derive(self._declared(register, app), PAPERS[paper])

    def document_for(
        self, paper: str, register: Register, app: AppId, person: PersonKey
    ) -> Document:
        """Return a document as one individual sees it: the two lists with their own numbers."""
        declared = self._declared(register, app)
        if paper == "information":
            return collection_document(declared, self._used_by(person))
        if paper == "recipients":
            return sharing_document(declared, self._used_by(person))
        return self.document(paper, register, app)

    def changes(self, old: str, new: str, app: AppId) -> Document:
        """Return what changed for people between two versions; `old` is the earlier one.

        Raises:
            UnknownVersionError: No such version.

        """
        before, after = (self._desk.register_of(version).register for version in (old, new))
        return changes_note(self._declared(before, app), self._declared(after, app))

    def kept(self, version: str) -> Version:
        """Return the whole id of a version, or of the one in force if none is named.

        Raises:
            UnknownVersionError: No such version.
            NoRegisterError: None was named and nothing is served.

        """
        if not version:
            return self._desk.served.version
        return Version(self._desk.versions.one(version).id)

    def register_of(self, version: Version) -> Register:
        """Return the register of a kept version."""
        return self._desk.register_of(version).register

    def files(self, paper: str, app: AppId, version: str | None = None) -> tuple[Link, ...]:
        """Return links to the files of a document, one a format."""
        at = "" if version is None else f"&version={version}"
        return tuple(
            Link(href=f"/centre/files/{paper}{writer.suffix}?app={app}{at}", name=name.upper())
            for name, writer in self._writers.items()
        )

    def file(self, file_name: str, app: AppId, version: Version, lang: Lang) -> PaperFile | None:
        """Return a document of a kept version as a file; None if there is no such file.

        Raises:
            DocumentNotMadeError: The file could not be made just now.

        """
        paper, _, suffix = file_name.partition(".")
        writer = next(
            (each for each in self._writers.values() if each.suffix == f".{suffix}"), None
        )
        if writer is None or paper not in PAPERS:
            return None
        return PaperFile(
            content=self._written(paper, writer.format, app, version, lang),
            media_type=writer.media_type,
            name=f"{paper}-{version[:12]}-{lang}{writer.suffix}",
        )

    def figures(
        self, file_name: str, app: AppId, lang: Lang, figures: ServiceFigures
    ) -> PaperFile | None:
        """Return how complaints and the hotline were answered as a file; None for no such file.

        Raises:
            DocumentNotMadeError: The file could not be made just now.

        """
        name, _, suffix = file_name.partition(".")
        served, writers = self._desk.current(), self._writers.values()
        writer = next((each for each in writers if each.suffix == f".{suffix}"), None)
        if writer is None or served is None:
            return None
        document = service_figures(self._declared(served.register, app), figures)
        return PaperFile(
            content=writer.write(document, lang),
            media_type=writer.media_type,
            name=f"{name}-{figures.until.isoformat()}-{lang}{writer.suffix}",
        )

    def _write(
        self, paper: str, file_format: str, app: AppId, version: Version, lang: Lang
    ) -> bytes:
        document = self.document(paper, self.register_of(version), app)
        return self._writers[file_format].write(document, lang)

    def _declared(self, register: Register, app: AppId) -> Declared:
        return Declared(register=register, catalogue=self._desk.catalogue, app_id=app)
