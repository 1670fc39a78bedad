"""Loops that are compiled where numba is installed (extra `fast`), and done by numpy otherwise.

A kernel is two functions that give the same arrays: a loop over single numbers, which numba
compiles, and a plain one of numpy. The loop is compiled with bounds checked, because what it reads
is hostile; what was compiled is kept for the next process where numba finds a folder for it.
This is the only place that knows numba.
"""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def can_compile() -> bool:
    """Tell whether numba is installed."""
    return find_spec("numba") is not None


def compiled(loop: Callable[P, R], parts: Iterable[Callable[..., object]] = ()) -> Callable[P, R]:
    """Return the loop compiled; `can_compile` says whether this can be done.

    Args:
        loop: What is compiled.
        parts: The functions that it calls, of its own module: what is kept of a compiled loop is
            made anew when its module changes.

    """
    for part in parts:
        import_module("numba.extending").register_jitable(part)
    compiler = cast("Callable[..., Callable[P, R]]", import_module("numba").njit)
    try:
        return compiler(loop, boundscheck=True, cache=True)
    except RuntimeError:  # numba finds no folder that it may keep the result in
        return compiler(loop, boundscheck=True)


class Kernel(Generic[P, R]):
    """A loop and the plain function that gives the same.

    Args:
        loop: What numba compiles.
        plain: What is called without it.
        parts: The functions that the loop calls, of its own module.
        worth: From how many steps on, of one call or of all of them together, it is worth to load
            numba, which takes about a second, and much longer for a loop that is compiled the
            first time.
        at_once: Whether the loop is compiled for fewer steps where numba is loaded already.

    """

    def __init__(
        self,
        *,
        loop: Callable[P, R],
        plain: Callable[P, R],
        worth: int,
        parts: Iterable[Callable[..., object]] = (),
        at_once: bool = True,
    ) -> None:
        self._loop = loop
        self._at_once = at_once
        self._steps = 0
        self._parts = parts
        self._plain = plain
        self._worth = worth
        self._compiled: Callable[P, R] | None = None

    def best(self, steps: int) -> Callable[P, R]:
        """Return which function to call for so many steps; a loop once compiled is for all."""
        return self.fast(steps) or self._plain

    def fast(self, steps: int) -> Callable[P, R] | None:
        """Return the loop compiled, or `None` where it cannot be or is not worth it."""
        if self._compiled is None:
            self._steps += steps
            worth = self._steps >= self._worth or (self._at_once and "numba" in sys.modules)
            if worth and can_compile():
                self._compiled = compiled(self._loop, self._parts)
        return self._compiled
