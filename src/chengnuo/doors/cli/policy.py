"""`chengnuo policy …`: what a privacy policy says, alone or beside the register."""

from datetime import datetime
from pathlib import Path

import click

from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.finding.policy_json import policy_tree
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.package_options import FILE, ON
from chengnuo.doors.cli.policy_text import policy_as_text
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED


@click.group()
def policy() -> None:
    """阅读隐私政策，并与登记簿对照。 Read privacy policies, and hold them against the register."""


@policy.command("read")
@click.argument("file", type=FILE)
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="与之对照的登记簿文件夹。 Folder of the register to hold the policy against.",
)
@click.option(
    "--app",
    "app_id",
    metavar="ID",
    help="登记簿中的应用；省略则按政策中的名称匹配。 App of the register; else found by its name.",
)
@ON
@JSON
@click.pass_obj
def read(  # noqa: PLR0913  one for each option
    app: App,
    file: Path,
    *,
    folder: Path | None,
    app_id: str | None,
    on: datetime | None,
    as_json: bool,
) -> None:
    """Read the privacy policy in FILE: a web page, DOCX, PDF, Markdown or plain text.

    Tells its dates and contacts, what it says is collected, for what and when, which third parties
    get what, and what it has to say and does not. With --register also what is declared and not
    said, or said and not declared. Words are read, not meant: what is not found may still stand
    there in other words.

    Exit status: 0 nothing to mend, 1 findings, 2 no policy that can be read, 4 the text is neither
    Chinese nor English, so that little of it was read.

    Example: chengnuo policy read policy.html --register examples/shop/register
    """
    day = on.date() if on else None
    register = None if folder is None else app.registers().load(folder, on=day).register
    policies = app.policy_readings()
    wanted = None if app_id is None else AppId(app_id)
    report = policies.report(app.policies().read(file), register, app=wanted, on=day)
    if as_json:
        click.echo(json_text(policy_tree(report)))
    else:
        words = ReportWords(law=policies.law, knowledge=policies.knowledge)
        click.echo(policy_as_text(report, words, app.lang))
    if any(one.is_open for one in report.findings):
        raise SystemExit(EXIT_FINDINGS)
    if not report.reading.langs:
        raise SystemExit(EXIT_UNDECIDED)
