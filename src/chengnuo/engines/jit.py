"""Loops that are compiled where numba is installed (extra `fast`), and done by numpy otherwise.

A kernel is two functions that give the same arrays: a loop over single numbers, which numba
compiles, and a plain one of numpy. The loop is compiled with bounds checked, because what it reads
is hostile; what was compiled is kept for the next process where numba finds a folder for it.
This is the only place that knows numba.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def can_compile() -> bool:
    """Tell whether numba is installed."""
    return find_spec("numba") is not None


def compiled(loop: Callable[P, R]) -> Callable[P, R]:
    """Return the loop compiled; `can_compile` says whether this can be done."""
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
        worth: From how many steps on it is worth to load numba, which takes about a second. Where
            it is loaded already, it is used for fewer, too.

    """

    def __init__(self, *, loop: Callable[P, R], plain: Callable[P, R], worth: int) -> None:
        self._loop = loop
        self._plain = plain
        self._worth = worth
        self._compiled: Callable[P, R] | None = None

    def best(self, steps: int) -> Callable[P, R]:
        """Return which function to call for so many steps; a loop once compiled is for all."""
        worth = steps >= self._worth or "numba" in sys.modules
        if self._compiled is None and worth and can_compile():
            self._compiled = compiled(self._loop)
        return self._compiled or self._plain
