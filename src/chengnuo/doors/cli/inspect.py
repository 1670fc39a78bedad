"""`chengnuo inspect`: what the code of a package can do, when, and what is wrong with it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.behaviour_options import BEHAVIOUR, CONSENT_AT, run_files, tell_lost
from chengnuo.doors.cli.engine_option import ENGINE, Bounded, batching
from chengnuo.doors.cli.evidence_options import FORCE, hold_free, json_text, write_out
from chengnuo.doors.cli.inspect_earlier import earlier_of, kept_report, warn_of_other_app
from chengnuo.doors.cli.inspect_explain import explained_as_text, explained_tree
from chengnuo.doors.cli.inspect_folder import Way, inspect_folder, side_by_side
from chengnuo.doors.cli.inspect_forms import Form, in_form, status_of
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.cli.package_options import (
    AGAINST,
    APP,
    AS_JSON,
    BASELINE,
    FILE,
    MEMORY,
    MIB,
    ON,
    TIME,
    form_option,
)
from chengnuo.ports.batches import Engine
from chengnuo.usecases.inspection.apart import ManyApart
from chengnuo.usecases.inspection.behaviour import RunFiles
from chengnuo.usecases.inspection.inspections import Declared, Inspections


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What one package is inspected for."""

    package: Path
    declared: Declared
    runs: RunFiles
    on: date | None
    against: Path | None
    baseline: Path | None
    explain: str
    form: Form
    out: Path | None
    force: bool


@click.command("inspect")
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="与之对照的登记簿文件夹。 Folder of the register to hold the package against.",
)
@APP
@click.option(
    "--policy",
    type=FILE,
    help="隐私政策文本，与之对照。 Text of the privacy policy to hold the package against.",
)
@BEHAVIOUR
@CONSENT_AT
@AGAINST
@BASELINE
@form_option(Form, "报告的格式。 Format of the report.")
@AS_JSON
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="写入的文件；检查文件夹时是目标文件夹。 File to write; for a folder, the target folder.",
)
@FORCE
@click.option(
    "--explain",
    default="",
    metavar="ID",
    help="详细解释一项问题或观察（编号或其开头）。 Explain a finding or observation by its id.",
)
@ON
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="同时检查几个安装包。 How many packages of a folder are inspected at a time.",
)
@ENGINE
@MEMORY
@TIME
@click.pass_obj
def inspect(  # noqa: PLR0913  one for each option
    app: App,
    package: Path,
    *,
    folder: Path | None,
    app_id: str | None,
    policy: Path | None,
    logs: tuple[Path, ...],
    consent_at: str | None,
    against: Path | None,
    baseline: Path | None,
    form: str,
    as_json: bool,
    out: Path | None,
    force: bool,
    explain: str,
    on: datetime | None,
    jobs: int,
    engine: Engine | None,
    memory_mib: int,
    wall_s: float,
) -> None:
    """Inspect an app package (APK, XAPK, APKS, APKM, AAB) or a library (AAR, JAR).

    Tells who can read which personal information before the individual has agreed, which SDKs are
    in it, what is wrong, and how far it is from the register. The package is never run, and is
    read in a process of its own that may take no more than --memory and --time.

    PACKAGE may be a folder: every package below it is inspected into the folder -o, as one JSON
    report each and as Parquet tables; what is done already is not done again. --engine lets Spark
    inspect them.

    With --behaviour, what a log of a run shows is told beside what code can do: what was read
    before consent in a run is certain. See `chengnuo logs read` for the formats.

    Exit status: 0 nothing to mend, 1 findings, 2 not a package, 3 nothing found but it was not
    finished or a part cannot be read, 4 nothing found but the app is packed, so that its own code
    was not seen. With --explain 0, or 2 for an unknown id.

    Example: chengnuo inspect app.apk --register examples/shop/register --format html -o report.html
    """
    day = on.date() if on else None
    register = None if folder is None else app.registers().load(folder, on=day).register
    if app_id is not None and register is None:
        raise click.UsageError(_APP_ALONE.in_lang(app.lang))
    inspections = app.inspections(memory_bytes=memory_mib * MIB, wall_s=wall_s)
    text = None if policy is None else app.policies().read(policy)
    declared = Declared(
        register=register,
        app=None if app_id is None else AppId(app_id),
        policy=None if text is None else inspections.look_through(text),
    )
    if package.is_dir():
        if out is None or against or baseline or explain or logs:
            raise click.UsageError(_FOLDER.in_lang(app.lang))
        with _way(app, engine, jobs, Bounded(memory_mib * MIB, wall_s)) as way:
            raise SystemExit(
                inspect_folder(
                    app, inspections, package, out, declared, on=day, way=way, as_json=as_json
                )
            )
    if engine is not None:
        raise click.UsageError(_ENGINE.in_lang(app.lang))
    wanted = _Wanted(
        package=package,
        declared=declared,
        runs=run_files(logs, consent_at=consent_at),
        on=day,
        against=against,
        baseline=baseline,
        explain=explain,
        form=Form.JSON if as_json else Form(form),
        out=out,
        force=force,
    )
    raise SystemExit(_inspect_one(app, inspections, wanted))


