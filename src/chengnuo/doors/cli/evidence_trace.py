"""`chengnuo evidence trace`: who saw or received something about somebody, by the records."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.incident.tracing import Certainty, Side, Touch, Trace
from chengnuo.domain.register.model import Register
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    FROM_THE_CONSOLE,
    JSON,
    OUT,
    SETTINGS,
    about_somebody,
    advice_if_locked,
    hold_free,
    json_text,
    read_instant,
    write_out,
)
from chengnuo.doors.cli.evidence_words import clock_us, kind_words
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.law.ids import CategoryId
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.tools import Reading
from chengnuo.usecases.incident.tracing import Traced, Tracing

_SIDES = {
    Side.INSIDE: Text("内部", "inside"),
    Side.OUTSIDE: Text("外部", "outside"),
    Side.SELF: Text("本人", "the individual"),
}
_NOBODY = Text("这段时间没有人查看或者接收的记录。", "no record of anybody in the period")
_CERTAIN = {Certainty.DID: Text("已", "did"), Certainty.MAY_HAVE: Text("可能", "may have")}


@click.command("trace")
@about_somebody
@OUT
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def trace(  # noqa: PLR0913  one for each option
    app: App,
    *,
    person: str,
    category: str | None,
    start: str | None,
    end: str | None,
    reason: str,
    out: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Trace who saw or received something about an individual, inside and outside.

    Each is named with its record; what was allowed and not recorded as done counts as "may have".
    Who by the register could have got it without a record is named too, and so is what no record
    can show. With --out the proof that these are all records is written, for `chengnuo-verify`.

    Exit status: 0 nobody but the individual, 1 somebody is named, 2 no chain, no log, a wrong
    window or category, 3 not finished, 4 batches that name no individual, or records that cannot
    be read any more, leave it open.

    Example: chengnuo evidence trace --person u-1 --category PI-PHONE --reason "leak of 3 May"
    """
    hold_free(out, force=force)
    why = checked_reason(reason)
    first = 0 if start is None else read_instant("--from", start, end=False)
    wanted = None if category is None else app.catalogue().category(category).id
    with (
        advice_if_locked(FROM_THE_CONSOLE, app.lang),
        app.evidence_writing(data, settings_file) as writing,
    ):
        reading = writing.reading
        last = None if end is None else read_instant("--to", end, end=True)
        tracing = Tracing(
            log=writing.log,
            prover=reading.prover,
            recorder=writing.recorder,
            register_of=lambda version: _register(reading, version),
        )
        window = Window(start=first, end=reading.prover.last_instant() if last is None else last)
        found = tracing.of(reading.person(person), window, wanted, by="cli", reason=why)
    if out is not None:
        write_out(out, f"{json_text(found.proof.as_tree())}\n".encode(), force=force)
    if as_json:
        click.echo(json_text(_tree(found, wanted)))
    else:
        click.echo("\n".join(_lines(found, app.lang)))
    raise SystemExit(_status(found))


def _register(reading: Reading, version: str) -> Register | None:
    """Return a kept register, or None where a record names none or it is not kept."""
    with suppress(InvalidInputError):
        return reading.register_of(version).register if version else None
    return None


def _status(found: Traced) -> int:
    named = any(one.side is not Side.SELF for one in found.trace.touches)
    if named:
        return EXIT_FINDINGS
    is_open = found.trace.batches or found.trace.erased or not found.whole
    return EXIT_UNDECIDED if is_open else 0


def _lines(found: Traced, lang: Lang) -> Iterator[str]:
    trace = found.trace
    if not trace.touches:
        yield _NOBODY.in_lang(lang)
    for one in trace.touches:
        yield _line(one, lang)
    if trace.batches:
        listed = ", ".join(f"{who} @{position}" for who, position in trace.batches)
        yield Text(
            f"不逐人记录的批次，不能排除：{listed}",
            f"batches that name no individual and cannot be ruled out: {listed}",
        ).in_lang(lang)
    if trace.unrecorded:
        listed = ", ".join(trace.unrecorded)
        yield Text(
            f"登记可以得到、这段时间没有记录：{listed}",
            f"declared to get it, without a record in the period: {listed}",
        ).in_lang(lang)
    if trace.stores:
        listed = ", ".join(trace.stores)
        yield Text(f"存有此类信息的存储：{listed}", f"stores that hold it: {listed}").in_lang(lang)
    if trace.erased or not found.whole:
        yield Text(
            f"有 {trace.erased} 条记录已经读不到，或者较早的链已销毁。",
            f"{trace.erased} records cannot be read any more, or an earlier chain is gone",
        ).in_lang(lang)
    yield from (one.in_lang(lang) for one in trace.cannot)


def _line(one: Touch, lang: Lang) -> str:
    parts = (
        clock_us(one.at),
        f"{_SIDES[one.side].in_lang(lang)} {one.who}",
        _CERTAIN[one.certainty].in_lang(lang),
        kind_words(one.kind, lang),
        " ".join(one.categories),
        f"#{one.position}",
    )
    return " · ".join(part for part in parts if part)


def _tree(found: Traced, wanted: CategoryId | None) -> Tree:
    trace: Trace = found.trace
    return {
        "category": wanted,
        "whole": found.whole,
        "touches": [
            {
                "side": one.side.value,
                "who": one.who,
                "certainty": one.certainty.value,
                "kind": one.kind.value,
                "position": one.position,
                "at": clock_us(one.at),
                "categories": list(one.categories),
            }
            for one in trace.touches
        ],
        "batches": [{"recipient": who, "position": position} for who, position in trace.batches],
        "unrecorded": list(trace.unrecorded),
        "stores": list(trace.stores),
        "erased": trace.erased,
        "cannot": [{"zh": one.zh, "en": one.en or one.zh} for one in trace.cannot],
    }
