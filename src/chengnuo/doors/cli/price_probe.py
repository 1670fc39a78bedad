"""`chengnuo price probe` and `recheck`: ask an endpoint as twins would, and check the report."""

import json
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.probe_finding import findings_of_probe
from chengnuo.domain.pricing.probe_order import commitment
from chengnuo.domain.pricing.probe_spec import ProbeSpec
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.probing import (
    ProbeReportError,
    ProbeRun,
    faults_of,
    read_report,
    report_bytes,
)
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    SETTINGS,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.price_recording import recording
from chengnuo.doors.cli.probe_text import (
    faults_as_text,
    faults_as_tree,
    probe_as_text,
    probe_as_tree,
)
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.usecases.pricing import probing
from chengnuo.usecases.pricing.probe_recording import ProbeRecorder

STATUS = {
    Verdict.ABSENT: 0,
    Verdict.FOUND: EXIT_FINDINGS,
    Verdict.INCONCLUSIVE: EXIT_UNDECIDED,
    Verdict.NOT_AUDITABLE: EXIT_UNDECIDED,
}
_SEED_BYTES = 32
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ANY_FILE = click.Path(dir_okay=False, path_type=Path)
_COMMITTED = Text(
    "种子的 SHA-256（请求之前公布）：{0}", "SHA-256 of the seed, before any request: {0}"
)
_PROBING = Text("探测", "probing")
_PAIRS = Text("对", "pairs")
_NO_SIGNER = Text("--attest 要与 --data 一起使用。", "--attest goes with --data")


@click.command("probe")
@click.argument("spec_file", metavar="SPEC", type=_FILE)
@click.option(
    "-o",
    "--out",
    type=_ANY_FILE,
    help="写入完整报告（JSON）的文件。 File for the whole report, JSON.",
)
@click.option(
    "--attest",
    "attest",
    type=_ANY_FILE,
    help="写入签名声明的文件；与 --data 一起。 File for the signed attestation; with --data.",
)
@DATA
@SETTINGS
@FORCE
@JSON
@click.pass_obj
def probe(  # noqa: PLR0913  one for each option
    app: App,
    spec_file: Path,
    *,
    out: Path | None,
    attest: Path | None,
    data: Path | None,
    settings_file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Ask an endpoint of your own as twins of SPEC would, and say whether they are treated alike.

    Twins are asked at the same moment, in an order drawn from a seed whose hash is printed (and
    with --data recorded) before the first request. Only the loopback and hosts that SPEC lists as
    your own are spoken to, within the rate and the number of requests that SPEC allows. With --data
    the result is recorded as an attestation.

    Exit status: 0 no difference, proved within the margin; 1 a difference was found; 2 SPEC is
    wrong, or its host may not be probed; 3 nothing answers; 4 undecided, or not auditable.

    Example: chengnuo price probe examples/shop/probes/price.toml -o probe.json
    """
    if attest is not None and data is None:
        raise click.UsageError(_NO_SIGNER.in_lang(app.lang))
    for file in (out, attest):
        hold_free(file, force=force)
    prober = app.prober()
    spec = prober.spec(spec_file)
    seed = bytes.fromhex(spec.seed) if spec.seed else secrets.token_bytes(_SEED_BYTES)
    if data is not None:
        with _recording(app, data, settings_file) as recorder:
            recorder.commit(spec, seed)
    click.echo(_COMMITTED.in_lang(app.lang).format(commitment(seed)), err=True)
    with _watched(spec, app.lang) as tell:
        run = prober.run(spec, seed, tell)
    if out is not None:
        write_out(out, report_bytes(run), force=force)
    position = None
    if data is not None:
        with _recording(app, data, settings_file) as recorder:
            envelope, position = recorder.attest(run)
        if attest is not None:
            write_out(attest, envelope, force=force)
    _say(app, run, position, as_json=as_json)
    raise SystemExit(STATUS[run.verdict])


@click.command("recheck")
@click.argument("report", type=_ANY_FILE)
@JSON
@click.pass_obj
def recheck(app: App, report: Path, *, as_json: bool) -> None:
    """Draw the order of a probe again from the seed in its REPORT, and judge its answers again.

    Reads only; the endpoint is not asked. Compare the hash of the seed with the one that was
    printed or recorded before the first request.

    Exit status: 0 order and verdict are as the report says, 1 something does not fit, 2 it is no
    report.

    Example: chengnuo price recheck probe.json
    """
    run = read_report(_written(report))
    faults = faults_of(run)
    tree = faults_as_tree(run, faults)
    click.echo(json_text(tree) if as_json else faults_as_text(run, faults, app.lang))
    raise SystemExit(EXIT_FINDINGS if faults else 0)


def _written(report: Path) -> bytes:
    try:
        return report.read_bytes()
    except OSError as error:
        raise ProbeReportError(error.strerror or "it cannot be read") from error


def _say(app: App, run: ProbeRun, position: int | None, *, as_json: bool) -> None:
    findings = findings_of_probe(run, app.catalogue())
    if as_json:
        tree = probe_as_tree(run, findings, position)
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        click.echo(probe_as_text(run, findings, position, app.lang))


@contextmanager
def _recording(app: App, data: Path, settings_file: Path | None) -> Iterator[ProbeRecorder]:
    with recording(app, data, settings_file) as statements:
        yield ProbeRecorder(statements)


@contextmanager
def _watched(spec: ProbeSpec, lang: Lang) -> Iterator[Callable[[probing.Progress], None]]:
    """Give what to call after each round; a bar on stderr where a person watches."""
    said = f"{_PROBING.in_lang(lang)} {plain(spec.name)}"
    if not sys.stderr.isatty():
        click.echo(said, err=True)
        yield lambda _: None
        return
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(_PAIRS.in_lang(lang), markup=False),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bar:
        task = bar.add_task(said, total=spec.pairs)

        def tell(progress: probing.Progress) -> None:
            which = f"{said} {progress.leg.number + 1}/{progress.legs} {progress.leg.switch}"
            pairs, most = progress.pairs, progress.leg.pairs
            bar.update(task, completed=pairs, total=most, description=which.strip())

        yield tell
