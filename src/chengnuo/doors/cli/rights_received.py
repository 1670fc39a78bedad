"""`chengnuo rights received`: what individuals had moved here, for this handler to use."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Group, RenderableType
from rich.text import Text as Line

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    OUT,
    REASON,
    SETTINGS,
    OutputExistsError,
    OutputNotWrittenError,
    advice_if_locked,
    hold_free,
    json_text,
)
from chengnuo.doors.cli.evidence_words import clock
from chengnuo.doors.cli.rights_text import show
from chengnuo.ports.rights_exports import ExportBrokenError, ExportStream
from chengnuo.usecases.rights.receiving import ReceivedSeen


@click.command("received")
@click.option(
    "--take", metavar="ID", help="取出这一次转入的文件。 Take out a file of this transfer."
)
@click.option(
    "--part",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="取出第几个文件。 Which of its files.",
)
@OUT
@REASON
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def received(  # noqa: PLR0913  one for each option
    app: App,
    *,
    take: str | None,
    part: int,
    out: Path | None,
    reason: str,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """List what individuals had moved here, or take a file of it out for use.

    Listing reads only, also while a service runs. Taking out is recorded first, with its reason, in
    the individual's own evidence, and needs the data folder to itself; the file lies there open, so
    keep and delete it by your register. Exit status: 0, 2 there is no such transfer, or no reason,
    3 a service has the data folder, or what came in is damaged.

    Example: chengnuo rights received --data ./data
    """
    if (take is None) is not (out is None):
        raise click.UsageError(_BOTH.in_lang(app.lang))
    if take is None or out is None:
        with app.rights_received(data, settings_file, recording=False) as desk:
            found = desk.all()
        if as_json:
            click.echo(json_text([_tree(one) for one in found]))
        else:
            show(_text(found, app.lang))
        return
    hold_free(out, force=force)
    with (
        advice_if_locked(_STOP_FIRST, app.lang),
        app.rights_received(data, settings_file, recording=True) as desk,
    ):
        stream = desk.take(take, part, by="cli", reason=reason)
        _write(stream, out, force=force)
    if as_json:
        said: Tree = {"transfer": take, "part": part, "file": str(out), "sha256": stream.sha256}
        click.echo(json_text(said))
    else:
        click.echo(_WRITTEN.in_lang(app.lang).format(out, stream.name))


def _write(stream: ExportStream, out: Path, *, force: bool) -> None:
    """Write a part into a file for nobody else to read; a part that is damaged leaves none.

    Raises:
        OutputExistsError: The file is there, and shall not be replaced.
        OutputNotWrittenError: It cannot be written.
        ExportBrokenError: What is kept is not what came in.

    """
    try:
        with open(out, "wb" if force else "xb", opener=_private) as file:
            _copy(stream, file)
    except FileExistsError as error:
        raise OutputExistsError(str(out)) from error
    except OSError as error:
        raise OutputNotWrittenError(str(out), error.strerror or "the disk refused") from error
    except ExportBrokenError:
        out.unlink(missing_ok=True)
        raise


def _copy(stream: ExportStream, file: BinaryIO) -> None:
    digest = sha256()
    for piece in stream.read(0, stream.size):
        digest.update(piece)
        file.write(piece)
    if digest.hexdigest() != stream.sha256:
        raise ExportBrokenError(stream.name, "it is not what came in")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _tree(one: ReceivedSeen) -> Tree:
    return {
        "transfer": one.offer,
        "sender": one.sender,
        "key": one.vkey,
        "received": None if one.at is None else one.at.isoformat(),
        "keptUntil": one.files[0].expires.isoformat(),
        "files": [
            {"part": file.part, "name": file.name, "size": file.size, "sha256": file.sha256}
            for file in one.files
        ],
    }


def _text(found: Sequence[ReceivedSeen], lang: Lang) -> RenderableType:
    if not found:
        return Line(_NOTHING.in_lang(lang))
    return Group(*(Line(line) for one in found for line in _lines(one, lang)))


def _lines(one: ReceivedSeen, lang: Lang) -> list[str]:
    until = clock(one.files[0].expires)
    if one.at is None:
        state = Text("尚未收齐，不可取出", "not all of it is here yet")
    else:
        state = Text(
            f"收齐 {clock(one.at)}，保存至 {until}",
            f"received {clock(one.at)}, kept until {until}",
        )
    return [
        f"{one.offer}  {one.sender} · {state.in_lang(lang)}",
        *(f"  {file.part}  {file.name}  {file.size} B" for file in one.files),
    ]


_BOTH = Text("请同时给出 --take 与 --out，或者都不给", "give --take and --out together, or neither")
_NOTHING = Text("没有转入的文件", "nothing was moved here")
_WRITTEN = Text(
    "已取出 {1}，写入 {0}（仅本人可读）；取出已记入个人的存证链。",
    "{1} is in {0}, readable by you alone; that it was taken out stands in the individual's"
    " evidence",
)
_STOP_FIRST = Text(
    "很可能是 chengnuo serve 正在运行。取出要先记入存证，请先停止服务，运行本命令，再启动服务；"
    "列出则不必。",
    "most likely `chengnuo serve` is running. Taking out is recorded first: stop it, run this"
    " command, and start it again. Listing needs no stop",
)
