"""`chengnuo disclosure …`: what is published or handed on, looked through before it goes out."""

from pathlib import Path
from typing import Final

import click

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.finding_json import finding_tree
from chengnuo.domain.finding.lint_check import Audience, DisclosureLint, audience_of
from chengnuo.domain.finding.lint_sarif import lint_sarif
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.findings_text import findings_lines
from chengnuo.doors.cli.package_options import FILE
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.doors.version import VERSION
from chengnuo.usecases.disclosure_lint import DisclosureLints

_NONE: Final = Text(
    "没有找到不该对外给出的信息；程序另外加上的内容看不到。",
    "nothing was found that must not be given out; what a program adds is not seen",
)


@click.group()
def disclosure() -> None:
    """检查对外公开和提供的内容。 Look through what is published or handed on."""


@disclosure.command("lint")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="与之对照的登记簿文件夹。 Folder of the register to hold the files against.",
)
@click.option(
    "--activity",
    metavar="ID",
    help="由哪项处理活动公开；省略则为任一项。 Activity that publishes them; else any.",
)
@click.option(
    "--recipient",
    metavar="ID",
    help="提供给哪个接收方；省略则为公众。 Recipient that gets them; else the public.",
)
@click.option("--sarif", "as_sarif", is_flag=True, help="输出 SARIF。 Print SARIF 2.1.0.")
@JSON
@click.pass_obj
def lint(  # noqa: PLR0913  one for each option
    app: App,
    files: tuple[Path, ...],
    *,
    folder: Path | None,
    activity: str | None,
    recipient: str | None,
    as_json: bool,
    as_sarif: bool,
) -> None:
    """Look for personal information in FILES that are published, or reported to somebody.

    FILES are templates or pages (Jinja2, Vue, Handlebars, Thymeleaf, HTML), samples of payloads
    (JSON), recordings of traffic (HAR) and OpenAPI documents (JSON or YAML), of which only what is
    answered counts, and tables (CSV, TSV, Excel). Told are sensitive fields, values or fields
    without a mask at a public place, and, with --register, what is not declared as given to the
    public or to --recipient, and values that show more than the declared mask leaves. Values are
    never printed. A template is read and not run.

    Exit status: 0 nothing found, 1 findings, 2 wrong usage or no text, 3 a file cannot be read.

    Example: chengnuo disclosure lint winners.html --register examples/shop/register
    """
    if (activity or recipient) and folder is None:
        raise click.UsageError("--activity and --recipient need --register")
    if activity and recipient:
        raise click.UsageError("give --activity or --recipient, not both")
    audience = _audience(app, folder, activity, recipient)
    texts, law = app.texts(), app.catalogue()
    lints = DisclosureLints(
        app.disclosure_files(), DisclosureLint(texts.knowledge, texts.model, law)
    )
    located = lints.located(files, audience)
    found = [one.finding for one in located]
    if as_sarif:
        click.echo(json_text(lint_sarif(located, law, app.lang, program_version=VERSION)))
    elif as_json:
        click.echo(json_text({"findings": [finding_tree(one) for one in found]}))
    elif found:
        for line in findings_lines(found, _place, law, app.lang):
            click.echo(line)
    else:
        click.echo(_NONE.in_lang(app.lang))
    if found:
        raise SystemExit(EXIT_FINDINGS)


def _place(one: Finding) -> str:
    return one.field


def _audience(
    app: App, folder: Path | None, activity: str | None, recipient: str | None
) -> Audience:
    register = None if folder is None else app.registers().load(folder).register
    try:
        return audience_of(
            register,
            recipient=RecipientId(recipient) if recipient else None,
            activity=ActivityId(activity) if activity else None,
        )
    except KeyError as error:
        raise click.BadParameter(f"the register has no row `{error.args[0]}`") from error
