"""`chengnuo rights …`: what a request of an individual would do in the stores, and doing it."""

import secrets
from base64 import b32encode
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.rights.plan import Plan, ProblemKind
from chengnuo.domain.rights.request import (
    Asked,
    AskedBy,
    CancellationAsked,
    DeletionAsked,
    Ground,
    ReadAsked,
    RequestId,
    RightsRequest,
    Scope,
)
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON
from chengnuo.doors.cli.register import FOLDER
from chengnuo.doors.cli.rights_queue import (
    done,
    release,
    run,
    show_request,
    status,
    sweep,
    tasks,
)
from chengnuo.doors.cli.rights_received import received
from chengnuo.doors.cli.rights_text import plan_text, show
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED
from chengnuo.doors.decision_bodies import MOST_ACCOUNT
from chengnuo.doors.http.rights_plan_answers import PlanBody, plan_body
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError
from chengnuo.usecases.decision.opening import edition_of
from chengnuo.usecases.rights.planner import Planner, Surroundings

_RIGHTS = (Right.ACCESS, Right.COPY, Right.DELETE, Right.CANCEL_ACCOUNT)


class TriedBody(msgspec.Struct, frozen=True):
    """What a store counted when it carried out its part on trial, or why it refused."""

    store: str
    deleted: int
    changed: int
    refused: str = ""


class PlannedBody(msgspec.Struct, frozen=True):
    """A plan, and what the stores said to it if they were asked."""

    plan: PlanBody
    trial: tuple[TriedBody, ...] | None


class PersonGivenError(InvalidInputError):
    """The account id is missing, too long, or given in more than one way."""

    code = "rights-person-given"

    def __init__(self) -> None:
        super().__init__(
            f"expected one account id of 1 to {MOST_ACCOUNT} characters by one of `--person`,"
            " `--person-file` (`-` for the standard input)"
        )


@click.group()
def rights() -> None:
    """办理个人的权利请求：方案、执行、进度。 Requests of individuals: plan, carry out, follow."""


@rights.command("plan")
@click.option(
    "--person",
    metavar="ACCOUNT",
    help="账户标识；会留在命令历史中，可改用 --person-file。 Account id; stays in shell history.",
)
@click.option(
    "--person-file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="第一行是账户标识的文件；- 为标准输入。 File with the account id in its first line; - for"
    " stdin.",
)
@click.option(
    "--right",
    required=True,
    type=click.Choice([one.value for one in _RIGHTS]),
    help="哪项权利。 Which right.",
)
@click.option(
    "--ground",
    type=click.Choice([one.value for one in Ground]),
    default=Ground.WITHDRAWN.value,
    show_default=True,
    help="删除的情形（第四十七条）。 Ground of the deletion (Art. 47).",
)
@click.option(
    "--activity", "activities", multiple=True, metavar="ID", help="限于该活动。 Only this activity."
)
@click.option(
    "--category", "categories", multiple=True, metavar="ID", help="限于该种类。 Only this category."
)
@click.option(
    "--register", "folder", required=True, type=FOLDER, help="登记簿文件夹。 Register folder."
)
@click.option(
    "--connections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='连接文件（TOML，名称 = "地址"）；省略时用同名环境变量。 TOML, name = "URL"; else'
    " environment variables of those names.",
)
@click.option(
    "--trial",
    is_flag=True,
    help="逐个存储试执行后全部撤销，看其是否放行。 Carry it out in each store and take all back.",
)
@JSON
@click.pass_obj
def plan(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    person: str | None,
    person_file: Path | None,
    right: str,
    ground: str,
    activities: tuple[str, ...],
    categories: tuple[str, ...],
    folder: Path,
    connections: Path | None,
    trial: bool,  # noqa: FBT001  click passes flags so
    as_json: bool,  # noqa: FBT001
) -> None:
    """Show what a request would do with whose rows in which store, what not, and why.

    Changes nothing; the plan is made by the code that carries requests out. With --trial each store
    carries its part out and takes it back, which locks the rows meanwhile. Exit status: 0 all of it
    can be done, 1 a store is blocked or something is refused, 2 wrong usage, 3 a store does not
    answer.

    Example: chengnuo rights plan --person-file - --right delete --register register
    """
    account = _account(person, person_file)
    edition = edition_of(app.registers().load(folder).register)
    scope = Scope(
        activities=tuple(map(ActivityId, activities)), categories=tuple(map(CategoryId, categories))
    )
    at = app.registers().clock.now()
    request = RightsRequest(
        id=RequestId("rq-" + b32encode(secrets.token_bytes(13)).decode().lower()[:20]),
        right=Right(right),
        person="",
        by=AskedBy.STAFF,
        app="",
        surface="cli",
        received=at,
        asked=_asked(Right(right), Ground(ground), scope),
    )
    around = Surroundings(register=edition.register, version=edition.version, law=app.catalogue())
    with app.rights_planner(edition.register, connections) as planner:
        try:
            found = planner.plan(request, account, at, around)
            tried = tuple(_tried(planner, found, account)) if trial else ()
        finally:
            planner.forget(request.id)
    if as_json:
        body = PlannedBody(plan=plan_body(found), trial=tried if trial else None)
        click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())
    else:
        show(plan_text(found, app.lang))
        for one in tried:
            click.echo(_tried_words(one, app.lang))
    raise SystemExit(max(_status(found), EXIT_FINDINGS * any(one.refused for one in tried)))


for command in (run, status, show_request, tasks, done, release, sweep, received):
    rights.add_command(command)


def _account(person: str | None, file: Path | None) -> str:
    """Return the account id; a file keeps it out of the history of the shell.

    Raises:
        PersonGivenError: There is none, or there are two.

    """
    if (person is None) is (file is None):
        raise PersonGivenError
    if file is not None:
        with click.open_file(str(file), encoding="utf-8") as opened:
            person = opened.readline(MOST_ACCOUNT + 2).rstrip("\r\n")
    if not person or len(person) > MOST_ACCOUNT:
        raise PersonGivenError
    return person


def _tried(planner: Planner, found: Plan, account: str) -> Iterator[TriedBody]:
    for store in found.stores:
        if store.is_blocked or store.by_hand:
            continue
        try:
            done = planner.carry_out(found, store, account=account, trial=True)
        except (StoreRefusedError, StoreUnavailableError) as error:
            yield TriedBody(store=store.store, deleted=0, changed=0, refused=str(error))
        else:
            yield TriedBody(store=store.store, deleted=done.deleted, changed=done.changed)


def _tried_words(one: TriedBody, lang: Lang) -> str:
    if one.refused:
        return Text(
            f"试执行 {one.store}：未放行，{one.refused}", f"trial {one.store}: {one.refused}"
        ).in_lang(lang)
    return Text(
        f"试执行 {one.store}：删除 {one.deleted} 行、修改 {one.changed} 行，已全部撤销。",
        f"trial {one.store}: {one.deleted} deleted, {one.changed} changed, all taken back",
    ).in_lang(lang)


def _asked(right: Right, ground: Ground, scope: Scope) -> Asked:
    if right is Right.CANCEL_ACCOUNT:
        return CancellationAsked()
    if right is Right.DELETE:
        return DeletionAsked(ground=ground, scope=scope)
    return ReadAsked(scope=scope, formats=("json",) if right is Right.COPY else ())


def _status(found: Plan) -> int:
    kinds = {problem.kind for store in found.stores for problem in store.problems}
    if kinds & {ProblemKind.UNAVAILABLE, ProblemKind.TOO_MANY}:
        return EXIT_UNFINISHED
    return EXIT_FINDINGS if found.is_blocked or found.refusals else 0
