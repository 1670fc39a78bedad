"""Damaged packages: what looks for kits, hosts and trust takes whatever is left of them."""

import random
import zipfile
from collections.abc import Iterator

import pytest
from tests.engines.archive.zips import zipped
from tests.packages import kit

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.inspection.bridges import bridges
from chengnuo.domain.inspection.clear_text import clear_text
from chengnuo.domain.inspection.hosts import hosts
from chengnuo.domain.inspection.kits import kits
from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.inspection.trust import trust
from chengnuo.domain.observation.knowledge import Knowledge

_SAMPLES = (
    "net-address-ways",
    "net-trust-ways",
    "sdk-renamed",
    "sdk-renamed-code",
    "sdk-shared-prefix",
    "shell-react-native",
)
_ROUNDS, _MANY_ROUNDS = 24, 3_000


def _damaged(rounds: int) -> Iterator[bytes]:
    """Yield sample packages with some bytes of some files changed, or files cut short."""
    chance = random.Random(rounds)
    whole = []
    for name in _SAMPLES:
        with zipfile.ZipFile(kit.built(name)) as archive:
            whole.append({one: archive.read(one) for one in archive.namelist()})
    for number in range(rounds):
        files = dict(whole[number % len(whole)])
        for name in chance.sample(sorted(files), min(len(files), chance.randint(1, 3))):
            content = bytearray(files[name])
            for _ in range(chance.choice([1, 2, 5, 30]) if content else 0):
                at = chance.randrange(len(content))
                content[at] = chance.choice([0, 255, content[at] ^ 1 << chance.randrange(8)])
            short = chance.randrange(len(content) + 1) if chance.random() < 0.1 else len(content)
            files[name] = bytes(content[:short])
        yield zipped(files)


def _look(content: bytes, knowledge: Knowledge) -> bool:
    """Look for everything in a package; tell whether it is one."""
    try:
        opened = open_package(content, knowledge)
    except InvalidInputError:
        return False
    for told in kits(opened, ()).sdks:
        assert told.signs
    for look in (hosts, clear_text, trust, bridges):
        for one in look(opened):
            assert one.what
    return True


def test_damaged_packages_are_looked_at(knowledge: Knowledge) -> None:
    assert sum(_look(one, knowledge) for one in _damaged(_ROUNDS)) > _ROUNDS // 2


@pytest.mark.slow
def test_many_damaged_packages_are_looked_at(knowledge: Knowledge) -> None:
    assert sum(_look(one, knowledge) for one in _damaged(_MANY_ROUNDS)) > _MANY_ROUNDS // 2
