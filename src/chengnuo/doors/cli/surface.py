"""`chengnuo surface …`: what the surface of an app does, measured beside what is declared."""

import json
import math
from pathlib import Path
from typing import Final

import click

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.speeds import (
    DirectionSpeeds,
    SpeedReport,
    SpeedVerdict,
    judge_speeds,
)
from chengnuo.domain.register.app import TransferSpeeds
from chengnuo.domain.register.ids import ServiceId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import JSON
from chengnuo.doors.cli.package_options import FILE
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED
from chengnuo.doors.cli.surface_page import page, recorder
from chengnuo.doors.cli.surface_purposes import purposes
from chengnuo.doors.cli.surface_record import DATA, entered
from chengnuo.doors.cli.surface_ways import ways

_WORDS: Final = {
    "up": Text("上传", "upload"),
    "down": Text("下载", "download"),
    SpeedVerdict.FAIR: Text("与登记相符", "fair, as declared"),
    SpeedVerdict.UNFAIR: Text("免费账户慢于登记的水平", "free accounts are slower than declared"),
    SpeedVerdict.INCONCLUSIVE: Text("不能下结论", "inconclusive"),
}
_HEAD: Final = Text("{0}：{1}", "{0}: {1}")
_TIER: Final = Text(
    "  {0}：{1} 次，中位 {2} kbit/s，5% 至 95% 为 {3} 至 {4}",
    "  {0}: {1} transfers, median {2} kbit/s, from {3} (5 %) to {4} (95 %)",
)
_FREE, _PAID = Text("免费", "free"), Text("付费", "paid")
_RATIO: Final = Text(
    "  同一网络下免费为付费的 {0:.2f}（95% 区间 {1:.2f} 至 {2:.2f}），登记为 {3:.2f}",
    "  free to paid on the same network {0:.2f} (95 % interval {1:.2f} to {2:.2f}), "
    "declared {3:.2f}",
)
_NO_RATIO: Final = Text(
    "  没有足够的账户可比；登记为 {0:.2f}",
    "  too few accounts to compare; declared {0:.2f}",
)
_BELOW: Final = Text(
    "  低于登记的 {0} kbit/s 的占 {1:.1%}（{2:.1%} 至 {3:.1%}）",
    "  below the declared {0} kbit/s: {1:.1%} ({2:.1%} to {3:.1%})",
)
_MEASURED: Final = Text(
    "{0}：免费 {1} 次、付费 {2} 次，比 {3:.2f}", "{0}: {1} free, {2} paid, ratio {3:.2f}"
)
_LEFT_OUT: Final = Text("略去 {0} 行。", "rows left out: {0}")


@click.group()
def surface() -> None:
    """应用表面的做法与登记对照。 Hold what people meet of an app against the register."""


surface.add_command(page)
surface.add_command(purposes)
surface.add_command(recorder)
surface.add_command(ways)


