"""`chengnuo init`: from nothing, a package or a policy to a register that is served and decided.

What is there already is never written over: a second time only goes on. Nothing waits for input
that nobody can give: it asks at a terminal alone.
"""

import json
import os
import sys
import webbrowser
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.answers import Answers, GivenAnswers
from chengnuo.domain.inspection.draft import Draft
from chengnuo.domain.inspection.still_asked import still_asked
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.init_answers import (
    MOST_SIGNS,
    answers_of,
    given_answers,
    joined,
    read_answers,
)
from chengnuo.doors.cli.init_questions import Terminal
from chengnuo.doors.cli.init_text import Begun, as_lines, as_tree, next_lines
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.cli.package_options import FILE
from chengnuo.ports.evidence_log import LogLockedError

if TYPE_CHECKING:
    from chengnuo.doors.cli.serve import Served, ServingProgram
    from chengnuo.doors.settings import WebSettings
    from chengnuo.usecases.starting import Starting

_NOTHING = (
    "没有终端可以提问：请给 --answers、--apk 或 --policy，或者 --yes。 "
    "No terminal to ask at: give --answers, --apk or --policy, or --yes."
)


@click.command("init")
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--apk", "package", type=FILE, help="应用的安装包。 The package of the app.")
@click.option(
    "--policy",
    "files",
    type=FILE,
    multiple=True,
    help="应用的隐私政策，可以给出几份。 The app's privacy policy; repeatable.",
)
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="回答问题的 TOML 文件，`-` 为标准输入。 TOML file with the answers; `-` reads stdin.",
)
@click.option("--yes", is_flag=True, help="不提问，没有回答的留待决定。 Ask nothing.")
@click.option("--name", help="企业全称。 Registered name of the handler.")
@click.option("--credit-code", help="统一社会信用代码。 Unified social credit code.")
@click.option("--app", help="应用名称。 Name of the app.")
@click.option(
    "--type",
    "types",
    multiple=True,
    help="应用类型：编号、名称或关键词。 Type of the app: number, name or a word; repeatable.",
)
@click.option("--accounts/--no-accounts", default=None, help="可否注册账号。 Can people sign up?")
@click.option("--without-account", help="不登录能用什么。 What works without an account.")
@click.option(
    "--minors",
    "minors_under_14",
    type=click.Choice(["expected", "possible", "not-intended"]),
    help="有没有不满十四周岁的人。 Are children under fourteen among the people?",
)
@click.option("--phone", help="隐私事务的电话。 Telephone for matters of privacy.")
@click.option("--email", help="隐私事务的电子邮箱。 E-mail address for them.")
@click.option("--host", help="监听地址（默认 127.0.0.1）。 Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="端口。 Port.")
@click.option("--no-serve", is_flag=True, help="不启动服务。 Do not start the service.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, and do not start the service."
)
@click.pass_obj
def init(  # noqa: PLR0913  one for each option
    app: App,
    /,
    folder: Path,
    *,
    package: Path | None,
    files: tuple[Path, ...],
    answers_file: str | None,
    yes: bool,
    host: str | None,
    port: int | None,
    no_serve: bool,
    as_json: bool,
    **options: object,
) -> None:
    """Begin in FOLDER: five questions, a register, a service, and what to decide.

    With --apk or --policy the register is drafted from what is really there, and only what they do
    not tell is asked. Without a terminal nothing is asked: answers come from --answers and the
    options, and what nobody answered is left to be decided on the page that opens. A register that
    is there already is never written over; settings and data are added if they are missing.

    Exit status: 0 begun (and served until it was stopped), 2 wrong answers, no package, no policy
    that can be read, or a folder that holds no register, 3 left with Ctrl-C, not written, not
    inspected to the end, or port taken.

    Example: chengnuo init shop --apk app.apk --policy policy.html --yes --no-serve
    """
    starting = app.starting()
    starting.place.clear(folder)
    written = 0
    if not starting.place.state(folder).register:
        file = GivenAnswers() if answers_file is None else read_answers(_text_of(answers_file))
        given = joined(file, given_answers(options))
        answers = answers_of(given, app.catalogue())
        asks = not yes and answers_file is None and sys.stdin.isatty() and sys.stderr.isatty()
        if not (asks or yes or package or files or not answers.is_empty):
            raise click.UsageError(_NOTHING)
        seen = _seen(app, starting, package, files)
        if asks:
            answers = _asked(app, seen, given, answers)
        written = starting.write(seen, answers, folder, app.lang)
    overview = starting.overview(folder)
    beside = starting.place.write_settings(folder)
    begun = Begun(folder=folder, written=written, beside=beside, overview=overview)
    serves = not (no_serve or as_json)
    if as_json:
        click.echo(json.dumps(as_tree(begun), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_lines(begun, app.lang)))
    _run(app, folder, host, port, serves=serves)
    if not serves and not as_json:
        click.echo("\n".join(next_lines(folder, app.lang)))


def _text_of(file: str) -> str:
    """Return what a file of answers holds, or what comes through the pipe."""
    if file == "-":
        return sys.stdin.read(MOST_SIGNS + 1)
    with Path(file).open(encoding="utf-8", errors="replace") as opened:
        return opened.read(MOST_SIGNS + 1)


def _seen(
    app: App, starting: "Starting", package: Path | None, files: tuple[Path, ...]
) -> Draft | None:
    """Return what package and policies give."""
    sources = app.policies()
    said = [app.policy_readings().read(sources.read(file)) for file in files]
    if package is None:
        return starting.seen(None, said, lambda _: None)
    with stages(package, app.lang) as tell:
        return starting.seen(package, said, tell)


def _asked(app: App, seen: Draft | None, given: GivenAnswers, answers: Answers) -> Answers:
    """Return the answers with what is answered at the terminal to the questions that are left."""
    left = still_asked(seen, answers)
    if not left:
        return answers
    law = app.catalogue()
    return answers_of(joined(given, Terminal(lang=app.lang, law=law).ask(left)), law)


def _run(app: App, folder: Path, host: str | None, port: int | None, *, serves: bool) -> None:
    """Make the data folder with its keys; serve until stopped, or only make it."""
    program = cast("ServingProgram", app)
    file = app.starting().place.paths(folder).settings
    said = program.read_settings(file)
    if serves:
        # Now, and not at the top: it brings the whole web door, and nobody who is asked five
        # questions should wait for that.
        serving = import_module("chengnuo.doors.cli.serve")
        given = serving.Given(
            register=str(folder / said.register) if said.register else None,
            data=str(folder / said.data),
            host=host,
            port=port,
            demo=False,
        )
        settings, lang = serving.merged(said, given), app.lang
        serving.serve_until_stopped(program, settings, then=lambda one, web: _open(one, web, lang))
    else:
        # Also where there is one: whoever made it may have been ended midway. One that is served
        # is whole.
        with suppress(LogLockedError), app.evidence_writing(folder / said.data, file, make=True):
            pass


def _open(service: "Served", web: "WebSettings", lang: Lang) -> None:
    """Open what is to be decided, or the one-time link that leads there first."""
    href = f"{web.public_url}{service.set_up_path or '/console/decide'}"
    shown = f"{web.public_url}/console/decide"
    first = (
        Text("先打开上面的链接，", "Open the link above first. ")
        if service.set_up_path
        else Text("", "")
    )
    said = Text(f"要决定的事项在 {shown}", f"What to decide is at {shown}")
    click.echo(first.in_lang(lang) + said.in_lang(lang))
    sys.stdout.flush()
    if _has_display():
        webbrowser.open(href)


def _has_display() -> bool:
    if sys.platform == "darwin":
        return sys.stdout.isatty()
    return sys.stdout.isatty() and bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
