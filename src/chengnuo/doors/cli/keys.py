"""`chengnuo keys …`: make, list, rotate and revoke the keys with which programs ask.

A running service is not in the way: what is done to a key counts at once, and the service, which
writes the evidence log, records it at its next look.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS, json_text
from chengnuo.ports.api_keys import ApiKey, ApiScope
from chengnuo.ports.evidence_log import LogLockedError
from chengnuo.usecases.api_keys import MOST_OVERLAP, ApiKeys, FreshKey

NAME = click.argument("name")


@click.group()
def keys() -> None:
    """发放、更换和吊销接口密钥。 Make, list, rotate and revoke API keys."""


@contextmanager
def _opened(
    app: App, data: Path | None, settings_file: Path | None, *, make: bool = False
) -> Iterator[ApiKeys]:
    """Open the keys; where a service writes the log, it records what is done here."""
    clock = app.registers().clock
    try:
        with app.evidence_writing(data, settings_file, make=make) as writing:
            yield ApiKeys(
                store=writing.reading.api_keys,
                tokens=writing.reading.tokens,
                clock=clock,
                recorder=writing.recorder,
            )
    except LogLockedError:
        with app.evidence_reading(data, settings_file) as reading:
            yield ApiKeys(store=reading.api_keys, tokens=reading.tokens, clock=clock)


@keys.command("make")
@NAME
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([one.value for one in ApiScope]),
    help="用途，可重复。 What it is for, repeatable.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    help="有效天数；省略为不限。 After how many days it ends; else never.",
)
@click.option(
    "--recipient",
    default="",
    help="属于登记簿中的哪个接收方；省略为本机构的程序。 "
    "To which recipient of the register it belongs; else to programs of the operator.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def make_key(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    name: str,
    scopes: tuple[str, ...],
    days: int | None,
    recipient: str,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001  click passes flags so
) -> None:
    """Make the key NAME and show its secret, once.

    Only a hash is kept. Exit status: 0, 2 wrong name or scope, 3 there is one of that name.

    Example: chengnuo keys make orders --scope decide --data ./data
    """
    with _opened(app, data, settings_file, make=True) as desk:
        made = desk.make(
            name,
            frozenset(map(ApiScope, scopes)),
            by="cli",
            lasts=None if days is None else timedelta(days=days),
            recipient=recipient,
        )
        _say_secret(made, desk, app.lang, as_json=as_json)


@keys.command("list")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def list_keys(app: App, *, data: Path | None, settings_file: Path | None, as_json: bool) -> None:
    """List every key there ever was, with scopes and state; secrets are not kept.

    Example: chengnuo keys list --data ./data
    """
    with app.evidence_reading(data, settings_file) as reading:
        found = ApiKeys(
            store=reading.api_keys, tokens=reading.tokens, clock=app.registers().clock
        ).all()
    now = app.registers().clock.now()
    if as_json:
        click.echo(json_text({"keys": [_tree(key, now) for key in found]}))
    elif not found:
        click.echo(_NONE.in_lang(app.lang))
    for key in () if as_json else found:
        scopes = " ".join(sorted(key.scopes))
        whose = f" ({key.recipient})" if key.recipient else ""
        click.echo(f"{key.id:<24}{_state(key, now).in_lang(app.lang):<10}{scopes}{whose}")


@keys.command("rotate")
@NAME
@click.option(
    "--overlap-hours",
    type=click.IntRange(0, int(MOST_OVERLAP.total_seconds()) // 3600),
    default=24,
    show_default=True,
    help="旧密钥还能用几小时。 How many hours the old secret goes on.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def rotate_key(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    name: str,
    overlap_hours: int,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001  click passes flags so
) -> None:
    """Give the key NAME another secret and show it, once; the old one goes on for a while.

    Exit status: 0, 2 there is no such key in force.

    Example: chengnuo keys rotate orders --overlap-hours 48 --data ./data
    """
    with _opened(app, data, settings_file) as desk:
        made = desk.rotate(name, by="cli", overlap=timedelta(hours=overlap_hours))
        _say_secret(made, desk, app.lang, as_json=as_json)


@keys.command("revoke")
@NAME
@DATA
@SETTINGS
@JSON
@click.pass_obj
def revoke_key(
    app: App, name: str, *, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """End the key NAME now, with all its secrets.

    Exit status: 0, 2 there is no such key in force.

    Example: chengnuo keys revoke orders --data ./data
    """
    with _opened(app, data, settings_file) as desk:
        desk.revoke(name, by="cli")
        recorded = desk.record_acts()
    if as_json:
        click.echo(json_text({"key": name, "revoked": True, "recorded": recorded}))
    else:
        click.echo(f"{_REVOKED.in_lang(app.lang)}{name}")
        _say_later(app.lang, recorded=recorded)


def _say_secret(made: FreshKey, desk: ApiKeys, lang: Lang, *, as_json: bool) -> None:
    recorded = desk.record_acts()
    if as_json:
        tree = {"key": made.key, "secret": made.secret, "recorded": recorded}
        click.echo(json.dumps(tree, indent=2))
        return
    click.echo(made.secret)
    click.echo(_ONCE.in_lang(lang), err=True)
    _say_later(lang, recorded=recorded)


def _say_later(lang: Lang, *, recorded: bool) -> None:
    if not recorded:
        click.echo(_LATER.in_lang(lang), err=True)


def _state(key: ApiKey, now: datetime) -> Text:
    if key.revoked_at is not None:
        return _ENDED
    return _IN_FORCE if key.is_in_force(now) else _EXPIRED


def _tree(key: ApiKey, now: datetime) -> dict[str, Tree]:
    return {
        "key": key.id,
        "scopes": sorted(scope.value for scope in key.scopes),
        "recipient": key.recipient or None,
        "inForce": key.is_in_force(now),
        "madeAt": key.made_at.isoformat(),
        "expiresAt": None if key.expires_at is None else key.expires_at.isoformat(),
        "revokedAt": None if key.revoked_at is None else key.revoked_at.isoformat(),
        "secrets": key.secrets,
    }


_NONE = Text("还没有密钥。", "there are no keys yet")
_ONCE = Text(
    "以上密钥只显示这一次，请妥善保存；此处只留存其哈希。",
    "this is shown once and kept as a hash only; store it where your program reads secrets",
)
_LATER = Text(
    "正在运行的服务会把这次操作记入日志。", "the running service will record this in its log"
)
_REVOKED = Text("已吊销：", "revoked: ")
_IN_FORCE = Text("有效", "in force")
_EXPIRED = Text("已到期", "expired")
_ENDED = Text("已吊销", "revoked")
