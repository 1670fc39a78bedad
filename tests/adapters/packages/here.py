"""An inspector in this process, for tests of what is done with an inspection: quick, unbounded."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chengnuo.adapters.packages.opened import opened
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.inspection.listing import listings
from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place


@dataclass(frozen=True)
class InspectsHere:
    """A `PackageInspector`, held against the one in a child by `test_inspector`."""

    knowledge: Knowledge
    inspected: list[str] = field(default_factory=list)

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        self.inspected.append(path.name)
        with opened(path) as buffer:
            sha256 = hashlib.sha256(buffer).hexdigest()
            return inspect(buffer, self.knowledge, sha256=sha256, tell=tell)

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        with opened(path) as buffer:
            found = open_package(buffer, self.knowledge, tell)
            return listings(found.followed.program.units, places)
