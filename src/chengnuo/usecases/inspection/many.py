"""Inspecting every package of a folder: one after another or side by side, taken up where it ended.

What is known of a package stands under the SHA-256 of its file. Inspecting takes long and is not
done again while the knowledge is the same and nothing was left out for a limit; judging is quick
and always done anew, beside the register as it is today. So a run that was killed and taken up
gives what one that was not gives.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.engines.archive.limits import NotAPackageError, PackageLimitError
from chengnuo.ports.package_reports import Failed, FoundFile, PackageFiles, ReportShelf
from chengnuo.ports.packages import InspectionUnfinishedError
from chengnuo.usecases.inspection.inspections import Declared, Inspections

REFUSED = (NotAPackageError, PackageLimitError, InspectionUnfinishedError)
"""What a package may come to instead of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """The use case on a folder of packages.

    Attributes:
        inspections: The use cases on one.
        files: The packages.
        shelf: Where reports are kept.
        read: Reads a report that was kept; raises `InvalidInputError` for what is none.
        out: Folder that reports are kept in.
        declared: What each package is held against.
        on: Civil day on which dates are judged; today if None.

    """

    inspections: Inspections
    files: PackageFiles
    shelf: ReportShelf
    read: Callable[[bytes], PackageReport]
    out: Path
    declared: Declared
    on: date | None = None

    def begin(self, folder: Path) -> Sequence[FoundFile]:
        """Take up the folder of reports, and return the files that may be packages, by name.

        Raises:
            FolderNotEmptyError: The folder for reports holds other things.
            InspectionNotKeptError: It cannot be written, or nothing can write tables.

        """
        self.shelf.open(self.out)
        return self.files.found(folder, self.out)

    def one(self, path: Path, sha256: str) -> Failed | None:
        """Inspect and judge one package, and keep its report; return why there is none.

        Raises:
            InspectionNotKeptError: The report cannot be written.

        """
        kept = self.shelf.kept(self.out, sha256)
        inspection = None if kept is None else self._usable(kept, sha256)
        if inspection is None:
            try:
                inspection = self.inspections.inspect(path, lambda _: None)
            except REFUSED as error:
                return Failed(code=error.code, message=str(error))
        data = report_json(self.inspections.report(inspection, self.declared, on=self.on))
        if data != kept:
            self.shelf.keep(self.out, sha256, data)
        return None

    def is_done(self, sha256: str) -> bool:
        """Tell whether a package has been inspected, and inspecting again would give the same."""
        kept = self.shelf.kept(self.out, sha256)
        return kept is not None and self._usable(kept, sha256) is not None

    def finish(
        self, names: Sequence[tuple[str, str]], failed: dict[str, Failed]
    ) -> Iterator[PackageReport]:
        """Write the tables, then yield the report of each package, by SHA-256.

        Args:
            names: Name and SHA-256 of each file, by name.
            failed: Packages without a report, by SHA-256.

        Raises:
            InspectionNotKeptError: They cannot be written.

        """
        done = sorted({sha256 for _, sha256 in names} - failed.keys())
        self.shelf.write_tables(self.out, names, failed, self._reports(done))
        yield from self._reports(done)

    def _usable(self, kept: bytes, sha256: str) -> Inspection | None:
        """Return an inspection that was kept, if inspecting again would give the same."""
        try:
            found = self.read(kept).inspection
        except InvalidInputError:
            return None
        version = str(self.inspections.words.knowledge.version)
        is_same = found.knowledge == version and found.package.sha256 == sha256
        return found if is_same and not found.not_finished else None

    def _reports(self, done: Sequence[str]) -> Iterator[PackageReport]:
        for sha256 in done:
            kept = self.shelf.kept(self.out, sha256)
            if kept is not None:
                yield self.read(kept)
