"""`chengnuo canary …`: make canary values; tell whose one is that surfaced."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.incident.canaries import CanaryKind
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    OUT,
    SETTINGS,
    advice_if_locked,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.doors.texts import moment
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.incident.canary_desk import CanaryAnswer, CanaryMet

_CONSOLE = Text(
    "很可能是 chengnuo serve 正在运行。在控制台“诱饵值”页可以抽取；`canary which` 不受影响。",
    "most likely `chengnuo serve` is running; draw one in its console, on the page of canary"
    " values; `canary which` works beside it",
)
_CLI = Actor(id="cli", party=Party.SERVICE)
_NONE = Text(
    "不是已登记的诱饵值（共 {n} 个）。", "it is none of the canary values entered ({n} in all)"
)


@click.group()
def canary() -> None:
    """诱饵值：每个接收方各不相同，出现在外面时就知道出处。 Canary values, one per recipient."""


@canary.command("make")
@click.option(
    "--recipient", required=True, metavar="ID", help="登记簿中的接收方。 Recipient of the register."
)
@click.option(
    "--kind",
    type=click.Choice([one.value for one in CanaryKind]),
    required=True,
    help="哪种。 Which sort.",
)
@click.option(
    "--own",
    default="",
    metavar="TEXT",
    help="您自己的：号段的前几位、邮箱域名或者地址。 What is yours: first digits of a block of"
    " numbers, a domain of mail, an address.",
)
@click.option("--how", default="", metavar="TEXT", help="怎样交出。 How it is handed over.")
@click.option("--reason", default="", metavar="TEXT", help="为什么；会被记录。 Why; recorded.")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def make(  # noqa: PLR0913  one for each option
    app: App,
    *,
    recipient: str,
    kind: str,
    own: str,
    how: str,
    reason: str,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Make an invented value for one recipient, and enter it as handed over.

    It is printed once; what the log has is a commitment to it. What is guaranteed is said with it:
    mail and post come to you; a number is yours only out of a block that you hold.

    Exit status: 0 made, 2 wrong kind, recipient or --own, 3 not finished.

    Example: chengnuo canary make --recipient courier --kind email --own mail.example.com
    """
    with (
        advice_if_locked(_CONSOLE, app.lang),
        app.incidents(data, settings_file, writing=True) as room,
    ):
        made = room.canaries.make(recipient, CanaryKind(kind), own, by=_CLI, how=how, why=reason)
    if as_json:
        tree: Tree = {
            "dossier": made.dossier,
            "value": made.value,
            "outOf": made.out_of,
            "guarantee": {"zh": made.guarantee.zh, "en": made.guarantee.en},
        }
        click.echo(json_text(tree))
        return
    click.echo(made.value)
    click.echo(f"{made.dossier} · {made.guarantee.in_lang(app.lang)}", err=True)


@canary.command("which")
@click.argument("value", metavar="VALUE")
@OUT
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def which(  # noqa: PLR0913  one for each option
    app: App,
    *,
    value: str,
    out: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Tell which recipient VALUE was handed to, since when, and what proves it.

    Works beside a running service. VALUE is compared without blanks, case and width, and is not
    printed again. What opens the commitment in the log is printed: SHA-256 of the opening, a colon
    and the value. With --out the proof of the records is written, for `chengnuo-verify`.

    Exit status: 0 it is none of ours, 1 it names somebody, 2 no log.

    Example: chengnuo canary which k7f3qmx2pa@mail.example.com
    """
    hold_free(out, force=force)
    with app.incidents(data, settings_file, writing=False) as room:
        found = room.canaries.which(value)
        positions = [position for one in found.met for position in one.positions]
        proof = room.proof_of(positions) if positions and out is not None else None
    if proof is not None and out is not None:
        write_out(out, f"{json_text(proof.as_tree())}\n".encode(), force=force)
    if as_json:
        click.echo(json_text(_tree(found)))
    else:
        click.echo("\n".join(_lines(found, app.lang)))
    raise SystemExit(EXIT_FINDINGS if found.met else 0)


def _lines(found: CanaryAnswer, lang: Lang) -> Iterator[str]:
    if not found.met:
        yield _NONE.in_lang(lang).format(n=found.canaries)
        return
    for one in found.met:
        until = "" if one.retired_at is None else moment(one.retired_at)
        since = moment(one.given_at or one.made_at)
        records = " ".join(f"#{position}" for position in one.positions)
        yield f"{one.recipient} · {one.kind} · {since} – {until} · {one.dossier} · {records}"
        yield Text(
            f"日志中的承诺 {one.commitment}；开启值 {one.opening}",
            f"commitment in the log {one.commitment}; opening {one.opening}",
        ).in_lang(lang)
        yield _by_chance(one, found.canaries).in_lang(lang)


def _by_chance(one: CanaryMet, canaries: int) -> Text:
    if one.kind == CanaryKind.NAME:
        return Text(
            "姓名可能确有其人，单独不能证明什么。",
            "a name may be somebody's; alone it proves nothing",
        )
    chance = Fraction(canaries, one.out_of)
    return Text(
        f"任意编造的一个同类值恰好是某个诱饵值的概率：不超过 {float(chance):.1e}",
        f"chance that a value made up at random is a canary: at most {float(chance):.1e}",
    )


def _tree(found: CanaryAnswer) -> Tree:
    return {
        "canaries": found.canaries,
        "met": [
            {
                "dossier": one.dossier,
                "recipient": one.recipient,
                "kind": one.kind,
                "madeAt": one.made_at.isoformat(),
                "givenAt": None if one.given_at is None else one.given_at.isoformat(),
                "retiredAt": None if one.retired_at is None else one.retired_at.isoformat(),
                "opening": one.opening,
                "commitment": one.commitment,
                "positions": list(one.positions),
                "outOf": one.out_of,
            }
            for one in found.met
        ],
    }
