"""What a locked file of requirements pins: names, versions and hashes (`uv pip compile`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)==([^ ;\\\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned distribution.

    Attributes:
        name: Its normal name.
        version: Its version.
        hashes: SHA-256 of each of its files, in order.

    """

    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """What it goes by in lists of parts and of holes (package URL)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(path: Path) -> Iterator[Pin]:
    """Yield what a file pins, in its order."""
    for block in re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8")):
        if (found := _PIN.match(block)) is not None:
            yield Pin(found[1], found[2], tuple(sorted(_HASH.findall(block))))
