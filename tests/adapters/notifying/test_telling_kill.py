"""A process killed with -9 around a mail: it goes out after the restart, and is known by its id."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.adapters.notifying.mail_kit import Taken, mail_server

from chengnuo.adapters.sql.rights_notifications import SqlNotifications
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.ports.notifications import NotificationFigures

pytestmark = pytest.mark.real
SCRIPT = "tests.adapters.notifying.telling_process"
ROOT = Path(__file__).parents[3]


@dataclass
class Silent(Taken):
    """A server that takes a mail and does not say so, until it is told to."""

    answers: Event = field(default_factory=Event)
    took: Event = field(default_factory=Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        said = await super().handle_DATA(server, session, envelope)
        self.took.set()
        await asyncio.to_thread(self.answers.wait)
        return said


def begun(folder: Path, port: int, minutes: int, until: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", SCRIPT, str(folder), str(port), str(minutes), until]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # noqa: S603  our own module
    assert process.stdout is not None
    assert process.stdout.readline() == "recorded\n"
    return process


def killed(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()
    assert process.returncode == -9


def delivered(folder: Path, port: int, minutes: int) -> int:
    process = begun(folder, port, minutes, "deliver")
    assert process.stdout is not None
    with process:
        return int(process.stdout.read())


def figures(folder: Path) -> NotificationFigures:
    database = SqliteDatabase(folder)
    try:
        return SqlNotifications(database).figures()
    finally:
        database.close()


def test_killed_between_recording_and_sending_it_is_sent_once_after_the_restart(
    tmp_path: Path,
) -> None:
    with mail_server(None) as (taken, port):
        killed(begun(tmp_path, port, 0, "recorded"))
        assert taken.mails == []
        assert figures(tmp_path).waiting == 1
        assert delivered(tmp_path, port, 0) == 1
        assert delivered(tmp_path, port, 60) == 0
    (mail,) = taken.mails
    assert mail["To"] == "rights@shop.example"
    assert figures(tmp_path) == NotificationFigures(waiting=0, lost=0)


def test_killed_after_the_server_took_it_it_is_sent_once_more_with_the_same_id(
    tmp_path: Path,
) -> None:
    silent = Silent()
    with mail_server(None, taken=silent) as (taken, port):
        process = begun(tmp_path, port, 0, "deliver")
        assert silent.took.wait(60)
        killed(process)
        silent.answers.set()
        assert delivered(tmp_path, port, 0) == 0  # whoever began it may still be at it
        assert delivered(tmp_path, port, 1) == 1
        assert delivered(tmp_path, port, 60) == 0
    first, second = taken.mails
    assert first["Message-ID"] == second["Message-ID"]
