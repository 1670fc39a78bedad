"""Reports of many packages as four Parquet tables: packages, observations, sdks, findings.

Written with pyarrow (the extra `parquet`), a report at a time, so that memory does not grow with
their number. The tables are joined by the SHA-256 of the package. Text that the package gives
stands as it is. A table is written beside its place and renamed into it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Self, TypeAlias

from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import read_before_consent
from chengnuo.domain.observation.inspection import SdkSeen
from chengnuo.domain.observation.observation import Observation
from chengnuo.ports.package_reports import Failed, InspectionNotKeptError

Cell: TypeAlias = str | int | bool | list[str] | None
Row: TypeAlias = dict[str, Cell]

_TEXT, _COUNT, _YES, _TEXTS = "text", "count", "yes", "texts"
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "packages": {
        "name": _TEXT,
        "sha256": _TEXT,
        "kind": _TEXT,
        "app_id": _TEXT,
        "version_name": _TEXT,
        "version_code": _COUNT,
        "min_sdk": _COUNT,
        "target_sdk": _COUNT,
        "size": _COUNT,
        "files": _COUNT,
        "methods": _COUNT,
        "signers": _TEXTS,
        "findings": _COUNT,
        "open_findings": _COUNT,
        "observations": _COUNT,
        "reads_before_consent": _COUNT,
        "sdks": _COUNT,
        "unread": _TEXTS,
        "not_finished": _TEXTS,
        "knowledge": _TEXT,
        "law": _TEXT,
        "register": _TEXT,
        "judged_on": _TEXT,
        "error": _TEXT,
        "message": _TEXT,
    },
    "observations": {
        "sha256": _TEXT,
        "id": _TEXT,
        "subject": _TEXT,
        "what": _TEXT,
        "categories": _TEXTS,
        "owner_kind": _TEXT,
        "owner": _TEXT,
        "caused_by_kind": _TEXT,
        "caused_by": _TEXT,
        "permissions": _TEXTS,
        "moment": _TEXT,
        "confidence": _TEXT,
        "file": _TEXT,
        "class_name": _TEXT,
        "method": _TEXT,
        "pc": _COUNT,
        "line": _COUNT,
        "path": _TEXTS,
        "details": _TEXTS,
    },
    "sdks": {
        "sha256": _TEXT,
        "sdk": _TEXT,
        "may_be": _TEXTS,
        "presence": _TEXT,
        "version": _TEXT,
        "moment": _TEXT,
        "signs": _TEXTS,
        "reads": _TEXTS,
    },
    "findings": {
        "sha256": _TEXT,
        "id": _TEXT,
        "rule": _TEXT,
        "severity": _TEXT,
        "standing": _TEXT,
        "duties": _TEXTS,
        "row": _TEXT,
        "field": _TEXT,
        "title_zh": _TEXT,
        "title_en": _TEXT,
        "message_zh": _TEXT,
        "message_en": _TEXT,
        "open": _YES,
        "waiver": _TEXT,
        "observations": _TEXTS,
    },
}
"""The columns of each table, and what is in them."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The library that writes them."""

    arrow: ModuleType
    parquet: ModuleType

    @classmethod
    def load(cls) -> Self:
        """Load pyarrow.

        Raises:
            InspectionNotKeptError: The extra `parquet` is not installed.

        """
        try:
            return cls(import_module("pyarrow"), import_module("pyarrow.parquet"))
        except ImportError as error:
            raise InspectionNotKeptError("the extra `parquet` is not installed") from error


def write_tables(
    out: Path,
    names: Sequence[tuple[str, str]],
    failed: Mapping[str, Failed],
    reports: Iterable[PackageReport],
) -> None:
    """Write the four tables.

    Args:
        out: Folder that they stand in.
        names: Name and SHA-256 of each file, by name.
        failed: Packages without a report, by SHA-256.
        reports: The others.

    Raises:
        InspectionNotKeptError: The extra `parquet` is not installed.
        OSError: The disk refuses.

    """
    library = Tables.load()
    about: dict[str, Row] = {}
    with ExitStack() as stack:
        writers = {name: _Writer(library, out, name, stack) for name in COLUMNS}
        for report in reports:
            sha256 = report.inspection.package.sha256
            about[sha256] = _package(report)
            writers["observations"].add(
                _seen(sha256, one) for one in report.inspection.observations
            )
            writers["sdks"].add(_sdk(sha256, one) for one in report.inspection.sdks)
            writers["findings"].add(_finding(sha256, one) for one in report.findings)
        about.update((sha256, _failure(one)) for sha256, one in failed.items())
        writers["packages"].add(
            {"name": name, "sha256": sha256, **about[sha256]} for name, sha256 in names
        )
    for name in COLUMNS:
        _part(out, name).replace(out / f"{name}.parquet")


