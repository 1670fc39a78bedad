"""Which APKs of a set are one app as it is installed, the base first.

bundletool's APKS has `splits/` and, for old devices, `standalones/`: the same app again, so those
count only where nothing else is there. An XAPK names its base in `manifest.json`.
"""

import re
from pathlib import PurePosixPath

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.archive.kind import Kind

LONGEST_JSON = 1 << 20
BASE = re.compile(r"(?:base|base-master|universal)\.apk")
SPLIT = re.compile(r"(?:split_)?config\..*|split_.*|base-.*")
"""Names of splits that hold resources or libraries for some devices."""


def part_names(outer: Archive, kind: Kind) -> tuple[str, ...]:
    """Return the names of the APKs that make up the app, the base first, others by name."""
    names = sorted(name for name in outer.entries if name.endswith(".apk"))
    if kind is Kind.APKS:
        together = [name for name in names if not name.startswith("standalones/")]
        names = together or names[:1]
    base = _named_base(outer, names) if kind is Kind.XAPK else None
    if base is None:
        base = min(names, key=lambda name: _order(outer, name))
    return (base, *(name for name in names if name != base))


def _order(outer: Archive, name: str) -> tuple[bool, bool, int, str]:
    """Put what is named as a base first, then what is not named as a split, then the largest."""
    last = PurePosixPath(name).name
    is_base = BASE.fullmatch(last) is not None
    return not is_base, SPLIT.fullmatch(last) is not None, -outer.entries[name].size, name


def _named_base(outer: Archive, names: list[str]) -> str | None:
    """Return the APK whose id is `base` in `manifest.json`."""
    entry = outer.entries["manifest.json"]
    content = outer.read(entry) if entry.size <= LONGEST_JSON else None
    if content is None or isinstance(content, Refused):
        return None
    try:
        told = msgspec.json.decode(content, type=ready(_Told))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return next(
        (one.file for one in told.split_apks if one.id == "base" and one.file in names), None
    )


class _Split(msgspec.Struct, frozen=True):
    """One APK as the XAPK tells of it."""

    file: str
    id: str


class _Told(msgspec.Struct, frozen=True):
    """What of `manifest.json` is used."""

    split_apks: list[_Split]
