"""The written form of the inspection knowledge: the only place that knows its keys.

Every row is strict: an unknown key, a missing key or a word outside its vocabulary is refused.
Permissions, SDKs, purposes and categories are named by their ids.
"""

from typing import Annotated, TypeAlias

import msgspec

from chengnuo.adapters.inspection_knowledge_words import WrittenAdWords
from chengnuo.adapters.law_wire import WrittenText
from chengnuo.domain.observation.api_catalogue import ApiKind, Role
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.framework_calls import When
from chengnuo.domain.observation.host_catalogue import HostKind
from chengnuo.domain.observation.packer_catalogue import PackerKind
from chengnuo.domain.observation.permission_catalogue import GrantRoute, ProtectionLevel
from chengnuo.domain.observation.policy_words import NamedThing
from chengnuo.domain.observation.string_signs import Table
from chengnuo.domain.observation.touching import Basis, Weight
from chengnuo.domain.observation.wake_signs import WakeKind

Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.$-]*$")]
Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Call: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^[^;<>()/]+->(<init>|<clinit>|[^;<>():]+)$")
]
Member: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^;<>()/]+(->(<init>|<clinit>|[^;<>():]+)(\([^)]*\)[^)]+|:[^():]+)?)?$"
    ),
]
Type: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[^;<>()/]+$")]
Country: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]


class WrittenArgument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The parameter that decides what a call reads."""

    table: Table
    index: Annotated[int, msgspec.Meta(ge=0)] = 0


class WrittenApi(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A call or field."""

    id: Id
    at: Member
    role: Role
    kind: ApiKind = ApiKind.PLATFORM
    weight: Weight = Weight.NORMAL
    categories: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    alone: bool = True
    permissions: tuple[str, ...] = ()
    behaviour: Behaviour | None = None
    argument: WrittenArgument | None = None
    subclasses: bool = False
    since: Annotated[int, msgspec.Meta(ge=0)] = 0
    basis: Basis = Basis.STUB


class WrittenString(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A string."""

    table: Table
    text: Name
    categories: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    alone: bool = True
    permissions: tuple[str, ...] = ()
    constants: tuple[Call, ...] = ()
    behaviour: Behaviour | None = None
    basis: Basis = Basis.SOURCE

    @property
    def id(self) -> str:
        """Its id."""
        return f"{self.table} {self.text}"


class WrittenPermission(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A permission."""

    id: Id
    name: Name
    level: ProtectionLevel
    purpose: WrittenText
    route: GrantRoute | None = None
    group: str = ""
    categories: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    alone: bool = True
    app_types: tuple[str, ...] = ()


class WrittenPurpose(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What an SDK may be for."""

    id: Id
    text: WrittenText


class WrittenSigns(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Names of one sort."""

    own: tuple[Name, ...] = ()
    shared: tuple[Name, ...] = ()
    weak: tuple[Name, ...] = ()


AnySigns: TypeAlias = tuple[Name, ...] | WrittenSigns
"""A list where every name is its own."""


class WrittenSdk(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An SDK."""

    id: Id
    name: WrittenText
    company: WrittenText
    purpose: str
    country: Country
    packages: AnySigns = ()
    components: AnySigns = ()
    meta_data: AnySigns = ()
    libraries: AnySigns = ()
    hosts: AnySigns = ()
    categories: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    declared: bool = False
    rules: str = ""


class WrittenPacker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A packer."""

    id: Id
    name: WrittenText
    kind: PackerKind
    company: str = ""
    applications: tuple[Name, ...] = ()
    prefixes: tuple[Name, ...] = ()
    libraries: tuple[Name, ...] = ()
    files: tuple[Name, ...] = ()
    weak: tuple[Name, ...] = ()


class WrittenHost(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A domain."""

    domain: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    operator: Name
    country: Country
    kind: HostKind
    sdk: str = ""
    checked: bool = False

    @property
    def id(self) -> str:
        """Its id."""
        return self.domain


class WrittenWake(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A sign of starting or staying."""

    kind: WakeKind
    name: Name
    behaviour: Behaviour
    permissions: tuple[str, ...] = ()
    sdk: str = ""
    from_manifest: bool = True
    checked: bool = True

    @property
    def id(self) -> str:
        """Its id."""
        return f"{self.kind} {self.name}"


class WrittenComponent(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename="kebab",
    tag="component",
    tag_field="sort",
):
    """A part of an app."""

    id: Id
    type: Type
    entries: tuple[Name, ...]
    started_by: tuple[Name, ...] = ()
    later: tuple[Name, ...] = ()


class WrittenCallback(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename="kebab",
    tag="callback",
    tag_field="sort",
):
    """What the system calls on an object that was handed to it."""

    id: Id
    type: Type
    when: When
    names: tuple[Name, ...]


class WrittenStarter(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename="kebab",
    tag="starter",
    tag_field="sort",
):
    """What runs because a method is called."""

    id: Id
    type: Type
    calls: tuple[Name, ...]
    starts: tuple[Name, ...]
    when: When


class WrittenGeneral(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename="kebab",
    tag="general",
    tag_field="sort",
):
    """Names that hold for any type."""

    id: Id
    actions: tuple[Name, ...] = ()
    names: tuple[Name, ...] = ()


WrittenFramework: TypeAlias = WrittenComponent | WrittenCallback | WrittenStarter | WrittenGeneral


class WrittenSwitch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A call that allows or forbids."""

    call: Call
    argument: Annotated[int, msgspec.Meta(ge=-1)] | None = None
    allows: bool = True


class WrittenGate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How an SDK is held back."""

    id: Id
    sdk: str
    closed: bool
    starts: tuple[Call, ...]
    fix: WrittenText
    switches: tuple[WrittenSwitch, ...] = ()
    harmless: tuple[Call, ...] = ()
    components: tuple[Name, ...] = ()
    meta_data: tuple[Name, ...] = ()
    basis: Basis = Basis.UNCHECKED


class WrittenWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Words of one role in one language."""

    role: WordRole
    lang: Annotated[str, msgspec.Meta(pattern=r"^([a-z]{2,3}(-[A-Za-z]+)*|any)$")]
    words: tuple[Name, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return f"{self.role} {self.lang}"


class WrittenPolicyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Words by which policies name one thing."""

    names: NamedThing
    thing: Annotated[str, msgspec.Meta(min_length=1)] = msgspec.field(name="id")
    words: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)]

    @property
    def id(self) -> str:
        """Its id."""
        return f"{self.names} {self.thing}"


class WrittenScriptCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A call of a script in a shell."""

    call: Name
    categories: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    permissions: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return self.call


Written: TypeAlias = (
    WrittenApi
    | WrittenString
    | WrittenPermission
    | WrittenPurpose
    | WrittenSdk
    | WrittenPacker
    | WrittenHost
    | WrittenWake
    | WrittenFramework
    | WrittenGate
    | WrittenWords
    | WrittenPolicyWords
    | WrittenAdWords
    | WrittenScriptCall
)
