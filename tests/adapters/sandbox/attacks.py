"""What a hostile package would do in the child that reads it, had it taken the child over.

Top-level functions, as a child imports them by name. Each returns what it got, or raises.
"""

import ctypes
import fcntl
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
NEITHER_READ_NOR_WRITE = 3
SET_OWNER_EX, SET_SIGNAL, ITS_NUMBER, TYPE_IN = 15, 10, 1, 0x5412
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
    try:
        place.write_text("here I was", encoding="ascii")
    finally:
        place.unlink(missing_ok=True)


def changes_the_package(buffer: memoryview) -> None:
    with Path(bytes(buffer).decode()).open("r+b") as file:
        file.truncate(1)


def truncates_by_path(buffer: memoryview) -> None:
    os.truncate(bytes(buffer).decode(), 1)


def empties_what_it_may_read(buffer: memoryview) -> None:
    os.close(os.open(bytes(buffer).decode(), os.O_RDONLY | os.O_TRUNC))


def empties_what_it_may_not_even_read(buffer: memoryview) -> None:
    os.close(os.open(bytes(buffer).decode(), NEITHER_READ_NOR_WRITE | os.O_TRUNC))


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
def a_pipe() -> Iterator[int]:
    ends = os.pipe()
    try:
        yield ends[0]
    finally:
        for one in ends:
            os.close(one)


def has_a_pipe_signal_its_parent(_buffer: memoryview) -> None:
    with a_pipe() as end:
        fcntl.fcntl(end, fcntl.F_SETOWN, os.getppid())


def has_a_pipe_signal_its_parent_otherwise(_buffer: memoryview) -> None:
    whom = ITS_NUMBER.to_bytes(4, "little") + os.getppid().to_bytes(4, "little")
    with a_pipe() as end:
        fcntl.fcntl(end, SET_OWNER_EX, whom)


def chooses_the_signal_of_a_pipe(_buffer: memoryview) -> None:
    with a_pipe() as end:
        fcntl.fcntl(end, SET_SIGNAL, 9)


def types_into_the_terminal(_buffer: memoryview) -> None:
    fcntl.ioctl(0, TYPE_IN, b"x")


def slows_its_parent(_buffer: memoryview) -> None:
    parent = os.getppid()
    os.setpriority(os.PRIO_PROCESS, parent, os.getpriority(os.PRIO_PROCESS, parent))


def pins_its_parent(_buffer: memoryview) -> None:
    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))


def schedules_its_parent(_buffer: memoryview) -> None:
    parent = os.getppid()
    policy, bounds = os.sched_getscheduler(parent), os.sched_getparam(parent)
    os.sched_setscheduler(parent, policy, bounds)


def attaches_memory_of_others(_buffer: memoryview) -> None:
    if ctypes.CDLL(None, use_errno=True).shmctl(0, 0, None) == -1:
        raise OSError(ctypes.get_errno(), "shmctl")


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
        truncates_by_path,
        empties_what_it_may_read,
        empties_what_it_may_not_even_read,
        marks_the_package,
        dates_the_package,
        forks,
        runs_a_program,
        becomes_a_program,
        signals_its_parent,
        signals_everybody,
        has_a_pipe_signal_its_parent,
        has_a_pipe_signal_its_parent_otherwise,
        chooses_the_signal_of_a_pipe,
        types_into_the_terminal,
        slows_its_parent,
        pins_its_parent,
        schedules_its_parent,
        attaches_memory_of_others,
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


def inputs_lead(_buffer: memoryview, _tell: Tell) -> list[str]:
    """Return where the three standard files lead."""
    nowhere = Path(os.devnull).stat()
    return ["nowhere" if os.path.samestat(os.fstat(one), nowhere) else "out" for one in range(3)]


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
