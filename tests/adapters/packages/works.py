"""What children do in tests: top-level functions, as a child imports them by name."""

import ctypes
import os
import signal
import time

import msgspec

from chengnuo.adapters.packages.in_child import Tell
from chengnuo.engines.archive.limits import NotAPackageError


class Told(msgspec.Struct, frozen=True):
    """What a work finds."""

    size: int
    first: str


def measured(buffer: memoryview, tell: Tell) -> Told:
    tell("reading 读取")
    tell("x" * 10_000)
    os.write(1, b"printed by the child")
    return Told(size=len(buffer), first=bytes(buffer[:4]).decode())


def steers(_buffer: memoryview, tell: Tell) -> int:
    tell("\x1b]0;taken over\x07 open\r\n")
    return 0


def views_kept(buffer: memoryview, _tell: Tell) -> int:
    part = memoryview(buffer[1:])
    return len(part)


def loops(_buffer: memoryview, _tell: Tell) -> None:
    while True:
        pass


def tells_without_end(_buffer: memoryview, tell: Tell) -> None:
    while True:
        tell("still here")


def eats(_buffer: memoryview, _tell: Tell) -> int:
    held = []
    while True:
        held.append(bytes(16 << 20))


def dies(_buffer: memoryview, _tell: Tell) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)


def reads_nowhere(_buffer: memoryview, _tell: Tell) -> str:
    return repr(ctypes.string_at(8))


def leaves(_buffer: memoryview, _tell: Tell) -> None:
    os._exit(3)


def has_a_bug(buffer: memoryview, _tell: Tell) -> None:
    raise IndexError(bytes(buffer[:100]))


def declines(_buffer: memoryview, _tell: Tell) -> None:
    raise NotAPackageError("it is a song")
