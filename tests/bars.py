"""Bars for shares counted in simulations, from the share that is claimed and the number of runs.

A bar is where a share as claimed would fail once in a thousand times, by the binomial distribution:
it is not read off the seeds that happen to be in a test.
"""

from scipy import stats

CHANCE = 0.001


def most(runs: int, rate: float) -> int:
    """Return the most hits in so many runs that go with a true rate of at most `rate`.

    >>> most(120, 0.05)
    14

    """
    return int(stats.binom.ppf(1 - CHANCE, runs, rate))


def least(runs: int, rate: float) -> int:
    """Return the fewest hits in so many runs that go with a true rate of at least `rate`.

    >>> least(40, 0.95)
    33

    """
    return runs - most(runs, 1 - rate)
