"""What commands on logs of behaviour are given: the logs, their format, and when consent was."""

from collections.abc import Sequence
from pathlib import Path

import click

from chengnuo.base.text import Lang, Text
from chengnuo.domain.observation.run import RunsSeen
from chengnuo.domain.observation.runtime_event import LogForm
from chengnuo.doors.cli.evidence_options import read_instant
from chengnuo.doors.cli.package_options import FILE
from chengnuo.usecases.inspection.behaviour import RunFiles

BEHAVIOUR = click.option(
    "--behaviour",
    "logs",
    type=FILE,
    multiple=True,
    metavar="LOG",
    help="运行时行为记录，可多次给出。 Log of a run of the app; may be given several times.",
)
CONSENT_AT = click.option(
    "--consent-at",
    metavar="TIME",
    help="测试者点击同意的时间；记录里没有标记时使用。 When the tester agreed, with its zone.",
)
LOG_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in LogForm]),
    help="记录的格式；省略则按内容识别。 Format of the logs; else told by their content.",
)


LOST = Text("{0} 处未能读取", "{0} parts could not be read")


def tell_lost(runs: RunsSeen, lang: Lang) -> None:
    """Say on stderr which logs could not be read whole."""
    for one in runs.logs:
        if one.lost_count:
            click.echo(f"{one.name}: {LOST.in_lang(lang).format(one.lost_count)}", err=True)


def run_files(logs: Sequence[Path], *, consent_at: str | None, form: str | None = None) -> RunFiles:
    """Return the logs of a command line.

    Raises:
        InstantMalformedError: The time of the consent is no instant.

    """
    return RunFiles(
        paths=tuple(logs),
        form=None if form is None else LogForm(form),
        consent_at=(
            None if consent_at is None else read_instant("--consent-at", consent_at, end=False)
        ),
    )
