"""The catalogue of calls and fields of Android and of well-known libraries.

Looked up by the class and the member of a reference, as DEX and class files write them
(descriptor, name, prototype). A row without a prototype means every overload: overloads grow with
the versions of the system.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.string_signs import Table
from chengnuo.domain.observation.touching import Basis, Touched, Weight

ApiId = NewType("ApiId", str)
"""As `TelephonyManager.getDeviceId`."""


class Role(StrEnum):
    """What a call is in a flow of information."""

    SOURCE = "source"
    """It reads information."""
    SINK = "sink"
    """Information leaves by it, or is kept."""
    BEHAVIOUR = "behaviour"
    """It moves no information, but is an act that matters."""


class ApiKind(StrEnum):
    """Whose interface it is."""

    PLATFORM = "platform"
    HIDDEN = "hidden"
    """Of the system, but outside its published interface."""
    ANDROIDX = "androidx"
    KOTLIN = "kotlin"
    GOOGLE = "google"
    VENDOR_ID = "vendor-id"
    """Gives the identifier of a manufacturer, as OAID."""
    WRAPPER = "wrapper"
    """A well-known library around the system's own call."""
    LIBRARY = "library"
    ANNOTATION = "annotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """The parameter that says what a call reads.

    Attributes:
        table: Which signs its value is looked up in.
        index: Which parameter, from 0; the object that is called does not count.

    """

    table: Table
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One member, or a class that is an annotation.

    Attributes:
        id: Stable id.
        class_name: Descriptor of the class, as `Landroid/os/Build;`.
        member: Name of the method or field; empty for an annotation.
        proto: Prototype, as `(I)Ljava/lang/String;`, or empty for every one; the type of a field.
        touched: What it reads.
        permissions: Permissions that guard it in some version of the system.
        role: What it is in a flow.
        kind: Whose interface it is.
        weight: How much it says.
        behaviour: What it does, where that matters.
        argument: The parameter that decides what it reads; `touched` is then only what it may be.
        subclasses: Whether a call on a subclass or implementation is one too.
        since: API level that brought it; 0 where it was always there.
        basis: What the row was checked against.

    """

    id: ApiId
    class_name: str
    member: str
    proto: str = ""
    touched: Touched
    permissions: tuple[str, ...] = ()
    role: Role
    kind: ApiKind
    weight: Weight
    behaviour: Behaviour | None = None
    argument: Argument | None = None
    subclasses: bool = False
    since: int = 0
    basis: Basis

    @property
    def is_field(self) -> bool:
        """Tell whether it is a field."""
        return bool(self.proto) and not self.proto.startswith("(")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiCatalogue:
    """The rows by id, and the ids by class and member.

    Attributes:
        apis: Rows, by id.
        members: Ids, by `class descriptor->member`.

    """

    apis: Mapping[ApiId, Api]
    members: Mapping[str, tuple[ApiId, ...]]

    def methods(self, class_name: str, name: str, proto: str = "") -> tuple[Api, ...]:
        """Return the rows for a method reference.

        Args:
            class_name: Descriptor of the class.
            name: Name of the method.
            proto: Its prototype; empty if any overload will do.

        """
        found = (self.apis[each] for each in self.members.get(f"{class_name}->{name}", ()))
        return tuple(
            each for each in found if not each.is_field and (not proto or each.proto in {"", proto})
        )

    def field(self, class_name: str, name: str) -> Api | None:
        """Return the row for a field reference."""
        found = (self.apis[each] for each in self.members.get(f"{class_name}->{name}", ()))
        return next((each for each in found if each.is_field), None)


def api_catalogue(apis: Iterable[Api]) -> ApiCatalogue:
    """Return the catalogue of some rows; ids are unique."""
    rows = {each.id: each for each in apis}
    members: dict[str, tuple[ApiId, ...]] = {}
    for each in rows.values():
        key = f"{each.class_name}->{each.member}"
        members[key] = (*members.get(key, ()), each.id)
    return ApiCatalogue(apis=rows, members=members)
