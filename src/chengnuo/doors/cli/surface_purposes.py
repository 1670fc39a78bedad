"""`chengnuo surface purposes`: is the purpose of each permission told beside the request."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.finding_json import finding_tree
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_rules.purposes import NOT_TOLD, UNSEEN
from chengnuo.domain.finding.package_words import short_name
from chengnuo.domain.observation.observation import Observation, Subject
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.findings_text import findings_lines
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.cli.package_options import APP, FILE
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.doors.cli.surface_record import DATA, entered
from chengnuo.ports.packages import MEMORY_BYTES, WALL_S
from chengnuo.usecases.inspection.inspections import Declared

_TOLD: Final = Text("  {0} · 已告知：{1}", "  {0} · told: {1}")
_NOT_TOLD: Final = Text("  {0} · 没有找到告知用途的文字", "  {0} · no text tells what it is for")
_UNSEEN: Final = Text("  {0} · 看不到", "  {0} · unseen")
_NONE: Final = Text("代码没有申请需要询问的权限。", "code asks for no permission of the individual")
_SAID: Final = Text(
    "安装包：申请 {0} 项权限，{1} 项没有告知用途", "package: {0} asked, {1} not told"
)


@click.command("purposes")
@click.argument("file", type=FILE)
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="登记簿文件夹，取其中的用途。 Folder of the register that declares the purposes.",
)
@APP
@DATA
@JSON
@click.pass_obj
def purposes(  # noqa: PLR0913  one for each option
    app: App,
    file: Path,
    *,
    folder: Path | None,
    app_id: str | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Look in an app's package for a text that says what each permission is for that it asks for.

    FILE is an APK, AAB or XAPK. Looked at are the permissions that people are asked for and whose
    request is in the code: one short text has to name the permission and its purpose. With
    --register the line to show is ready to be pasted. Where code or texts are elsewhere, nothing
    is concluded. With --data the result is entered, and the board shows it; what --json prints
    without --data is the report whose hash is entered.

    Exit status: 0 each is told, 1 one is not, 2 no app or no register, 3 not finished,
    4 it cannot be told.

    Example: chengnuo surface purposes app.apk --register examples/shop/register
    """
    if app_id is not None and folder is None:
        raise click.UsageError("--app needs --register")
    inspections = app.inspections(memory_bytes=MEMORY_BYTES, wall_s=WALL_S)
    register = None if folder is None else app.registers().load(folder).register
    declared = Declared(register=register, app=None if app_id is None else AppId(app_id))
    with stages(file, app.lang) as tell:
        inspection = inspections.inspect(file, tell)
    report = inspections.report(inspection, declared)
    found = [one for one in report.findings if one.rule in {NOT_TOLD, UNSEEN}]
    seen = asked(report)
    untold = sum(1 for one in seen if one.detail("untold") == "yes")
    is_good = _is_good(found)
    tree: dict[str, Tree] = {
        "permissions": [_tree(one) for one in seen],
        "findings": [finding_tree(one) for one in found],
    }
    said = Text(
        _SAID.zh.format(len(seen), untold), _SAID.in_lang(Lang.EN).format(len(seen), untold)
    )
    more = entered(
        app,
        data,
        "permission-purpose",
        json_text(tree),
        is_good=is_good if seen else None,
        said=said,
    )
    if as_json:
        click.echo(json_text({**tree, **more}))
    else:
        click.echo("\n".join(_lines(app, seen, found)))
    if is_good is None:
        raise SystemExit(EXIT_UNDECIDED)
    raise SystemExit(0 if is_good else EXIT_FINDINGS)


def asked(report: PackageReport) -> tuple[Observation, ...]:
    """Return the permissions whose request was seen, or may be where nothing is seen."""
    return tuple(
        one
        for one in report.inspection.observations
        if one.subject is Subject.PERMISSION and (one.detail("asked") or one.detail("untold"))
    )


def _is_good(found: Sequence[Finding]) -> bool | None:
    """Tell whether each purpose is told; None where it cannot be told."""
    rules = {one.rule for one in found}
    return False if NOT_TOLD in rules else None if rules else True


def _lines(app: App, seen: Sequence[Observation], found: Sequence[Finding]) -> Iterator[str]:
    if not seen:
        yield _NONE.in_lang(app.lang)
    for one in seen:
        pattern = (
            _TOLD if one.detail("told") else _NOT_TOLD if one.detail("untold") == "yes" else _UNSEEN
        )
        yield pattern.in_lang(app.lang).format(short_name(one.what), one.detail("told"))
    yield from findings_lines(found, _place, app.catalogue(), app.lang)


def _place(one: Finding) -> str:
    return f"{one.row} · {one.field}" if one.field else str(one.row)


def _tree(one: Observation) -> Tree:
    untold = one.detail("untold")
    return {
        "permission": one.what,
        "answer": "told" if not untold else "not-told" if untold == "yes" else "unseen",
        "text": one.detail("told"),
    }
