"""`chengnuo evidence receipt` and `export`: what is handed to individuals, courts, regulators."""

from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.receipt import Receipt, receipt_bytes
from chengnuo.domain.evidence.receipt_view import Facts, ReceiptView, receipt_view
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    FROM_THE_CONSOLE,
    JSON,
    OUT,
    REASON,
    SETTINGS,
    advice_if_locked,
    hold_free,
    json_text,
    read_instant,
    write_out,
)
from chengnuo.doors.cli.evidence_words import count_of, say_recovered
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.desk import checked_reason, note_reading
from chengnuo.usecases.evidence.evidence_file import Asking, EvidenceFile, EvidenceFiles
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.receipts import Receipts
from chengnuo.usecases.evidence.tools import Reading, Writing


@click.command("receipt")
@click.argument("position", type=click.IntRange(min=0))
@REASON
@OUT
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def receipt(  # noqa: PLR0913  one for each option
    app: App,
    *,
    position: int,
    reason: str,
    out: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Give the receipt of the record at POSITION: what was recorded, with its proof.

    To be read on stdout, and as JSON-LD (ISO/IEC TS 27560) in --out or with --json;
    `chengnuo-verify` checks the file. The receipt of an individual shows what is kept of them: it
    needs --reason, which is recorded in that individual's chain first. Exit status: 0, 2 no such
    record, no reason, no log, or the file is there already, 3 the payload is erased, or not
    finished.

    Example: chengnuo evidence receipt 0 --data ./data --out receipt.json
    """
    hold_free(out, force=force)
    made = _made(app, Position(position), data, settings_file, reason)
    view = receipt_view(made)
    if out is not None:
        write_out(out, receipt_bytes(made), force=force)
    if as_json and out is None:
        click.echo(receipt_bytes(made), nl=False)
    elif as_json:
        click.echo(json_text({"receipt": made.identifier, "file": str(out)}))
    else:
        click.echo("\n".join(_view_lines(view, app.lang)))
        if out is not None:
            click.echo(_WRITTEN.in_lang(app.lang).format(out))


_WRITTEN = Text(
    "\n凭证已写入 {0}；用 chengnuo-verify {0} 核验。",
    "\nthe receipt is in {0}; verify it with `chengnuo-verify {0}`",
)


def _made(  # the receipt of somebody is made only after its reading was recorded
    app: App, place: Position, data: Path | None, settings_file: Path | None, reason: str
) -> Receipt:
    with app.evidence_reading(data, settings_file) as reading:
        record = reading.log.record(place)
        if not record.ordinal:
            return _receipts(reading).receipt(place)
    given = checked_reason(reason)
    with (
        advice_if_locked(FROM_THE_CONSOLE, app.lang),
        app.evidence_writing(data, settings_file) as writing,
    ):
        payloads = writing.reading.payloads
        note_reading(writing.recorder, payloads, [record], by="cli", reason=given)
        return _receipts(writing.reading).receipt(place)


def _receipts(reading: Reading) -> Receipts:
    return Receipts(
        log=reading.log,
        payloads=reading.payloads,
        register_of=reading.register_of,
        catalogue=reading.catalogue,
    )


def _view_lines(view: ReceiptView, lang: Lang) -> list[str]:
    lines = [f"{view.title.in_lang(lang)}  {view.short_id}", *_fact_lines(view.facts, lang)]
    if view.terms:
        lines += ["", *_fact_lines(view.terms, lang)]
    parts = (
        (Text("请注意", "Please note"), view.remarks),
        (Text("它能证明", "What it shows"), view.shows),
        (Text("它不能证明", "What it does not show"), view.not_shown),
        (Text("如何核验", "How to verify it"), (view.how,)),
    )
    for title, texts in parts:
        if texts:
            lines += ["", title.in_lang(lang), *(f"  {one.in_lang(lang)}" for one in texts)]
    return lines


def _fact_lines(facts: Facts, lang: Lang) -> list[str]:
    mark = "：" if lang is Lang.ZH else ": "
    return [f"  {label.in_lang(lang)}{mark}{value.in_lang(lang)}" for label, value in facts]


@click.command("export")
@click.option(
    "--person", metavar="ACCOUNT", help="账户标识；不会被显示。 Account id; it is not shown again."
)
@click.option("--duty", metavar="ID", help="义务，如 duty-6、PIPL-23。 A duty or an article.")
@click.option(
    "--from",
    "start",
    metavar="INSTANT",
    help="起，日期或带时区的时刻；默认自日志开始。 From; else the beginning of the log.",
)
@click.option(
    "--to",
    "end",
    metavar="INSTANT",
    help="止，含；默认到日志最后一条记录。 To, included; else the last instant of the log.",
)
@click.option("--reason", required=True, help="理由，会被记录。 Why, in words; it is recorded.")
@click.option(
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
def export(  # noqa: PLR0913  one for each option
    app: App,
    *,
    person: str | None,
    duty: str | None,
    start: str | None,
    end: str | None,
    reason: str,
    out: Path,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Write the evidence file of an individual or a duty over a period; that is recorded first.

    One ZIP with records, proofs, receipts, notices as they were and what the log cannot show. A
    date counts at +08:00. Exit status: 0 written, 2 no chain, no record, no log, a wrong period
    or reason, or the file is there already, 3 not finished, or a service writes the log.

    Example: chengnuo evidence export --duty duty-6 --reason "court request" --out evidence.zip
    """
    if (person is None) == (duty is None):
        raise click.UsageError(_ONE_OF.in_lang(app.lang))
    hold_free(out, force=force)
    given = checked_reason(reason)
    first = 0 if start is None else read_instant("--from", start, end=False)
    last = None if end is None else read_instant("--to", end, end=True)
    with (
        advice_if_locked(FROM_THE_CONSOLE, app.lang),
        app.evidence_writing(data, settings_file) as writing,
    ):
        say_recovered(writing.log.status(), app.lang)
        writing.log.publish()
        last = writing.reading.prover.last_instant() if last is None else last
        window = Window(start=first, end=last)
        asking = Asking(by="cli", reason=given, single_person=True)
        files = _files(writing)
        if duty is not None:
            made = files.of_duty(duty, window, asking)
        else:
            made = files.of_person(writing.reading.person(person or ""), window, asking)
    write_out(out, made.data, force=force)
    if as_json:
        click.echo(json_text(_file_tree(made, out)))
    else:
        click.echo(_file_text(made, out, app.lang))


_ONE_OF = Text("请给出 --person 或 --duty 其中之一。", "give either --person or --duty, not both")


def _files(writing: Writing) -> EvidenceFiles:
    return EvidenceFiles(
        log=writing.log,
        prover=writing.reading.prover,
        receipts=_receipts(writing.reading),
        recorder=writing.recorder,
    )


def _file_text(made: EvidenceFile, out: Path, lang: Lang) -> str:
    return Text(
        f"证据文件已写入 {out}：{made.records} 条记录，{made.receipts} 份凭证。\n"
        f"SHA-256：{made.sha256}\n"
        f"本次导出已先行记入日志。用 chengnuo-verify {out} 核验。",
        f"the evidence file is in {out}: {count_of(made.records, 'record')},"
        f" {count_of(made.receipts, 'receipt')}\n"
        f"SHA-256: {made.sha256}\n"
        f"the export was recorded first; verify the file with `chengnuo-verify {out}`",
    ).in_lang(lang)


def _file_tree(made: EvidenceFile, out: Path) -> Tree:
    return {
        "file": str(out),
        "sha256": made.sha256,
        "records": made.records,
        "receipts": made.receipts,
    }
