"""Only named files can be read, and none written, run, made or removed (Landlock of Linux).

The rules hold for the thread that sets them and for what it begins afterwards, so they are set
while there is one thread. What a file is marked with (its mode, owner, times) they do not cover;
`calls` does. From version 4 of the kernel's rules on no TCP port is reached either, from version 6
on no other process is signalled.
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from chengnuo.adapters.sandbox.calling import call

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
IN_SCRATCH: Final = sum(1 << bit for bit in (1, 2, 3, 4, 5, 7, 8)) | 1 << 14
"""Read, write, cut, make and remove plain files and folders."""
_RIGHTS: Final = ((5, 16), (3, 15), (2, 14), (1, 13))
"""From which version on the lowest rights of files are known, so many bits."""
_TO_A_FILE: Final = WRITE_FILE | READ_FILE | 1 << 14


class _Handled(ctypes.Structure):
    """`struct landlock_ruleset_attr`: kinds of access that need a rule."""

    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def only_these(reads: Iterable[Path], scratch: Path | None) -> None:
    """Leave this process only some files, where the kernel knows such rules.

    Args:
        reads: Files and folders that may be read, with all beneath; those not there are left out.
        scratch: A folder in which files may be made, read and removed.

    """
    known = call(_CREATE, None, 0, _ASK_VERSION)
    bits = next((bits for at_least, bits in _RIGHTS if known >= at_least), 0)
    if not bits:
        return
    every = (1 << bits) - 1
    handled = _Handled(every, 0b11 if known >= 4 else 0, 0b11 if known >= 6 else 0)  # noqa: PLR2004  see above
    rules = call(_CREATE, handled, ctypes.sizeof(handled), 0)
    if rules < 0:
        return
    try:
        for path in reads:
            _allow(rules, path, READ_FILE | READ_DIR)
        _allow(rules, Path(os.devnull), READ_FILE | WRITE_FILE)
        if scratch is not None:
            _allow(rules, scratch, IN_SCRATCH & every)
        call(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> None:
    with suppress(OSError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                rights &= _TO_A_FILE
            call(_ADD, rules, _PATH_BENEATH, _Beneath(rights, place), 0)
        finally:
            os.close(place)
