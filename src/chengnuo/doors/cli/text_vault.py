"""`chengnuo text unmask` and `chengnuo text forget`: what a vault of masked values is for."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import click

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import FORCE, JSON, hold_free, read_instant
from chengnuo.doors.cli.text_options import FILE, KEY, OUT, place_of, secret_in, write
from chengnuo.ports.mask_vault import MaskVault
from chengnuo.usecases.mask_vaults import MaskVaults, Restored
from chengnuo.usecases.texts import MaskStyle

_VAULT = click.option(
    "--vault",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="保管原值的文件。 File that keeps the values.",
)
_RESTORED: Final = Text(
    "已还原 {0} 处；{1} 处在保管文件中没有原值。", "{0} restored; of {1} the vault knows no value"
)
_FORGOTTEN: Final = Text("已销毁 {0} 个原值，余 {1} 个。", "{0} values destroyed; {1} left")


@click.command("unmask")
@FILE
@_VAULT
@KEY
@OUT
@FORCE
@JSON
@click.pass_obj
def unmask(  # noqa: PLR0913  one for each option
    app: App,
    file: Path,
    vault: Path,
    *,
    key: Path | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write FILE, masked with --vault, with its values restored; `-` is standard input.

    The key is the one that it was masked with. A name whose value was destroyed stays. How many
    were restored is told on standard error. Exit status: 0 if all were, 1 if some names stayed.

    Example: chengnuo text unmask app.masked.log --vault names.vault --key mask.key
    """
    hold_free(out, force=force)
    counts = Restored()
    with _opened(app, vault, key) as (kept, secret):
        pieces = app.text_source().pieces(place_of(file))
        write(MaskVaults(app.texts(), kept, secret).restored(pieces, counts), out)
    if as_json:
        told = json.dumps({"restored": counts.restored, "unknown": counts.unknown})
    else:
        told = _RESTORED.in_lang(app.lang).format(counts.restored, counts.unknown)
    click.echo(told, err=True)
    if counts.unknown:
        raise SystemExit(1)


@click.command("forget")
@_VAULT
@KEY
@click.option(
    "--before",
    required=True,
    metavar="WHEN",
    help="此前（日期或时间）保管的原值。 Values first kept before this date or instant.",
)
@JSON
@click.pass_obj
def forget(app: App, vault: Path, *, key: Path | None, before: str, as_json: bool) -> None:
    """Destroy values that a vault has kept since before a date; their names stay names for good.

    Example: chengnuo text forget --vault names.vault --key mask.key --before 2026-08-01
    """
    moment = from_us(read_instant("--before", before, end=False))
    with _opened(app, vault, key) as (kept, _):
        gone, left = kept.forget_before(moment), kept.count()
    if as_json:
        click.echo(json.dumps({"destroyed": gone, "left": left}))
    else:
        click.echo(_FORGOTTEN.in_lang(app.lang).format(gone, left))


@contextmanager
def _opened(app: App, vault: Path, key: Path | None) -> Iterator[tuple[MaskVault, bytes]]:
    secret = secret_in(key, MaskStyle.NAMED)
    with closing(app.mask_vault(vault, secret)) as kept:
        yield kept, secret
