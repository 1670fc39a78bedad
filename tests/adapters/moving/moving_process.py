"""A process that starts others, each moving a folder and killed at one step of it.

    python -m tests.adapters.moving.moving_process FOLDER

A line of its input is `ADDRESS STEP NUMBER`: the child kills itself before the call of that number
of a step, or after it where the number is negative. A line of its output is how the child ended.
"""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.adapters.moving.moving_kit import move

from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.moving.files_side import FilesSide
from chengnuo.adapters.moving.server_side import ServerSide

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS: dict[str, tuple[type, str]] = {
    "rows": (ServerSide, "replace"),
    "records": (ServerSide, "add"),
    "mark": (FilesSide, "mark"),
    "finish": (ServerSide, "finish"),
}


def end_at(step: str, number: int) -> None:
    """Let this process end at a step."""
    owner, name = STEPS[step]
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401  whatever it takes
        nonlocal calls
        calls += 1
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        found = real(*given, **named)
        if calls == -number:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(owner, name, called)


def main(folder: Path) -> None:
    for line in sys.stdin:
        url, step, number = line.split()
        pid = os.fork()
        if pid == 0:
            end_at(step, int(number))
            move(Place(data=folder), url)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
