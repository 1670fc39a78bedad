"""Files of a package that cannot be looked into, or that the system does not load by itself.

Code in assets, in gaps of the archive, and after a missing number runs only if code loads it; that
something may is what matters. A library of native code is named once, whatever instruction sets it
is there for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.owners import owner_of
from chengnuo.domain.inspection.remark import remark
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Owner,
    OwnerKind,
    Place,
    Subject,
)
from chengnuo.domain.observation.seen import BlindSpot
from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.limits import NotAPackageError, PackageLimitError
from chengnuo.engines.archive.package import File
from chengnuo.engines.archive.role import DEX_HEAD, HEAD, Role

_NUMBERED = re.compile(r"classes([2-9]|[1-9][0-9]+)\.dex")
_ELF, _ZIP = b"\x7fELF", b"PK\x03\x04"
_CODE = re.compile(r".*\.(?:dex|class|so)|AndroidManifest\.xml", re.DOTALL)
_PICTURES = (".png", ".webp", ".jpg", ".xml")
_LARGEST = 128 << 20
"""Bytes of archives in assets that are opened; of the others it is said that they may hold code."""
_NATIVE_OWNER = Owner(kind=OwnerKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Code:
    """Code in a file: of what kind, and how surely it is some."""

    kind: str
    confidence: Confidence = Confidence.HIGH


def blind_spots(opened: Opened) -> Iterator[Observation]:
    """Yield the files, hidden code first."""
    yield from _hidden(opened)
    yield from _not_loaded(opened)
    yield from _libraries(opened)


def _hidden(opened: Opened) -> Iterator[Observation]:
    left = _LARGEST
    for file in (*opened.package.nested, *_disguised(opened)):
        left -= file.size
        code = _code_in(opened, file, is_opened=left >= 0)
        if code is not None:
            yield _spot(BlindSpot.HIDDEN_CODE, file.name, code.confidence, kind=code.kind)
    for part in opened.package.parts:
        for one in part.hidden:
            yield remark(
                Subject.BLIND_SPOT,
                BlindSpot.HIDDEN_CODE,
                Place(file=part.name or "."),
                {"kind": one.what, "where": one.where, "offset": str(one.offset)},
                confidence=Confidence.MEDIUM if one.what == "zip" else Confidence.HIGH,
                key=f"{one.where} {one.offset}",
            )


def _disguised(opened: Opened) -> Iterator[File]:
    """Yield files that begin as code and are named as pictures, or as libraries of native code."""
    for file in opened.package.files:
        library = file.role is Role.NATIVE_LIBRARY
        picture = file.role is Role.ASSET and file.name.endswith(_PICTURES)
        if file.entry is None or not (library or picture):
            continue
        head = opened.package.parts[file.part].archive.head(file.entry, HEAD)
        if DEX_HEAD.fullmatch(head) or head.startswith(_ZIP if library else (_ZIP, _ELF)):
            yield file


def _code_in(opened: Opened, file: File, *, is_opened: bool) -> _Code | None:
    """Return what code a file of assets is or holds; an archive of data holds none."""
    archive = opened.package.parts[file.part].archive
    head = b"" if file.entry is None else archive.head(file.entry, HEAD)
    if head.startswith(_ELF):
        return _Code("elf")
    if not head.startswith(_ZIP):
        return _Code("dex" if DEX_HEAD.fullmatch(head) else "optimised dex")
    inner = _opened_archive(opened, file) if is_opened else None
    if inner is None:
        return _Code("archive", Confidence.LOW)
    names = [name for name in inner.entries if _CODE.fullmatch(name)]
    if "AndroidManifest.xml" in names:
        return _Code("apk")
    return _Code(names[0].rpartition(".")[2]) if names else None


def _opened_archive(opened: Opened, file: File) -> Archive | None:
    content = opened.content(file)
    try:
        return None if content is None else Archive(content)
    except (NotAPackageError, PackageLimitError):
        return None


def _not_loaded(opened: Opened) -> Iterator[Observation]:
    for file in opened.package.dex_not_loaded:
        name = file.name.rpartition("!")[2].rpartition("/")[2]
        what = BlindSpot.DEX_AFTER_GAP if _NUMBERED.fullmatch(name) else BlindSpot.HIDDEN_CODE
        yield _spot(what, file.name, kind="dex")


def _libraries(opened: Opened) -> Iterator[Observation]:
    """Yield each library once, at the first instruction set that it is there for."""
    found: dict[str, list[File]] = {}
    for file in opened.package.native_libraries:
        found.setdefault(file.name.rpartition("/")[2], []).append(file)
    for name, files in found.items():
        claim = opened.knowledge.sdks.by_library(name)
        known = claim is not None and not claim.weak
        owner = owner_of(claim, opened.owners.present) if claim and known else _NATIVE_OWNER
        sets = sorted({file.name.split("/")[-2] for file in files})
        yield remark(
            Subject.BLIND_SPOT,
            BlindSpot.NATIVE_LIBRARY,
            Place(file=files[0].name),
            {"abis": ", ".join(sets), "library": name, "size": str(files[0].size)},
            owner=owner,
        )


def _spot(
    what: BlindSpot, file: str, confidence: Confidence = Confidence.HIGH, **details: str
) -> Observation:
    return remark(Subject.BLIND_SPOT, what, Place(file=file), details, confidence=confidence)
