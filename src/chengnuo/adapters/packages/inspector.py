"""Inspects packages in a child of its own: whatever a package does, this process lives on.

A softer limit on time comes before the hard one, so that an inspection that takes long tells what
it has, and names what it did not get to.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from chengnuo.adapters.packages.in_child import (
    Bounds,
    Crashed,
    Declined,
    Done,
    Outcome,
    OutOfMemory,
    Tell,
    TimedOut,
    in_child,
)
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.inspection.listing import listings
from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place
from chengnuo.engines.archive.limits import MEBI, Limits, NotAPackageError, PackageLimitError
from chengnuo.ports.packages import InspectionUnfinishedError

R = TypeVar("R")

SOFT = 0.75
"""Share of the time after which observers that have not begun are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildInspector:
    """A `PackageInspector`.

    Attributes:
        knowledge: Gives what packages are looked at with; importable by its name, for the child.
        bounds: What one package may take.

    """

    knowledge: Callable[[], Knowledge]
    bounds: Bounds

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        """See `PackageInspector.inspect`."""
        soft_s = self.bounds.wall_s * SOFT
        work = Inspecting(knowledge=self.knowledge, limits=self.bounds.limits, soft_s=soft_s)
        return result_of(in_child(work, path, Inspection, bounds=self.bounds, tell=tell))

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        """See `PackageInspector.listings`."""
        work = _Listing(knowledge=self.knowledge, limits=self.bounds.limits, places=tuple(places))
        return result_of(in_child(work, path, tuple[Listing, ...], bounds=self.bounds, tell=tell))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspecting:
    """What the child does to inspect."""

    knowledge: Callable[[], Knowledge]
    limits: Limits
    soft_s: float

    def __call__(self, buffer: memoryview, tell: Tell) -> Inspection:
        """Inspect the package."""
        until = time.monotonic() + self.soft_s
        return inspect(
            buffer,
            self.knowledge(),
            sha256=hashlib.sha256(buffer).hexdigest(),
            limits=self.limits,
            tell=tell,
            is_over=lambda: time.monotonic() > until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """What the child does to show code."""

    knowledge: Callable[[], Knowledge]
    limits: Limits
    places: tuple[Place, ...]

    def __call__(self, buffer: memoryview, tell: Tell) -> tuple[Listing, ...]:
        opened = open_package(buffer, self.knowledge(), tell, self.limits)
        return listings(opened.followed.program.units, self.places)


def result_of(outcome: Outcome[R]) -> R:
    """Return what came of it.

    Raises:
        NotAPackageError: The child refused it.
        PackageLimitError: The child refused it.
        InspectionUnfinishedError: It came to no end.

    """
    match outcome:
        case Done(result=result):
            return result
        case Declined(code=NotAPackageError.code, facts=((_, str(why)),)):
            raise NotAPackageError(why)
        case Declined(
            code=PackageLimitError.code, facts=((_, str(what)), (_, int(found)), (_, int(limit)))
        ):
            raise PackageLimitError(what, found, limit)
        case Declined(message=message):
            raise InspectionUnfinishedError(message)
        case TimedOut(wall_s=wall_s):
            raise InspectionUnfinishedError(f"it took longer than {wall_s:g} s")
        case OutOfMemory(memory_bytes=memory):
            raise InspectionUnfinishedError(f"it took more memory than {memory // MEBI} MiB")
        case Crashed(signal=signal, place=place):
            where = f"by signal {signal}" if signal else place and f"at {place}"
            raise InspectionUnfinishedError(f"the work on it died {where}".rstrip())
