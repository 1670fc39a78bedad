"""An inspection of one package: opened, looked at by every observer, told as one value.

Pure: the same bytes, knowledge and limits give the same value. The one thing from outside is the
question whether time is over; what was not done for it is named, and nothing is guessed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from chengnuo.domain.inspection.behaviours import behaviours
from chengnuo.domain.inspection.blind_spots import blind_spots
from chengnuo.domain.inspection.bridges import bridges
from chengnuo.domain.inspection.capture import capture
from chengnuo.domain.inspection.clear_text import clear_text
from chengnuo.domain.inspection.faces import faces
from chengnuo.domain.inspection.gates import gated, gates
from chengnuo.domain.inspection.hosts import hosts
from chengnuo.domain.inspection.information import information
from chengnuo.domain.inspection.kits import Kits, kits
from chengnuo.domain.inspection.opened import Opened, open_package
from chengnuo.domain.inspection.packing import packing
from chengnuo.domain.inspection.parts import exported_parts
from chengnuo.domain.inspection.permissions_seen import permissions
from chengnuo.domain.inspection.screens import screens
from chengnuo.domain.inspection.settings import settings
from chengnuo.domain.inspection.shells import shells
from chengnuo.domain.inspection.signing import signing
from chengnuo.domain.inspection.stage import Stage
from chengnuo.domain.inspection.trust import trust
from chengnuo.domain.inspection.unseen_calls import unseen_calls
from chengnuo.domain.inspection.wakes import wakes
from chengnuo.domain.observation.inspection import Inspection, PackageFacts
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Observation
from chengnuo.engines.archive.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Observing:
    """One observer.

    Attributes:
        name: What it looks for; stands in `not_finished` where time was over before it.
        look: Yields what it sees, in any order.

    """

    name: str
    look: Callable[[Opened], Iterable[Observation]]


OBSERVERS: tuple[Observing, ...] = (
    Observing("information", information),
    Observing("settings", settings),
    Observing("signing", signing),
    Observing("permissions", permissions),
    Observing("exported parts", exported_parts),
    Observing("wakes", wakes),
    Observing("packing", packing),
    Observing("files", blind_spots),
    Observing("unseen calls", unseen_calls),
    Observing("shells", shells),
    Observing("bridges", bridges),
    Observing("hosts", hosts),
    Observing("clear text", clear_text),
    Observing("trust", trust),
    Observing("screens", screens),
    Observing("capture", capture),
    Observing("behaviours", behaviours),
    Observing("faces", faces),
    Observing("gates", gates),
)
"""Every observer of packages, in the order in which they look."""
KITS = "kits"
"""Stands in `not_finished` where time was over before the kits were looked at; they come last."""


def inspect(  # noqa: PLR0913 (a package, what it is looked at with, and its bounds)
    buffer: memoryview | bytes,
    knowledge: Knowledge,
    *,
    sha256: str,
    limits: Limits = DEFAULT_LIMITS,
    tell: Callable[[Stage], None] = lambda _: None,
    is_over: Callable[[], bool] = lambda: False,
) -> Inspection:
    """Inspect a package.

    Args:
        buffer: The file.
        knowledge: What it is looked at with.
        sha256: SHA-256 of the file, 64 hex digits.
        limits: What is accepted of it.
        tell: Called with each stage as it begins.
        is_over: Asked between observers; those left when it says yes are named as not finished.

    Raises:
        NotAPackageError: It is no package.
        PackageLimitError: It asks for more than is accepted.

    """
    opened = open_package(buffer, knowledge, tell, limits)
    tell(Stage.OBSERVE)
    found: dict[str, Observation] = {}
    left: list[str] = []
    for one in OBSERVERS:
        if is_over():
            left.append(one.name)
        else:
            found.update((seen.id, seen) for seen in one.look(opened))
    found = {seen.id: seen for seen in gated(opened, found.values())}
    there = Kits((), ())
    if is_over():
        left.append(KITS)
    else:
        there = kits(opened, found.values())
        found.update((seen.id, seen) for seen in there.observations)
    observations = tuple(sorted(found.values(), key=lambda seen: seen.order))
    return Inspection(
        package=facts_of(opened, sha256=sha256, size=len(buffer)),
        observations=observations,
        sdks=there.sdks,
        unread=opened.unread,
        not_finished=tuple(left),
        knowledge=str(knowledge.version),
    )


def facts_of(opened: Opened, *, sha256: str, size: int) -> PackageFacts:
    """Return what a package says of itself."""
    signers = (one.certificate_sha256 for part in opened.package.parts for one in part.signatures)
    manifest = opened.manifest
    methods = sum(int(unit.defined_has_code.sum()) for unit in opened.units)
    facts = PackageFacts(
        kind=opened.kind,
        sha256=sha256,
        size=size,
        signers=tuple(dict.fromkeys(signers)),
        files=len(opened.package.files),
        methods=methods,
    )
    if manifest is None:
        return facts
    return replace(
        facts,
        app_id=manifest.package,
        version_name=manifest.version_name,
        version_code=manifest.version_code,
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        launchers=manifest.launchers(),
    )
