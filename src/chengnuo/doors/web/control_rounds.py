"""Running the controls beside a service: each by its own interval, never on a request's path."""

from time import monotonic

from chengnuo.doors.web.beside import GoesOn, Lifespan, beside
from chengnuo.usecases.finding.running import ControlRunner

_FIRST_S = 3.0
"""After so long the first round begins: starting comes before looking."""
_EVERY_S = 15.0
_ROUND_S = 30.0
"""No source is begun later in a round; it waits for the next."""


def control_rounds(runner: ControlRunner) -> Lifespan:
    """Return what runs due controls for as long as the service lives.

    What an earlier process recorded and did not keep is kept first.
    """
    is_mended = False

    def work(goes_on: GoesOn) -> float:
        nonlocal is_mended
        if not is_mended:
            runner.mend()
            is_mended = True
        ends = monotonic() + _ROUND_S
        runner.run_due(lambda: goes_on() and monotonic() < ends)
        return _EVERY_S

    return beside("running the controls", work, first_s=_FIRST_S, again_s=_EVERY_S)
