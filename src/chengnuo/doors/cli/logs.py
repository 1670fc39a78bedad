"""`chengnuo logs …`: what an app was seen to read and send while it ran."""

from datetime import datetime
from pathlib import Path

import click

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_check import new_findings
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.behaviour_options import CONSENT_AT, LOG_FORMAT, run_files
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.logs_text import runs_as_text, runs_tree
from chengnuo.doors.cli.package_options import APP, ON
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED
from chengnuo.ports.packages import MEMORY_BYTES, WALL_S
from chengnuo.usecases.inspection.inspections import Declared


@click.group()
def logs() -> None:
    """读取应用运行时的行为记录。 Read records of what an app did while it ran."""


@logs.command("read")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="LOG...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="与之对照的登记簿文件夹。 Folder of the register to hold the logs against.",
)
@APP
@click.option(
    "--package",
    "package_name",
    default="",
    metavar="NAME",
    help="应用的包名，用来认出自身代码。 The app's package name, which tells its own code.",
)
@LOG_FORMAT
@CONSENT_AT
@ON
@JSON
@click.pass_obj
def read(  # noqa: PLR0913  one for each option
    app: App,
    files: tuple[Path, ...],
    *,
    folder: Path | None,
    app_id: str | None,
    package_name: str,
    form: str | None,
    consent_at: str | None,
    on: datetime | None,
    as_json: bool,
) -> None:
    """Tell what LOGs of one app's runs show: who read or sent what, when, and to where.

    Read are HAR, pcap and pcapng, and the logs of camille, PrivacySentry, AppScan, Hegui, MobSF
    and other Frida scripts, the App Privacy Report of iOS, and `dumpsys appops`. No value is
    kept: only names of fields and kinds of information. Before consent is only what a log marks
    so, or what lies before --consent-at.

    Exit status: 0 nothing to mend, 1 findings, 2 not a log, 3 nothing found but a part of a log
    could not be read.

    Example: chengnuo logs read run.har --register examples/shop/register
    """
    wanted = run_files(files, consent_at=consent_at, form=form)
    day = on.date() if on else None
    register = None if folder is None else app.registers().load(folder, on=day).register
    if app_id is not None and register is None:
        raise click.UsageError(_APP_ALONE.in_lang(app.lang))
    inspections = app.inspections(memory_bytes=MEMORY_BYTES, wall_s=WALL_S)
    declared = Declared(register=register, app=None if app_id is None else AppId(app_id))
    package_name = package_name or declared.package_name
    behaviours = app.behaviours()
    runs = behaviours.read(wanted, app_id=package_name)
    report = inspections.report(behaviours.alone(runs, package_name), declared, on=day)
    if as_json:
        click.echo(json_text(runs_tree(runs, report)))
    else:
        click.echo(runs_as_text(runs, report, inspections.words, app.lang))
    if new_findings(report, ()):
        raise SystemExit(EXIT_FINDINGS)
    if any(one.lost_count for one in runs.logs):
        raise SystemExit(EXIT_UNFINISHED)


_APP_ALONE = Text("--app 要与 --register 一起使用。", "--app goes with --register")
