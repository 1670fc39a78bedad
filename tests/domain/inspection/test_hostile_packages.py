"""Hostile packages through a whole inspection: a value, or an error of ours; in bounded time.

What is changed are real samples: bytes of the archive, or of a file inside that is packed again.
"""

import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from random import Random

import pytest
from tests.engines.archive.zips import zipped
from tests.engines.dex.dex_builder import PUBLIC, Class, Method, code, dex, summed
from tests.engines.dex.wide_class import wide_class
from tests.fuzz.mutating import changed_bytes
from tests.packages import kit

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.archive.limits import NotAPackageError

BASES = (
    "whole-bad-shop",
    "start-view-layout",
    "box-aab",
    "box-hidden-dex",
    "box-multidex",
    "guard-prefs",
)
SHA256 = "0" * 64


def inspected(content: bytes, knowledge: Knowledge) -> Inspection | None:
    try:
        return inspect(content, knowledge, sha256=SHA256)
    except InvalidInputError:
        return None


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {one: package.read(one) for one in package.namelist() if not one.endswith("/")}


def mutated(content: bytes, seed: int) -> bytes:
    return changed_bytes(content, [content], Random(seed))


def changed(base: bytes, seed: int) -> bytes:
    """Return a package with one file changed, or, every fourth time, its archive."""
    if seed % 4 == 0:
        return mutated(base, seed)
    files = files_of(base)
    telling = [one for one in files if one.endswith((".dex", ".xml", ".arsc", ".pb"))]
    name = Random(seed).choice(telling)
    found = mutated(files[name], seed)
    files[name] = summed(found) if found.startswith(b"dex\n") and len(found) > 0x70 else found
    return zipped(files)


def changes(count: int) -> Iterator[tuple[str, int]]:
    return ((BASES[seed % len(BASES)], seed) for seed in range(count))


def survives(count: int, knowledge: Knowledge) -> int:
    """Return how many changed packages were still inspected; none may raise an error not ours."""
    read = 0
    for name, seed in changes(count):
        try:
            read += inspected(changed(kit.built(name).read_bytes(), seed), knowledge) is not None
        except Exception as error:
            error.add_note(f"{name}, seed {seed}")
            raise
    return read


def test_changed_packages_are_inspected_or_refused(knowledge: Knowledge) -> None:
    assert survives(36, knowledge) > 18


@pytest.mark.slow
def test_many_changed_packages_are_inspected_or_refused(knowledge: Knowledge) -> None:
    assert survives(4_000, knowledge) > 2_000


@pytest.mark.parametrize("name", BASES)
def test_a_package_cut_short_is_refused_or_said(name: str, knowledge: Knowledge) -> None:
    content = kit.built(name).read_bytes()
    for part in (0, 1, 21, len(content) // 3, len(content) // 2, len(content) - 1):
        inspected(content[:part], knowledge)
    with pytest.raises(NotAPackageError):
        inspect(content[: len(content) // 2], knowledge, sha256=SHA256)


def with_code(code_file: bytes) -> bytes:
    files = files_of(kit.built("start-application").read_bytes())
    return zipped({**files, "classes.dex": code_file})


def test_superclasses_in_a_circle_are_cut(knowledge: Knowledge) -> None:
    run = Method("onCreate", "()V", PUBLIC, code(4, lambda _: [0x0E]))
    names = [f"Lcom/example/startapplication/{one};" for one in ("App", "B", "C")]
    circle = [Class(name, [run], super=names[(n + 1) % len(names)]) for n, name in enumerate(names)]
    found = inspected(with_code(dex(circle)), knowledge)
    assert found is not None
    assert found.package.methods == 3


def inspects_many_methods(count: int, knowledge: Knowledge, seconds: float) -> Inspection:
    content = with_code(wide_class(count))
    since = time.process_time()
    found = inspected(content, knowledge)
    assert time.process_time() - since < seconds
    assert found is not None
    return found


def test_a_class_with_many_methods_takes_bounded_time(knowledge: Knowledge) -> None:
    assert inspects_many_methods(20_000, knowledge, 5).unread == ()


@pytest.mark.slow
def test_a_class_with_a_million_methods_takes_bounded_time(knowledge: Knowledge) -> None:
    found = inspects_many_methods(1_000_000, knowledge, 60)
    assert any("method_ids" in one.where for one in found.unread)


def test_absurd_counts_in_the_code_are_damages(knowledge: Knowledge) -> None:
    base = files_of(kit.built("start-application").read_bytes())["classes.dex"]
    for place in range(0x38, 0x68, 8):  # the sizes of the tables in the header
        content = bytearray(base)
        struct.pack_into("<I", content, place, 0x7FFF_FFFF)
        found = inspected(with_code(summed(bytes(content))), knowledge)
        assert found is not None
        assert any("classes.dex" in one.where for one in found.unread)


def test_two_manifests_are_said(knowledge: Knowledge) -> None:
    files = files_of(kit.built("start-application").read_bytes())
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr("AndroidManifest.xml", files["AndroidManifest.xml"])
    found = inspected(out.getvalue(), knowledge)
    assert found is not None
    assert any("AndroidManifest.xml" in one.where for one in found.unread)


def test_a_bomb_is_refused_without_being_inflated(knowledge: Knowledge) -> None:
    files = files_of(kit.built("start-application").read_bytes())
    bomb = zipped({**files, "assets/big.bin": bytes(48 << 20), "classes2.dex": bytes(48 << 20)})
    tracemalloc.start()
    found = inspected(bomb, knowledge)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found is not None
    assert peak < 40 << 20
    assert any("classes2.dex" in one.where for one in found.unread)
