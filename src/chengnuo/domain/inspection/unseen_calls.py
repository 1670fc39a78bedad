"""Calls whose target is not told by the code: reflection, loaded code, native methods.

Nearly every program has some, in its libraries above all; so that a report stays readable, own
code is told class by class, and so is a kit with few such classes; a larger kit and every library
are told once each. Reflection counts only where a name is computed: with a constant name it is
followed like a call.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.seen import BlindSpot
from chengnuo.engines.program.folding import Folding
from chengnuo.engines.program.program import NATIVE, Program, rows_of
from chengnuo.engines.program.sites import Site, argument, calls, references
from chengnuo.engines.program.values import Kind

_CLASS = "Ljava/lang/Class;"
_NAMED: tuple[tuple[str, str], ...] = (
    (_CLASS, "forName"),
    (_CLASS, "getMethod"),
    (_CLASS, "getDeclaredMethod"),
    ("Ljava/lang/ClassLoader;", "loadClass"),
)
"""Calls that take the name of a class or method as their first parameter."""
_LOADERS = (
    "Ldalvik/system/BaseDexClassLoader;",
    "Ldalvik/system/DelegateLastClassLoader;",
    "Ldalvik/system/DexFile;",
    "Ljava/net/URLClassLoader;",
)
"""Beside those of the catalogue."""
_ASKED_FIRST = 2_000
"""Calls that are looked into; of more, those left over are not."""
_ORDER = list(OwnerKind)
_FEW_CLASSES = 5
"""A kit with so many classes is told class by class."""
_FEW_TEXTS = 5
"""So many calls of decoders may be anything; a shop of encrypted strings has hundreds."""
_TO_CHARACTERS = ("Ljava/lang/String;", "toCharArray")
_INITIALISER = b"<clinit>"
_XOR = ("xor-int", "ixor")
"""How instructions of an exclusive or begin in a disassembly."""
_CONFIDENCE = {
    OwnerKind.OWN: Confidence.HIGH,
    OwnerKind.SDK: Confidence.MEDIUM,
    OwnerKind.UNKNOWN: Confidence.MEDIUM,
    OwnerKind.LIBRARY: Confidence.LOW,
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Calls that are told together: the earliest of them, how many there are, and in how much."""

    site: Site
    calls: int
    classes: int


def unseen_calls(opened: Opened) -> Iterator[Observation]:
    """Yield where code does what cannot be followed, own code first."""
    yield from _told(opened, BlindSpot.REFLECTION, _reflective(opened))
    yield from _told(opened, BlindSpot.DYNAMIC_LOAD, loading(opened))
    yield from _told(opened, BlindSpot.NATIVE_METHOD, _native(opened))
    yield from _told(opened, BlindSpot.ENCRYPTED_STRINGS, _encrypted(opened))


def _told(opened: Opened, what: BlindSpot, sites: Iterable[Site]) -> Iterator[Observation]:
    for key, group in _grouped(opened, sites).items():
        kind, name = key
        yield remark_at(
            opened,
            group.site,
            Subject.BLIND_SPOT,
            what,
            {
                "calls": opened.followed.program.method_text(group.site.what),
                "classes": str(group.classes) if group.classes > 1 else "",
                "count": str(group.calls),
            },
            confidence=_CONFIDENCE[kind],
            key=f"{kind.value} {name}",
        )