@contextmanager
def _way(app: App, engine: Engine | None, jobs: int, bounded: Bounded) -> Iterator[Way]:
    """Give the way in which many packages are inspected."""
    if engine is None:
        yield side_by_side(jobs)
        return
    make = batching(app).inspections(bounded)
    with batching(app).opened(engine) as batch:
        yield lambda many, found: ManyApart(many=many, spread=batch, make=make).each(found)


def _inspect_one(app: App, inspections: Inspections, wanted: _Wanted) -> int:
    """Inspect one package, write its report, and return the exit status."""
    hold_free(wanted.out, force=wanted.force)
    if wanted.form is Form.PDF and wanted.out is None and sys.stdout.isatty():
        raise click.UsageError(_PDF.in_lang(app.lang))
    # What is read cheaply comes first: a wrong file is told at once.
    baseline = None if wanted.baseline is None else kept_report(wanted.baseline)
    known = () if baseline is None else baseline.findings
    earlier = earlier_of(app, inspections, wanted.declared, wanted.against)
    with stages(wanted.package, app.lang) as tell:
        inspection = inspections.inspect(wanted.package, tell)
    if wanted.runs.paths:
        inspection, runs = app.behaviours().beside(inspection, wanted.runs)
        tell_lost(runs, app.lang)
    before = None if earlier is None else earlier.inspection
    report = inspections.report(inspection, wanted.declared, before=before, on=wanted.on)
    warn_of_other_app(app, report, baseline)
    words = inspections.words
    if wanted.explain:
        with stages(wanted.package, app.lang) as tell:
            explained = inspections.explain(wanted.package, report, wanted.explain, tell)
        if wanted.form is Form.JSON:
            said = json_text(explained_tree(explained))
        else:
            said = explained_as_text(explained, words, app.lang)
        _put(f"{said}\n".encode(), wanted)
        return 0
    old = known if baseline is not None else None if earlier is None else earlier.findings
    _put(in_form(app, report, words, wanted.form, old), wanted)
    return status_of(report, known)


def _put(data: bytes, wanted: _Wanted) -> None:
    if wanted.out is None:
        click.echo(data, nl=False)
    else:
        write_out(wanted.out, data, force=wanted.force)


_APP_ALONE = Text("--app 要与 --register 一起使用。", "--app goes with --register")
_FOLDER = Text(
    "检查文件夹要用 -o 指定目标文件夹，且不能使用 --against、--baseline、--explain、--behaviour。",
    "a folder needs -o for the target folder, and goes without --against, --baseline, --explain,"
    " --behaviour",
)
_ENGINE = Text("--engine 用于检查文件夹。", "--engine goes with a folder of packages")
_PDF = Text("PDF 不能显示在终端上，请用 -o 指定文件。", "a PDF is no text: name a file with -o")
