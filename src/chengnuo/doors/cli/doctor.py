"""`chengnuo doctor`: one look over an installation, and what to do about it."""

from pathlib import Path
from typing import Protocol, cast

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.evidence_options import DATA, JSON, json_text
from chengnuo.doors.cli.refusal_text import refusal_as_text, refusal_as_tree
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED
from chengnuo.usecases.operations.checks import Check, State, Subject
from chengnuo.usecases.operations.checkup import Checkup, Diagnosis

NAMES: dict[Subject, Text] = {
    Subject.PYTHON: Text("Python", "Python"),
    Subject.PACKAGES: Text("所需的包", "packages"),
    Subject.EXTRAS: Text("附加部分", "extras"),
    Subject.PAPER: Text("字体与 PDF", "fonts and PDF"),
    Subject.CHILD: Text("读取外来文件", "files of others"),
    Subject.LAW: Text("法规数据", "law data"),
    Subject.CALENDAR: Text("工作日历", "working days"),
    Subject.SETTINGS: Text("设置", "settings"),
    Subject.REGISTER: Text("登记簿", "register"),
    Subject.DATA_FOLDER: Text("数据目录", "data folder"),
    Subject.DATABASE: Text("数据库", "database"),
    Subject.LOG: Text("存证日志", "evidence log"),
    Subject.CLOCK: Text("时钟", "clock"),
    Subject.SECRETS: Text("密钥文件", "key files"),
    Subject.EPOCH_KEY: Text("上层密钥", "epoch key"),
    Subject.PLANES: Text("位面", "planes"),
    Subject.PORT: Text("端口", "port"),
    Subject.PROVIDER: Text("统一身份登录", "identity provider"),
}
MARKS: dict[State, Text] = {
    State.WELL: Text("正常", "well"),
    State.NOTE: Text("留意", "note"),
    State.DUE: Text("要做", "to do"),
    State.UNKNOWN: Text("未看", "unseen"),
}
_STATUS = {State.DUE: EXIT_FINDINGS, State.UNKNOWN: EXIT_UNFINISHED}


class LookedOver(Protocol):
    """What this command asks of the program."""

    @property
    def lang(self) -> Lang:
        """The language to speak."""
        ...

    def checkup(self, data: Path | None, settings_file: Path | None) -> Checkup:
        """Return the use case of looking over an installation."""
        ...


@click.command("doctor")
@DATA
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="设置文件（TOML），与 serve 相同。 Settings file, the same as for serve.",
)
@JSON
@click.pass_obj
def doctor(
    program: object, *, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """检查安装：哪里正常，哪里要做什么。 Look over an installation: what is well, what to do.

    Reads only, also while a service runs, and locks nothing. The identity provider is asked for
    its discovery document if one is set. Exit status: 0 all well, 1 something to do, 3 nothing to
    do, but something could not be looked at.

    Example: chengnuo doctor --data ./data
    """
    app = cast("LookedOver", program)
    diagnosis = app.checkup(data, settings_file).look()
    if as_json:
        click.echo(json_text(_tree(diagnosis, app.lang)))
    else:
        click.echo("\n".join(_lines(diagnosis, app.lang)))
    raise SystemExit(_STATUS.get(diagnosis.state, 0))


def _lines(diagnosis: Diagnosis, lang: Lang) -> list[str]:
    lines: list[str] = []
    for one in diagnosis.checks:
        mark, name = MARKS[one.state].in_lang(lang), NAMES[one.subject].in_lang(lang)
        between = "：" if lang is Lang.ZH else ": "
        lines.append(f"[{mark}] {name}{between}{one.says.in_lang(lang)}")
        if one.error is not None:
            said = refusal_as_text(one.error, lang)
            lines += [f"      {line.strip()}" for line in said.splitlines()]
        if one.advice is not None:
            lines.append(f"    → {one.advice.in_lang(lang)}")
    counts = {state: sum(one.state is state for one in diagnosis.checks) for state in State}
    lines.append(
        Text(
            f"要做 {counts[State.DUE]} 项，未看 {counts[State.UNKNOWN]} 项。",
            f"{counts[State.DUE]} to do, {counts[State.UNKNOWN]} unseen",
        ).in_lang(lang)
    )
    return lines


def _tree(diagnosis: Diagnosis, lang: Lang) -> Tree:
    return {
        "state": diagnosis.state.value,
        "checks": [_check_tree(one, lang) for one in diagnosis.checks],
    }


def _check_tree(check: Check, lang: Lang) -> Tree:
    return {
        "check": check.subject.value,
        "state": check.state.value,
        "says": _both(check.says),
        "advice": None if check.advice is None else _both(check.advice),
        "error": None if check.error is None else refusal_as_tree(check.error, lang),
    }


def _both(text: Text) -> Tree:
    return {"zh": text.zh, "en": text.in_lang(Lang.EN)}
