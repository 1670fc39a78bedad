"""What code can do, raised to what was seen: an inspection and recorded runs as one.

Only a run that shows a call before consent raises the moment of a place in the code to that; one
that shows it after consent takes nothing back, since another run may take the other way. A place
that is behind a test of consent, or that nothing seemed to lead to, is raised only where the
stack goes through it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Observation,
    ObservationId,
    Observer,
    Owner,
    Subject,
)

_RAISED: Final = frozenset({Moment.CERTAIN, Moment.CONDITIONAL, Moment.UNKNOWN})
"""Moments that a call of the same sort by the same owner before consent settles."""


def with_runs(inspection: Inspection, seen: Iterable[Observation]) -> Inspection:
    """Return an inspection with what was seen in runs of the app.

    Args:
        inspection: What the package told.
        seen: What was seen in runs, with `Observer.RUNTIME`.

    """
    proofs: dict[ObservationId, list[Observation]] = defaultdict(list)
    alone: list[Observation] = []
    places = _by_thing(inspection.observations)
    for run in seen:
        proved = tuple(_proved(run, places))
        for one in proved:
            proofs[one.id].append(run)
        if not proved:
            alone.append(run)
    raised = (_raised(one, proofs.get(one.id, ())) for one in inspection.observations)
    every = sorted((*raised, *alone), key=lambda one: one.order)
    return replace(inspection, observations=tuple(every))


_Thing = tuple[Subject, str, Owner | None]


def _by_thing(seen: Iterable[Observation]) -> Mapping[_Thing, list[Observation]]:
    """Return observations by what they are of: the call, and for words of tools the category."""
    found: dict[_Thing, list[Observation]] = defaultdict(list)
    for one in seen:
        if one.observer is not Observer.RUNTIME:
            found[_thing(one, one.what)].append(one)
            if one.subject is Subject.INFORMATION and one.categories:
                found[_thing(one, f"log:{one.categories[0]}")].append(one)
    return found


def _thing(one: Observation, what: str) -> _Thing:
    return (one.subject, what, None if one.subject is Subject.HOST else one.owner)


def _proved(run: Observation, places: Mapping[_Thing, list[Observation]]) -> Iterator[Observation]:
    """Yield the places that a run shows: those its stack goes through, else those it settles."""
    found = places.get(_thing(run, run.what), [])
    through = [one for one in found if _goes_through(one, run)]
    yield from through or (one for one in found if one.moment in _RAISED)


def _raised(one: Observation, runs: Sequence[Observation]) -> Observation:
    """Return an observation as it is after the runs that show it."""
    if not runs:
        return one
    moment = one.moment
    first = min((run.moment for run in runs), key=lambda each: each.rank)
    if first is Moment.SEEN_BEFORE_CONSENT or one.moment is Moment.UNKNOWN:
        moment = first
    details = dict(one.details) | {
        "count": str(sum(int(run.detail("count")) for run in runs)),
        "seen": "; ".join(f"{run.detail('seen')} {run.moment}" for run in runs),
        "sha256": " ".join(dict.fromkeys(run.detail("sha256") for run in runs)),
    }
    return replace(one, moment=moment, details=tuple(sorted(details.items())))


def _goes_through(one: Observation, run: Observation) -> bool:
    """Tell whether the stack of a run has the method that a place is in."""
    if not one.place.class_name:
        return False
    method = one.place.method.partition("(")[0]
    return f"{one.place.class_name}.{method}" in run.detail("stack").split(" ← ")
