"""`chengnuo snapshot …`: decisions in a file, for a place that cannot reach the service."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.decision.request import Request
from chengnuo.domain.decision.snapshot import OfflineAnswer
from chengnuo.domain.decision.snapshot_file import KEY_BYTES, Content, open_content
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, AppId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.decide import STATUS
from chengnuo.doors.cli.evidence_options import (
    DATA,
    JSON,
    SETTINGS,
    OutputNotWrittenError,
    hold_free,
    json_text,
    read_instant,
)
from chengnuo.doors.decision_words import outcome_words, ruling_words
from chengnuo.doors.offline_guard import offline_guard, read_snapshot, signed_by
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId
from chengnuo.ports.id_lists import IdLists
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.opening import desk_of, edition_in_force
from chengnuo.usecases.decision.snapshots import SnapshotMaker, SnapshotTermsError

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
PUBLIC_KEY = click.option(
    "--public-key",
    required=True,
    metavar="HEX",
    help="签名安装的公钥。 Public key of the installation that signs.",
)
APP = click.option("--app", "app_id", required=True, metavar="ID", help="应用。 App.")


class ListingProgram(Protocol):
    """What `make` asks of the program beside what all do."""

    def id_lists(self) -> IdLists:
        """Return what reads lists of ids."""
        ...


@click.group()
def snapshot() -> None:
    """生成、检查和使用离线快照。 Make, check and use offline snapshots of decisions."""


@snapshot.command("make")
@click.argument("ids", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@APP
@click.option(
    "--until",
    required=True,
    metavar="INSTANT",
    help="何时失效，最多 31 天。 When it ends, within 31 days.",
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="快照文件；假名密钥写入 FILE.key。 The file; the key goes to FILE.key.",
)
@click.option("--column", default="", help="标识所在的列（默认第一列）。 Column of the ids.")
@click.option(
    "--age",
    type=click.Choice([one.value for one in AgeBand]),
    help="年龄段，未知时采用。 Age band, where it is not known.",
)
@click.option(
    "--account",
    type=click.Choice([one.value for one in AccountState]),
    help="账户状态，未知时采用。 State of the account, where it is not known.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def make(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    ids: Path,
    app_id: str,
    until: str,
    out: Path,
    column: str,
    age: str | None,
    account: str | None,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001  click passes flags so
) -> None:
    """Make a snapshot of the decisions about the list IDS, signed with the installation's key.

    Files that are there are not replaced. Exit status: 0 made, 2 wrong usage, 3 not finished.

    Example: chengnuo snapshot make manifest.yml --app shop --until 2026-12-01 -o shop.snapshot
    """
    key_file = out.with_name(out.name + ".key")
    hold_free(out, force=False)
    hold_free(key_file, force=False)
    end = from_us(read_instant("--until", until, end=True))
    batches = cast("ListingProgram", app).id_lists().read(ids, column=column)
    key = secrets.token_bytes(KEY_BYTES)
    with app.evidence_reading(data, settings_file) as reading:
        desk = desk_of(reading, edition_in_force(reading), app.registers().clock)
        if reading.signer is None or not isinstance(desk.states, ChainStates):
            raise SnapshotTermsError("this program has no log to read or no key to sign with")
        maker = SnapshotMaker(
            books=desk.books,
            states=desk.states,
            clock=desk.clock,
            signer=reading.signer,
        )
        people = ((one, reading.person(one)) for batch in batches for one in batch)
        stated = Stated(
            age=None if age is None else AgeBand(age),
            account=None if account is None else AccountState(account),
        )
        made = maker.make(people, app=AppId(app_id), until=end, key=key, stated=stated)
        public_key = reading.signer.public_key.hex()
    _write(key_file, key.hex().encode())
    _write(out, made)
    if as_json:
        tree = {"out": str(out), "key": str(key_file), "publicKey": public_key}
        click.echo(json_text(tree))
    else:
        said = Text(f"已写入 {out}，密钥 {key_file}", f"wrote {out}, its key {key_file}")
        click.echo(f"{said.in_lang(app.lang)}\n--public-key {public_key}")


@snapshot.command("check")
@FILE
@PUBLIC_KEY
@JSON
@click.pass_obj
def check(app: App, file: Path, public_key: str, *, as_json: bool) -> None:
    """Check that FILE is a whole snapshot signed by a key, and show what it holds.

    Reads only. Exit status: 0 it is in force, 1 it has ended, 3 it may not be used.

    Example: chengnuo snapshot check manifest.yml --public-key HEX
    """
    content = open_content(read_snapshot(file), is_signed=signed_by(public_key))
    click.echo(json_text(_tree(content)) if as_json else _about(content, app.lang))
    now = app.registers().clock.now()
    raise SystemExit(0 if now < from_us(content.until) else 1)


@snapshot.command("decide")
@FILE
@PUBLIC_KEY
@APP
@click.option(
    "--key",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="假名密钥文件（默认 FILE.key）。 File of the key; else FILE.key.",
)
@click.option("--person", required=True, metavar="ACCOUNT", help="账户标识。 Account id.")
@click.option("--activity", required=True, metavar="ID", help="处理活动。 Processing activity.")
@click.option("--category", metavar="ID", help="信息种类。 Category; else all of the activity.")
@click.option("--recipient", metavar="ID", help="向谁提供。 To whom it is provided.")
@click.option(
    "--operation",
    type=click.Choice([one.value for one in Operation]),
    default=Operation.USE.value,
    show_default=True,
    help="做什么。 What is done.",
)
@click.option("--at", metavar="INSTANT", help="时刻，带时区（默认现在）。 Instant with its zone.")
@JSON
@click.pass_obj
def decide(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    file: Path,
    public_key: str,
    app_id: str,
    key_file: Path | None,
    person: str,
    activity: str,
    category: str | None,
    recipient: str | None,
    operation: str,
    at: str | None,
    as_json: bool,  # noqa: FBT001  click passes flags so
) -> None:
    """Tell by the snapshot FILE whether somebody's information may be used.

    Exit status: 0 permitted, 1 refused, 4 consent must be asked for first, 3 not to be used.

    Example: chengnuo snapshot decide manifest.yml --public-key 0 --app a --person u --activity b
    """
    key = read_snapshot(key_file or file.with_name(file.name + ".key")).decode("utf-8", "replace")
    guard = offline_guard(file, app=app_id, key=key, public_key=public_key)
    request = Request(
        activity=ActivityId(activity),
        categories=frozenset((CategoryId(category),)) if category else None,
        recipient=RecipientId(recipient) if recipient else None,
        operation=Operation(operation),
    )
    answer = guard.ask(person, request, at=_instant(app, at))
    click.echo(_said(answer, app.lang, as_json=as_json))
    raise SystemExit(STATUS[answer.decision.outcome])


def _instant(app: App, at: str | None) -> datetime:
    if at is None:
        return app.registers().clock.now()
    return from_us(read_instant("--at", at, end=False)).astimezone(UTC)


def _write(file: Path, content: bytes) -> None:
    """Write a file that only its owner reads, and that was not there."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
    except OSError as error:
        raise OutputNotWrittenError(file.name, error.strerror or "the disk refused") from error


def _tree(content: Content) -> dict[str, Tree]:
    return {
        "app": content.app,
        "registerVersion": content.register,
        "lawVersion": content.law,
        "logPosition": content.position,
        "made": from_us(content.made).isoformat(),
        "until": from_us(content.until).isoformat(),
        "questions": len(content.questions),
        "people": content.count,
    }


def _about(content: Content, lang: Lang) -> str:
    title = Text("快照完整，签名有效。", "The snapshot is whole and signed by this key.")
    lines = [f"{name:<16}{said}" for name, said in _tree(content).items()]
    return "\n".join([title.in_lang(lang), *lines])


def _said(answer: OfflineAnswer, lang: Lang, *, as_json: bool) -> str:
    decision = answer.decision
    if as_json:
        return json_text(
            {
                "outcome": decision.outcome.value,
                "why": answer.why.value,
                "by": [{"rule": one.rule.value, "row": one.row} for one in decision.by],
                "prompt": list(decision.prompt),
                "registerVersion": answer.register,
                "logPosition": answer.position,
            }
        )
    lines = [f"{decision.outcome.value:<8}{outcome_words(decision.outcome, lang)} ({answer.why})"]
    return "\n".join([*lines, *(f"        {ruling_words(one, lang)}" for one in decision.by)])
