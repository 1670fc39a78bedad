"""The option by which work is given to a cluster instead of being done here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import click

from chengnuo.base.text import Text
from chengnuo.doors.cli.app import App
from chengnuo.ports.batches import Engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from chengnuo.ports.batches import Batch, Spread
    from chengnuo.ports.store_look import StoreLooks
    from chengnuo.usecases.inspection.inspections import Inspections
    from chengnuo.usecases.stores.counting import Counting

_SPARK = "spark"
_WHAT = Text(
    "--engine 请写 spark 或 spark=地址，如 spark=local[2]。",
    "--engine takes `spark` or `spark=MASTER`, as `spark=local[2]`",
)


@dataclass(frozen=True, slots=True)
class Bounded:
    """What one package may take.

    Attributes:
        memory_bytes: Memory.
        wall_s: Time, in seconds.

    """

    memory_bytes: int
    wall_s: float


class Batching(Protocol):
    """What gives work to a cluster."""

    def opened(self, engine: Engine) -> "AbstractContextManager[Batch]":
        """Open a cluster.

        Raises:
            BatchUnavailableError: It cannot be had.

        """
        ...

    def counted(self, spread: "Spread", looks: "StoreLooks") -> "Counting":
        """Return what goes through the rows of stores on a cluster."""
        ...

    def inspections(self, bounded: Bounded) -> "Callable[[], Inspections]":
        """Return what makes the use cases on packages where there is room; pickles."""
        ...


class BatchProgram(Protocol):
    """What these commands ask of the program beside what all do."""

    def batching(self) -> Batching:
        """Return what gives work to a cluster."""
        ...


def batching(app: App) -> Batching:
    """Return what gives work to a cluster."""
    return cast("BatchProgram", app).batching()


def _engine(context: click.Context, _option: click.Parameter, given: str | None) -> Engine | None:
    if given is None:
        return None
    name, has_master, master = given.partition("=")
    if name != _SPARK or bool(has_master) != bool(master):
        app: App = context.obj
        raise click.UsageError(_WHAT.in_lang(app.lang))
    return Engine(master=master)


ENGINE = click.option(
    "--engine",
    metavar="spark[=MASTER]",
    callback=_engine,
    help="交给 Spark 计算（需附加组件 spark）。 Let Spark do it (with the extra `spark`).",
)
