"""Counting beside a service: what is recorded is counted soon, and never on a request's path.

Pages count a little themselves, so that what somebody did a moment ago is in what they see. What is
recorded by the thousand would hold them up; it is counted here.
"""

from collections.abc import Callable

from chengnuo.doors.web.beside import GoesOn, Lifespan, beside

_EVERY_S = 2.0
_MORE_S = 0.05
"""How long requests have the processor to themselves while more is to be counted."""


def counting_rounds(count: Callable[[], int]) -> Lifespan:
    """Return what counts for as long as the service lives.

    Args:
        count: Counts a bounded number of records, and returns how many are left.

    """

    def work(_: GoesOn) -> float:
        return _MORE_S if count() else _EVERY_S

    return beside("counting what was recorded", work, first_s=_EVERY_S, again_s=_EVERY_S)
