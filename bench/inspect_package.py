"""Packages that inspection is measured on: real ones, and a large one made of their code."""

import re
import zipfile
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from tests.packages_cache import fetched

NAMES = ("yosemite", "apidemos", "settings", "uiautomator")
_DEX = re.compile(r"classes\d*\.dex")


def packages() -> tuple[Path, ...]:
    """Return real packages, the one with 16 MB of code first.

    Raises:
        RuntimeError: They cannot be fetched.

    """
    return tuple(fetched(name) for name in NAMES)


def whole_of(given: Sequence[Path], to: Path, least: int) -> int:
    """Write a package with the code of several, over and over, until there is enough.

    The system takes the first definition of a class; the others are read all the same.

    Args:
        given: The packages.
        to: The file to write.
        least: Bytes of code.

    Returns:
        Bytes of code in it.

    """
    code: list[bytes] = []
    for path in given:
        with zipfile.ZipFile(path) as package:
            names = sorted(one for one in package.namelist() if _DEX.fullmatch(one))
            code += [package.read(one) for one in names]
    size = 0
    with (
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as large,
        zipfile.ZipFile(given[0]) as first,
    ):
        for name in ("AndroidManifest.xml", "resources.arsc"):
            large.writestr(name, first.read(name))
        for number, data in enumerate(cycle(code), 1):
            large.writestr(f"classes{number if number > 1 else ''}.dex", data)
            size += len(data)
            if size >= least:
                return size
    return size
