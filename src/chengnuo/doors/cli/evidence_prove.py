"""`chengnuo evidence prove` and `absence`: proofs that need neither server nor secret to check."""

from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf
from chengnuo.domain.evidence.proof import Answer, Claim, Outcome, Proof, Question
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
from chengnuo.doors.cli.evidence_words import clock_us, count_of, kind_words
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.desk import checked_reason, note_chain_reading, note_reading
from chengnuo.usecases.evidence.tools import Reading, Writing

PERSON = click.option(
    "--person", metavar="ACCOUNT", help="账户标识；不会被显示。 Account id; it is not shown again."
)
_STATUS = {Outcome.ABSENT: 0, Outcome.FOUND: EXIT_FINDINGS, Outcome.UNDECIDED: EXIT_UNDECIDED}


@click.command("prove")
@click.argument("positions", nargs=-1, metavar="POSITION...", type=click.IntRange(min=0))
@PERSON
@click.option(
    "--disclose", is_flag=True, help="附上记录内容。 Show the payloads, as far as their keys exist."
)
@REASON
@OUT
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def prove(  # noqa: PLR0913  one for each option
    app: App,
    *,
    positions: tuple[int, ...],
    person: str | None,
    disclose: bool,
    reason: str,
    out: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Prove that the records at POSITION... are in the log, or that an individual's chain is whole.

    The proof is one JSON object, on stdout or in --out; `chengnuo-verify` checks it anywhere.
    With --out, --json tells of it as JSON. --disclose reads what is kept: of an individual only
    with --reason, which is recorded in that individual's chain first. Exit status: 0 proved, 2 no
    such record, no chain, no reason, no log, or the file is there already, 3 not finished, or only
    a part of the individual's records can be found.

    Example: chengnuo evidence prove 0 --data ./data --out proof.json
    """
    if bool(positions) == (person is not None):
        raise click.UsageError(_ONE_OF.in_lang(app.lang))
    hold_free(out, force=force)
    places = [Position(position) for position in positions]
    with app.evidence_reading(data, settings_file) as reading:
        noting = disclose and (person is not None or _of_somebody(reading, places))
        proof = _proof(reading, places, person, disclose=disclose and not noting)
    if noting:
        given = checked_reason(reason)
        with (
            advice_if_locked(FROM_THE_CONSOLE, app.lang),
            app.evidence_writing(data, settings_file) as writing,
        ):
            reading = writing.reading
            _note(writing, places, person, given)
            writing.log.publish()
            proof = _proof(reading, places, person, disclose=True)
    said = _proof_words(proof, app.lang)
    if out is None:
        click.echo(json_text(proof.as_tree()))
        click.echo(said, err=True)
        return
    write_out(out, _bytes_of(proof), force=force)
    if as_json:
        click.echo(json_text(_proof_tree(proof, out)))
    else:
        click.echo(said)
        click.echo(_written(out, app.lang))


def _proof(
    reading: Reading, places: list[Position], person: str | None, *, disclose: bool
) -> Proof:
    if person is None:
        return reading.prover.inclusion(places, disclose=disclose)
    return reading.prover.complete(reading.person(person), disclose=disclose)[0]


def _of_somebody(reading: Reading, places: list[Position]) -> bool:
    return any(reading.log.record(place).ordinal for place in places)


def _note(writing: Writing, places: list[Position], person: str | None, reason: str) -> None:
    """Record what is about to be shown: single records, or a whole chain as what it is."""
    reading = writing.reading
    if person is None:
        records = [record for record in map(reading.log.record, places) if record.ordinal]
        note_reading(writing.recorder, reading.payloads, records, by="cli", reason=reason)
        return
    whose = reading.person(person)
    count = len(reading.prover.complete(whose, disclose=False)[1])
    note_chain_reading(writing.recorder, whose, count, by="cli", reason=reason)


_ONE_OF = Text(
    "请给出 POSITION 或 --person 其中之一。", "give either POSITION... or --person, and not both"
)


@click.command("absence")
@click.option(
    "--person",
    required=True,
    metavar="ACCOUNT",
    help="账户标识；不会被显示。 Account id; it is not shown again.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    metavar="KIND",
    default=Kind.PROVISION.value,
    show_default=True,
    help="记录类型。 Kind of record.",
)
@click.option("--recipient", metavar="R", help="接收方（登记簿中的标识）。 Recipient, by its id.")
@click.option("--activity", metavar="A", help="处理活动。 Activity, by its id.")
@click.option("--item", metavar="I", help="同意事项。 Item of consent, by its id.")
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
@OUT
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def absence(  # noqa: PLR0913  one for each option
    app: App,
    *,
    person: str,
    kind: str,
    recipient: str | None,
    activity: str | None,
    item: str | None,
    start: str | None,
    end: str | None,
    out: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Answer whether some record was made about an individual in a window, and prove it.

    A date counts at +08:00. A batch provision does not name individuals, so one in the window
    leaves the answer undecided and is named. Exit status: 0 absent, 1 found, 2 no chain, no log
    or a wrong window, 3 not finished, or only a part of the individual's records can be found,
    4 undecided.

    Example: chengnuo evidence absence --person u-1 --recipient amap --from 2026-01-01
    """
    hold_free(out, force=force)
    first = 0 if start is None else read_instant("--from", start, end=False)
    last = None if end is None else read_instant("--to", end, end=True)
    with app.evidence_reading(data, settings_file) as reading:
        question = Question(
            kind=Kind(kind),
            recipient=recipient,
            activity=activity,
            item=item,
            start=first,
            end=reading.prover.last_instant() if last is None else last,
        )
        proof, answer = reading.prover.absent(reading.person(person), question)
    if out is not None:
        write_out(out, _bytes_of(proof), force=force)
    if as_json:
        click.echo(json_text(_answer_tree(proof, answer, out)))
    else:
        click.echo("\n".join(_answer_lines(question, answer, app.lang)))
        if out is None:
            click.echo(_WRITE_IT.in_lang(app.lang), err=True)
        else:
            click.echo(_written(out, app.lang))
    raise SystemExit(_STATUS[answer.outcome])


_WRITE_IT = Text(
    "用 --out 文件名 写出可供他人核验的证明。",
    "give --out FILE to write the proof, which anybody can verify",
)


def _bytes_of(proof: Proof) -> bytes:
    return f"{json_text(proof.as_tree())}\n".encode()


def _written(out: Path, lang: Lang) -> str:
    return Text(
        f"证明已写入 {out}；用 chengnuo-verify {out} 核验。",
        f"the proof is in {out}; verify it with `chengnuo-verify {out}`",
    ).in_lang(lang)


def _proof_words(proof: Proof, lang: Lang) -> str:
    size = proof.checkpoint.checkpoint.size
    if proof.claim is Claim.COMPLETE:
        count = proof.about()
        head = Text(
            f"证明：关于此人共有 {count} 条记录，这是全部（检查点 {size} 条）",
            f"proof: {count_of(count, 'record')} about this individual, and these are all"
            f" (checkpoint of size {size})",
        )
    else:
        count = len(proof.records)
        head = Text(
            f"证明：{count} 条记录确在日志中（检查点 {size} 条）",
            f"proof: {count_of(count, 'record')} in the log (checkpoint of size {size})",
        )
    erased = sum(one.last >= one.first for one in proof.erased)
    gone = Text("；其中有内容已依法删除", "; payloads among them were erased").in_lang(lang)
    return head.in_lang(lang) + (gone if erased else "")


def _proof_tree(proof: Proof, out: Path) -> Tree:
    chain = proof.about()
    return {
        "claim": proof.claim.value,
        "records": len(proof.records) or chain,
        "disclosed": len(proof.disclosed),
        "size": proof.checkpoint.checkpoint.size,
        "file": str(out),
    }


def _answer_lines(question: Question, answer: Answer, lang: Lang) -> list[str]:
    since, until = clock_us(question.start), clock_us(question.end)
    begins = (
        Text("自日志开始", "from the beginning of the log")
        if question.start == 0
        else Text(f"自 {since}", f"from {since}")
    )
    window = f"{begins.in_lang(lang)} {Text('至', 'to').in_lang(lang)} {until}"
    rows = [
        f"{word.in_lang(lang)} {row}"
        for word, row in (
            (Text("接收方", "recipient"), question.recipient),
            (Text("处理活动", "activity"), question.activity),
            (Text("同意事项", "item"), question.item),
        )
        if row is not None
    ]
    what = Text("“{}”", '"{}"').in_lang(lang).format(kind_words(question.kind.value, lang))
    if rows:
        what += f"（{'，'.join(rows)}）" if lang is Lang.ZH else f" ({', '.join(rows)})"
    if answer.outcome is Outcome.ABSENT:
        return [
            Text(
                f"没有：{window}，日志中没有关于此人的{what}记录。",
                f"absent: {window} the log has no record {what} about this individual",
            ).in_lang(lang)
        ]
    if answer.outcome is Outcome.FOUND:
        head = Text(
            f"有：{window}，日志中有 {len(answer.found)} 条关于此人的{what}记录：",
            f"found: {window} the log has {count_of(len(answer.found), 'record')} {what}"
            " about this individual:",
        )
        return [head.in_lang(lang), *(_leaf_line(leaf, lang) for leaf in answer.found)]
    head = Text(
        f"无法断定：{window}，此人自己的记录中没有{what}，但有 {len(answer.batches)} 批批量提供，"
        "日志本身看不出其中有没有此人：",
        f"undecided: {window} the individual's own records have no {what}, but"
        f" {count_of(len(answer.batches), 'batch', 'batches')} went out, and the log alone does"
        " not show whether the individual was in:",
    )
    return [head.in_lang(lang), *(_leaf_line(leaf, lang) for leaf in answer.batches)]


def _leaf_line(leaf: Leaf, lang: Lang) -> str:
    number = Text(f"该链第 {leaf.seq} 条", f"number {leaf.seq} of its chain").in_lang(lang)
    recipient = f"  {leaf.recipient}" if leaf.recipient else ""
    return f"  {number}  {clock_us(leaf.at)}{recipient}"


def _answer_tree(proof: Proof, answer: Answer, out: Path | None) -> Tree:
    tree: dict[str, Tree] = {
        "outcome": answer.outcome.value,
        "found": [_leaf_tree(leaf) for leaf in answer.found],
        "batches": [_leaf_tree(leaf) for leaf in answer.batches],
        "size": proof.checkpoint.checkpoint.size,
    }
    return {**tree, "proof": proof.as_tree()} if out is None else {**tree, "file": str(out)}


def _leaf_tree(leaf: Leaf) -> Tree:
    return {"seq": leaf.seq, "at": leaf.at, "recipient": leaf.recipient or None}
