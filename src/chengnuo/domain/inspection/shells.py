"""Apps whose own logic is not in DEX: scripts, or code of another platform, in a shell of Java.

What the shell's Java can do says little of what the scripts ask it for. Known are the platforms by
the files that their tools put into a package. Scripts that are plain text are searched for calls
of the shell by which personal information is read: a word in a script, no proof that it runs.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark
from chengnuo.domain.inspection.script_calls import calls_in
from chengnuo.domain.observation.name_pattern import ANY, matches
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Observer,
    Place,
    Subject,
    observation_id,
)
from chengnuo.domain.observation.script_calls import ScriptCall
from chengnuo.domain.observation.seen import BlindSpot
from chengnuo.engines.archive.package import File
from chengnuo.engines.program.mutf8 import text_of

_MOST_SCRIPTS = 400
_LARGEST_SCRIPT = 16 << 20
_MOST_BYTES = 64 << 20
_SCRIPTS = (".js", ".bundle", ".html", ".htm", ".uts", ".nvue", ".jsbundle")
_HERMES = bytes.fromhex("c61fbc03c103191f")
"""First bytes of a script that was compiled for Hermes (HBC, `BytecodeFileHeader.magic`)."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform.

    Attributes:
        name: What it is called.
        files: Files in which the logic is; `*` is any run of characters.
        shell: Files of the shell, which tell the platform where those do not.
        packages: Packages of its classes, which tell it where files are named otherwise, or come
            over the network.

    """

    name: str
    files: tuple[str, ...]
    shell: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


PLATFORMS = (
    Platform(
        "React Native",
        ("assets/index.android.bundle", "assets/*.android.bundle", "assets/*.jsbundle"),
        ("lib/*/libreactnativejni.so", "lib/*/libreactnative.so"),
        ("com.facebook.react.bridge",),
    ),
    Platform(
        "uni-app",
        ("assets/apps/*/www/app-service.js", "assets/apps/*/www/*.js", "assets/apps/*/www/*.html"),
        ("assets/data/dcloud_control.xml", "assets/uniapp/*"),
        ("io.dcloud.common",),
    ),
    Platform(
        "Flutter",
        ("lib/*/libapp.so", "assets/flutter_assets/kernel_blob.bin"),
        ("lib/*/libflutter.so", "assets/flutter_assets/*"),
        ("io.flutter.embedding",),
    ),
    Platform(
        "Cordova",
        ("assets/www/cordova.js", "assets/www/phonegap.js"),
        packages=("org.apache.cordova",),
    ),
    Platform(
        "Capacitor",
        ("assets/public/index.html",),
        ("assets/capacitor.config.json", "assets/capacitor.plugins.json"),
        ("com.getcapacitor",),
    ),
    Platform("APICloud", ("assets/widget/config.xml", "assets/widget/*.html")),
    Platform("AppCan", ("assets/widget/uexWidget*",), ("assets/appcan*",)),
    Platform(
        "Weex",
        ("assets/*weex*.js", "assets/dist/*.weex.js"),
        ("lib/*/libweexjsc.so",),
        ("com.taobao.weex", "org.apache.weex"),
    ),
    Platform(
        ".NET",
        ("assemblies/*.dll", "assemblies/assemblies.blob", "lib/*/libassemblies.*.blob.so"),
        ("lib/*/libmonodroid.so", "lib/*/libxamarin-app.so"),
    ),
    Platform(
        "Unity",
        ("lib/*/libil2cpp.so", "assets/bin/Data/Managed/*.dll"),
        ("lib/*/libunity.so",),
    ),
    Platform("Unreal Engine", ("lib/*/libUnreal.so", "lib/*/libUE4.so")),
    Platform(
        "Cocos",
        ("assets/src/*.jsc", "assets/main.js", "assets/assets/main/index.jsc"),
        ("lib/*/libcocos2djs.so", "lib/*/libcocos.so", "lib/*/libcocos2dlua.so"),
    ),
    Platform("Godot", ("assets/*.pck",), ("lib/*/libgodot_android.so",)),
    Platform("NativeScript", ("assets/app/bundle.js",), ("lib/*/libNativeScript.so",)),
    Platform("Qt", (), ("lib/*/libQt*Core*.so",)),
    Platform(
        "mini program",
        ("assets/*.wgt", "assets/*.amr.tar", "assets/*.wxapkg"),
        packages=(
            "com.alipay.mobile.nebula",
            "com.finogeeks.lib.applet",
            "com.tencent.tmfmini.sdk",
            "io.dcloud.feature.sdk",
        ),
    ),
)
_PATTERNS = tuple(one for each in PLATFORMS for one in (*each.files, *each.shell))
_ENDS = tuple(sorted({one.rpartition(ANY)[2] for one in _PATTERNS if not one.endswith(ANY)}))
_STARTS = tuple(one.removesuffix(ANY) for one in _PATTERNS if one.endswith(ANY))
"""What files of a platform end or begin with: most files of a package have neither."""
_FOLDERS = ("assets/", "lib/", "assemblies/")
_ALONE = frozenset({"assets/main.js"})
"""Files that other apps have too: they count beside a file of the shell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A platform of which there are files in a package.

    Attributes:
        name: What it is called.
        place: What tells it: a file with logic, a file of the shell, or one of its classes.
        files: How many files of logic there are.
        is_compiled: Whether the logic is there as bytecode, so that no script can be searched.

    """

    name: str
    place: Place
    files: int
    is_compiled: bool


def shells(opened: Opened) -> Iterator[Observation]:
    """Yield each platform, and what its scripts ask the shell for."""
    found = shells_of(opened)
    for one in found:
        yield remark(
            Subject.BLIND_SPOT,
            BlindSpot.CROSS_PLATFORM,
            one.place,
            {
                "compiled": "yes" if one.is_compiled else "",
                "files": str(one.files),
                "platform": one.name,
            },
            confidence=Confidence.MEDIUM if one.place.class_name else Confidence.HIGH,
            key=one.name,
        )
    if found:
        for file in islice(_scripts(opened), _MOST_SCRIPTS):
            yield from _asked(opened, file)


def is_shell(opened: Opened) -> bool:
    """Tell whether an app's logic may be elsewhere, so that what DEX lacks says nothing."""
    return bool(shells_of(opened))


