"""Whose code the classes of a package are: owners by names, then by what leads to what.

Where a kit's names are gone but for the parts that the manifest holds by name, the packages that
these parts use are the kit's too. Said of a package without telling names only where nothing
speaks against it: one kit uses it, no other kit or library does, it uses nothing of the app, and
the app uses it only where it uses the kit in turn, as a facade does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.kit_natives import native_signs
from chengnuo.domain.inspection.kit_signs import Sort, Told, signs_in, told_by
from chengnuo.domain.inspection.kit_traces import seeds, told_by_traces, traces_in
from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.domain.inspection.owners import Owners
from chengnuo.domain.observation.observation import OWN, Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.engines.archive.package import Package
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.uses import uses_between


@dataclass(frozen=True, slots=True)
class Owning:
    """Whose a package's code is, and the kits in it with what tells them, by id."""

    owners: Owners
    kits: tuple[Told, ...]


def owning(
    program: Program,
    manifest: Manifest | None,
    package: Package,
    own: tuple[str, ...],
    sdks: SdkCatalogue,
) -> Owning:
    """Return whose the code of a package is.

    Args:
        program: Its code.
        manifest: What it says of itself.
        package: Its files.
        own: Packages of the app.
        sdks: Kits that are known.

    """
    names = class_names(program)
    files = (program.units[unit].name for unit in program.class_unit.tolist())
    signs = signs_in(zip(names, files, strict=True), manifest, package, own, sdks)
    told = told_by((*signs, *native_signs(package, sdks)))
    bare = Owners(sdks, own, present=frozenset(one.owner.id for one in told))
    traces = traces_in(program, names, bare)
    told = tuple(
        sorted((*told, *told_by_traces(traces, told, signs)), key=lambda one: one.owner.id)
    )
    present = frozenset(one.owner.id for one in told)
    owners = Owners(sdks, own, present=present)
    if present:
        renamed = {one.owner.id: one.owner for one in told if not _has_names(one)}
        led = led_packages(program, names, owners, seeds(traces, renamed))
        owners = Owners(sdks, own, present=present, led=led)
    return Owning(owners, told)


def _has_names(told: Told) -> bool:
    """Tell whether code of a kit is there under its own names."""
    return any(one.sort is Sort.PACKAGE for one in told.signs)


def class_names(program: Program) -> list[str]:
    """Return the name of every class that is defined, with dots, in their order."""
    return [dotted(text_of(program.types[one])) for one in program.class_type.tolist()]


def led_packages(
    program: Program, names: list[str], owners: Owners, known: Mapping[str, Owner]
) -> Mapping[str, Owner]:
    """Return the packages without telling names that are a kit's by what uses them.

    Args:
        program: The code.
        names: Name of each class, with dots.
        owners: Whose a class is by its name.
        known: Packages whose strings tell the kit; they count where they use nothing of the app.

    """
    numbers: dict[str, int] = {}
    groups = [_number(name, numbers, owners) for name in names]
    keys = list(numbers)
    told = [owners.of(key) for key in keys]
    nameless = [
        one
        for one, owner in enumerate(told)
        if owner.kind is OwnerKind.UNKNOWN and "." in keys[one]
    ]
    if not nameless:
        return {}
    used = uses_between(program, groups, len(keys))
    using: dict[int, set[int]] = {one: set() for one in nameless}
    for one, others in used.items():
        for other in others & using.keys():
            using[other].add(one)
    led: dict[str, Owner] = {}
    for one in nameless:
        kit = known.get(keys[one].removesuffix(".*"))
        if kit is not None and OWN not in {told[other] for other in used.get(one, frozenset())}:
            told[one] = led[keys[one].removesuffix(".*")] = kit
    return {**led, **_closure(keys, told, using, used, nameless)}


def _number(name: str, numbers: dict[str, int], owners: Owners) -> int:
    """Return the number of a class's group: its package, or the class where a kit is one."""
    package = name.rpartition(".")[0]
    by_class = name in owners.sdks.packages or not package
    return numbers.setdefault(name if by_class else f"{package}.*", len(numbers))


def _closure(
    keys: list[str],
    told: list[Owner],
    using: Mapping[int, set[int]],
    used: Mapping[int, frozenset[int]],
    nameless: list[int],
) -> Mapping[str, Owner]:
    led: dict[str, Owner] = {}
    found = True
    while found:
        found = False
        for one in nameless:
            if told[one].kind is not OwnerKind.UNKNOWN:
                continue
            kit = _led(
                {told[other] for other in using[one]},
                {told[other] for other in used.get(one, frozenset())},
            )
            if kit is not None:
                told[one] = led[keys[one].removesuffix(".*")] = kit
                found = True
    return led


def _led(using: set[Owner], used: set[Owner]) -> Owner | None:
    """Return the kit whose a package is, by whose code uses it and whose code it uses."""
    kits = {one for one in using if one.kind is OwnerKind.SDK}
    if len(kits) != 1 or any(one.kind is OwnerKind.LIBRARY for one in using):
        return None
    (kit,) = kits
    strange = {one for one in used if one.kind is OwnerKind.SDK and one != kit}
    if OWN in used or strange:
        return None
    return kit if using == kits or kit in used else None