def _grouped(opened: Opened, sites: Iterable[Site]) -> Mapping[tuple[OwnerKind, str], _Group]:
    """Return calls of what runs by class, or by kit or library where it has many such classes."""
    followed = opened.followed
    found: dict[Owner, dict[str, list[tuple[int, Site]]]] = {}
    for site in sites:
        moment = followed.moment(site)
        if moment is not Moment.UNREACHABLE:
            class_name, _ = followed.named(site.defined)
            classes = found.setdefault(opened.owners.of(class_name), {})
            classes.setdefault(class_name, []).append((moment.rank, site))
    groups: dict[tuple[OwnerKind, str], _Group] = {}
    for owner in sorted(found, key=lambda one: (_ORDER.index(one.kind), one.id)):
        classes = found[owner]
        few = owner.kind is not OwnerKind.LIBRARY and len(classes) <= _FEW_CLASSES
        if owner.kind is OwnerKind.OWN or few:
            groups |= {
                (owner.kind, name): _group({name: classes[name]}) for name in sorted(classes)
            }
        else:
            groups[owner.kind, owner.id] = _group(classes)
    return groups


def _group(classes: Mapping[str, list[tuple[int, Site]]]) -> _Group:
    """Return the calls of some classes as one group, told by the earliest."""
    held = [one for sites in classes.values() for one in sites]
    return _Group(site=min(held)[1], calls=len(held), classes=len(classes))


def _reflective(opened: Opened) -> Iterator[Site]:
    """Yield the calls by a name that no constant tells."""
    followed = opened.followed
    folding = Folding(followed.answers)
    left = _ASKED_FIRST
    for class_name, member in _NAMED:
        for reference in references(followed.hierarchy, class_name, member, below=True):
            for site in calls(followed.program, reference):
                if left and followed.moment(site) is not Moment.UNREACHABLE:
                    left -= 1
                    if not _is_told(opened, folding, site):
                        yield site


def _is_told(opened: Opened, folding: Folding, site: Site) -> bool:
    """Tell whether the name is a constant, or put together from some."""
    answers = opened.followed.answers
    values = argument(answers, site, 0)
    if any(one.kind in {Kind.TEXT, Kind.CLASS} for one in values):
        return True
    code = answers.codes.of(site.defined)
    return code is not None and folding.text(code, values) is not None


def loading(opened: Opened) -> Iterator[Site]:
    """Yield the calls that make a loader of code from files."""
    followed = opened.followed
    rows = [
        (api.class_name, api.member)
        for api in opened.knowledge.apis.apis.values()
        if api.behaviour is Behaviour.DYNAMIC_LOAD
    ]
    rows += [(one, "<init>") for one in _LOADERS]
    for class_name, member in rows:
        for reference in references(followed.hierarchy, class_name, member):
            yield from calls(followed.program, reference)


def _native(opened: Opened) -> Iterator[Site]:
    """Yield the calls of methods that are native code of the package."""
    hierarchy = opened.followed.hierarchy
    program = hierarchy.program
    natives = ((program.defined_access & NATIVE) != 0).nonzero()[0].tolist()
    for defined in natives:
        yield from calls(program, int(program.defined_method[defined]))


def _encrypted(opened: Opened) -> Iterator[Site]:
    """Yield the calls of decoders of strings whose answer cannot be told, if there are many.

    Beside the calls of decoders: initialisers of classes that undo the strings of their class.
    """
    hidden = Folding(opened.followed.answers).hidden()
    program = opened.followed.program
    if len(hidden) >= _FEW_TEXTS:
        for defined, pc in hidden:
            rows = rows_of(program.invocations, defined)
            at = (program.invocations.pc[rows] == pc).nonzero()[0].tolist()
            for row in at[:1]:
                yield Site(defined, pc, int(program.invocations.method[rows.start + row]))
    for reference in references(opened.followed.hierarchy, *_TO_CHARACTERS):
        for site in calls(program, reference):
            if _undoes_strings(program, site.defined):
                yield site


def _undoes_strings(program: Program, defined: int) -> bool:
    """Tell whether an initialiser of a class names many strings and changes characters."""
    if program.name_of(int(program.defined_method[defined])) != _INITIALISER:
        return False
    rows = rows_of(program.strings_used, defined)
    body = program.body(defined) if rows.stop - rows.start >= _FEW_TEXTS else None
    return body is not None and any(one.text.startswith(_XOR) for one in body.instructions)
