"""`chengnuo register publish`: lists, rules and prompts as files, every version kept."""

import json
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import SETTINGS
from chengnuo.doors.cli.evidence_words import say_recovered
from chengnuo.usecases.disclosure import Published
from chengnuo.usecases.evidence.recording import Recorder


@click.command("publish")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    default=Path("register"),
    show_default=True,
    help="登记簿文件夹。 Register folder.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="数据目录；发布记入其中的证据日志。 Data folder in whose evidence log it is recorded.",
)
@SETTINGS
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def publish(  # noqa: PLR0913  one for each option
    app: App,
    out: Path,
    *,
    folder: Path,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Publish lists, rules, notices and prompts from a register into OUT.

    Both languages, as HTML, PDF, XLSX, Markdown and JSON; every version published before stays in
    OUT/archive with what changed in words. Publishing the same again changes nothing. With --data
    the publication is recorded in the evidence log there. Exit status: 0 published, 2 no
    register, one with places that a draft left open, no log, or OUT holds other things, 3 not
    written, or a service writes the log.

    Example: chengnuo register publish --register examples/shop/register out/published
    """
    loaded = app.registers().load(folder)
    register = loaded.register
    place = app.publication_place(out)
    recorded = data is not None or settings_file is not None
    # The log comes first: if it cannot be written, nothing is published without a record.
    with app.evidence_writing(data, settings_file) if recorded else nullcontext() as writing:
        with _progress(app.lang) as bar:
            task = bar.add_task("", total=None)
            published = app.publisher().publish(
                register, place, on_file=lambda _path: bar.advance(task)
            )
        if writing is not None:
            say_recovered(writing.log.status(), app.lang)
            _record(published, writing.recorder)
    if as_json:
        tree = {**_as_tree(published, out), "recorded": recorded}
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        click.echo(_as_text(published, out, app.lang, recorded=recorded))
    if not recorded:
        click.echo(_NOT_RECORDED.in_lang(app.lang), err=True)
    if (left := app.registers().check(loaded).counts()) and any(left.values()):
        click.echo(_still_open(left, app.lang), err=True)


_NOT_RECORDED = Text(
    "本次发布未记入证据日志；用 --data 指定数据目录即可记入。",
    "this publication was not recorded in an evidence log; name a data folder with --data",
)


def _still_open(left: Mapping[Severity, int], lang: Lang) -> str:
    """Return what the check still says: published is what is declared, not that it is right."""
    found = ", ".join(f"{one.text.in_lang(lang)} {left[one]}" for one in Severity if left[one])
    return Text(
        f"登记簿检查还有：{found.replace(', ', '，')}。见 chengnuo register check，或“待决定”页。",
        f"the check of the register still says: {found}; see chengnuo register check, or the page "
        "of what is to be decided",
    ).in_lang(lang)


def _record(published: Published, recorder: Recorder) -> None:
    kept = published.kept
    files = sorted(kept.files.items())
    recorder.published(kept.register, files, by="cli", single_person=True)


def _progress(lang: Lang) -> Progress:
    """A bar on stderr, and only where a person watches."""
    stream = sys.stderr
    words = "生成文件" if lang is Lang.ZH else "making files"
    console = Console(file=stream)
    return Progress(
        TextColumn(words),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not stream.isatty(),
    )


def _as_text(published: Published, out: Path, lang: Lang, *, recorded: bool) -> str:
    kept, index = published.kept, out / "index.html"
    version = short(kept.register)
    if lang is Lang.ZH:
        did = f"已发布 {len(kept.files)} 个文件" if published.is_new else "与已发布的相同，没有改动"
        noted = "，已记入证据日志" if recorded else ""
        return f"{did}：{index}（登记簿 {version}，第 {kept.number} 次发布{noted}）"
    did = f"{len(kept.files)} files published" if published.is_new else "nothing changed"
    noted = ", recorded in the evidence log" if recorded else ""
    return f"{did}: {index} (register {version}, no. {kept.number}{noted})"


def _as_tree(published: Published, out: Path) -> dict[str, object]:
    kept = published.kept
    return {
        "folder": str(out),
        "publication": kept.id,
        "number": kept.number,
        "new": published.is_new,
        "register": kept.register,
        "law": kept.law,
        "files": dict(kept.files),
    }
