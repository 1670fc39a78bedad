"""Traces of kits in strings: names of their code and hosts that outlive a renaming.

An obfuscator changes names of classes, not the strings in them: actions of intents, authorities,
names for reflection, addresses of servers. They count only in code whose own names are gone; an
app, a library or another kit may speak of a kit that is not there. A kit is told where such code
names its code twice and a host of it, or its code three times in a package that names no other
kit's. A package whose name is a weak sign of a kit tells it with one host or name of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chengnuo.domain.inspection.host_names import addresses_in
from chengnuo.domain.inspection.kit_signs import Sign, Sort, Told
from chengnuo.domain.inspection.owners import Owners
from chengnuo.domain.observation.name_pattern import packages_of
from chengnuo.domain.observation.observation import Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import Claim, SdkCatalogue
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.said import Said, said_in

_LONGEST = 200
_ENOUGH_NAMES = 3
_WITH_HOST = 2
_SHORTEST = 3
_HEAD = 2
_MOST_PLACES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A string that names one kit.

    Attributes:
        sign: The name or host.
        text: The string.
        packages: Packages without telling names whose code says it.

    """

    sign: Sign
    text: bytes
    packages: tuple[str, ...]


def traces_in(program: Program, names: list[str], owners: Owners) -> tuple[Trace, ...]:
    """Return the traces in code whose names are gone, in the order of the strings.

    Args:
        program: The code.
        names: Name of each class, with dots.
        owners: Whose a class is by its name.

    """
    packages = [name.rpartition(".")[0] for name in names]
    first = dict(zip(reversed(packages), reversed(names), strict=True))
    told = {package: _is_nameless(name, owners) for package, name in first.items()}
    nameless = [told[package] for package in packages]
    if not any(nameless):
        return ()
    heads = _heads(owners.sdks)
    said = said_in(program)
    found: list[Trace] = []
    for string, text in said.texts():
        if (b"." in text or b"/" in text) and len(text) <= _LONGEST:
            for sort, claim in _claims(text, heads, owners.sdks):
                holders = [one for one in _holders(said, string) if nameless[one]]
                if holders:
                    file = program.units[int(program.class_unit[holders[0]])].name
                    saying = {packages[one] for one in holders}
                    sign = Sign(sort=sort, name=claim.name, claim=claim, file=file)
                    found.append(Trace(sign=sign, text=text, packages=tuple(sorted(saying))))
    return tuple(found)


def _is_nameless(name: str, owners: Owners) -> bool:
    """Tell whether the name of a class says nothing sure; `okio.Buffer` says something."""
    owner = owners.of(name)
    if owner.kind in {OwnerKind.OWN, OwnerKind.SDK}:
        return False
    if owners.sdks.by_class(name) is not None:
        return True  # by a weak name, else it would be the kit's
    package = name.rpartition(".")[0]
    telling = "." not in package and len(package) > _SHORTEST
    return not telling and owner.kind is OwnerKind.UNKNOWN


def _heads(sdks: SdkCatalogue) -> frozenset[str]:
    """Return how names of kits begin, so that most strings need no look."""
    names = (name.split(".") for name, claim in sdks.packages.items() if not claim.weak)
    return frozenset(".".join(labels[:_HEAD]) for labels in names if len(labels) >= _HEAD)


def _claims(text: bytes, heads: frozenset[str], sdks: SdkCatalogue) -> Iterator[tuple[Sort, Claim]]:
    name = text_of(text).replace("/", ".")
    name = name.removeprefix("content:..").removeprefix("L").removesuffix(";")
    labels = name.split(".", _HEAD)
    if len(labels) > _HEAD and ".".join(labels[:_HEAD]) in heads:
        claim = sdks.by_class(name)
        if claim is not None and not claim.weak and len(claim.sdks) == 1:
            yield Sort.NAME, claim
        return
    for address in addresses_in(text):
        claim = sdks.by_host(address.host)
        if claim is not None and not claim.weak and len(claim.sdks) == 1:
            yield Sort.HOST, claim


def _holders(said: Said, string: int) -> Iterator[int]:
    """Yield the classes whose code or constants say a string."""
    program = said.program
    for defined, _ in said.places(string)[:_MOST_PLACES]:
        yield int(program.defined_class[defined])
    yield from said.holders(string)


def told_by_traces(
    traces: Iterable[Trace], told: Iterable[Told], weak: Iterable[Sign]
) -> tuple[Told, ...]:
    """Return the kits that traces tell, by id.

    Args:
        traces: The traces.
        told: Kits that are told already.
        weak: Weak signs of others.

    """
    beside = {one.name: one for one in weak if one.sort is Sort.PACKAGE and one.claim.weak}
    known = {one.owner.id for one in told}
    by_kit: dict[str, list[Trace]] = {}
    kits_of: dict[str, set[str]] = {}
    for one in traces:
        kit = one.sign.claim.sdks[0]
        by_kit.setdefault(kit, []).append(one)
        if one.sign.sort is Sort.NAME:
            for package in one.packages:
                kits_of.setdefault(package, set()).add(kit)
    return tuple(
        Told(
            owner=Owner(kind=OwnerKind.SDK, id=kit),
            signs=tuple(
                sorted(
                    {one.text: one for one in (*(each.sign for each in ones), *weak_ones)}.values(),
                    key=_order,
                )
            ),
        )
        for kit, ones in sorted(by_kit.items())
        for weak_ones in [[one for one in beside.values() if kit in one.claim.sdks]]
        if kit not in known and (_said_in(ones, weak_ones) or _tell(ones, kits_of))
    )


def _said_in(traces: Iterable[Trace], weak: Iterable[Sign]) -> bool:
    """Tell whether a trace is in a package whose name is a weak sign."""
    packages = {one.name for one in weak}
    return any(
        not packages.isdisjoint(packages_of(each)) for one in traces for each in one.packages
    )


def seeds(traces: Iterable[Trace], renamed: Mapping[str, Owner]) -> dict[str, Owner]:
    """Return the packages without telling names that name one renamed kit alone, twice at least."""
    named: dict[str, dict[str, set[bytes]]] = {}
    for one in traces:
        for package in one.packages:
            kits = named.setdefault(package, {})
            kits.setdefault(one.sign.claim.sdks[0], set()).add(one.text)
    return {
        package: renamed[kit]
        for package, kits in named.items()
        for kit, texts in kits.items()
        if len(kits) == 1 and len(texts) > 1 and kit in renamed and package
    }


def _tell(traces: list[Trace], kits_of: Mapping[str, set[str]]) -> bool:
    names = {one.text for one in traces if one.sign.sort is Sort.NAME}
    if len(names) >= _WITH_HOST and len(names) < len({one.text for one in traces}):
        return True
    alone = {
        one.text
        for one in traces
        if one.sign.sort is Sort.NAME and all(len(kits_of[each]) == 1 for each in one.packages)
    }
    return len(alone) >= _ENOUGH_NAMES


def _order(sign: Sign) -> tuple[str, str]:
    return sign.sort.value, sign.name
