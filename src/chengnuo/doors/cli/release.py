"""`chengnuo release …`: hold a package to the gate in a build, and check attestations."""

import hashlib
from datetime import datetime
from pathlib import Path

import click

from chengnuo.base.text import Text
from chengnuo.domain.evidence.note import is_key_name
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_check import app_of_package
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.attestation import Decided, ReleaseOutcome
from chengnuo.domain.governance.gate import FAIL_ON, Gate, gate_of
from chengnuo.domain.governance.kit_vetting import vetted_kits
from chengnuo.domain.governance.sdk_dossier import decided_in
from chengnuo.domain.governance.vetting import VettedKit, registered_vettings, unvetted
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    FORCE,
    JSON,
    SETTINGS,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.inspect_earlier import earlier_of, kept_report, warn_of_other_app
from chengnuo.doors.cli.inspect_forms import Form, in_form
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.cli.package_options import AGAINST, APP, BASELINE, FILE, MEMORY, MIB, ON, TIME
from chengnuo.doors.cli.release_text import (
    STATUS,
    attestation_as_text,
    attestation_as_tree,
    verdict_as_text,
    verdict_as_tree,
)
from chengnuo.doors.cli.release_vet import vet
from chengnuo.usecases.governance.attesting import Attester, checked_attestation
from chengnuo.usecases.inspection.inspections import Declared

_CI = "ci"
_MOST_ATTESTATION = 1 << 20
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_PAIRS = Text(
    "--format 要与 -o 一起使用，--attest 要与 --key 一起使用。",
    "--format goes with -o, and --attest with --key",
)
_KEY_NAME = Text(
    "--key-name 不能为空，也不能含有空格和加号。", "--key-name is empty, or has a space or `+`"
)


@click.group()
def release() -> None:
    """发布前检查安装包，核对发布声明。 Hold packages to the release gate; check attestations."""


release.add_command(vet)


@release.command("check")
@click.argument("package", type=FILE)
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="与之对照的登记簿文件夹。 Folder of the register to hold the package against.",
)
@APP
@AGAINST
@BASELINE
@click.option(
    "--fail-on",
    type=click.Choice([one.value for one in Severity if one is not Severity.NOTE]),
    default=FAIL_ON.value,
    show_default=True,
    help="达到哪一级就不通过。 The least severity that fails.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([one.value for one in Form]),
    help="-o 所写报告的格式（默认 html）。 Format of the report of -o; html if left out.",
)
@click.option(
    "-o", "--out", type=_NEW_FILE, help="写入完整报告的文件。 File to write the whole report to."
)
@click.option(
    "--attest",
    type=_NEW_FILE,
    help="写入签名声明的文件。 File to write a signed attestation to.",
)
@click.option(
    "--key",
    type=FILE,
    help="签名私钥（PEM，Ed25519）。 Private key that signs it (PEM, Ed25519).",
)
@click.option(
    "--key-name",
    default="chengnuo-release",
    show_default=True,
    metavar="NAME",
    help="签名公钥的名称。 Name that the public key goes by.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="数据目录：控制台中的 SDK 审查也算数。 Data folder whose vettings of SDKs count too.",
)
@SETTINGS
@click.option(
    "--require-vetting",
    is_flag=True,
    help="SDK 没有有效审查就不通过。 Fail on an SDK without an approval in force.",
)
@FORCE
@ON
@MEMORY
@TIME
@JSON
@click.pass_obj
def check(  # noqa: PLR0913  one for each option
    app: App,
    package: Path,
    *,
    folder: Path,
    app_id: str | None,
    against: Path | None,
    baseline: Path | None,
    fail_on: str,
    form: str | None,
    out: Path | None,
    attest: Path | None,
    key: Path | None,
    key_name: str,
    data: Path | None,
    settings_file: Path | None,
    require_vetting: bool,
    force: bool,
    on: datetime | None,
    memory_mib: int,
    wall_s: float,
    as_json: bool,
) -> None:
    """Hold PACKAGE to the register and say whether it may be released.

    The same inspection as `chengnuo inspect`; the verdict is printed, the whole report goes to -o.
    With --attest a signed in-toto statement says what was found in exactly this package; its
    public key is printed on stderr. A machine attests that it checked: a person signs off in the
    console.

    SDKs without an approval in force are named, by the `vetting` of the register and, with --data,
    by what was decided in the console. With --require-vetting they fail the package.

    Exit status: 0 passes, 1 open findings at --fail-on or worse, or an SDK not vetted, 2 not a
    package of an app, 3 not finished, or a part cannot be read, 4 the app is packed, so that its
    own code was not seen.

    Example: chengnuo release check app.apk --register examples/shop/register --fail-on critical
    """
    if (form is not None and out is None) or (attest is None) is not (key is None):
        raise click.UsageError(_PAIRS.in_lang(app.lang))
    if not is_key_name(key_name):
        raise click.UsageError(_KEY_NAME.in_lang(app.lang))
    for file in (out, attest):
        hold_free(file, force=force)
    day = on.date() if on else None
    attester = None if key is None else Attester(signer=app.signer(key), name=key_name)
    register = app.registers().load(folder, on=day).register
    declared = Declared(register=register, app=None if app_id is None else AppId(app_id))
    base = None if baseline is None else kept_report(baseline)
    known = frozenset(() if base is None else (one.id for one in base.findings))
    inspections = app.inspections(memory_bytes=memory_mib * MIB, wall_s=wall_s)
    catalogue = inspections.words.knowledge.sdks
    vettings = (
        *registered_vettings(register, catalogue),
        *_vetted_in_console(app, data, settings_file, register, catalogue),
    )
    earlier = earlier_of(app, inspections, declared, against)
    with stages(package, app.lang) as tell:
        inspection = inspections.inspect(package, tell)
    before = None if earlier is None else earlier.inspection
    report = inspections.report(inspection, declared, before=before, on=day)
    warn_of_other_app(app, report, base)
    asked = require_vetting or vettings
    missing = unvetted(inspection, vettings, report.on) if asked else ()
    failing = missing if require_vetting else ()
    gate = gate_of(report, fail_on=Severity(fail_on), known=known, missing=failing)
    if out is not None:
        old = None if earlier is None else earlier.findings
        written = in_form(app, report, inspections.words, Form(form or Form.HTML), old)
        write_out(out, written, force=force)
    if attester is not None and attest is not None:
        made = _attested(app, attester, report, gate, register, declared.app)
        write_out(attest, made, force=force)
        click.echo(attester.vkey, err=True)
    words = inspections.words
    tree = verdict_as_tree(report, gate, missing)
    text = verdict_as_text(report, gate, missing, words, app.lang)
    click.echo(json_text(tree) if as_json else text)
    raise SystemExit(STATUS[gate.verdict])