@surface.command("speeds")
@click.argument("log", type=FILE)
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="登记簿文件夹，取其中登记的速率。 Folder of the register that declares the speeds.",
)
@click.option(
    "--service",
    "service_id",
    metavar="ID",
    help="登记了速率的服务；只有一项时可省略。 Service that declares speeds; else the only one.",
)
@DATA
@JSON
@click.pass_obj
def speeds(  # noqa: PLR0913  one for each option
    app: App,
    log: Path,
    *,
    folder: Path | None,
    service_id: str | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Compare the speeds of free and paid accounts of a cloud drive, by a LOG of transfers.

    LOG is CSV with a header, JSON lines or Parquet: `tier` (free or paid), `direction` (up or
    down), `bytes`, `seconds`, and where there are `account` and `network`. Accounts are compared on
    the same network. Held against: the relation of the declared speeds, and the speed promised to
    free accounts, below which at most 5 % of their transfers may be. With nothing declared both
    have to be equally fast. With --data a conclusion is entered, and the board shows it; what
    --json prints without --data is the report whose hash is entered.

    Exit status: 0 fair, 1 unfair, 2 no such log or wrong usage, 4 inconclusive.

    Example: chengnuo surface speeds transfers.csv
    """
    if service_id and folder is None:
        raise click.UsageError("--service needs --register")
    declared = None if folder is None else _declared(app, folder, service_id)
    report = judge_speeds(app.speed_logs().read(log), declared)
    tree = _tree(report)
    is_good = (
        None if report.verdict is SpeedVerdict.INCONCLUSIVE else report.verdict is SpeedVerdict.FAIR
    )
    more = entered(app, data, "cloud-speed", _json(tree), is_good=is_good, said=_said(report))
    if as_json:
        click.echo(_json({**tree, **more}))
    else:
        for one in report.directions:
            click.echo("\n".join(_lines(one, app.lang)))
        if report.left_out:
            click.echo(_LEFT_OUT.in_lang(app.lang).format(report.left_out))
    if report.verdict is SpeedVerdict.UNFAIR:
        raise SystemExit(EXIT_FINDINGS)
    if report.verdict is SpeedVerdict.INCONCLUSIVE:
        raise SystemExit(EXIT_UNDECIDED)


def _json(tree: dict[str, object]) -> str:
    """Return JSON; shares and speeds are fractions, which trees of records never hold."""
    return json.dumps(tree, indent=2, ensure_ascii=False)


def _said(report: SpeedReport) -> Text:
    """Return in a line what was measured."""

    def line(lang: Lang) -> str:
        return "; ".join(
            _MEASURED.in_lang(lang).format(
                _WORDS[one.direction.value].in_lang(lang), *one.transfers, one.ratio.ratio
            )
            for one in report.directions
        )

    return Text(line(Lang.ZH), line(Lang.EN))


def _declared(app: App, folder: Path, service_id: str | None) -> TransferSpeeds:
    services = app.registers().load(folder).register.services
    wanted = None if service_id is None else ServiceId(service_id)
    found = [
        one.speeds for one in services if one.speeds is not None and wanted in {None, one.service}
    ]
    if len(found) != 1:
        raise click.UsageError(
            f"expected one service with `speeds` in the register, found {len(found)}"
        )
    return found[0]


def _lines(one: DirectionSpeeds, lang: Lang) -> list[str]:
    title, verdict = _WORDS[one.direction.value], _WORDS[one.verdict]
    lines = [_HEAD.in_lang(lang).format(title.in_lang(lang), verdict.in_lang(lang))]
    for name, count, found in (
        (_FREE, one.transfers[0], one.free),
        (_PAID, one.transfers[1], one.paid),
    ):
        if found:
            shown = (f"{found[share]:,.0f}" for share in (0.5, 0.05, 0.95))
            lines.append(_TIER.in_lang(lang).format(name.in_lang(lang), count, *shown))
    ratio = one.ratio
    if math.isnan(ratio.ratio):
        lines.append(_NO_RATIO.in_lang(lang).format(one.declared_ratio))
    else:
        told = (ratio.ratio, ratio.low, ratio.high, one.declared_ratio)
        lines.append(_RATIO.in_lang(lang).format(*told))
    if one.below is not None:
        lines.append(_BELOW.in_lang(lang).format(one.promised, *one.below))
    return lines


def _tree(report: SpeedReport) -> dict[str, object]:
    return {
        "verdict": report.verdict.value,
        "leftOut": report.left_out,
        "directions": [_direction(one) for one in report.directions],
    }


def _direction(one: DirectionSpeeds) -> dict[str, object]:
    is_compared = not math.isnan(one.ratio.ratio)
    return {
        "direction": one.direction.value,
        "verdict": one.verdict.value,
        "transfers": {"free": one.transfers[0], "paid": one.transfers[1]},
        "kbps": {
            "free": {f"{share:g}": value for share, value in one.free.items()},
            "paid": {f"{share:g}": value for share, value in one.paid.items()},
        },
        "ratio": {
            "estimate": one.ratio.ratio,
            "low": one.ratio.low,
            "high": one.ratio.high,
            "accounts": {"free": one.ratio.compared[0], "paid": one.ratio.compared[1]},
        }
        if is_compared
        else None,
        "declaredRatio": one.declared_ratio,
        "promisedKbps": one.promised,
        "below": None
        if one.below is None
        else {"share": one.below[0], "low": one.below[1], "high": one.below[2]},
    }
