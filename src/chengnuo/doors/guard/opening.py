"""A guard over the data folder of an installation, for the operator's own programs.

It reads beside a running service: from the planes that the service keeps in memory while those are
current, else from the log itself. Which register is in force is looked up again every second, so a
guard may live as long as the program. Answers can be recorded only by the process that writes the
log; a program beside a service that wants that asks the service.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.decide import Opened, opened
from chengnuo.doors.guard.guard import Guard
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.usecases.decision.answering import Mode
from chengnuo.usecases.decision.books import Books, by_engine
from chengnuo.usecases.decision.opening import followed_assessments, followed_edition, quick_of


@contextmanager
def guard_of(
    program: App,
    data: Path,
    *,
    register: Path | None = None,
    settings_file: Path | None = None,
    mode: Mode = Mode.NONE,
) -> Iterator[Guard]:
    """Open a guard.

    Args:
        program: `chengnuo.wiring.program.Program()`.
        data: The data folder.
        register: A register folder; None for the version in force.
        settings_file: The settings of the service.
        mode: How answers are recorded; other than `none`, no service may run on the folder.

    Raises:
        NoLogError: The folder holds no log.
        NoRegisterError: No register is in force.
        LogLockedError: Answers shall be recorded and a service writes the log.

    """
    record = mode is not Mode.NONE
    with opened(program, data, settings_file, register, record=record) as ways:
        yield _guard(ways, pinned=register is not None, clock=program.registers().clock, mode=mode)


def _guard(ways: Opened, *, pinned: bool, clock: Clock, mode: Mode) -> Guard:
    reading, desk = ways.reading, ways.desk
    if reading is None or mode is not Mode.NONE:
        return Guard(desk=desk, person=ways.person, mode=mode)
    version = desk.books.on(civil_date(clock.now())).register if pinned else ""
    if not pinned:
        edition = followed_edition(reading, clock)
        kept = followed_assessments(reading)
        books = Books(edition, reading.catalogue, engine=by_engine, assessed=kept)
        desk = replace(desk, books=books)
    quick = quick_of(reading, clock, pinned=version)
    return Guard(desk=desk, person=ways.person, mode=mode, quick=quick)
