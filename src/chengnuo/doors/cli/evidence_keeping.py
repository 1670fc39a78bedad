"""`chengnuo evidence init`, `rotate` and `witness`: the log, its key, and those who saw it."""

from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    JSON,
    SETTINGS,
    STOP_FIRST,
    advice_if_locked,
    json_text,
)
from chengnuo.doors.cli.evidence_words import KEEPS, clock, key_lines, say_recovered
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED, EXIT_WRONG_INPUT
from chengnuo.ports.witnessing import Stamped, TimeStampWrongError, WitnessSawAnotherError
from chengnuo.usecases.evidence.tools import Writing
from chengnuo.usecases.evidence.witnessing import Asked, Witnessed

_HOW_TO_WITNESS = Text(
    "没有设置见证方，也没有设置时间戳服务。"
    "请在设置文件的 [evidence] 中写 witnesses（公钥 = 地址）与 quorum，"
    "或 timestamp_url 与 timestamp_roots，再用 --settings 指定该文件。说明见 docs/settings.md。",
    "no witness and no time-stamping authority is set; in [evidence] of the settings file give"
    " witnesses (vkey = address) and quorum, or timestamp_url and timestamp_roots, and name the"
    " file with --settings; see docs/settings.md",
)

_SERVICE_WITNESSES = Text(
    "很可能是 chengnuo serve 正在运行。它会按设置中的 [evidence] witness_every_minutes "
    "自行请见证方和时间戳服务，不必运行本命令。要马上请，请先停止服务。",
    "most likely `chengnuo serve` is running; it asks the witnesses and the authority of its"
    " settings by itself, every `witness_every_minutes` of [evidence]. To ask now, stop it first",
)

_Stamps = tuple[tuple[SignedCheckpoint, Stamped | ChengnuoError], ...]


@click.command("init")
@click.option(
    "--origin",
    default="",
    metavar="NAME",
    help="日志名称，如 evidence.example.com/shop。 Name of the log; made from chance if left out.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def init(
    app: App, *, origin: str, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """Make the evidence log of a data folder, and say which key to publish.

    A log that is there already, under the same name, is left as it is. Exit status: 0 it is
    there now, 2 the name cannot be one, 3 there is a log of another name, or a service writes it.

    Example: chengnuo evidence init --data ./data --origin evidence.example.com/shop
    """
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.evidence_writing(data, settings_file, origin=origin, make=True) as writing,
    ):
        keys = writing.log.keys()
        if as_json:
            click.echo(
                json_text(
                    {
                        "origin": keys.origin,
                        "new": writing.is_new,
                        "vkeys": [str(key.vkey) for key in keys.in_force],
                        "keyPlace": writing.key_holder.place,
                        "keysInDataFolder": writing.key_holder.in_data_folder,
                        "keysForget": writing.key_holder.forgets,
                    }
                )
            )
        else:
            click.echo("\n".join(_made_lines(writing, app.lang)))
        say_recovered(writing.log.status(), app.lang)
        if writing.key_holder.in_data_folder:
            click.echo(_warning(writing.key_holder.place, app.lang), err=True)
        elif not writing.key_holder.forgets:
            click.echo(KEEPS.in_lang(app.lang), err=True)


def _made_lines(writing: Writing, lang: Lang) -> list[str]:
    keys = writing.log.keys()
    publish = Text(
        "请把公钥公布在日志以外的地方（例如隐私政策页）：核验日志的人以它为准。",
        "publish the key outside the log, on the page of your privacy policy for one:"
        " whoever verifies the log relies on it",
    )
    if writing.is_new:
        head = Text(f"已建立存证日志 {keys.origin}", f"evidence log {keys.origin} made")
    else:
        head = Text(
            f"存证日志 {keys.origin} 已存在，未作改动",
            f"evidence log {keys.origin} is there already; nothing was changed",
        )
    place = Text("上层密钥位于：", "the key above the keys of individuals is in: ")
    return [
        head.in_lang(lang),
        *key_lines(keys, lang),
        f"{place.in_lang(lang)}{writing.key_holder.place}",
        *([publish.in_lang(lang)] if writing.is_new else []),
    ]


def _warning(place: str, lang: Lang) -> str:
    return Text(
        f"警告：上层密钥（{place}）在数据目录里。谁得到数据目录的副本，就能打开其中的全部内容；"
        "删除之前的旧备份也仍能打开已删除的内容。请把该文件移到另一块磁盘，在设置 [evidence] "
        "的 master_key_file 中写明，并且不要与数据目录一起备份。",
        f"warning: the key above the keys of individuals ({place}) is in the data folder; who"
        " gets a copy of the folder can open everything in it, and a backup from before a deletion"
        " still opens what was deleted. Move the file to another disk, name it as master_key_file"
        " in [evidence] of the settings, and keep it out of backups of the data folder",
    ).in_lang(lang)


