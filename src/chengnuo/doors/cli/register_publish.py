"""`chengnuo register publish`: lists, rules and prompts as files, every version kept."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.doors.cli.app import App
from chengnuo.usecases.disclosure import Published


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def publish(app: App, out: Path, *, folder: Path, as_json: bool) -> None:
    """Publish lists, rules, notices and prompts from a register into OUT.

    Both languages, as HTML, PDF, XLSX, Markdown and JSON; every version published before stays in
    OUT/archive with what changed in words. Publishing the same again changes nothing. Exit
    status: 0 published, 2 no register or OUT holds other things, 3 not written.

    Example: chengnuo register publish --register examples/shop/register out/published
    """
    register = app.registers().load(folder).register
    place = app.publication_place(out)
    with _progress(app.lang) as bar:
        task = bar.add_task("", total=None)
        published = app.publisher().publish(
            register, place, on_file=lambda _path: bar.advance(task)
        )
    if as_json:
        click.echo(json.dumps(_as_tree(published, out), ensure_ascii=False, indent=2))
    else:
        click.echo(_as_text(published, out, app.lang))


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


def _as_text(published: Published, out: Path, lang: Lang) -> str:
    kept, index = published.kept, out / "index.html"
    version = short(kept.register)
    if lang is Lang.ZH:
        did = f"已发布 {len(kept.files)} 个文件" if published.is_new else "与已发布的相同，没有改动"
        return f"{did}：{index}（登记簿 {version}，第 {kept.number} 次发布）"
    did = f"{len(kept.files)} files published" if published.is_new else "nothing changed"
    return f"{did}: {index} (register {version}, no. {kept.number})"


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
