"""Looks for labels in a package, in a child of its own as an inspection is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.packages.in_child import Bounds, Tell, in_child
from chengnuo.adapters.packages.inspector import result_of
from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.inspection.shown_labels import shown_labels
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.archive.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLabels:
    """A `PackageLabels`.

    Attributes:
        knowledge: Gives what packages are looked at with; importable by its name, for the child.
        bounds: What one package may take.

    """

    knowledge: Callable[[], Knowledge]
    bounds: Bounds

    def shown(self, path: Path, wanted: Sequence[str]) -> tuple[str, ...]:
        """See `PackageLabels.shown`."""
        work = _Looking(knowledge=self.knowledge, limits=self.bounds.limits, wanted=tuple(wanted))
        found = in_child(work, path, tuple[str, ...], bounds=self.bounds, tell=_say_nothing)
        return result_of(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looking:
    """What the child does."""

    knowledge: Callable[[], Knowledge]
    limits: Limits
    wanted: tuple[str, ...]

    def __call__(self, buffer: memoryview, tell: Tell) -> tuple[str, ...]:
        return shown_labels(open_package(buffer, self.knowledge(), tell, self.limits), self.wanted)


def _say_nothing(_line: str) -> None:
    """Leave out how far it is."""
