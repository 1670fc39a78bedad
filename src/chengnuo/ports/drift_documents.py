"""Port: a table of drift as a document for people."""

from typing import Protocol

from chengnuo.base.text import Lang
from chengnuo.domain.finding.drift import DriftTable
from chengnuo.domain.finding.drift_words import DriftWords


class DriftWriter(Protocol):
    """Writes tables of drift in one format; the same table gives the same bytes."""

    @property
    def format(self) -> str:
        """Short name of the format, as `html`."""
        ...

    def write(self, table: DriftTable, words: DriftWords, lang: Lang) -> bytes:
        """Return the table as a file in one language."""
        ...
