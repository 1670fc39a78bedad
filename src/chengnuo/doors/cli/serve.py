"""`chengnuo serve`: the privacy centre, the console and the JSON interface, in one process.

Talk goes to stderr, the addresses to stdout, once the port really answers. SIGTERM and Ctrl-C
let running requests finish for three seconds; SIGHUP loads the register folder anew. It ends by
itself once the evidence log has given up, for its supervisor to start it again.
"""

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Protocol, cast

import click
import msgspec

from chengnuo.base.digest import short
from chengnuo.base.errors import ChengnuoError, UnavailableError
from chengnuo.base.text import Lang
from chengnuo.doors.cli.beginning_anew import ANEW, begin_anew, given_listener
from chengnuo.doors.cli.evidence_words import KEEPS
from chengnuo.doors.cli.large_blocks import give_back_large_blocks
from chengnuo.doors.cli.log_lines import log_to_stderr
from chengnuo.doors.cli.refusal_text import refusal_as_text
from chengnuo.doors.cli.running import run
from chengnuo.doors.cli.stopping import Stop
from chengnuo.doors.cli.supervision import Supervisor
from chengnuo.doors.following_service import FollowingService
from chengnuo.doors.settings import (
    DEFAULT_PORT,
    ServeSettings,
    WebSettings,
    web_settings,
)
from chengnuo.doors.socket.server import DecisionSocket
from chengnuo.doors.web.building import Service
from chengnuo.ports.evidence_log import LogUnavailableError

_PORTS_TRIED = 100
_BACKLOG = 256


class PortTakenError(UnavailableError):
    """The address cannot be listened on."""

    code = "port-taken"

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"cannot listen on `{host}` port `{port}`: {why}")
        self.host = host
        self.port = port


Served = Service | FollowingService


class ServingProgram(Protocol):
    """What this command asks of the program."""

    def read_settings(self, file: Path | None) -> ServeSettings:
        """Return the settings of a TOML file and the environment.

        Raises:
            WrongSettingError: A key is unknown or a value has a wrong form.

        """
        ...

    def service(self, settings: ServeSettings, web: WebSettings) -> Served:
        """Return the service, ready to run.

        Raises:
            RegisterRefusedError: The register folder holds no register.
            DataNewerThanProgramError: A newer program wrote the data folder.

        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line says; None where it says nothing."""

    register: str | None
    data: str | None
    host: str | None
    port: int | None
    demo: bool


@click.command("serve")
@click.option(
    "--register",
    type=click.Path(exists=True, file_okay=False),
    help="登记簿文件夹；省略时沿用最近保存的版本。 Register folder; else the version kept last.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False),
    help="数据目录（默认 chengnuo-data）。 Data folder.",
)
@click.option("--host", help="监听地址（默认 127.0.0.1）。 Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="端口（默认 8700，被占用时顺延）。 Port; the next free one from 8700 if left out.",
)
@click.option(
    "--demo", is_flag=True, help="开启示例用户入口，仅限本机。 Sample individual, loopback only."
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="设置文件（TOML）。 Settings file.",
)
@click.pass_obj
def serve(  # noqa: PLR0913, PLR0917  one for each option
    program: object,
    register: str | None,
    data: str | None,
    host: str | None,
    port: int | None,
    demo: bool,  # noqa: FBT001  click passes flags so
    settings_file: Path | None,
) -> None:
    """启动隐私中心与控制台。 Serve the privacy centre, the console and the JSON interface.

    The first start prints a one-time link with which the first admin is made. SIGHUP loads the
    register folder anew; a folder that holds no register leaves the old one in force. Exit
    status: 0 after SIGTERM or Ctrl-C, 2 wrong settings, register or data folder, 3 port taken, or
    a disk that did not confirm what was written: start it again, and the log is read anew; 130 if
    Ctrl-C, once more, broke its closing off.

    Example: chengnuo serve --register examples/shop/register --data ./data --demo
    """
    app = cast("ServingProgram", program)
    given = Given(register=register, data=data, host=host, port=port, demo=demo)
    serve_until_stopped(app, merged(app.read_settings(settings_file), given))


