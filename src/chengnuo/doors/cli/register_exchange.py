"""`chengnuo register import` and `export`: other formats in and out."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.app import App
from chengnuo.ports.register_format import Fate, ImportNote, Lack
from chengnuo.usecases.exchange import Imported

_FATES: dict[Fate, Text] = {
    Fate.CARRIED: Text("原样带入", "carried as it is"),
    Fate.CHANGED: Text("改写后带入", "carried with a change"),
    Fate.LOST: Text("无法带入", "cannot be carried"),
    Fate.OPEN: Text("待补充", "to be answered"),
}
READABLE = ("fideslang",)
WRITABLE = ("fideslang", "dpv")


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="写入的登记簿文件夹。 Register folder to write.",
)
@click.option("--format", "name", type=click.Choice(READABLE), default=READABLE[0])
@click.option("--replace", is_flag=True, help="覆盖已有的登记簿。 Replace the register there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def import_register(  # noqa: PLR0913, PLR0917 (one for each option)
    app: App,
    path: Path,
    folder: Path,
    name: str,
    replace: bool,  # noqa: FBT001 (click passes flags so)
    as_json: bool,  # noqa: FBT001 (click passes flags so)
) -> None:
    """Read a register of another format from PATH and write it as a folder.

    Everything in the file is told: carried, changed, lost, or still to be answered. Exit status:
    0 written, 2 PATH is not of the format, 3 the folder is not empty; then nothing is written.

    Example: chengnuo register import manifest.yml -o register --format fideslang
    """
    imported = app.exchange().bring_in(name, path, folder, replace=replace)
    if as_json:
        tree = _import_as_tree(imported, app.lang)
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_import_lines(imported, folder, app.lang)))


@click.command("export")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    "file",
    default="-",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="写入的文件，- 为标准输出。 File to write, - for standard output.",
)
@click.option("--format", "name", type=click.Choice(WRITABLE), default=WRITABLE[0])
@click.option("--json", "as_json", is_flag=True, help="Print what is not seen as JSON, on stderr.")
@click.pass_obj
def export_register(
    app: App,
    folder: Path,
    file: Path,
    name: str,
    as_json: bool,  # noqa: FBT001 (click passes flags so)
) -> None:
    """Write the register in FOLDER in another format, and tell what that format cannot say.

    Exit status: 0 written, 2 FOLDER holds no register.

    Example: chengnuo register export examples/shop/register --format dpv -o shop.jsonld
    """
    register = app.registers().load_as_written(folder).register
    exported = app.exchange().give_out(name, register)
    if str(file) == "-":
        sys.stdout.buffer.write(exported.data)
        sys.stdout.buffer.flush()
    else:
        file.write_bytes(exported.data)
    if as_json:
        lacks: Tree = [_lack_as_tree(lack, app.lang) for lack in exported.lacks]
        click.echo(json.dumps({"lacks": lacks}, ensure_ascii=False, indent=2), err=True)
    elif exported.lacks:
        click.echo("\n".join(_lack_lines(exported.lacks, app.lang)), err=True)


def _import_lines(imported: Imported, folder: Path, lang: Lang) -> list[str]:
    counts = {fate: len(imported.result.of(fate)) for fate in Fate}
    lines = [
        f"已写入 {len(imported.files)} 个文件：{folder}"
        if lang is Lang.ZH
        else f"{len(imported.files)} files written to {folder}"
    ]
    lines += [f"{counts[fate]:>6}  {_FATES[fate].in_lang(lang)}" for fate in Fate]
    for fate in (Fate.CHANGED, Fate.LOST, Fate.OPEN):
        notes = imported.result.of(fate)
        if notes:
            lines += ["", _FATES[fate].in_lang(lang)]
            lines += [f"  {_note_line(note, lang)}" for note in notes]
    return lines


def _note_line(note: ImportNote, lang: Lang) -> str:
    said = f": {note.said.in_lang(lang)}" if note.said is not None else ""
    row = f" → {note.row}" + (f" · {note.field}" if note.field else "") if note.row else ""
    return f"{note.place}: {note.source}{row}{said}"


def _import_as_tree(imported: Imported, lang: Lang) -> Tree:
    return {
        "files": [file.as_posix() for file in imported.files],
        "notes": [
            {
                "fate": note.fate.value,
                "file": note.place.file,
                "line": note.place.line,
                "source": note.source,
                "row": str(note.row) if note.row else None,
                "field": note.field,
                "said": note.said.in_lang(lang) if note.said else None,
            }
            for note in imported.result.notes
        ],
    }


def _lack_as_tree(lack: Lack, lang: Lang) -> Tree:
    return {"row": str(lack.row), "field": lack.field, "said": lack.said.in_lang(lang)}


def _lack_lines(lacks: Sequence[Lack], lang: Lang) -> list[str]:
    head = (
        f"该格式无法直接表达的内容：{len(lacks)} 处"
        if lang is Lang.ZH
        else f"what the format cannot say in words of its own: {len(lacks)}"
    )
    return [head, *(f"  {lack.row} · {lack.field}: {lack.said.in_lang(lang)}" for lack in lacks)]
