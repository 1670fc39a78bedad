"""An observation: one thing that was seen, whatever saw it, with where and how surely.

Observers report; they do not judge. What an observation means beside the register is said by
`domain/finding` alone. An observation tells what code can do, or what a text says, or what a
store holds: a static way proves that something can happen, not that it did.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex, short
from chengnuo.base.text import Text
from chengnuo.domain.observation.moment import Moment
from chengnuo.law.ids import CategoryId

ObservationId = NewType("ObservationId", str)
"""12 hex digits, the same for the same thing at the same place in every run."""


class Observer(StrEnum):
    """What saw it."""

    PACKAGE = "package"
    RUNTIME = "runtime"
    """The record of a run, by a tool that looks on."""


class Subject(StrEnum):
    """What an observation is about; the value stands before its `what`."""

    INFORMATION = "information"
    """A category of personal information is read; `what` is the id of the sign."""
    BEHAVIOUR = "behaviour"
    """An act that matters without reading information, as starting by itself."""
    PERMISSION = "permission"
    """A permission that is asked for; `what` is its full name."""
    SDK = "sdk"
    """A kit that is in the package; `what` is its id in the catalogue."""
    HOST = "host"
    """A host that is named; `what` is the host."""
    COMPONENT = "component"
    """A part that the system or another app may start; `what` is its class."""
    SCREEN = "screen"
    """What a layout or dialog shows; `what` names the pattern, as `pre-ticked-consent`."""
    SETTING = "setting"
    """A setting of the package as a whole, as `clear-text-traffic`."""
    BLIND_SPOT = "blind-spot"
    """Something that cannot be looked into, as `packed` or `reflection`."""


class Confidence(StrEnum):
    """How surely it is what it says."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def text(self) -> Text:
        """The word shown for it."""
        return _CONFIDENCE_TEXTS[self]


_CONFIDENCE_TEXTS = {
    Confidence.HIGH: Text("高", "high"),
    Confidence.MEDIUM: Text("中", "medium"),
    Confidence.LOW: Text("低", "low"),
}


class OwnerKind(StrEnum):
    """Whose code it is."""

    OWN = "own"
    SDK = "sdk"
    LIBRARY = "library"
    """A library that no catalogue names."""
    UNKNOWN = "unknown"
    """Names are gone and nothing else tells."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Owner:
    """Whose code something is.

    Attributes:
        kind: What sort of owner.
        id: Id of the SDK in the catalogue, or package prefix of a library; empty for the app.
        also: Other SDKs of the catalogue that it may be, where signs are shared.

    """

    kind: OwnerKind
    id: str = ""
    also: tuple[str, ...] = ()


OWN = Owner(kind=OwnerKind.OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it was seen.

    Attributes:
        file: File of the package, as `classes2.dex` or `res/layout/login.xml`.
        class_name: Class, with dots, where it is code.
        method: Name and descriptor of the method.
        pc: Place in the method, in units of its bytecode; -1 where it is not code.
        line: Line of a text file; 0 where there is none.

    """

    file: str
    class_name: str = ""
    method: str = ""
    pc: int = -1
    line: int = 0


class Why(StrEnum):
    """How one step of a path leads to the next method."""

    START = "start"
    """The system calls it."""
    CALL = "call"
    OVERRIDE = "override"
    """A call that runs the method of a subclass."""
    STATIC_INITIALISER = "static-initialiser"
    CALLBACK = "callback"
    """The system calls back an object that was handed to it."""
    ACTION = "action"
    """The individual does something on the screen."""
    REFLECTION = "reflection"
    INTENT = "intent"
    """Another part of the app is started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A test on the way.

    Attributes:
        condition: What is tested, as `SharedPreferences.getBoolean("agreed", false)`.
        taken: The side on which the way goes on: what the condition is there.
        is_consent: Whether it looks like a test of consent.
        pc: Place of the test.

    """

    condition: str
    taken: bool
    is_consent: bool
    pc: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One method on the way from the start to a place.

    Attributes:
        class_name: Class of the method, with dots.
        method: Name and descriptor.
        pc: Place in it from which the way goes on.
        why: How the way came into it.
        guards: Tests between its beginning and `pc` on which the way depends.

    """

    class_name: str
    method: str
    pc: int
    why: Why
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing that was seen.

    Attributes:
        id: Stable id.
        observer: What saw it.
        subject: What it is about.
        what: Which one: id of the API, name of the permission, id of the SDK, host and so on.
        categories: Categories of personal information that it touches, the main one first.
        owner: Whose code holds it.
        caused_by: Whose code brought it about: the app's own first step on the path, or a kit
            that the system starts by itself.
        permissions: Permissions that it needs in some version of the system.
        moment: When it runs.
        place: Where it was seen.
        path: The way from the start to it; empty where there is none.
        confidence: How surely it is what it says.
        details: More facts, as pairs of a name and a value, in the order of the names.

    """

    id: ObservationId
    observer: Observer
    subject: Subject
    what: str
    categories: tuple[CategoryId, ...] = ()
    owner: Owner = OWN
    caused_by: Owner = OWN
    permissions: tuple[str, ...] = ()
    moment: Moment = Moment.UNKNOWN
    place: Place
    path: tuple[Step, ...] = ()
    confidence: Confidence = Confidence.HIGH
    details: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> tuple[int, str, str, str, str, str, int, str]:
        """Sort key: earliest first, then by subject, what it is and where."""
        at = self.place
        return (
            self.moment.rank,
            self.subject,
            self.what,
            at.file,
            at.class_name,
            at.method,
            at.pc,
            self.id,
        )

    def detail(self, name: str) -> str:
        """Return one of the details; empty if it has none of that name."""
        return next((value for key, value in self.details if key == name), "")


def observation_id(
    observer: Observer, subject: Subject, what: str, place: Place, key: str = ""
) -> ObservationId:
    """Return the stable id of an observation.

    The place counts by class, method and pc where it is code, else by file and line: moving a
    class from one DEX file to another is no change.

    Args:
        observer: What saw it.
        subject: What it is about.
        what: Which one.
        place: Where.
        key: What tells it from another one at the same place.

    """
    where: list[Tree] = (
        [place.class_name, place.method, place.pc] if place.class_name else [place.file, place.line]
    )
    facts: list[Tree] = [observer.value, subject.value, what, where, key]
    return ObservationId(short(sha256_hex(canonical_json(facts))))
