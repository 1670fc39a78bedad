"""Rounds go on whatever one of them meets."""

from threading import Event

import pytest

from chengnuo.adapters.evidence.rounds import Rounds
from chengnuo.ports.evidence_log import LogBusyError

_WAIT_S = 20.0


@pytest.mark.parametrize(
    "fault", [OSError(28, "No space left on device"), LogBusyError(), RuntimeError("a fault")]
)
def test_a_round_that_fails_is_followed_by_the_next(fault: Exception) -> None:
    met, again = [], Event()

    def act() -> None:
        met.append(1)
        if len(met) == 1:
            raise fault
        again.set()

    rounds = Rounds(act, every_s=0.01)
    assert again.wait(_WAIT_S)
    rounds.close()
