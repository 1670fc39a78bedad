"""How much of the machine reading a log of quotes may take, asked alike by every command."""

from collections.abc import Callable
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])

THREADS = click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="读取用的线程数。 Threads that read.",
)


def memory_option(*, least: int, default: int) -> Callable[[F], F]:
    """Return the option of memory, in MiB."""
    return click.option(
        "--memory",
        type=click.IntRange(min=least),
        default=default,
        show_default=True,
        help="读取可用的内存（MiB）。 Memory that reading may take, MiB.",
    )
