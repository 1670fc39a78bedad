"""What kind of package an archive is, told by what it holds, never by the name of the file.

Formats: APK (application package), AAB (Android App Bundle, `BundleConfig.pb`), AAR (library of
Android: a text manifest, classes in `classes.jar`), JAR (classes or one `classes.dex`), and the
three ways in which split APKs are passed on: APKS of bundletool (`toc.pb`), XAPK
(`manifest.json`), APKM (`info.json`).
"""

from enum import StrEnum

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.limits import NotAPackageError

MANIFEST = "AndroidManifest.xml"
TEXT_HEAD = 64


class Kind(StrEnum):
    """A kind of package."""

    APK = "apk"
    APKS = "apks"
    XAPK = "xapk"
    APKM = "apkm"
    AAB = "aab"
    AAR = "aar"
    JAR = "jar"

    @property
    def is_set(self) -> bool:
        """Tell whether it is an archive of APKs."""
        return self in {Kind.APKS, Kind.XAPK, Kind.APKM}


def kind_of(archive: Archive) -> Kind:
    """Tell what an archive is.

    Raises:
        NotAPackageError: It is an archive of something else.

    """
    names = archive.entries
    if "BundleConfig.pb" in names or f"base/manifest/{MANIFEST}" in names:
        return Kind.AAB
    if MANIFEST in names:
        head = archive.head(names[MANIFEST], TEXT_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
        return Kind.AAR if head[:1] == b"<" else Kind.APK
    if any(name.endswith(".apk") for name in names):
        if "manifest.json" in names:
            return Kind.XAPK
        return Kind.APKM if "info.json" in names else Kind.APKS
    if "META-INF/MANIFEST.MF" in names or "classes.dex" in names:
        return Kind.JAR
    if any(name.endswith(".class") for name in names):
        return Kind.JAR
    raise NotAPackageError("the archive holds no code and no manifest of an app")
