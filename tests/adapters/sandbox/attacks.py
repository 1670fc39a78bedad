"""What a hostile package would do in the child that reads it, had it taken the child over.

Top-level functions, as a child imports them by name. Each returns what it got, or raises.
"""

import ctypes
import os
import resource
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from chengnuo.adapters.packages.in_child import Tell

ELSEWHERE = Path("/etc/hostname")
SEIZE, DETACH = 0x4206, 17
NEW_USERS = 0x10000000


def reads(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


READS_WHILE_IMPORTED = reads(ELSEWHERE)
NUMPY_RUNS = float(np.ones(2) @ np.ones(2))


def opens_a_socket(_buffer: memoryview) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def opens_a_local_socket(_buffer: memoryview) -> None:
    for one in socket.socketpair():
        one.close()


def reads_a_file(_buffer: memoryview) -> None:
    ELSEWHERE.read_bytes()


def reads_a_file_in_a_thread(_buffer: memoryview) -> None:
    refused: list[OSError] = []

    def read() -> None:
        try:
            ELSEWHERE.read_bytes()
        except OSError as error:
            refused.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    if refused:
        raise refused[0]


def lists_a_folder(_buffer: memoryview) -> None:
    next(Path("/etc").iterdir())


def reads_the_environment_of_its_parent(_buffer: memoryview) -> None:
    Path(f"/proc/{os.getppid()}/environ").read_bytes()


def writes_beside_the_package(buffer: memoryview) -> None:
    place = Path(bytes(buffer).decode()).parent / "left.txt"
    place.write_text("here I was", encoding="ascii")


def writes_into_the_program(_buffer: memoryview) -> None:
    place = Path(__file__).with_name("left_by_a_test.py")
    place.write_text("here I was", encoding="ascii")
    place.unlink()


def changes_the_package(buffer: memoryview) -> None:
    with Path(bytes(buffer).decode()).open("r+b") as file:
        file.truncate(1)


def marks_the_package(buffer: memoryview) -> None:
    Path(bytes(buffer).decode()).chmod(0o777)


def dates_the_package(buffer: memoryview) -> None:
    os.utime(bytes(buffer).decode(), (1, 1))


def forks(_buffer: memoryview) -> None:
    number = os.fork()
    if number == 0:
        os._exit(0)
    os.waitpid(number, 0)


def runs_a_program(_buffer: memoryview) -> None:
    number = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(number, 0)


def becomes_a_program(_buffer: memoryview) -> None:
    os.execv("/bin/true", ["true"])  # noqa: S606  what the child must not be able to do


def signals_its_parent(_buffer: memoryview) -> None:
    os.kill(os.getppid(), 0)


def signals_everybody(_buffer: memoryview) -> None:
    os.kill(-1, 0)


@contextmanager
def refusals_as_they_are() -> Iterator[None]:
    """Python tells a refusal to set bounds as a wrong value."""
    try:
        yield
    except ValueError as error:
        raise PermissionError from error


def takes_more_memory(_buffer: memoryview) -> None:
    bounds = resource.getrlimit(resource.RLIMIT_AS)
    with refusals_as_they_are():
        resource.setrlimit(resource.RLIMIT_AS, bounds)


def bounds_its_parent(_buffer: memoryview) -> None:
    bounds = resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
    with refusals_as_they_are():
        resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, bounds)


def traces_its_parent(_buffer: memoryview) -> None:
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    if ptrace(SEIZE, os.getppid(), None, None) == -1:
        raise OSError(ctypes.get_errno(), "ptrace")
    ptrace(DETACH, os.getppid(), None, None)


def takes_a_world_of_its_own(_buffer: memoryview) -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_USERS) == -1:
        raise OSError(ctypes.get_errno(), "unshare")


Attack = Callable[[memoryview], None]
ATTACKS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        opens_a_socket,
        opens_a_local_socket,
        reads_a_file,
        reads_a_file_in_a_thread,
        lists_a_folder,
        reads_the_environment_of_its_parent,
        writes_beside_the_package,
        writes_into_the_program,
        changes_the_package,
        marks_the_package,
        dates_the_package,
        forks,
        runs_a_program,
        becomes_a_program,
        signals_its_parent,
        signals_everybody,
        takes_more_memory,
        bounds_its_parent,
        traces_its_parent,
        takes_a_world_of_its_own,
    )
}


def all_at_once(buffer: memoryview, _tell: Tell) -> dict[str, str]:
    """Try one after the other; say what came of each: the name of the refusal, or `done`."""
    return {name: _came(attack, buffer) for name, attack in ATTACKS.items()}


def _came(attack: Attack, buffer: memoryview) -> str:
    try:
        attack(buffer)
    except OSError as error:
        return type(error).__name__
    return "done"


def imported(_buffer: memoryview, _tell: Tell) -> tuple[bool, float]:
    return READS_WHILE_IMPORTED, NUMPY_RUNS


def descriptors(_buffer: memoryview, _tell: Tell) -> int:
    """Return how many files are open beside the three standard ones."""
    count = 0
    for number in range(3, 256):
        try:
            os.fstat(number)
        except OSError:
            continue
        count += 1
    return count
