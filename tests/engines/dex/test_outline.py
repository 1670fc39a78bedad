"""The outline of a method says what its instructions, decoded one by one, say too."""

import zipfile

import numpy as np
import pytest
from tests.packages import kit
from tests.packages_cache import fetched

from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.body import outline_of


def agrees(content: bytes) -> int:
    """Return how many methods were compared."""
    (unit,) = read_dex(content, "classes.dex")
    methods = np.flatnonzero(unit.defined_has_code).tolist()
    for method in methods:
        body = unit.bodies.body(method)
        assert body is not None
        assert body.outlined == outline_of(body.instructions)
    return len(methods)


@pytest.mark.parametrize("name", ["whole-bad-shop", "box-dex-039"])
def test_outlines_of_samples(name: str) -> None:
    with zipfile.ZipFile(kit.built(name)) as package:
        assert agrees(package.read("classes.dex"))


@pytest.mark.real
@pytest.mark.slow
def test_outlines_of_a_real_package() -> None:
    with zipfile.ZipFile(fetched("uiautomator")) as package:
        assert agrees(package.read("classes.dex")) > 10_000
