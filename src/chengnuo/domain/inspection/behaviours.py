"""Acts of code that a person in charge of protection wants to read of, beside reading information.

Which acts these are is chosen here: those that reach beyond the app, or that the individual would
not expect. Writing files, logging, sending and the like are what every program does, and are left
out; starting by itself, loading code and opening a bridge to web pages have observers of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.code_texts import in_system
from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.observation.api_catalogue import Api
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Confidence, Observation, OwnerKind, Subject
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.program import rows_of
from chengnuo.engines.program.sites import Site, argument, calls, references
from chengnuo.engines.program.values import Kind, texts_of

TOLD = frozenset(
    {
        Behaviour.ANTI_DEBUG,
        Behaviour.CLIPBOARD_LISTEN,
        Behaviour.DEVICE_ADMIN,
        Behaviour.HIDE_ICON,
        Behaviour.INSTALL_APP,
        Behaviour.KILL_OTHER_APP,
        Behaviour.OVERLAY,
        Behaviour.PHONE_CALL,
        Behaviour.RECORD_LISTEN,
        Behaviour.REQUEST_PERMISSION,
        Behaviour.SCREENSHOT,
        Behaviour.SCREENSHOT_LISTEN,
        Behaviour.SHELL_EXEC,
        Behaviour.SIMULATE_INPUT,
        Behaviour.SMS,
        Behaviour.VPN,
    }
)
"""The acts that are told wherever code does them."""
_OVERLAYS = frozenset({2002, 2003, 2005, 2006, 2007, 2010, 2038})
"""Types of windows that stand over other apps (`WindowManager.LayoutParams`)."""
_SENDS = "send"
_DISABLED, _DISABLED_BY_PERSON = 2, 3
"""States of a part (`PackageManager.COMPONENT_ENABLED_STATE_DISABLED` and the like)."""
_INSTALLS = (
    "android.intent.action.DELETE",
    "android.intent.action.INSTALL_PACKAGE",
    "android.intent.action.UNINSTALL_PACKAGE",
    "application/vnd.android.package-archive",
)
"""Strings by which code asks the system to install or remove an app."""
_SYSTEM_APPS = re.compile(
    r"(?:android|com\.android|com\.google\.android|com\.miui|com\.coloros|com\.oplus|com\.iqoo"
    r"|com\.samsung\.android|com\.zui|com\.yulong|com\.gionee)(?:\..*)?"
    r"|.*(?:safe|systemmanager|permissionmanager|securitycenter|mobilemanager|sonymobile).*"
)
"""Packages of the system and of the makers' tools: opening a setting there starts no other app."""
_UNSEEN = (b"startService", b"startForegroundService", b"bindService", b"sendBroadcast")
"""Calls that wake another app without showing it."""
_NAMES_APP = (
    ("Landroid/content/Intent;", "setClassName", "(Ljava/lang/String;Ljava/lang/String;)"),
    ("Landroid/content/Intent;", "setPackage", "(Ljava/lang/String;)"),
    ("Landroid/content/ComponentName;", "<init>", "(Ljava/lang/String;Ljava/lang/String;)"),
    ("Landroid/content/pm/PackageManager;", "getLaunchIntentForPackage", "(Ljava/lang/String;)"),
)
"""Calls whose first parameter is the package of the app that an intent is for."""


@dataclass(frozen=True, slots=True)
class _Act:
    """A place at which code does something.

    Attributes:
        behaviour: What it does.
        site: The place.
        calls: The call, as people write it.
        confidence: How surely it is that.
        by: The other app that it is about, where that is told.

    """

    behaviour: Behaviour
    site: Site
    calls: str
    confidence: Confidence = Confidence.HIGH
    by: str = ""


def behaviours(opened: Opened) -> Iterator[Observation]:
    """Yield acts that matter, each method and act once, in the order of the catalogue."""
    told: set[tuple[int, Behaviour]] = set()
    for one in (*_acts(opened), *_installs(opened), *_other_apps(opened)):
        key = (one.site.defined, one.behaviour)
        if key in told or not _matters(opened, one):
            continue
        told.add(key)
        yield remark_at(
            opened,
            one.site,
            Subject.BEHAVIOUR,
            one.behaviour,
            {"argument": one.by, "calls": one.calls},
            confidence=one.confidence,
        )


def _matters(opened: Opened, one: _Act) -> bool:
    """Tell whether an act is worth reading: what no way leads to in a library is not.

    What the system's companion libraries do, they do for code that is told by itself.
    """
    if in_system(opened, one.site.defined):
        return False
    class_name, _ = opened.followed.named(one.site.defined)
    if opened.owners.of(class_name).kind is not OwnerKind.LIBRARY:
        return True
    return opened.followed.moment(one.site) is not Moment.UNREACHABLE


