"""Opens a package as an inspection does: code followed, manifest read, owners known."""

from collections.abc import Iterable
from pathlib import Path

from chengnuo.domain.inspection.opened import Opened, open_package
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Observation


def opened(path: Path, knowledge: Knowledge) -> Opened:
    found = open_package(path.read_bytes(), knowledge)
    assert found.manifest is not None
    return found


def in_order(seen: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(sorted(seen, key=lambda one: one.order))
