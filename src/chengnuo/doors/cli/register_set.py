"""`chengnuo register set`: values of a register's folder, with what follows from them."""

from collections.abc import Iterator
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.diff_text import diff_as_text, diff_as_tree
from chengnuo.doors.cli.evidence_options import json_text
from chengnuo.usecases.register_consequences import Consequences
from chengnuo.usecases.register_setting import Worked

_TEXTS = Text("个人看到的文字", "Texts that people read")
_MADE = Text("新出现的发现", "Findings that are new")
_MENDED = Text("改好了的发现", "Findings that are mended")
_BOARD = Text("承诺板与控制", "Duties of the board")
_DECISIONS = Text("会变的决策回答", "Answers of decisions that change")
_ASSESSMENTS = Text("要重新做的影响评估", "Assessments to be made anew")
_WRITTEN = Text("已写入。", "Written.")
_NOT_WRITTEN = Text("没有写入；加上 --write 才写。", "Not written; add --write to write it.")


@click.command("set")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.argument("values", nargs=-1, required=True, metavar="KIND.ID.FIELD=VALUE...")
@click.option("--write", is_flag=True, help="写入文件。 Write the files.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def set_values(
    app: App, folder: Path, values: tuple[str, ...], *, write: bool, as_json: bool
) -> None:
    """Set values in the register in FOLDER, and tell what follows from them.

    A field is named as findings name it: `activity.nearby-stores.retention.keep`,
    `recipient.sentry.name.en`, `activity.nearby-stores.items[0].necessary`. A list of words has
    commas between them; a part is JSON; an empty VALUE leaves the field out. Without --write
    nothing is written. Only the lines that change are; all files, or none.

    Exit status: 0 told, or written, 2 FOLDER holds no register or would hold none then, or there
    is no such field, 3 a file was changed meanwhile or cannot be written.

    Example: chengnuo register set examples/shop/register activity.nearby-stores.retention.keep=P15D
    """
    setting = app.register_setting()
    worked = setting.work_out(folder, values)
    if write:
        setting.write(folder, worked)
    if as_json:
        click.echo(json_text({"written": write, **_as_tree(worked, app.lang)}))
        return
    click.echo(diff_as_text(worked.diff, app.lang))
    for line in _follows(worked.found, app.lang):
        click.echo(line)
    if worked.patch:
        click.echo(f"\n{worked.patch}", nl=False)
        click.echo("\n" + (_WRITTEN if write else _NOT_WRITTEN).in_lang(app.lang), err=True)


def _follows(found: Consequences, lang: Lang) -> Iterator[str]:
    for head, lines in _lines(found, lang).items():
        if lines:
            yield f"\n{head.in_lang(lang)} ({len(lines)})"
            yield from (f"  {one}" for one in lines)
    if found.decisions_in_all:
        count = f"{found.decisions_in_all} / {found.asked_in_all}"
        yield f"\n{_DECISIONS.in_lang(lang)}: {count}"


def _lines(found: Consequences, lang: Lang) -> dict[Text, list[str]]:
    return {
        _TEXTS: [
            f"{one.name.in_lang(lang)} · {one.app} (+{one.added} -{one.removed})"
            for one in found.texts
        ],
        _MADE: [_finding(one, lang) for one in found.made],
        _MENDED: [_finding(one, lang) for one in found.mended],
        _BOARD: [
            f"{one.text.in_lang(lang)}: {one.before.text.in_lang(lang)} → "
            f"{one.after.text.in_lang(lang)}"
            for one in found.board
        ],
        _ASSESSMENTS: [str(one.activity) for one in found.assessments],
    }


def _finding(one: Finding, lang: Lang) -> str:
    return f"{one.row} · {one.field}: {one.title.in_lang(lang)}"


def _as_tree(worked: Worked, lang: Lang) -> dict[str, Tree]:
    found = worked.found
    return {
        "patch": worked.patch,
        "files": [one.name for one in worked.edits],
        "diff": diff_as_tree(worked.diff),
        "texts": [
            {
                "app": one.app,
                "name": one.name.in_lang(lang),
                "prompt": one.prompt,
                "added": one.added,
                "removed": one.removed,
            }
            for one in found.texts
        ],
        "findings_made": [one.id for one in found.made],
        "findings_mended": [one.id for one in found.mended],
        "board": [
            {"duty": one.duty, "before": one.before.value, "after": one.after.value}
            for one in found.board
        ],
        "decisions": {"asked": found.asked_in_all, "changed": found.decisions_in_all},
        "assessments": [one.activity for one in found.assessments],
    }
