"""`chengnuo evidence status`: what state the log is in, read beside whoever writes it."""

from dataclasses import dataclass
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import DATA, JSON, SETTINGS, json_text
from chengnuo.doors.cli.evidence_words import clock, count_of, key_lines, kind_words
from chengnuo.ports.log_status import LogStatus

_DAYS_SHOWN = 7
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    status: LogStatus
    keys: LogKeys
    cosigned: SignedCheckpoint | None
    misbehaviour: tuple[str, ...]

    @property
    def witnesses(self) -> list[str]:
        """Names of those who signed the newest note that is kept, without the log itself."""
        if self.cosigned is None:
            return []
        names = {one.name for one in self.cosigned.note.signatures}
        return sorted(names - {self.status.origin})


@click.command("status")
@DATA
@SETTINGS
@JSON
@click.pass_obj
def status(app: App, *, data: Path | None, settings_file: Path | None, as_json: bool) -> None:
    """Tell how large the log is, what it holds, which keys sign it and who has seen it.

    Reads only, also while a service writes. Exit status: 0, 2 there is no log, 3 it is damaged.

    Example: chengnuo evidence status --data ./data
    """
    with app.evidence_reading(data, settings_file) as reading:
        seen = _Seen(
            status=reading.log.status(),
            keys=reading.log.keys(),
            cosigned=reading.stamps.newest(),
            misbehaviour=reading.stamps.misbehaviour(),
        )
    if as_json:
        click.echo(json_text(_tree(seen)))
    else:
        click.echo("\n".join(_lines(seen, app.lang)))


def _lines(seen: _Seen, lang: Lang) -> list[str]:
    status = seen.status
    lines = [
        Text(f"存证日志 {status.origin}", f"evidence log {status.origin}").in_lang(lang),
        Text(
            f"记录：{status.size} 条，占 {_bytes(status.bytes)}",
            f"{count_of(status.size, 'record')}, {_bytes(status.bytes)}",
        ).in_lang(lang),
        _checkpoint_line(status, lang),
        *key_lines(seen.keys, lang),
        _witness_line(seen, lang),
    ]
    lines += [f"{number:>10}  {kind_words(kind, lang)}" for kind, number in status.kinds]
    if status.growth:
        lines.append(Text("增长（按 UTC 日）：", "growth (days in UTC):").in_lang(lang))
        lines += [f"{one.size:>10}  {one.day}" for one in status.growth[-_DAYS_SHOWN:]]
    if seen.misbehaviour:
        lines.append(
            Text(
                "留有日志自相矛盾的证据（misbehaviour 目录），请立即查明：",
                "there is proof that the log contradicts itself (folder misbehaviour);"
                " find out why at once:",
            ).in_lang(lang)
        )
        lines += [f"  {name}" for name in seen.misbehaviour]
    return lines


def _checkpoint_line(status: LogStatus, lang: Lang) -> str:
    if status.checkpoint_at is None:
        return Text("还没有检查点。", "no checkpoint yet").in_lang(lang)
    at = clock(status.checkpoint_at)
    return Text(
        f"检查点：{status.published} 条，签于 {at}",
        f"checkpoint of size {status.published}, signed {at}",
    ).in_lang(lang)


def _witness_line(seen: _Seen, lang: Lang) -> str:
    if seen.cosigned is None:
        return Text("还没有见证或时间戳。", "no witness or time stamp yet").in_lang(lang)
    size, names = seen.cosigned.checkpoint.size, seen.witnesses
    return Text(
        f"最近一次见证：{size} 条" + (f"，{'、'.join(names)}" if names else "（仅时间戳）"),
        f"last witnessed at size {size}"
        + (f" by {', '.join(names)}" if names else " (time stamp only)"),
    ).in_lang(lang)


def _bytes(number: int) -> str:
    size, unit = float(number), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < _KIB:
            break
        size, unit = size / _KIB, larger
    return f"{number} B" if unit == "B" else f"{size:.1f} {unit}"


def _tree(seen: _Seen) -> Tree:
    status = seen.status
    at = status.checkpoint_at
    return {
        "origin": status.origin,
        "size": status.size,
        "published": status.published,
        "checkpointAt": None if at is None else at.isoformat(),
        "bytes": status.bytes,
        "kinds": dict(status.kinds),
        "growth": [{"day": one.day, "size": one.size} for one in status.growth],
        "keys": [str(key.vkey) for key in seen.keys.in_force],
        "witnessed": None
        if seen.cosigned is None
        else {"size": seen.cosigned.checkpoint.size, "witnesses": list(seen.witnesses)},
        "misbehaviour": list(seen.misbehaviour),
    }
