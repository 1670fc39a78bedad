"""`chengnuo price simulate`: a made-up log and its specification, to try the audit out on."""

import json
from dataclasses import replace
from pathlib import Path

import click

from chengnuo.base.text import Text
from chengnuo.domain.pricing.simulating import SCENARIOS, simulation_spec
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import FORCE, JSON, hold_free, json_text, write_out
from chengnuo.engines.fairness.simulation import simulated
from chengnuo.usecases.pricing.trials import spec_toml

_CLEAN = "clean"
_MEMORY = 256 << 20
_WORDS = {
    _CLEAN: Text("没有植入任何差别", "nothing planted"),
    "big-spenders": Text("消费最多的一档加价 1%", "1 % more for the top band of spending"),
    "segment": Text("一个三个条件的组合加价 3%", "3 % more for a group of three conditions"),
    "hidden-list": Text(
        "一份不公开的名单加价 5%，与个人特征无关",
        "5 % more for a hidden list that goes with no attribute",
    ),
    "views": Text("最近一天每查看一次加价 0.5%", "0.5 % more for each view of the last day"),
    "lottery": Text(
        "一种设备抽中优惠的机会少 8 个百分点",
        "8 points less of a chance in the lottery for a device",
    ),
}
_NAMES = Text("情景：", "Scenarios:")
_WRITTEN = Text(
    "{0}（种子 {1}）：{2:,} 次虚构的报价写入 {3}，方案写入 {4}",
    "{0} (seed {1}): {2:,} made-up quotes in {3}, their specification in {4}",
)
_MONEY = Text("植入的加价合计 {0:,.2f}", "planted mark-ups come to {0:,.2f} in all")
_NEXT = Text("接着运行：chengnuo price audit {0} {1}", "next: chengnuo price audit {0} {1}")
_WHICH = Text("-o 的文件名以 .parquet 结尾。", "-o takes a name that ends in .parquet")


@click.command("simulate")
@click.option(
    "--scenario",
    type=click.Choice(tuple(SCENARIOS)),
    default=_CLEAN,
    show_default=True,
    help="植入什么。 What is planted.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="随机数种子。 Seed; equal ones make equal logs.",
)
@click.option(
    "--quotes",
    type=click.IntRange(min=100, max=5_000_000),
    default=60_000,
    show_default=True,
    help="报价次数，每人平均十次。 How many quotes; ten for each person on average.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入报价的 Parquet 文件；方案写在旁边的 .toml 文件。"
    " Parquet file for the quotes; the specification goes beside it as .toml.",
)
@FORCE
@JSON
@click.pass_obj
def simulate(  # noqa: PLR0913  one for each option
    app: App, scenario: str, *, seed: int, quotes: int, out: Path | None, force: bool, as_json: bool
) -> None:
    """Write a made-up log of quotes and its specification; without -o, list the scenarios.

    The log holds what makes a plain comparison of groups go wrong, and one thing that an audit
    has to find, or nothing. No person is in it. With --quotes one sees what so many can tell.

    Example: chengnuo price simulate --scenario hidden-list -o quotes.parquet
    """
    if out is None:
        click.echo(_list(app, as_json=as_json))
        return
    if out.suffix != ".parquet":
        raise click.UsageError(_WHICH.in_lang(app.lang))
    spec_file = out.with_suffix(".toml")
    for file in (out, spec_file):
        hold_free(file, force=force)
    made = simulated(replace(SCENARIOS[scenario], quotes=quotes, persons=quotes // 10), seed)
    app.price_audits(memory_bytes=_MEMORY, threads=1).logs.keep(made.columns, out)
    write_out(spec_file, spec_toml(simulation_spec()).encode(), force=force)
    if as_json:
        tree: dict[str, object] = {
            "scenario": scenario,
            "seed": seed,
            "quotes": quotes,
            "log": str(out),
            "spec": str(spec_file),
            "overcharged": made.overcharged,
        }
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
        return
    click.echo(_WRITTEN.in_lang(app.lang).format(scenario, seed, quotes, out, spec_file))
    if made.overcharged:
        click.echo("  " + _MONEY.in_lang(app.lang).format(made.overcharged))
    click.echo("  " + _NEXT.in_lang(app.lang).format(spec_file, out))


def _list(app: App, *, as_json: bool) -> str:
    if as_json:
        tree = {name: {"zh": one.zh, "en": one.en} for name, one in _WORDS.items()}
        return json_text({"scenarios": tree})
    lines = (f"  {name}  {_WORDS[name].in_lang(app.lang)}" for name in SCENARIOS)
    return "\n".join([_NAMES.in_lang(app.lang), *lines])
