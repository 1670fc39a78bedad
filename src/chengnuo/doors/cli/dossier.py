"""`chengnuo dossier …`: is this the file that was entered, and what is seen of safeguards."""

from hashlib import file_digest
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.safeguard import MEASURES
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    JSON,
    SETTINGS,
    STOP_FIRST,
    advice_if_locked,
    json_text,
)
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.doors.stores_report_form import read_stores_report
from chengnuo.doors.texts import moment
from chengnuo.usecases.dossier.checking_file import FileChecked, check_file
from chengnuo.usecases.dossier.safeguard_looks import SafeguardLook, handed_in
from chengnuo.usecases.dossier.scan_look import de_identification_look
from chengnuo.usecases.governance.duty_tools import BY_COMMAND

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NAMES = {one.value: one.text for one in MEASURES}


@click.group()
def dossier() -> None:
    """卷宗的证明文件和安全措施。 Evidence of dossiers, and safeguards."""


@dossier.command("check-file")
@click.argument("dossier_id", metavar="DOSSIER")
@click.argument("file", type=_FILE)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def check_file_of(  # noqa: PLR0913  one for each option
    app: App,
    *,
    dossier_id: str,
    file: Path,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Tell whether FILE is one whose hash was entered in DOSSIER.

    The file stays where it is; only its SHA-256 is compared. It looks beside a running service.

    Exit status: 0 it is one of them, 1 it is not, 2 there is no such dossier or no log.

    Example: chengnuo dossier check-file sg-2345678abc signed-list.pdf --data ./data
    """
    with file.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    with app.duties(data, settings_file, writing=False) as tools:
        seen = tools.desk.one(DossierId(dossier_id), BY_COMMAND)
    found = check_file(seen.sort, seen.dossier, digest)
    if as_json:
        click.echo(json_text(_checked_tree(found)))
    else:
        click.echo("\n".join(_checked_lines(found, app.lang)))
    raise SystemExit(0 if found.is_same else EXIT_FINDINGS)


@dossier.command("observe")
@click.option(
    "--scan",
    type=_FILE,
    help="chengnuo stores scan -o 写的报告。 Report of chengnuo stores scan.",
)
@click.option("--dry-run", is_flag=True, help="只看，不记录。 Look, and record nothing.")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def observe(  # noqa: PLR0913  one for each option
    app: App,
    *,
    scan: Path | None,
    dry_run: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Look at safeguards and record what is seen in those declared.

    Seen are the accounts of this service, drills that came to their end, how connections to the
    stores are encrypted, who may read key files, and, with --scan, which columns hold sensitive
    information in plain. A running service does the same by itself every hour, and takes a scan at
    /console/safeguards/measures; to record from here, stop it first.

    Exit status: 0 all that was seen is in order, 1 something is not, 2 no log, or no such report,
    3 a service has the data folder.

    Example: chengnuo dossier observe --scan stores.json --data ./data
    """
    read = None if scan is None else scan.read_bytes()
    report = None if read is None else read_stores_report(read)
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.duties(data, settings_file, writing=not dry_run) as tools,
    ):
        looks = list(tools.safeguarding.looks())
        if report is not None and read is not None:
            register = tools.safeguarding.register.served.register
            look = de_identification_look(report, register.stores, app.catalogue())
            looks.extend(() if look is None else (handed_in(look, read, "cli"),))
        recorded = (
            [] if dry_run else [one for look in looks for one in tools.safeguarding.record(look)]
        )
    if as_json:
        click.echo(
            json_text({"seen": [_look_tree(one) for one in looks], "recorded": list(recorded)})
        )
    else:
        click.echo("\n".join(_look_lines(looks, len(recorded), app.lang)))
    raise SystemExit(EXIT_FINDINGS if any(one.faults for one in looks) else 0)


def _checked_lines(found: FileChecked, lang: Lang) -> list[str]:
    lines = [f"SHA-256 {found.digest}"]
    for act in found.acts:
        at = "" if act.position is None else f" · #{act.position}"
        lines.append(
            Text(
                f"相同：第 {act.number} 步 {act.what}，{moment(act.at)}{at}",
                f"the same: step {act.number} {act.what}, {moment(act.at)}{at}",
            ).in_lang(lang)
        )
    if not found.acts:
        lines.append(
            Text(
                f"不是：卷宗登记了 {found.entered} 个文件，都不相同。",
                f"not the same: {found.entered} files were entered, none of them this one",
            ).in_lang(lang)
        )
    return lines


def _checked_tree(found: FileChecked) -> Tree:
    return {
        "sha256": found.digest,
        "same": found.is_same,
        "entered": found.entered,
        "acts": [
            {"number": act.number, "what": act.what, "position": act.position} for act in found.acts
        ],
    }


def _look_lines(looks: list[SafeguardLook], recorded: int, lang: Lang) -> list[str]:
    lines = []
    for one in looks:
        name = _NAMES[one.measure].in_lang(lang)
        lines.append(f"{name} · {one.said.in_lang(lang)}")
        lines.extend(f"  ✗ {fault.in_lang(lang)}" for fault in one.faults)
        lines.extend(() if one.unseen is None else (f"  ? {one.unseen.in_lang(lang)}",))
    lines.append(
        Text(f"记入 {recorded} 项已登记的措施。", f"recorded in {recorded} safeguards").in_lang(
            lang
        )
    )
    return lines


def _look_tree(one: SafeguardLook) -> Tree:
    return {
        "measure": one.measure,
        "lookedAt": one.looked_at,
        "said": {"zh": one.said.zh, "en": one.said.en or ""},
        "faults": [{"zh": fault.zh, "en": fault.en or ""} for fault in one.faults],
        "unseen": None if one.unseen is None else {"zh": one.unseen.zh, "en": one.unseen.en or ""},
        "sha256": one.digest,
    }
