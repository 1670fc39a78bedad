"""What every evidence command is given, and the files that some of them write.

An instant is RFC 3339 with its zone, or a civil date: counted at +08:00, its whole day.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang, Text
from chengnuo.law.civil import end_of, start_of
from chengnuo.ports.evidence_log import LogLockedError

DATA = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="数据目录（默认按设置，chengnuo-data）。 Data folder; else that of the settings.",
)
SETTINGS = click.option(
    "--settings",
    "settings_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="设置文件（TOML），与 serve 相同。 Settings file, the same as for serve.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入的文件。 File to write.",
)
REASON = click.option(
    "--reason",
    default="",
    metavar="TEXT",
    help="理由；查看个人的记录内容时必填，会先记入其存证链。 Why; needed, and recorded first, when"
    " what is kept of an individual is shown.",
)
FORCE = click.option("--force", is_flag=True, help="覆盖已有的文件。 Replace the file there.")
_ABOUT_SOMEBODY = (
    click.option(
        "--person",
        required=True,
        metavar="ACCOUNT",
        help="账户标识；不会被显示。 Account id; it is not shown again.",
    ),
    click.option(
        "--category",
        metavar="PI-…",
        help="哪种个人信息；默认全部。 Which category; else everything.",
    ),
    click.option("--from", "start", metavar="INSTANT", help="起；默认自日志开始。 From."),
    click.option("--to", "end", metavar="INSTANT", help="止，含；默认到现在。 To, included."),
    click.option(
        "--reason",
        required=True,
        metavar="TEXT",
        help="为什么；先记入其存证链。 Why; recorded in that one's chain first.",
    ),
)
_F = TypeVar("_F", bound=Callable[..., None])


def about_somebody(command: _F) -> _F:
    """Make a command take whom it is about, which category and period, and why."""
    for option in reversed(_ABOUT_SOMEBODY):
        command = option(command)
    return command


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class InstantMalformedError(InvalidInputError):
    """An instant on the command line is neither RFC 3339 with a zone nor a date."""

    code = "instant-malformed"

    def __init__(self, option: str, given: str) -> None:
        super().__init__(
            f"`{option}` is `{given[:40]}`; expected a date such as `2026-11-28`, or RFC 3339"
            " with a zone, such as `2026-11-28T09:30:00+08:00`, from 1970 on"
        )
        self.option = option


class OutputExistsError(InvalidInputError):
    """The file to write is there already."""

    code = "output-exists"

    def __init__(self, file: str) -> None:
        super().__init__(f"`{file}` is there already; give another name, or --force to replace it")
        self.file = file


class OutputNotWrittenError(UnavailableError):
    """The file cannot be written."""

    code = "output-not-written"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"`{file}` was not written: {why}")
        self.file = file


def read_instant(option: str, given: str, *, end: bool) -> int:
    """Return an instant of the command line, in microseconds since 1970.

    Args:
        option: What it was given as, for the error.
        given: The text.
        end: Whether a date means the last microsecond of its day rather than the first.

    Raises:
        InstantMalformedError: It is neither form, or before 1970.

    """
    try:
        at = _day(given, end=end) if _DAY.fullmatch(given) else _instant(given)
    except (ValueError, OverflowError) as error:
        raise InstantMalformedError(option, given) from error
    if at < _EARLIEST:
        raise InstantMalformedError(option, given)
    return to_us(at)


def _day(given: str, *, end: bool) -> datetime:
    day = date.fromisoformat(given)
    return end_of(day) - timedelta(microseconds=1) if end else start_of(day)


def _instant(given: str) -> datetime:
    if not _INSTANT.fullmatch(given):
        raise ValueError(given)
    return datetime.fromisoformat(given.upper()).astimezone(UTC)


FROM_THE_CONSOLE = Text(
    "很可能是 chengnuo serve 正在运行。不必停止服务：证据文件可以在控制台的"
    "“证据与审计 → 证据文件”页生成，其中有记录、证明和凭证。",
    "most likely `chengnuo serve` is running; leave it so and make an evidence file, with records,"
    " proofs and receipts, in its console: 证据与审计 (Evidence and audit), then"
    " 证据文件 (Evidence files)",
)
STOP_FIRST = Text(
    "很可能是 chengnuo serve 正在运行。请先停止服务，运行本命令，再启动服务。",
    "most likely `chengnuo serve` is running: stop it, run this command, and start it again",
)


@contextmanager
def advice_if_locked(advice: Text, lang: Lang) -> Iterator[None]:
    """Say what to do instead, should another process write the log."""
    try:
        yield
    except LogLockedError as error:
        error.add_note(advice.in_lang(lang))
        raise


def hold_free(file: Path | None, *, force: bool) -> None:
    """Refuse a file that is there already or can have no place, before anything is done.

    Raises:
        OutputExistsError: It is there.
        OutputNotWrittenError: Its folder is not.

    """
    if file is None:
        return
    if not force and file.exists():
        raise OutputExistsError(str(file))
    if not file.parent.is_dir():
        raise OutputNotWrittenError(str(file), "there is no such folder")


def write_out(file: Path, data: bytes, *, force: bool) -> None:
    """Write a file.

    Raises:
        OutputExistsError: It is there, and shall not be replaced.
        OutputNotWrittenError: It cannot be written.

    """
    try:
        with file.open("wb" if force else "xb") as opened:
            opened.write(data)
    except FileExistsError as error:
        raise OutputExistsError(str(file)) from error
    except OSError as error:
        raise OutputNotWrittenError(str(file), error.strerror or "the disk refused") from error


def json_text(tree: Tree) -> str:
    """Return JSON for people and programs to read."""
    return json.dumps(tree, ensure_ascii=False, indent=2)
