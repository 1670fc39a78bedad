"""Inspections of packages made by hand: a bad app, a clean one, and one of hostile names."""

from collections.abc import Iterable
from datetime import date

from chengnuo.domain.observation.inspection import (
    Inspection,
    PackageFacts,
    PackageKind,
    Presence,
    SdkSeen,
    Unread,
)
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Guard,
    Observation,
    Observer,
    Owner,
    OwnerKind,
    Place,
    Step,
    Subject,
    Why,
    observation_id,
)
from chengnuo.law.ids import CategoryId

ON = date(2026, 11, 28)
KNOWLEDGE = "2026-11 · 0123456789ab"
UMENG = Owner(kind=OwnerKind.SDK, id="umeng-analytics")
JPUSH = Owner(kind=OwnerKind.SDK, id="jpush")
ADJUST = Owner(kind=OwnerKind.SDK, id="adjust")
ALIKE = Owner(kind=OwnerKind.SDK, id="amap-location", also=("amap-map",))
LIBRARY = Owner(kind=OwnerKind.LIBRARY, id="com.acme.util")

APP = "com.tea.shop.ShopApp"
SCREEN = "com.tea.shop.MainActivity"
CREATED = Step(class_name=APP, method="onCreate()V", pc=12, why=Why.START)
ATTACHED = Step(
    class_name=APP, method="attachBaseContext(Landroid/content/Context;)V", pc=4, why=Why.START
)
PROVIDED = Step(
    class_name="cn.jpush.android.service.DataProvider", method="onCreate()Z", pc=3, why=Why.START
)
SHOWN = Step(class_name=SCREEN, method="onCreate(Landroid/os/Bundle;)V", pc=30, why=Why.START)
AGREED = Guard(
    condition='SharedPreferences.getBoolean("agreed", false)', taken=True, is_consent=True, pc=18
)
NETWORKED = Guard(condition="NetworkInfo.isConnected()", taken=True, is_consent=False, pc=7)


def seen(  # noqa: PLR0913 (the fields of an observation)
    subject: Subject,
    what: str,
    *,
    categories: Iterable[str] = (),
    owner: Owner = OWN,
    moment: Moment = Moment.UNKNOWN,
    path: tuple[Step, ...] = (),
    place: Place | None = None,
    confidence: Confidence = Confidence.HIGH,
    permissions: tuple[str, ...] = (),
    details: tuple[tuple[str, str], ...] = (),
) -> Observation:
    """Return an observation; where it has a path and no place, the place is the path's end."""
    last = path[-1] if path else None
    if place is None and last is not None:
        at = Place(file="classes.dex", class_name=last.class_name, method=last.method, pc=last.pc)
    else:
        at = place or Place(file="AndroidManifest.xml", line=7)
    return Observation(
        id=observation_id(Observer.PACKAGE, subject, what, at),
        observer=Observer.PACKAGE,
        subject=subject,
        what=what,
        categories=tuple(map(CategoryId, categories)),
        owner=owner,
        caused_by=owner,
        permissions=permissions,
        moment=moment,
        place=at,
        path=path,
        confidence=confidence,
        details=details,
    )


def call(class_name: str, method: str, pc: int = 5, *guards: Guard) -> Step:
    """Return a step that is called."""
    return Step(class_name=class_name, method=method, pc=pc, why=Why.CALL, guards=guards)


