"""`chengnuo evidence no-fault`: the one file that a court is shown (PIPL Art. 69)."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chengnuo.base.instant import to_us
from chengnuo.base.text import Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    SETTINGS,
    STOP_FIRST,
    about_somebody,
    advice_if_locked,
    hold_free,
    json_text,
    read_instant,
    write_out,
)
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.evidence.evidence_file import Asking
from chengnuo.usecases.evidence.evidence_window import Window

if TYPE_CHECKING:
    from chengnuo.base.canonical import Tree

_WRITTEN = Text(
    "举证文件已写入 {file}：{records} 条记录，{receipts} 份凭证\nSHA-256：{sha256}\n"
    "查看和交出都已先行记入日志。用 chengnuo-verify {file} 核验。",
    "the no-fault file is in {file}: {records} records, {receipts} receipts\nSHA-256: {sha256}\n"
    "reading and handing out were recorded first; verify it with `chengnuo-verify {file}`",
)


@click.command("no-fault")
@about_somebody
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    help="写入的文件。 File to write.",
)
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def no_fault(  # noqa: PLR0913  one for each option
    app: App,
    *,
    person: str,
    category: str | None,
    start: str | None,
    end: str | None,
    reason: str,
    out: Path,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Write the no-fault file about an individual and a period: one ZIP for a court (PIPL Art. 69).

    Who saw or received something, the individual's records with consents, notices and register as
    they were, measures with dated evidence, results of controls, unfavourable ones among them, with
    proofs and a summary. The log seals its manifest; `chengnuo-verify` finds a change of any byte.

    Exit status: 0 written, 2 no chain, no log, a wrong window, category or reason, or the file is
    there already, 3 not finished, or a service writes the log.

    Example: chengnuo evidence no-fault --person u-1 --reason "court, case 12" -o no-fault.zip
    """
    hold_free(out, force=force)
    why = checked_reason(reason)
    first = 0 if start is None else read_instant("--from", start, end=False)
    last = None if end is None else read_instant("--to", end, end=True)
    wanted = None if category is None else app.catalogue().category(category).id
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.incidents(data, settings_file, writing=True) as room,
    ):
        now = to_us(room.desk.clock.now())
        window = Window(start=first, end=now if last is None else last)
        asking = Asking(by="cli", reason=why, single_person=True)
        key = room.affected.person(person)
        made = room.no_fault.of(key, wanted, window, asking)
    write_out(out, made.data, force=force)
    values: dict[str, Tree] = {
        "file": str(out),
        "records": made.records,
        "receipts": made.receipts,
        "sha256": str(made.sha256),
    }
    click.echo(json_text(values) if as_json else _WRITTEN.in_lang(app.lang).format(**values))
