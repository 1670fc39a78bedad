"""The version of a kit, where a package tells it: in a file of its module, a constant, or a method.

Build tools leave `META-INF/<group>_<artifact>.version` (Android Gradle plugin) and
`META-INF/maven/<group>/<artifact>/pom.properties` (Maven); kits keep it in a constant, as
`BuildConfig.VERSION_NAME`, or give it by a method without parameters. What looks like no version
is none.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from chengnuo.domain.inspection.following import Followed
from chengnuo.domain.inspection.kit_signs import Sort, Told
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.observation.name_pattern import ANY
from chengnuo.engines.archive.package import File
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import rows_of, run_of
from chengnuo.engines.program.values import Kind, texts_of

_VERSION = re.compile(
    r"(?:[A-Za-z]{1,8}[-_ ]?)?"
    r"(\d{1,4}(?:\.\d{1,12}){1,4}(?:[-._+][0-9A-Za-z][0-9A-Za-z._+-]{0,30})?)"
)
_OF_SDK = re.compile(r"(?i)(?:.*_)?SDK_?VER(?:SION)?(?:_?NAME)?")
_OF_MODULE = ("VERSION_NAME", "VERSION")
_METHODS = (b"getSdkVersion", b"getSDKVersion", b"getVersion", b"getVersionName", b"sdkVersion")
_GIVES_TEXT = b"()Ljava/lang/String;"
_MODULE = re.compile(r"(?:.*/)?META-INF/([\w.-]+)\.version")
_POM = re.compile(r"(?:.*/)?META-INF/maven/([\w.-]+)/[\w.-]+/pom\.properties")
_LINE = re.compile(r"(?m)^version\s*=\s*(\S+)\s*$")
_LARGEST = 4096


def version_of(opened: Opened, told: Told, classes: Iterable[int]) -> str:
    """Return the version of a kit, the surest that is told; empty if none is.

    Args:
        opened: The package.
        told: The kit and its signs.
        classes: Classes of its code.

    """
    followed = opened.followed
    ordered = sorted(classes, key=lambda one: _depth(followed, one))
    surest = (
        *_in_fields(followed, ordered, lambda name: _OF_SDK.fullmatch(name) is not None),
        *_in_methods(followed, ordered),
    )
    ways = (
        surest,
        _in_files(opened, told),
        _in_fields(followed, ordered, lambda name: name in _OF_MODULE),
        _in_libraries(told),
    )
    for way in ways:
        found = dict.fromkeys(one.strip() for one in way if _VERSION.fullmatch(one.strip()))
        if found:
            match = _VERSION.fullmatch(_most_said(followed, ordered, tuple(found)))
            return match[1] if match else ""
    return ""


def _most_said(followed: Followed, classes: list[int], texts: tuple[str, ...]) -> str:
    """Return the text that classes say most often, the first one of several."""
    if len(texts) == 1:
        return texts[0]
    program, counts = followed.program, Counter[str]()
    used = program.strings_used
    for one in classes:
        methods = run_of(program.defined_class, one)
        if methods.start < methods.stop:
            first, last = rows_of(used, methods.start), rows_of(used, methods.stop - 1)
            said = used.what[first.start : last.stop].tolist()
            counts.update(program.text(what) for what in said if what >= 0)
        held = program.field_strings
        said = held.what[run_of(held.caller, one)].tolist()
        counts.update(program.text(what) for what in said if what >= 0)
    return max(texts, key=lambda one: counts[one])


def _depth(followed: Followed, class_id: int) -> tuple[bool, int, bytes]:
    """Order classes: those that build tools make, then the outermost."""
    name = followed.program.types[followed.program.class_type[class_id]]
    return not name.endswith(b"/BuildConfig;"), name.count(b"/"), name


def _in_files(opened: Opened, told: Told) -> Iterator[str]:
    for file in opened.package.files:
        module = _MODULE.fullmatch(file.name)
        pom = _POM.fullmatch(file.name)
        if module and _is_of(opened, told, module[1].rpartition("_")[0]):
            yield _content(opened, file)
        elif pom and _is_of(opened, told, pom[1]):
            yield next(iter(_LINE.findall(_content(opened, file))), "")


def _is_of(opened: Opened, told: Told, group: str) -> bool:
    claim = opened.knowledge.sdks.by_class(group)
    return claim is not None and told.owner.id in claim.sdks


def _content(opened: Opened, file: File) -> str:
    if file.size > _LARGEST:
        return ""
    return (opened.content(file) or b"").decode("utf-8", "replace")


def _in_fields(
    followed: Followed, classes: list[int], is_meant: Callable[[str], bool]
) -> Iterator[str]:
    """Yield what fields of a meant name are set to, class by class."""
    program = followed.program
    held = program.field_strings
    for one in classes:
        rows = run_of(held.caller, one)
        begin = dict(zip(held.pc[rows].tolist(), held.what[rows].tolist(), strict=True))
        fields = run_of(program.field_type, int(program.class_type[one]))
        for touched in range(fields.start, fields.stop):
            if is_meant(text_of(program.names[program.field_name[touched]])):
                if begin.get(touched, -1) >= 0:
                    yield program.text(begin[touched])
                for given in followed.answers.puts(touched):
                    yield from texts_of(given.values)


def _in_methods(followed: Followed, classes: list[int]) -> Iterator[str]:
    program = followed.program
    for one in classes:
        of = int(program.class_type[one])
        for name in _METHODS:
            for method in program.methods_named(name, type_id=of, proto=_GIVES_TEXT).tolist():
                defined = int(program.definition[method])
                if defined >= 0:
                    values = followed.answers.returned(defined)
                    yield from texts_of(values)
                    for value in values:
                        if value.kind is Kind.FIELD:
                            for given in followed.answers.puts(value.number):
                                yield from texts_of(given.values)


def _in_libraries(told: Told) -> Iterator[str]:
    """Yield what stands for `*` in a library's name, as in `libAMapSDK_MAP_v6_9_2.so`."""
    for sign in told.signs:
        if sign.sort is Sort.LIBRARY and ANY in sign.claim.name:
            before, after = sign.claim.name.split(ANY, 1)
            inner = sign.name.removeprefix(before).removesuffix(after)
            yield inner.replace("_", ".")
