"""`chengnuo audit pack`: everything that an audit of a period asks for, in one ZIP."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from chengnuo.base.text import Lang, Text
from chengnuo.domain.governance.audit_period import audit_period
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    SETTINGS,
    hold_free,
    json_text,
)
from chengnuo.ports.evidence_log import LogLockedError
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.evidence.evidence_file import Asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chengnuo.base.canonical import Tree
    from chengnuo.usecases.governance.audit_packs import PackMade
    from chengnuo.usecases.governance.duty_tools import DutyTools
    from chengnuo.usecases.governance.pack_sources import Progress

_STEPS = {
    "records": Text("读取期间内的记录", "Reading the records of the period"),
    "parts": Text("汇集各部分", "Gathering the parts"),
    "files": Text("写各部分的文件", "Writing the files of the parts"),
    "report": Text("排印报告", "Setting the report"),
    "leaves": Text("写全部记录", "Writing all records"),
}
_WRITTEN = Text(
    "审计包已写入 {file}：{files} 个文件，期间 {period} 内 {records} 条记录\nSHA-256：{sha256}\n"
    "用 chengnuo-verify {file} 核验。",
    "the audit pack is in {file}: {files} files, {records} records of {period}\n"
    "SHA-256: {sha256}\nverify it with `chengnuo-verify {file}`",
)
_ROW = Text("{title}：{rows} 行", "{title}: {rows} rows")
_NOT_RECORDED = Text(
    "有服务正在写日志：列表已签名，但交出这一份没有记入日志。要记入日志，请在控制台「证据文件」页面申请。",
    "a service writes the log: the list is signed, but that this pack was handed out is not in the"
    " log; to have it recorded, ask for it in the console, under Evidence files",
)
_REASON = "合规审计 compliance audit {period}"


@click.command("pack")
@click.option(
    "--period",
    required=True,
    metavar="PERIOD",
    help="期间：2026Q4、2026、2026-11 或 2026-10-01..2026-12-31（北京时间）。 Period.",
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    help="写入的文件。 File to write.",
)
@click.option("--reason", help="为什么制作；记入日志。 Why; it is recorded.")
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def pack(  # noqa: PLR0913  one for each option
    app: App,
    *,
    period: str,
    out: Path,
    reason: str | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Write everything that an audit of a period asks for: one ZIP, signed, that verifies itself.

    Working papers, the lists and rules as they were, controls with results, findings and their
    fate, requests and deadlines, incidents, complaints, transfers, assessments, releases with
    attestations, price statements, checkpoints, every record of the period with proof; as XLSX,
    JSON and PDF, without personal information. Beside a running service it is made as well, signed
    and not recorded. The same state gives the same files.

    Exit status: 0 written, 2 a wrong period or reason, no log, or the file is there already, 3 not
    finished.

    Example: chengnuo audit pack --period 2026Q4 --data ./data -o pack.zip
    """
    wanted = audit_period(period)
    hold_free(out, force=force)
    why = checked_reason(_REASON.format(period=wanted) if reason is None else reason)
    asking = Asking(by="cli", reason=why, single_person=True)
    with _tools(app, data, settings_file) as tools, _progress(app.lang) as told:
        made = tools.packs().make(wanted, out, asking=asking, progress=told)
    if as_json:
        click.echo(json_text(_tree(made, out)))
        return
    facts = made.facts
    for part in facts.parts:
        title = part.title.in_lang(app.lang)
        click.echo(_ROW.in_lang(app.lang).format(title=title, rows=len(part.rows)))
    said = _WRITTEN.in_lang(app.lang)
    values = {"file": out, "files": made.files, "period": facts.period, "sha256": made.sha256}
    click.echo(said.format(records=facts.records, **values))
    if not made.recorded:
        click.echo(_NOT_RECORDED.in_lang(app.lang), err=True)


@contextmanager
def _tools(app: App, data: Path | None, settings_file: Path | None) -> "Iterator[DutyTools]":
    """Open the data folder to record what is handed out, or beside whoever writes its log."""
    opening = app.duties(data, settings_file, writing=True)
    try:
        tools = opening.__enter__()
    except LogLockedError:
        opening = app.duties(data, settings_file, writing=False)
        tools = opening.__enter__()
    try:
        yield tools
    except BaseException:
        opening.__exit__(*sys.exc_info())
        raise
    opening.__exit__(None, None, None)


@contextmanager
def _progress(lang: Lang) -> "Iterator[Progress]":
    """A bar on stderr, and only where a person watches."""
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task("")

        def told(step: str, done: int, total: int) -> None:
            bar.update(
                task, description=_STEPS[step].in_lang(lang), completed=done, total=total or 1
            )

        yield told


def _tree(made: "PackMade", out: Path) -> "Tree":
    facts = made.facts
    return {
        "file": str(out),
        "sha256": made.sha256,
        "files": made.files,
        "period": facts.period,
        "from": facts.start,
        "to": facts.end,
        "records": facts.records,
        "recorded": made.recorded,
        "complete": list(facts.complete),
        "parts": [{"id": part.id, "rows": len(part.rows)} for part in facts.parts],
    }
