"""Packed apps: the package shows a stub, and its own code is not there in the open.

Two tests. By name: the Application class, the classes and the files of a packer of the catalogue;
a kit of security alone hides nothing, and a common name counts only beside another. Without names:
what the manifest says the system shall start is in no DEX file, or is there as native methods. A
large file without any pattern beside it makes that surer.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2

from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import manifest_place, remark
from chengnuo.domain.observation.observation import Confidence, Observation, Subject
from chengnuo.domain.observation.packer_catalogue import PackerClaim
from chengnuo.domain.observation.seen import BlindSpot
from chengnuo.engines.archive.package import File
from chengnuo.engines.archive.role import Role
from chengnuo.engines.program.program import NATIVE

FEW_CLASSES = 200
LARGE_FILE = 16 * 1024
HIGH_ENTROPY = 7.5
"""Bits a byte: code and text stay below, what is encrypted or compressed comes near 8."""
_SAMPLE = 64 * 1024
_PLAIN = ("res/", "kotlin/")
_FIRST_METHODS = ("attachBaseContext", "onCreate")
_PLATFORM = ("android.", "com.android.internal.")
_MOST_NAMED = 6
_COMPRESSED = frozenset(
    {"7z", "aac", "br", "gif", "gz", "heic", "jpeg", "jpg", "m4a", "mp3", "mp4", "ogg", "opus"}
    | {"otf", "png", "pag", "so", "ttf", "wasm", "webm", "webp", "woff", "woff2", "xz", "zip"}
)
"""Endings of what is compressed as a rule, so that its entropy says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """How an app is packed.

    Attributes:
        packers: Names of the packers that its signs may be of, the likeliest first; empty where
            none is known.
        signs: What tells it.
        confidence: How surely.

    """

    packers: tuple[str, ...]
    signs: tuple[str, ...]
    confidence: Confidence


def packing(opened: Opened) -> Iterator[Observation]:
    """Yield that an app is packed, if it is."""
    found = packing_of(opened)
    if found is not None:
        yield remark(
            Subject.BLIND_SPOT,
            BlindSpot.PACKED,
            manifest_place(opened),
            {"packer": ", ".join(found.packers), "signs": ", ".join(found.signs[:_MOST_NAMED])},
            confidence=found.confidence,
        )


def is_packed(opened: Opened) -> bool:
    """Tell whether an app is packed, so that what its code does not show says nothing."""
    return packing_of(opened) is not None


def packing_of(opened: Opened) -> Packing | None:
    """Return how an app is packed, None if nothing tells that it is."""
    if opened.manifest is None or not opened.kind.is_app:
        return None
    classes = _classes(opened)
    named, weak = _named(opened, classes)
    missing = tuple(_missing(opened, classes))
    native = tuple(_native(opened))
    if not named and not missing and not native:
        return None
    shape = (*missing, *native)
    packers = _names(opened, {**named, **weak} if shape or named else named)
    signs = tuple(dict.fromkeys((*named, *(weak if shape else ()), *shape)))
    if named and shape:
        return Packing(packers=packers, signs=signs, confidence=Confidence.HIGH)
    if not shape:
        sure = Confidence.HIGH if len(named) > 1 else Confidence.MEDIUM
        return Packing(packers=packers, signs=signs, confidence=sure)
    dense = tuple(_dense(opened)) if len(classes) < FEW_CLASSES else ()
    unread = any(one.where.endswith(".dex") or ".dex:" in one.where for one in opened.unread)
    confidence = Confidence.LOW if unread and not dense else Confidence.MEDIUM
    if dense or weak:
        confidence = Confidence.HIGH
    return Packing(packers=packers, signs=(*signs, *dense), confidence=confidence)


def _classes(opened: Opened) -> frozenset[bytes]:
    program = opened.followed.program
    return frozenset(program.types[one] for one in program.class_type.tolist())


