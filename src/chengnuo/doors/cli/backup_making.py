"""`chengnuo backup key`, `make`, `check` and `erased`: locked files, and what they hold."""

from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.backup_options import (
    FILES,
    VKEY,
    BackupApp,
    lock_of,
    locking,
    opening,
)
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS, json_text
from chengnuo.doors.cli.evidence_words import clock
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.ports.backups import (
    Checked,
    Made,
    Manifest,
)

_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("key")
@click.argument("file", type=_OUT)
@JSON
@click.pass_obj
def key(app: BackupApp, *, file: Path, as_json: bool) -> None:
    """生成一对备份密钥。 Make a key pair: the private key into FILE, the public one is printed.

    Only the public key belongs on the server. Exit status: 0 made, 2 FILE is there already.

    Example: chengnuo backup key ./restore.key
    """
    public = app.backups(None, None).new_key(file)
    click.echo(json_text({"public": public}) if as_json else public, nl=as_json)


@click.command("make")
@click.argument("out", type=_OUT)
@locking
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="上一份备份的 .manifest 文件：只写其后变化的部分。 The .manifest of the backup before:"
    " only what has changed is written.",
)
@click.option(
    "--with-exports",
    is_flag=True,
    help="包括等待个人领取的副本。 Copies that wait for individuals, too.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def make(  # noqa: PLR0913  one for each option
    app: BackupApp,
    *,
    out: Path,
    key: Path | None,
    passphrase_file: Path | None,
    since: Path | None,
    with_exports: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """备份安装，可在服务运行时进行。 Back up an installation, also while it is served.

    Everything of one moment, encrypted, but the epoch key, which is kept apart. Beside OUT its
    manifest is written in clear: digests, no content. Exit status: 0 made, 2 wrong input, 3 it
    could not be made now.

    Example: chengnuo backup make ./today.backup --key backup.pub --data ./data
    """
    lock = lock_of(key, passphrase_file)
    made = app.backups(data, settings_file).make(out, lock=lock, since=since, exports=with_exports)
    click.echo(json_text(_made_tree(made)) if as_json else _made_text(made, app.lang))


def _made_tree(made: Made) -> Tree:
    return {"bytes": made.bytes, "held": made.held, **_tree(made.manifest)}


def _tree(manifest: Manifest) -> dict[str, Tree]:
    return {
        "id": manifest.id,
        "number": manifest.number,
        "since": manifest.since,
        "origin": manifest.origin,
        "records": manifest.position,
        "epoch": manifest.epoch,
        "madeAt": manifest.made_at.isoformat(),
        "members": len(manifest.members),
    }


def _made_text(made: Made, lang: Lang) -> str:
    manifest = made.manifest
    return Text(
        f"备份 {manifest.id[:12]}（第 {manifest.number} 份）：{manifest.position} 条记录，"
        f"{made.held} 个文件，{made.bytes} 字节。\n"
        f"打开个人密钥需要第 {manifest.epoch} 期上层密钥，它不在备份里：请另存，并覆盖旧的。",
        f"backup {manifest.id[:12]} (number {manifest.number}): {manifest.position} records,"
        f" {made.held} files, {made.bytes} bytes\n"
        f"the keys of individuals open with the epoch key of epoch {manifest.epoch}, which is not"
        " in it: keep that elsewhere, over the one before",
    ).in_lang(lang)


@click.command("check")
@FILES
@opening
@VKEY
@JSON
@click.pass_obj
def check(  # noqa: PLR0913  one for each option
    app: BackupApp,
    *,
    files: tuple[Path, ...],
    key: Path | None,
    passphrase_file: Path | None,
    vkey: str,
    as_json: bool,
) -> None:
    """检查备份，不恢复。 Read backups through: FILES are a first one and all made since.

    Every file is held to its digest, every record of the log to its batch, and all of them to the
    signed root. Exit status: 0 whole, 1 something is wrong, 2 wrong key or no chain.

    Example: chengnuo backup check today.backup --key restore.key
    """
    checked = app.backups(None, None).check(files, lock=lock_of(key, passphrase_file), vkey=vkey)
    if as_json:
        click.echo(json_text(_checked_tree(checked)))
    else:
        click.echo("\n".join(_checked_lines(checked, app.lang)))
    raise SystemExit(EXIT_FINDINGS if checked.wrong else 0)


def _checked_tree(checked: Checked) -> Tree:
    return {
        "whole": not checked.wrong,
        "records": checked.records,
        "signed": checked.signed,
        "backups": [_tree(one) for one in checked.manifests],
        "wrong": [{"file": file, "what": what} for file, what in checked.wrong],
    }


def _checked_lines(checked: Checked, lang: Lang) -> list[str]:
    lines = [f"{file}: {what}" for file, what in checked.wrong]
    if lines:
        return lines
    newest = checked.manifests[-1]
    return [
        Text(
            f"完好：{checked.records} 条记录，其中 {checked.signed} 条有签名的根；"
            f"{len(newest.members)} 个文件，{clock(newest.made_at)}。",
            f"whole: {checked.records} records, {checked.signed} under the signed root;"
            f" {len(newest.members)} files, of {clock(newest.made_at)}",
        ).in_lang(lang)
    ]


@click.command("erased")
@click.argument("out", type=_OUT)
@locking
@DATA
@SETTINGS
@JSON
@click.pass_obj
def erased(  # noqa: PLR0913  one for each option
    app: BackupApp,
    *,
    out: Path,
    key: Path | None,
    passphrase_file: Path | None,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """列出已删除的人，供恢复后再次删除。 Write who was erased, for the sweep of what is restored.

    Encrypted as a backup is. To be made often, and kept where the backups are: it is small. Exit
    status: 0 written, 2 wrong input, 3 it could not be written now.

    Example: chengnuo backup erased ./erased.list --key backup.pub --data ./data
    """
    found = app.backups(data, settings_file).erased(out, lock=lock_of(key, passphrase_file))
    count, position = len(found.erasures), found.position
    if as_json:
        click.echo(json_text({"erasures": count, "records": position, "origin": found.origin}))
        return
    click.echo(
        Text(
            f"{count} 次删除，截至第 {position} 条记录。",
            f"{count} erasures, up to record {position}",
        ).in_lang(app.lang)
    )
