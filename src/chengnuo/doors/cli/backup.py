"""`chengnuo backup …`: backups made beside a service, checked, put back, and swept."""

import click

from chengnuo.doors.cli.backup_making import check, erased, key, make
from chengnuo.doors.cli.backup_restoring import mark, restore, sweep


@click.group()
def backup() -> None:
    """备份与恢复。 Backups, and what is restored from them."""


for command in (key, make, check, erased, restore, mark, sweep):
    backup.add_command(command)
