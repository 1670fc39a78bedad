"""Sweeping beside a service: every hour, and soon after another register came into force."""

from time import monotonic

from chengnuo.doors.web.beside import GoesOn, Lifespan, beside
from chengnuo.doors.web.services import Sweep
from chengnuo.usecases.register_desk import Desk

_FIRST_S = 1.0
_LOOK_S = 15.0
"""How often it is looked whether another register is in force: what that ends shall end soon."""
_EVERY_S = 3600.0


def sweep_rounds(sweep: Sweep, register: Desk) -> Lifespan:
    """Return what sweeps for as long as the service lives; one that failed waits its hour too."""
    swept_for: str | None = None
    due_s = 0.0

    def work(goes_on: GoesOn) -> float:
        nonlocal swept_for, due_s
        served = register.current()
        version = "" if served is None else served.version
        if version != swept_for or monotonic() >= due_s:
            swept_for, due_s = version, monotonic() + _EVERY_S
            sweep(goes_on)
        return _LOOK_S

    return beside("clearing away what has expired", work, first_s=_FIRST_S, again_s=_LOOK_S)
