"""`chengnuo board run`: the controls of the pledge board, run on a data folder."""

import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.control import Control, Reach
from chengnuo.domain.finding.live import Fault, LiveOutcome
from chengnuo.doors.cli.board_app import BoardApp
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS, json_text
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED
from chengnuo.usecases.finding.control_tools import Ran

_RUNNING = Text("运行控制", "running controls")
_NOT_RECORDED = Text(
    "有服务在写这份证据日志，这次运行没有记入；服务每小时自己运行一次。",
    "a service writes this evidence log, so this run was not recorded; the service runs the"
    " controls every hour by itself",
)
_WORDS = {
    LiveOutcome.PASSED: Text("通过", "passed"),
    LiveOutcome.SAMPLED: Text("抽查通过", "passed on a sample"),
    LiveOutcome.FAILED: Text("不通过", "failing"),
    LiveOutcome.NOTHING_TO_CHECK: Text("无可核对", "nothing to check"),
    LiveOutcome.COULD_NOT_RUN: Text("没能运行", "could not run"),
    LiveOutcome.STALE: Text("过时", "stale"),
    LiveOutcome.NOT_SHOWN: Text("尚无证据", "shows nothing yet"),
    LiveOutcome.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
_DECLARED = Text("已登记，未验证", "declared, not verified")
_FIRST = (LiveOutcome.FAILED, LiveOutcome.COULD_NOT_RUN)
"""What somebody has to do something about; it is told before all else."""


@click.command("run")
@click.option(
    "--only",
    multiple=True,
    metavar="CONTROL",
    help="只运行这一项控制，可多次给出。 Run this control alone; may be given again.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def run(
    app: BoardApp,
    *,
    only: tuple[str, ...],
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Run the controls of the pledge board now, and record each run in the evidence log.

    A running service does so by itself. Beside one, this looks, records nothing, and says so.

    Exit status: 0 nothing was found wrong, 1 a control is failing, 2 no such control or no log, 3 a
    control could not run, or there is no register.

    Example: chengnuo board run --only withdrawals-followed --data ./data
    """
    with app.control_tools(data, settings_file) as tools:
        total = len(tools.chosen(only))
        with _progress(app.lang) as bar:
            task = bar.add_task("", total=total)
            ran = tools.run(only, lambda done: bar.update(task, completed=done))
        recorded = tools.recording
    if as_json:
        runs: list[Tree] = [_tree(one) for one in ran]
        click.echo(json_text({"recorded": recorded, "runs": runs}))
    else:
        click.echo("\n".join(_lines(ran, app.lang)))
    if not recorded:
        click.echo(_NOT_RECORDED.in_lang(app.lang), err=True)
    outcomes = {one.found.result.outcome for one in ran}
    if LiveOutcome.FAILED in outcomes:
        raise SystemExit(EXIT_FINDINGS)
    if LiveOutcome.COULD_NOT_RUN in outcomes:
        raise SystemExit(EXIT_UNFINISHED)


def _progress(lang: Lang) -> Progress:
    """A bar on stderr, and only where a person watches."""
    return Progress(
        TextColumn(_RUNNING.in_lang(lang)),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def _lines(ran: tuple[Ran, ...], lang: Lang) -> list[str]:
    lines = list[str]()
    for one in sorted(ran, key=_order):
        result, control = one.found.result, one.control
        said, title = _said(one).in_lang(lang), control.title.in_lang(lang)
        lines.append(f"{said}  {title}{_count(one, lang)} · {control.id}")
        lines += [f"    {fault.what.in_lang(lang)}{_where(fault)}" for fault in result.faults]
        if result.outcome is LiveOutcome.COULD_NOT_RUN and result.why is not None:
            lines.append(f"    {result.why.in_lang(lang)}")
    failing = sum(one.found.result.outcome is LiveOutcome.FAILED for one in ran)
    lines.append(
        Text(
            f"运行了 {len(ran)} 项控制，{failing} 项不通过。",
            f"{len(ran)} controls ran, {failing} failing.",
        ).in_lang(lang)
    )
    counts = Counter(_said(one).in_lang(lang) for one in ran)
    lines.append(" · ".join(f"{said} {n}" for said, n in counts.most_common()))
    return lines


def _order(one: Ran) -> int:
    outcome = one.found.result.outcome
    return _FIRST.index(outcome) if outcome in _FIRST else len(_FIRST)


def _said(one: Ran) -> Text:
    """Return how a control ended; one over the register never says more than what is declared."""
    outcome = one.found.result.outcome
    declares = isinstance(one.control, Control) and one.control.reach is Reach.DECLARED
    return _DECLARED if declares and outcome is LiveOutcome.PASSED else _WORDS[outcome]


def _count(one: Ran, lang: Lang) -> str:
    looked_at = one.found.result.looked_at
    at = "" if one.position is None else Text(f"，记录 {one.position}", f", record {one.position}")
    where = at if isinstance(at, str) else at.in_lang(lang)
    return Text(f"（看了 {looked_at} 项{where}）", f" ({looked_at} looked at{where})").in_lang(lang)


def _where(fault: Fault) -> str:
    named = fault.dossier or fault.request or fault.finding or fault.activity
    if fault.position > 0:
        named = str(fault.position)
    return f" [{named}]" if named else ""


def _tree(one: Ran) -> Tree:
    result, control = one.found.result, one.control
    return {
        "control": control.id,
        "duties": list(control.duties),
        "outcome": result.outcome.value,
        "lookedAt": result.looked_at,
        "wrong": result.wrong,
        "digest": one.found.digest,
        "record": one.position,
        "every": int(control.every.total_seconds()),
        "faults": [
            {
                "zh": fault.what.zh,
                "en": fault.what.in_lang(Lang.EN),
                "position": fault.position if fault.position > 0 else None,
                "dossier": fault.dossier,
                "request": fault.request,
                "activity": fault.activity,
                "finding": fault.finding,
            }
            for fault in result.faults
        ],
        "why": None
        if result.why is None
        else {"zh": result.why.zh, "en": result.why.in_lang(Lang.EN)},
    }
