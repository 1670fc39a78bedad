"""Planes over a database that others write count no more once their process ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from chengnuo.adapters.planes.reading import PlaneReader
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.ports.planes import Good, Mark, Meant
from chengnuo.wiring.planes import ServicePlanes

AT = 1000


@pytest.mark.parametrize(("left_s", "counts"), [(lambda: 9.0, False), (None, True)])
def test_others_may_write_from_then_on(
    tmp_path: Path, left_s: Callable[[], float] | None, *, counts: bool
) -> None:
    planes = PlaneWriter(
        tmp_path, meant=Meant(register="a" * 64, law="b" * 64), lanes=("x",), capacity=10
    )
    planes.good_for(Good(since=0, until=10 * AT))
    planes.marked(Mark.CURRENT)
    if left_s is not None:
        planes.count_until(9 * AT)
    reader = PlaneReader(tmp_path)
    assert reader.counts(reader.generation, AT)
    ServicePlanes(tmp_path, planes, cast("Any", planes), left_s).close()
    assert reader.counts(reader.generation, AT) is counts
