"""Tells staff by mail in a process of its own, which may be killed at any instant.

Arguments: the data folder, the port of the mail server, minutes that the clock is ahead, and
`recorded` to stop after what is to be told was kept, or `deliver`.
"""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from tests.usecases.rights.seen_kit import REQUEST, seen

from chengnuo.adapters.notifying.smtp import MailPlace, MailToStaff, Security
from chengnuo.adapters.sql.rights_notifications import SqlNotifications
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.domain.rights.machine import Stage
from chengnuo.ports.accounts import Role
from chengnuo.usecases.rights.notifying import Notifying


class Clock:
    """A clock that is ahead of when the request came in."""

    def __init__(self, ahead: timedelta) -> None:
        self._now = REQUEST.received + ahead

    def now(self) -> datetime:
        return self._now


def main(folder: str, port: str, minutes: str, until: str) -> None:
    """Look at one request, tell, and say so."""
    clock = Clock(timedelta(minutes=int(minutes)))
    way = MailToStaff(
        place=MailPlace(host="127.0.0.1", port=int(port), security=Security.NONE),
        sender="privacy@shop.example",
        addresses={Role.STAFF: ("rights@shop.example",)},
        clock=clock,
    )
    store = SqlNotifications(SqliteDatabase(Path(folder)))
    telling = Notifying(store=store, staff=way, individual=None, clock=clock)
    telling.looked(seen(Stage.QUEUED))
    sys.stdout.write("recorded\n")
    sys.stdout.flush()
    if until == "recorded":
        time.sleep(600)  # until somebody kills it
    sys.stdout.write(f"{telling.deliver()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
