"""`chengnuo decide`: may this be done with somebody's information, now or then, and why."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.explaining import Weighed
from chengnuo.domain.decision.request import Request
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import DATA, JSON, REASON, SETTINGS, read_instant
from chengnuo.doors.cli.register import FOLDER
from chengnuo.doors.decision_bodies import decision_body
from chengnuo.doors.decision_words import (
    basis_words,
    duty_words,
    outcome_words,
    prompt_path,
    ruling_words,
)
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId
from chengnuo.ports.evidence_log import NoLogError, Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Decided, Mode, Question, Stated
from chengnuo.usecases.decision.audience_batch import all_known
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.opening import (
    desk_of,
    desk_of_nobody,
    edition_in_force,
    edition_of,
    replay_of,
)
from chengnuo.usecases.evidence.desk import checked_reason, note_reading
from chengnuo.usecases.evidence.tools import Reading

STATUS = {Outcome.PERMIT: 0, Outcome.REFUSE: 1, Outcome.ASK: 4}
_INDENT = " " * 8

REGISTER = click.option(
    "--register",
    "register",
    type=FOLDER,
    help="登记簿文件夹；省略时用数据目录中生效的版本。 Register folder; else the version in force.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What decides, and how an account id becomes a person.

    Attributes:
        desk: The desk.
        reading: The log; None where there is none.

    """

    desk: DecisionDesk
    reading: Reading | None

    @property
    def person(self) -> Callable[[str], PersonKey]:
        """What returns the key of an individual; of nobody where nothing is kept."""
        return _nobody if self.reading is None else self.reading.person

    def known(self) -> Iterator[PersonKey]:
        """Return everybody of whom anything is known, each once."""
        return (
            iter(())
            if self.reading is None
            else all_known(self.reading.consents, self.reading.payloads)
        )


def _nobody(_account: str) -> PersonKey:
    return PersonKey("")


@contextmanager
def opened(
    app: App, data: Path | None, settings_file: Path | None, register: Path | None, *, record: bool
) -> Iterator[Opened]:
    """Open what decides: the log of a data folder, and a register folder or the one in force.

    Args:
        app: The program.
        data: The data folder; None for that of the settings.
        settings_file: The settings.
        register: The register folder; None for the version in force.
        record: Whether answers will be recorded.

    Raises:
        NoLogError: There is no log, and one is needed.
        NoRegisterError: There is no register folder, and none is in force.
        UnknownVersionError: Answers shall be recorded, and the register folder was never served.
        LogLockedError: Answers shall be recorded and a service writes the log.

    """
    registers = app.registers()
    edition = None if register is None else edition_of(registers.load(register).register)
    try:
        if record:
            with app.evidence_writing(data, settings_file) as writing:
                reading = writing.reading
                given = edition_in_force(reading) if edition is None else edition
                reading.register_of(given.version)  # a record names a version that can be read
                desk = desk_of(reading, given, registers.clock, recorder=writing.recorder)
                yield Opened(desk=desk, reading=reading)
        else:
            with app.evidence_reading(data, settings_file) as reading:
                given = edition_in_force(reading) if edition is None else edition
                yield Opened(desk=desk_of(reading, given, registers.clock), reading=reading)
    except NoLogError:
        if edition is None or record or data is not None:
            raise
        desk = desk_of_nobody(edition, registers.catalogue, registers.clock)
        yield Opened(desk=desk, reading=None)