class _Writer:
    """Writes one table."""

    def __init__(self, library: Tables, out: Path, name: str, stack: ExitStack) -> None:
        arrow = library.arrow
        types = {
            _TEXT: arrow.string(),
            _COUNT: arrow.int64(),
            _YES: arrow.bool_(),
            _TEXTS: arrow.list_(arrow.string()),
        }
        self._arrow = arrow
        self._columns = COLUMNS[name]
        self._schema = arrow.schema([(key, types[kind]) for key, kind in self._columns.items()])
        place = str(_part(out, name))
        self._writer = stack.enter_context(
            library.parquet.ParquetWriter(place, self._schema, compression="zstd")
        )

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows, as a group of their own."""
        found = list(rows)
        if found:
            columns = {key: [row.get(key) for row in found] for key in self._columns}
            self._writer.write_table(self._arrow.table(columns, schema=self._schema))


def _part(out: Path, name: str) -> Path:
    return out / f"{name}.parquet.part"


def _package(report: PackageReport) -> Row:
    inspection = report.inspection
    facts = inspection.package
    return {
        "kind": facts.kind.value,
        "app_id": facts.app_id,
        "version_name": facts.version_name,
        "version_code": facts.version_code,
        "min_sdk": facts.min_sdk,
        "target_sdk": facts.target_sdk,
        "size": facts.size,
        "files": facts.files,
        "methods": facts.methods,
        "signers": list(facts.signers),
        "findings": len(report.findings),
        "open_findings": sum(1 for one in report.findings if one.is_open),
        "observations": len(inspection.observations),
        "reads_before_consent": len(read_before_consent(inspection)),
        "sdks": len(inspection.sdks),
        "unread": [f"{one.where}: {one.why}" for one in inspection.unread],
        "not_finished": list(inspection.not_finished),
        "knowledge": inspection.knowledge,
        "law": str(report.law_version),
        "register": report.register_version,
        "judged_on": report.on.isoformat(),
    }


def _failure(one: Failed) -> Row:
    return {"error": one.code, "message": one.message}


def _seen(sha256: str, one: Observation) -> Row:
    place = one.place
    return {
        "sha256": sha256,
        "id": one.id,
        "subject": one.subject.value,
        "what": one.what,
        "categories": list(one.categories),
        "owner_kind": one.owner.kind.value,
        "owner": one.owner.id,
        "caused_by_kind": one.caused_by.kind.value,
        "caused_by": one.caused_by.id,
        "permissions": list(one.permissions),
        "moment": one.moment.value,
        "confidence": one.confidence.value,
        "file": place.file,
        "class_name": place.class_name,
        "method": place.method,
        "pc": place.pc,
        "line": place.line,
        "path": list(_way(one)),
        "details": [f"{name}={value}" for name, value in one.details],
    }


def _way(one: Observation) -> Iterator[str]:
    for step in one.path:
        yield f"{step.class_name}.{step.method} @{step.pc}"


def _sdk(sha256: str, one: SdkSeen) -> Row:
    return {
        "sha256": sha256,
        "sdk": one.owner.id,
        "may_be": list(one.owner.also),
        "presence": one.presence.value,
        "version": one.version,
        "moment": one.moment.value,
        "signs": list(one.signs),
        "reads": list(one.reads),
    }


def _finding(sha256: str, one: Finding) -> Row:
    return {
        "sha256": sha256,
        "id": one.id,
        "rule": one.rule,
        "severity": one.severity.value,
        "standing": one.standing.value,
        "duties": list(one.duties),
        "row": str(one.row),
        "field": one.field,
        "title_zh": one.title.zh,
        "title_en": one.title.in_lang(Lang.EN),
        "message_zh": one.message.zh,
        "message_en": one.message.in_lang(Lang.EN),
        "open": one.is_open,
        "waiver": None if one.waived is None else one.waived.waiver,
        "observations": list(one.observations),
    }