@click.command("rotate")
@click.option(
    "--retire", is_flag=True, help="让旧密钥退役。 Let the older of two keys retire instead."
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def rotate(
    app: App, *, retire: bool, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """Make the next key of the log, endorsed by the one in force; both sign until --retire.

    The change is recorded. Exit status: 0 changed, 2 there is no log, 3 not now: two keys are
    in force already, only one is and none can retire, the log is empty, or a service writes it.

    Example: chengnuo evidence rotate --data ./data
    """
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.evidence_writing(data, settings_file) as writing,
    ):
        say_recovered(writing.log.status(), app.lang)
        if retire:
            old = str(writing.keys.retire(by="cli"))
            new = str(writing.log.keys().in_force[-1].vkey)
        else:
            old, new = (str(key) for key in writing.keys.rotate(by="cli"))
    if as_json:
        click.echo(json_text({"retired": retire, "old": old, "new": new}))
    else:
        click.echo(_change_text(old, new, app.lang, retire=retire))


def _change_text(old: str, new: str, lang: Lang, *, retire: bool) -> str:
    if retire:
        return Text(
            f"旧密钥已退役：{old}\n今后只由这把密钥签署：{new}\n"
            "旧密钥签过的检查点仍然有效；旧公钥请继续公布，标明已退役。",
            f"retired: {old}\nsigning alone from now on: {new}\n"
            "what the old key signed stays valid; go on publishing it, marked as retired",
        ).in_lang(lang)
    return Text(
        f"旧公钥：{old}\n新公钥：{new}\n"
        "请把新公钥公布在旧公钥旁边。"
        "在运行 chengnuo evidence rotate --retire 之前，每个检查点由两把密钥共同签署；"
        "等核验方都换用新公钥后再让旧密钥退役。",
        f"old key: {old}\nnew key: {new}\n"
        "publish the new key beside the old one. Both sign every checkpoint until you run"
        " `chengnuo evidence rotate --retire`; do so once those who verify rely on the new key",
    ).in_lang(lang)


@click.command("witness")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def witness(app: App, *, data: Path | None, settings_file: Path | None, as_json: bool) -> None:
    """Ask the witnesses and authorities of the settings to say that they saw the log.

    Tells what each answered, and what the kept time stamps show. Exit status: 0 enough of them
    did, 1 one holds another history of this log or a kept stamp is wrong, 2 none are set or
    there is no log, 3 too few answered.

    Example: chengnuo evidence witness --data ./data
    """
    with (
        advice_if_locked(_SERVICE_WITNESSES, app.lang),
        app.evidence_writing(data, settings_file) as writing,
    ):
        asking = writing.witnessing
        say_recovered(writing.log.status(), app.lang)
        if not asking.witnesses and not asking.authorities:
            click.echo(_HOW_TO_WITNESS.in_lang(app.lang), err=True)
            raise SystemExit(EXIT_WRONG_INPUT)
        witnessed, stamps = asking.ask(), asking.stamped()
    if as_json:
        click.echo(json_text(_witnessed_tree(witnessed, stamps)))
    else:
        click.echo("\n".join(_witnessed_lines(witnessed, stamps, app.lang)))
    raise SystemExit(_witness_status(witnessed, stamps))


def _witness_status(witnessed: Witnessed, stamps: _Stamps) -> int:
    forked = any(isinstance(one.error, WitnessSawAnotherError) for one in witnessed.witnesses)
    if forked or any(isinstance(shown, TimeStampWrongError) for _, shown in stamps):
        return EXIT_FINDINGS
    return 0 if witnessed.reached else EXIT_UNFINISHED


def _witnessed_lines(witnessed: Witnessed, stamps: _Stamps, lang: Lang) -> list[str]:
    size = witnessed.signed.checkpoint.size
    words = (
        (witnessed.witnesses, Text("见证方", "witness"), Text("已会签", "cosigned")),
        (witnessed.authorities, Text("时间戳服务", "authority"), Text("已盖时间戳", "stamped")),
    )
    lines = [
        f"{who.in_lang(lang)} {one.name}: {did.in_lang(lang) if one.error is None else one.error}"
        for asked, who, did in words
        for one in asked
    ]
    lines.append(
        Text(
            f"检查点（{size} 条记录）由 {witnessed.cosigned} 个见证方会签，"
            f"需要 {witnessed.quorum} 个。",
            f"checkpoint of size {size}: cosigned by {witnessed.cosigned},"
            f" {witnessed.quorum} needed",
        ).in_lang(lang)
    )
    if any(isinstance(one.error, WitnessSawAnotherError) for one in witnessed.witnesses):
        lines.append(
            Text(
                "有见证方持有与本日志矛盾的历史，请立即查明。日志自己签过、如今不再相符的检查点（如有）"
                "已存入 misbehaviour 目录。",
                "a witness holds a history that this log contradicts: find out why at once; a"
                " checkpoint that the log itself signed and no longer extends, if there is one, is"
                " kept in the folder misbehaviour",
            ).in_lang(lang)
        )
    word = Text("时间戳", "time stamp").in_lang(lang)
    lines += [f"{word} {one.checkpoint.size}: {_stamp_words(shown)}" for one, shown in stamps]
    return lines


def _stamp_words(shown: Stamped | ChengnuoError) -> str:
    return f"{clock(shown.at)} · {shown.authority}" if isinstance(shown, Stamped) else str(shown)


def _witnessed_tree(witnessed: Witnessed, stamps: _Stamps) -> Tree:
    return {
        "size": witnessed.signed.checkpoint.size,
        "reached": witnessed.reached,
        "cosigned": witnessed.cosigned,
        "quorum": witnessed.quorum,
        "witnesses": [_asked_tree(one) for one in witnessed.witnesses],
        "authorities": [_asked_tree(one) for one in witnessed.authorities],
        "stamps": [
            {
                "size": one.checkpoint.size,
                "at": shown.at.isoformat() if isinstance(shown, Stamped) else None,
                "authority": shown.authority if isinstance(shown, Stamped) else None,
                "error": None if isinstance(shown, Stamped) else shown.code,
            }
            for one, shown in stamps
        ],
    }


def _asked_tree(asked: Asked) -> Tree:
    if asked.error is None:
        return {"name": asked.name, "error": None}
    return {"name": asked.name, "error": asked.error.code, "message": str(asked.error)}
