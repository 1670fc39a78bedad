"""`chengnuo board …`: the pledge board."""

import click

from chengnuo.doors.cli.board_publish import publish
from chengnuo.doors.cli.board_run import run


@click.group()
def board() -> None:
    """承诺板。 The pledge board."""


board.add_command(publish)
board.add_command(run)