@release.command("verify")
@click.argument("file", type=FILE)
@click.option(
    "--key",
    "vkey",
    required=True,
    metavar="VKEY",
    help="信任的公钥 <名称>+<编号>+<base64>。 Public key to trust, as <name>+<id>+<base64>.",
)
@click.option(
    "--package",
    type=FILE,
    help="声明所指的安装包；核对它的哈希。 Package that it is about, whose hash is compared.",
)
@JSON
@click.pass_obj
def verify(app: App, file: Path, *, vkey: str, package: Path | None, as_json: bool) -> None:
    """Check offline that the attestation in FILE is signed by a key, and about a package.

    Reads only. `chengnuo-verify FILE --key VKEY` checks the proof from the log in it too.

    Exit status: 0 it holds, 2 it does not, or is none.

    Example: chengnuo release verify attestation.json --key "$VKEY" --package app.apk
    """
    with file.open("rb") as opened:
        written = opened.read(_MOST_ATTESTATION + 1)
    digest = None
    if package is not None:
        with package.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    said = checked_attestation(written, vkey=vkey, verify=app.is_signature(), package=digest)
    text = attestation_as_text(said, app.lang)
    click.echo(json_text(attestation_as_tree(said)) if as_json else text)


def _vetted_in_console(
    app: App,
    data: Path | None,
    settings_file: Path | None,
    register: Register,
    catalogue: SdkCatalogue,
) -> tuple[VettedKit, ...]:
    if data is None and settings_file is None:
        return ()
    with app.evidence_reading(data, settings_file) as reading:
        in_dossiers = decided_in(reading.sdk_dossiers(), register, catalogue)
        return (*vetted_kits(reading.kits.every()), *in_dossiers)


def _attested(  # noqa: PLR0913, PLR0917  all that the statement names
    app: App,
    attester: Attester,
    report: PackageReport,
    gate: Gate,
    register: Register,
    wanted: AppId | None,
) -> bytes:
    found = app_of_package(register, report.inspection, wanted)
    decided = Decided(
        outcome=ReleaseOutcome.CHECKED,
        office=_CI,
        four_eyes=False,
        reason=False,
        at=app.registers().clock.now(),
    )
    return attester.attest(
        report,
        gate,
        decided,
        app=report.inspection.package.app_id if found is None else found.app,
        report_sha256=hashlib.sha256(report_json(report)).hexdigest(),
    )
