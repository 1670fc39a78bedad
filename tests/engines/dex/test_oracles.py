"""Records of real packages are those that Debian's `dexdump` and `androguard` show.

Documented difference: both name no method for `invoke-custom`, so those calls are left out here.
"""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.packages_cache import cache, fetched

from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.unit import Call, Unit

pytestmark = pytest.mark.real

PACKAGES = ["yosemite", "apidemos", "settings", "u2-jar"]
Site = tuple[int, int, int]
"""Place of the method among those with code, `pc`, and index of what is named."""

NAMED = re.compile(
    r"\|\[[0-9a-f]+\] (?P<method>.*)$"
    r"|\|(?P<pc>[0-9a-f]{4,}): "
    r"(?:const-string\S* v\d+, \"[\s\S]*?\" // |(?!const-string).* // (?=[mtf]))"
    r"(?P<kind>method|string|type|field)@(?P<index>[0-9a-f]+)$",
    re.MULTILINE,
)
"""A string may hold line ends."""
ANDROGUARD = """
import json, sys
from loguru import logger
logger.disable("androguard")
from androguard.core.dex import DEX
sites, number = [], 0
for method in DEX(open(sys.argv[1], "rb").read()).get_encoded_methods():
    code = method.get_code()
    if code is None:
        continue
    pc = 0
    for each in code.get_bc().get_instructions():
        name = each.get_name()
        if name.startswith("invoke-") and not name.startswith("invoke-custom"):
            sites.append((number, pc // 2, each.BBBB))
        pc += each.get_length()
    number += 1
json.dump(sites, sys.stdout)
"""


def dex_files(name: str, folder: Path) -> list[Path]:
    with zipfile.ZipFile(fetched(name)) as package:
        members = [each for each in package.namelist() if re.fullmatch(r"classes\d*\.dex", each)]
        return [Path(package.extract(each, folder)) for each in members]


def unit_of(path: Path) -> Unit:
    (unit,) = read_dex(path.read_bytes(), path.name)
    assert unit.damages == ()
    return unit


def sites(
    unit: Unit, caller: NDArray[np.int32], pc: NDArray[np.int32], named: NDArray[np.int32]
) -> list[Site]:
    number = np.cumsum(unit.defined_has_code) - 1
    return list(zip(number[caller].tolist(), pc.tolist(), named.tolist(), strict=True))


def calls_of(unit: Unit) -> list[Site]:
    calls = unit.invocations
    named = calls.call != Call.CUSTOM
    return sites(unit, calls.caller[named], calls.pc[named], calls.method[named])


def name_of(unit: Unit, defined: int) -> str:
    reference = unit.defined_method[defined]
    owner = unit.strings[unit.types[unit.method_type[reference]]][1:-1].replace(b"/", b".")
    name = unit.strings[unit.method_name[reference]]
    return (owner + b"." + name + b":" + unit.protos[unit.method_proto[reference]]).decode()


def agrees_with_dexdump(path: Path, dexdump: Path) -> None:
    unit = unit_of(path)
    shown = subprocess.run(  # noqa: S603 - a file that the test fetched
        (str(dexdump), "-d", str(path)), capture_output=True, check=True
    ).stdout.decode("utf-8", "replace")
    found: dict[str, list[Site]] = {"method": [], "string": [], "type": [], "field": []}
    names: list[str] = []
    for each in NAMED.finditer(shown):
        if each["method"] is not None:
            names.append(each["method"])
        else:
            site = (len(names) - 1, int(each["pc"], 16), int(each["index"], 16))
            found[each["kind"]].append(site)
    with_code = np.flatnonzero(unit.defined_has_code).tolist()
    assert [name_of(unit, each) for each in with_code] == names
    assert calls_of(unit) == found["method"]
    for kind, record in (
        ("string", unit.strings_used),
        ("type", unit.types_named),
        ("field", unit.fields_touched),
    ):
        assert sites(unit, record.caller, record.pc, record.what) == found[kind]


@pytest.mark.needs("dexdump")
def test_records_are_those_of_dexdump(tool: Callable[[str], Path], tmp_path: Path) -> None:
    for path in dex_files("uiautomator", tmp_path):
        agrees_with_dexdump(path, tool("dexdump"))


@pytest.mark.slow
@pytest.mark.needs("dexdump")
@pytest.mark.parametrize("name", PACKAGES)
def test_records_of_large_packages_are_those_of_dexdump(
    name: str, tool: Callable[[str], Path], tmp_path: Path
) -> None:
    for path in dex_files(name, tmp_path):
        agrees_with_dexdump(path, tool("dexdump"))


@pytest.fixture(scope="module")
def androguard() -> Path:
    """Return a Python that has androguard, in an environment of its own."""
    place = cache() / "androguard-4.1.4"
    python = place / "bin" / "python"
    if not (place / "made").exists():
        base = Path(sys.base_prefix) / "bin" / "python3"
        subprocess.run((str(base), "-m", "venv", str(place)), check=True)  # noqa: S603 - our Python
        install = (str(python), "-m", "pip", "install", "--quiet", "androguard==4.1.4")
        subprocess.run(install, check=True)  # noqa: S603 - our Python
        (place / "made").touch()
    return python


@pytest.mark.slow
@pytest.mark.parametrize("name", [*PACKAGES, "uiautomator"])
def test_calls_are_those_of_androguard(name: str, androguard: Path, tmp_path: Path) -> None:
    for path in dex_files(name, tmp_path):
        shown = subprocess.run(  # noqa: S603 - a file that the test fetched
            (str(androguard), "-c", ANDROGUARD, str(path)), capture_output=True, check=True
        ).stdout
        # androguard goes through the classes in the order of the file, too.
        assert sorted(map(tuple, json.loads(shown))) == calls_of(unit_of(path))


@pytest.mark.slow
def test_every_method_of_a_real_package_has_a_body(tmp_path: Path) -> None:
    for path in dex_files("settings", tmp_path):
        unit = unit_of(path)
        for method in np.flatnonzero(unit.defined_has_code).tolist():
            body = unit.bodies.body(method)
            assert body is not None
            assert all(each.text for each in body.instructions)
