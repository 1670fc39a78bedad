"""Inspecting a folder of packages: a bar on stderr, a summary on stdout, reports in a folder."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import cut, padded, plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_verdict import is_packed, read_before_consent
from chengnuo.domain.finding.package_words import app_title
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import json_text
from chengnuo.doors.cli.root import (
    EXIT_FINDINGS,
    EXIT_UNDECIDED,
    EXIT_UNFINISHED,
    EXIT_WRONG_INPUT,
)
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.engines.archive.limits import NotAPackageError
from chengnuo.ports.package_reports import Failed, FoundFile
from chengnuo.usecases.inspection.inspections import Declared, Inspections
from chengnuo.usecases.inspection.many import Many

Way = Callable[[Many, Mapping[str, Path]], Iterator[tuple[str, Failed | None]]]
"""Inspects packages, given by SHA-256, and yields why there is no report of one."""
_NAME_WIDTH = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What is told of one file."""

    name: str
    sha256: str
    app: str = ""
    open_findings: int = 0
    reads: int = 0
    is_whole: bool = True
    is_packed: bool = False
    failed: Failed | None = None


def side_by_side(jobs: int) -> Way:
    """Return the way of inspecting packages in this process, some at a time."""

    def each(many: Many, packages: Mapping[str, Path]) -> Iterator[tuple[str, Failed | None]]:
        with ThreadPoolExecutor(jobs) as pool:
            working = {
                pool.submit(many.one, path, sha256): sha256 for sha256, path in packages.items()
            }
            try:
                for one in as_completed(working):
                    yield working[one], one.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    return each


def inspect_folder(  # noqa: PLR0913  one for each option
    app: App,
    inspections: Inspections,
    folder: Path,
    out: Path,
    declared: Declared,
    *,
    on: date | None,
    way: Way,
    as_json: bool,
) -> int:
    """Inspect every package below a folder, tell what was found, and return the exit status.

    Raises:
        FolderNotEmptyError: The folder for reports holds other things.
        InspectionNotKeptError: Reports cannot be written.
        BatchUnavailableError: The cluster does not answer; what is done is kept.

    """
    many = Many(
        inspections=inspections,
        files=app.package_files(),
        shelf=app.report_shelf(),
        read=read_report,
        out=out,
        declared=declared,
        on=on,
    )
    found = many.begin(folder)
    names, failed = _run(many, found, way, app.lang)
    lines = _lines(many, names, failed)
    if as_json:
        click.echo(json_text(_tree(lines, out)))
    else:
        click.echo(_text(lines, out, app.lang))
    return _status(lines)


def _run(
    many: Many, found: Sequence[FoundFile], way: Way, lang: Lang
) -> tuple[list[tuple[str, str]], dict[str, Failed]]:
    """Inspect each package once, whatever the number of its copies."""
    names: list[tuple[str, str]] = []
    failed: dict[str, Failed] = {}
    first: dict[str, Path] = {}
    with _bar(lang) as bar:
        task = bar.add_task("", total=len(found))
        for one in found:
            try:
                sha256 = many.files.digest(one.path)
            except NotAPackageError as error:
                bar.advance(task)
                failed[""] = Failed(code=error.code, message=str(error))
                names.append((one.name, ""))
                continue
            names.append((one.name, sha256))
            if sha256 in first:
                bar.advance(task)
            first.setdefault(sha256, one.path)
        for sha256, outcome in way(many, first):
            if outcome is not None:
                failed[sha256] = outcome
            bar.advance(task)
    return names, failed


def _bar(lang: Lang) -> Progress:
    """A bar on stderr, and only where a person watches."""
    if not sys.stderr.isatty():
        click.echo(_INSPECTING.in_lang(lang), err=True)
    return Progress(
        TextColumn(_INSPECTING.in_lang(lang)),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def _lines(many: Many, names: Sequence[tuple[str, str]], failed: dict[str, Failed]) -> list[_Line]:
    about: dict[str, _Line] = {}
    for report in many.finish(names, failed):
        inspection = report.inspection
        sha256 = inspection.package.sha256
        about[sha256] = _Line(
            name="",
            sha256=sha256,
            app=app_title(inspection.package),
            open_findings=sum(1 for one in report.findings if one.is_open),
            reads=len(read_before_consent(inspection)),
            is_whole=not inspection.unread and not inspection.not_finished,
            is_packed=is_packed(inspection),
        )
    return [_named(name, sha256, about, failed) for name, sha256 in names]


def _named(name: str, sha256: str, about: dict[str, _Line], failed: dict[str, Failed]) -> _Line:
    if sha256 not in about:
        return _Line(name=name, sha256=sha256, failed=failed[sha256])
    known = about[sha256]
    return _Line(
        name=name,
        sha256=sha256,
        app=known.app,
        open_findings=known.open_findings,
        reads=known.reads,
        is_whole=known.is_whole,
        is_packed=known.is_packed,
    )


def _status(lines: Sequence[_Line]) -> int:
    """Return the exit status: of the packages; a file that is none is told and does not count."""
    told = [one for one in lines if one.failed is None]
    refused = [one.failed for one in lines if one.failed is not None]
    if any(one.code != NotAPackageError.code for one in refused):
        return EXIT_UNFINISHED
    if not told:
        return EXIT_WRONG_INPUT
    if any(one.open_findings for one in told):
        return EXIT_FINDINGS
    if not all(one.is_whole for one in told):
        return EXIT_UNFINISHED
    return EXIT_UNDECIDED if any(one.is_packed for one in told) else 0


def _text(lines: Sequence[_Line], out: Path, lang: Lang) -> str:
    shown = [f"{padded(plain(one.name), _NAME_WIDTH)}  {_outcome(one, lang)}" for one in lines]
    inspected = [one for one in lines if one.failed is None]
    with_findings = sum(1 for one in inspected if one.open_findings)
    refused = len(lines) - len(inspected)
    summary = Text(
        f"检查了 {len(inspected)} 个安装包，{with_findings} 个有需要处理的问题；"
        f"{refused} 个文件没有结果。报告与表格在 {out}。",
        f"packages inspected: {len(inspected)}; with findings: {with_findings}; files without an"
        f" outcome: {refused}; reports and tables are in {out}",
    )
    return "\n".join([*shown, summary.in_lang(lang)])


def _outcome(one: _Line, lang: Lang) -> str:
    if one.failed is not None:
        return f"{error_text(one.failed.code, lang)} ({one.failed.code})"
    said = Text(
        f"问题 {one.open_findings} · 同意之前读取 {one.reads} 处",
        f"findings {one.open_findings} · reads before consent {one.reads}",
    ).in_lang(lang)
    packed = f" · {_PACKED.in_lang(lang)}" * one.is_packed
    unread = f" · {_UNREAD.in_lang(lang)}" * (not one.is_whole)
    return cut(f"{said}{packed}{unread}", 100)


def _tree(lines: Sequence[_Line], out: Path) -> Tree:
    return {
        "out": str(out),
        "packages": [
            {
                "name": one.name,
                "sha256": one.sha256,
                "app": one.app,
                "openFindings": one.open_findings,
                "readsBeforeConsent": one.reads,
                "whole": one.is_whole and one.failed is None,
                "packed": one.is_packed,
                "error": None
                if one.failed is None
                else {"code": one.failed.code, "message": one.failed.message},
            }
            for one in lines
        ],
    }


_INSPECTING = Text("检查安装包", "inspecting packages")
_PACKED = Text("已加固", "packed")
_UNREAD = Text("有部分没有看到", "parts not seen")
