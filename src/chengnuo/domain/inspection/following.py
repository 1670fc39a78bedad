"""The code of a package, followed from where the system begins: when a place runs, and which way.

The engine's numbers become the words of an observation here and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.domain.inspection.services import LookingForServices
from chengnuo.domain.inspection.starting import roots
from chengnuo.domain.inspection.system_model import (
    STORES,
    consent_parts,
    consent_test,
    framework_model,
    name_test,
)
from chengnuo.domain.observation.consent_words import ConsentWords
from chengnuo.domain.observation.framework_calls import FrameworkCalls
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Guard, Place, Step, Why
from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.code import Codes
from chengnuo.engines.program.framework import Screen, no_screen
from chengnuo.engines.program.guards import Guards
from chengnuo.engines.program.hierarchy import Hierarchy, hierarchy_of
from chengnuo.engines.program.hints import hints_of
from chengnuo.engines.program.links import links_of
from chengnuo.engines.program.looking import Looking
from chengnuo.engines.program.marks import Mark, Reached
from chengnuo.engines.program.marks import Why as Known
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.objects import ObjectsOfCalls
from chengnuo.engines.program.origins import Origins
from chengnuo.engines.program.paths import PathStep, mark_at, path_to
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.reach import reach
from chengnuo.engines.program.sites import Site

_MOMENTS = {
    Mark.CERTAIN: Moment.CERTAIN,
    Mark.CONDITIONAL: Moment.CONDITIONAL,
    Mark.GUARDED: Moment.GUARDED,
    Mark.AFTER_ACTION: Moment.AFTER_CONSENT_ACTION,
    Mark.LATER: Moment.LATER,
    Mark.UNREACHABLE: Moment.UNREACHABLE,
}
_WHYS = {
    Known.START: Why.START,
    Known.CALL: Why.CALL,
    Known.OVERRIDE: Why.OVERRIDE,
    Known.STATIC_INITIALISER: Why.STATIC_INITIALISER,
    Known.CALLBACK: Why.CALLBACK,
    Known.ACTION: Why.ACTION,
    Known.REFLECTION: Why.REFLECTION,
    Known.INTENT: Why.INTENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What files beside the code say of it.

    Attributes:
        screen: Returns what the layout of a resource id makes.
        providers: Classes that provide each service, as `providers_of` returns them.

    """

    screen: Callable[[int], Screen | None] = no_screen
    providers: Mapping[bytes, tuple[bytes, ...]] = field(default_factory=dict)


NO_FILES = Files()


@dataclass(frozen=True, slots=True)
class Followed:
    """A program and what runs of it.

    Attributes:
        answers: Values from other methods, with the program and its types.
        guards: Tests on the ways.
        reached: What runs, and when; None where nothing starts by itself.

    """

    answers: Answers
    guards: Guards
    reached: Reached | None

    @property
    def program(self) -> Program:
        """The program."""
        return self.answers.codes.program

    @property
    def hierarchy(self) -> Hierarchy:
        """Its types."""
        return self.answers.hierarchy

    def moment(self, site: Site) -> Moment:
        """Return when a place runs: when its method does, or later if a test is before it."""
        if self.reached is None:
            return Moment.UNKNOWN
        return _MOMENTS[mark_at(self.reached, self.guards, site.defined, site.pc)]

    def place(self, site: Site) -> Place:
        """Return where a place is."""
        program = self.program
        class_name, method = self.named(site.defined)
        return Place(
            file=program.units[program.unit_of(site.defined)].name,
            class_name=class_name,
            method=method,
            pc=site.pc,
        )

    def named(self, defined: int) -> tuple[str, str]:
        """Return the class of a method, with dots, and its name and descriptor."""
        program = self.program
        reference = int(program.defined_method[defined])
        of = text_of(program.types[program.type_of(defined)])
        name = text_of(program.name_of(reference)) + text_of(program.proto_of(reference))
        return dotted(of), name

    def path(self, site: Site) -> tuple[Step, ...]:
        """Return the way from the start to a place; empty if there is none."""
        if self.reached is None:
            return ()
        found = path_to(self.reached, self.guards, site.defined, site.pc)
        return tuple(self._step(one) for one in found)

    def _step(self, one: PathStep) -> Step:
        class_name, method = self.named(one.defined)
        return Step(
            class_name=class_name,
            method=method,
            pc=one.pc,
            why=_WHYS[one.why],
            guards=tuple(
                Guard(condition=test.text, taken=test.taken, is_consent=test.is_consent, pc=test.pc)
                for test in one.tests
            ),
        )


def followed(
    program: Program,
    manifest: Manifest | None,
    calls: FrameworkCalls,
    words: ConsentWords,
    files: Files = NO_FILES,
) -> Followed:
    """Follow a program from where the system begins.

    Args:
        program: The linked code.
        manifest: What the system starts; None for a library, of which it starts nothing.
        calls: What the system calls back.
        words: How code speaks of consent.
        files: What files beside the code say of it.

    """
    hierarchy = hierarchy_of(program)
    answers = Answers(Codes(program), hierarchy)
    is_consent = consent_test(words)
    hints = hints_of(hierarchy, consent_parts(words), name_test(words))
    guards = Guards(answers, STORES, is_consent, hints)
    if manifest is None:
        return Followed(answers, guards, None)
    model = framework_model(calls, files.screen)
    plain = Looking(guards, model, hints)
    looks = LookingForServices(plain, files.providers) if files.providers else plain
    starts = roots(manifest, hierarchy, model)
    found = reach(links_of(hierarchy), model, starts, looks, ObjectsOfCalls(Origins(answers)))
    return Followed(answers, guards, found)


def dotted(descriptor: str) -> str:
    """Return the name of a class as people write it, by its descriptor."""
    return descriptor.removeprefix("L").removesuffix(";").replace("/", ".")