def serve_until_stopped(
    app: ServingProgram,
    settings: ServeSettings,
    *,
    then: Callable[[Served, WebSettings], None] = lambda _service, _web: None,
) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Args:
        app: The program.
        settings: What the service is told.
        then: Called once it answers and its addresses have been said.

    Raises:
        PortTakenError: The address or port cannot be had.
        RegisterRefusedError: The register folder holds no register.
        DataNewerThanProgramError: A newer program wrote the data folder.
        LogUnavailableError: The evidence log gave up; a new start reads it anew.

    """
    log_to_stderr(settings.log_lines)
    give_back_large_blocks()
    stop = Stop()
    with stop.heard():
        _serve(app, settings, then, stop)


def _serve(
    app: ServingProgram,
    settings: ServeSettings,
    then: Callable[[Served, WebSettings], None],
    stop: Stop,
) -> None:
    """Serve as `serve_until_stopped` does, under its handlers of signals."""
    supervisor = Supervisor.of(os.environ)
    service: Served | None = None
    listener = given_listener() or listen(settings.host, settings.port)
    kept = listener.dup()  # the server closes the other at its end

    def announce(service: Served, web: WebSettings) -> None:
        _announce(service, web)
        then(service, web)

    try:
        bound: int = listener.getsockname()[1]
        web = web_settings(settings, port=bound)
        with supervisor.starting():
            service = made = app.service(settings, web)
        stop.is_looked_at()
        signal.signal(signal.SIGHUP, lambda _signal, _frame: _load_anew(made))
        run(
            made.app,
            listener,
            settings,
            announce=lambda: announce(made, web),
            given_up=lambda: bool(made.given_up()),
            stop=stop,
            decisions=_socket(made, settings),
            supervisor=supervisor,
        )
        if why := made.given_up():
            raise LogUnavailableError(why)
    finally:
        stop.is_looked_at()
        try:
            if service is not None:
                service.close()
        except ChengnuoError as error:
            if ANEW.is_set():  # nobody hears of it once this program is gone
                click.echo(refusal_as_text(error, Lang.ZH), err=True)
            raise
        finally:
            if ANEW.is_set() and not stop.held():
                supervisor.alive()
                begin_anew(kept)
            listener.close()
            kept.close()


def merged(settings: ServeSettings, given: Given) -> ServeSettings:
    """Return the settings with what the command line says on top."""
    said = {
        name: value
        for name in ("register", "data", "host", "port")
        if (value := getattr(given, name)) is not None
    }
    if given.demo:
        said["demo"] = True
    return msgspec.structs.replace(settings, **said)


def listen(host: str, port: int | None) -> socket.socket:
    """Return a listening socket on the port, or on the next free one from 8700 if none is given.

    Raises:
        PortTakenError: The address or port cannot be had.

    """
    ports = range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED) if port is None else (port,)
    why = ""
    for wanted in ports:
        try:
            family = socket.getaddrinfo(host, wanted, type=socket.SOCK_STREAM)[0][0]
            # Named as TCP, or asyncio does not turn off Nagle's algorithm, and every answer over a
            # connection that stays open waits 40 ms for the other side's delayed acknowledgement.
            listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        except OSError as error:
            raise PortTakenError(host, wanted, error.strerror or "no such address") from error
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, wanted))
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            why = error.strerror or "refused"
        else:
            return listener
    raise PortTakenError(host, ports[0], why)


def _socket(service: Served, settings: ServeSettings) -> DecisionSocket | None:
    if not settings.decision_socket or service.decisions is None:
        return None
    return DecisionSocket(service.decisions, Path(settings.decision_socket))


def _load_anew(service: Served) -> None:
    """Load the register folder in a thread, so that requests go on being answered."""

    def load() -> None:
        try:
            version = short(service.load_register())
        except ChengnuoError as error:
            click.echo(refusal_as_text(error, Lang.ZH), err=True)
            click.echo("登记簿未更换。 The register in force stays.", err=True)
        else:
            click.echo(f"已载入登记簿 {version}。 Loaded register {version}.", err=True)

    Thread(target=load, name="load-register", daemon=True).start()


def _announce(service: Served, web: WebSettings) -> None:
    for name in service.made_keys:
        click.echo(f"已生成密钥文件 {name}，请备份。 Made key file {name}; back it up.", err=True)
    _announce_log(service)
    click.echo(f"承诺 Chengnuo 正在 {web.public_url} 提供服务，按 Ctrl-C 停止。")
    click.echo(f"Chengnuo is serving at {web.public_url}; Ctrl-C stops it.")
    if service.set_up_path:
        link = f"{web.public_url}{service.set_up_path}"
        click.echo(f"首次使用：24 小时内打开一次此链接，创建第一个管理员：{link}")
        click.echo(f"First start: open this link once, within 24 hours, to make the admin: {link}")
    sys.stdout.flush()


def _announce_log(service: Served) -> None:
    """Say what whoever runs the service must know of the evidence log: its key, its last end."""
    if service.key_holder.in_data_folder:
        name = Path(service.key_holder.place).name
        click.echo(
            f"注意：存证日志的上层密钥 {name} 在数据目录里，数据目录的副本能打开全部内容，"
            "删除之前的旧备份也仍能打开已删除的内容；请用 [evidence] master_key_file 移到别处。",
            err=True,
        )
        click.echo(
            f"Note: the evidence log's master key {name} lies in the data folder, so a copy of the"
            " folder opens everything, and a backup from before a deletion what was deleted; move"
            " it with [evidence] master_key_file.",
            err=True,
        )
    elif not service.key_holder.forgets:
        click.echo(f"{KEEPS.zh}\n{KEEPS.in_lang(Lang.EN)}", err=True)
    recovered = service.recovered()
    if recovered:
        click.echo(
            f"存证日志：上次没有正常结束，末尾不完整的一批已另存为 {recovered}。"
            f" The evidence log ended within a batch, which was set aside as {recovered}.",
            err=True,
        )
