"""What changed from one release to the next: permissions, SDKs, hosts, and who reads what.

A reading counts by its main category and by whose code it is, at the earliest moment of any place:
that an SDK moves its classes about is no change, that it now can read before consent is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chengnuo.domain.finding.package_look import is_reading
from chengnuo.domain.finding.package_report import Change, Delta, DeltaRow
from chengnuo.domain.observation.inspection import Inspection, PackageFacts, Presence
from chengnuo.domain.observation.observation import (
    Observation,
    ObservationId,
    Observer,
    OwnerKind,
    Subject,
)

_CHANGES = tuple(Change)
_COMPARED = frozenset({Subject.PERMISSION, Subject.HOST})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Thing:
    """What is compared."""

    subject: Subject
    what: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class _There:
    """That a thing is there: seen where, and at which moment at the earliest."""

    observations: tuple[ObservationId, ...]
    is_before_consent: bool


def delta_of(before: Inspection, after: Inspection) -> Delta:
    """Return what changed from an earlier release of a package to a later one.

    A weak sign, which says something only beside others, and code that nothing leads to count as
    nothing there; so does what only the record of a run shows: another run may show other things.
    """
    old, new = _things(before), _things(after)
    rows = (
        DeltaRow(
            subject=thing.subject,
            what=thing.what,
            owner=thing.owner,
            change=change,
            observations=there.observations,
        )
        for thing, change, there in _changes(old, new)
    )
    return Delta(
        before=before.package,
        knowledge_changed=before.knowledge != after.knowledge,
        other_app=is_other_app(before.package, after.package),
        rows=tuple(sorted(rows, key=_order)),
    )


def is_other_app(before: PackageFacts, after: PackageFacts) -> bool:
    """Tell whether two packages are of different apps, as far as both say which they are of."""
    return bool(before.app_id and after.app_id) and before.app_id != after.app_id


def _changes(
    old: Mapping[_Thing, _There], new: Mapping[_Thing, _There]
) -> Iterator[tuple[_Thing, Change, _There]]:
    for thing, there in new.items():
        was = old.get(thing)
        if was is None:
            yield thing, Change.NEW, there
        elif there.is_before_consent != was.is_before_consent:
            yield thing, Change.EARLIER if there.is_before_consent else Change.LATER, there
    for thing, there in old.items():
        if thing not in new:
            yield thing, Change.GONE, there


def _things(inspection: Inspection) -> Mapping[_Thing, _There]:
    found: dict[_Thing, list[Observation]] = defaultdict(list)
    for one in inspection.observations:
        if one.observer is Observer.RUNTIME:
            continue
        if one.subject in _COMPARED:
            found[_Thing(subject=one.subject, what=one.what)].append(one)
        elif is_reading(one):
            owner = one.owner.id if one.owner.kind is OwnerKind.SDK else ""
            thing = _Thing(subject=one.subject, what=one.categories[0], owner=owner)
            found[thing].append(one)
    things = {thing: _There(_ids(seen), _is_early(seen)) for thing, seen in found.items()}
    for kit in inspection.sdks:
        if kit.presence is not Presence.STUB:
            thing = _Thing(subject=Subject.SDK, what=kit.owner.id)
            seen = (
                one
                for one in inspection.observations
                if one.subject is Subject.SDK and one.what == kit.owner.id
            )
            early = kit.presence is Presence.BEFORE_CONSENT
            things[thing] = _There(_ids(seen), early)
    return things


def _ids(seen: Iterable[Observation]) -> tuple[ObservationId, ...]:
    return tuple(dict.fromkeys(one.id for one in seen))


def _is_early(seen: Iterable[Observation]) -> bool:
    return any(one.subject is Subject.INFORMATION and one.moment.is_before_consent for one in seen)


def _order(row: DeltaRow) -> tuple[str, int, str, str]:
    return (row.subject, _CHANGES.index(row.change), row.what, row.owner)
