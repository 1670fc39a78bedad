"""`chengnuo surface ways`: the ways of the register held to the labels of an app's package."""

from pathlib import Path
from typing import Final

import click

from chengnuo.base.text import Text
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.finding_json import finding_tree
from chengnuo.domain.finding.ways_check import way_findings
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.findings_text import findings_lines
from chengnuo.doors.cli.package_options import FILE
from chengnuo.doors.cli.root import EXIT_FINDINGS

_NONE: Final = Text(
    "登记的路径里的名称，安装包里都有。", "each label of the declared ways stands in the package"
)


@click.command("ways")
@click.argument("file", type=FILE)
@click.option(
    "--register",
    "folder",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="登记了路径的登记簿文件夹。 Folder of the register that declares the ways.",
)
@JSON
@click.pass_obj
def ways(app: App, file: Path, *, folder: Path, as_json: bool) -> None:
    """Look in an app's package for each label of the ways that the register declares.

    FILE is an APK, AAB or XAPK. Looked at are the ways to rules, lists, rights and switches: each
    label has to stand in the texts of the package, its tables, screens, code or files. How many
    taps and menu levels they take, `chengnuo register check` looks at.

    Exit status: 0 every label is there, 1 findings, 2 no app or no register, 3 not finished.

    Example: chengnuo surface ways app.apk --register examples/shop/register
    """
    law = app.catalogue()
    facts = facts_of(app.registers().load(folder).register, law, app.registers().today())
    labels = app.package_labels()
    found = way_findings(facts, lambda wanted: labels.shown(file, wanted))
    if as_json:
        click.echo(json_text({"findings": [finding_tree(one) for one in found]}))
    elif found:
        for line in findings_lines(found, _place, law, app.lang):
            click.echo(line)
    else:
        click.echo(_NONE.in_lang(app.lang))
    if found:
        raise SystemExit(EXIT_FINDINGS)


def _place(one: Finding) -> str:
    return f"{one.row} · {one.field}"
