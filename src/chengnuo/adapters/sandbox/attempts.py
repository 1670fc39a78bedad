"""What really is refused, found out by trying: each attempt is one that would harm nobody."""

import os

from chengnuo.adapters.sandbox.calling import call, gains_nothing_anew
from chengnuo.adapters.sandbox.numbers import this_machine
from chengnuo.ports.installation import Layer

_LOCAL, _STREAM = 1, 1


def layers_that_stand() -> tuple[Layer, ...]:
    """Return the layers that hold this process."""
    stands = {
        Layer.RIGHTS: gains_nothing_anew,
        Layer.FILES: _reads_no_other_folder,
        Layer.CALLS: _opens_no_socket,
    }
    return tuple(layer for layer, holds in stands.items() if holds())


def _reads_no_other_folder() -> bool:
    try:
        with os.scandir(os.sep):
            return False
    except PermissionError:
        return True


def _opens_no_socket() -> bool:
    machine = this_machine()
    if machine is None:
        return False
    opened = call(machine.numbers["socket"], _LOCAL, _STREAM, 0)
    if opened >= 0:
        os.close(opened)
    return opened < 0
