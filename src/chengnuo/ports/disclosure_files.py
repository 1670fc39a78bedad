"""Port: files that are published, or handed on to somebody else."""

from pathlib import Path
from typing import Protocol

from chengnuo.domain.observation.published import PublishedFile


class DisclosureFiles(Protocol):
    """Reads such files."""

    def read(self, path: Path) -> PublishedFile:
        """Read a template, page, JSON, YAML, CSV or Excel file, told by its name and content.

        What is named JSON or YAML and is neither is read as a template.

        Raises:
            NotTextError: It is neither text nor a workbook.
            TextUnreadableError: It cannot be read, is damaged, or is too large.

        """
        ...
