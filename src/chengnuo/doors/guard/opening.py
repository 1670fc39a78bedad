"""A guard over the data folder of an installation, for the operator's own programs.

It reads beside a running service. Answers can be recorded only by the process that writes the
log; a program beside a service that wants that asks the service.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.decide import opened
from chengnuo.doors.guard.guard import Guard
from chengnuo.usecases.decision.answering import Mode


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
        yield Guard(desk=ways.desk, person=ways.person, mode=mode)
