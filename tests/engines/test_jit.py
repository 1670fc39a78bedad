"""A kernel gives the plain function unless compiling is possible and worth it."""

import sys

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.jit import Kernel, can_compile, compiled


def loop(numbers: NDArray[np.int64]) -> int:
    total = 0
    for number in numbers:
        total += number
    return total


def plain(numbers: NDArray[np.int64]) -> int:
    return int(numbers.sum())


def test_few_steps_are_left_to_the_plain_function() -> None:
    kernel = Kernel(loop=loop, plain=plain, worth=10)
    assert (kernel.best(9) is plain) is ("numba" not in sys.modules), "loaded numba is used"


def test_many_steps_are_compiled_where_numba_is_installed() -> None:
    kernel = Kernel(loop=loop, plain=plain, worth=10)
    many = kernel.best(10)
    assert (many is not plain) is can_compile()
    assert kernel.best(1) is many, "a loop once compiled is for all"


def test_a_compiled_loop_gives_what_the_loop_gives() -> None:
    made = compiled(loop) if can_compile() else loop
    numbers = np.arange(10)
    assert made(numbers) == loop(numbers) == plain(numbers)
