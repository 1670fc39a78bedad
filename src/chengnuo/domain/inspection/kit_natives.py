"""Kits by the native methods that libraries export, whatever a library's file is called.

The name of such a function holds that of the class (JNI specification, "Resolving Native Method
Names": `Java_`, the class with `_` for `.`, and `_1` for `_`), which no obfuscator can change.
Only the first library of a name is looked at, and not beyond a size.
"""

import re
from collections.abc import Iterator

from chengnuo.domain.inspection.kit_signs import Sign, Sort
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.package import Package

_MEBI = 1 << 20
_LARGEST = 32 * _MEBI
_MOST_BYTES = 128 * _MEBI
_MOST_NAMES = 400
_MARK = b"\0Java_"
_NAME = re.compile(rb"[A-Za-z0-9_]{3,300}")


def native_signs(package: Package, sdks: SdkCatalogue) -> Iterator[Sign]:
    """Yield the kits whose native methods libraries export, each once a library."""
    seen: set[str] = set()
    left = _MOST_BYTES
    for file in package.native_libraries:
        name = file.name.rpartition("/")[2]
        known = name in seen or sdks.by_library(name) is not None
        if known or file.size > min(_LARGEST, left):
            continue
        seen.add(name)
        left -= file.size
        content = package.read(file)
        if isinstance(content, Refused):
            continue
        claimed: set[str] = set()
        for method in _methods(bytes(content)):
            claim = sdks.by_class(method)
            if claim is not None and not claim.weak and claim.name not in claimed:
                claimed.add(claim.name)
                yield Sign(sort=Sort.NATIVE, name=claim.name, claim=claim, file=file.name)


def _methods(content: bytes) -> Iterator[str]:
    """Yield the names of exported native methods, class and method with dots."""
    at = content.find(_MARK)
    for _ in range(_MOST_NAMES):
        if at < 0:
            return
        found = _NAME.match(content, at + len(_MARK))
        if found:
            written = found[0].decode("ascii").replace("_1", "\0")
            yield written.replace("_", ".").replace("\0", "_")
        at = content.find(_MARK, at + len(_MARK))
