"""`chengnuo rights run`, `status`, `show`, `tasks`, `done`, `release` and `sweep`: the queue.

What writes takes the data folder to itself; while a service runs it is refused, because the service
does the same work by itself.
"""

from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS, advice_if_locked, json_text
from chengnuo.doors.cli.rights_text import queue_text, request_text, show, tasks_text
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED
from chengnuo.doors.http.rights_answers import lines_body, request_body, tasks_body
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.usecases.rights.seen import RequestSeen
from chengnuo.usecases.rights.swept import SweepResult

_MOST_ROUNDS = 10_000
REQUEST = click.argument("request", metavar="REQUEST")
_SERVICE_WORKS = Text(
    "很可能是 chengnuo serve 正在运行。它会自行办理请求，进度见控制台的“权利请求”页。"
    "要用命令办理，请先停止服务。",
    "most likely `chengnuo serve` is running; it carries requests out by itself, see its console."
    " To do it by command, stop it first",
)


@click.command("run")
@click.argument("request", metavar="[REQUEST]", required=False)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def run(
    app: App,
    *,
    request: str | None,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Work the queue of a data folder until nothing moves; then show REQUEST, or what is open.

    For when no service runs, which does this by itself. Exit status: 0 nothing stands still,
    1 something is parked, 2 there is no such request, 3 a service has the data folder.

    Example: chengnuo rights run --data ./data
    """
    with (
        advice_if_locked(_SERVICE_WORKS, app.lang),
        app.rights_working(data, settings_file) as desk,
    ):
        wanted = None if request is None else desk.seen(RequestId(request))
        for _ in range(_MOST_ROUNDS):
            if not desk.work():
                break
        if wanted is not None:
            now = desk.seen(wanted.request.id)
            _print_request(now, app.lang, as_json=as_json)
            raise SystemExit(EXIT_FINDINGS if now.stage is Stage.PARKED else 0)
        lines = desk.queue()
    if as_json:
        _print_json(lines_body(lines))
    else:
        show(queue_text(lines, app.lang))
    raise SystemExit(EXIT_FINDINGS if any(one.stage is Stage.PARKED for one in lines) else 0)


@click.command("status")
@click.option(
    "--stage",
    type=click.Choice([one.value for one in Stage]),
    help="只看这一状态。 Only at this stage.",
)
@click.option("--overdue", is_flag=True, help="只看超期的。 Only those over their time.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=200,
    show_default=True,
    help="最多几项。 How many at the most.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def status(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    stage: str | None,
    overdue: bool,  # noqa: FBT001  click passes flags so
    limit: int,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """List the open requests, those with the fewest legal working days left first.

    Reads only, also while a service runs. Exit status: 0, 1 one is over its time.

    Example: chengnuo rights status --data ./data
    """
    with app.rights_reading(data, settings_file) as desk:
        lines = desk.queue(None if stage is None else Stage(stage), overdue=overdue, limit=limit)
    if as_json:
        _print_json(lines_body(lines))
    else:
        show(queue_text(lines, app.lang))
    over = any(one.days_left < 0 and not one.stage.is_final for one in lines)
    raise SystemExit(EXIT_FINDINGS if over else 0)


@click.command("show")
@REQUEST
@DATA
@SETTINGS
@JSON
@click.pass_obj
def show_request(
    app: App, *, request: str, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """Show where REQUEST stands: who has to act, its plan, what was done in each store.

    Reads only, also while a service runs. Exit status: 0, 1 it is parked, 2 there is none.

    Example: chengnuo rights show rq-aaaaaaaaaaaaaaaaaaaa --data ./data
    """
    with app.rights_reading(data, settings_file) as desk:
        seen = desk.seen(RequestId(request))
    _print_request(seen, app.lang, as_json=as_json)
    raise SystemExit(EXIT_FINDINGS if seen.stage is Stage.PARKED else 0)


@click.command("tasks")
@click.option("--all", "all_of_them", is_flag=True, help="含已办的。 Those that are done as well.")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def tasks(
    app: App, *, all_of_them: bool, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """List what has to be done by hand, oldest first.

    Reads only, also while a service runs. Exit status: 0.

    Example: chengnuo rights tasks --data ./data
    """
    with app.rights_reading(data, settings_file) as desk:
        found = desk.tasks(open_only=not all_of_them)
    if as_json:
        _print_json(tasks_body(found))
    else:
        show(tasks_text(found, app.lang))


@click.command("done")
@click.argument("task", metavar="TASK")
@click.option(
    "--note",
    required=True,
    metavar="TEXT",
    help="办理情况；说明类任务即为答复。 What was done; of an explanation, the answer itself.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def done(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    task: str,
    note: str,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001  click passes flags so
) -> None:
    """Say that TASK was done by hand.

    Exit status: 0, 2 there is no such open task, 3 a service has the data folder.

    Example: chengnuo rights done task-1 --note "removed from the paper files" --data ./data
    """
    with (
        advice_if_locked(_SERVICE_WORKS, app.lang),
        app.rights_working(data, settings_file) as desk,
    ):
        seen = desk.task_done(task, _by_command(app), note)
    _print_request(seen, app.lang, as_json=as_json)


@click.command("release")
@REQUEST
@DATA
@SETTINGS
@JSON
@click.pass_obj
def release(
    app: App, *, request: str, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """Release the plan of REQUEST, so that it is carried out; recorded as of a single person.

    Exit status: 0, 2 there is none, 3 it does not wait for that, it takes a second person, or a
    service has the data folder.

    Example: chengnuo rights release rq-aaaaaaaaaaaaaaaaaaaa --data ./data
    """
    with (
        advice_if_locked(_SERVICE_WORKS, app.lang),
        app.rights_working(data, settings_file) as desk,
    ):
        seen = desk.release(RequestId(request), _by_command(app))
    _print_request(seen, app.lang, as_json=as_json)


@click.command("sweep")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def sweep(app: App, *, data: Path | None, settings_file: Path | None, as_json: bool) -> None:
    """Look in every store for what was erased and came back, as by a restored backup.

    What is found is erased anew; what is due to go by itself becomes a request. Exit status:
    0 nothing had come back, 1 something had, 3 a store could not be looked at, or a service has
    the data folder.

    Example: chengnuo rights sweep --data ./data
    """
    with (
        advice_if_locked(_SERVICE_WORKS, app.lang),
        app.rights_working(data, settings_file) as desk,
        _progress() as bar,
    ):
        bar.add_task(_SWEEPING.in_lang(app.lang), total=None)
        result = desk.sweep()
    if as_json:
        click.echo(
            json_text(
                {
                    "cameBack": result.came_back,
                    "released": result.released,
                    "withdrawn": result.withdrawn,
                    "expired": result.expired,
                    "ended": result.ended,
                    "unknown": result.unknown,
                    "notLookedAt": list(result.not_looked_at),
                }
            )
        )
    else:
        click.echo("\n".join(_sweep_lines(result, app.lang)))
    if result.not_looked_at:
        raise SystemExit(EXIT_UNFINISHED)
    raise SystemExit(EXIT_FINDINGS if result.came_back else 0)


def _sweep_lines(result: SweepResult, lang: Lang) -> list[str]:
    lines = [
        Text(
            f"删除后又出现、已重新删除：{result.came_back} 人",
            f"came back and is erased anew: {result.came_back} people",
        ),
        Text(
            f"因撤回同意而办理：{result.withdrawn} 项；因保存期满：{result.expired} 项；"
            f"因服务终止：{result.ended} 项；因保全解除或到期：{result.released} 项",
            f"opened on withdrawal: {result.withdrawn}; on expiry: {result.expired}; "
            f"because a service ended: {result.ended}; because a hold is over: {result.released}",
        ),
    ]
    if result.unknown:
        lines.append(
            Text(
                f"存储中已没有其账户的待办：{result.unknown} 项",
                f"follow-ups whose account is in no store: {result.unknown}",
            )
        )
    if result.not_looked_at:
        stores = ", ".join(result.not_looked_at)
        lines.append(Text(f"未能查看的存储：{stores}", f"stores not looked at: {stores}"))
    return [line.in_lang(lang) for line in lines]


def _by_command(app: App) -> Account:
    """Return the account under which the command line acts; it is nobody's who can sign in."""
    return Account(
        id=AccountId("cli"),
        name="cli",
        role=Role.REVIEWER,
        enabled=True,
        created_at=app.registers().clock.now(),
    )


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _print_json(body: msgspec.Struct) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())


def _print_request(seen: RequestSeen, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        _print_json(request_body(seen))
    else:
        show(request_text(seen, lang))


_SWEEPING = Text("正在查看各存储", "looking through the stores")
