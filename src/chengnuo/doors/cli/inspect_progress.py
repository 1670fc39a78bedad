"""How far an inspection is, told on stderr: stages where a person watches, else one line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_names import stage_text
from chengnuo.domain.inspection.stage import Stage

_INSPECTING = Text("检查", "inspecting")


@contextmanager
def stages(path: Path, lang: Lang) -> Iterator[Callable[[str], None]]:
    """Give what to call with each stage as it begins.

    Args:
        path: The package.
        lang: Language of the words.

    """
    said = f"{_INSPECTING.in_lang(lang)} {plain(path.name)}"
    if not sys.stderr.isatty():
        click.echo(said, err=True)
        yield lambda _: None
        return
    names = list(Stage)
    with Progress(
        TextColumn("{task.fields[said]}", markup=False),
        BarColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=len(names), said=said)

        def tell(stage: str) -> None:
            done = names.index(Stage(stage)) if stage in names else None
            bar.update(task, completed=done, description=stage_text(stage).in_lang(lang))

        yield tell
