"""Calls of the kernel made by number, for what Python has no function for."""

import ctypes
from functools import cache

_SET_NO_NEW_PRIVS, _GET_NO_NEW_PRIVS = 38, 39


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *given: int | ctypes.Array[ctypes.c_char] | ctypes.Structure | None) -> int:
    """Call the kernel and return what it answers; -1 for a refusal, whatever its reason.

    Args:
        number: Number of the call on this machine.
        given: Whole numbers, which are passed as 64 bits, or memory, of which the address is.

    """
    passed = [
        ctypes.c_long(one) if isinstance(one, int) else one and ctypes.byref(one) for one in given
    ]
    answer: int = _library().syscall(ctypes.c_long(number), *passed)
    return answer


def gain_nothing_anew() -> None:
    """Give up gaining rights by running a program (`no_new_privs`); filters and rules need it."""
    _prctl(_SET_NO_NEW_PRIVS, 1)


def gains_nothing_anew() -> bool:
    """Tell whether this process has given that up."""
    return _prctl(_GET_NO_NEW_PRIVS, 0) == 1


def _prctl(option: int, value: int) -> int:
    answer: int = _library().prctl(
        ctypes.c_int(option), *(ctypes.c_ulong(one) for one in (value, 0, 0, 0))
    )
    return answer
