"""For every rule about packages: an inspection in which it fires, and one in which it must not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.domain.finding.changing import Change, added, one
from tests.domain.finding.inspection_kit import (
    ADJUST,
    BAD_SEEN,
    CREATED,
    JPUSH,
    LIBRARY,
    NETWORKED,
    PROVIDED,
    SHOWN,
    UMENG,
    call,
    inspection,
    sdk,
    seen,
)

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_policy import Mention, Naming, PolicyLook
from chengnuo.domain.observation.inspection import Inspection, Presence, SdkSeen, Unread
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    Observer,
    Owner,
    OwnerKind,
    Place,
    Subject,
)
from chengnuo.domain.register.watching import Capture, CaptureMoment, Sensor
from chengnuo.law.ids import CategoryId

A = "android.permission."
MAPS = "recipient maps"
CRASHES = "recipient crashes"
ANDROIDX = Owner(kind=OwnerKind.LIBRARY, id="androidx.appcompat")
CODE = Place(file="classes.dex", class_name="com.tea.shop.Net", method="send()V", pc=4)
LAYOUT = Place(file="res/layout/login.xml", line=31)
ADS = (
    "ad-without-close",
    "ad-close-small",
    "ad-close-waits",
    "ad-jump-anywhere",
    "ad-shake-jump",
    "ad-close-unseen",
)
"""Rules about advertisements, each of which finds the sign of its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One inspection and what it is held against.

    Attributes:
        inspection: What was seen.
        changes: What is changed in the clean register.
        policy: What a policy names.
        alone: Whether it is held against no register.

    """

    inspection: Inspection
    changes: tuple[Change, ...] = ()
    policy: PolicyLook | None = None
    alone: bool = False


def saw(
    *observations: Observation,
    kits: tuple[SdkSeen, ...] = (),
    changes: tuple[Change, ...] = (),
    policy: PolicyLook | None = None,
    alone: bool = False,
) -> Case:
    """Return a case of some observations."""
    return Case(
        inspection=inspection(observations, kits), changes=changes, policy=policy, alone=alone
    )


def advert(what: str, confidence: Confidence = Confidence.HIGH) -> Observation:
    """Return a sign about an advertisement."""
    details = (("closes", "btn_close"), ("height", "16 dp"), ("sign", "广告"))
    return seen(Subject.SCREEN, what, place=LAYOUT, confidence=confidence, details=details)


def reading(
    category: str,
    moment: Moment = Moment.LATER,
    owner: Owner = OWN,
    confidence: Confidence = Confidence.HIGH,
    pc: int = 5,
) -> Observation:
    """Return a reading of a category, one call behind the start."""
    start = PROVIDED if owner == JPUSH else CREATED
    guards = (NETWORKED,) if moment is Moment.CONDITIONAL else ()
    return seen(
        Subject.INFORMATION,
        f"read {category}",
        categories=[category],
        owner=owner,
        moment=moment,
        path=(start, call("com.tea.shop.Reader", "read()V", pc, *guards)),
        confidence=confidence,
        details=(("calls", f"android.{category}.get"),),
    )


def setting(
    what: str,
    confidence: Confidence = Confidence.HIGH,
    details: tuple[tuple[str, str], ...] = (),
    place: Place | None = None,
) -> Observation:
    """Return what was seen of a setting."""
    return seen(Subject.SETTING, what, confidence=confidence, details=details, place=place)


def act(
    what: str,
    confidence: Confidence = Confidence.HIGH,
    details: tuple[tuple[str, str], ...] = (),
    moment: Moment = Moment.LATER,
) -> Observation:
    """Return what was seen of an act."""
    return seen(
        Subject.BEHAVIOUR,
        what,
        confidence=confidence,
        details=details,
        moment=moment,
        path=(SHOWN, call("com.tea.shop.Work", "go()V")),
    )


def asked(name: str, **details: str) -> Observation:
    """Return a permission that the manifest asks for."""
    return seen(Subject.PERMISSION, f"{A}{name}", details=tuple(sorted(details.items())))


def kit(
    owner: Owner,
    presence: Presence = Presence.CALLED,
    version: str = "",
) -> SdkSeen:
    """Return a kit in the package."""
    return sdk(owner, presence, Moment.LATER, version)


def text_naming(*mentions: tuple[Subject, str, Naming]) -> PolicyLook:
    """Return what a policy names."""
    return PolicyLook(
        file="policy.html",
        sha256="ab" * 32,
        characters=900,
        is_whole=True,
        links=(),
        mentions=tuple(
            Mention(subject=subject, what=what, naming=naming, word=what, line=1, column=1)
            for subject, what, naming in mentions
        ),
    )


def as_sdk(row: str, catalogue: str, *categories: str) -> tuple[Change, ...]:
    """Return the changes that make a recipient an SDK of the catalogue."""
    return (
        Change(row, "sdk.catalogue", catalogue),
        Change(row, "categories", added(*map(CategoryId, categories))),
    )


def spoken_to(
    host: str, *categories: str, moment: Moment = Moment.SEEN, schemes: str = "https"
) -> Observation:
    """Return a host that a run shows to have been spoken to."""
    details = (("schemes", schemes), ("use", "opened"))
    found = seen(
        Subject.HOST, host, categories=categories, moment=moment, details=details, place=CODE
    )
    return replace(found, observer=Observer.RUNTIME)


UMENG_LISTED = as_sdk(MAPS, "umeng-analytics", "PI-DEVICE-IMEI", "PI-DEVICE-AID")
NAMES_NOTHING = text_naming()
ABROAD = seen(Subject.HOST, "app.adjust.com", place=CODE, details=(("use", "opened"),))
NAMED_ABROAD = seen(Subject.HOST, "app.adjust.com", place=CODE, details=(("use", "named"),))
ALLOWED = (("calls", "MobSDK.submit"), ("gate", "mob"), ("gate-call", "allows"), ("sdk", "mob"))
FORBIDDEN = (("calls", "MobSDK.submit"), ("gate", "mob"), ("gate-call", "forbids"), ("sdk", "mob"))
NO_ALTERNATIVES = one("activity face-login", "face.alternatives", ())
NO_FACE = one("activity face-login", "face", None)
FACE_ONLY = act("face-without-other-way")
COVERT = act("covert-capture", details=(("kind", "microphone"),))
COVERT_DECLARED = one(
    "activity voice-search",
    "capture",
    added(
        Capture(
            sensor=Sensor.MICROPHONE,
            moment=CaptureMoment.BACKGROUND,
            indicator=Text("常驻通知", "A lasting notification"),
        )
    ),
)
NO_BACKGROUND = one("activity ride-along", "permissions.android", ())

BREAKING: Mapping[str, Case] = {
    "own-code-reads-before-consent": saw(reading("PI-DEVICE-IMEI", Moment.CERTAIN), alone=True),
    "own-code-may-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.CONDITIONAL), alone=True
    ),
    "sdk-reads-before-consent": saw(BAD_SEEN["imei"], alone=True),
    "sdk-may-read-before-consent": saw(BAD_SEEN["mac"], alone=True),
    "library-may-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.CONDITIONAL, LIBRARY), alone=True
    ),
    "support-library-may-read-before-consent": saw(
        reading("PI-LOC-PRECISE", Moment.CONDITIONAL, ANDROIDX), alone=True
    ),
    "permission-asked-before-consent": saw(
        act("request-permission", moment=Moment.CERTAIN), alone=True
    ),
    "device-traits-before-consent": saw(
        reading("PI-DEVICE-MODEL", Moment.CERTAIN, confidence=Confidence.LOW), alone=True
    ),
    "sdk-told-of-consent-too-early": saw(
        act("consent-gate", details=ALLOWED, moment=Moment.CERTAIN), alone=True
    ),
    "category-not-registered": saw(reading("PI-CONTACTS-BOOK")),
    "category-not-seen": saw(reading("PI-LOC-PRECISE")),
    "permission-not-registered": saw(asked("READ_CONTACTS")),
    "permission-registered-not-asked": saw(asked("CAMERA")),
    "permission-never-used": saw(asked("READ_SMS", unused="yes"), alone=True),
    "permission-purpose-not-told": saw(asked("CAMERA", asked="yes", untold="yes"), alone=True),
    "permission-purpose-unseen": saw(asked("CAMERA", untold="unseen"), alone=True),
    "package-name-differs": saw(),
    "sdk-not-listed": saw(kits=(kit(UMENG),)),
    "sdk-present-not-listed": saw(kits=(kit(UMENG, Presence.PRESENT),)),
    "sdk-listed-not-seen": saw(changes=UMENG_LISTED),
    "sdk-reads-more-than-registered": saw(
        reading("PI-DEVICE-MAC", owner=UMENG), changes=UMENG_LISTED
    ),
    "sdk-known-to-read-more": saw(
        kits=(kit(UMENG),), changes=one(MAPS, "sdk.catalogue", "umeng-analytics")
    ),
    "sdk-version-differs": saw(kits=(kit(UMENG, version="9.6.3"),), changes=UMENG_LISTED),
    "host-abroad-not-registered": saw(ABROAD),
    "host-abroad-named": saw(NAMED_ABROAD),
    "overseas-sdk-registered-as-domestic": saw(kits=(kit(ADJUST),), changes=as_sdk(MAPS, "adjust")),
    "beyond-necessary-at-start": saw(reading("PI-DEVICE-IMEI", Moment.CERTAIN)),
    "permission-beyond-app-type": saw(asked("READ_CALENDAR")),
    "consent-pre-ticked": saw(seen(Subject.SCREEN, "pre-ticked-consent", place=LAYOUT), alone=True),
    "refusal-leaves-app": saw(seen(Subject.SCREEN, "refusal-exits", place=CODE), alone=True),
    "rules-link-missing": saw(seen(Subject.SCREEN, "missing-rules-link"), alone=True),
    "screen-to-look-at": saw(
        seen(Subject.SCREEN, "pre-ticked-consent", confidence=Confidence.LOW), alone=True
    ),
    **{one: saw(advert(one), alone=True) for one in ADS},
    "hides-icon": saw(act("hide-icon"), alone=True),
    "act-worth-knowing": saw(act("overlay"), alone=True),
    "starts-by-itself": saw(act("self-start"), alone=True),
    "starts-other-apps": saw(act("associated-start"), alone=True),
    "keeps-running": saw(act("keep-alive"), alone=True),
    "background-location-not-registered": saw(act("background-location"), changes=NO_BACKGROUND),
    "background-location-possible": saw(act("background-location"), alone=True),
    "covert-capture-seen": saw(COVERT),
    "other-apps-read": saw(act("covert-capture", details=(("kind", "notifications"),))),
    "face-without-other-way": saw(FACE_ONLY, changes=NO_ALTERNATIVES),
    "face-other-way-not-found": saw(FACE_ONLY),
    "face-recognition-not-registered": saw(act("face-recognition"), changes=NO_FACE),
    "call-without-permission": saw(
        act("call-without-permission", details=(("calls", "TelephonyManager.getDeviceId"),)),
        alone=True,
    ),
    "clear-text-allowed": saw(setting("clear-text-traffic"), alone=True),
    "clear-text-address-used": saw(setting("clear-text-address", place=CODE), alone=True),
    "certificates-not-checked": saw(setting("trust-all-certificates", place=CODE), alone=True),
    "host-names-not-checked": saw(setting("trust-all-hosts", place=CODE), alone=True),
    "added-certificates-trusted": saw(setting("user-certificates"), alone=True),
    "package-debuggable": saw(setting("debuggable"), alone=True),
    "backup-with-sensitive-information": saw(
        setting("allow-backup"), reading("PI-LOC-PRECISE"), alone=True
    ),
    "backup-not-ruled-out": saw(
        setting("allow-backup", details=(("by", "default"),)),
        reading("PI-LOC-PRECISE"),
        alone=True,
    ),
    "component-exported": saw(
        seen(Subject.COMPONENT, "exported", details=(("kind", "service"),)), alone=True
    ),
    "target-sdk-old": saw(
        setting("target-sdk-old", details=(("missing", "30"), ("target", "28"))), alone=True
    ),
    "signature-v1-only": saw(setting("signature-v1-only"), alone=True),
    "package-packed": saw(seen(Subject.BLIND_SPOT, "packed"), alone=True),
    "package-damaged": Case(
        inspection=inspection((), unread=(Unread(where="classes.dex", why="too short"),)),
        alone=True,
    ),
    "inspection-not-finished": Case(
        inspection=inspection((), not_finished=("screens",)), alone=True
    ),
    "part-not-seen": saw(BAD_SEEN["reflection"], alone=True),
    "seen-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.SEEN_BEFORE_CONSENT, UMENG), alone=True
    ),
    "seen-sent-before-consent": saw(
        spoken_to("a.example", "PI-BASIC-PHONE", moment=Moment.SEEN_BEFORE_CONSENT), alone=True
    ),
    "seen-sent-not-registered": saw(spoken_to("a.example", "PI-BIO-GENE")),
    "seen-recipient-not-registered": saw(spoken_to("ulogs.umeng.com")),
    "seen-sent-in-clear-text": saw(
        spoken_to("a.example", "PI-BASIC-PHONE", schemes="http https"), alone=True
    ),
    "policy-lacks-sdk": saw(kits=(kit(UMENG),), policy=NAMES_NOTHING),
    "policy-names-company-only": saw(
        kits=(kit(UMENG),),
        policy=text_naming((Subject.SDK, "umeng-analytics", Naming.COMPANY_ONLY)),
    ),
    "policy-lacks-category": saw(reading("PI-DEVICE-IMEI"), policy=NAMES_NOTHING),
    "policy-lacks-permission": saw(asked("READ_SMS"), policy=NAMES_NOTHING),
    "policy-lacks-host-abroad": saw(ABROAD, policy=NAMES_NOTHING),
}
"""What each rule must be found in."""

_NAMED = Naming.NAMED
KEEPING: Mapping[str, Case] = {
    "own-code-reads-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.GUARDED),
        reading("PI-DEVICE-MODEL", Moment.CERTAIN, confidence=Confidence.LOW),
        BAD_SEEN["imei"],
        alone=True,
    ),
    "own-code-may-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.CERTAIN),
        reading("PI-DEVICE-IMEI", Moment.CONDITIONAL, pc=9),
        alone=True,
    ),
    "sdk-reads-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.AFTER_CONSENT_ACTION, UMENG), alone=True
    ),
    "sdk-may-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.GUARDED, UMENG), alone=True
    ),
    "library-may-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.CERTAIN, LIBRARY),
        reading("PI-DEVICE-AID", Moment.CONDITIONAL, ANDROIDX),
        alone=True,
    ),
    "support-library-may-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.CONDITIONAL, LIBRARY), alone=True
    ),
    "permission-asked-before-consent": saw(
        act("request-permission", moment=Moment.AFTER_CONSENT_ACTION), alone=True
    ),
    "device-traits-before-consent": saw(
        reading("PI-DEVICE-MODEL", Moment.LATER, confidence=Confidence.LOW), alone=True
    ),
    "sdk-told-of-consent-too-early": saw(
        act("consent-gate", details=ALLOWED, moment=Moment.GUARDED),
        act("consent-gate", details=FORBIDDEN, moment=Moment.CERTAIN),
        alone=True,
    ),
    "category-not-registered": saw(
        reading("PI-LOC-PRECISE"),
        reading("PI-CONTACTS-BOOK", Moment.UNREACHABLE),
        reading("PI-DEVICE-MAC", owner=UMENG),
        changes=UMENG_LISTED,
    ),
    "category-not-seen": saw(seen(Subject.BLIND_SPOT, "packed")),
    "permission-not-registered": saw(*map(asked, ("CAMERA", "INTERNET", "POST_NOTIFICATIONS"))),
    "permission-registered-not-asked": saw(
        *map(
            asked,
            (
                "CAMERA",
                "RECORD_AUDIO",
                "ACCESS_FINE_LOCATION",
                "ACCESS_COARSE_LOCATION",
                "ACCESS_BACKGROUND_LOCATION",
            ),
        )
    ),
    "permission-never-used": saw(
        asked("READ_SMS", **{"used-by": "Telephony.Sms"}),
        asked("VIBRATE", unused="yes"),
        alone=True,
    ),
    "permission-purpose-not-told": saw(
        asked("CAMERA", asked="yes", told="为了扫码，需要使用相机权限"),
        asked("READ_SMS", untold="unseen"),
        alone=True,
    ),
    "permission-purpose-unseen": saw(asked("CAMERA", asked="yes", untold="yes"), alone=True),
    "package-name-differs": saw(changes=one("app shop-app", "platforms.android", "com.tea.shop")),
    "sdk-not-listed": saw(
        kits=(kit(UMENG), kit(JPUSH, Presence.STUB)),
        changes=UMENG_LISTED,
    ),
    "sdk-present-not-listed": saw(kits=(kit(UMENG, Presence.STUB),)),
    "sdk-listed-not-seen": saw(kits=(kit(UMENG),), changes=UMENG_LISTED),
    "sdk-reads-more-than-registered": saw(
        reading("PI-DEVICE-IMEI", owner=UMENG), changes=UMENG_LISTED
    ),
    "sdk-known-to-read-more": saw(kits=(kit(UMENG, Presence.STUB),), changes=UMENG_LISTED),
    "sdk-version-differs": saw(kits=(kit(UMENG, version="1.2.0"),), changes=UMENG_LISTED),
    "host-abroad-named": saw(ABROAD),
    "host-abroad-not-registered": saw(
        ABROAD,
        seen(Subject.HOST, "api.tea.example"),
        changes=as_sdk(CRASHES, "adjust"),
    ),
    "overseas-sdk-registered-as-domestic": saw(
        kits=(kit(ADJUST),), changes=as_sdk(CRASHES, "adjust")
    ),
    "beyond-necessary-at-start": saw(
        reading("PI-BASIC-PHONE", Moment.CERTAIN),
        reading("PI-DEVICE-IMEI"),
        reading("PI-DEVICE-APPS", Moment.CONDITIONAL, ANDROIDX),
    ),
    "permission-beyond-app-type": saw(
        asked("CAMERA"),
        changes=one("app shop-app", "app_types", ("NPI-36",)),
    ),
    "consent-pre-ticked": saw(seen(Subject.SCREEN, "refusal-exits"), alone=True),
    "refusal-leaves-app": saw(seen(Subject.SCREEN, "pre-ticked-consent"), alone=True),
    "rules-link-missing": saw(
        seen(Subject.SCREEN, "missing-rules-link", confidence=Confidence.LOW), alone=True
    ),
    "screen-to-look-at": saw(seen(Subject.SCREEN, "pre-ticked-consent"), alone=True),
    **{one: saw(advert(one, Confidence.LOW), advert("not-analysable"), alone=True) for one in ADS},
    "hides-icon": saw(act("overlay"), alone=True),
    "act-worth-knowing": saw(act("network"), act("overlay", Confidence.LOW), alone=True),
    "starts-by-itself": saw(act("self-start", Confidence.LOW), alone=True),
    "starts-other-apps": saw(act("self-start"), alone=True),
    "keeps-running": saw(act("keep-alive", moment=Moment.UNREACHABLE), alone=True),
    "background-location-not-registered": saw(act("background-location")),
    "background-location-possible": saw(act("background-location", Confidence.LOW), alone=True),
    "covert-capture-seen": saw(
        COVERT,
        act("covert-capture", details=(("kind", "notifications"),), moment=Moment.UNKNOWN),
        changes=COVERT_DECLARED,
    ),
    "other-apps-read": saw(
        act("covert-capture", details=(("kind", "notifications"),)),
        changes=one(
            "activity voice-search",
            "capture",
            added(Capture(sensor=Sensor.NOTIFICATIONS, moment=CaptureMoment.WHILE_USED)),
        ),
    ),
    "face-without-other-way": saw(FACE_ONLY),
    "face-other-way-not-found": saw(FACE_ONLY, changes=NO_ALTERNATIVES),
    "face-recognition-not-registered": saw(act("face-recognition")),
    "call-without-permission": saw(
        act("call-without-permission", Confidence.LOW, (("calls", "a.b"),)), alone=True
    ),
    "clear-text-allowed": saw(setting("clear-text-traffic", Confidence.LOW), alone=True),
    "clear-text-address-used": saw(setting("clear-text-traffic"), alone=True),
    "certificates-not-checked": saw(setting("trust-all-hosts", place=CODE), alone=True),
    "host-names-not-checked": saw(setting("trust-all-certificates", place=CODE), alone=True),
    "added-certificates-trusted": saw(setting("debuggable"), alone=True),
    "package-debuggable": saw(setting("allow-backup"), alone=True),
    "backup-with-sensitive-information": saw(
        setting("allow-backup", details=(("rules", "yes"),)),
        reading("PI-LOC-PRECISE"),
        alone=True,
    ),
    "backup-not-ruled-out": saw(
        setting("allow-backup", details=(("by", "said"),)),
        reading("PI-LOC-PRECISE"),
        alone=True,
    ),
    "component-exported": saw(seen(Subject.SETTING, "exported"), alone=True),
    "target-sdk-old": saw(setting("debuggable"), alone=True),
    "signature-v1-only": saw(setting("debuggable"), alone=True),
    "package-packed": saw(BAD_SEEN["reflection"], alone=True),
    "package-damaged": saw(alone=True),
    "inspection-not-finished": saw(alone=True),
    "part-not-seen": saw(seen(Subject.BLIND_SPOT, "packed"), alone=True),
    "seen-read-before-consent": saw(
        reading("PI-DEVICE-IMEI", Moment.SEEN_AFTER_CONSENT, UMENG),
        reading("PI-DEVICE-AID", Moment.SEEN, UMENG),
        alone=True,
    ),
    "seen-sent-before-consent": saw(
        spoken_to("a.example", moment=Moment.SEEN_BEFORE_CONSENT),
        spoken_to("b.example", "PI-BASIC-PHONE"),
        alone=True,
    ),
    "seen-sent-not-registered": saw(spoken_to("a.example", "PI-LOC-PRECISE")),
    "seen-recipient-not-registered": saw(
        spoken_to("ulogs.umeng.com"), spoken_to("a.example"), changes=UMENG_LISTED
    ),
    "seen-sent-in-clear-text": saw(
        spoken_to("a.example", "PI-BASIC-PHONE"), spoken_to("b.example", schemes="http"), alone=True
    ),
    "policy-lacks-sdk": saw(
        kits=(kit(UMENG), kit(JPUSH, Presence.PRESENT)),
        policy=text_naming((Subject.SDK, "umeng-analytics", _NAMED)),
    ),
    "policy-names-company-only": saw(
        kits=(kit(UMENG),), policy=text_naming((Subject.SDK, "umeng-analytics", _NAMED))
    ),
    "policy-lacks-category": saw(
        reading("PI-DEVICE-IMEI"),
        policy=text_naming((Subject.INFORMATION, "PI-DEVICE-IMEI", _NAMED)),
    ),
    "policy-lacks-permission": saw(
        asked("READ_SMS"),
        asked("INTERNET"),
        policy=text_naming((Subject.PERMISSION, f"{A}READ_SMS", _NAMED)),
    ),
    "policy-lacks-host-abroad": saw(
        ABROAD,
        seen(Subject.HOST, "api.tea.example"),
        policy=text_naming((Subject.SDK, "adjust", Naming.COMPANY_ONLY)),
    ),
}
"""What each rule must not be found in."""
