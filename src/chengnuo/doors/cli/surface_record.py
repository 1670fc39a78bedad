"""What `chengnuo surface` measured, entered in the data folder: the board shows it from then on."""

from hashlib import sha256
from pathlib import Path
from typing import Final

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import STOP_FIRST, advice_if_locked
from chengnuo.usecases.dossier.measuring import Measured, enter_measured

DATA = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="把结果作为核查记入这个数据目录。 Data folder to enter the result in, as a control.",
)
_UNTOLD: Final = Text("不能下结论，没有记入。", "nothing can be concluded, so nothing was entered")
_ENTERED: Final = Text("已记入 {0}，日志 #{1}", "entered in {0}, log #{1}")


def entered(  # noqa: PLR0913  what is entered, and where
    app: App, data: Path | None, item: str, report: str, *, is_good: bool | None, said: Text
) -> dict[str, Tree]:
    """Enter what was measured, where a data folder is given and something could be told.

    Args:
        app: The program.
        data: The data folder; None to enter nothing.
        item: Item of recorded controls.
        report: The report as JSON; the SHA-256 of it and a line feed is entered.
        is_good: Whether it is as it should be; None where that cannot be told, which is not
            entered.
        said: How it was measured, and with what result.

    Returns:
        The member `entered` of the answer; nothing where nothing was entered.

    """
    if data is None:
        return {}
    if is_good is None:
        click.echo(_UNTOLD.in_lang(app.lang), err=True)
        return {}
    measured = Measured(
        item=item,
        is_good=is_good,
        said=said,
        report=sha256(f"{report}\n".encode()).hexdigest(),
    )
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.duties(data, None, writing=True) as tools,
    ):
        found = enter_measured(tools.desk, measured)
    click.echo(_ENTERED.in_lang(app.lang).format(found.dossier, found.position), err=True)
    place: Tree = {"dossier": found.dossier, "position": found.position, "report": measured.report}
    return {"entered": place}
