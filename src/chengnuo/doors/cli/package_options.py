"""What every command on packages is given: what a package is held against, and what it may take."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import click

from chengnuo.ports.packages import MEMORY_BYTES, WALL_S

MIB = 1 << 20
Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
APP = click.option(
    "--app",
    "app_id",
    metavar="ID",
    help="登记簿中的应用；省略则按包名匹配。 App of the register; else found by the package name.",
)
AGAINST = click.option(
    "--against",
    type=FILE,
    help="上一版本的安装包或 JSON 报告。 The earlier package, or its JSON report.",
)
BASELINE = click.option(
    "--baseline",
    type=FILE,
    help="JSON 报告；其中已有的问题不影响退出状态。 JSON report whose findings do not count.",
)
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object (--format json)."
)
ON = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="按哪一天判断（默认今天）。 The day on which dates are judged; today if left out.",
)


def form_option(forms: Iterable[str], what: str) -> Decorator:
    """Return the option `--format`; the first of the formats is usual."""
    choices = [str(form) for form in forms]
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help=what,
    )


MEMORY = click.option(
    "--memory",
    "memory_mib",
    type=click.IntRange(128, 65_536),
    default=MEMORY_BYTES // MIB,
    show_default=True,
    metavar="MIB",
    help="每个安装包可用的内存。 Memory that one package may take, in MiB.",
)
TIME = click.option(
    "--time",
    "wall_s",
    type=click.FloatRange(1, 86_400),
    default=WALL_S,
    show_default=True,
    metavar="SECONDS",
    help="每个安装包可用的时间。 Time that one package may take, in seconds.",
)
