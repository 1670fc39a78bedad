"""`chengnuo surface page` and `recorder`: splash screens and pop-ups as they were seen."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.finding_json import finding_tree
from chengnuo.domain.finding.page_check import page_findings
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.findings_text import findings_lines
from chengnuo.doors.cli.package_options import FILE
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.doors.cli.surface_bodies import MOST_BYTES, recorded_page
from chengnuo.doors.cli.surface_record import DATA, entered

_NONE: Final = Text(
    "记录的 {layers} 个弹窗或开屏都能一次点击关闭，没有强制跳转；没有记录到的看不到。",
    "each of the {layers} recorded layers closes by one tap, and none forces a jump; what was not "
    "recorded is not seen",
)
_SCRIPT = "surface_recorder.js"


@click.command("page")
@click.argument("file", type=FILE)
@DATA
@JSON
@click.pass_obj
def page(app: App, file: Path, *, data: Path | None, as_json: bool) -> None:
    """Judge the splash screens and pop-ups of a recorded page: closed, large enough, no jumps.

    FILE is JSON as the script of `chengnuo surface recorder` makes it in a browser or WebView, or
    as a test of the app writes it. A layer has to have something that closes it, from the start,
    of at least 24 px, and to lead elsewhere only after a tap on what says so. With --data the
    result is entered, and the board shows it, unless no layer was recorded; what --json prints
    without --data is the report whose hash is entered.

    Exit status: 0 nothing found, 1 findings, 2 no such file or no recording.

    Example: chengnuo surface page splash.json
    """
    with file.open("rb") as opened:
        recorded = recorded_page(str(file), opened.read(MOST_BYTES + 1))
    law = app.catalogue()
    found = page_findings(recorded, law)
    layers = len(recorded.layers)
    tree = _tree(layers, found)
    said = Text(
        f"记录的页面：{layers} 个弹窗或开屏，{len(found)} 个问题",
        f"recorded page: {layers} layers, {len(found)} findings",
    )
    is_good = False if found else True if layers else None
    more = entered(app, data, "splash", json_text(tree), is_good=is_good, said=said)
    if as_json:
        click.echo(json_text({**tree, **more}))
    elif found:
        for line in findings_lines(found, _place, law, app.lang):
            click.echo(line)
    else:
        click.echo(_NONE.in_lang(app.lang).format(layers=layers))
    if found:
        raise SystemExit(EXIT_FINDINGS)


@click.command("recorder")
@JSON
def recorder(*, as_json: bool) -> None:
    """Print the script that records what lies over a page and where it leads.

    Run it in the page before its own scripts: with Playwright by `add_init_script`, in a WebView by
    `addDocumentStartJavaScript`. Afterwards `chengnuoSurface()` returns the recording. What leads
    away is noted and not followed. It sends nothing anywhere.

    Exit status: 0.

    Example: chengnuo surface recorder
    """
    script = files("chengnuo.doors.cli").joinpath(_SCRIPT).read_text("utf-8")
    click.echo(json_text({"script": script}) if as_json else script, nl=as_json)


def _place(one: Finding) -> str:
    return one.field


def _tree(layers: int, found: Iterable[Finding]) -> dict[str, Tree]:
    return {"layers": layers, "findings": [finding_tree(one) for one in found]}