def shells_of(opened: Opened) -> tuple[Shell, ...]:
    """Return the platforms of which there are files or classes, in the order of the table."""
    files = [(_path(file), file) for file in opened.package.files]
    files = [
        (name, file)
        for name, file in files
        if name.startswith(_FOLDERS) and (name.endswith(_ENDS) or name.startswith(_STARTS))
    ]
    program = opened.followed.program
    defined = zip(program.class_type.tolist(), program.class_unit.tolist(), strict=True)
    names = sorted((program.types[one], unit) for one, unit in defined)
    found = (_by_files(opened, one, files) or _by_classes(opened, one, names) for one in PLATFORMS)
    return tuple(one for one in found if one is not None)


def _by_files(opened: Opened, platform: Platform, files: list[tuple[str, File]]) -> Shell | None:
    logic = [file for name, file in files if _is_one_of(name, platform.files)]
    shell = next((file for name, file in files if _is_one_of(name, platform.shell)), None)
    alone = [file for file in logic if _path(file) not in _ALONE]
    first = _first(platform, logic) or shell
    if first is None or (shell is None and not alone):
        return None
    return Shell(
        name=platform.name,
        place=Place(file=first.name),
        files=len(logic),
        is_compiled=_is_compiled(opened, first),
    )


def _by_classes(opened: Opened, platform: Platform, names: list[tuple[bytes, int]]) -> Shell | None:
    for package in platform.packages:
        prefix = f"L{package.replace('.', '/')}/".encode()
        at = bisect_left(names, (prefix, 0))
        if at < len(names) and names[at][0].startswith(prefix):
            name, unit = dotted(text_of(names[at][0])), names[at][1]
            file = opened.followed.program.units[unit].name
            place = Place(file=file, class_name=name)
            return Shell(name=platform.name, place=place, files=0, is_compiled=False)
    return None


def _first(platform: Platform, logic: list[File]) -> File | None:
    """Return the file that fits the earliest pattern."""
    for pattern in platform.files:
        for file in logic:
            if matches(pattern, _path(file)):
                return file
    return None


def _is_one_of(name: str, patterns: tuple[str, ...]) -> bool:
    return any(matches(pattern, name) for pattern in patterns)


def _path(file: File) -> str:
    """Return the path of a file as in an APK; an app bundle has a folder for each module."""
    name = file.name if file.entry is None else file.entry.name
    return name.removeprefix("base/").removeprefix("root/")


def _is_compiled(opened: Opened, file: File) -> bool:
    archive = opened.package.parts[file.part].archive
    head = b"" if file.entry is None else archive.head(file.entry, len(_HERMES))
    return head == _HERMES


def _scripts(opened: Opened) -> Iterator[File]:
    """Yield the scripts and pages in assets that may be searched, in their order."""
    left = _MOST_BYTES
    for file in opened.package.files:
        if _path(file).startswith("assets/") and file.name.endswith(_SCRIPTS):
            if file.size > _LARGEST_SCRIPT or file.size > left:
                continue
            left -= file.size
            yield file


def _asked(opened: Opened, file: File) -> Iterator[Observation]:
    content = opened.content(file)
    for call, line in calls_in(content or b"", opened.knowledge.script_calls):
        yield _observation(file, call, line)


def _observation(file: File, call: ScriptCall, line: int) -> Observation:
    place = Place(file=file.name, line=line)
    what = call.text
    return Observation(
        id=observation_id(Observer.PACKAGE, Subject.INFORMATION, what, Place(file=file.name)),
        observer=Observer.PACKAGE,
        subject=Subject.INFORMATION,
        what=what,
        categories=call.categories,
        permissions=call.permissions,
        place=place,
        confidence=Confidence.LOW,
        details=(("calls", call.text),),
    )
