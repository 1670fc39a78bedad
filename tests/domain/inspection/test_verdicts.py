"""What code can read, when, whose it is: the sample packages against a careful reader's answers.

Sites that a static reader may honestly miss (`hard`) are not held one by one; all of them count
in the rates.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import pytest
from tests.domain.inspection.package_kit import in_order, opened
from tests.packages import kit

from chengnuo.domain.inspection.information import information
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, Owner, OwnerKind

Found: TypeAlias = dict[tuple[str, str, str], list[Observation]]
Observed: TypeAlias = Callable[[str], Found]

_APPS = ("apk", "apks", "xapk", "aab")
_NAMES = tuple(name for name in kit.names() if kit.recipe(name).kind in _APPS)
_KEPT_CLASS = "a class kept in a field is not followed into `newInstance`"
_ANY_HANDLER = "which handlers a map has under a key is not told"
_HELD_TOGETHER = "what a collection holds is not told apart from what others hold"
_TOO_LONG = "following the objects of a chain goes beyond its bound in the last layer"
_GIVEN_FLAG = "a flag given to a factory does not decide what it returns"
_BRIDGE = "a page is not followed into the methods of a bridge"
_MERGED = "a number given to a constructor does not decide a `switch`"
_NOT_YET = {
    ("fresh-bus", "AgreeHandler", "on", "TelephonyManager.getDeviceId"): _ANY_HANDLER,
    ("fresh-js-bridge", "PageBridge", "deviceId", "Settings$Secure.getString"): _BRIDGE,
    ("fresh-js-bridge", "AccountBridge", "phoneId", "TelephonyManager.getDeviceId"): _BRIDGE,
    ("fresh-lambdas", "Ids", "sim", "TelephonyManager.getSubscriberId"): _MERGED,
    ("fresh-rx", "Ids", "list", "PackageManager.getInstalledPackages"): _TOO_LONG,
    ("later-commands", "Third", "perform", "TelephonyManager.getDeviceId"): _HELD_TOGETHER,
    ("later-results", "WholeWork", "take", "TelephonyManager.getDeviceId"): _GIVEN_FLAG,
    ("usual-workers", "UploadWorker", "doWork", "Settings$Secure.getString"): _KEPT_CLASS,
    ("usual-workers", "ContactWorker", "doWork", "TelephonyManager.getDeviceId"): _KEPT_CLASS,
    ("usual-workers", "SyncWorker", "doWork", "TelephonyManager.getSubscriberId"): _KEPT_CLASS,
}
"""Sites on which the answer still differs, by package, class, method and call, with the reason."""


def _owner(owner: Owner) -> str:
    return owner.kind.value if owner.kind is not OwnerKind.SDK else owner.id


@pytest.fixture(scope="module")
def observed(knowledge: Knowledge) -> Observed:
    """Return what was seen in a package by class, method and call; looked at once."""

    @cache
    def of(name: str) -> Found:
        found: Found = {}
        for one in in_order(information(opened(kit.built(name), knowledge))):
            key = (one.place.class_name, one.place.method.partition("(")[0], one.detail("calls"))
            found.setdefault(key, []).append(one)
        return found

    return of


def _short(name: str, site: kit.Site) -> tuple[str, str, str, str]:
    call = ".".join(site.calls.split(".")[-2:])
    return (name, site.class_name.rpartition(".")[2], site.method, call)


def _differences(name: str, found: Found) -> list[str]:
    wrong = []
    for site in kit.expected(name).sites:
        if site.hard or not site.category or "reflect.Method.invoke" in site.calls:
            continue
        fits = [
            one
            for one in found.get(site.key, ())
            if one.moment in {site.moment, *site.tolerated}
            and site.category in one.categories
            and site.owner in {_owner(one.owner), *one.owner.also}
            and _owner(one.caused_by) == site.caused_by
        ]
        if bool(fits) is (_short(name, site) in _NOT_YET):
            seen = [(one.moment.value, _owner(one.owner)) for one in found.get(site.key, ())]
            wrong.append(f"{site.key}: {site.moment.value} expected, seen {seen}")
    return wrong


@pytest.mark.parametrize("name", _NAMES)
def test_what_code_can_read_is_told_as_a_careful_reader_does(name: str, observed: Observed) -> None:
    assert _differences(name, observed(name)) == []


def test_before_consent_is_told_surely(observed: Observed) -> None:
    right, told, due = 0, 0, 0
    for name in _NAMES:
        found = observed(name)
        for site in kit.expected(name).sites:
            if not site.category:
                continue
            is_told = any(one.moment.is_before_consent for one in found.get(site.key, ()))
            is_due = site.moment.is_before_consent
            may_be = is_due or any(one.is_before_consent for one in site.tolerated)
            right += is_told and may_be
            told += is_told
            due += is_due and Moment.UNREACHABLE not in site.tolerated
    assert right / told >= 0.95
    assert right / due >= 0.9