@click.command("decide")
@click.option(
    "--person", metavar="ACCOUNT", help="账户标识；不会被显示。 Account id; it is not shown again."
)
@click.option("--activity", metavar="ID", help="处理活动。 Processing activity.")
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="ID",
    help="信息种类，可重复；省略为该活动的全部。 Category, repeatable; else all of the activity.",
)
@click.option("--recipient", metavar="ID", help="向谁提供。 To whom it is provided.")
@click.option(
    "--operation",
    type=click.Choice([one.value for one in Operation]),
    default=Operation.USE.value,
    show_default=True,
    help="做什么。 What is done.",
)
@click.option("--publish", is_flag=True, help="公开。 It is made public.")
@click.option("--other-use", is_flag=True, help="公共场所图像的其他用途。 Another use of images.")
@click.option("--started", is_flag=True, help="个人刚刚自己启动了该功能。 Just started by them.")
@click.option("--gpc", is_flag=True, help="浏览器发出 Sec-GPC: 1。 The browser signals refusal.")
@click.option(
    "--recent",
    type=click.IntRange(0, 2**31),
    help="登记频率的单位时间内已做几次。 How often within the unit of the declared frequency.",
)
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
@click.option("--at", metavar="INSTANT", help="时刻，带时区（默认现在）。 Instant with its zone.")
@click.option("--explain", is_flag=True, help="列出每条规则。 Show every rule, held and failed.")
@click.option("--record", is_flag=True, help="把答复记入日志。 Record the answer in the log.")
@click.option(
    "--replay",
    type=click.IntRange(min=0),
    metavar="RECORD",
    help="重放日志中的一次决定，须给出 --reason。 Make a recorded decision again; needs --reason.",
)
@REASON
@REGISTER
@DATA
@SETTINGS
@JSON
@click.pass_obj
def decide(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    person: str | None,
    activity: str | None,
    categories: tuple[str, ...],
    recipient: str | None,
    operation: str,
    publish: bool,  # noqa: FBT001  click passes flags so
    other_use: bool,  # noqa: FBT001
    started: bool,  # noqa: FBT001
    gpc: bool,  # noqa: FBT001
    recent: int | None,
    age: str | None,
    account: str | None,
    at: str | None,
    explain: bool,  # noqa: FBT001
    record: bool,  # noqa: FBT001
    replay: int | None,
    reason: str,
    register: Path | None,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Tell whether somebody's information may be used for an activity, now or at an instant.

    Reads only, unless --record or --replay. Of what is not recorded nothing is known, and unknown
    means no. Exit status: 0 permitted, 1 refused, 4 consent must be asked for first, 2 wrong
    usage, 3 not finished. A replay that comes out otherwise than recorded ends with 3.

    Example: chengnuo decide --person u-1029 --activity nearby-stores --register register
    """
    if replay is not None:
        if person or activity:
            raise click.UsageError(_NOT_BOTH.in_lang(app.lang))
        _replay(app, Position(replay), reason, data, settings_file, as_json=as_json)
        return
    if not person or not activity:
        raise click.UsageError(_BOTH.in_lang(app.lang))
    instant = None if at is None else from_us(read_instant("--at", at, end=False))
    request = Request(
        activity=ActivityId(activity),
        categories=frozenset(map(CategoryId, categories)) if categories else None,
        operation=Operation(operation),
        recipient=RecipientId(recipient) if recipient else None,
        publish=publish,
        other_use=other_use,
        started=started,
        gpc=gpc,
        recent=recent,
    )
    stated = Stated(
        age=None if age is None else AgeBand(age),
        account=None if account is None else AccountState(account),
    )
    with opened(app, data, settings_file, register, record=record) as ways:
        question = Question(
            person=ways.person(person), request=request, at=_utc(instant), stated=stated
        )
        mode = Mode.STRICT if record else Mode.NONE
        decided = ways.desk.answer_all((question,), mode=mode)[0]
        weighed = ways.desk.explain(decided) if explain else ()
    _show(app, decided, weighed, as_json=as_json)
    raise SystemExit(STATUS[decided.answer.decision.outcome])


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def _replay(  # noqa: PLR0913  where it is kept and how it is shown
    app: App,
    position: Position,
    reason: str,
    data: Path | None,
    settings_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Record who replays and why, then show the decision as it comes out."""
    given = checked_reason(reason)
    with app.evidence_writing(data, settings_file) as writing:
        reading = writing.reading
        record = reading.log.record(position)
        note_reading(writing.recorder, reading.payloads, [record], by="cli", reason=given)
        found = replay_of(reading).replay(position)
    _show(app, found.decided, (), as_json=as_json)
    said = _SAME if found.same else _OTHER
    click.echo(said.in_lang(app.lang), err=True)
    raise SystemExit(STATUS[found.decided.answer.decision.outcome] if found.same else 3)


def _show(app: App, decided: Decided, weighed: tuple[Weighed, ...], *, as_json: bool) -> None:
    if as_json:
        body = msgspec.json.encode(decision_body(decided, weighed))
        click.echo(msgspec.json.format(body, indent=2).decode())
        return
    law = str(app.catalogue().version)
    click.echo("\n".join(lines_of(decided, weighed, law, app.lang)))


def lines_of(decided: Decided, weighed: tuple[Weighed, ...], law: str, lang: Lang) -> list[str]:
    """Return an answer as lines: the outcome, what decided, what follows, what it rests on."""
    answer = decided.answer
    decision = answer.decision
    activity = decided.question.request.activity
    outcome = decision.outcome
    lines = [f"{outcome.value:<8}{activity} · {outcome_words(outcome, lang)}"]
    shown = weighed or tuple(Weighed(one, decision.permits) for one in decision.by)
    lines += [
        f"{_INDENT}{'✓' if one.holds else '✗'} {ruling_words(one.ruling, lang)}" for one in shown
    ]
    lines += [f"{_INDENT}{_DUTY.in_lang(lang)}{duty_words(duty, lang)}" for duty in decision.duties]
    if decision.within:
        lines.append(f"{_INDENT}{_WITHIN.in_lang(lang)}{', '.join(decision.within)}")
    if decision.prompt:
        lines.append(f"{_INDENT}{_PROMPT.in_lang(lang)}{prompt_path(activity)}")
    lines.append(f"{_INDENT}{basis_words(answer, law, lang)}")
    return lines


_BOTH = Text("请给出 --person 和 --activity。", "give --person and --activity")
_NOT_BOTH = Text(
    "--replay 不与 --person、--activity 同用。", "--replay goes without --person and --activity"
)
_SAME = Text("与记录一致，包括理由。", "the same as recorded, reasons included")
_OTHER = Text("与记录不一致！", "NOT the same as recorded")
_DUTY = Text("须同时做到：", "also due: ")
_WITHIN = Text("其中可以单独处理：", "permitted on their own: ")
_PROMPT = Text("征求同意的页面：", "prompt: ")
