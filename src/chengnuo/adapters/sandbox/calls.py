"""Calls that are refused: programs, processes, sockets, other processes, the machine (seccomp).

Emptying a file is among them, which rules on files refuse only from version 3 on (Linux 6.2), and
so are signals that the kernel sends on behalf of a file, refused there from version 6 on (6.12).

A list of what is refused, not of what is allowed: the libraries of Python call too many for the
other. Refused calls give `EPERM`. A process may still begin threads, signal itself and, until
`refuse_other_bounds`, set its own bounds. The filter is a program of the kernel's packet filter
over `struct seccomp_data` (`linux/seccomp.h`: number at 0, machine at 4, six arguments of 64 bits
from 16 on).
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterable, Iterator
from typing import Final

from chengnuo.adapters.sandbox.calling import call
from chengnuo.adapters.sandbox.numbers import Machine, this_machine

_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_SET_FILTER, _FOR_ALL_THREADS = 1, 1
_CLONE_THREAD: Final = 0x00010000
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_INSTRUCTION_BYTES: Final = 8
_TO_EMPTY, _ACCESS = 0o1000, 0o3
"""Bits of how a file is opened: it is emptied; to read, to write, both, or (3) neither."""
_SIGNALS_WHOM: Final = (8, 10, 15)
"""What `fcntl` does to name the process that a file signals, and by what signal."""
_TO_OTHERS: Final = (0x5412, 0x541C, 0x8901, 0x8902)
"""What `ioctl` does to type into a terminal, and to name the process that a socket signals."""
_LOOKED_AT: Final = frozenset(
    {"clone", "clone3", "kill", "tgkill", "prlimit64", "setrlimit"}
    | {"open", "openat", "openat2", "fcntl", "ioctl"}
)
"""Calls that depend on what they are given or when; all others with a number are refused."""


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def refuse_calls() -> None:
    """Refuse dangerous calls from now on, in every thread, where they are known."""
    machine = this_machine()
    if machine is not None:
        _set(machine, dangerous(machine, os.getpid()))


def refuse_other_bounds() -> None:
    """Refuse to change the bounds of any process from now on, in every thread."""
    machine = this_machine()
    if machine is not None:
        _set(machine, setting_bounds(machine))


def dangerous(machine: Machine, own: int) -> Iterator[bytes]:
    """Yield what refuses dangerous calls.

    Args:
        machine: Whose calls they are.
        own: Number of the process that may signal itself.

    """
    numbers = machine.numbers
    for name, number in numbers.items():
        if name not in _LOOKED_AT:
            yield from _if(number, _refused(errno.EPERM))
    # Libraries fall back to `clone` and `openat`, whose flags a filter can see.
    for name in ("clone3", "openat2"):
        yield from _if(numbers[name], _refused(errno.ENOSYS))
    yield from _if(numbers["clone"], _do(_LOAD, _low(0)), *_only_if(_ANY_BIT, _CLONE_THREAD))
    for name in ("kill", "tgkill"):
        yield from _if(numbers[name], _do(_LOAD, _low(0)), *_only_if(_EQUAL, own))
    # Whose bounds: one's own go by 0, or by the number of the process.
    yield from _if(
        numbers["prlimit64"],
        _do(_LOAD, _low(0)),
        _do(_EQUAL, 0, otherwise=1),
        _do(_RETURN, _ALLOW),
        *_only_if(_EQUAL, own),
    )
    for name, kinds in (("fcntl", _SIGNALS_WHOM), ("ioctl", _TO_OTHERS)):
        yield from _if(numbers[name], _do(_LOAD, _low(1)), *_but(*kinds))
    # To be emptied a file need not be opened to write, which is all that old rules on files see.
    for name, flags in (("open", 1), ("openat", 2)):
        if name in numbers:
            look = (_do(_LOAD, _low(flags)), _do(_AND, _TO_EMPTY | _ACCESS))
            yield from _if(numbers[name], *look, *_but(_TO_EMPTY, _TO_EMPTY | _ACCESS))


def setting_bounds(machine: Machine) -> Iterator[bytes]:
    """Yield what refuses to set bounds; they may be read: then the third argument is 0."""
    yield from _if(machine.numbers["setrlimit"], _refused(errno.EPERM))
    yield from _if(
        machine.numbers["prlimit64"],
        _do(_LOAD, _low(2)),
        _do(_EQUAL, 0, then=1),
        _refused(errno.EPERM),
        _do(_LOAD, _low(2) + 4),
        *_only_if(_EQUAL, 0),
    )


def program_of(machine: Machine, rules: Iterable[bytes]) -> bytes:
    """Return a whole filter: calls of another machine end the process, all others are allowed."""
    kill = _do(_RETURN, _KILL)
    begin = [_do(_LOAD, _ARCH), _do(_EQUAL, machine.audit_arch, then=1), kill]
    begin.append(_do(_LOAD, _NUMBER))
    if machine.other_numbers_from:
        begin += [_do(_AT_LEAST, machine.other_numbers_from, otherwise=1), kill]
    return b"".join([*begin, *rules, _do(_RETURN, _ALLOW)])


def _set(machine: Machine, rules: Iterable[bytes]) -> None:
    code = program_of(machine, rules)
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // _INSTRUCTION_BYTES, ctypes.addressof(held))
    call(machine.seccomp, _SET_FILTER, _FOR_ALL_THREADS, program)


def _if(number: int, *then: bytes) -> Iterator[bytes]:
    """Yield what is done for the call of a number, which is loaded; it must end with a return."""
    yield _do(_EQUAL, number, otherwise=len(then))
    yield from then


def _only_if(test: int, value: int) -> tuple[bytes, ...]:
    return (
        _do(test, value, otherwise=1),
        _do(_RETURN, _ALLOW),
        _refused(errno.EPERM),
    )


def _but(*values: int) -> tuple[bytes, ...]:
    refusing = [(_do(_EQUAL, one, otherwise=1), _refused(errno.EPERM)) for one in values]
    return (*(step for pair in refusing for step in pair), _do(_RETURN, _ALLOW))


def _refused(error: int) -> bytes:
    return _do(_RETURN, _REFUSE | error)


def _low(argument: int) -> int:
    """Return where the lower half of an argument stands; both machines are little-endian."""
    return _ARGUMENTS + 8 * argument


def _do(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """Return one instruction (`struct sock_filter`); the two say how many to step over."""
    return struct.pack("=HBBI", code, then, otherwise, value)
