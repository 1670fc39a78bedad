"""`chengnuo stores …`: what the operator's stores really hold, beside the register."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from chengnuo.base.columns import plain
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.finding.store_check import check_stores
from chengnuo.domain.finding.stores_json import stores_report_json
from chengnuo.domain.finding.stores_look import StoresLook
from chengnuo.domain.register.model import Register
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.engine_option import ENGINE, batching
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    SETTINGS,
    hold_free,
    write_out,
)
from chengnuo.doors.cli.register import FOLDER
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED
from chengnuo.doors.cli.stores_text import stores_as_text
from chengnuo.ports.batches import Engine
from chengnuo.ports.store_look import StoreLooks
from chengnuo.usecases.decision.opening import edition_in_force
from chengnuo.usecases.stores.counting import COUNTED_HERE, Counting
from chengnuo.usecases.stores.scanning import USUAL_ROWS, Wanted

_LOOKING = Text("查看", "looking into")


class NoSuchStoreError(InvalidInputError):
    """The register has no store of this id.

    Attributes:
        store: The id.

    """

    code = "no-such-store"

    def __init__(self, store: str, known: tuple[str, ...]) -> None:
        expected = ", ".join(f"`{one}`" for one in known)
        super().__init__(f"the register has no store `{store[:60]}`; expected one of {expected}")
        self.store = store


@click.group()
def stores() -> None:
    """查看存储中实际存了什么。 See what the stores really hold."""


@stores.command("scan")
@click.option(
    "--register",
    "folder",
    type=FOLDER,
    help="登记簿文件夹；省略时用数据目录中生效的登记簿。 Register folder; else the one in force in"
    " the data folder.",
)
@click.option(
    "--connections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='连接文件（TOML，名称 = "地址"）；省略时用设置和同名环境变量。 TOML, name = "URL"; else'
    " the settings and environment variables of those names.",
)
@click.option("--store", "only", multiple=True, metavar="ID", help="只看该存储。 Only this store.")
@click.option(
    "--rows",
    type=click.IntRange(1),
    default=USUAL_ROWS,
    show_default=True,
    help="每张表最多看几行。 How many rows of a table are looked at.",
)
@click.option("--whole", is_flag=True, help="看所有行。 Look at all rows.")
@ENGINE
@click.option("--no-examples", is_flag=True, help="不显示遮盖后的例子。 No masked examples.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入 JSON 报告的文件。 File for the JSON report.",
)
@FORCE
@DATA
@SETTINGS
@click.pass_obj
def scan(  # noqa: PLR0913  one for each option
    app: App,
    *,
    folder: Path | None,
    connections: Path | None,
    only: tuple[str, ...],
    rows: int,
    whole: bool,
    engine: Engine | None,
    no_examples: bool,
    as_json: bool,
    out: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
) -> None:
    """Look into the stores of the register: which column really holds what.

    All tables of each store are looked into, those that the register does not name included, over
    connections that may only read. Rows come from all over a table, --rows of them at the most, or
    all with --whole. Told are counts and masked examples, never values. A store that does not
    answer is named, and the others are done. With --engine and --whole, files are gone through by
    Spark.

    Exit status: 0 nothing to mend, 1 findings, 2 wrong usage, 3 nothing found but a store or table
    could not be looked into.

    Example: chengnuo stores scan --register examples/shop/register --store main
    """
    hold_free(out, force=force)
    register = _register(app, folder, data, settings_file)
    known = tuple(str(one.store) for one in register.stores)
    for one in only:
        if one not in known:
            raise NoSuchStoreError(one, known)
    scans = app.store_scans()
    wanted = Wanted(stores=only, rows=None if whole else rows, examples=not no_examples)
    looks = app.store_looks(register, connections, settings_file)
    with _counting(app, engine, looks) as counting, _progress(app) as tell:
        seen = replace(scans, counting=counting).scan(register.stores, looks, wanted, tell)
    report = check_stores(
        StoresLook(
            seen=seen, register=register, catalogue=app.catalogue(), knowledge=scans.knowledge
        )
    )
    written = stores_report_json(report) + b"\n"
    if out is not None:
        write_out(out, written, force=force)
    if as_json:
        click.echo(written, nl=False)
    else:
        click.echo(stores_as_text(report, scans.knowledge, app.catalogue(), app.lang))
    if any(one.is_open for one in report.findings):
        raise SystemExit(EXIT_FINDINGS)
    raise SystemExit(0 if seen.is_complete else EXIT_UNFINISHED)


def _register(
    app: App, folder: Path | None, data: Path | None, settings_file: Path | None
) -> Register:
    if folder is not None:
        return app.registers().load(folder).register
    with app.evidence_reading(data, settings_file) as reading:
        return edition_in_force(reading).register


@contextmanager
def _counting(app: App, engine: Engine | None, looks: StoreLooks) -> Iterator[Counting]:
    """Give what goes through all rows."""
    if engine is None:
        yield COUNTED_HERE
        return
    with batching(app).opened(engine) as batch:
        yield batching(app).counted(batch, looks)


@contextmanager
def _progress(app: App) -> Iterator[Callable[[str, int, int], None]]:
    """Give what to call with each table as it begins."""
    said = _LOOKING.in_lang(app.lang)
    if not sys.stderr.isatty():
        yield lambda table, _done, _of: click.echo(f"{said} {plain(table)}", err=True)
        return
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bar:
        task = bar.add_task(said, total=None)

        def tell(table: str, done: int, of: int) -> None:
            bar.update(task, completed=done, total=of, description=f"{said} {plain(table)}")

        yield tell
