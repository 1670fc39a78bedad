"""`chengnuo price audit`: are the prices of a log the same for everybody, and is that proved?"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.publishing import FLOOR
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.audit_text import audit_as_text, audit_as_tree
from chengnuo.doors.cli.engine_option import ENGINE, batching
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    SETTINGS,
    hold_free,
    write_out,
)
from chengnuo.doors.cli.price_options import THREADS, memory_option
from chengnuo.doors.cli.price_recording import recording
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.ports.audit_reports import AuditReport
from chengnuo.ports.batches import Engine
from chengnuo.usecases.pricing.audits import AuditRecorder, PriceAudits
from chengnuo.usecases.pricing.publishing import published_report

_STATUS = {
    Verdict.ABSENT: 0,
    Verdict.FOUND: EXIT_FINDINGS,
    Verdict.INCONCLUSIVE: EXIT_UNDECIDED,
    Verdict.NOT_AUDITABLE: EXIT_UNDECIDED,
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ANY_FILE = click.Path(dir_okay=False, path_type=Path)
_READING = Text("读取报价", "reading quotes")
_SUFFIXES = (".json", ".html", ".pdf")
_WHICH = Text(
    "-o 和 --publish 的文件名以 .html、.pdf 或 .json 结尾。",
    "-o and --publish take names that end in .html, .pdf or .json",
)
_FIXED = Text(
    "检验方案的 SHA-256（查看价格之前确定）：{0}",
    "SHA-256 of the configuration, fixed before any price was seen: {0}",
)
_NO_SIGNER = Text("--attest 要与 --data 一起使用。", "--attest goes with --data")
_TWICE = Text("--registered 不能与 --data 一起使用。", "--registered does not go with --data")


@click.command("audit")
@click.argument("spec_file", metavar="SPEC", type=_FILE)
@click.argument("logs", metavar="LOGS...", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=_ANY_FILE,
    help="写入报告（.html 或 .pdf）或完整结果（.json）的文件。"
    " File for the report (.html or .pdf) or the whole audit (.json).",
)
@click.option(
    "--publish",
    type=_ANY_FILE,
    help="写入公开文本的文件：人数少的群体不列出。"
    " File for a copy to publish, which tells nothing of groups of few persons.",
)
@click.option(
    "--floor",
    type=click.IntRange(min=FLOOR),
    default=FLOOR,
    show_default=True,
    help="公开文本列出的群体至少有多少人。"
    " Persons that a group has at least to be told of in the published copy.",
)
@click.option(
    "--registered",
    metavar="SHA256",
    default="",
    help="事先登记的方案的 SHA-256。 SHA-256 of the configuration as it was logged beforehand.",
)
@click.option(
    "--attest",
    type=_ANY_FILE,
    help="写入签名声明的文件；与 --data 一起。 File for the signed attestation; with --data.",
)
@click.option(
    "--second-opinion",
    is_flag=True,
    help="另附一种不分单元的估计和更窄的区间，不参与结论。"
    " Add an estimate that needs no cells, and sharper intervals; neither decides.",
)
@ENGINE
@memory_option(least=256, default=700)
@THREADS
@DATA
@SETTINGS
@FORCE
@JSON
@click.pass_obj
def audit(  # noqa: PLR0913  one for each option
    app: App,
    spec_file: Path,
    logs: tuple[str, ...],
    *,
    out: Path | None,
    publish: Path | None,
    floor: int,
    registered: str,
    attest: Path | None,
    second_opinion: bool,
    engine: Engine | None,
    memory: int,
    threads: int,
    data: Path | None,
    settings_file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say whether prices in LOGS depend on the person, by what SPEC declares; and prove that not.

    LOGS are files of quotes shown (Parquet, CSV or JSON lines), or patterns of them. The profile is
    surveyed first; the configuration that this gives is fixed, its SHA-256 printed, and with --data
    recorded, before a price is looked at. A proof of absence takes every leg that is listed. With
    --engine, Spark reads LOGS, which are Parquet then.

    Exit status: 0 proved that there is no difference; 1 a difference was found; 2 SPEC or LOGS are
    wrong; 3 it could not finish; 4 undecided, or not auditable.

    Example: chengnuo price audit examples/shop/prices.toml 'quotes/*.parquet' -o report.html
    """
    for text, is_wrong in (
        (_NO_SIGNER, attest is not None and data is None),
        (_TWICE, bool(registered) and data is not None),
        (_WHICH, any(one is not None and one.suffix not in _SUFFIXES for one in (out, publish))),
    ):
        if is_wrong:
            raise click.UsageError(text.in_lang(app.lang))
    for file in (out, publish, attest):
        hold_free(file, force=force)
    here = app.price_audits(memory_bytes=memory << 20, threads=threads)
    spec = here.spec(spec_file)

    def fixed(by: Coded) -> str:
        click.echo(_FIXED.in_lang(app.lang).format(by.config), err=True)
        if data is None:
            return registered.lower()
        with _recording(app, data, settings_file) as recorder:
            return recorder.commit(by)

    with _audits(app, engine, here) as audits, _watched(app.lang) as told:
        done = audits.run(spec, logs, fixed=fixed, told=told, with_second=second_opinion)
    position = None
    if done.audit is not None and data is not None:
        with _recording(app, data, settings_file) as recorder:
            envelope, position = recorder.attest(done.audit)
        if attest is not None:
            write_out(attest, envelope, force=force)
    if out is not None:
        _keep(done, out, here, app.lang, force=force)
    if publish is not None:
        _keep(published_report(done, floor), publish, here, app.lang, force=force)
    tree = audit_as_tree(done, position)
    click.echo(
        json.dumps(tree, ensure_ascii=False, indent=2)
        if as_json
        else audit_as_text(done, position, app.lang)
    )
    raise SystemExit(_status(done))


def _keep(done: AuditReport, out: Path, audits: PriceAudits, lang: Lang, *, force: bool) -> None:
    """Write the report, or the audit if one was made."""
    writers = {f".{one.format}": one for one in (audits.page, audits.pdf)}
    if out.suffix in writers:
        write_out(out, writers[out.suffix].write(done, lang), force=force)
    elif done.audit is not None:
        write_out(out, done.audit.canonical, force=force)


def _status(done: AuditReport) -> int:
    return EXIT_UNDECIDED if done.audit is None else _STATUS[done.audit.verdict]


@contextmanager
def _audits(app: App, engine: Engine | None, here: PriceAudits) -> Iterator[PriceAudits]:
    """Give what audits: in this process, or on a cluster."""
    if engine is None:
        yield here
        return
    with batching(app).opened(engine) as batch:
        yield replace(here, logs=batch.quote_logs(here.logs))


@contextmanager
def _recording(app: App, data: Path, settings_file: Path | None) -> Iterator[AuditRecorder]:
    with recording(app, data, settings_file) as statements:
        yield AuditRecorder(statements)


@contextmanager
def _watched(lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """Give what to call with the rows read; a bar on stderr where a person watches."""
    if not sys.stderr.isatty():
        yield lambda _done, _rows: None
        return
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bar:
        task = bar.add_task(_READING.in_lang(lang), total=None)
        yield lambda done, rows: bar.update(task, completed=done, total=rows)
