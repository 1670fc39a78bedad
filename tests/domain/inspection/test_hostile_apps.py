"""Observers of files and settings look at damaged apps: they never raise what is not their own.

Manifests and code of sample packages are changed byte by byte and packed again, so that the
archive stays whole and the damage comes to the observers.
"""

from random import Random

import pytest
from tests.domain.inspection.looks import LOOKS
from tests.engines.archive.zips import zipped
from tests.packages import kit

from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.limits import NotAPackageError, PackageLimitError

_SAMPLES = ("whole-bad-shop", "set-exported", "pack-shell", "shell-uniapp", "hide-strings")
_CHANGED = ("AndroidManifest.xml", "classes.dex", "resources.arsc")


def _files(name: str) -> dict[str, bytes]:
    archive = Archive(kit.built(name).read_bytes())
    found = {path: archive.read(entry) for path, entry in archive.entries.items()}
    return {path: bytes(one) for path, one in found.items() if not isinstance(one, Refused)}


def _damaged(files: dict[str, bytes], random: Random) -> dict[str, bytes]:
    name = random.choice([one for one in _CHANGED if one in files])
    content = bytearray(files[name])
    for _ in range(random.randint(1, 12)):
        content[random.randrange(len(content))] = random.randrange(256)
    return {**files, name: bytes(content)}


def _look_at(files: dict[str, bytes], knowledge: Knowledge) -> int:
    try:
        app = open_package(zipped(files), knowledge)
    except (NotAPackageError, PackageLimitError):
        return 0
    return sum(1 for look in LOOKS for _ in look(app))


@pytest.mark.parametrize("name", _SAMPLES)
def test_a_damaged_app_is_looked_at_to_the_end(name: str, knowledge: Knowledge) -> None:
    files, random = _files(name), Random(name)
    assert sum(_look_at(_damaged(files, random), knowledge) for _ in range(6)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", _SAMPLES)
def test_many_damaged_apps_are_looked_at_to_the_end(name: str, knowledge: Knowledge) -> None:
    files, random = _files(name), Random(f"{name} at length")
    assert sum(_look_at(_damaged(files, random), knowledge) for _ in range(400)) > 0
