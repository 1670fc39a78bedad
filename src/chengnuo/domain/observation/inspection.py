"""An inspection: everything that was seen in one package, and what could not be seen.

One value, from which every view, file and comparison is made. The same package, knowledge and
program give the same value, byte for byte: it holds no clock and no place of a machine.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, Owner


class PackageKind(StrEnum):
    """What the package is, by its content."""

    APK = "apk"
    XAPK = "xapk"
    APKS = "apks"
    APKM = "apkm"
    AAB = "aab"
    AAR = "aar"
    JAR = "jar"
    LOGS = "logs"
    """No package: what was seen is from recorded runs alone."""

    @property
    def is_app(self) -> bool:
        """Tell whether it can be installed, so that something starts by itself."""
        return self not in {PackageKind.AAR, PackageKind.JAR, PackageKind.LOGS}


class Presence(StrEnum):
    """How much of an SDK is there, the most first."""

    BEFORE_CONSENT = "before-consent"
    """Its code runs before consent."""
    CALLED = "called"
    """Own code, or the system, calls it."""
    PRESENT = "present"
    """It is in the package; no way into it was found."""
    STUB = "stub"
    """It is in the package, and nothing of it that can be reached has any effect."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _PRESENCE_TEXTS[self]


_PRESENCE_TEXTS = {
    Presence.BEFORE_CONSENT: Text("同意之前运行", "runs before consent"),
    Presence.CALLED: Text("被调用", "is called"),
    Presence.PRESENT: Text("仅在包内", "only in the package"),
    Presence.STUB: Text("空壳", "a stub"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkSeen:
    """A kit in the package.

    Attributes:
        owner: The kit, with others that share its signs.
        presence: How much of it is there.
        version: Its version, where the package tells; else empty.
        signs: What tells it, as `package com.umeng.commonsdk` or `library libjcore.so`.
        reads: Ids of the observations of information that its code holds.
        moment: The earliest moment at which its code runs.

    """

    owner: Owner
    presence: Presence
    version: str = ""
    signs: tuple[str, ...]
    reads: tuple[str, ...] = ()
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFacts:
    """What the package says of itself.

    Attributes:
        kind: What it is.
        sha256: SHA-256 of the file, 64 hex digits.
        size: Its size in bytes.
        app_id: Application id, or empty.
        version_name: Version as people see it, or empty.
        version_code: Version as the store counts it, or -1.
        min_sdk: Lowest API level, or -1.
        target_sdk: API level that it was made for, or -1.
        signers: SHA-256 of each signing certificate, 64 hex digits.
        files: How many files it holds.
        methods: How many methods with code.
        launchers: Activities that people start it by.

    """

    kind: PackageKind
    sha256: str
    size: int
    app_id: str = ""
    version_name: str = ""
    version_code: int = -1
    min_sdk: int = -1
    target_sdk: int = -1
    signers: tuple[str, ...] = ()
    files: int
    methods: int
    launchers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part of the package that was not looked into, or not to the end.

    Attributes:
        where: File, or method in a file.
        why: What is wrong with it, or which limit ended it.

    """

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was seen in one package.

    Attributes:
        package: What the package says of itself.
        observations: What was seen, in their order.
        sdks: The kits in it, by id.
        unread: What could not be read.
        not_finished: Stages that a limit ended early.
        knowledge: Version of the knowledge that it was seen with.

    """

    package: PackageFacts
    observations: tuple[Observation, ...]
    sdks: tuple[SdkSeen, ...]
    unread: tuple[Unread, ...] = ()
    not_finished: tuple[str, ...] = ()
    knowledge: str
