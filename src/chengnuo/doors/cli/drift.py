"""`chengnuo drift`: the register beside policy, package, runs and records, in one figure."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

import click

from chengnuo.base.digest import sha256_hex
from chengnuo.base.instant import to_us
from chengnuo.base.text import Text
from chengnuo.domain.finding.drift import DriftTable
from chengnuo.domain.finding.drift_json import table_tree
from chengnuo.domain.finding.drift_words import DriftWords
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.behaviour_options import CONSENT_AT, run_files, tell_lost
from chengnuo.doors.cli.drift_text import drift_as_text, recorded_words
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    SETTINGS,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.inspect_earlier import earlier_of
from chengnuo.doors.cli.package_options import (
    APP,
    AS_JSON,
    FILE,
    MEMORY,
    MIB,
    ON,
    TIME,
    form_option,
)
from chengnuo.doors.cli.price_recording import recording
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.doors.stores_drift_form import read_stores_drift
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.inspection.drift import DriftMaking
from chengnuo.usecases.inspection.drift_history import record_drift
from chengnuo.usecases.inspection.inspections import Declared


class Form(StrEnum):
    """The formats of a table."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    SVG = "svg"


@click.command("drift")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@APP
@click.option(
    "--package",
    type=FILE,
    help="安装包，或它的 JSON 检查报告。 The package, or the JSON report of its inspection.",
)
@click.option("--policy", type=FILE, help="隐私政策文件。 File of the privacy policy.")
@click.option(
    "--logs",
    type=FILE,
    multiple=True,
    metavar="LOG",
    help="运行时行为记录，可多次给出。 Log of a run of the app; may be given several times.",
)
@CONSENT_AT
@click.option(
    "--stores",
    type=FILE,
    metavar="REPORT",
    help="stores scan 的 JSON 报告。 JSON report of `stores scan` beside the same register.",
)
@DATA
@SETTINGS
@click.option(
    "--record",
    is_flag=True,
    help="把结果签名并记入 --data 的存证日志。 Sign the result and record it in the log of --data.",
)
@form_option(Form, "结果的格式。 Format of the result.")
@AS_JSON
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入的文件。 File to write.",
)
@FORCE
@ON
@MEMORY
@TIME
@click.pass_obj
def drift(  # noqa: PLR0913  one for each option
    app: App,
    folder: Path,
    *,
    app_id: str | None,
    package: Path | None,
    policy: Path | None,
    logs: tuple[Path, ...],
    consent_at: str | None,
    stores: Path | None,
    data: Path | None,
    settings_file: Path | None,
    record: bool,
    form: str,
    as_json: bool,
    out: Path | None,
    force: bool,
    on: datetime | None,
    memory_mib: int,
    wall_s: float,
) -> None:
    """Hold the register in FOLDER against all that is given, and tell how far they are apart.

    One table and one figure: the share of things that the register and a source both have. With
    --data also what was decided and provided in the last year is counted: activities that were
    never used, and uses that are not declared. With --record each run is kept, and the console
    shows the figure over time.

    Exit status: 0 nothing is used and not declared, 1 something is, 2 a file is wrong, 4 there was
    nothing to compare.

    Example: chengnuo drift examples/shop/register --package app.apk --logs run.har
    """
    if record and data is None:
        raise click.UsageError(_NO_DATA.in_lang(app.lang))
    hold_free(out, force=force)
    registers = app.registers()
    day = on.date() if on else registers.today()
    register = registers.load(folder, on=day).register
    wanted = None if app_id is None else AppId(app_id)
    declared = Declared(register=register, app=wanted)
    making = DriftMaking(register=register, on=day)
    inspections = app.inspections(memory_bytes=memory_mib * MIB, wall_s=wall_s)
    found = earlier_of(app, inspections, declared, package)
    if package is not None and found is not None:
        making.package(inspections.report(found.inspection, declared, on=day), package.name)
    if policy is not None:
        read = app.policies().read(policy)
        making.policy(app.policy_readings().report(read, register, app=wanted, on=day), policy.name)
    if logs:
        behaviours = app.behaviours()
        runs = behaviours.read(run_files(logs, consent_at=consent_at), app_id=declared.package_name)
        tell_lost(runs, app.lang)
        seen = behaviours.alone(runs, declared.package_name)
        report = inspections.report(seen, declared, on=day)
        making.runs(report, runs, behaviours.knowledge.sdks)
    if stores is not None:
        kept = stores.read_bytes()
        read_back = read_stores_drift(kept, register=version_of(register))
        making.stores(read_back.drift, read_back.findings, stores.name, sha256_hex(kept))
    if data is not None:
        with app.evidence_reading(data, settings_file) as reading:
            counter = UseCounter(log=reading.log, payloads=reading.payloads, store=reading.uses)
            making.decisions(counter, to_us(registers.clock.now()))
    table = making.table()
    words = DriftWords(words=inspections.words, register=register)
    _put(app, table, words, Form.JSON if as_json else Form(form), out, force=force)
    if record and data is not None:
        with recording(app, data, settings_file) as statements:
            _, position = record_drift(statements, table)
        click.echo(recorded_words(position, app.lang), err=True)
    if not table.lines:
        raise SystemExit(EXIT_UNDECIDED)
    if any(one.side is Side.USED_NOT_DECLARED for one in table.lines):
        raise SystemExit(EXIT_FINDINGS)


def _put(  # noqa: PLR0913  what is written, how and where
    app: App, table: DriftTable, words: DriftWords, form: Form, out: Path | None, *, force: bool
) -> None:
    if form is Form.TEXT:
        said = f"{drift_as_text(table, words, app.lang)}\n".encode()
    elif form is Form.JSON:
        said = f"{json_text(table_tree(table))}\n".encode()
    else:
        said = app.drift_writers()[form].write(table, words, app.lang)
    if out is None:
        click.echo(said, nl=False)
    else:
        write_out(out, said, force=force)


_NO_DATA = Text("--record 要与 --data 一起使用。", "--record goes with --data")
