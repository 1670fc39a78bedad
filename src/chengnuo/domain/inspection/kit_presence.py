"""How much of a kit is there: whether its code runs, when first, and whether it does anything.

A stub is a kit made to do nothing, as a build variant without it ships: nothing of its code that
can run, or of any of it where nothing can, calls the system for more than values, calls another
library, runs native code or keeps anything in a field.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.domain.inspection.following import Followed
from chengnuo.domain.inspection.harmless import is_harmless
from chengnuo.domain.observation.inspection import Presence
from chengnuo.domain.observation.moment import Moment
from chengnuo.engines.program.marks import Mark
from chengnuo.engines.program.program import NATIVE, rows_of, run_of
from chengnuo.engines.program.sites import Site
from chengnuo.engines.program.unit import Touch

_MAKERS = frozenset({b"<init>", b"<clinit>"})
_MOST_LOOKED_AT = 4_000
"""A kit with more methods is no stub."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a kit stands in a package.

    Attributes:
        presence: How much of it is there.
        moment: When its code first runs.
        first: Its method that runs first, and its beginning; None if none does.

    """

    presence: Presence
    moment: Moment
    first: Site | None


def standing(followed: Followed, classes: Iterable[int], others: frozenset[int]) -> Standing:
    """Return how a kit stands.

    Args:
        followed: The code.
        classes: Classes of the kit.
        others: Classes of the app, which a stub may call back.

    """
    program = followed.program
    own = set(classes)
    methods: list[int] = []
    for one in sorted(own):
        if not program.class_shadowed[one]:
            rows = run_of(program.defined_class, one)
            methods += range(rows.start, rows.stop)
    reached = followed.reached
    if not methods or reached is None:
        stub = bool(methods) and not _has_effect(followed, methods, own | others)
        return Standing(Presence.STUB if stub else Presence.PRESENT, Moment.UNKNOWN, None)
    marks = {one: int(reached.marks[one]) for one in methods}
    running = [one for one in methods if marks[one] != Mark.UNREACHABLE]
    stub = not _has_effect(followed, running or methods, own | others)
    if not running:
        found = Presence.STUB if stub else Presence.PRESENT
        return Standing(found, Moment.UNREACHABLE, None)
    first = min(running, key=lambda one: (marks[one], int(reached.order[one])))
    site = Site(first, 0, -1)
    moment = followed.moment(site)
    if stub:
        return Standing(Presence.STUB, moment, site)
    before = moment.is_before_consent
    return Standing(Presence.BEFORE_CONSENT if before else Presence.CALLED, moment, site)


def _has_effect(followed: Followed, methods: list[int], known: set[int]) -> bool:
    return len(methods) > _MOST_LOOKED_AT or any(_acts(followed, one, known) for one in methods)


def _acts(followed: Followed, defined: int, known: set[int]) -> bool:
    program = followed.program
    if int(program.defined_access[defined]) & NATIVE:
        return True
    touched = program.fields_touched
    rows = rows_of(touched, defined)
    keeps = any(one in {Touch.PUT, Touch.STATIC_PUT} for one in touched.how[rows].tolist())
    if keeps and program.name_of(int(program.defined_method[defined])) not in _MAKERS:
        return True
    calls = program.invocations
    for method in calls.method[rows_of(calls, defined)].tolist():
        if method < 0:
            continue
        target = int(followed.hierarchy.target[method])
        if target >= 0:
            if int(program.defined_class[target]) not in known:
                return True
        elif not is_harmless(program.types[program.method_type[method]]):
            return True
    return False
