"""Addresses without encryption that code opens (`http:` and the like; RFC 9110 section 4.2.1).

Only what reaches a call that opens it counts: a name of an XML space, or an address in a sentence,
is never opened. Nor do addresses of the machine itself and of private networks count.
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.information import caused_by
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.opened_addresses import opened_addresses
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Observer,
    Subject,
    observation_id,
)
from chengnuo.domain.observation.seen import SettingSeen

CLEAR_SCHEMES = frozenset({"http", "ws", "ftp", "mqtt", "rtmp", "rtsp"})


def clear_text(opened: Opened) -> Iterator[Observation]:
    """Yield the addresses without encryption that code opens, by call and place."""
    followed, owners = opened.followed, opened.owners
    what = SettingSeen.CLEAR_TEXT_ADDRESS.value
    seen: set[tuple[int, int, str]] = set()
    for one in opened_addresses(followed):
        key = (one.site.defined, one.site.pc, one.address.host)
        if one.address.scheme not in CLEAR_SCHEMES or key in seen:
            continue
        seen.add(key)
        place, path = followed.place(one.site), followed.path(one.site)
        owner = owners.of(place.class_name)
        details = {
            "calls": one.calls,
            "host": one.address.host,
            "scheme": one.address.scheme,
        }
        yield Observation(
            id=observation_id(Observer.PACKAGE, Subject.SETTING, what, place, one.address.host),
            observer=Observer.PACKAGE,
            subject=Subject.SETTING,
            what=what,
            owner=owner,
            caused_by=caused_by(path, owners, owner),
            moment=followed.moment(one.site),
            place=place,
            path=path,
            confidence=Confidence.HIGH,
            details=tuple(sorted(details.items())),
        )
