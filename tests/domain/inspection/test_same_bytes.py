"""The same package gives the same bytes, whatever the hash order and with numba or without."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.packages import kit
from tests.packages_cache import fetched

ROOT = Path(__file__).parents[3]
SCRIPT = """
import json, sys
from pathlib import Path
from tempfile import TemporaryDirectory
import chengnuo.engines.jit as jit
from chengnuo.adapters.inspection_knowledge import load_knowledge
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.finding.inspection_json import inspection_tree
from chengnuo.domain.inspection.inspecting import inspect
if sys.argv[1] == "fast":
    import numba
else:
    jit.can_compile = lambda: False
with TemporaryDirectory() as place:
    law = load_catalogue(read_catalogue, cache_folder=Path(place))
    knowledge = load_knowledge(read_knowledge, law, cache_folder=Path(place))
for name in sys.argv[2:]:
    found = inspect(Path(name).read_bytes(), knowledge, sha256="0" * 64)
    print(json.dumps(inspection_tree(found), ensure_ascii=False))
"""
SAMPLES = ("whole-bad-shop", "box-hidden-dex", "start-view-layout")


def told(mode: str, seed: str, paths: Sequence[Path]) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(  # noqa: S603 - our own script
        (sys.executable, "-c", SCRIPT, mode, *map(str, paths)),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.real
def test_hash_order_and_numba_change_no_byte() -> None:
    paths = [kit.built(name) for name in SAMPLES]
    first = told("numpy", "1", paths)
    assert first.count(b"\n") == len(SAMPLES)
    assert told("fast", "2", paths) == first


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("name", ["yosemite", "apidemos", "alipay", "jcore"])
def test_hash_order_and_numba_change_no_byte_of_real_packages(name: str) -> None:
    paths = [fetched(name)]
    first = told("numpy", "1", paths)
    assert told("numpy", "77", paths) == first
    assert told("fast", "5", paths) == first
