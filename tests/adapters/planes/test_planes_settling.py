"""Planes go on being settled whatever settling them once meets."""

from threading import Event

import pytest

from chengnuo.adapters.planes import settling
from chengnuo.adapters.planes.settling import Settling
from chengnuo.ports.evidence_log import LogBusyError


@pytest.mark.parametrize("fault", [LogBusyError(), RuntimeError("a fault"), OSError(5, "broken")])
def test_what_cannot_be_settled_is_tried_again(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "_AFTER_ERROR_S", 0.01)
    met, again = [], Event()

    def settle() -> None:
        met.append(1)
        if len(met) == 1:
            raise fault
        again.set()

    settled = Settling(settle, every_s=0.01)
    assert again.wait(20)
    settled.close()
