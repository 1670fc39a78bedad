"""Folders of packages, and the folder that their reports are kept in.

A report is written beside its place and renamed into it: whoever is killed leaves whole reports
alone, and the next run takes up from there.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.packages.tables import Tables, write_tables
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.engines.archive.limits import NotAPackageError
from chengnuo.ports.package_reports import Failed, FoundFile, InspectionNotKeptError
from chengnuo.ports.register_target import FolderNotEmptyError

_ARCHIVE = b"PK"
_REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class PackageFolder:
    """`PackageFiles` of this machine."""

    def found(self, folder: Path, out: Path) -> Sequence[FoundFile]:
        """See `PackageFiles.found`."""
        left_out = out.resolve()
        return sorted(
            FoundFile(name=path.relative_to(folder).as_posix(), path=path)
            for path in _files(folder, left_out)
            if _begins_as_archive(path)
        )

    def digest(self, path: Path) -> str:
        """See `PackageFiles.digest`."""
        try:
            with path.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise NotAPackageError("the file cannot be opened") from error


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """`ReportShelf` in a folder: `reports/<sha256>.json`, and the tables beside it."""

    def open(self, out: Path) -> None:
        """See `ReportShelf.open`."""
        Tables.load()
        reports = out / _REPORTS
        if out.exists() and not reports.is_dir():
            other = next(iter(sorted(each.name for each in out.iterdir())), None)
            if other is not None:
                raise FolderNotEmptyError(str(out), other)
        try:
            reports.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InspectionNotKeptError(_why(error)) from error

    def kept(self, out: Path, sha256: str) -> bytes | None:
        """See `ReportShelf.kept`."""
        try:
            return _report(out, sha256).read_bytes()
        except OSError:
            return None

    def keep(self, out: Path, sha256: str, report: bytes) -> None:
        """See `ReportShelf.keep`."""
        place = _report(out, sha256)
        beside = place.with_suffix(".part")
        try:
            beside.write_bytes(report)
            beside.replace(place)
        except OSError as error:
            raise InspectionNotKeptError(_why(error)) from error

    def write_tables(
        self,
        out: Path,
        names: Sequence[tuple[str, str]],
        failed: Mapping[str, Failed],
        reports: Iterable[PackageReport],
    ) -> None:
        """See `ReportShelf.write_tables`."""
        try:
            write_tables(out, names, failed, reports)
        except OSError as error:
            raise InspectionNotKeptError(_why(error)) from error


def _report(out: Path, sha256: str) -> Path:
    return out / _REPORTS / f"{sha256}.json"


def _why(error: OSError) -> str:
    return error.strerror or "the disk refused"


def _files(folder: Path, left_out: Path) -> Iterator[Path]:
    """Yield the regular files below a folder; what cannot be looked into is passed over."""
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(each for each in folders if (here / each).resolve() != left_out)
        for name in names:
            path = here / name
            try:
                is_file = stat.S_ISREG(path.lstat().st_mode)
            except OSError:
                continue
            if is_file:
                yield path


def _begins_as_archive(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            return opened.read(len(_ARCHIVE)) == _ARCHIVE
    except OSError:
        return False
