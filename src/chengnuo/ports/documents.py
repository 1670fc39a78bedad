"""Turning a document value into a file of some format."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document import Document


class DocumentNotMadeError(UnavailableError):
    """A writer could not make the file: it ran out of time or memory, or lacks a part."""

    code = "document-not-made"

    def __init__(self, file_format: str, reason: str) -> None:
        super().__init__(f"the `{file_format}` form of a document could not be made: {reason}")
        self.file_format = file_format
        self.reason = reason


class DocumentWriter(Protocol):
    """Writes a document in one format; the same document gives the same bytes."""

    @property
    def format(self) -> str:
        """Short name of the format, as `pdf`."""
        ...

    @property
    def media_type(self) -> str:
        """Media type, as `application/pdf`."""
        ...

    @property
    def suffix(self) -> str:
        """End of file names, with the dot, as `.pdf`."""
        ...

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as a file in one language.

        Raises:
            DocumentNotMadeError: The file could not be made just now.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationWriters:
    """What writes a publication.

    Attributes:
        documents: One writer for each format, by the name that people see, as `PDF`.
        index: Writes the first page of a publication.
        beside: Files that pages need beside them, as the style sheet; same for every publication.
        costly: Formats (`DocumentWriter.format`) that take long and hold nothing more; they are
            left out when two publications are compared.

    """

    documents: Mapping[str, DocumentWriter]
    index: Mapping[Lang, DocumentWriter]
    beside: Mapping[str, bytes]
    costly: frozenset[str] = frozenset()
