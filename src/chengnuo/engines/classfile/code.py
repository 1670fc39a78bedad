"""Code of a group of classes as arrays, one method after the other (JVMS 4.7.3).

Classes are read in groups of a few megabytes, so that arrays of all instructions stay small.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.classfile.class_file import Code
from chengnuo.engines.program.unit import Ids


@dataclass(frozen=True, slots=True)
class CodeArrays:
    """Code of a group.

    Attributes:
        data: The class files of the group, joined.
        octets: The same, `(len(data),)`.
        method: Defined method of each, `(m,)`, ascending.
        pool: Where the entries of its class begin, `(m,)`.
        pool_end: Where they end, `(m,)`.
        first: Where its code is in the data, `(m,)`.
        size: Its bytes, `(m,)`.
        stack, locals: Places of its stack and of its local variables, `(m,)`.
        handlers, handler_count: Where its exception table is, and the entries of it, `(m,)`.
        bounds: `(m + 1,)`; method `i` has the instructions from `bounds[i]` up to `bounds[i + 1]`.
        places: Where each instruction is in the data, `(n,)`, ascending.

    """

    data: bytes
    octets: NDArray[np.uint8]
    method: Ids
    pool: Ids
    pool_end: Ids
    first: Ids
    size: Ids
    stack: Ids
    locals: Ids
    handlers: Ids
    handler_count: Ids
    bounds: Ids
    places: Ids


@dataclass(slots=True)
class CodeRows:
    """The same while it grows, row by row.

    Attributes:
        parts: The class files so far.
        size: Their bytes.

    """

    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    _rows: list[tuple[int, ...]] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)

    def add(self, method: int, code: Code, pool: tuple[int, int]) -> None:
        """Add the code of a method of the class file that is added next."""
        self._rows.append(
            (
                method,
                *pool,
                self.size + code.first,
                code.size,
                code.stack,
                code.locals,
                self.size + code.handlers,
                code.handler_count,
                len(code.places),
                self.size,
            )
        )
        self._places += code.places

    def add_file(self, data: bytes) -> None:
        """Add a class file, after the code in it."""
        self.parts.append(data)
        self.size += len(data)

    def arrays(self) -> CodeArrays:
        """Return what was added as arrays."""
        data = b"".join(self.parts)
        (method, pool, pool_end, first, size, stack, variables, handlers, caught, count, base) = (
            np.array(self._rows, np.int32).reshape(-1, 11).T.copy()
        )
        places = np.array(self._places, np.int32)
        places += np.repeat(base, count)
        bounds = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
        return CodeArrays(
            data=data,
            octets=np.frombuffer(data, np.uint8),
            method=method,
            pool=pool,
            pool_end=pool_end,
            first=first,
            size=size,
            stack=stack,
            locals=variables,
            handlers=handlers,
            handler_count=caught,
            bounds=bounds,
            places=places,
        )
