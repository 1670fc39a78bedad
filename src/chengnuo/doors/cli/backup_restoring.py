"""`chengnuo backup restore` and `sweep`: a data folder put back, and those erased since again."""

from dataclasses import replace
from pathlib import Path

import click

from chengnuo.base.text import Text
from chengnuo.doors.cli.backup_options import (
    FILES,
    VKEY,
    BackupApp,
    lock_of,
    moment_of,
    opening,
)
from chengnuo.doors.cli.evidence_options import (
    DATA,
    JSON,
    SETTINGS,
    STOP_FIRST,
    advice_if_locked,
    json_text,
)

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("restore")
@FILES
@opening
@click.option(
    "--to",
    "to",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="新的数据目录，尚不存在。 The new data folder, not there yet.",
)
@click.option(
    "--at",
    metavar="POSITION|INSTANT",
    help="恢复到第几条记录或某一时刻；默认最新。 As of so many records, or of an instant; else the"
    " newest.",
)
@VKEY
@JSON
@click.pass_obj
def restore(  # noqa: PLR0913  one for each option
    app: BackupApp,
    *,
    files: tuple[Path, ...],
    key: Path | None,
    passphrase_file: Path | None,
    to: Path,
    at: str | None,
    vkey: str,
    as_json: bool,
) -> None:
    """恢复到新的数据目录。 Put backups into a new data folder: a first one and all made since.

    Before it is served it must be swept: `chengnuo backup sweep`. Exit status: 0 restored, 2 wrong
    key, chain, moment or folder, 3 damaged, or the disk refused; nothing is left then.

    Example: chengnuo backup restore today.backup --key restore.key --to ./restored
    """
    lock, moment = lock_of(key, passphrase_file), moment_of(at)
    found = app.backups(None, None).restore(files, lock=lock, to=to, moment=moment, vkey=vkey)
    if as_json:
        click.echo(
            json_text(
                {
                    "backup": found.backup,
                    "records": found.position,
                    "state": found.state,
                    "reached": found.reached,
                    "epoch": found.epoch,
                    "erasedLater": len(found.later),
                }
            )
        )
        return
    click.echo(
        Text(
            f"已恢复：日志 {found.position} 条记录（备份到 {found.reached}），其余状态截至 "
            f"{found.state}；需要第 {found.epoch} 期上层密钥。\n"
            "启动前先运行：chengnuo backup sweep",
            f"restored: {found.position} records of the log ({found.reached} in the backups), other"
            f" state as of {found.state}; the epoch key of epoch {found.epoch} opens it\n"
            "before it is served: chengnuo backup sweep",
        ).in_lang(app.lang)
    )


@click.command("mark")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def mark(app: BackupApp, *, data: Path | None, settings_file: Path | None, as_json: bool) -> None:
    """说明数据已用其他方法恢复。 Say that the data was restored by other means, so it is swept.

    For a database of its own that was put back by its own tools, or a folder that was copied: what
    was published of a longer log is set aside, and nothing is written or served before
    `chengnuo backup sweep`. Exit status: 0 noted, 2 there is no log, 3 a service writes it.

    Example: chengnuo backup mark --data ./data
    """
    with advice_if_locked(STOP_FIRST, app.lang):
        found = app.backups(data, settings_file).mark()
    if as_json:
        click.echo(json_text({"records": found.position, "epoch": found.epoch}))
        return
    click.echo(
        Text(
            f"已记下：日志 {found.position} 条记录，需要第 {found.epoch} 期上层密钥。\n"
            "启动前先运行：chengnuo backup sweep",
            f"noted: {found.position} records of the log; the epoch key of epoch {found.epoch}"
            " opens it\nbefore it is served: chengnuo backup sweep",
        ).in_lang(app.lang)
    )


@click.command("sweep")
@click.option(
    "--erased",
    "erased_list",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="`backup erased` 写的名单，来自出事前的服务。 The list that `backup erased` wrote.",
)
@click.option(
    "--newer",
    type=_FOLDER,
    help="存有更新的日志的数据目录，例如损坏的那个。 A data folder with a newer copy of the log.",
)
@click.option(
    "--epoch-key-is-live",
    is_flag=True,
    help="设置中的上层密钥就是服务一直使用的那个，不是放回的副本。 The epoch key of the settings"
    " is the very one that the service used to the end, not a copy put back.",
)
@opening
@DATA
@SETTINGS
@JSON
@click.pass_obj
def sweep(  # noqa: PLR0913  one for each option
    app: BackupApp,
    *,
    erased_list: Path | None,
    newer: Path | None,
    epoch_key_is_live: bool,
    key: Path | None,
    passphrase_file: Path | None,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """恢复之后，再次删除其后删除的人。 Erase again whoever was erased after the backup.

    Until then a restored folder is not served. What was done is recorded in its log. Rows that came
    back in the operator's own stores go with `chengnuo rights sweep`, and by the service itself.
    Exit status: 0 swept, 2 nothing tells who was erased, 3 it could not be finished.

    Example: chengnuo backup sweep --erased erased.list --key restore.key --data ./data
    """
    backups = app.backups(data, settings_file)
    erased = None
    if erased_list is not None:
        erased = backups.read_erased(erased_list, lock=lock_of(key, passphrase_file))
    with (
        advice_if_locked(STOP_FIRST, app.lang),
        app.resweeping(data, settings_file, newer) as (resweeping, told),
    ):
        found = resweeping.sweep(replace(told, erased=erased, holder_is_live=epoch_key_is_live))
    if as_json:
        click.echo(
            json_text(
                {
                    "erased": found.erased,
                    "gone": found.gone,
                    "suppressed": found.suppressed,
                    "knownBy": list(found.known_by),
                }
            )
        )
        return
    click.echo(
        Text(
            f"已再次删除 {found.erased} 人，{found.gone} 人本来就不可读；"
            f"登记 {found.suppressed} 人不得从各存储中回来。现在可以启动服务。",
            f"erased {found.erased} again, {found.gone} could not be read anyway;"
            f" {found.suppressed} entered as not to come back in the stores. It may be served now",
        ).in_lang(app.lang)
    )
