"""How an observer notes what it saw in the manifest, in a file, or in code.

Which way an observation of a place in code is made, is here alone: owner, cause, moment and path
are those of the place. A line of the manifest is shown and is no part of the id: it moves with
every edit above it.
"""

from collections.abc import Mapping
from dataclasses import replace

from chengnuo.domain.inspection.information import caused_by
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    Observer,
    Owner,
    Place,
    Subject,
    observation_id,
)
from chengnuo.engines.program.sites import Site

MANIFEST = "AndroidManifest.xml"


def manifest_place(opened: Opened, line: int = 0) -> Place:
    """Return the manifest as a place."""
    file = opened.package.manifest
    return Place(file=MANIFEST if file is None else file.name, line=line)


def remark(  # noqa: PLR0913 (the parts of an observation)
    subject: Subject,
    what: str,
    place: Place,
    details: Mapping[str, str],
    *,
    owner: Owner = OWN,
    moment: Moment = Moment.UNKNOWN,
    permissions: tuple[str, ...] = (),
    confidence: Confidence = Confidence.HIGH,
    key: str = "",
) -> Observation:
    """Return an observation of something that is no call.

    Args:
        subject: What it is about.
        what: Which one.
        place: Where; its line is no part of the id.
        details: More facts; those without a value are left out.
        owner: Whose it is, and whose doing.
        moment: When it counts.
        permissions: Permissions that it has to do with.
        confidence: How surely.
        key: What tells it from another one at the same place.

    """
    return Observation(
        id=observation_id(Observer.PACKAGE, subject, what, replace(place, line=0), key),
        observer=Observer.PACKAGE,
        subject=subject,
        what=str(what),
        owner=owner,
        caused_by=owner,
        permissions=permissions,
        moment=moment,
        place=place,
        confidence=confidence,
        details=_sorted(details),
    )


def remark_at(  # noqa: PLR0913 (the parts of an observation)
    opened: Opened,
    site: Site,
    subject: Subject,
    what: str,
    details: Mapping[str, str],
    *,
    permissions: tuple[str, ...] = (),
    confidence: Confidence = Confidence.HIGH,
    key: str = "",
) -> Observation:
    """Return an observation of a place in code.

    Args:
        opened: The package.
        site: The place.
        subject: What it is about.
        what: Which one.
        details: More facts; those without a value are left out.
        permissions: Permissions that it has to do with.
        confidence: How surely.
        key: What tells it from another one at the same place.

    """
    place, path = opened.followed.place(site), opened.followed.path(site)
    owner = opened.owners.of(place.class_name)
    return Observation(
        id=observation_id(Observer.PACKAGE, subject, what, place, key),
        observer=Observer.PACKAGE,
        subject=subject,
        what=str(what),
        owner=owner,
        caused_by=caused_by(path, opened.owners, owner),
        permissions=permissions,
        moment=opened.followed.moment(site),
        place=place,
        path=path,
        confidence=confidence,
        details=_sorted(details),
    )


def _sorted(details: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, details[name]) for name in sorted(details) if details[name])
