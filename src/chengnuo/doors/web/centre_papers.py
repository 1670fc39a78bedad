"""What is published: which document stands on which page, and as which file it can be had.

A document is derived and set once for each version, app and language, and a file of it written
once for each format, because both take longer than reading a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.changes_note import changes_note
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.disclosure.service_figures import service_figures
from chengnuo.domain.dossier.service_figures import ServiceFigures
from chengnuo.domain.register.ids import AppId, Version
from chengnuo.domain.register.model import Register
from chengnuo.doors.web.document_view import DocumentView, document_view
from chengnuo.doors.web.rendering import Link
from chengnuo.ports.documents import DocumentWriter
from chengnuo.usecases.register_desk import Desk, Served

_FILES_KEPT = 64
_SET_KEPT = 32
_DECLARED_KEPT = 4
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

    def __init__(self, desk: Desk, writers: Sequence[DocumentWriter]) -> None:
        """Take the desk that knows the registers, and a writer for each format."""
        self._desk = desk
        self.declared = lru_cache(maxsize=_DECLARED_KEPT)(self._declared_in)
        self._set = lru_cache(maxsize=_SET_KEPT)(self._set_anew)
        self._writers = {writer.format: writer for writer in writers}
        self._written = lru_cache(maxsize=_FILES_KEPT)(self._write)

    @property
    def served(self) -> Served | None:
        """What is served now."""
        return self._desk.current()

    def document(self, paper: str, version: Version, app: AppId, lang: Lang) -> DocumentView:
        """Return a document of a kept version; `paper` is a key of `PAPERS`."""
        return self._set(paper, version, app, lang)

    def changes(self, old: str, new: str, app: AppId, lang: Lang) -> DocumentView:
        """Return what changed for people between two versions; `old` is the earlier one.

        Raises:
            UnknownVersionError: No such version.

        """
        before, after = (self.declared(self.kept(version), app) for version in (old, new))
        return document_view(changes_note(before, after), lang)

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
        document = service_figures(self.declared(served.version, app), figures)
        return PaperFile(
            content=writer.write(document, lang),
            media_type=writer.media_type,
            name=f"{name}-{figures.until.isoformat()}-{lang}{writer.suffix}",
        )

    def _write(
        self, paper: str, file_format: str, app: AppId, version: Version, lang: Lang
    ) -> bytes:
        document = derive(self.declared(version, app), PAPERS[paper])
        return self._writers[file_format].write(document, lang)

    def _set_anew(self, paper: str, version: Version, app: AppId, lang: Lang) -> DocumentView:
        return document_view(derive(self.declared(version, app), PAPERS[paper]), lang)

    def _declared_in(self, version: Version, app: AppId) -> Declared:
        served = self._desk.current()
        register = (
            served.register
            if served is not None and served.version == version
            else self.register_of(version)
        )
        return Declared(register=register, catalogue=self._desk.catalogue, app_id=app)
