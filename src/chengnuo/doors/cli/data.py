"""`chengnuo data …`: where an installation keeps its data."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    JSON,
    SETTINGS,
    STOP_FIRST,
    advice_if_locked,
    json_text,
)
from chengnuo.usecases.operations.moving import Moved, Moving

_SQLITE = "sqlite:"


class MoveSourceError(InvalidInputError):
    """What shall be moved is not named as `sqlite:FOLDER`, or the place to move it to is not."""

    code = "move-source"

    def __init__(self, expected: str) -> None:
        super().__init__(f"expected {expected}")


class MovingApp(App, Protocol):
    """The program as this command sees it."""

    def data_moving(
        self, folder: Path, database: str, settings_file: Path | None
    ) -> AbstractContextManager[Moving]:
        """Open a data folder and the database that it is moved to.

        Args:
            folder: The data folder.
            database: Address of the database; empty for that of the settings.
            settings_file: The settings; None for none.

        Raises:
            NoLogError: There is no log in the folder.
            NotADatabaseUrlError: No database is named.
            MoveTargetError: The database is in use; nothing was changed.

        """
        ...


@click.group()
def data() -> None:
    """迁移数据所在的位置。 Where the data are kept."""


@data.command("move")
@click.argument("source", metavar="sqlite:FOLDER")
@click.argument("target", metavar="[postgresql://…]", required=False, default="")
@click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(0),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="等待服务停止的最长时间。 How long to wait for the service to be stopped.",
)
@SETTINGS
@JSON
@click.pass_obj
def move(  # noqa: PLR0913  one for each option
    app: MovingApp,
    *,
    source: str,
    target: str,
    wait_s: float,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Move the database of a data folder to PostgreSQL, while its service goes on.

    Stores, records of the log and wrapped keys are copied beside the running service. Once only
    the rest is left this says so: stop the service; then the rest is copied, every row is held to
    the other side and the tree of the log to its signed checkpoint, and the folder is marked as
    moved. Start the service again with `database` in its settings and the same data folder, which
    keeps what signs. Whatever ends it early, run it again: it goes on.

    The address may hold a password, so it is better left to CHENGNUO_DATABASE or the settings. The
    way back is not offered.

    Exit status: 0 moved, now or before; 2 wrong usage, or the database holds something else; 3 not
    yet: the service was not stopped, a side does not answer, or they differ. Until it is 0 the
    folder stays in force, or this must be run again.

    Example: chengnuo data move sqlite:./data postgresql://chengnuo@db.example/chengnuo
    """
    folder = source.removeprefix(_SQLITE)
    if not source.startswith(_SQLITE) or not folder:
        raise MoveSourceError("sqlite:FOLDER as what is moved")
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.data_moving(Path(folder), target, settings_file) as moving,
        _progress(app.lang) as (tell, ready),
    ):
        moved = moving.run(wait_s=wait_s, tell=tell, ready=ready)
    if as_json:
        click.echo(json_text(_tree(moved)))
    else:
        click.echo("\n".join(_lines(moved, app.lang)))


@contextmanager
def _progress(lang: Lang) -> Iterator[tuple[Callable[[str, int], None], Callable[[str], None]]]:
    """Give what to call as it goes on, and once only the service is waited for."""
    copying = Text("复制并核对", "copying and comparing").in_lang(lang)

    def ready(holder: str) -> None:
        text = Text(
            f"数据已复制。请现在停止服务（进程 {holder}）；停止后复制余下的部分并切换。",
            f"the data are copied; stop the service now (process {holder}): then the rest is"
            " copied and the switch is made",
        )
        click.echo(text.in_lang(lang), err=True)

    if not sys.stderr.isatty():
        last = ""

        def tell_line(name: str, _rows: int) -> None:
            nonlocal last
            if name != last:
                last = name
                click.echo(f"{copying} {name}", err=True)

        yield tell_line, ready
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bar:
        task = bar.add_task(copying, total=None)

        def tell(name: str, rows: int) -> None:
            bar.update(task, description=f"{copying} {name} {rows:,}")

        yield tell, ready


def _lines(moved: Moved, lang: Lang) -> list[str]:
    if moved.round is None or moved.tree is None:
        return [
            Text(
                f"数据早已迁移到 {moved.to}。", f"the data were moved to {moved.to} before"
            ).in_lang(lang)
        ]
    rows = sum(one.rows for one in moved.round.tables)
    tree = moved.tree
    return [
        Text(
            f"已迁移到 {moved.to}；停写 {moved.held_s:.1f} 秒。",
            f"moved to {moved.to}; nobody could write for {moved.held_s:.1f} s",
        ).in_lang(lang),
        Text(
            f"{len(moved.round.tables)} 张表共 {rows:,} 行，两边逐行相同。",
            f"{rows:,} rows of {len(moved.round.tables)} tables, the same on both sides",
        ).in_lang(lang),
        Text(
            f"存证日志 {tree.origin}：{tree.size:,} 条记录；前 {tree.proved:,} 条的树根与已签署的"
            f"检查点一致：{tree.root.hex()}",
            f"evidence log {tree.origin}: {tree.size:,} records; the root over the first"
            f" {tree.proved:,} is the one that was signed: {tree.root.hex()}",
        ).in_lang(lang),
        Text(
            "请在设置中写明 database，用同一数据目录启动服务；确认无误后可删除目录中的"
            " chengnuo.db、evidence/keys.db 和 evidence/wal。",
            "name it as `database` in the settings and start the service with the same data folder;"
            " once all is well chengnuo.db, evidence/keys.db and evidence/wal in it may go",
        ).in_lang(lang),
    ]


def _tree(moved: Moved) -> Tree:
    tree = moved.tree
    return {
        "to": moved.to,
        "already": moved.already,
        "heldMs": round(1000 * moved.held_s),
        "log": None
        if tree is None
        else {
            "origin": tree.origin,
            "size": tree.size,
            "provedSize": tree.proved,
            "root": tree.root.hex(),
        },
        "tables": [
            {"name": one.name, "rows": one.rows, "sha256": one.digest.hex()}
            for one in (() if moved.round is None else moved.round.tables)
        ],
    }
