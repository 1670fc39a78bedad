"""The command line's root: which commands there are, and how errors and exit status come out.

Commands are loaded when they are called, so that `--help` and shell completion stay quick.
Exit status: 0 clean, permitted or whole; 1 findings, refused or found; 2 wrong usage or wrong
input; 3 could not finish; 4 undecided.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import click

from chengnuo.base.errors import ChengnuoError, InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.refusal_text import refusal_as_text, refusal_as_tree

EXIT_FINDINGS = 1
EXIT_WRONG_INPUT = 2
EXIT_UNFINISHED = 3
EXIT_UNDECIDED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: where it is, and its line in the help."""

    module: str
    attribute: str
    help: Text


COMMANDS: dict[str, Entry] = {
    "audience": Entry(
        "chengnuo.doors.cli.audience",
        "audience",
        Text(
            "筛选现在可以为某事项处理其信息的人。",
            "Filter ids to those whose information may be used now.",
        ),
    ),
    "audit": Entry(
        "chengnuo.doors.cli.audit",
        "audit",
        Text("合规审计底稿。", "Working papers of compliance audits."),
    ),
    "backup": Entry(
        "chengnuo.doors.cli.backup",
        "backup",
        Text(
            "备份、检查、恢复，恢复后再次删除。",
            "Back up, check, restore; erase again what came back.",
        ),
    ),
    "board": Entry(
        "chengnuo.doors.cli.board",
        "board",
        Text("承诺板：运行检查，对外公布。", "The pledge board: run it, publish it."),
    ),
    "borders": Entry(
        "chengnuo.doors.cli.borders",
        "borders",
        Text(
            "查看出境人数和所需的路径。",
            "See whose information went abroad, by which route.",
        ),
    ),
    "data": Entry(
        "chengnuo.doors.cli.data",
        "data",
        Text("把数据迁移到 PostgreSQL。", "Move the data to PostgreSQL."),
    ),
    "decide": Entry(
        "chengnuo.doors.cli.decide",
        "decide",
        Text("现在可否处理某人的信息，为什么。", "May this be done with somebody's information?"),
    ),
    "disclosure": Entry(
        "chengnuo.doors.cli.disclosure",
        "disclosure",
        Text(
            "检查对外公开和提供的内容有没有个人信息。",
            "Look for personal information in what is given out.",
        ),
    ),
    "doctor": Entry(
        "chengnuo.doors.cli.doctor",
        "doctor",
        Text(
            "检查安装：哪里正常，哪里要做什么。",
            "Look over an installation: what is well, what to do.",
        ),
    ),
    "dossier": Entry(
        "chengnuo.doors.cli.dossier",
        "dossier",
        Text(
            "核对卷宗的证明文件，观察安全措施。",
            "Check evidence files of dossiers; observe safeguards.",
        ),
    ),
    "drift": Entry(
        "chengnuo.doors.cli.drift",
        "drift",
        Text(
            "登记簿与政策、安装包、运行和记录对照。",
            "Hold the register against all that is said and done.",
        ),
    ),
    "evidence": Entry(
        "chengnuo.doors.cli.evidence",
        "evidence",
        Text(
            "建立、查看、检查证据日志，并据以证明。",
            "Make, check and prove from the evidence log.",
        ),
    ),
    "canary": Entry(
        "chengnuo.doors.cli.canary",
        "canary",
        Text(
            "生成诱饵值；出现在外面时查是谁的。",
            "Make canary values; tell whose one is that surfaced.",
        ),
    ),
    "incident": Entry(
        "chengnuo.doors.cli.incident",
        "incident",
        Text(
            "安全事件：受影响的人、信函、通知名单。",
            "Incidents: people affected, letters, lists to tell by.",
        ),
    ),
    "init": Entry(
        "chengnuo.doors.cli.init",
        "init",
        Text(
            "开始：五个问题或者安装包，得到登记簿与服务。",
            "Begin: five questions or a package, a register, a service.",
        ),
    ),
    "inspect": Entry(
        "chengnuo.doors.cli.inspect",
        "inspect",
        Text(
            "检查安装包：同意之前谁读取什么。",
            "Inspect packages: who reads what before consent.",
        ),
    ),
    "keys": Entry(
        "chengnuo.doors.cli.keys",
        "keys",
        Text("发放、更换和吊销接口密钥。", "Make, rotate and revoke API keys."),
    ),
    "law": Entry(
        "chengnuo.doors.cli.law",
        "law",
        Text("查阅法律义务、个人信息种类与期限。", "Look up duties, categories and figures."),
    ),
    "logs": Entry(
        "chengnuo.doors.cli.logs",
        "logs",
        Text(
            "读取运行时行为记录：谁读取或发送了什么。",
            "Read logs of a run: who read or sent what.",
        ),
    ),
    "policy": Entry(
        "chengnuo.doors.cli.policy",
        "policy",
        Text("阅读隐私政策，与登记簿对照。", "Read policies; hold them against the register."),
    ),
    "price": Entry(
        "chengnuo.doors.cli.price",
        "price",
        Text(
            "检验价格等交易条件是否因人而异。",
            "Are prices and other terms the same for everybody?",
        ),
    ),
    "register": Entry(
        "chengnuo.doors.cli.register",
        "register",
        Text(
            "检查、比较、发布、导入和导出登记簿。",
            "Check, compare, publish, import and export registers.",
        ),
    ),
    "release": Entry(
        "chengnuo.doors.cli.release",
        "release",
        Text(
            "发布前检查安装包，核对发布声明。",
            "Hold packages to the release gate; check attestations.",
        ),
    ),
    "rights": Entry(
        "chengnuo.doors.cli.rights",
        "rights",
        Text(
            "办理个人的权利请求：方案、执行、进度。",
            "Requests of individuals: plans, carrying out, queue.",
        ),
    ),
    "serve": Entry(
        "chengnuo.doors.cli.serve",
        "serve",
        Text("启动隐私中心与控制台。", "Serve the privacy centre and the console."),
    ),
    "snapshot": Entry(
        "chengnuo.doors.cli.snapshot",
        "snapshot",
        Text("生成、检查和使用离线快照。", "Make, check and use offline snapshots of decisions."),
    ),
    "stores": Entry(
        "chengnuo.doors.cli.stores",
        "stores",
        Text("查看存储中实际存了什么。", "See what the stores really hold."),
    ),
    "surface": Entry(
        "chengnuo.doors.cli.surface",
        "surface",
        Text(
            "应用表面的做法与登记对照。",
            "Hold what people meet of an app against the register.",
        ),
    ),
    "text": Entry(
        "chengnuo.doors.cli.text",
        "text",
        Text("查找和遮盖文本中的个人信息。", "Find personal information in text, and mask it."),
    ),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names of the commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        return cast("click.Command", getattr(import_module(entry.module), entry.attribute))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, f"{COMMANDS[name].help.zh} {COMMANDS[name].help.en}")
                    for name in self.list_commands(ctx)
                ]
            )


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice([lang.value for lang in Lang]),
    envvar="CHENGNUO_LANG",
    default=Lang.ZH.value,
    show_default=True,
    help="输出语言。 Language of what is printed.",
)
@click.version_option(package_name="chengnuo")
@click.pass_context
def root(context: click.Context, lang: str) -> None:
    """承诺 Chengnuo: 说到做到，并且能证明。 Keep your promises, and prove it."""
    context.obj = cast("App", context.obj).in_lang(Lang(lang))


def run(app: App, arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        root.main(args=given, prog_name="chengnuo", obj=app, standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.Abort:
        return EXIT_UNFINISHED
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except ChengnuoError as error:
        _say(error, _lang_of(given, app), as_json="--json" in given)
        return EXIT_WRONG_INPUT if isinstance(error, InvalidInputError) else EXIT_UNFINISHED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_FINDINGS
    return 0


def _say(error: ChengnuoError, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        tree = refusal_as_tree(error, lang)
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2), err=True)
    else:
        click.echo(refusal_as_text(error, lang), err=True)


def _lang_of(given: Sequence[str], app: App) -> Lang:
    """Find the language of a command line that may have failed before its options were read."""
    said = os.environ.get("CHENGNUO_LANG", "")
    fallback = Lang(said) if said in {lang.value for lang in Lang} else app.lang
    for index, word in enumerate(given):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or (given[index + 1] if index + 1 < len(given) else "")
            return Lang(value) if value in {lang.value for lang in Lang} else fallback
    return fallback
