"""Ends `chengnuo init` at one of its acts on files, and begins again; a process of its own.

`python -m tests.doors.cli.ended_midway FOLDER ANSWERS MOST`: prints one JSON object. A child is
killed just before an act below its folder, as by `kill -9`; another begins again where it stood,
and a third checks the evidence log that stands then.
Children are forked from a process that has everything imported, so that each takes a moment.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from threading import active_count

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

_ACTS = frozenset({"os.mkdir", "os.rename", "os.link", "os.remove", "os.chmod", "sqlite3.connect"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def silently(*words: str) -> int:
    """Run a command."""
    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        sys.stdout = sys.stderr = nothing
        return run(Program(), words)


def begin(folder: Path, answers: str) -> int:
    """Run `chengnuo init`."""
    return silently("init", str(folder), "--answers", answers, "--no-serve")


def forked(work: Callable[[], int]) -> int:
    """Return how a child ended: its exit status, or below 0 the signal."""
    child = os.fork()
    if not child:
        status = 70
        try:
            status = work()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def counted(folder: Path, answers: str, *, ended_at: int, tell: Path) -> int:
    """Begin; be killed before the act of that number, or tell how many there were."""
    acts = 0

    def on_act(event: str, facts: tuple[object, ...]) -> None:
        nonlocal acts
        if event == "open" and isinstance(facts[2], int) and facts[2] & _WRITES:
            pass
        elif event not in _ACTS:
            return
        if any(str(one).startswith(str(folder)) for one in facts):
            acts += 1
            if acts == ended_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(on_act)
    status = begin(folder, answers)
    tell.write_text(str(acts))
    return status


def tree(folder: Path) -> dict[str, str]:
    """Return the files below a folder; what is written anew each time without its content."""
    return {
        path.relative_to(folder).as_posix(): ""
        if path.is_relative_to(folder / "data")
        else path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))  # SQLite's own
    }


def main(place: Path, answers: str, most: int) -> dict[str, object]:
    """Return what stood after each end, and after beginning again."""
    told, whole = place / "told", place / "whole"
    begin(place / "warm", answers)
    assert active_count() == 1, "a fork beside threads may hang"
    assert forked(lambda: counted(whole, answers, ended_at=0, tell=told)) == 0
    acts = int(told.read_text())
    ends = []
    for at in range(1, acts + 1, max(1, acts // most)):
        folder = place / f"at-{at}"
        ended = forked(lambda f=folder, n=at: counted(f, answers, ended_at=n, tell=told))
        stood = tree(folder) if folder.exists() else {}
        again = forked(lambda f=folder: begin(f, answers))
        sound = forked(lambda f=folder: silently("evidence", "check", "--data", str(f / "data")))
        ends.append(
            {
                "at": at,
                "ended": ended,
                "stood": stood,
                "again": again,
                "stands": tree(folder),
                "sound": sound,
            }
        )
    return {"acts": acts, "whole": tree(whole), "ends": ends}


if __name__ == "__main__":
    out = sys.stdout
    json.dump(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])), out)