BAD_SEEN = {
    "imei": seen(
        Subject.INFORMATION,
        "TelephonyManager.getImei",
        categories=["PI-DEVICE-IMEI"],
        owner=UMENG,
        moment=Moment.CERTAIN,
        permissions=("android.permission.READ_PHONE_STATE",),
        path=(
            CREATED,
            call(
                "com.umeng.commonsdk.UMConfigure",
                "init(Landroid/content/Context;Ljava/lang/String;)V",
            ),
            call("com.umeng.commonsdk.utils.DeviceId", "imei()Ljava/lang/String;", 21),
        ),
    ),
    "android-id": seen(
        Subject.INFORMATION,
        "Settings.Secure.getString",
        categories=["PI-DEVICE-AID"],
        owner=UMENG,
        moment=Moment.CERTAIN,
        path=(
            ATTACHED,
            call("com.umeng.commonsdk.UMConfigure", "preInit(Landroid/content/Context;)V"),
        ),
        details=(("key", "android_id"),),
    ),
    "mac": seen(
        Subject.INFORMATION,
        "WifiInfo.getMacAddress",
        categories=["PI-DEVICE-MAC"],
        owner=JPUSH,
        moment=Moment.CONDITIONAL,
        path=(PROVIDED, call("cn.jpush.android.a.Net", "mac()V", 9, NETWORKED)),
        confidence=Confidence.MEDIUM,
    ),
    "location": seen(
        Subject.INFORMATION,
        "LocationManager.getLastKnownLocation",
        categories=["PI-LOC-PRECISE"],
        moment=Moment.CONDITIONAL,
        path=(SHOWN, call("com.tea.shop.Nearby", "locate()V", 14, NETWORKED)),
    ),
    "apps": seen(
        Subject.INFORMATION,
        "PackageManager.getInstalledPackages",
        categories=["PI-DEVICE-APPS"],
        owner=ADJUST,
        moment=Moment.GUARDED,
        path=(
            SHOWN,
            Step(
                class_name="com.tea.shop.Start",
                method="agreed()V",
                pc=20,
                why=Why.CALL,
                guards=(AGREED,),
            ),
        ),
    ),
    "network": seen(
        Subject.BEHAVIOUR,
        "network",
        owner=UMENG,
        moment=Moment.CERTAIN,
        path=(CREATED, call("com.umeng.commonsdk.net.Send", "post([B)V")),
    ),
    "clipboard": seen(
        Subject.INFORMATION,
        "ClipboardManager.getPrimaryClip",
        categories=["PI-COMM-CONTENT"],
        moment=Moment.AFTER_CONSENT_ACTION,
        path=(SHOWN, Step(class_name=SCREEN, method="paste()V", pc=3, why=Why.ACTION)),
    ),
    "phone": seen(Subject.PERMISSION, "android.permission.READ_PHONE_STATE"),
    "camera": seen(Subject.PERMISSION, "android.permission.CAMERA"),
    "umeng-host": seen(Subject.HOST, "ulogs.umeng.com", owner=UMENG),
    "adjust-host": seen(Subject.HOST, "app.adjust.com", owner=ADJUST),
    "own-host": seen(Subject.HOST, "api.tea.example"),
    "ticked": seen(
        Subject.SCREEN,
        "pre-ticked-consent",
        place=Place(file="res/layout/login.xml", line=31),
    ),
    "clear": seen(Subject.SETTING, "clear-text-traffic"),
    "reflection": seen(
        Subject.BLIND_SPOT,
        "reflection",
        place=Place(file="classes2.dex", class_name="a.b.c", method="d(I)V", pc=2),
        details=(("count", "4"),),
    ),
}


def inspection(
    observations: Iterable[Observation],
    sdks: Iterable[SdkSeen] = (),
    unread: tuple[Unread, ...] = (),
    not_finished: tuple[str, ...] = (),
) -> Inspection:
    """Return an inspection of the tea shop's app, its observations in order."""
    return Inspection(
        package=PackageFacts(
            kind=PackageKind.APK,
            sha256="ab" * 32,
            size=16_384_000,
            app_id="com.tea.shop",
            version_name="3.2.0",
            version_code=320,
            min_sdk=21,
            target_sdk=34,
            signers=("cd" * 32,),
            files=812,
            methods=100_402,
            launchers=(SCREEN,),
        ),
        observations=tuple(sorted(observations, key=lambda one: one.order)),
        sdks=tuple(sorted(sdks, key=lambda one: one.owner)),
        unread=unread,
        not_finished=not_finished,
        knowledge=KNOWLEDGE,
    )


def sdk(
    owner: Owner, presence: Presence, moment: Moment, version: str = "", *reads: Observation
) -> SdkSeen:
    """Return a kit that is told by its package."""
    return SdkSeen(
        owner=owner,
        presence=presence,
        version=version,
        signs=(f"package {owner.id.replace('-', '.')}",),
        reads=tuple(one.id for one in reads),
        moment=moment,
    )


BAD = inspection(
    BAD_SEEN.values(),
    (
        sdk(
            UMENG,
            Presence.BEFORE_CONSENT,
            Moment.CERTAIN,
            "9.6.3",
            BAD_SEEN["imei"],
            BAD_SEEN["android-id"],
        ),
        sdk(JPUSH, Presence.BEFORE_CONSENT, Moment.CONDITIONAL, "", BAD_SEEN["mac"]),
        sdk(ADJUST, Presence.CALLED, Moment.GUARDED, "4.38.0", BAD_SEEN["apps"]),
        sdk(ALIKE, Presence.PRESENT, Moment.UNREACHABLE),
    ),
    (Unread(where="classes3.dex: a.b.q.x()V", why="an instruction runs over its end"),),
    ("screens",),
)
CLEAN = inspection(
    (
        seen(Subject.PERMISSION, "android.permission.INTERNET"),
        seen(Subject.HOST, "api.tea.example"),
        BAD_SEEN["clipboard"],
    )
)
HOSTILE_NAMES = (
    "com.a.<script>alert(1)</script>",
    "com.a.\"onload='x'&amp;",
    "com.a.\u202egpj.\u2066x",
    "com.a.\x1b[31mred\x07",
    "]]><svg onload=x>",
)
HOSTILE = inspection(
    seen(
        subject,
        name,
        moment=moment,
        owner=Owner(kind=OwnerKind.LIBRARY, id=name),
        path=(
            Step(class_name=name, method=f"{name}()V", pc=1, why=Why.START, guards=(NETWORKED,)),
        ),
        details=((name, name),),
    )
    for name in HOSTILE_NAMES
    for subject in Subject
    for moment in (Moment.CERTAIN, Moment.GUARDED)
)