def _acts(opened: Opened) -> Iterator[_Act]:
    for api in opened.knowledge.apis.apis.values():
        if api.behaviour in TOLD and not api.is_field and api.member:
            for site in _sites(opened, api):
                confidence = _surely(opened, api, site)
                if confidence is not None:
                    called = f"{dotted(api.class_name)}.{api.member}"
                    yield _Act(api.behaviour, site, called, confidence)


def _sites(opened: Opened, api: Api) -> Iterator[Site]:
    hierarchy = opened.followed.hierarchy
    below = api.subclasses or api.behaviour is Behaviour.REQUEST_PERMISSION
    for reference in references(hierarchy, api.class_name, api.member, api.proto, below=below):
        yield from calls(hierarchy.program, reference)


def _surely(opened: Opened, api: Api, site: Site) -> Confidence | None:
    """Return how surely a call is the act of its row; None if it is plainly none."""
    match api.behaviour:
        case Behaviour.SMS:
            return Confidence.HIGH if api.member.startswith(_SENDS) else None
        case Behaviour.OVERLAY:
            return _overlay(opened, api, site)
        case Behaviour.HIDE_ICON:
            return _hides(opened, site)
        case Behaviour.REQUEST_PERMISSION:
            asks = "RequestPermission" in api.class_name or "RequestMultiple" in api.class_name
            return Confidence.HIGH if asks or api.member.startswith("request") else None
        case _:
            return Confidence.HIGH


def _overlay(opened: Opened, api: Api, site: Site) -> Confidence | None:
    """Tell a window over other apps by the number of its type, which the same method names."""
    if api.member != "addView":
        return None
    code = opened.followed.answers.codes.of(site.defined)
    if code is None:
        return None
    numbers = {one.literal for one in code.body.instructions}
    return None if numbers.isdisjoint(_OVERLAYS) else Confidence.HIGH


def _hides(opened: Opened, site: Site) -> Confidence | None:
    """Tell whether a part is switched off: libraries of work switch their own on and off."""
    states = argument(opened.followed.answers, site, 1)
    numbers = {one.number for one in states if one.kind is Kind.NUMBER}
    if numbers and numbers.isdisjoint({_DISABLED, _DISABLED_BY_PERSON}):
        return None
    class_name, _ = opened.followed.named(site.defined)
    is_own = opened.owners.of(class_name).kind is OwnerKind.OWN
    return Confidence.MEDIUM if numbers and is_own else Confidence.LOW


def _installs(opened: Opened) -> Iterator[_Act]:
    """Yield places that name the kind of file, or the act, by which another app is installed."""
    program = opened.followed.program
    records = program.strings_used
    for unit, part in zip(program.units, program.parts, strict=True):
        for text in _INSTALLS:
            if (wanted := bytes_of(text)) in unit.strings:
                string = part.strings + list(unit.strings).index(wanted)
                for row in (records.what == string).nonzero()[0].tolist():
                    site = Site(int(records.caller[row]), int(records.pc[row]), -1)
                    yield _Act(Behaviour.INSTALL_APP, site, "", Confidence.MEDIUM, by=text)


def _other_apps(opened: Opened) -> Iterator[_Act]:
    """Yield intents that name another app by a constant: it is started, or told something."""
    followed = opened.followed
    own = "" if opened.manifest is None else opened.manifest.package
    for class_name, member, proto in _NAMES_APP:
        for reference in references(followed.hierarchy, class_name, member):
            if not followed.program.proto_of(reference).startswith(proto.encode()):
                continue
            for site in calls(followed.program, reference):
                named = texts_of(argument(followed.answers, site, 0))
                other = [one for one in named if _is_other(one, own)]
                if other:
                    called = f"{dotted(class_name)}.{member}"
                    sure = Confidence.MEDIUM if _wakes(opened, site) else Confidence.LOW
                    yield _Act(Behaviour.ASSOCIATED_START, site, called, sure, by=other[0])


def _wakes(opened: Opened, site: Site) -> bool:
    """Tell whether a method also makes a call that wakes an app unseen."""
    program = opened.followed.program
    called = program.invocations.method[rows_of(program.invocations, site.defined)].tolist()
    return any(one >= 0 and program.name_of(one) in _UNSEEN for one in called)


def _is_other(name: str, own: str) -> bool:
    return "." in name and name != own and _SYSTEM_APPS.fullmatch(name) is None
