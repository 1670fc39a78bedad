"""`chengnuo register …`: draft, check, compare, show, publish and convert registers."""

import json
from datetime import datetime
from pathlib import Path

import click

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.finding.sarif import sarif_of
from chengnuo.domain.register.canonical import canonical_bytes, version_of
from chengnuo.domain.register.json_schema import json_schema
from chengnuo.domain.register.kinds import LISTS
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.diff_text import diff_as_text, diff_as_tree
from chengnuo.doors.cli.findings_text import report_as_text, report_as_tree
from chengnuo.doors.cli.register_draft import draft
from chengnuo.doors.cli.register_exchange import export_register, import_register
from chengnuo.doors.cli.register_publish import publish
from chengnuo.doors.cli.register_set import set_values
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.doors.version import VERSION

FOLDER = click.Path(exists=True, path_type=Path)


@click.group()
def register() -> None:
    """起草、检查、比较、修改、发布、转换登记簿。 Draft, check, compare, set, publish, convert."""


@register.command("check")
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF 2.1.0.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="按哪一天判断（默认今天）。 The day on which dates are judged; today if left out.",
)
@click.pass_obj
def check(app: App, folder: Path, *, as_json: bool, as_sarif: bool, on: datetime | None) -> None:
    """Check the register in FOLDER against every rule that it alone can decide.

    Reads only. Exit status: 0 nothing found, 1 findings, 2 FOLDER holds no register.

    Example: chengnuo register check examples/shop/register
    """
    day = on.date() if on else None
    loaded = app.registers().load(folder, on=day)
    report = app.registers().check(loaded, on=day)
    if as_sarif:
        sarif = sarif_of(report, loaded, app.catalogue(), app.lang, program_version=VERSION)
        _print_json(sarif)
    elif as_json:
        _print_json(report_as_tree(report, loaded))
    else:
        click.echo(report_as_text(report, loaded, app.catalogue(), app.lang))
    raise SystemExit(EXIT_FINDINGS if report.open_findings else 0)


@register.command("show")
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print the canonical JSON.")
@click.pass_obj
def show(app: App, folder: Path, *, as_json: bool) -> None:
    """Show what the register in FOLDER holds, and its version.

    Reads only. Exit status: 0, or 2 if FOLDER holds no register.

    Example: chengnuo register show examples/shop/register
    """
    value = app.registers().load_as_written(folder).register
    if as_json:
        click.echo(canonical_bytes(value).decode())
        return
    zh = app.lang is Lang.ZH
    click.echo(value.handler.name.in_lang(app.lang))
    click.echo(("版本 " if zh else "version ") + short(version_of(value)))
    for kind in LISTS:
        count = len(getattr(value, kind.plural))
        if count:
            click.echo(f"{count:>6}  {kind.title.in_lang(app.lang)}")


@register.command("diff")
@click.argument("before", type=FOLDER)
@click.argument("after", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def diff(app: App, before: Path, after: Path, *, as_json: bool) -> None:
    """Tell what changed from the register BEFORE to AFTER, and which consents are asked again.

    Reads only. Exit status: 0 no difference, 1 some, 2 one of them holds no register.

    Example: chengnuo register diff examples/shop/register examples/shop/register
    """
    change = app.registers().diff(before, after)
    if as_json:
        _print_json(diff_as_tree(change))
    else:
        click.echo(diff_as_text(change, app.lang))
    raise SystemExit(EXIT_FINDINGS if change else 0)


@register.command("schema")
@click.pass_obj
def schema(app: App) -> None:
    """Print the JSON Schema of register files, for editors.

    Example: chengnuo register schema
    """
    _print_json(json_schema(app.catalogue()))


register.add_command(draft)
register.add_command(import_register)
register.add_command(export_register)
register.add_command(publish)
register.add_command(set_values)


def _print_json(tree: object) -> None:
    click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
