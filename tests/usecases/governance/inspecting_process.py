"""A process that inspects the releases that wait, in a child as the service does.

    python -m tests.usecases.governance.inspecting_process FOLDER STEP [PACKAGE]

At a step it says `there` and goes no further, so that it can be killed. `received` is once a
release was taken in and is not recorded, `submitted` once it is recorded and its row does not say
so: both submit PACKAGE. `inspecting` is while the package is looked at, `kept` once the report is
on disk, `recorded` once the result is in the log. With the step `none` it says `done` once nothing
waits any more.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.domain.finding.inspection_kit import CLEAN
from tests.usecases.governance.release_kit import kit_of

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.adapters.packages.in_child import Bounds
from chengnuo.adapters.packages.inspector import ChildInspector
from chengnuo.adapters.release_folder import ReleaseFolder
from chengnuo.adapters.sql.releases import SqlReleases
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.wiring.knowledge import inspection_knowledge, law_catalogue

LONG_S = 600


def stay() -> None:
    """Say that the step is reached, and wait for the end."""
    os.write(1, b"there\n")
    time.sleep(LONG_S)


@dataclass(frozen=True)
class Staying:
    """Inspects, and stays as soon as the child tells how far it is."""

    inner: ChildInspector

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        del tell
        return self.inner.inspect(path, lambda _: stay())

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        return self.inner.listings(path, places, tell)


def stay_after(owner: type, name: str) -> None:
    """Let the first call of a method be the last thing that is done."""
    inner = getattr(owner, name)

    def staying(*given: Any, **named: Any) -> Any:  # noqa: ANN401  whatever it takes
        result = inner(*given, **named)
        stay()
        return result

    setattr(owner, name, staying)


def work(folder: Path, step: str, package: Path | None) -> None:
    """Inspect everything that waits."""
    law, knowledge = law_catalogue(), inspection_knowledge()
    kit = kit_of(folder, law, knowledge, CLEAN)
    child = ChildInspector(knowledge=inspection_knowledge, bounds=Bounds())
    inspections = Inspections(
        inspector=Staying(child) if step == "inspecting" else child,
        words=ReportWords(law=law, knowledge=knowledge),
        today=lambda: date(2026, 11, 28),
    )
    if step == "kept":
        stay_after(ReleaseFolder, "keep")
    if step == "recorded":
        stay_after(WritableLog, "append")
    if step == "received":
        stay_after(SqlReleases, "add")
    if step == "submitted":
        stay_after(WritableLog, "append")
    if package is not None:
        kit.submit(content=package.read_bytes())
    inspector = replace(kit.inspector, inspections=lambda: inspections)
    for release in inspector.due():
        inspector.inspect(release.id)
    kit.close()
    os.write(1, b"done\n")


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if sys.argv[3:] else None)
