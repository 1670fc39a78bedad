"""What a file is in its package: by its place for what Android looks up, by its first bytes else.

A DEX file, an archive or a shared object in assets or raw resources is found whatever its name
is: that is where packers and plugins keep code.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Entry
from chengnuo.engines.archive.kind import MANIFEST, Kind

HEAD = 8
DEX_HEAD = re.compile(rb"dex\n\d\d\d\0")
NESTED_HEADS = (b"PK\x03\x04", b"\x7fELF", b"dey\n", b"cdex")
DEX_NAME = re.compile(r"classes(?:[2-9]|[1-9][0-9]{1,4})?\.dex")
NUMBER = re.compile(r"classes([0-9]*)\.dex$")
# Compiled layouts and pictures: by far the most files, none of them code.
PLAIN = re.compile(r"res/(?!raw).*|(?:.*/)?[^/]+\.(?:png|webp|jpg|xml|kotlin_\w+|version)")


class Role(StrEnum):
    """What a file is in a package."""

    MANIFEST = "manifest"
    RESOURCES = "resources"
    DEX = "dex"
    """A DEX file where the runtime looks for code."""
    CLASS_JAR = "class-jar"
    NATIVE_LIBRARY = "native-library"
    NESTED = "nested"
    """Code or an archive where nothing but code of the app looks."""
    ASSET = "asset"
    OTHER = "other"


def role_of(kind: Kind, archive: Archive, entry: Entry) -> Role:
    """Tell what an entry is in an archive of this kind."""
    name = entry.name
    fixed = _PLACES[kind]
    for pattern, role in fixed:
        if pattern.fullmatch(name):
            return role
    asset = Role.ASSET if _ASSET.match(name) else Role.OTHER
    if PLAIN.fullmatch(name) or (kind is Kind.JAR and name.endswith(".class")):
        return asset
    head = archive.head(entry, HEAD)
    nested = DEX_HEAD.fullmatch(head) or head.startswith(NESTED_HEADS)
    return Role.NESTED if nested else asset


def load_order(places: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the DEX files that the runtime loads, in its order.

    Args:
        places: Number of the part and name of each DEX file. Files of one folder of a part
            (an app bundle has one for each module) are numbered together.

    Returns:
        For each folder `classes.dex`, `classes2.dex` and so on up to the first gap; folders by
        part, and in the order in which they first appear in it.

    """
    folders: dict[tuple[int, str], dict[int, tuple[int, str]]] = {}
    for part, name in places:
        match = NUMBER.search(name)
        if match and DEX_NAME.fullmatch(match[0]):
            folder = folders.setdefault((part, name[: match.start()]), {})
            folder[int(match[1] or "1")] = (part, name)
    order: list[tuple[int, str]] = []
    for _, folder in sorted(folders.items(), key=lambda one: _base_first(*one[0])):
        number = 1
        while number in folder:
            order.append(folder[number])
            number += 1
    return order


def _base_first(part: int, folder: str) -> tuple[int, bool, str]:
    return part, folder != "base/dex/", folder


def _places(**patterns: str) -> tuple[tuple[re.Pattern[str], Role], ...]:
    return tuple((re.compile(pattern), Role[role]) for role, pattern in patterns.items())


_ASSET = re.compile(r"(?:[^/]+/)?assets/")
_APK = _places(
    MANIFEST=re.escape(MANIFEST),
    RESOURCES=r"resources\.arsc",
    DEX=r"classes[0-9]*\.dex",
    NATIVE_LIBRARY=r"lib/[^/]+/[^/]+\.so",
)
_AAB = _places(
    MANIFEST=r"[^/]+/manifest/" + re.escape(MANIFEST),
    RESOURCES=r"[^/]+/resources\.pb",
    DEX=r"[^/]+/dex/classes[0-9]*\.dex",
    NATIVE_LIBRARY=r"[^/]+/lib/[^/]+/[^/]+\.so",
)
_AAR = _places(
    MANIFEST=re.escape(MANIFEST),
    CLASS_JAR=r"classes\.jar|libs/[^/]+\.jar",
    NATIVE_LIBRARY=r"jni/[^/]+/[^/]+\.so",
)
_JAR = _places(DEX=r"classes[0-9]*\.dex")
_PLACES = {
    Kind.APK: _APK,
    Kind.AAB: _AAB,
    Kind.AAR: _AAR,
    Kind.JAR: _JAR,
}
