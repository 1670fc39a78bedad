"""Port: a report of a package as a document for people, and many of them as tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.base.errors import UnavailableError
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_words import ReportWords


class PackageReportWriter(Protocol):
    """Writes reports of packages in one format; the same report gives the same bytes."""

    @property
    def format(self) -> str:
        """Short name of the format, as `pdf`."""
        ...

    @property
    def media_type(self) -> str:
        """Media type, as `application/pdf`."""
        ...

    def write(self, report: PackageReport, words: ReportWords, lang: Lang) -> bytes:
        """Return the report as a file in one language.

        Raises:
            DocumentNotMadeError: The file could not be made just now.

        """
        ...


class PackagePageWriter(PackageReportWriter, Protocol):
    """Writes reports as pages, and the picture of a first start for a page of another's."""

    def start_picture(self, report: PackageReport, words: ReportWords, lang: Lang) -> str:
        """Return who reads what at the first start, as a figure that holds no style.

        Texts from the package are
        escaped; empty where nothing runs.
        """
        ...


class InspectionNotKeptError(UnavailableError):
    """What was found in many packages cannot be kept: the disk refuses, or a part is missing."""

    code = "inspection-not-kept"

    def __init__(self, why: str) -> None:
        super().__init__(f"reports of packages cannot be kept: {why}")
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FoundFile:
    """A file that may be a package.

    Attributes:
        name: Its path below the folder, with slashes.
        path: Where it is.

    """

    name: str
    path: Path


class PackageFiles(Protocol):
    """The files of a folder that may be packages, told by their content."""

    def found(self, folder: Path, out: Path) -> Sequence[FoundFile]:
        """Return the files that begin as an archive does, by name.

        Args:
            folder: Looked through with all below it; links are not followed.
            out: Left out, should it be below.

        """
        ...

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file.

        Raises:
            NotAPackageError: It can no longer be read.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A package that came to no report.

    Attributes:
        code: Code of the error.
        message: What it says.

    """

    code: str
    message: str


class ReportShelf(Protocol):
    """Keeps the reports of many packages; what is kept survives the process being killed."""

    def open(self, out: Path) -> None:
        """Make the folder, or take up one that was begun.

        Raises:
            FolderNotEmptyError: It holds other things.
            InspectionNotKeptError: It cannot be written, or nothing can write tables.

        """
        ...

    def kept(self, out: Path, sha256: str) -> bytes | None:
        """Return the report of a package by the SHA-256 of the file; None if there is none."""
        ...

    def keep(self, out: Path, sha256: str, report: bytes) -> None:
        """Keep a report, whole or not at all.

        Raises:
            InspectionNotKeptError: It cannot be written.

        """
        ...

    def write_tables(
        self,
        out: Path,
        names: Sequence[tuple[str, str]],
        failed: Mapping[str, Failed],
        reports: Iterable[PackageReport],
    ) -> None:
        """Write the tables, each whole or not at all.

        Args:
            out: The folder.
            names: Name and SHA-256 of each file, by name.
            failed: Packages without a report, by SHA-256.
            reports: The others, by SHA-256 in ascending order; held one at a time.

        Raises:
            InspectionNotKeptError: They cannot be written.

        """
        ...
