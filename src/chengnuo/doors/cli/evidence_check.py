"""`chengnuo evidence check`: all that is kept against itself, then the separate verifier."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import IntegrityError, InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS, json_text
from chengnuo.doors.cli.evidence_words import count_of
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.ports.log_verifier import VerifierReport
from chengnuo.usecases.evidence.tools import Reading
from chengnuo.usecases.evidence.witnessing import held_against

_MOST_NOTE_BYTES = 1 << 17


class ForeignCheckpointError(InvalidInputError):
    """A file to hold the log to is no checkpoint, or one of another log, or not signed by this."""

    code = "checkpoint-foreign"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"`{file}` cannot be held against this log: {what}")
        self.file = file
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What holding the log to a kept checkpoint came to; `what` is empty if they agree."""

    file: str
    size: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    problems: tuple[tuple[str, str], ...] = ()
    records: int | None = None
    held: tuple[_Held, ...] = ()
    report: VerifierReport | None = None

    @property
    def status(self) -> int:
        if self.problems or any(one.what for one in self.held):
            return EXIT_FINDINGS
        return 0 if self.report is None else self.report.status


@click.command("check")
@click.argument(
    "log_dir", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--against",
    multiple=True,
    metavar="CHECKPOINT",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="留存的检查点，日志须与之相符。 A checkpoint kept earlier that the log must agree with.",
)
@click.option(
    "--public-only", is_flag=True, help="只检查公开部分。 Check only what the public can see."
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def check(  # noqa: PLR0913  one for each option
    app: App,
    *,
    log_dir: Path | None,
    against: tuple[Path, ...],
    public_only: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Check everything kept of the log, then run the separate verifier on its public part.

    LOG_DIR names the public folder of any log instead; then only the verifier runs. A kept
    checkpoint that the log contradicts is kept as proof of misbehaviour. Exit status: 0 whole,
    1 not whole, or contradicted, 2 no log, or a checkpoint of another log, 3 not finished.

    Example: chengnuo evidence check --data ./data
    """
    if log_dir is not None:
        if data is not None or against or public_only:
            raise click.UsageError(_ALONE.in_lang(app.lang))
        checked = _Checked(report=app.log_verifier(log_dir).verify_log())
    else:
        checked = _check_own(app, data, settings_file, against, public_only=public_only)
    if as_json:
        click.echo(json_text(_tree(checked)))
    else:
        click.echo("\n".join(_lines(checked, app.lang)))
    raise SystemExit(checked.status)


_ALONE = Text(
    "给出 LOG_DIR 时不能再用 --data、--against、--public-only；"
    "要与留存的检查点对照，请用 chengnuo-verify --since。",
    "LOG_DIR goes without --data, --against and --public-only; to hold such a log to a kept"
    " checkpoint use `chengnuo-verify --since`",
)


def _check_own(
    app: App,
    data: Path | None,
    settings_file: Path | None,
    against: Sequence[Path],
    *,
    public_only: bool,
) -> _Checked:
    kept = [(file, _read(file)) for file in against]
    if kept:
        # A damaged log is told below, with everything else that is wrong.
        with suppress(IntegrityError), app.evidence_reading(data, settings_file) as reading:
            for file, signed in kept:
                _hold_to_own(reading, file, signed)
    problems: list[tuple[str, str]] = []
    records: int | None = None
    if not public_only:
        with _progress(app.lang) as bar:
            task = bar.add_task("", total=None)
            seen = [0]

            def told(number: int) -> None:
                seen[0] = number
                bar.update(task, completed=number)

            problems += _found(app.evidence_check(data, settings_file, told))
            records = seen[0]
    held: tuple[_Held, ...] = ()
    report: VerifierReport | None = None
    try:
        with app.evidence_reading(data, settings_file) as reading:
            held = tuple(
                _Held(
                    file=str(file),
                    size=signed.checkpoint.size,
                    what=held_against(reading.log, reading.stamps, signed),
                )
                for file, signed in kept
            )
            if reading.log.checkpoint() is not None:
                report = reading.verifier.verify_log()
    except IntegrityError as error:
        if not problems:
            problems.append(("", str(error)))
    return _Checked(problems=tuple(problems), records=records, held=held, report=report)


def _found(problems: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the problems; damage that ends the reading is one too."""
    try:
        yield from problems
    except IntegrityError as error:
        yield "", str(error)


def _read(file: Path) -> SignedCheckpoint:
    with file.open("rb") as opened:
        content = opened.read(_MOST_NOTE_BYTES)
    try:
        return SignedCheckpoint.parse(content)
    except InvalidInputError as error:
        raise ForeignCheckpointError(str(file), str(error)) from error


def _hold_to_own(reading: Reading, file: Path, signed: SignedCheckpoint) -> None:
    origin, own = signed.checkpoint.origin, reading.log.keys().origin
    if origin != own:
        raise ForeignCheckpointError(str(file), f"it is of log `{origin}`; this one is `{own}`")
    if not reading.is_signed(signed):
        raise ForeignCheckpointError(
            str(file), "it bears no good signature of a key of this log for its size"
        )


def _progress(lang: Lang) -> Progress:
    """A bar on stderr, and only where a person watches."""
    return Progress(
        TextColumn(Text("检查记录", "checking records").in_lang(lang)),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def _lines(checked: _Checked, lang: Lang) -> list[str]:
    lines = [f"{file}: {what}" if file else what for file, what in checked.problems]
    if checked.records is not None:
        lines.append(_own_line(checked, lang))
    agree = Text("相符", "agrees").in_lang(lang)
    lines += [f"{one.file}: {one.what or agree}" for one in checked.held]
    if any(one.what for one in checked.held):
        lines.append(
            Text(
                "日志与自己签过的检查点矛盾，双方已存入 misbehaviour 目录，请立即查明。",
                "the log contradicts a checkpoint that it signed itself; both are kept in the"
                " folder misbehaviour: find out why at once",
            ).in_lang(lang)
        )
    if checked.report is None:
        if not checked.problems:
            lines.append(
                Text(
                    "日志还没有检查点，独立核验程序没有可核验的内容。",
                    "the log has no checkpoint yet; there is nothing for the separate verifier",
                ).in_lang(lang)
            )
        return lines
    lines.append(Text("独立核验程序：", "the separate verifier:").in_lang(lang))
    lines += [f"  {text.in_lang(lang)}" for _, text in checked.report.messages]
    lines.append(f"  {checked.report.program}, {checked.report.seconds:.1f} s")
    return lines


def _own_line(checked: _Checked, lang: Lang) -> str:
    records, count = checked.records, len(checked.problems)
    if count:
        return Text(
            f"日志不完好：{count} 处问题（读到 {records} 条记录）。",
            f"the log is not whole: problems {count}, records read {records}",
        ).in_lang(lang)
    return Text(
        f"保存的内容完好：{records} 条记录、封存内容、索引与密钥都相符。",
        f"what is kept is whole: {count_of(records or 0, 'record')}, sealed payloads, index and"
        " keys agree",
    ).in_lang(lang)


def _tree(checked: _Checked) -> Tree:
    report = checked.report
    return {
        "whole": checked.status == 0,
        "records": checked.records,
        "problems": [{"file": file, "what": what} for file, what in checked.problems],
        "against": [
            {"file": one.file, "size": one.size, "agrees": not one.what, "what": one.what}
            for one in checked.held
        ],
        "verifier": None
        if report is None
        else {
            "status": report.status,
            "program": report.program,
            "messages": [
                {"code": code, "zh": text.zh, "en": text.in_lang(Lang.EN)}
                for code, text in report.messages
            ],
            "checked": dict(report.checked),
        },
    }