def _named(
    opened: Opened, classes: frozenset[bytes]
) -> tuple[dict[str, PackerClaim], dict[str, PackerClaim]]:
    """Return the names of packers that hide code, and the common ones among them."""
    known, manifest = opened.knowledge.packers, opened.manifest
    claims: list[tuple[str, PackerClaim | None]] = []
    if manifest is not None:
        claims.append((manifest.application, known.by_application(manifest.application)))
    paths = (_path(one) for one in opened.package.files if one.role is not Role.MANIFEST)
    claims += [(one, known.by_file(one)) for one in paths if not one.startswith(_PLAIN)]
    packages = sorted({one.rpartition(b"/")[0].removeprefix(b"L") + b"/" for one in classes})
    for name, of_prefix in known.prefixes.items():
        prefix = name.replace(".", "/").encode() + b"/"
        at = bisect_left(packages, prefix)
        if at < len(packages) and packages[at].startswith(prefix):
            claims.append((name, of_prefix))
    strong: dict[str, PackerClaim] = {}
    weak: dict[str, PackerClaim] = {}
    for name, claim in claims:
        if claim is not None and any(known.packers[one].hides_code for one in claim.packers):
            (weak if claim.weak else strong).setdefault(name, claim)
    return strong, weak


def _path(file: File) -> str:
    return file.name if file.entry is None else file.entry.name


def _names(opened: Opened, claims: Mapping[str, PackerClaim]) -> tuple[str, ...]:
    """Return the packers of some names, those with the most first."""
    counted = Counter(one for claim in claims.values() for one in claim.packers)
    known = opened.knowledge.packers.packers
    order = sorted(counted, key=lambda one: (-counted[one], one))
    return tuple(str(known[one].id) for one in order if known[one].hides_code)


def _missing(opened: Opened, classes: frozenset[bytes]) -> Iterator[str]:
    """Yield the classes that the start needs and no code defines.

    Without them the app does not start. Other parts are often left behind in the manifest by kits
    that were taken out.
    """
    manifest = opened.manifest
    if manifest is None:
        return
    if manifest.application and _is_absent(manifest.application, classes):
        yield manifest.application
    yield from (one for one in manifest.launchers() if _is_absent(one, classes))


def _is_absent(name: str, classes: frozenset[bytes]) -> bool:
    written = f"L{name.replace('.', '/')};".encode()
    return written not in classes and not name.startswith(_PLATFORM)


def _native(opened: Opened) -> Iterator[str]:
    """Yield the first methods of parts of the app that are native: a machine of its own runs them.

    Written so by hand they are unknown: the system calls them to get ordinary code going.
    """
    manifest, program = opened.manifest, opened.followed.program
    if manifest is None:
        return
    for name in dict.fromkeys((manifest.application, *(one.name for one in manifest.components))):
        type_id = program.type_id(f"L{name.replace('.', '/')};") if name else -1
        for first in _FIRST_METHODS if type_id >= 0 else ():
            for method in program.methods_named(first.encode(), type_id=type_id).tolist():
                defined = int(program.definition[method])
                if defined >= 0 and int(program.defined_access[defined]) & NATIVE:
                    yield f"{name}.{first}"


def _dense(opened: Opened) -> Iterator[str]:
    """Yield the large files in which no pattern is."""
    for file in opened.package.files:
        ending = file.name.rpartition(".")[2].lower()
        if file.role not in _HIDING or file.size < LARGE_FILE or ending in _COMPRESSED:
            continue
        archive = opened.package.parts[file.part].archive
        head = b"" if file.entry is None else archive.head(file.entry, _SAMPLE)
        if entropy(head) > HIGH_ENTROPY:
            yield file.name


_HIDING = frozenset({Role.ASSET, Role.OTHER, Role.DEX, Role.NESTED})


def entropy(data: bytes) -> float:
    """Return the entropy of bytes in bits a byte, from 0 to 8."""
    size = len(data)
    counts = Counter(data).values()
    return -sum(count / size * log2(count / size) for count in counts) if size else 0.0
