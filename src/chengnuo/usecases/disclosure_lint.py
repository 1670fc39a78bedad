"""Files that are published or handed on, looked through before they go out."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chengnuo.domain.finding.lint_check import Audience, DisclosureLint, Located
from chengnuo.domain.inspection.published.fields import published_fields
from chengnuo.ports.disclosure_files import DisclosureFiles


@dataclass(frozen=True, slots=True)
class DisclosureLints:
    """The use case.

    Attributes:
        files: Reads the files.
        lint: Judges what they give out.

    """

    files: DisclosureFiles
    lint: DisclosureLint

    def located(self, paths: Iterable[Path], audience: Audience) -> tuple[Located, ...]:
        """Return what is wrong with files that go to somebody and where, the worst first.

        Raises:
            NotTextError: A file is neither text nor a workbook.
            TextUnreadableError: A file cannot be read, is damaged, or is too large.

        """
        read = (published_fields(self.files.read(path)) for path in paths)
        return self.lint.located(read, audience)
