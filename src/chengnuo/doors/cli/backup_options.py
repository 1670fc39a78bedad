"""What the commands of backups are given: the program as they see it, locks, moments."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

import click

from chengnuo.base.instant import from_us
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import read_instant
from chengnuo.ports.backup_errors import BackupKeyError
from chengnuo.ports.backups import (
    Backups,
    Lock,
    Moment,
)
from chengnuo.usecases.operations.resweeping import Resweeping, Told

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_F = TypeVar("_F", bound=Callable[..., None])

FILES = click.argument("files", nargs=-1, required=True, type=_FILE)
VKEY = click.option(
    "--vkey",
    default="",
    metavar="VKEY",
    help="日志公钥，来自日志之外；省略时以备份中的为准。 The log's public key, known from"
    " elsewhere; else the one within.",
)


class BackupApp(App, Protocol):
    """The program as the commands of backups see it."""

    def backups(self, data: Path | None, settings_file: Path | None) -> Backups:
        """Return what makes, checks and puts back backups of an installation."""
        ...

    def resweeping(
        self, data: Path | None, settings_file: Path | None, newer: Path | None
    ) -> AbstractContextManager[tuple[Resweeping, Told]]:
        """Open a restored data folder to sweep it.

        Raises:
            NotRestoredError: It was not restored, or was swept.

        """
        ...


def locking(command: _F) -> _F:
    """Make a command take what locks a file."""
    return _lock(
        command,
        "公钥文件（PEM，X25519），私钥不要放在这台机器上。 Public key that locks it; the private"
        " one is kept elsewhere.",
    )


def opening(command: _F) -> _F:
    """Make a command take what opens a file."""
    return _lock(command, "私钥文件（PEM，X25519）。 Private key that opens it.")


def _lock(command: _F, of_key: str) -> _F:
    passphrase = click.option(
        "--passphrase-file",
        type=_FILE,
        help="口令文件，用其第一行。 A file whose first line is the passphrase.",
    )
    return click.option("--key", type=_FILE, help=of_key)(passphrase(command))


def lock_of(key: Path | None, passphrase_file: Path | None) -> Lock:
    """Return the lock of a command line.

    Raises:
        BackupKeyError: Neither is given, or both are.

    """
    if (key is None) == (passphrase_file is None):
        raise BackupKeyError("give either --key or --passphrase-file")
    return Lock(key=key, passphrase=passphrase_file)


def moment_of(at: str | None) -> Moment:
    """Return the moment of a command line: a number of records, an instant, or the newest.

    Raises:
        InstantMalformedError: It is neither.

    """
    if at is None:
        return Moment()
    if at.isascii() and at.isdecimal():
        return Moment(position=int(at))
    return Moment(at=from_us(read_instant("--at", at, end=True)))
