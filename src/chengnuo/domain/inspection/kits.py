"""The kits in a package: what tells each, how much of it is there, when it runs, what it reads.

Which kits are there is told with the owners of the code (`owning`); here each is looked at.
"""

from collections.abc import Iterable
from typing import NamedTuple

from chengnuo.domain.inspection.information import caused_by
from chengnuo.domain.inspection.kit_presence import Standing, standing
from chengnuo.domain.inspection.kit_signs import Sort, Told
from chengnuo.domain.inspection.kit_version import version_of
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.owning import class_names
from chengnuo.domain.observation.inspection import SdkSeen
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    Observer,
    OwnerKind,
    Place,
    Subject,
    observation_id,
)

_MOST_SIGNS = 12
"""Signs that are shown of one kit; the surest come first."""
_SURE = frozenset({Sort.PACKAGE, Sort.COMPONENT, Sort.LIBRARY, Sort.NATIVE})


class Kits(NamedTuple):
    """The kits in a package.

    Attributes:
        sdks: Each of them, by id.
        observations: One of each, in the same order.

    """

    sdks: tuple[SdkSeen, ...]
    observations: tuple[Observation, ...]


def kits(opened: Opened, observations: Iterable[Observation]) -> Kits:
    """Return the kits in a package.

    Args:
        opened: The package.
        observations: What was seen in it; those of information tell what a kit reads.

    """
    reads: dict[str, list[str]] = {}
    for one in observations:
        if one.subject is Subject.INFORMATION and one.owner.kind is OwnerKind.SDK:
            reads.setdefault(one.owner.id, []).append(one.id)
    classes: dict[str, list[int]] = {}
    own: set[int] = set()
    for number, name in enumerate(class_names(opened.followed.program)):
        owner = opened.owners.of(name)
        if owner.kind is OwnerKind.SDK:
            classes.setdefault(owner.id, []).append(number)
        elif owner == OWN:
            own.add(number)
    seen: list[SdkSeen] = []
    shown: list[Observation] = []
    for told in opened.kits:
        of = classes.get(told.owner.id, [])
        stands = standing(opened.followed, of, frozenset(own))
        sdk = SdkSeen(
            owner=told.owner,
            presence=stands.presence,
            version=version_of(opened, told, of),
            signs=tuple(dict.fromkeys(one.text for one in told.signs))[:_MOST_SIGNS],
            reads=tuple(sorted(reads.get(told.owner.id, ()))),
            moment=stands.moment,
        )
        seen.append(sdk)
        shown.append(_observation(opened, told, sdk, stands))
    return Kits(tuple(seen), tuple(shown))


def _observation(opened: Opened, told: Told, sdk: SdkSeen, stands: Standing) -> Observation:
    """Return the observation of a kit; its id stays when its code moves."""
    followed = opened.followed
    nowhere = Place(file="")
    path = followed.path(stands.first) if stands.first else ()
    details = {"presence": sdk.presence.value, "signs": ", ".join(sdk.signs)}
    if sdk.version:
        details["version"] = sdk.version
    sure = any(one.sort in _SURE and not one.claim.weak for one in told.signs)
    return Observation(
        id=observation_id(Observer.PACKAGE, Subject.SDK, sdk.owner.id, nowhere),
        observer=Observer.PACKAGE,
        subject=Subject.SDK,
        what=sdk.owner.id,
        owner=sdk.owner,
        caused_by=caused_by(path, opened.owners, sdk.owner),
        moment=sdk.moment,
        place=followed.place(stands.first) if stands.first else Place(file=told.signs[0].file),
        path=path,
        confidence=Confidence.HIGH if sure and not sdk.owner.also else Confidence.MEDIUM,
        details=tuple(sorted(details.items())),
    )
