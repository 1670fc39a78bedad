"""`chengnuo evidence shards`: the checkpoint above those of several logs."""

from collections.abc import Mapping
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.shard import ShardedOrigin
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    OUT,
    SETTINGS,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.evidence_words import clock_us
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.usecases.evidence.seen_logs import SeenLog, missing_shards, seen_logs

_SEEN = Text("{origin}：{size} 条，{at} 所见", "{origin}: {size} records, seen {at}")
_ALL = Text("{origin} 的各份都有检查点", "{origin}: there is a checkpoint of every shard")
_MISSING = Text(
    "{origin}：没有第 {left} 份的检查点。请在该份的设置 [evidence] witnesses 中写明本服务。",
    "{origin}: no checkpoint of shard {left}; name this service in `witnesses` of its [evidence]",
)
_VERIFY = Text(
    "用 chengnuo-verify {file} 核验；再以 --since 用各份的检查点核验其日志。",
    "verify it with `chengnuo-verify {file}`, then each log with --since and its checkpoint",
)


@click.command("shards")
@OUT
@click.option(
    "--checkpoints",
    type=click.Path(file_okay=False, path_type=Path),
    help="另把各日志的检查点写入该目录。 Also write the checkpoint of each log to this folder.",
)
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def shards(  # noqa: PLR0913  one for each option
    app: App,
    *,
    out: Path | None,
    checkpoints: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Prove which checkpoints of other logs this one has seen: of shards, the one above all theirs.

    The proof is one JSON object, on stdout or in --out; `chengnuo-verify` checks it anywhere and
    says whether a shard is missing. Exit status: 0 every shard was seen, 1 one was not, 2 none was,
    there is no log, or a file is there already.

    Example: chengnuo evidence shards --data ./data --out shards.json
    """
    hold_free(out, force=force)
    with app.evidence_reading(data, settings_file) as reading:
        seen = seen_logs(reading.log, reading.payloads)
        proof = reading.prover.inclusion([one.position for one in seen], disclose=True)
    origins = [proof.checkpoint.checkpoint.origin, *(_origin(one) for one in seen)]
    missing = missing_shards(origins)
    if checkpoints is not None:
        checkpoints.mkdir(parents=True, exist_ok=True)
        for one in seen:
            write_out(checkpoints / _file_name(_origin(one)), one.signed.text.encode(), force=force)
    if out is None:
        click.echo(json_text(proof.as_tree()))
    else:
        write_out(out, f"{json_text(proof.as_tree())}\n".encode(), force=force)
    lines = [*_lines(seen, app.lang), *_missing_lines(missing, app.lang)]
    if as_json and out is not None:
        click.echo(json_text(_tree(seen, missing, out)))
    else:
        click.echo("\n".join(lines), err=out is None)
        if out is not None:
            click.echo(_VERIFY.in_lang(app.lang).format(file=out))
    if any(missing.values()):
        raise SystemExit(EXIT_FINDINGS)


def _lines(seen: tuple[SeenLog, ...], lang: Lang) -> list[str]:
    words = _SEEN.in_lang(lang)
    return [
        words.format(origin=_origin(one), size=one.signed.checkpoint.size, at=clock_us(one.at))
        for one in seen
    ]


def _missing_lines(missing: Mapping[str, tuple[int, ...]], lang: Lang) -> list[str]:
    return [
        (_MISSING if left else _ALL)
        .in_lang(lang)
        .format(origin=origin, left=", ".join(map(str, left)))
        for origin, left in missing.items()
    ]


def _tree(seen: tuple[SeenLog, ...], missing: Mapping[str, tuple[int, ...]], out: Path) -> Tree:
    return {
        "logs": [
            {
                "origin": _origin(one),
                "size": one.signed.checkpoint.size,
                "position": one.position,
                "at": one.at,
            }
            for one in seen
        ],
        "missing": {origin: list(left) for origin, left in missing.items()},
        "file": str(out),
    }


def _origin(one: SeenLog) -> str:
    return one.signed.checkpoint.origin


def _file_name(origin: str) -> str:
    """Return the name of the file of a checkpoint: the shard, or the log's name made plain."""
    named = ShardedOrigin.parse(origin)
    plain = "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in origin)
    return f"{plain if named is None else named.shard.ending.strip('/')}.checkpoint"
