"""The reader of class files against other readers: `javap` of the JDK, and `javac` with `d8`."""

import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engines.classfile.surviving import survive
from tests.fuzz.mutating import changed_bytes
from tests.packages.build import HERE
from tests.packages.kit import BUILT, recipe, source_folder
from tests.packages_cache import fetched

from chengnuo.engines.classfile.reading import read_class_files
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.unit import Call, Unit

pytestmark = pytest.mark.real

CLASS = re.compile(r"^(?:[\w-]+ )*?(?:class|interface) ([^ <]+)")
INVOKE = re.compile(
    r"^ +(\d+): invoke(\w+) .*?// (?:Method|InterfaceMethod|InvokeDynamic) (?:#\d+:)?(.+)$"
)
MEMBER = re.compile(r'^(?:(.+)\.)?("?[^.":]+"?):(\(.*)$')
KINDS = {
    Call.VIRTUAL: "virtual",
    Call.POLYMORPHIC: "virtual",
    Call.SUPER: "special",
    Call.DIRECT: "special",
    Call.STATIC: "static",
    Call.INTERFACE: "interface",
    Call.CUSTOM: "dynamic",
}


def classes_of(jar: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(jar) as archive:
        return [
            (each.filename, archive.read(each))
            for each in archive.infolist()
            if each.filename.endswith(".class")
        ]


def printed(files: list[tuple[str, bytes]], folder: Path) -> Iterator[str]:
    """Give the lines that `javap` prints of classes, in their order."""
    tool = shutil.which("javap")
    if tool is None:
        message = "javap is not installed (a JDK)"
        raise RuntimeError(message)
    paths = []
    for number, (_, content) in enumerate(files):
        paths.append(folder / f"{number}.class")
        paths[-1].write_bytes(content)
    command = [tool, "-c", "-p", "-J-Dfile.encoding=UTF-8", "-J-Dstdout.encoding=UTF-8"]
    run = subprocess.run(  # noqa: S603 - a tool of the JDK
        [*command, *map(str, paths)], capture_output=True, check=True
    )
    yield from run.stdout.decode().splitlines()


def told_by_javap(files: list[tuple[str, bytes]], folder: Path) -> list[tuple[str, int, str, str]]:
    """Return class, place, kind and what is called of each call, in the order of the code."""
    found = []
    owner = ""
    for line in printed(files, folder):
        if line[:1].strip() and line.endswith("{"):
            match = CLASS.match(line)
            assert match is not None, line
            owner = match[1]
        called = INVOKE.match(line)
        if called is not None:
            member = MEMBER.match(called[3])
            assert member is not None, line
            of, name, descriptor = member.groups()
            told = f"{name}{descriptor}".replace('"', "")
            if called[2] != "dynamic":
                told = f"{(of or owner.replace('.', '/')).strip(chr(34))}.{told}"
            found.append((owner, int(called[1]), called[2], told))
    return found


def method_text(unit: Unit, reference: int) -> str:
    owner = unit.strings[unit.types[unit.method_type[reference]]].decode()
    name = unit.strings[unit.method_name[reference]].decode()
    proto = unit.protos[unit.method_proto[reference]].decode()
    return f"{owner if owner[0] == '[' else owner[1:-1]}.{name}{proto}"


def told_by_reader(unit: Unit) -> list[tuple[str, int, str, str]]:
    calls = unit.invocations
    of = unit.class_type[unit.defined_class[calls.caller]]
    found = []
    for row, owner in enumerate(of.tolist()):
        name = unit.strings[unit.types[owner]].decode()[1:-1].replace("/", ".")
        kind = KINDS[Call(calls.call[row])]
        told = "" if kind == "dynamic" else method_text(unit, int(calls.method[row]))
        found.append((name, int(calls.pc[row]), kind, told))
    return found


@pytest.mark.parametrize("name", ["jpush", "jcore", "getui-gtc", "getui-gtsdk"])
def test_calls_of_a_real_library_are_those_that_javap_prints(name: str, tmp_path: Path) -> None:
    files = classes_of(fetched(name))
    unit = read_class_files(files, name)
    assert unit.damages == ()
    expected = [
        (owner, pc, kind, "" if kind == "dynamic" else told)
        for owner, pc, kind, told in told_by_javap(files, tmp_path)
    ]
    assert len(expected) > 1000
    assert told_by_reader(unit) == expected


def test_every_method_of_a_real_library_is_decoded_to_the_last_jump() -> None:
    unit = read_class_files(classes_of(fetched("getui-gtc")), "gtc")
    for number in range(len(unit.defined_method)):
        body = unit.bodies.body(number)
        assert (body is not None) == bool(unit.defined_has_code[number])
        if body is not None:
            places = {each.pc for each in body.instructions}
            assert all(places.issuperset(each.targets) for each in body.instructions)
            assert places.issuperset(each.target for each in body.caught)


@pytest.mark.parametrize("seed", range(2))
def test_mutated_classes_of_a_real_library_are_read_or_said(seed: int) -> None:
    chance = random.Random(seed)
    contents = [bytes(content) for _, content in classes_of(fetched("jpush"))]
    for _ in range(100):
        survive(changed_bytes(chance.choice(contents), contents, chance))


def pairs_of(units: tuple[Unit, ...]) -> set[tuple[str, str]]:
    """Return who calls what, but for what is made of lambdas and of joined strings."""
    found = set()
    for unit in units:
        calls = unit.invocations
        callers = unit.defined_method[calls.caller].tolist()
        rows = zip(callers, calls.method.tolist(), calls.call.tolist(), strict=True)
        for caller, method, kind in rows:
            if kind != Call.CUSTOM:
                found.add((method_text(unit, caller), method_text(unit, method)))
    return found


def made_by_tools(pair: tuple[str, str]) -> bool:
    """Tell whether a call is one that `d8` or `javac` adds or leaves out on its own.

    Known differences: `d8` gives lambdas and accessors classes and names of its own and leaves out
    `Objects.requireNonNull` before a method reference.
    """
    marks = ("lambda$", "$$", "-CC", "access$", "Objects.requireNonNull", "StringBuilder")
    return any(mark in text for mark in marks for text in pair)


@pytest.mark.parametrize(
    "name",
    ["guard-loop-try-switch", "guard-nested", "async-threads", "async-lambda-desugared"],
)
def test_the_same_sources_give_the_same_calls_as_through_dex(name: str, tmp_path: Path) -> None:
    android = fetched("android")
    sources = [*sorted((source_folder(name) / "java").rglob("*.java"))]
    for shared in recipe(name).uses:
        sources += sorted((HERE / "shared" / shared).rglob("*.java"))
    framework = sorted((HERE / "framework").rglob("*.java"))
    for given, folder, path in (
        (framework, "framework", str(android)),
        (sources, "classes", f"{tmp_path / 'framework'}:{android}"),
    ):
        options = ["-nowarn", "-Xlint:none", "-source", "8", "-target", "8", "-cp", path]
        subprocess.run(  # noqa: S603 - the compiler of the JDK
            ["javac", *options, "-d", str(tmp_path / folder), *map(str, given)],  # noqa: S607
            check=True,
            capture_output=True,
        )
    classes = tmp_path / "classes"
    files = [
        (str(path.relative_to(classes)), path.read_bytes())
        for path in sorted(classes.rglob("*.class"))
    ]
    ours = pairs_of((read_class_files(files, "classes.jar"),))
    with zipfile.ZipFile(BUILT / f"{name}.apk") as package:
        theirs = pairs_of(read_dex(package.read("classes.dex"), "classes.dex"))
    assert len(ours) > 10
    assert {pair for pair in ours ^ theirs if not made_by_tools(pair)} == set()
